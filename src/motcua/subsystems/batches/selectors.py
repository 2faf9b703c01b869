"""What waits to be signed or sealed together, and one's own batches. Nobody else's exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import InboxFilters, InboxRow, StateChange, claim_holder, inbox
from motcua.casework.forms.public import versions_of_many
from motcua.casework.issuing.public import IssuedDocument, digest_of
from motcua.casework.workflow.public import Consultation, turns_offering
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.applications.public import Application
from motcua.subsystems.batches.models import Batch, BatchItem, BatchMark, BatchOutcome
from motcua.subsystems.batches.rules import MOST, Facts, Purpose, Seen, unusual

RETURNED = "applications.return_for_rework"
ENDED = (BatchMark.What.FINISHED, BatchMark.What.STOPPED, BatchMark.What.BROKEN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier whose paper waits for this person, with why to look at it first."""

    row: InboxRow
    document: IssuedDocument
    facts: Facts
    late: bool
    digest: str

    @property
    def seen(self) -> Seen:
        """The paper as it stands now."""
        return Seen(str(self.row.uid), self.row.version, self.digest)

    @property
    def seen_document(self) -> str:
        """The paper's uid."""
        return str(self.document.uid)

    @property
    def reasons(self) -> tuple[str, ...]:
        return unusual(self.facts)


@dataclass(frozen=True)
class WaitingList:
    """What waits: the unusual first, each part in the order of the due dates."""

    purpose: Purpose
    rows: Sequence[Waiting]
    more: bool
    unready: int

    @property
    def unusual(self) -> list[Waiting]:
        return [row for row in self.rows if row.reasons]

    @property
    def plain(self) -> list[Waiting]:
        return [row for row in self.rows if not row.reasons]

    @property
    def ordered(self) -> list[Waiting]:
        """As the page shows them."""
        return [*self.unusual, *self.plain]

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    def procedures(self) -> list[tuple[InboxRow, int, int]]:
        """Each procedure with how many wait and how many of these are late, most first."""
        counts = Counter(one.row.subject_code for one in self.rows)
        late = Counter(one.row.subject_code for one in self.rows if one.late)
        example = {one.row.subject_code: one.row for one in self.rows}
        return [(example[code], n, late[code]) for code, n in counts.most_common()]


def waiting(
    actor: Actor,
    purpose: Purpose,
    *,
    procedure: str = "",
    late: bool = False,
    only: Collection[str] | None = None,
) -> WaitingList:
    """The first :data:`MOST` dossiers that wait for the actor's hand or seal, earliest due first.

    Seven statements, however many.

    Args:
        procedure: code of a procedure; all when empty.
        only: uids of dossiers to keep; all when None.

    Raises:
        NotAllowed: the actor holds no post for this.
    """
    agencies = tuple(sorted(p.agency_id for p in actor.posts if p.role == purpose.role))
    if not agencies:
        raise NotAllowed
    if only is not None and not only:
        return WaitingList(purpose, [], False, 0)
    filters = InboxFilters(
        kinds=("application",),
        agency_ids=agencies,
        roles=(purpose.role,),
        subject_codes=(procedure,) if procedure else (),
        late=late,
        uids=tuple(only or ()),
    )
    page = inbox(actor, filters, size=MOST)
    rows = _ready(actor, purpose, page.rows)
    return WaitingList(purpose, rows, bool(page.after), len(page.rows) - len(rows))


def _ready(actor: Actor, purpose: Purpose, rows: Sequence[InboxRow]) -> list[Waiting]:
    """Those whose step knows the act and that have a paper in the right state."""
    ids, at = [row.id for row in rows], now()
    if not ids:
        return []
    offering = turns_offering(ids, purpose.verb)
    state = "draft" if purpose.code == "sign" else "signed"
    found = {row.pk: row for row in _applications(ids) if row.result and row.result.state == state}
    gathered = _gathered(ids)
    made: list[Waiting] = []
    for row in rows:
        application = found.get(row.id)
        if application is None or row.id not in offering:
            continue
        case = application.case
        holder = claim_holder(case.claimed_by_id, case.claimed_until, at)
        held = case.claimed_by.display_name if holder not in {None, actor.account_id} else ""
        drafted = application.result.version if purpose.code == "sign" else 1
        note = application.proposal_note if purpose.code == "sign" else ""
        facts = gathered.facts(row.id, note=note, drafts=drafted, held_by=held)
        late = row.clock_state == "running" and row.due_at is not None and row.due_at < at
        made.append(Waiting(row, application.result, facts, late, digest_of(application.result)))
    return made


def _applications(ids: Sequence[int]) -> Iterable[Any]:
    rows = Application.objects.filter(pk__in=ids).select_related("result", "case__claimed_by")
    return rows.only(
        "proposal_note", "case__claimed_until", "case__claimed_by__display_name",
        "result__uid", "result__template", "result__title", "result__notation",
        "result__register_code", "result__agency_id", "result__content", "result__sha256",
        "result__state", "result__version", "result__sealing_agency_id",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What happened to several cases before, by case."""

    returned: Counter[int]
    opinions: dict[int, list[str]]
    silent: Counter[int]
    answers: dict[int, int]

    def facts(self, case_id: int, *, note: str, drafts: int, held_by: str) -> Facts:
        return Facts(
            note, self.returned[case_id], tuple(self.opinions.get(case_id, ())),
            self.silent[case_id], self.answers.get(case_id, 1), drafts, held_by,
        )  # fmt: skip


def _gathered(ids: Sequence[int]) -> _Gathered:
    back = StateChange.objects.filter(case_id__in=ids, verb=RETURNED)
    asked = Consultation.objects.filter(case_id__in=ids)
    opinions: dict[int, list[str]] = {}
    silent: Counter[int] = Counter()
    for case_id, opinion, quiet in asked.values_list("case_id", "opinion", "silence_applied"):
        opinions.setdefault(case_id, []).append(opinion)
        silent[case_id] += bool(quiet)
    returned = Counter(back.values_list("case_id", flat=True))
    return _Gathered(returned, opinions, silent, versions_of_many(ids))


def own_batch(actor: Actor, uid: UUID | str) -> Batch:
    """A batch of the actor. One statement.

    Raises:
        NotFound: absent, or somebody else's.
    """
    found = Batch.objects.filter(uid=uid, account_id=actor.account_id).first()
    if found is None or actor.account_id is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is, and how it ended."""

    batch: Batch
    done: int = 0
    dropped: int = 0
    failed: int = 0
    marks: tuple[BatchMark, ...] = ()

    @property
    def left(self) -> int:
        """Papers nothing has become of."""
        return self.batch.total - self.done - self.dropped - self.failed

    @property
    def told(self) -> int:
        return self.batch.total - self.left

    @property
    def mark(self) -> BatchMark | None:
        """What ended it; the first of several."""
        return self.marks[0] if self.marks else None

    @property
    def open(self) -> bool:
        return not self.marks

    @property
    def again(self) -> int:
        """Papers that another batch could take."""
        return 0 if self.open else self.failed + self.dropped + self.left


def progress_of(batches: Sequence[Batch]) -> list[Progress]:
    """How far each is. Two statements."""
    ids = [batch.pk for batch in batches]
    counts: dict[int, dict[str, int]] = {}
    told = BatchOutcome.objects.filter(item__batch_id__in=ids).order_by()
    for batch_id, kind, n in told.values_list("item__batch_id", "kind").annotate(n=Count("pk")):
        counts.setdefault(batch_id, {})[kind] = n
    marks: dict[int, list[BatchMark]] = {}
    for mark in BatchMark.objects.filter(batch_id__in=ids).order_by("pk"):
        marks.setdefault(mark.batch_id, []).append(mark)
    return [
        Progress(batch, **counts.get(batch.pk, {}), marks=tuple(marks.get(batch.pk, ())))
        for batch in batches
    ]


def own_batches(actor: Actor, *, before: int = 0, size: int = 30) -> list[Progress]:
    """The actor's batches, newest first; keyset by id. Three statements."""
    rows = Batch.objects.filter(account_id=actor.account_id).order_by("-pk")
    return progress_of(list((rows.filter(pk__lt=before) if before else rows)[:size]))


def items_of(batch: Batch, *, trouble: bool = False, after: int = -1) -> list[BatchItem]:
    """Papers of a batch with what became of them, by position; a page of 100 after a place.

    Args:
        trouble: only what was dropped or failed.
    """
    rows = BatchItem.objects.filter(batch=batch, position__gt=after)
    if trouble:
        rows = rows.filter(outcome__kind__in=("dropped", "failed"))
    return list(rows.select_related("case", "document", "outcome").order_by("position")[:100])


def every_item(batch: Batch) -> Iterator[BatchItem]:
    """All of them, page by page."""
    after = -1
    while page := items_of(batch, after=after):
        yield from page
        after = page[-1].position


def unfinished_uids(batch: Batch) -> list[str]:
    """The dossiers of a batch that were not signed, as text."""
    rows = BatchItem.objects.filter(batch=batch).exclude(outcome__kind="done")
    return [str(uid) for uid in rows.order_by("position").values_list("case__uid", flat=True)]
