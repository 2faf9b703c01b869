"""Every write of the editor: start, change, undo, draw, hand in, send back, publish."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.casework.workflow.public import BrokenDrawing, DrawingFault, from_bpmn
from motcua.foundation.errors import InvalidInput, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.procedure_editor.errors import (
    BadArchive,
    DraftClosed,
    DraftMoved,
    NothingToUndo,
    ReasonNeeded,
    SecondPersonNeeded,
    StartsInThePast,
)
from motcua.subsystems.procedure_editor.models import DraftDecision, DraftRevision, ProcedureDraft
from motcua.subsystems.procedure_editor.rules.archive import BadFile, read_archive
from motcua.subsystems.procedure_editor.rules.documents import (
    CONFIRMABLE,
    MAX_BYTES,
    Document,
    as_map,
    canonical,
    checksum,
    confirmed,
    filled_up,
    parse_place,
    value_at,
    with_value,
)
from motcua.subsystems.procedure_editor.rules.process_edits import whole_hours
from motcua.subsystems.procedure_editor.rules.proposing import proposed
from motcua.subsystems.procedure_editor.selectors import (
    as_published,
    faults_of,
    latest_version,
    notes_of_record,
    said_of_record,
)
from motcua.subsystems.procedures.public import (
    BrokenPackage,
    NoVersionInForce,
    ProcedureVersion,
    import_package,
    imported_draft,
    publish_version,
    version_by_id,
)

MANAGE: Final = "procedures.manage"
LEDGER_CHAIN: Final = "catalogue"
_STARTER: Final = Path(__file__).parent / "data" / "starter.json"


def starter() -> Document:
    """A package with the standing parts of every procedure and nothing of its own."""
    return json.loads(_STARTER.read_text("utf-8"))


@transaction.atomic
def start_draft(
    *,
    actor: Actor,
    document: Document | None = None,
    origin: str = ProcedureDraft.Origin.NEW,
    note: str = "",
    notes: Sequence[Mapping[str, str]] = (),
) -> ProcedureDraft:
    """Open a draft on a document; without one, on the standing parts of every procedure.

    The document may be incomplete: what is missing is told on the pages of the draft. Keys
    that a package must have and the document lacks are taken from the standing parts.
    """
    require(actor, MANAGE)
    whole = starter() | (document or {})
    moment = now()
    draft = ProcedureDraft(
        origin=origin,
        origin_note=note[:200],
        notes=[dict(row) for row in notes],
        created_at=moment,
        edited_at=moment,
    )
    draft.edited_by_id = actor.account_id
    _name(draft, whole)
    draft.save()
    _append(actor, draft, whole, place="", before=0)
    _record(actor, "procedure_editor.start_draft", draft, origin=origin)
    return draft


def start_from_version(*, actor: Actor, code: str) -> ProcedureDraft:
    """Open a draft on the newest published version of a procedure.

    Raises:
        NoVersionInForce: the procedure has no published version.
    """
    version = latest_version(code)
    if version is None:
        raise NoVersionInForce
    return start_draft(
        actor=actor,
        document=version.document,
        origin=ProcedureDraft.Origin.VERSION,
        note=f"{code} v{version.version}",
    )


def start_from_record(*, actor: Actor, key: str) -> ProcedureDraft:
    """Open a draft on an imported record of the national catalogue.

    What the record does not say is proposed (``rules/proposing.py``); what it says is
    unconfirmed. What could not be read of it is kept as notes beside the draft.

    Raises:
        NoSuchRecord: nothing of the kind was imported.
    """
    require(actor, MANAGE)
    read = imported_draft(key)
    whole = filled_up(read.document, starter(), today())
    return start_draft(
        actor=actor,
        document=proposed(whole, said_of_record(key, read.document)),
        origin=ProcedureDraft.Origin.RECORD,
        note=key,
        notes=notes_of_record(key, read),
    )


def start_from_file(*, actor: Actor, content: bytes, name: str = "") -> ProcedureDraft:
    """Open a draft on an uploaded package file.

    Raises:
        BadArchive: the file is hostile, damaged or no package.
    """
    require(actor, MANAGE)
    return start_draft(
        actor=actor,
        document=read_package_file(content),
        origin=ProcedureDraft.Origin.FILE,
        note=name,
    )


def read_package_file(content: bytes) -> Document:
    """The package in a file. Raises ``BadArchive`` with the reason."""
    try:
        return read_archive(content)
    except BadFile as error:
        raise BadArchive(error.reason) from error


@transaction.atomic
def change_draft(
    *, actor: Actor, uid: UUID, revision: int, place: str, value: Any, within: str = ""
) -> ProcedureDraft:
    """Put a value at a place of the draft, as a new revision.

    Args:
        revision: the one the page was drawn from. When others went on since, the change is
            made all the same if ``within`` (default: the first part of ``place``) is untouched.
        value: :data:`~motcua.subsystems.procedure_editor.rules.documents.MISSING` removes.

    Raises:
        DraftMoved: somebody else changed that part meanwhile.
        DraftClosed: the draft is not open.
    """
    path = parse_place(place)

    def change(document: Document) -> Document:
        return with_value(document, path, value)

    return edit_draft(
        actor=actor,
        uid=uid,
        revision=revision,
        place=place,
        within=within or str(path[0]),
        change=change,
    )


@transaction.atomic
def edit_draft(
    *,
    actor: Actor,
    uid: UUID,
    revision: int,
    place: str,
    within: str,
    change: Callable[[Document], Document],
) -> ProcedureDraft:
    """Append the revision that ``change`` makes of the newest one; see :func:`change_draft`."""
    draft = _open(actor, uid)
    newest = _revision(draft, draft.revision)
    _meet(draft, newest, revision, within)
    changed = change(newest.document)
    if changed != newest.document:
        _append(actor, draft, changed, place=place, before=newest.number)
    return draft


@transaction.atomic
def confirm_facts(
    *, actor: Actor, uid: UUID, revision: int, parts: Collection[str]
) -> ProcedureDraft:
    """Mark every row of some parts as read in the text of the law, by this person.

    Args:
        parts: among :data:`~motcua.subsystems.procedure_editor.rules.documents.CONFIRMABLE`;
            others are passed over.

    Raises:
        DraftMoved: somebody else changed one of these parts since the page was drawn.
    """
    chosen = [part for part in CONFIRMABLE if part in parts]
    draft = _open(actor, uid)
    newest = _revision(draft, draft.revision)
    for part in chosen:
        _meet(draft, newest, revision, part)
    changed = confirmed(newest.document, chosen)
    if changed != newest.document:
        _append(actor, draft, changed, place=",".join(chosen), before=newest.number)
    return draft


@transaction.atomic
def save_drawing(
    *, actor: Actor, uid: UUID, revision: int, xml: str
) -> tuple[ProcedureDraft, tuple[DrawingFault, ...]]:
    """Keep a drawing of the process; what it means becomes a revision if it can be read.

    A drawing with faults is kept as drawn, so that nobody draws twice; the process of the
    draft then stays as it was.
    """
    draft = _open(actor, uid)
    newest = _revision(draft, draft.revision)
    _meet(draft, newest, revision, "process")
    try:
        process = whole_hours(from_bpmn(xml))
    except BrokenDrawing as error:
        if len(xml.encode()) > MAX_BYTES:
            raise
        draft.drawing, draft.drawing_of, draft.drawing_faulty = xml, "", True
        draft.save(update_fields=["drawing", "drawing_of", "drawing_faulty"])
        return draft, error.faults
    draft.drawing, draft.drawing_of, draft.drawing_faulty = xml, checksum(process), False
    draft.save(update_fields=["drawing", "drawing_of", "drawing_faulty"])
    changed = with_value(newest.document, ("process",), process)
    if changed != newest.document:
        _append(actor, draft, changed, place="process", before=newest.number)
    return draft, ()


@transaction.atomic
def undo(*, actor: Actor, uid: UUID) -> ProcedureDraft:
    """Append the revision before the newest change. Raises ``NothingToUndo``."""
    draft = _open(actor, uid)
    newest = _revision(draft, draft.revision)
    if not newest.before:
        raise NothingToUndo
    earlier = _revision(draft, newest.before)
    _append(
        actor, draft, earlier.document, place=newest.place, before=earlier.before,
        undone=newest.number,
    )  # fmt: skip
    return draft


@transaction.atomic
def redo(*, actor: Actor, uid: UUID) -> ProcedureDraft:
    """Append the revision that was undone last. Raises ``NothingToUndo``."""
    draft = _open(actor, uid)
    newest = _revision(draft, draft.revision)
    if not newest.undone:
        raise NothingToUndo
    undone = _revision(draft, newest.undone)
    _append(
        actor, draft, undone.document, place=undone.place, before=newest.number,
        undone=undone.undone,
    )  # fmt: skip
    return draft


@transaction.atomic
def submit(*, actor: Actor, uid: UUID, revision: int, valid_from: dt.date) -> ProcedureDraft:
    """Hand the draft in for a second person: it is numbered, dated and closed for editing.

    Raises:
        BrokenPackage: with every fault and its place.
        StartsInThePast: the first day is before today.
        DraftMoved: it was changed since the page was drawn.
    """
    draft = _open(actor, uid)
    if draft.revision != revision:
        raise DraftMoved
    if valid_from < today():
        raise StartsInThePast
    newest = _revision(draft, draft.revision)
    document = as_published(newest.document, valid_from)
    faults = faults_of(draft, document, valid_from)
    if faults:
        raise BrokenPackage([fault.problem for fault in faults])
    if document != newest.document:
        _append(actor, draft, document, place="valid_from", before=newest.number)
    draft.state = ProcedureDraft.State.SUBMITTED
    draft.submitted_by_id = actor.account_id
    draft.save(update_fields=["state", "submitted_by"])
    _decide(actor, draft, DraftDecision.Verb.SUBMITTED)
    return draft


@transaction.atomic
def reject(*, actor: Actor, uid: UUID, reason: str) -> ProcedureDraft:
    """Send a draft back to its author, with a reason; it is open again."""
    draft = _waiting(actor, uid)
    if not reason.strip():
        raise ReasonNeeded
    draft.state = ProcedureDraft.State.OPEN
    draft.save(update_fields=["state"])
    _decide(actor, draft, DraftDecision.Verb.REJECTED, reason)
    return draft


@transaction.atomic
def approve(*, actor: Actor, uid: UUID, revision: int) -> ProcedureVersion:
    """Publish a draft as the second person, exactly the revision that was looked at.

    Raises:
        SecondPersonNeeded: the actor edited last or handed it in.
        DraftMoved: it is not that revision any more.
        BrokenPackage, OverlappingVersions: the catalogue changed since it was handed in.
        StartsInThePast: its first day went by while it waited.
    """
    draft = _waiting(actor, uid)
    if actor.account_id in {draft.edited_by_id, draft.submitted_by_id}:
        raise SecondPersonNeeded
    if draft.revision != revision:
        raise DraftMoved
    document = _revision(draft, draft.revision).document
    if dt.date.fromisoformat(document["valid_from"]) < today():
        raise StartsInThePast
    version = import_package(actor=actor, document=document)
    version = publish_version(actor=actor, version_id=version.pk)
    draft.state = ProcedureDraft.State.PUBLISHED
    draft.save(update_fields=["state"])
    _decide(actor, draft, DraftDecision.Verb.PUBLISHED)
    return version_by_id(version.pk)


@transaction.atomic
def discard(*, actor: Actor, uid: UUID, reason: str) -> ProcedureDraft:
    """Give a draft up; its revisions stay on record."""
    draft = _open(actor, uid)
    if not reason.strip():
        raise ReasonNeeded
    draft.state = ProcedureDraft.State.DISCARDED
    draft.save(update_fields=["state"])
    _decide(actor, draft, DraftDecision.Verb.DISCARDED, reason)
    return draft


def _locked(actor: Actor, uid: UUID) -> ProcedureDraft:
    require(actor, MANAGE)
    draft = ProcedureDraft.objects.select_for_update().filter(uid=uid).first()
    if draft is None:
        raise NotFound
    return draft


def _open(actor: Actor, uid: UUID) -> ProcedureDraft:
    draft = _locked(actor, uid)
    if draft.state != ProcedureDraft.State.OPEN.value:
        raise DraftClosed
    return draft


def _waiting(actor: Actor, uid: UUID) -> ProcedureDraft:
    draft = _locked(actor, uid)
    if draft.state != ProcedureDraft.State.SUBMITTED.value:
        raise DraftClosed
    return draft


def _revision(draft: ProcedureDraft, number: int) -> DraftRevision:
    return DraftRevision.objects.get(draft=draft, number=number)


def _meet(draft: ProcedureDraft, newest: DraftRevision, revision: int, within: str) -> None:
    """Nobody writes over what another did in the same part since the page was drawn."""
    if revision == draft.revision:
        return
    seen = DraftRevision.objects.filter(draft=draft, number=revision).first()
    path = parse_place(within)
    if seen is None or value_at(seen.document, path) != value_at(newest.document, path):
        raise DraftMoved


def _append(
    actor: Actor,
    draft: ProcedureDraft,
    document: Document,
    *,
    place: str,
    before: int,
    undone: int = 0,
) -> None:
    if len(canonical(document)) > MAX_BYTES:
        raise InvalidInput
    number = draft.revision + 1
    row = DraftRevision(
        draft=draft, number=number, before=before, undone=undone, place=place[:120], at=now()
    )
    row.document = document
    row.edited_by_id = actor.account_id
    row.editor_name = actor.name
    row.save()
    draft.revision = number
    draft.edited_by_id, draft.edited_at = actor.account_id, row.at
    _name(draft, document)
    draft.save(update_fields=["revision", "edited_by", "edited_at", "code", "name"])


def _name(draft: ProcedureDraft, document: Document) -> None:
    draft.code = str(document.get("code") or "")[:20]
    draft.name = str(as_map(document.get("name")).get("vi") or "")[:300]


def _decide(actor: Actor, draft: ProcedureDraft, verb: str, reason: str = "") -> None:
    row = DraftDecision(
        draft=draft,
        verb=verb,
        revision=draft.revision,
        reason=reason.strip()[:500],
        by_name=actor.name,
        at=now(),
    )
    row.by_id = actor.account_id
    row.save()
    _record(actor, f"procedure_editor.{verb}", draft, reason=row.reason)


def _record(actor: Actor, verb: str, draft: ProcedureDraft, **more: str) -> None:
    facts = {"draft": str(draft.uid), "code": draft.code, "revision": draft.revision, **more}
    record(actor=actor, chain=LEDGER_CHAIN, verb=verb, after=facts)
