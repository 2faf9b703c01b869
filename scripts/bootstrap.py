"""Make the environment and install a lock file into it. Needs nothing but Python 3.11.

Usage: bootstrap.py VENV [LOCKFILE]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

UV = "uv==0.13.9"
OLDEST = (3, 11)


def say(text: str) -> None:
    print(f"• {text}", flush=True)


def run(*command: str) -> None:
    """Run it; when it fails say which step that was instead of a stack of Python lines."""
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own commands
        sys.exit(
            f"✗ Bước này không thành công / this step failed:\n  {' '.join(command)}\n"
            "  Xem dòng báo lỗi ở trên (thường là mất mạng), rồi chạy lại lệnh make.\n"
            "  See the lines above (often the network is away), then run make again."
        )


def works(venv: Path) -> bool:
    """Whether an earlier run left a whole environment (one stopped half way has no pip)."""
    python = venv / "bin" / "python"
    if not python.exists():
        return False
    probe = [str(python), "-c", "import pip"]
    tried = subprocess.run(probe, capture_output=True, check=False)  # noqa: S603 - constant
    return tried.returncode == 0


def make_environment(venv: Path) -> None:
    """A virtual environment, also where Debian split ``venv`` off from Python."""
    if works(venv):
        return
    shutil.rmtree(venv, ignore_errors=True)
    made = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        if os.geteuid() == 0 and shutil.which("apt-get"):
            say("Cài gói python3-venv còn thiếu / python3-venv is missing: installing it")
            run("apt-get", "update", "-qq")
            run("apt-get", "install", "-y", "-qq", "python3-venv")
            run(sys.executable, "-m", "venv", str(venv))
        else:
            sys.exit(
                f"{made.stdout}{made.stderr}\n"
                "✗ Python's venv module is missing. Run:  sudo apt-get install python3-venv\n"
                "  Thiếu mô-đun venv của Python. Hãy chạy lệnh trên rồi thử lại."
            )


def install(venv: Path, lock: str) -> None:
    """The locked packages and this project, with uv's own progress on a terminal."""
    began = time.monotonic()
    python, uv = str(venv / "bin" / "python"), str(venv / "bin" / "uv")
    say(f"Cài đặt thư viện đã khoá / installing locked packages: {lock}")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    pip = (uv, "pip", "install", *quiet, "--python", python)
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    say(f"Xong / done ({time.monotonic() - began:.1f} s)")


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            f"✗ Cần Python 3.11 trở lên / Python 3.11 or newer is needed; "
            f"python3 is {sys.version.split()[0]}."
        )
    venv = Path(sys.argv[1])
    make_environment(venv)
    if not (venv / "bin" / "uv").exists():
        python = str(venv / "bin" / "python")
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    if len(sys.argv) > 2:
        install(venv, sys.argv[2])


if __name__ == "__main__":
    main()
