"""A new ladder from a day, and what was said about a late case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import access_case
from motcua.casework.ledger.public import Private, record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.escalation.models import Explanation, LadderRow, Passed
from motcua.subsystems.escalation.rules import Rung, faults_of
from motcua.subsystems.escalation.wording import FAULTS

SET = "escalation.set_ladder"
EXPLAIN = "escalation.explain"


@transaction.atomic
def set_ladder(
    *,
    actor: Actor,
    rungs: Sequence[Rung],
    valid_from: dt.date | None,
    reason: str,
    field: str = "",
    agency_id: int | None = None,
) -> LadderRow:
    """Record a ladder that holds from a day on; the rows before stay as they are.

    What is passed stays passed; what comes is counted by the new ladder from that day.

    Raises:
        NotAllowed.
        InvalidInput: at ``rungs``, ``valid_from`` (before today) or ``reason``.
    """
    require(actor, SET)
    problems: dict[str, Bilingual] = {}
    if faults := faults_of(rungs):
        problems["rungs"] = FAULTS[faults[0]]
    if valid_from is None or valid_from < today():
        problems["valid_from"] = FAULTS["past"]
    if not reason.strip():
        problems["reason"] = FAULTS["reason"]
    if problems or valid_from is None:
        raise InvalidInput(problems)
    row = LadderRow.objects.create(
        field=field, agency_id=agency_id, valid_from=valid_from,
        rungs=[rung.stored() for rung in rungs], reason=reason.strip()[:500], recorded_at=now(),
        account_id=actor.account_id, actor_name=actor.name,
    )  # fmt: skip
    after = {"field": field, "agency": agency_id, "from": valid_from.isoformat(),
             "rungs": row.rungs, "why": row.reason}  # fmt: skip
    record(actor=actor, chain="escalation", verb="escalation.set_ladder", after=after)
    return row


@transaction.atomic
def explain(*, actor: Actor, uid: UUID | str, passed_id: int, text: str) -> Explanation:
    """Say why a case passed a rung; appended to what was said before.

    Raises:
        NotFound: no such case, or it passed no such rung that asks.
        NotAllowed.
        InvalidInput: nothing was written.
    """
    case = access_case(actor, uid)
    agency_id: int | None = case.holder_agency_id
    require(actor, EXPLAIN, agency_id=agency_id)
    passed = Passed.objects.filter(pk=passed_id, case_id=case.pk, explain=True).first()
    if passed is None:
        raise NotFound
    if not text.strip():
        raise InvalidInput({"text": FAULTS["text"]})
    said = Explanation.objects.create(
        passed=passed, account_id=actor.account_id, actor_name=actor.name,
        text=text.strip()[:4000], at=now(),
    )  # fmt: skip
    record(
        actor=actor,
        chain=f"case:{case.pk}",
        verb="escalation.explain",
        after={"rung": passed.key, "text": Private(said.text)},
        agency_id=agency_id,
    )
    return said
