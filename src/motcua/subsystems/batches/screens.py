"""The pages of batches, gathered: what waits and what is ticked, how far a batch is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import count_pages
from motcua.casework.calendar.public import calendar_for
from motcua.casework.clock.public import Badge, row_badge
from motcua.casework.issuing.public import bytes_to_show
from motcua.casework.people.public import Account
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.batches.models import Batch, BatchItem
from motcua.subsystems.batches.rules import MOST, Purpose, Seen
from motcua.subsystems.batches.selectors import (
    Progress,
    Waiting,
    WaitingList,
    items_of,
    progress_of,
    waiting,
)

REASONS = {
    "doubt": gettext_lazy("Cán bộ thụ lý có lời nhắn"),
    "disagreed": gettext_lazy("Đơn vị được hỏi không thống nhất"),
    "conditional": gettext_lazy("Đơn vị được hỏi thống nhất có điều kiện"),
    "silent": gettext_lazy("Đơn vị được hỏi không trả lời"),
    "returned": gettext_lazy("Đã từng bị trả lại"),
    "changed": gettext_lazy("Người nộp đã sửa tờ khai"),
    "redrafted": gettext_lazy("Dự thảo đã được sửa"),
    "held": gettext_lazy("Người khác đang giữ hồ sơ"),
}
TONES = {"finished": "success", "stopped": "paused", "broken": "danger"}
OUTCOMES = {"done": "success", "dropped": "warning", "failed": "danger"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue a page shows: by filter, or the dossiers that were ticked."""

    procedure: str = ""
    late: bool = False
    only: tuple[str, ...] | None = None

    @classmethod
    def read(cls, given: QueryDict) -> Asked:
        """From an address or a posted form; what is no uid is left out."""
        uids = [*given.getlist("uid"), *given.get("shown", "").split()]
        only = tuple(dict.fromkeys(uid for uid in uids if _is_uid(uid)))[:MOST]
        asked = only if "uid" in given or given.get("shown") else None
        return cls(given.get("procedure", "")[:40], given.get("late") == "1", asked)

    def url(self, route: str, *args: object) -> str:
        """An address with the same filters."""
        kept = {"procedure": self.procedure, "late": "1" if self.late else ""}
        query = urlencode({name: value for name, value in kept.items() if value})
        return reverse(route, args=args) + (f"?{query}" if query else "")


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier, ready to print."""

    waiting: Waiting
    title: str
    badge: Badge
    badge_text: str
    reasons: Sequence[str]
    ticked: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The page on which a batch is put together."""

    purpose: Purpose
    asked: Asked
    listed: WaitingList
    unusual: Sequence[Row]
    plain: Sequence[Row]
    procedures: Sequence[tuple[str, str, int, int]]
    asks_code: bool
    most: int = MOST
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    trouble: tuple[str, str] | None = None

    @property
    def ticked(self) -> int:
        return sum(row.ticked for row in (*self.unusual, *self.plain))

    @property
    def options(self) -> list[tuple[str, str]]:
        """The procedures to filter by."""
        return [(code, f"{title} ({n})") for code, title, n, _late in self.procedures]

    @property
    def shown(self) -> str:
        """What the form sends back, so that the same page comes again."""
        return " ".join(self.asked.only or ())


def choice(
    actor: Actor,
    purpose: Purpose,
    asked: Asked,
    *,
    ticked: Collection[Seen] | None = None,
    problem: DomainError | None = None,
) -> Choice:
    """What waits, the unusual first and unticked; after a refusal as it was ticked.

    Args:
        ticked: what the person ticked; a paper that changed since loses its tick.
    """
    whole = waiting(actor, purpose, only=asked.only)
    narrowed = bool(asked.procedure or asked.late) and asked.only is None
    listed = (
        waiting(actor, purpose, procedure=asked.procedure, late=asked.late) if narrowed else whole
    )
    language = get_language() or "vi"
    kept = {one.uid: one for one in ticked} if ticked is not None else None
    account = Account.objects.only("totp_secret").get(pk=actor.account_id)
    fields = problem.fields if isinstance(problem, InvalidInput) else {}
    return Choice(
        purpose,
        asked,
        listed,
        [_row(one, kept, language) for one in listed.unusual],
        [_row(one, kept, language) for one in listed.plain],
        [(row.subject_code, _title(row, language), n, late) for row, n, late in whole.procedures()],
        bool(account.totp_secret),
        errors={name: text.in_language(language) for name, text in fields.items()},
        trouble=_trouble(problem, language),
    )


def _trouble(problem: DomainError | None, language: str) -> tuple[str, str] | None:
    if problem is None or isinstance(problem, InvalidInput):
        return None
    return problem.text().in_language(language), problem.what_to_do().in_language(language)


def _title(row: Any, language: str) -> str:
    return Bilingual(row.title, row.title_en or row.title).in_language(language)


def _row(one: Waiting, kept: Mapping[str, Seen] | None, language: str) -> Row:
    ticked = not one.reasons if kept is None else kept.get(one.seen.uid) == one.seen
    badge = row_badge(one.row.clock_state, one.row.due_at, now(), calendar_for(None))
    return Row(
        one,
        _title(one.row, language),
        badge,
        badge.words.in_language(language),
        [str(REASONS[code]) for code in one.reasons],
        ticked,
    )


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of those that wait, with the ways to its neighbours."""

    purpose: Purpose
    row: Row
    place: int
    total: int
    pages: range
    previous: str
    next: str
    back: str


def leaf(actor: Actor, purpose: Purpose, asked: Asked, uid: UUID) -> Leaf:
    """Leaf through what waits, the unusual first.

    Raises:
        NotFound: it does not wait for this person.
    """
    listed = waiting(actor, purpose, procedure=asked.procedure, late=asked.late).ordered
    place = next((n for n, one in enumerate(listed) if one.row.uid == uid), None)
    if place is None:
        listed = waiting(actor, purpose, only=[str(uid)]).ordered
        place = 0
    if not listed:
        raise NotFound
    one = listed[place]

    def at(n: int) -> str:
        found = listed[n].row.uid if 0 <= n < len(listed) else None
        return asked.url("batches:leaf", purpose.slug, found) if found else ""

    pages = range(1, count_pages(bytes_to_show(actor, _whole(one))) + 1)
    return Leaf(
        purpose, _row(one, None, get_language() or "vi"), place + 1, len(listed), pages,
        at(place - 1), at(place + 1), asked.url("batches:choose", purpose.slug),
    )  # fmt: skip


def _whole(one: Waiting) -> Any:
    """The document with all its columns and its agency."""
    rows = type(one.document).objects.select_related("agency__parent", "number")
    return rows.get(pk=one.document.pk)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One paper of a batch with its outcome in words."""

    item: BatchItem
    title: str
    kind: str
    word: str
    tone: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownBatch:
    """A batch, ready to print."""

    progress: Progress
    tone: str
    word: str
    reason: str
    items: Sequence[ShownItem] = ()
    next: str = ""

    @property
    def batch(self) -> Batch:
        return self.progress.batch


def shown_batch(batch: Batch, given: Mapping[str, str]) -> ShownBatch:
    """The page of one batch: how far it is, and a part of its papers."""
    progress = progress_of([batch])[0]
    after = given.get("after", "")
    trouble = given.get("xem") == "vuong"
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else -1
    items = items_of(batch, trouble=trouble, after=place)
    query = {"after": items[-1].position if len(items) == 100 else "", "xem": given.get("xem", "")}
    more = urlencode({k: v for k, v in query.items() if v}) if len(items) == 100 else ""
    return described(progress, [_item(item) for item in items], f"?{more}" if more else "")


def described(progress: Progress, items: Sequence[ShownItem] = (), more: str = "") -> ShownBatch:
    """A batch with its word; asks the database nothing."""
    mark = progress.mark
    if mark is None:
        word = _("Đang làm") if progress.told else _("Đang chờ")
        return ShownBatch(progress, "info", word, "", items, more)
    reason = mark.reason.get("en" if (get_language() or "vi").startswith("en") else "vi", "")
    word = str(mark.What(mark.what).label)
    return ShownBatch(progress, TONES[mark.what], word, reason, items, more)


def _item(item: BatchItem) -> ShownItem:
    language = get_language() or "vi"
    title = _title(item.case, language)
    outcome = getattr(item, "outcome", None)
    if outcome is None:
        return ShownItem(item, title, "", _("Chưa làm"), "neutral", "")
    reason = outcome.reason.get("en" if language.startswith("en") else "vi", "")
    word = str(outcome.Kind(outcome.kind).label)
    return ShownItem(item, title, outcome.kind, word, OUTCOMES[outcome.kind], reason)
