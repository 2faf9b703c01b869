"""``make check``: format, lint, types, import contracts, licences; fails on the first no."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
STEPS: list[tuple[str, list[str]]] = [
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("imports", ["lint-imports"]),
    ("types", ["pyright"]),
]
REFUSED = ("GPL", "AGPL")
ALLOWED_COPYLEFT = ("LGPL", "Lesser General Public")


def refused_licences() -> list[str]:
    """Installed packages under GPL or AGPL (LGPL is allowed: used unchanged, replaceable)."""
    out = subprocess.run(
        [str(BIN / "pip-licenses"), "--format=csv"], capture_output=True, text=True, check=True
    ).stdout
    bad: list[str] = []
    for line in out.splitlines()[1:]:
        licence = line.split('","')[-1]
        copyleft = any(word in licence for word in REFUSED)
        if copyleft and not any(word in licence for word in ALLOWED_COPYLEFT):
            bad.append(line)
    return bad


def main() -> int:
    """Run every step side by side; the exit code is 0 when all agree."""
    began = time.monotonic()
    running = [(name, _start(command)) for name, command in STEPS]
    failed: list[str] = []
    for name, process in running:
        said, _ = process.communicate()
        mark = "✗" if process.returncode else "✓"
        print(f"{mark} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        if process.returncode:
            failed.append(name)
            print(said, flush=True)
    bad = refused_licences()
    print(f"{'✗' if bad else '✓'} licences", *bad, sep="\n  " if bad else " ")
    return 1 if failed or bad else 0


def _start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(BIN / command[0]), *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(main())
