"""Every write of this part: drafts come and go, submitted answers are appended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor
from motcua.casework.forms.models import FormAnswers, FormDraft
from motcua.casework.forms.rules.definition import Answers, FormDefinition
from motcua.casework.forms.rules.prefilling import Provenance, provenance_at_submission
from motcua.casework.forms.rules.settling import Context
from motcua.casework.forms.rules.validating import validate
from motcua.foundation.errors import Conflict, InvalidInput, NotAllowed
from motcua.foundation.statements import insert, insert_numbered
from motcua.foundation.timesource import now, today

DRAFT_DAYS = 90


def save_draft(
    *,
    actor: Actor,
    definition: FormDefinition,
    context_key: str,
    answers: Answers,
    origins: Mapping[str, Provenance] | None = None,
    current_step: str = "",
    revision: int = 0,
) -> int:
    """Keep what was filled in so far, right or wrong; the draft's new revision. One statement.

    Drafts are the person's own until submitted, so no ledger entry is made.

    Args:
        context_key: what the draft is for, at most 120 characters.
        revision: of the draft this change was made upon; 0 when there was none.

    Raises:
        NotAllowed: the actor has no account.
        Conflict: another window saved, discarded or submitted in the meantime.
    """
    if actor.account_id is None:
        raise NotAllowed
    moment = now()
    values: dict[str, Any] = {
        "form_version": definition.version,
        "content": {
            "answers": dict(answers),
            "origins": {name: origin.to_json() for name, origin in (origins or {}).items()},
        },
        "current_step": current_step,
        "revision": revision + 1,
        "updated_at": moment,
    }
    key = {
        "account_id": actor.account_id,
        "form_key": definition.id,
        "context_key": context_key,
    }
    if revision:
        if not FormDraft.objects.filter(**key, revision=revision).update(**values):
            raise Conflict
        return revision + 1
    try:
        with transaction.atomic():
            FormDraft.objects.create(**key, **values, created_at=moment)
    except IntegrityError as error:
        raise Conflict from error
    return 1


def discard_draft(*, actor: Actor, form_key: str, context_key: str) -> bool:
    """Throw the actor's draft away; whether there was one."""
    deleted, _ = FormDraft.objects.filter(
        account_id=actor.account_id, form_key=form_key, context_key=context_key
    ).delete()
    return bool(deleted)


def discard_old_drafts(*, before: dt.datetime | None = None) -> int:
    """Throw away drafts nobody touched for 90 days (or since ``before``); how many."""
    limit = before or now() - dt.timedelta(days=DRAFT_DAYS)
    deleted, _ = FormDraft.objects.filter(updated_at__lt=limit).delete()
    return deleted


def submit_answers(
    *,
    actor: Actor,
    case_id: int,
    definition: FormDefinition,
    answers: Answers,
    origins: Mapping[str, Provenance] | None = None,
    context: Context | None = None,
    first: bool = False,
) -> FormAnswers:
    """Check the answers and append them to the case as its next version.

    The caller makes the ledger entry and holds the transaction. One statement.

    Args:
        origins: provenance of prefilled fields, as kept in the draft.
        context: values of the form's declared variables.
        first: the case is new and has no answers to this form yet.

    Raises:
        InvalidInput: with a sentence per place in ``fields``.
    """
    checked = validate(definition, answers, today=today(), context=context)
    if not checked.ok:
        raise InvalidInput(checked.errors)
    row = FormAnswers(
        case_id=case_id,
        form_key=definition.id,
        form_version=definition.version,
        form_checksum=definition.checksum,
        sequence=1,
        answers=checked.answers,
        provenance=provenance_at_submission(origins or {}, checked.answers),
        submitted_by_id=actor.account_id,
        submitted_at=now(),
    )
    if first:
        insert(row)
    else:
        insert_numbered(row, "sequence", within=("case_id", "form_key"))
    return row
