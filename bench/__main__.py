"""``python -m bench [name…]``: what the house promises about speed, measured beside named floors.

Without names everything runs (a few minutes). ``--rows 1000000`` fills the inbox as
the promise says; the default is quicker. PostgreSQL is measured too when a server
answers at ``MOTCUA_BENCH_POSTGRES`` (default ``postgresql://postgres@127.0.0.1:5432``).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.engines import engines

HERE = Path(__file__).parent
ON_ENGINES = ("journey", "inbox")
ALONE = ("server", "clock", "forms", "issuing", "workflow", "outbox")


def run(script: str, extra: list[str], environment: dict[str, str]) -> bool:
    """Run one measurement in a process of its own."""
    print(f"\n── {script} {environment.get('BENCH_ENGINE', '')}".rstrip(), flush=True)
    paths = os.pathsep.join([str(HERE.parent / "src"), str(HERE.parent)])
    command = [sys.executable, str(HERE / f"{script}.py"), *extra]
    done = subprocess.run(
        command, env={**os.environ, **environment, "PYTHONPATH": paths}, check=False
    )
    return done.returncode == 0


def main() -> int:
    """Run what was asked for; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ON_ENGINES, *ALONE, []])
    parser.add_argument("--rows", type=int, default=100_000, help="cases in the inbox")
    options = parser.parse_args()
    names = options.names or [*ON_ENGINES, *ALONE]
    missed: list[str] = []
    for name in names:
        if name in ON_ENGINES:
            extra = ["--rows", str(options.rows)] if name == "inbox" else []
            for label, environment in engines():
                if not run(name, extra, environment):
                    missed.append(f"{name} ({label})")
            continue
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as scratch:
            if not run(name, [], {"MOTCUA_DATA_DIR": scratch}):
                missed.append(name)
    print("\n" + (f"missed: {', '.join(missed)}" if missed else "all goals met"))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
