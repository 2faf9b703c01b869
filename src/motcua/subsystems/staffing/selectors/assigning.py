"""What waits for an officer, who could take it, and what was distributed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.casework.access.public import Actor, allowed, visible_to
from motcua.casework.agencies.public import holders_of, in_force_on
from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.staffing.manifest import DISTRIBUTE
from motcua.subsystems.staffing.models import Distribution, GivenByRule, Handles, StandingRule
from motcua.subsystems.staffing.rules import MOST, Officer, weight
from motcua.subsystems.staffing.selectors.absences import away_on

WORKER = "case_officer"
LATEST = 10


def waiting(
    actor: Actor, agency_id: int, *, subject: str = "", holder: int | None = None
) -> list[Case]:
    """Open cases of an agency without an officer, or those of one officer (``holder``).

    The most urgent first, at most :data:`MOST`; all of them open to the actor. One statement.
    """
    nobody = Q(holder_role=WORKER) | Q(holder_role="division_head")
    whose = Q(assignee_id=holder, holder_role=WORKER) if holder else Q(assignee=None) & nobody
    rows = Case.objects.filter(
        whose, visible_to(actor), is_open=True, holder_agency_id=agency_id
    ).exclude(clock_state="stopped")
    if subject:
        rows = rows.filter(subject_code=subject)
    return list(rows.select_related("applicant").order_by("sort_due", "pk")[:MOST])


def officers(agency_id: int, on: dt.date, at: dt.datetime) -> list[tuple[Officer, str, bool]]:
    """Officers of an agency with their load: ``(officer, name, away)``. Four statements."""
    held = holders_of(agency_id, WORKER, on)
    away = away_on(agency_id, on)
    handles: dict[int, set[str]] = defaultdict(set)
    for account, subject in _handled(agency_id, on).values_list("account_id", "subject_code"):
        handles[account].add(subject)
    loads: dict[int, int] = defaultdict(int)
    people = {one.account_id: one.account for one in held if one.stands_for_id is None}
    rows = Case.objects.filter(
        assignee_id__in=list(people), is_open=True, holder_agency_id=agency_id
    ).values_list("assignee_id", "due_at")
    for account, due in rows.order_by():
        loads[account or 0] += weight(due, at)
    return [
        (
            Officer(pk, loads[pk], frozenset(handles[pk]), account.party_id),
            account.display_name,
            pk in away,
        )
        for pk, account in people.items()
    ]


def _handled(agency_id: int, on: dt.date) -> QuerySet[Handles]:
    return Handles.objects.filter(in_force_on(on), agency_id=agency_id)


def handled(agency_id: int, on: dt.date) -> list[Handles]:
    """Which officer handles which subject on a day. One statement."""
    rows = _handled(agency_id, on).select_related("account")
    return list(rows.order_by("account__display_name", "subject_code"))


def subjects(agency_id: int) -> list[tuple[str, str]]:
    """The subjects of an agency's open cases: code and title. One statement."""
    rows = Case.objects.filter(competent_agency_id=agency_id, is_open=True)
    found = (
        rows.order_by("subject_code").values_list("subject_code", "title").annotate(n=Count("pk"))
    )
    return [(code, title) for code, title, _n in found if code]


def rule_of(agency_id: int) -> StandingRule | None:
    """The standing rule of an agency now."""
    return StandingRule.objects.filter(agency_id=agency_id, until=None).first()


def rule_on(case_id: int) -> StandingRule | None:
    """The standing rule that still has to give this case to somebody. Two statements at most."""
    case = Case.objects.filter(
        pk=case_id, is_open=True, assignee=None, holder_role=WORKER
    ).values_list("holder_agency_id", flat=True)
    agency = case.first()
    if agency is None:
        return None
    rule = StandingRule.objects.filter(agency_id=agency, until=None, since__lte=now()).first()
    if rule is None or GivenByRule.objects.filter(pk=case_id).exists():
        return None
    return rule


def distributions(actor: Actor, agency_id: int) -> list[Distribution]:
    """The latest distributions of an agency that the actor heads, with their figures."""
    if not allowed(actor, DISTRIBUTE, agency_id=agency_id):
        return []
    rows = Distribution.objects.filter(agency_id=agency_id).select_related("account")
    return list(_counted(rows).order_by("-pk")[:LATEST])


def distribution_of(actor: Actor, uid: UUID | str) -> Distribution:
    """One distribution with its figures.

    Raises:
        NotFound: absent and forbidden alike.
    """
    found = _counted(Distribution.objects.filter(uid=uid)).first()
    if found is None or not allowed(actor, DISTRIBUTE, agency_id=found.agency_id):
        raise NotFound
    return found


def _counted(rows: QuerySet[Distribution]) -> QuerySet[Distribution]:
    return rows.annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__done_at__isnull=False)),
        failed=Count("items", filter=~Q(items__refused="")),
    )
