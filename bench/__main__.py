"""``python -m bench [name…]``: what the house promises about speed, measured beside named floors.

Without names everything runs (less than ten minutes on two quiet cores) with 100,000
cases in the inbox and in the search; ``--full`` takes the 1,000,000 that the promise
names. At the end stands one table of all goals. PostgreSQL is measured too when a server
answers at ``MOTCUA_BENCH_POSTGRES`` (default ``postgresql://postgres@127.0.0.1:5432``).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.engines import engines

HERE = Path(__file__).parent
ON_ENGINES = ("journey", "batch", "inbox", "search", "catalogue")
WITH_ROWS = frozenset({"inbox", "search"})
FEW, FULL = 100_000, 1_000_000
WHEN_NAMED = ("load",)
"""Takes minutes, and both cores: only when it is asked for, on both engines."""
ALONE = ("server", "clock", "forms", "issuing", "workflow", "outbox")


def run(script: str, extra: list[str], environment: dict[str, str]) -> tuple[bool, list[str]]:
    """Run one measurement in a process of its own: whether it met its goals, and which."""
    print(f"\n── {script} {environment.get('BENCH_ENGINE', '')}".rstrip(), flush=True)
    paths = os.pathsep.join([str(HERE.parent / "src"), str(HERE.parent)])
    command = [sys.executable, str(HERE / f"{script}.py"), *extra]
    wanted = {"DJANGO_SETTINGS_MODULE": "motcua.web.settings.testing", **os.environ, **environment}
    goals: list[str] = []
    with subprocess.Popen(
        command, env={**wanted, "PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if line.startswith(("✓", "✗")):
                goals.append(line.rstrip())
    return process.returncode == 0, goals


def main() -> int:
    """Run what was asked for; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ON_ENGINES, *ALONE, *WHEN_NAMED, []])
    parser.add_argument("--rows", type=int, help="cases in inbox and search")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} cases, as promised")
    options = parser.parse_args()
    rows = options.rows or (FULL if options.full else FEW)
    began = time.monotonic()
    results: list[tuple[str, bool, list[str]]] = []
    for name in options.names or [*ON_ENGINES, *ALONE]:
        if name in ON_ENGINES or name in WHEN_NAMED:
            extra = ["--rows", str(rows)] if name in WITH_ROWS else []
            results += [(f"{name}, {at}", *run(name, extra, env)) for at, env in engines()]
            continue
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as scratch:
            results.append((name, *run(name, [], {"MOTCUA_DATA_DIR": scratch})))
    return summary(results, time.monotonic() - began)


def summary(results: list[tuple[str, bool, list[str]]], seconds: float) -> int:
    """Print every goal once more in one table; 1 when one was missed or a script failed."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n══ all goals · {seconds / 60:.1f} minutes · load of this machine {load}")
    for name, good, goals in results:
        print(f"\n{name}" + ("" if good or any(g.startswith("✗") for g in goals) else ": FAILED"))
        print("\n".join(goals) if goals else "  no goals")
    missed = [name for name, good, _ in results if not good]
    print("\n" + (f"missed: {'; '.join(missed)}" if missed else "all goals met"))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
