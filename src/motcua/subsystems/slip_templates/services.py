"""Every write: start, save, submit, send back, drop a draft; publish it as a version."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.issuing.public import unprintable
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotAllowed
from motcua.foundation.timesource import now, today
from motcua.subsystems.slip_templates import selectors
from motcua.subsystems.slip_templates.errors import DraftElsewhere, OwnWords
from motcua.subsystems.slip_templates.forms import SlipForm
from motcua.subsystems.slip_templates.models import SlipDraft, SlipRevision, SlipVersion
from motcua.subsystems.slip_templates.reach import EDIT, PUBLISH, edits, scope_for
from motcua.subsystems.slip_templates.rules import (
    STANDARD,
    Content,
    content_of,
    faults,
    may_publish,
)

State = SlipDraft.State


def checked(form: SlipForm, content: Content) -> dict[str, Bilingual]:
    """What is wrong with the words of a slip, by field."""
    letters = {name: unprintable(text) for name, text in content.texts.items() if text}
    return faults(content, form.placeholders, letters)


@transaction.atomic
def start(*, actor: Actor, scope_code: str, slug: str, standard: bool = False) -> SlipDraft:
    """Begin a draft with the newest words, or with none (back to the standard form).

    A draft already in the making is returned as it is.

    Raises:
        NotFound: no such scope or slip for the actor.
    """
    scope, form = scope_for(actor, scope_code), selectors.form_of(slug)
    require(actor, EDIT)
    known = selectors.live_draft(scope, slug)
    if known is not None:
        return known
    content = STANDARD if standard else selectors.newest_content(slug, scope.agency_id)
    draft = SlipDraft(form=form.slug, agency=scope.agency, opened_at=now())
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise Conflict from None
    _revise(draft, actor, content)
    _note(actor, draft, "slip_templates.start", {"standard": standard})
    return draft


@transaction.atomic
def save(*, actor: Actor, uid: UUID, content: Content, revision: int) -> SlipDraft:
    """Append a revision to an open draft.

    Raises:
        NotFound, NotAllowed; DraftElsewhere: it is no longer open.
        Conflict: somebody saved after ``revision``.
        InvalidInput: a text is too long, names an unknown placeholder, cannot be printed.
    """
    found = _editable(actor, uid)
    if found.row.revision != revision:
        raise Conflict
    wrong = checked(found.form, content)
    if wrong:
        raise InvalidInput(wrong)
    if content.stored() == found.content.stored():
        return found.row
    found.row.revision += 1
    found.row.save(update_fields=["revision"])
    _revise(found.row, actor, content)
    _note(actor, found.row, "slip_templates.save", {"revision": found.row.revision})
    return found.row


@transaction.atomic
def submit(*, actor: Actor, uid: UUID) -> SlipDraft:
    """Lay the draft before a second person."""
    found = _editable(actor, uid)
    return _move(actor, found.row, State.SUBMITTED, "slip_templates.submit")


@transaction.atomic
def drop(*, actor: Actor, uid: UUID) -> SlipDraft:
    """Give the draft up; its revisions stay."""
    found = _editable(actor, uid)
    return _move(actor, found.row, State.DROPPED, "slip_templates.drop")


@transaction.atomic
def send_back(*, actor: Actor, uid: UUID, note: str) -> SlipDraft:
    """Back to the writer, with what is to be changed.

    Raises:
        InvalidInput: no reason is given.
    """
    found = _submitted(actor, uid)
    if not note.strip():
        raise InvalidInput({"note": Bilingual("Nêu điều cần sửa.", "Say what is to be changed.")})
    found.row.note = note.strip()[:300]
    found.row.save(update_fields=["note"])
    return _move(actor, found.row, State.OPEN, "slip_templates.send_back")


@transaction.atomic
def publish(*, actor: Actor, uid: UUID, valid_from: dt.date) -> SlipVersion:
    """Make the draft a version in force from a day, as a second person.

    Raises:
        NotFound, NotAllowed, DraftElsewhere; OwnWords: the actor wrote on it.
        InvalidInput: the day has passed: slips of that day are printed already.
    """
    found = _submitted(actor, uid)
    if not may_publish(actor.account_id, found.writers):
        raise OwnWords
    if valid_from < today():
        raise InvalidInput(
            {"valid_from": Bilingual("Chọn từ hôm nay trở đi.", "Choose today or a later day.")}
        )
    row = found.row
    writers = dict.fromkeys(revision.account.display_name for revision in found.revisions)
    version = SlipVersion.objects.create(
        form=row.form,
        agency=row.agency,
        number=selectors.next_number(row.form, row.agency_id),
        content=found.content.stored(),
        standard=found.content.standard,
        valid_from=valid_from,
        draft=row,
        written_by=", ".join(writers)[:200],
        published_by_id=actor.account_id,
        published_at=now(),
    )
    after = {"version": version.number, "valid_from": valid_from.isoformat()}
    _move(actor, row, State.PUBLISHED, "slip_templates.publish", after)
    return version


def _editable(actor: Actor, uid: UUID) -> selectors.OpenDraft:
    require(actor, EDIT)
    found = selectors.draft_for(actor, uid, lock=True)
    if not edits(actor, found.row.agency_id):
        raise NotAllowed
    if found.row.state != State.OPEN.value:
        raise DraftElsewhere
    return found


def _submitted(actor: Actor, uid: UUID) -> selectors.OpenDraft:
    require(actor, PUBLISH)
    found = selectors.draft_for(actor, uid, lock=True)
    if found.row.state != State.SUBMITTED.value:
        raise DraftElsewhere
    return found


def _revise(draft: SlipDraft, actor: Actor, content: Content) -> None:
    SlipRevision.objects.create(
        draft=draft,
        number=draft.revision,
        content=content_of(content.stored()).stored(),
        account_id=actor.account_id,
        at=now(),
    )


def _move(
    actor: Actor, draft: SlipDraft, state: str, verb: str, after: Mapping[str, object] | None = None
) -> SlipDraft:
    before, draft.state = draft.state, state
    draft.save(update_fields=["state"])
    _note(actor, draft, verb, {"from": before, "to": state, **(after or {})})
    return draft


def _note(actor: Actor, draft: SlipDraft, verb: str, after: Mapping[str, object]) -> None:
    chain = f"agency:{draft.agency_id}" if draft.agency_id else "slip_templates"
    record(
        actor=actor,
        chain=chain,
        verb=verb,
        after={"draft": str(draft.uid), "form": draft.form, **after},
        agency_id=draft.agency_id,
    )
