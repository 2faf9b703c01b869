"""Who works on a case: assignment, exclusive claim with expiry, who is looking."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from motcua.casework.access.public import Actor, declare_permission, require
from motcua.casework.cases.models import Case, Looking
from motcua.casework.cases.rules import CLAIM_MINUTES, ClaimedByOther
from motcua.casework.cases.services.history import change_case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import NotAllowed
from motcua.foundation.timesource import local, now

declare_permission(
    "cases.claim",
    "Giữ hồ sơ để xử lý",
    "Hold a case exclusively while working on it",
    roles=[
        "receiving_clerk",
        "centre_head",
        "case_officer",
        "division_head",
        "leader",
        "records_clerk",
        "consulted_officer",
    ],
)
declare_permission(
    "cases.assign",
    "Phân công người thụ lý",
    "Assign a case to an official",
    roles=["centre_head", "division_head", "leader", "supervisor"],
)


@transaction.atomic
def claim(*, actor: Actor, case: Case, minutes: int = CLAIM_MINUTES) -> Case:
    """Hold a case exclusively for a while; claiming again prolongs it.

    Raises:
        ClaimedByOther: somebody else holds it and the claim has not expired.
    """
    require(actor, "cases.claim", agency_id=case.holder_agency_id)
    at = now()
    until = at + dt.timedelta(minutes=minutes)
    free = Q(claimed_by__isnull=True) | Q(claimed_until__lte=at) | Q(claimed_by=actor.account_id)
    taken = Case.objects.filter(free, pk=case.pk).update(
        claimed_by_id=actor.account_id, claimed_until=until
    )
    if not taken:
        refuse_if_claimed(actor=actor, case=_fresh(case), at=at)
        raise ClaimedByOther(name="?", until="?")
    record(actor=actor, chain=f"claims:{case.pk}", verb="cases.claim", case_id=case.pk)
    case.claimed_by_id, case.claimed_until = actor.account_id, until
    return case


def _fresh(case: Case) -> Case:
    return Case.objects.select_related("claimed_by").get(pk=case.pk)


def refuse_if_claimed(*, actor: Actor, case: Case, at: dt.datetime | None = None) -> None:
    """Refuse when somebody else holds the case exclusively.

    Raises:
        ClaimedByOther: with the name of the holder and the end of the claim.
    """
    moment = at or now()
    other = case.claimed_by
    if (
        other is not None
        and case.claimed_until is not None
        and case.claimed_until > moment
        and other.pk != actor.account_id
    ):
        raise ClaimedByOther(name=other.display_name, until=f"{local(case.claimed_until):%H:%M}")


@transaction.atomic
def release(*, actor: Actor, case: Case) -> Case:
    """Give up a claim; only its holder or somebody who assigns may."""
    if case.claimed_by_id not in {None, actor.account_id}:
        require(actor, "cases.assign", agency_id=case.holder_agency_id)
    Case.objects.filter(pk=case.pk).update(claimed_by=None, claimed_until=None)
    record(actor=actor, chain=f"claims:{case.pk}", verb="cases.release", case_id=case.pk)
    case.claimed_by, case.claimed_until = None, None
    return case


@transaction.atomic
def assign(*, actor: Actor, case: Case, account_id: int | None, note: str = "") -> Case:
    """Assign a case to an official of the holding agency, or take it back (``None``).

    Officials may take an unassigned case themselves.

    Raises:
        NotAllowed: assigning others without the permission.
    """
    takes_it = account_id == actor.account_id and case.holder_agency_id in actor.agency_ids
    if not takes_it:
        require(actor, "cases.assign", agency_id=case.holder_agency_id)
    if actor.kind not in {"official", "system"}:
        raise NotAllowed
    return change_case(
        actor=actor,
        case=case,
        verb="cases.assign",
        note=note,
        public=False,
        assignee_id=account_id,
        ledger={"assignee": account_id},
    )


def look_at(*, actor: Actor, case: Case) -> list[str]:
    """Say "I am looking at this" and hear who else is. Two statements, no history.

    Returns:
        The names of the others who looked within the last minute and a half.
    """
    at = now()
    Looking.objects.bulk_create(
        [Looking(case=case, account_id=actor.account_id, seen_at=at)],
        update_conflicts=True,
        unique_fields=["case", "account"],
        update_fields=["seen_at"],
    )
    from motcua.casework.cases.selectors import lookers

    return lookers(case, but=actor.account_id, at=at)
