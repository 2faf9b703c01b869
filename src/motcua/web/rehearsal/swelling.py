"""100,000 open dossiers in minutes: a few made by the real services, then copied many times.

A copy is a dossier of its own: key, public id, code of its unit and day, its ledger chain
written by the ledger (so that ``check ledger`` reads it), and copies of every row that hangs
on the original: history, clock, process, visibility, content. Only in a scratch copy.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from motcua.casework.cases.public import Case, next_code
from motcua.casework.ledger.public import Act, Entry, record_many
from motcua.foundation.ids import new_uid

BATCH = 2000
HANGING = (
    "cases.StateChange",
    "clock.ClockEntry",
    "workflow.Token",
    "access.Visibility",
    "forms.FormAnswers",
    "applications.Application",
    "applications.Slip",
)
"""Tables whose rows belong to one case and are copied with it."""
MAP = "motcua_rehearsal_copies"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who a ledger entry says did it; enough of an actor to record it once more."""

    kind: str
    account_id: int | None
    name: str
    on_behalf_of: int | None
    authority: str
    agency_ids: frozenset[int]


def multiply(
    originals: Sequence[Case], count: int, progress: Callable[[int, int], None]
) -> list[int]:
    """Copy open dossiers, in turn, until there are ``count`` copies. Returns their keys."""
    acts = {
        case.pk: list(Entry.objects.filter(case_id=case.pk).order_by("seq")) for case in originals
    }
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {MAP} (copy bigint PRIMARY KEY, original bigint)")
    first = Case.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    codes = {case.pk: _codes(case, count // len(originals) + 1) for case in originals}
    turns = itertools.cycle(originals)
    made: list[int] = []
    while len(made) < count:
        size = min(BATCH, count - len(made))
        pairs = [(first + len(made) + n, next(turns)) for n in range(size)]
        with transaction.atomic():
            _copy_cases(pairs, acts, codes)
        made += [key for key, _ in pairs]
        progress(len(made), count)
    with transaction.atomic():
        for label in HANGING:
            _copy_rows(apps.get_model(label))
        _copy_timers()
        _mind_sequences()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {MAP}")
    return made


def _codes(case: Case, many: int) -> Any:
    """Fresh codes of the unit and day of a dossier, taken from its counter all at once."""
    prefix, day, _ = (case.code or "X-260101-0001").rsplit("-", 2)
    on = dt.datetime.strptime(day, "%y%m%d").date()  # noqa: DTZ007 - a date without time
    start = int(next_code(prefix=prefix, day=on).rsplit("-", 1)[1])
    counters = apps.get_model("cases.DailyCounter")._default_manager
    counters.filter(prefix=prefix, day=on).update(last=start + many)
    return (f"{prefix}-{day}-{number:04d}" for number in range(start, start + many + 1))


def _copy_cases(
    pairs: Sequence[tuple[int, Case]], acts: dict[int, list[Entry]], codes: dict[int, Any]
) -> None:
    named = [(key, case, next(codes[case.pk])) for key, case in pairs]
    heads = record_many(
        [_again(entry, key, code) for key, case, code in named for entry in acts[case.pk]],
        new_chains=[f"case:{key}" for key, _ in pairs],
    )
    same = [f.attname for f in Case._meta.concrete_fields if not f.primary_key]
    rows: list[Case] = []
    for key, case, code in named:
        values = {name: getattr(case, name) for name in same}
        head = heads[f"case:{key}"]
        own = {"uid": new_uid(), "code": code, "ledger_seq": head.seq, "ledger_head": head.hash}
        rows.append(Case(pk=key, **(values | own)))
    Case.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {MAP} (copy, original) VALUES (%s, %s)",  # noqa: S608 - our own name
            [(key, case.pk) for key, case in pairs],
        )


def _again(entry: Entry, key: int, code: str) -> Act:
    actor = Recorded(
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.on_behalf_of, "", frozenset()
    )
    after = entry.after
    if isinstance(after, dict) and "code" in after:
        after = {**after, "code": code}
    return Act(
        actor,
        f"case:{key}",
        entry.verb,
        entry.before,
        after,
        key,
        entry.at,
        entry.agency_id,
        entry.authority,
        None,
    )


def _columns(model: type[models.Model]) -> list[str]:
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.column != "case_id" and not (field.primary_key and field.name == "id")
    ]


def _copy_rows(model: type[models.Model]) -> None:
    """All rows of the originals once more for every copy. One statement."""
    table, columns = model._meta.db_table, _columns(model)
    wanted = ", ".join(f'"{name}"' for name in columns)
    given = ", ".join(f's."{name}"' for name in columns)
    with connection.cursor() as cursor:
        # Names come from the models themselves.
        cursor.execute(
            f'INSERT INTO "{table}" (case_id, {wanted}) SELECT m.copy, {given} '  # noqa: S608
            f'FROM "{table}" s JOIN {MAP} m ON m.original = s.case_id'
        )


_TIMERS = """
INSERT INTO workflow_timer (token_id, timer, due_at, fired_at, dropped_at)
SELECT t.id, o.timer, o.due_at, o.fired_at, o.dropped_at
FROM workflow_timer o
JOIN workflow_token s ON s.id = o.token_id
JOIN motcua_rehearsal_copies m ON m.original = s.case_id
JOIN workflow_token t
  ON t.case_id = m.copy AND t.step = s.step AND t.entered_at = s.entered_at
"""


def _copy_timers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TIMERS)


def _mind_sequences() -> None:
    """PostgreSQL must hear of the keys given by hand."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Case]):
            cursor.execute(sql)
