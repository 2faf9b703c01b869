"""One table for every measurement: what, measured, goal, whether it is met, beside which floor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

OPEN_ZAAK = "Open Zaak 1.30"


@dataclass
class Table:
    """Lines that are printed as they come; ``met`` is false once a goal was missed."""

    met: bool = True
    lines: list[str] = field(default_factory=list[str])

    def line(
        self,
        what: str,
        measured: float,
        unit: str,
        goal: float,
        *,
        least: bool = False,
        beside: str = "",
    ) -> None:
        """Print one figure. ``least``: the goal is a lower bound."""
        good = measured >= goal if least else measured <= goal
        self.met &= good
        sign = "≥" if least else "≤"
        shown = (
            f"{measured:,.0f}" if measured >= 1000 or unit == "statements" else f"{measured:.1f}"
        )
        text = f"{'✓' if good else '✗'} {what:<46}{shown:>9} {unit:<11}{sign} {goal:g}"
        print(f"{text}   {beside}".rstrip(), flush=True)

    def note(self, text: str) -> None:
        """A figure without a goal."""
        print(f"  {text}", flush=True)


def set_up() -> None:
    """Start Django on the database of the environment and make its tables."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


def count(work: Callable[[], object]) -> int:
    """Statements of one call, without those that open and close its transaction."""
    from django.db import connection

    sent: list[str] = []

    def note(execute: Callable[..., object], sql: str, *more: object) -> object:
        sent.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        work()
    return sum(not sql.startswith(("BEGIN", "COMMIT")) for sql in sent)
