"""Every read of cases; each takes the actor and filters inside the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Model, Q, QuerySet

from motcua.casework.access.public import Actor, visible_by, visible_to
from motcua.casework.cases.models import Case, Correction, Looking, SavedView, StateChange
from motcua.casework.cases.rules import LOOKING_SECONDS, MOST_VIEWS, decode_cursor, encode_cursor
from motcua.casework.ledger.public import opening_of
from motcua.foundation.errors import NotFound
from motcua.foundation.remembering import remembered
from motcua.foundation.statements import Prepared
from motcua.foundation.timesource import now

PAGE_SIZE = 100
Row = TypeVar("Row", bound=Model)


def access_case(actor: Actor, uid: UUID | str, *, kind: str = "") -> Case:
    """A case open to the actor, with the rows its page needs. One statement.

    Raises:
        NotFound: absent or not open to the actor: the same answer.
    """
    keys = () if actor.kind == "system" else actor.viewer_keys
    try:
        case = _open_case(len(keys)).first(UUID(str(uid)), *keys)
    except ValueError:
        raise NotFound from None
    if case is None or (kind and case.kind != kind):
        raise NotFound
    return case


_PAGE_ROWS = (
    "applicant",
    "submitter",
    "receiving_agency",
    "competent_agency",
    "holder_agency",
    "assignee",
    "claimed_by",
)


@cache
def _open_case(keys: int) -> Prepared[Case]:
    """The query of :func:`access_case` for so many viewer keys; none: the system sees all."""

    def build(uid: UUID, *viewers: str) -> QuerySet[Case]:
        rows = Case.objects.filter(visible_by(viewers)) if viewers else Case.objects.all()
        return rows.filter(uid=uid).select_related(*_PAGE_ROWS)

    return Prepared(build, UUID, *(str for _ in range(keys)))


def access_through(rows: QuerySet[Row], uid: UUID, viewers: Sequence[str]) -> QuerySet[Row]:
    """Rows of a slice with their case (``rows.case``), as :func:`access_case` reads it.

    For a slice that needs its own row and the case in one statement, prepared once
    for a number of viewer keys; :func:`case_of` takes the case out of it.
    Without keys (the system) every case is open.
    """
    if viewers:
        rows = rows.filter(visible_by(viewers, "case_id"))
    related = ("case", *(f"case__{name}" for name in _PAGE_ROWS))
    found = rows.filter(case__uid=uid).select_related(*related)
    return found.annotate(case_opening=opening_of("case_id"))


def case_of(row: Any) -> Case:
    """The case of a row that :func:`access_through` found."""
    case: Case = row.case
    case.opening = row.case_opening
    return case


def case_by_code(code: str) -> Case | None:
    """A case by its public code, for the public look-up that shows only the state."""
    return Case.objects.filter(code=code.strip().upper()).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilters:
    """What an inbox page shows; everything empty means "open, in my agencies"."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    subject_codes: tuple[str, ...] = ()
    agency_ids: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    mine: bool = False
    unassigned: bool = False
    late: bool = False
    closed: bool = False
    code: str = ""
    everything_visible: bool = False
    uids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One row of the inbox: what is needed to choose, nothing more."""

    id: int
    uid: UUID
    kind: str
    code: str
    title: str
    title_en: str
    state: str
    state_since: dt.datetime
    due_at: dt.datetime | None
    clock_state: str
    applicant: str
    holder: str
    holder_role: str
    assignee: str
    claimed_by: str
    version: int
    subject_code: str = ""
    channel: str = ""
    opened_at: dt.datetime | None = None
    received_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page and the cursor of the next one (empty at the end)."""

    rows: Sequence[InboxRow] = field(default_factory=list)
    after: str = ""


_COLUMNS = (
    "id",
    "uid",
    "kind",
    "code",
    "title",
    "title_en",
    "state",
    "state_since",
    "due_at",
    "clock_state",
    "applicant__full_name",
    "holder_agency__name",
    "holder_role",
    "assignee__display_name",
    "claimed_by__display_name",
    "version",
    "sort_due",
    "subject_code",
    "channel",
    "opened_at",
    "received_at",
)


def _inbox_scope(actor: Actor, filters: InboxFilters, at: dt.datetime) -> QuerySet[Case]:
    rows = Case.objects.filter(visible_to(actor), is_open=not filters.closed)
    agencies = filters.agency_ids or tuple(actor.agency_ids)
    if filters.mine:
        rows = rows.filter(assignee_id=actor.account_id)
    elif not filters.everything_visible:
        rows = rows.filter(holder_agency_id__in=agencies)
    wanted: dict[str, Any] = {}
    for name, value in (
        ("kind__in", filters.kinds),
        ("state__in", filters.states),
        ("subject_code__in", filters.subject_codes),
        ("holder_role__in", filters.roles),
        ("uid__in", filters.uids),
    ):
        if value:
            wanted[name] = value
    rows = rows.filter(**wanted)
    if filters.unassigned:
        rows = rows.filter(assignee__isnull=True)
    if filters.late:
        rows = rows.filter(sort_due__lt=at, clock_state="running")
    if filters.code:
        rows = rows.filter(code__startswith=filters.code.strip().upper())
    return rows


def _inbox_row(found: Sequence[Any]) -> InboxRow:
    """A row of the columns; absent texts are empty."""
    texts = [text or "" for text in found[10:15]]
    values: Any = [*found[:3], found[3] or "", *found[4:10], *texts, found[15], *found[17:21]]
    return InboxRow(*values)


def inbox(
    actor: Actor, filters: InboxFilters, *, after: str = "", size: int = PAGE_SIZE
) -> InboxPage:
    """One page of the one inbox over all kinds, earliest due first. One keyset query."""
    rows = _inbox_scope(actor, filters, now())
    if after:
        moment, case_id = decode_cursor(after)
        rows = rows.filter(
            Q(sort_due__gt=moment) | Q(sort_due=moment, id__gt=case_id), sort_due__gte=moment
        )
    found = list(rows.order_by("sort_due", "id").values_list(*_COLUMNS)[: size + 1])
    page = [_inbox_row(row) for row in found[:size]]
    more = encode_cursor(found[size - 1][16], found[size - 1][0]) if len(found) > size else ""
    return InboxPage(page, more)


def standard_views(everything_visible: bool = False) -> dict[str, InboxFilters]:
    """The views that everybody has."""
    return {
        "all": InboxFilters(everything_visible=everything_visible),
        "mine": InboxFilters(mine=True),
        "unassigned": InboxFilters(unassigned=True, everything_visible=everything_visible),
        "late": InboxFilters(late=True, everything_visible=everything_visible),
    }


def inbox_counts(
    actor: Actor,
    views: Mapping[str, InboxFilters] | None = None,
    *,
    cap: int = 1000,
    everything_visible: bool = False,
) -> dict[str, int]:
    """How many cases stand behind each view, counted up to ``cap``. One statement for all.

    Args:
        views: by a key of the caller; the standard views when None.
    """
    at = now()
    views = standard_views(everything_visible) if views is None else views
    parts: list[str] = []
    values: list[Any] = []
    for filters in views.values():
        try:
            sql, given = _inbox_scope(actor, filters, at).values("id")[:cap].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        # The text is Django's own and the values go beside it.
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")  # noqa: S608 - see above
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        row = cursor.fetchone() or ()
    return dict(zip(views, (int(count) for count in row), strict=True))


def saved_views(actor: Actor, *, fresh: bool = False) -> list[SavedView]:
    """The actor's own views in their order, then those shared with its agencies.

    Remembered for seconds; ``fresh`` asks the database: after one's own change.
    """
    if fresh:
        _views.forget()
    return _views(actor.account_id, tuple(sorted(actor.agency_ids)))


@remembered("cases.SavedView")
def _views(account_id: int | None, agencies: tuple[int, ...]) -> list[SavedView]:
    mine = Q(account_id=account_id)
    rows = SavedView.objects.filter(mine | Q(shared_with_id__in=agencies)).select_related("account")
    found = list(rows.order_by("place", "pk")[: 4 * MOST_VIEWS])
    own = [view for view in found if view.account_id == account_id]
    return own + [view for view in found if view.account_id != account_id][:MOST_VIEWS]


def counts_by_state(actor: Actor, filters: InboxFilters) -> dict[str, int]:
    """How many cases of a selection stand in each state."""
    rows = _inbox_scope(actor, filters, now()).order_by().values_list("state")
    return dict(rows.annotate(n=Count("id")))


def cases_of_party(
    actor: Actor, *, kinds: Collection[str] = (), before_id: int = 0, size: int = 20
) -> list[Case]:
    """The actor's own cases (and of those it acts for), newest first; keyset by id.

    Cases that belong to another one (``parent``) are left out: that one tells of them.
    """
    parties = [p for p in (actor.party_id, *actor.principals) if p is not None]
    rows = Case.objects.filter(
        Q(applicant_id__in=parties) | Q(submitter_id__in=parties),
        visible_to(actor),
        parent__isnull=True,
    ).select_related("holder_agency", "applicant")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[:size])


def timeline(case: Case, *, public_only: bool) -> list[StateChange]:
    """The history of a case, newest first; the applicant sees only the public rows."""
    rows = StateChange.objects.filter(case=case).select_related("agency")
    return list((rows.filter(public=True) if public_only else rows).order_by("-seq"))


def lookers(case: Case, *, but: int | None, at: dt.datetime) -> list[str]:
    """The names of those who have the case open, except ``but``."""
    since = at - dt.timedelta(seconds=LOOKING_SECONDS)
    rows = Looking.objects.filter(case=case, seen_at__gte=since).exclude(account_id=but)
    return list(rows.values_list("account__display_name", flat=True))


def open_correction(case: Case) -> Correction | None:
    """The request for supplements that waits for an answer, with its items."""
    rows = Correction.objects.filter(case=case, answered_at__isnull=True)
    return rows.prefetch_related("items").last()


def corrections_of(case: Case) -> list[Correction]:
    """All requests for supplements, oldest first, with their items."""
    return list(Correction.objects.filter(case=case).prefetch_related("items").order_by("seq"))
