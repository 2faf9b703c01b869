"""The rehearsal itself: fill, count, merge by the real service, count again, work on."""

from __future__ import annotations

import datetime as dt
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from motcua.casework.access.public import SYSTEM, actor_of
from motcua.casework.agencies.public import (
    Agency,
    Membership,
    agency_by_code,
    merge_agencies,
    successor_of,
)
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import seal, sealing_queue, without_files
from motcua.casework.people.public import Account
from motcua.casework.workflow.public import Token
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import act
from motcua.web.cli.progress import Progress, step
from motcua.web.rehearsal.census import Census, take_census
from motcua.web.rehearsal.comparing import Line, compare, compare_sides
from motcua.web.rehearsal.samples import file_samples
from motcua.web.rehearsal.swelling import multiply

Pairs = list[tuple[Agency, Agency]]
DECISION = "Diễn tập / rehearsal"
NEXT = {"receive": "accept", "hand_over": "forward", "examine": "propose_online"}
"""What the successor's people do with one dossier of each step, to prove that they can."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What the merger cost: seconds, statements, and the process's largest memory in MB."""

    seconds: float
    statements: int
    peak_mb: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the report says."""

    before: Census
    after: Census
    merged: Merged
    lines: dict[str, list[Line]]
    work: list[Line]

    @property
    def holds(self) -> bool:
        """Whether every equality holds."""
        return all(line.holds for lines in (*self.lines.values(), self.work) for line in lines)


def pairs_of(code_from: str, code_into: str) -> Pairs:
    """The two agencies, and their service centres when both have one.

    Raises:
        NotFound: no agency has the code.
    """
    old, new = agency_by_code(code_from), agency_by_code(code_into)
    centres = [
        Agency.objects.filter(parent=parent, kind="centre", valid_to__isnull=True).first()
        for parent in (old, new)
    ]
    pairs = [(old, new)]
    if centres[0] is not None and centres[1] is not None:
        pairs.append((centres[0], centres[1]))
    return pairs


def rehearse(pairs: Pairs, dossiers: int) -> Outcome:
    """Fill the first agency up to ``dossiers`` open ones, merge, compare, work on.

    Changes the database it runs in for good: only for a scratch copy.
    """
    _fill(pairs[0][0], dossiers)
    with step("Kiểm kê trước / census before"):
        before = take_census(pairs)
    merged = _merge(pairs)
    with step("Kiểm kê sau / census after"):
        after = take_census(pairs)
    lines = {"Toàn hệ thống / the whole": compare(before, after)}
    for old, new in zip(before.sides, after.sides, strict=True):
        lines[old.name] = compare_sides(old, new)
    lines["Kế thừa / succession"] = [_succession(old, new) for old, new in pairs]
    return Outcome(before, after, merged, lines, _work_on(pairs))


def _fill(ward: Agency, dossiers: int) -> None:
    standing = Case.objects.filter(competent_agency=ward, is_open=True).count()
    if dossiers <= standing or not settings.DEMO:
        return
    with step("Hồ sơ mẫu / sample dossiers"), without_files():
        originals = file_samples(ward)
    progress = Progress("Nhân bản hồ sơ đang mở / multiplying open dossiers")
    standing = Case.objects.filter(competent_agency=ward, is_open=True).count()
    multiply(originals, max(0, dossiers - standing), progress)
    progress.finish(f"{dossiers:,}")


def _merge(pairs: Sequence[tuple[Agency, Agency]]) -> Merged:
    counted = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*arguments)

    started = time.monotonic()
    with step("Sáp nhập / merging"), connection.execute_wrapper(count):
        for old, new in pairs:
            merge_agencies(
                actor=SYSTEM,
                predecessor_id=old.pk,
                successor_id=new.pk,
                effective_on=today(),
                decision=DECISION,
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Merged(time.monotonic() - started, counted, peak)


def _succession(old: Agency, new: Agency) -> Line:
    day = today()
    yesterday = day - dt.timedelta(days=1)
    found = (successor_of(old.pk, yesterday), successor_of(old.pk, day))
    return Line(
        f"{old.code} → {new.code}",
        f"{yesterday:%d/%m/%Y}: {old.code}",
        f"{day:%d/%m/%Y}: {new.code}",
        found == (old.pk, new.pk),
    )


def _work_on(pairs: Pairs) -> list[Line]:
    """One step further with a dossier of each kind, and the seal on what was signed before."""
    lines = [line for name, action in NEXT.items() for line in _one_step(pairs, name, action)]
    for _, new in pairs:
        clerk = _holder(new, "records_clerk")
        if clerk is None:
            continue
        actor = actor_of(clerk)
        for document in sealing_queue(actor, limit=1):
            if document.sha256:
                continue  # a real file needs the successor's real seal
            sealed = seal(actor=actor, document_uid=document.uid)
            what = f"đóng dấu {sealed.full_number} / sealing it"
            lines.append(Line(what, "signed", sealed.state, sealed.state == "sealed"))
    return lines


def _one_step(pairs: Pairs, name: str, action: str) -> list[Line]:
    moved = [new.pk for _, new in pairs]
    ended = [old.pk for old, _ in pairs]
    token = (
        Token.objects.filter(step=name, state="active", agency_id__in=moved)
        .filter(case__receiving_agency_id__in=ended)
        .select_related("case", "agency")
        .order_by("-case_id")
        .first()
    )
    if token is None or token.agency is None:
        return []
    what = f"{name}: {action} ({token.case.code})"
    somebody = _holder(token.agency, token.role)
    if somebody is None:
        return [Line(what, token.case.state, "không có ai / nobody", False)]
    try:
        with without_files():
            done = act(
                actor=actor_of(somebody), uid=token.case.uid, token_id=token.pk, action=action
            )
    except DomainError as error:
        return [Line(what, token.case.state, error.code, False)]
    return [Line(what, token.case.state, done["state"], done["version"] > token.case.version)]


def _holder(agency: Agency, role: str) -> Account | None:
    """Somebody who came over from the merged agency, else anybody in the role."""
    row = (
        Membership.objects.filter(
            post__agency=agency, post__role=role, valid_to__isnull=True, post__valid_to__isnull=True
        )
        .select_related("account")
        .order_by("-post__moved_from", "pk")
        .first()
    )
    return row.account if row else None
