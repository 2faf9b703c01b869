"""Approve a list, stop it, and work it off: one paper, one transaction, the ordinary act."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from motcua.casework.access.public import SYSTEM, Actor, actor_of, require
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import (
    IssuedDocument,
    KeyUnusable,
    RegisterClosed,
    TimestampUnavailable,
    check_keys,
)
from motcua.casework.ledger.public import record
from motcua.casework.notices.public import Recipient, notify
from motcua.casework.people.public import Account, prove_again
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, Conflict, DomainError, NotAllowed, NotFound
from motcua.foundation.outbox.public import GiveUpError, enqueue, enqueue_many
from motcua.foundation.timesource import now
from motcua.subsystems.applications.public import act, offered
from motcua.subsystems.batches.errors import ChangedMeanwhile, NothingChosen, TooManyChosen
from motcua.subsystems.batches.models import Batch, BatchItem, BatchMark, BatchOutcome
from motcua.subsystems.batches.rules import (
    DROPPED,
    MOST,
    MOST_IN_A_ROW,
    PURPOSES,
    SLICE_SECONDS,
    Purpose,
    Seen,
    approved_text,
    dropped,
)
from motcua.subsystems.batches.selectors import Waiting, own_batch, progress_of, waiting

log = structlog.get_logger(__name__)

RUN = "batches.run"
OF_ALL = (KeyUnusable, TimestampUnavailable, RegisterClosed)
"""Failures that the next paper would meet as well."""
UNEXPECTED = Bilingual(
    "Có lỗi không lường trước; hồ sơ vẫn như cũ.", "Something unforeseen failed; nothing changed."
)


def approve(
    *,
    actor: Actor,
    purpose: Purpose,
    seen: Sequence[Seen],
    password: str = "",
    code: str = "",
    language: str = "vi",
) -> Batch:
    """One approval for all these papers, as they were seen; a worker then signs them one by one.

    The keys are opened once beforehand. The person proves once more who they are; what they
    type goes nowhere but into that check. Called outside a transaction.

    Raises:
        NotAllowed, NothingChosen, TooManyChosen, KeyUnusable, LoginPaused.
        ChangedMeanwhile: some are no longer as they were seen.
        InvalidInput: the password or code is absent or wrong.
    """
    require(actor, purpose.permission)
    if actor.account_id is None:
        raise NotAllowed
    if not seen:
        raise NothingChosen
    if len(seen) > MOST:
        raise TooManyChosen(most=MOST)
    chosen = _as_seen(actor, purpose, seen)
    sealers = {w.document.sealing_agency_id or w.document.agency_id for w in chosen}
    check_keys(actor=actor, seals_of=sealers if purpose.code == "seal" else ())
    proof = prove_again(account_id=actor.account_id, password=password, code=code)
    return _write(actor, purpose, chosen, proof, language)


def _as_seen(actor: Actor, purpose: Purpose, seen: Sequence[Seen]) -> list[Waiting]:
    wanted = {one.uid: one for one in seen}
    rows = waiting(actor, purpose, only=list(wanted)).rows
    other = [row.row.code for row in rows if wanted[str(row.row.uid)] != row.seen]
    gone = wanted.keys() - {str(row.row.uid) for row in rows}
    if gone:
        # Only of dossiers of this actor's own agencies: others stay unknown.
        known = Case.objects.filter(uid__in=gone, competent_agency_id__in=actor.agency_ids)
        other += [code or "?" for code in known.values_list("code", flat=True)] or ["?"]
    if other:
        raise ChangedMeanwhile(sorted(other))
    return list(rows)


@transaction.atomic
def _write(
    actor: Actor, purpose: Purpose, chosen: Sequence[Waiting], proof: str, language: str
) -> Batch:
    assert actor.account_id is not None
    batch = Batch(
        account_id=actor.account_id, purpose=purpose.code, language=language, proof=proof,
        total=len(chosen), approved_at=now(),
    )  # fmt: skip
    items = [
        BatchItem(
            position=position, case_id=one.row.id, document_id=one.document.pk,
            version=one.row.version, digest=one.digest,
        )
        for position, one in enumerate(chosen, 1)
    ]  # fmt: skip
    batch.approval = _sealed(batch, items)
    batch.save()
    for item in items:
        item.batch = batch
    BatchItem.objects.bulk_create(items)
    approved: list[dict[str, Any]] = [
        {"document": one.seen_document, "version": one.row.version, "digest": one.digest}
        for one in chosen
    ]
    _record(actor, batch, "batches.approve", proof=proof, items=approved)
    enqueue(RUN, {"batch": str(batch.uid)})
    return batch


def _sealed(batch: Batch, items: Sequence[BatchItem]) -> str:
    """The keyed hash over the exact list."""
    listed = [(item.position, str(item.document_id), item.version, item.digest) for item in items]
    text = approved_text(str(batch.uid), batch.purpose, batch.account_id, listed)
    return keyed_hash(text, purpose="batches")


def _record(actor: Actor, batch: Batch, verb: str, **facts: object) -> None:
    after = {"batch": str(batch.uid), "purpose": batch.purpose, **facts}
    record(actor=actor, chain=f"batches:{batch.account_id}", verb=verb, after=after)


@transaction.atomic
def stop_batch(*, actor: Actor, uid: UUID | str) -> Batch:
    """Stop after the paper that is being signed. What is signed stays; stopping twice is fine."""
    batch = own_batch(actor, uid)
    if not BatchMark.objects.filter(batch=batch).exists():
        BatchMark.objects.create(batch=batch, what=BatchMark.What.STOPPED, at=now())
        _record(actor, batch, "batches.stop")
    return batch


def run_slice(uid: UUID | str) -> bool:
    """Work on a batch for some seconds. Safe to repeat and to run twice at once.

    Returns:
        Whether papers are left to work on.

    Raises:
        GiveUpError: the list is not the one that was approved; nothing of it is signed.
    """
    batch = Batch.objects.get(uid=uid)
    items = list(BatchItem.objects.filter(batch=batch).order_by("position"))
    if _sealed(batch, items) != batch.approval:
        _end(batch, BatchMark.What.BROKEN, _TAMPERED)
        raise GiveUpError("the list of a batch is not the approved one")
    told = set(BatchOutcome.objects.filter(item__batch=batch).values_list("pk", flat=True))
    until, in_a_row = time.monotonic() + SLICE_SECONDS, 0
    for item in items:
        if item.pk in told:
            continue
        problem = _take(batch, item)
        in_a_row = in_a_row + 1 if isinstance(problem, OF_ALL) else 0
        if in_a_row == MOST_IN_A_ROW and problem is not None:
            _end(batch, BatchMark.What.BROKEN, _words(problem))
        if BatchMark.objects.filter(batch=batch).exists():
            return False
        if time.monotonic() >= until and item is not items[-1]:
            return True
    _end(batch, BatchMark.What.FINISHED, {})
    return False


_TAMPERED = {
    "vi": "Danh sách không khớp với bản đã phê duyệt. Báo quản trị viên.",
    "en": "The list is not the one that was approved. Tell the administrator.",
}


def _take(batch: Batch, item: BatchItem) -> Exception | None:
    """One paper in its own transaction; why it failed, if it did."""
    try:
        with transaction.atomic():
            if _free(item):
                _sign(batch, item)
    except IntegrityError:
        return None  # another worker was quicker: its outcome stands
    except (OperationalError, InterfaceError):
        raise  # the database is away: the job is tried again
    except DomainError as problem:
        _fail(item, problem.code, _words(problem))
        return problem
    except Exception as problem:
        log.exception("batches.item_failed", batch=str(batch.uid), position=item.position)
        _fail(item, "unexpected", {"vi": UNEXPECTED.vi, "en": UNEXPECTED.en})
        return problem
    return None


def _free(item: BatchItem) -> bool:
    """Take the item for this transaction, unless it is done, stopped or in other hands."""
    done = BatchOutcome.objects.filter(item_id=OuterRef("pk"))
    ended = BatchMark.objects.filter(batch_id=OuterRef("batch_id"))
    free = BatchItem.objects.select_for_update(skip_locked=True).filter(
        ~Exists(done), ~Exists(ended), pk=item.pk
    )
    return free.values_list("pk", flat=True).first() is not None


def _sign(batch: Batch, item: BatchItem) -> None:
    """The ordinary act, by the person as they are in office at this moment."""
    purpose = PURPOSES[batch.purpose]
    account = Account.objects.get(pk=batch.account_id)
    actor = actor_of(account)
    if not account.is_active or not actor.has_role(purpose.role):
        _drop(item, "post")
        return
    case_uid = Case.objects.values_list("uid", flat=True).get(pk=item.case_id)
    try:
        offer = offered(actor, case_uid, purpose.verb)
    except NotFound:
        _drop(item, "moved")
        return
    found = (offer.version, offer.digest) if offer.digest else None
    possible = offer.possible
    why = dropped((item.version, item.digest), found, offered=possible is not None)
    if why or possible is None:
        _drop(item, why)
        return
    act(
        actor=actor, uid=case_uid, token_id=possible.token_id, action=possible.action,
        payload={"batch": str(batch.uid)}, expected_version=item.version,
    )  # fmt: skip
    signed = IssuedDocument.objects.values_list("version", "full_number").get(pk=offer.paper_id)
    if signed[0] != offer.paper_version:
        raise Conflict  # changed between our look and the act: all of it is undone
    BatchOutcome.objects.create(item=item, kind="done", at=now(), number=signed[1])


def _drop(item: BatchItem, code: str) -> None:
    words = {"vi": DROPPED[code].vi, "en": DROPPED[code].en}
    BatchOutcome.objects.create(item=item, kind="dropped", at=now(), code=code, reason=words)


def _fail(item: BatchItem, code: str, words: dict[str, str]) -> None:
    outcome = BatchOutcome(item=item, kind="failed", at=now(), code=code[:60], reason=words)
    BatchOutcome.objects.bulk_create([outcome], ignore_conflicts=True)


def _words(problem: Exception) -> dict[str, str]:
    if not isinstance(problem, DomainError):
        return {"vi": UNEXPECTED.vi, "en": UNEXPECTED.en}
    what, todo = problem.text(), problem.what_to_do()
    return {"vi": f"{what.vi} {todo.vi}", "en": f"{what.en} {todo.en}"}


@transaction.atomic
def _end(batch: Batch, what: BatchMark.What, reason: dict[str, str]) -> None:
    """Note once that a batch came to its end, in the ledger too, and tell its owner."""
    Batch.objects.select_for_update().get(pk=batch.pk)  # two workers end it one after the other
    if BatchMark.objects.filter(batch=batch).exists():
        return
    BatchMark.objects.create(batch=batch, what=what, at=now(), reason=reason)
    progress = progress_of([batch])[0]
    counts = {"done": progress.done, "dropped": progress.dropped, "failed": progress.failed}
    _record(SYSTEM, batch, f"batches.{what.value}", left=progress.left, **counts)
    others = progress.dropped + progress.failed + progress.left
    notify(
        actor=SYSTEM,
        template="batch.ended",
        recipients=[Recipient(account_id=batch.account_id, language=batch.language)],
        data={"done": progress.done, "others": others, "total": batch.total},
        link=reverse("batches:one", args=[batch.uid]),
        dedupe_key=f"batch:{batch.uid}",
    )


@transaction.atomic
def go_on_with(*, older_than: dt.timedelta) -> int:
    """Ask again for batches that no worker finished; how many. Twice in a minute is once."""
    at = now()
    left = Batch.objects.filter(marks__isnull=True, approved_at__lt=at - older_than)
    jobs = [
        ({"batch": str(uid)}, None, f"batch:{uid}:{at:%Y%m%d%H%M}")
        for uid in left.values_list("uid", flat=True)
    ]
    enqueue_many(RUN, jobs)
    return len(jobs)
