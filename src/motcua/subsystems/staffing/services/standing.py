"""The standing rule of an agency, and which officer handles what."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.agencies.public import in_force_on
from motcua.casework.cases.public import Case, assign
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.staffing.manifest import DISTRIBUTE
from motcua.subsystems.staffing.models import GivenByRule, Handles, StandingRule
from motcua.subsystems.staffing.rules import WAYS, Waiting, share
from motcua.subsystems.staffing.selectors import officers, rule_on, subjects


@transaction.atomic
def set_rule(*, actor: Actor, agency_id: int, way: str) -> StandingRule | None:
    """From now on new cases go to officers by ``way``; an empty way switches it off.

    Raises:
        NotAllowed: the actor does not head this agency.
        InvalidInput: no such way.
    """
    require(actor, DISTRIBUTE, agency_id=agency_id)
    if way and way not in WAYS:
        raise InvalidInput({"way": Bilingual("Chọn cách phân công.", "Choose a way.")})
    at = now()
    StandingRule.objects.filter(agency_id=agency_id, until=None).update(until=at)
    made = None
    if way:
        made = StandingRule.objects.create(
            agency_id=agency_id, way=way, since=at, made_by_id=actor.account_id
        )
    _note(actor, agency_id, "staffing.set_rule", {"way": way})
    return made


@transaction.atomic
def let_handle(*, actor: Actor, agency_id: int, account_id: int, subject: str) -> Handles:
    """From today an officer handles a subject.

    Raises:
        NotAllowed: the actor does not head this agency.
        InvalidInput: no such officer here, or no such subject.
    """
    require(actor, DISTRIBUTE, agency_id=agency_id)
    known = {one.account_id for one, _name, _away in officers(agency_id, today(), now())}
    if account_id not in known:
        raise InvalidInput({"officer": Bilingual("Chọn cán bộ.", "Choose the officer.")})
    if subject not in dict(subjects(agency_id)):
        raise InvalidInput({"subject": Bilingual("Chọn thủ tục.", "Choose the procedure.")})
    same = Handles.objects.filter(
        in_force_on(today()), agency_id=agency_id, account_id=account_id, subject_code=subject
    ).first()
    if same is not None:
        return same
    made = Handles.objects.create(
        agency_id=agency_id, account_id=account_id, subject_code=subject, valid_from=today()
    )
    _note(actor, agency_id, "staffing.let_handle", {"account": account_id, "subject": subject})
    return made


@transaction.atomic
def stop_handling(*, actor: Actor, handles_id: int) -> None:
    """From today on an officer no longer handles a subject.

    Raises:
        NotFound: no such row of an agency the actor heads.
    """
    row = Handles.objects.filter(pk=handles_id, agency_id__in=actor.agency_ids).first()
    if row is None:
        raise NotFound
    require(actor, DISTRIBUTE, agency_id=row.agency_id)
    Handles.objects.filter(pk=row.pk).update(valid_to=today() - dt.timedelta(days=1))
    about = {"account": row.account_id, "subject": row.subject_code}
    _note(actor, row.agency_id, "staffing.stop_handling", about)


@transaction.atomic
def give_by_rule(case_id: int) -> int | None:
    """Give a case that waits without an officer by its agency's standing rule, once only.

    Returns:
        The account that got it, or None.
    """
    rule = rule_on(case_id)
    if rule is None:
        return None
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    at = now()
    takers = [one for one, _name, away in officers(rule.agency_id, today(), at) if not away]
    last = rule.given.order_by("-at", "-pk").values_list("account_id", flat=True).first()  # type: ignore[attr-defined]
    parties = frozenset({case.applicant_id, case.submitter_id} - {None})
    asked = Waiting(case.pk, case.subject_code, case.due_at, parties)  # type: ignore[arg-type]
    chosen = share([asked], takers, rule.way, at, last)[case.pk]
    if chosen is None or case.assignee_id is not None:
        return None
    assign(actor=SYSTEM, case=case, account_id=chosen)
    GivenByRule.objects.create(rule=rule, case=case, account_id=chosen, at=at)
    return chosen


def _note(actor: Actor, agency_id: int, verb: str, after: dict[str, object]) -> None:
    record(actor=actor, chain=f"staffing:{agency_id}", verb=verb, after=after, agency_id=agency_id)
