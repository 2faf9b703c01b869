"""Make the environment and install a lock file into it. Needs nothing but Python 3.11.

Usage: bootstrap.py VENV [LOCKFILE]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

UV = "uv==0.13.9"


def say(text: str) -> None:
    print(f"• {text}", flush=True)


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def make_environment(venv: Path) -> None:
    """A virtual environment, also where Debian split ``venv`` off from Python."""
    if (venv / "bin" / "python").exists():
        return
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        if os.geteuid() == 0 and shutil.which("apt-get"):
            say("python3-venv is missing: installing it")
            run("apt-get", "update", "-qq")
            run("apt-get", "install", "-y", "-qq", "python3-venv")
            run(sys.executable, "-m", "venv", str(venv))
        else:
            sys.exit(
                "Python's venv module is missing. Run:  sudo apt-get install python3-venv\n"
                "Thiếu mô-đun venv của Python. Hãy chạy lệnh trên rồi thử lại."
            )


def main() -> None:
    venv = Path(sys.argv[1])
    make_environment(venv)
    python = str(venv / "bin" / "python")
    uv = venv / "bin" / "uv"
    if not uv.exists():
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    if len(sys.argv) > 2:
        lock = sys.argv[2]
        say(f"Cài đặt thư viện đã khoá / installing locked packages: {lock}")
        run(str(uv), "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock)
        run(
            *(str(uv), "pip", "install", "--quiet", "--python", python),
            *("--no-deps", "--no-build-isolation", "--editable", "."),
        )


if __name__ == "__main__":
    main()
