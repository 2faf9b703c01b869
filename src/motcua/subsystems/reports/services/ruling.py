"""Routing rules: written as a draft, tried on sample reports, then put in force as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import agencies_as_of
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import CITY_ZONE, now, today
from motcua.foundation.transactions import together
from motcua.subsystems.reports.errors import RulesAlreadyUsed, RulesNotReady
from motcua.subsystems.reports.manifest import SET_UP
from motcua.subsystems.reports.models import Area, RuleSet
from motcua.subsystems.reports.rules import (
    Facts,
    Problem,
    problems_of_rules,
    rules_of,
    try_samples,
)
from motcua.subsystems.reports.selectors import categories_on

CHAIN = "reports"


@together()
def write_rules(
    *,
    actor: Actor,
    rules: Sequence[Mapping[str, Any]],
    samples: Sequence[Mapping[str, Any]],
    triage_id: int,
) -> RuleSet:
    """Write a new draft; nothing is sent by it until it is activated. Raises NotAllowed."""
    require(actor, SET_UP)
    last = RuleSet.objects.aggregate(n=Max("number"))["n"] or 0
    row = RuleSet(
        number=last + 1,
        rules=[dict(rule) for rule in rules],
        samples=[dict(sample) for sample in samples],
        triage_id=triage_id,
        written_at=now(),
    )
    row.save(force_insert=True)
    record(
        actor=actor,
        chain=CHAIN,
        verb="reports.write_rules",
        after={"number": row.number, "rules": row.rules, "triage": triage_id},
    )
    return row


def check_rules(number: int) -> list[Problem]:
    """What keeps a set from being put in force; empty when nothing does.

    Raises:
        NotFound: there is no such set.
    """
    row = RuleSet.objects.filter(number=number).first()
    if row is None:
        raise NotFound
    rules, on = rules_of(row.rules), today()
    categories = categories_on(on)
    wards = dict(
        Area.objects.filter(valid_to=None, agency__isnull=False).values_list("code", "agency__code")
    )
    areas = set(Area.objects.filter(valid_to=None).values_list("code", flat=True))
    found = problems_of_rules(
        rules,
        categories=categories,
        areas=areas,
        agencies=set(agencies_as_of(on).values_list("code", flat=True)),
    )
    if found:
        return found
    samples: list[tuple[str, Facts, str]] = []
    for sample in row.samples:
        category = categories.get(str(sample.get("category", "")))
        name = str(sample.get("name") or sample.get("category") or "?")
        if category is None:
            text = Bilingual("Không có lĩnh vực này.", "There is no such category.")
            found.append(Problem(name, text))
            continue
        area = str(sample.get("area", ""))
        facts = Facts(
            category=category.code,
            path=category.path,
            area=area,
            ward=wards.get(area, ""),
            urgency=str(sample.get("urgency") or category.urgency),
            channel=str(sample.get("channel") or "web"),
            at=_moment(str(sample.get("at", ""))),
            answers=sample.get("answers") or {},
        )
        samples.append((name, facts, str(sample.get("expects", ""))))
    return [*found, *try_samples(rules, samples)]


def _moment(text: str) -> dt.datetime:
    if not text:
        return dt.datetime(2026, 11, 18, 9, 0, tzinfo=CITY_ZONE)
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)


@together()
def activate_rules(*, actor: Actor, number: int) -> RuleSet:
    """Put a draft in force instead of the present set. Emits ``reports.rules_activated``.

    Raises:
        NotAllowed, NotFound.
        RulesAlreadyUsed: it is no draft.
        RulesNotReady: a rule is broken, was met by no sample, or a sample goes elsewhere.
    """
    require(actor, SET_UP)
    row = RuleSet.objects.filter(number=number).first()
    if row is None:
        raise NotFound
    if row.state != RuleSet.State.DRAFT:
        raise RulesAlreadyUsed
    if problems := check_rules(number):
        raise RulesNotReady({problem.where: problem.text for problem in problems})
    RuleSet.objects.filter(state=RuleSet.State.ACTIVE).update(state=RuleSet.State.RETIRED)
    row.state, row.activated_at = RuleSet.State.ACTIVE, now()
    row.save(update_fields=["state", "activated_at"])
    record(actor=actor, chain=CHAIN, verb="reports.activate_rules", after={"number": number})
    emit("reports.rules_activated", str(number), {"number": number})
    return row
