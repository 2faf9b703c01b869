"""Who is told of a passed rung: at once, or in the digest of the next working morning."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import Membership, in_force_on
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, kind_of
from motcua.casework.notices.public import Recipient, Told, notify_many
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE, local
from motcua.subsystems.escalation.models import Passed, Telling
from motcua.subsystems.escalation.rules import (
    HEAD,
    LEADER,
    OFFICER,
    SUPERVISOR,
    digest_or_now,
)
from motcua.subsystems.escalation.wording import key_words, template_of_key

AT_ONCE = 5
"""Reminders an official gets singly on a day; the others wait for the morning's digest."""
MORNING = dt.time(7, 30)
LISTED = 10
PEOPLE = 200
ASK = Bilingual(
    "Hãy ghi giải trình trên trang hồ sơ.", "Please write an explanation on the page of the case."
)
NO_ASK = Bilingual("", "")
Made = tuple[Passed, Case, tuple[str, ...]]
Held = dict[tuple[int | None, str], list[int]]


def tell(made: Sequence[Made], at: dt.datetime) -> None:
    """Write down whom to tell; tell at once as many as fit into each one's day. Five statements."""
    if not made:
        return
    held = _holders([case for _row, case, _tell in made], local(at).date())
    rows = [
        Telling(passed=row, account_id=account, asked_at=at)
        for row, case, whom in made
        for account in sorted(_accounts(case, whom, held))
    ]
    _mark_those_for_now(rows, at)
    Telling.objects.bulk_create(rows)
    cases = {row.pk: case for row, case, _tell in made}
    by_template: dict[str, list[Told]] = defaultdict(list)
    for telling in rows:
        if telling.told_at is not None:
            row = telling.passed
            told = _told(telling, cases[row.pk])
            by_template[template_of_key(row.key)].append(told)
    for template, messages in by_template.items():
        notify_many(actor=SYSTEM, template=template, told=messages)


def _mark_those_for_now(rows: Iterable[Telling], at: dt.datetime) -> None:
    by_account: dict[int, list[Telling]] = defaultdict(list)
    for row in rows:
        by_account[row.account_id].append(row)
    midnight = dt.datetime.combine(local(at).date(), dt.time(), CITY_ZONE)
    today = Telling.objects.filter(account_id__in=by_account, asked_at__gte=midnight)
    before = dict(today.order_by().values_list("account_id").annotate(n=Count("pk")))
    for account, waiting in by_account.items():
        now, _later = digest_or_now(before.get(account, 0), len(waiting), AT_ONCE)
        for row in waiting[:now]:
            row.told_at = at


def _holders(cases: Iterable[Any], on: dt.date) -> Held:
    """Who holds which role in the agencies of these cases. One statement."""
    agencies: set[int] = set()
    roles = {"division_head", "centre_head", "leader"}
    for case in cases:
        agencies |= {case.competent_agency_id, case.holder_agency_id or case.competent_agency_id}
        roles.add(case.holder_role)
    theirs = Q(post__agency_id__in=agencies, post__role__in=roles - {""})
    city = Q(post__role="supervisor", post__agency__level="city")
    rows = Membership.objects.filter(
        theirs | city, in_force_on(on), in_force_on(on, "post__"), account__is_active=True
    )
    held: Held = defaultdict(list)
    for account, agency, role in rows.values_list(
        "account_id", "post__agency_id", "post__role"
    ).order_by("substitute", "pk"):
        held[None if role == "supervisor" else agency, role].append(account)
    return held


def _accounts(case: Any, whom: Collection[str], held: Held) -> set[int]:
    place = case.holder_agency_id or case.competent_agency_id
    found: set[int] = set()
    if OFFICER in whom:
        found |= {case.assignee_id} if case.assignee_id else set(held[place, case.holder_role])
    if HEAD in whom:
        found |= {*held[place, "division_head"], *held[place, "centre_head"]}
    if LEADER in whom:
        found |= set(held[place, "leader"] or held[case.competent_agency_id, "leader"])
    if SUPERVISOR in whom:
        found |= set(held[None, "supervisor"])
    return found


def _told(telling: Telling, case: Any) -> Told:
    row = telling.passed
    state = kind_of(case.kind).by_id[case.state].name
    data = {
        "code": case.code or "",
        "procedure": Bilingual(case.title, case.title_en or case.title),
        "due": case.due_at,
        "step": state,
        "rung": key_words(row.key),
        "ask": ASK if row.explain else NO_ASK,
    }
    return Told(
        Recipient(account_id=telling.account_id),
        data,
        case_id=case.pk,
        link=f"/console/ho-so/{case.uid}/",
        dedupe_key=f"rung:{row.pk}",
    )


def send_digests(at: dt.datetime) -> bool:
    """On a working morning, one notice to each official for all that waits. Four statements.

    Returns:
        Whether more officials are waiting.
    """
    when = local(at)
    if when.time() < MORNING or not calendar_for(None).is_working_day(when.date()):
        return False
    with transaction.atomic():
        waiting = Telling.objects.filter(told_at__isnull=True)
        people = list(waiting.order_by("account_id").values_list("account_id", flat=True)
                      .distinct()[:PEOPLE])  # fmt: skip
        if not people:
            return False
        rows = list(
            waiting.filter(account_id__in=people).select_related("passed__case").order_by("pk")
        )
        notify_many(actor=SYSTEM, template="ladder.digest", told=_digests(rows, when.date()))
        Telling.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return len(people) == PEOPLE


def _digests(rows: Iterable[Telling], on: dt.date) -> list[Told]:
    by_account: dict[int, list[Telling]] = defaultdict(list)
    for row in rows:
        by_account[row.account_id].append(row)
    found: list[Told] = []
    for account, mine in by_account.items():
        lines = [(row.passed.case.code or "", key_words(row.passed.key)) for row in mine[:LISTED]]
        more = len(mine) - len(lines)
        tail = Bilingual(f"\n… và {more} hồ sơ khác", f"\n… and {more} more") if more else NO_ASK
        data = {
            "count": len(mine),
            "list": Bilingual(
                "\n".join(f"- {code}: {words.vi}" for code, words in lines) + tail.vi,
                "\n".join(f"- {code}: {words.en}" for code, words in lines) + tail.en,
            ),
        }
        found.append(
            Told(
                Recipient(account_id=account), data, link="/console/?view=late",
                dedupe_key=f"digest:{account}:{on:%Y%m%d}:{mine[0].pk}",
            )
        )  # fmt: skip
    return found
