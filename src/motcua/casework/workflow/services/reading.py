"""What a move must know of the token it ends: read, or read while ending it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import msgspec
from django.db import connection

from motcua.casework.workflow.models import ProcessDefinition, Token
from motcua.casework.workflow.placing import CaseUnits
from motcua.casework.workflow.rules import Branch
from motcua.casework.workflow.rules import Token as Place
from motcua.foundation.errors import NotFound
from motcua.foundation.remembering import remembered
from motcua.foundation.statements import send

_COLUMNS = (
    "pk",
    "state",
    "step",
    "role",
    "agency_id",
    "definition_id",
    "definition__checksum",
    "path",
    "trail",
    "fork_id",
    "case__receiving_agency_id",
    "case__competent_agency_id",
    "case__receiving_agency__valid_to",
    "case__competent_agency__valid_to",
    "case__applicant_id",
    "case__submitter_id",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A token as it stands, with what a move needs to know of its case."""

    token_id: int
    state: str
    step: str
    role: str
    agency_id: int | None
    definition_id: int
    checksum: str
    place: Place
    fork_id: int | None
    home: CaseUnits


def standing_token(case_id: int, token_id: int) -> Standing:
    """One statement. Raises ``NotFound`` when the case has no such token."""
    sql, order = _read(connection.vendor)
    rows, _ = send(sql, [(token_id, case_id)[place] for place in order])
    if not rows:
        raise NotFound
    pk, state, step, role, agency, definition, checksum, path, trail, fork, *home = rows[0]
    receiving, competent, receiving_until, competent_until, *people = home
    return Standing(
        pk,
        state,
        step,
        role,
        agency,
        definition,
        checksum,
        Place(step, *_where(path, trail)),
        fork,
        CaseUnits(
            case_id,
            receiving,
            competent,
            _date(receiving_until),
            _date(competent_until),
            frozenset(party for party in people if party is not None),
        ),
    )


@cache
def _read(vendor: str) -> tuple[str, tuple[int, ...]]:
    """The read as SQL, written by the ORM once: building it anew costs more than running it.

    Also tells which of (token, case) each parameter is.
    """
    del vendor  # part of the key: the SQL is that of one engine
    marks = (-1, -2)
    rows = Token.objects.filter(pk=marks[0], case_id=marks[1]).values_list(*_COLUMNS)
    sql, params = rows.query.sql_with_params()
    return sql, tuple(marks.index(mark) for mark in params)


def end_token(
    case_id: int,
    token_id: int,
    *,
    outcome: str,
    account_id: int | None,
    at: dt.datetime,
    home: CaseUnits,
) -> Standing | None:
    """End an active token and tell how it stood, with one statement: the lock of the move.

    None: the case has no such token, or it is not active any more. What the move
    then refuses undoes it with the transaction.
    """
    moment = connection.ops.adapt_datetimefield_value(at)
    rows, _ = send(_END, [moment, account_id, outcome, token_id, case_id])
    if not rows:
        return None
    step, role, agency, definition, path, trail, fork = rows[0]
    place = Place(step, *_where(path, trail))
    checksum = _checksum(definition)
    return Standing(token_id, "active", step, role, agency, definition, checksum, place, fork, home)


_END = (
    f"UPDATE {Token._meta.db_table}"  # noqa: S608 - the model's own table
    " SET state = 'done', left_at = %s, left_by_id = %s, outcome = %s"
    " WHERE id = %s AND case_id = %s AND state = 'active'"
    " RETURNING step, role, agency_id, definition_id, path, trail, fork_id"
)


@remembered(for_ever=True)
def _checksum(definition_id: int) -> str:
    rows = ProcessDefinition.objects.filter(pk=definition_id)
    return rows.values_list("checksum", flat=True).get()


def _where(path: str, trail: str) -> tuple[tuple[Branch, ...], tuple[str, ...]]:
    branches = msgspec.json.decode(path, type=tuple[Branch, ...]) if path != "[]" else ()
    return branches, tuple(msgspec.json.decode(trail, type=list[str])) if trail != "[]" else ()


def _date(value: dt.date | str | None) -> dt.date | None:
    """SQLite gives dates as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
