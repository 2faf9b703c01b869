"""A page of 100 of the inbox with filters, among many cases, beside the plain query."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.table import OPEN_ZAAK, Table, count, set_up

ROUNDS = 60
AGENCIES = 336
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


def fill(rows: int, template: Any, agencies: list[int]) -> None:
    """Copy one case ``rows`` times with SQL alone: other agencies, states, procedures and dates."""
    from django.db import connection

    from motcua.casework.cases.models import Case

    sqlite = connection.vendor == "sqlite"
    least = min(agencies)
    own = f"({least} + i %% {len(agencies)})"
    states = (
        "(CASE (i / 94080) %% 5 WHEN 0 THEN 'new' WHEN 1 THEN 'received' ELSE 'processing' END)"
    )
    hours = "((CAST(i AS bigint) * 7919) %% 40000)"
    due = (
        f"strftime('%%Y-%%m-%%d %%H:00:00', '2024-01-01', '+' || {hours} || ' hours')"
        if sqlite
        else f"(TIMESTAMPTZ '2024-01-01' + {hours} * INTERVAL '1 hour')"
    )
    varied = {
        "id": "i",
        "uid": "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()",
        "code": "'BENCH-' || i",
        "subject_code": "'1.00' || ((i / 2352) %% 40)",
        "state": states,
        "is_open": "((i / 336) %% 7 = 0)",
        "sort_due": due,
        "due_at": due,
        "holder_agency_id": own,
        "receiving_agency_id": own,
        "competent_agency_id": own,
        "clock_state": "'running'",
    }
    columns = list(Case._meta.concrete_fields)
    names = ", ".join(f'"{f.column}"' for f in columns)
    values = ", ".join(varied.get(f.attname, f't."{f.column}"') for f in columns)
    viewers = (f"'a:' || {own}", "'city'", f"'p:' || (1000 + i %% {max(rows // 3, 1)})")
    with connection.cursor() as cursor:
        first = 1_000_000
        numbers = NUMBERS.format(first=first, last=first + rows - 1)
        cursor.execute(
            f"INSERT INTO cases_case ({names}) {numbers} "
            f"SELECT {values} FROM n, (SELECT * FROM cases_case WHERE id = %s) t",
            [template.pk],
        )
        for viewer in viewers:
            cursor.execute(
                f"INSERT INTO access_visibility (case_id, viewer) {numbers} "
                f"SELECT i, {viewer} FROM n",
                [],
            )
        cursor.execute("ANALYZE")


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall milliseconds of one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def explained(work: Callable[[], object]) -> None:
    """Print the plan of every statement of a call."""
    from django.db import connection

    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], sql: str, params: Any, *more: object) -> object:
        sent.append((sql, params))
        return execute(sql, params, *more)

    with connection.execute_wrapper(note):
        work()
    how = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ANALYZE "
    for sql, params in sent:
        with connection.cursor() as cursor:
            cursor.execute(how + sql, params)
            print("\n".join("    " + str(row[-1]) for row in cursor.fetchall()))


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args()
    set_up()
    from django.db import connection

    from motcua.casework.cases.public import InboxFilters, inbox, inbox_counts
    from motcua.casework.testing.makers import make_agency, make_case, make_official

    ward = make_agency()
    agencies = [ward.pk, *(make_agency().pk for _ in range(AGENCIES - 1))]
    clerk = make_official(ward, "receiving_clerk")
    supervisor = make_official(make_agency(level="city"), "supervisor")
    template = make_case(ward, kind="application")
    began = time.perf_counter()
    fill(options.rows, template, agencies)
    print(f"  {options.rows:,} cases made in {time.perf_counter() - began:.0f} s")
    wanted = InboxFilters(
        kinds=("application",), states=("new", "received", "processing"),
        subject_codes=tuple(f"1.00{n}" for n in range(0, 40, 2)),
    )  # fmt: skip
    city = InboxFilters(everything_visible=True, states=("processing",))
    second = inbox(clerk, wanted, size=100).after

    def page() -> None:
        inbox(clerk, wanted)
        inbox_counts(clerk)

    def next_page() -> None:
        inbox(clerk, wanted, after=second)

    def whole_city() -> None:
        inbox(supervisor, city)
        inbox_counts(supervisor, everything_visible=True)

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM cases_case WHERE holder_agency_id = %s AND is_open"
                " AND kind = 'application' AND state IN ('new', 'received', 'processing')"
                f" AND subject_code IN ({', '.join(['%s'] * len(wanted.subject_codes))})"
                " ORDER BY sort_due, id LIMIT 101",
                [ward.pk, *wanted.subject_codes],
            )
            cursor.fetchall()

    if options.explain:
        for work in (page, next_page, whole_city):
            print(f"  {work.__name__}:")
            explained(work)
    works = {"page": page, "next": next_page, "city": whole_city, "plain": plain}
    return judged(works, count(page))


def judged(works: dict[str, Callable[[], object]], statements: int) -> int:
    """Measure the works in turns and print them beside their goals; 1 when one is missed."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(ROUNDS):
        for name, work in works.items():
            found[name].append(spent(work))
    table = Table()
    beside = f"{OPEN_ZAAK}: 16"
    table.line("inbox page with counts: statements", statements, "statements", 6, beside=beside)
    for name, label in (("page", "page with counts"), ("city", "the whole city, with counts")):
        cpu = statistics.median(c for c, _ in found[name])
        table.line(f"inbox {label}: CPU", cpu, "ms", 60, beside=f"{OPEN_ZAAK}: 545 ms")
    floor = p95([w for _, w in found["plain"]])
    ratio = p95([w for _, w in found["next"]]) / floor
    beside = f"plain query: p95 {floor:.1f} ms"
    table.line("inbox page: p95 beside the plain query", ratio, "×", 3, beside=beside)
    for name in ("next", "page", "city"):
        table.note(f"p95 of {name}: {p95([w for _, w in found[name]]):.1f} ms")
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
