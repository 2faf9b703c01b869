"""The supervisor's board among many cases."""

from __future__ import annotations

import argparse
import time

from bench.inbox import AGENCIES, fill, p95, spent
from bench.table import Table, count, set_up


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    set_up()
    from motcua.casework.testing.makers import make_agency, make_case, make_official
    from motcua.subsystems.supervision.board import board
    from motcua.subsystems.supervision.services import differences, rebuild

    ward = make_agency()
    agencies = [ward.pk, *(make_agency().pk for _ in range(AGENCIES - 1))]
    supervisor = make_official(make_agency(level="city"), "supervisor")
    fill(options.rows, make_case(ward, kind="application"), agencies)
    began = time.perf_counter()
    counted = rebuild()
    table = Table()
    table.note(f"{counted:,} open cases rolled up in {time.perf_counter() - began:.1f} s")
    assert not differences()
    table.line("board: statements", count(lambda: board(supervisor)), "statements", 4)
    walls = [spent(lambda: board(supervisor))[1] for _ in range(30)]
    table.line(f"board over {options.rows:,} cases: p95", p95(walls), "ms", 300)
    cpu = sorted(spent(lambda: board(supervisor))[0] for _ in range(15))
    table.note(f"CPU, median: {cpu[7]:.1f} ms")
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
