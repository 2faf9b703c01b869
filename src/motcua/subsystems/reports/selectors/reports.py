"""Reading reports: one for its unit, one for its reporter, and what the public may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.attachments.public import Attachment, attachments_of
from motcua.casework.cases.public import StateChange
from motcua.casework.clock.public import Due, due_of
from motcua.casework.forms.public import (
    SummaryRow,
    compile_form,
    latest_answers,
    settle,
    summary,
)
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.reports.models import Photo, Report
from motcua.subsystems.reports.rules import box_around, metres_between
from motcua.subsystems.reports.states import DONE_STATES, OPEN_STATES

PAGE = 20
_RELATED = (
    "case__applicant",
    "case__submitter",
    "case__receiving_agency",
    "case__competent_agency",
    "case__holder_agency",
    "case__assignee",
    "case__claimed_by",
    "category",
    "area",
    "merged_into__case",
)


def _one(rows: QuerySet[Report]) -> Report:
    found = rows.select_related(*_RELATED).defer("area__polygons").first()
    if found is None:
        raise NotFound
    return found


def report_for(actor: Actor, uid: UUID | str) -> Report:
    """A report open to the actor, with its case. One statement.

    Raises:
        NotFound: absent and forbidden alike.
    """
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise NotFound from None
    return _one(Report.objects.filter(visible_to(actor, "case_id"), case__uid=wanted))


def report_by_code(actor: Actor, code: str) -> Report:
    """The same by its code."""
    wanted = code.strip().upper()
    return _one(Report.objects.filter(visible_to(actor, "case_id"), case__code=wanted))


def report_of_owner(uid: UUID | str) -> Report:
    """A report whose reporter the caller has recognised. Raises NotFound."""
    return _one(Report.objects.filter(case__uid=uid))


def report_with_case(case_id: int) -> Report:
    """A report for what follows from its events."""
    return _one(Report.objects.filter(pk=case_id))


def supporters_of(report: Report) -> list[int]:
    """The parties that support a report or whose own was merged into it."""
    rows = report.support.exclude(party_id=None).exclude(party_id=report.case.applicant_id)
    return sorted(set(rows.values_list("party_id", flat=True)))


def public_address(report: Report) -> str:
    """The public page of a report: a path on this site."""
    return reverse("reports:report", args=[report.case.code])


def rated_this_time(report: Report) -> bool:
    """Whether the reporter has rated the last answer already."""
    times = StateChange.objects.filter(case_id=report.pk, verb="reports.reopen").count()
    return report.ratings.filter(round=times + 1).exists()


def shown() -> Q:
    """What keeps a report in public: not hidden, and not handed on to another procedure."""
    return Q(hidden=False) & ~Q(case__state="handed_on")


def public_report(code: str) -> Report:
    """A report that everybody may see, by its code.

    Raises:
        NotFound: absent and hidden alike.
    """
    return _one(Report.objects.filter(shown(), case__code=code.strip().upper()))


def public_story(report: Report) -> list[StateChange]:
    """The public steps, oldest first, with the agency of each."""
    rows = StateChange.objects.filter(case_id=report.pk, public=True)
    return list(rows.select_related("agency").order_by("seq"))


def shown_photos(report: Report) -> list[Photo]:
    """The photos that somebody has let out, oldest first."""
    return list(report.photos.filter(state=Photo.State.SHOWN).order_by("pk"))


def photos_of(report: Report) -> list[Photo]:
    """All photos with their files, oldest first, for the unit."""
    return list(report.photos.select_related("attachment__blob").order_by("pk"))


def photo_for(actor: Actor, uid: UUID | str) -> Photo:
    """A photo of a report that is open to the actor. Raises NotFound."""
    rows = Photo.objects.filter(visible_to(actor, "report_id"), uid=uid)
    found = rows.select_related("attachment", "report__case").first()
    if found is None:
        raise NotFound
    return found


def public_photo(uid: UUID) -> Photo:
    """A photo that was let out, of a report that is in public. Raises NotFound."""
    rows = Photo.objects.filter(
        ~Q(report__case__state="handed_on"), uid=uid, state=Photo.State.SHOWN, report__hidden=False
    )
    found = rows.select_related("attachment").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What a public list shows; empty means everything."""

    area: str = ""
    category: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list and the key of the next one (0 at the end)."""

    rows: Sequence[Report]
    before: int = 0


def public_list(filters: Filters, *, before: int = 0, size: int = PAGE) -> Listed:
    """Reports in public, the newest first. One statement, keyset by id."""
    rows = Report.objects.filter(shown())
    if filters.area:
        rows = rows.filter(area__code=filters.area)
    if filters.category:
        rows = rows.filter(category__code=filters.category)
    if filters.state == "open":
        rows = rows.filter(case__state__in=OPEN_STATES)
    elif filters.state == "done":
        rows = rows.filter(case__state__in=DONE_STATES)
    elif filters.state:
        rows = rows.filter(case__state=filters.state)
    if before:
        rows = rows.filter(pk__lt=before)
    photo = Photo.objects.filter(report_id=OuterRef("pk"), state=Photo.State.SHOWN)
    found = list(
        rows.annotate(has_photo=Exists(photo))
        .select_related("case__holder_agency", "category", "area")
        .defer("area__polygons")
        .order_by("-pk")[: size + 1]
    )
    return Listed(found[:size], found[size - 1].pk if len(found) > size else 0)


@dataclass(frozen=True, slots=True)
class Near:
    """A report like the one that is being written, and how far away it is."""

    report: Report
    metres: int


def same_nearby(
    category_pk_codes: Iterable[str],
    longitude: float,
    latitude: float,
    *,
    metres: int,
    days: int,
    most: int = 5,
) -> list[Near]:
    """Open public reports of these categories within a distance and a time. One statement."""
    box = box_around(longitude, latitude, metres)
    since = now() - dt.timedelta(days=days)
    rows = (
        Report.objects.filter(
            shown(),
            category__code__in=list(category_pk_codes),
            latitude__range=(box.south, box.north),
            longitude__range=(box.west, box.east),
            requested_at__gte=since,
            case__state__in=OPEN_STATES,
        )
        .select_related("case", "category")
        .order_by("-pk")[:50]
    )
    found = [
        Near(row, round(metres_between((longitude, latitude), (row.longitude, row.latitude))))
        for row in rows
        if row.longitude is not None and row.latitude is not None
    ]
    return sorted((near for near in found if near.metres <= metres), key=lambda n: n.metres)[:most]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as its unit sees it. Five statements."""

    report: Report
    story: Sequence[StateChange]
    photos: Sequence[Photo]
    files: Sequence[Attachment]
    due: Due
    merged: Sequence[Report]


def report_page(actor: Actor, uid: UUID | str) -> ReportPage:
    """Everything the unit's page shows. Raises NotFound."""
    report = report_for(actor, uid)
    rows = StateChange.objects.filter(case_id=report.pk).select_related("agency")
    merged = report.merged.select_related("case")
    return ReportPage(
        report=report,
        story=list(rows.order_by("-seq")),
        photos=photos_of(report),
        files=list(attachments_of(report.pk)),
        due=due_of(report.pk),
        merged=list(merged),
    )


def answers_of(report: Report) -> Sequence[SummaryRow]:
    """The answers to the category's further questions, for reading. At most one statement."""
    if not report.category.form:
        return ()
    form = compile_form(report.category.form, f"{report.category.code}:{report.category_id}")
    kept = latest_answers(report.pk, form.id)
    return summary(form, settle(form, kept.answers, today=today())) if kept else ()


def waiting_photos(actor: Actor, *, after: int = 0, size: int = PAGE) -> list[Photo]:
    """Photos that nobody has looked at yet, of reports open to the actor, oldest first."""
    rows = Photo.objects.filter(visible_to(actor, "report_id"), state=Photo.State.WAITING)
    if after:
        rows = rows.filter(pk__gt=after)
    related = ("attachment", "report__case__holder_agency")
    return list(rows.select_related(*related).order_by("pk")[:size])


def feed(
    *,
    codes: Iterable[str] = (),
    categories: Iterable[str] = (),
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    closed: bool | None = None,
    most: int = 1000,
    skip: int = 0,
) -> list[Report]:
    """Public reports for programs, the newest first: with photos. Two statements."""
    rows = Report.objects.filter(shown())
    if codes := list(codes):
        rows = rows.filter(case__code__in=codes)
    else:
        if categories := list(categories):
            rows = rows.filter(category__code__in=categories)
        if since is not None:
            rows = rows.filter(requested_at__gte=since)
        if until is not None:
            rows = rows.filter(requested_at__lte=until)
        if closed is not None:
            rows = rows.filter(case__is_open=not closed)
    photos = Prefetch(
        "photos", Photo.objects.filter(state=Photo.State.SHOWN).order_by("pk"), to_attr="let_out"
    )
    return list(
        rows.select_related("case__holder_agency", "category", "area")
        .defer("area__polygons")
        .prefetch_related(photos)
        .order_by("-requested_at", "-pk")[skip : skip + most]
    )
