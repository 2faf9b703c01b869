"""Delegated signing (Nghị định 30/2020, Điều 13)."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.errors import NoSubdelegation
from motcua.casework.agencies.models import Delegation, Post
from motcua.casework.agencies.rules import NO_SUBDELEGATION
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.timesource import now


@transaction.atomic
def delegate(
    *,
    actor: Actor,
    from_post_id: int,
    to_post_id: int,
    form: str,
    document: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    scope: Iterable[str] = (),
) -> Delegation:
    """Record that one post signs for another (Nghị định 30/2020, Điều 13).

    Raises:
        InvalidInput: no document; a TUQ. without an end; an unknown form.
        NoSubdelegation: the giver itself only holds a TUQ.
    """
    require(actor, "agencies.manage")
    problems: dict[str, Bilingual] = {}
    if not document.strip():
        problems["document"] = Bilingual("Hãy nêu văn bản uỷ quyền.", "Name the document.")
    if form not in Delegation.Form.values:
        problems["form"] = Bilingual("Hình thức ký không hợp lệ.", "Unknown form of signing.")
    if form == Delegation.Form.TUQ.value and valid_to is None:
        problems["valid_to"] = Bilingual(
            "Thừa uỷ quyền phải có thời hạn.", "An authority must have an end date."
        )
    if problems:
        raise InvalidInput(problems)
    giver = Post.objects.get(pk=from_post_id)
    if (
        giver.authority != "own"
        and giver.delegations_held.filter(form__in=NO_SUBDELEGATION).exists()
    ):
        raise NoSubdelegation
    row = Delegation.objects.create(
        agency_id=giver.agency_id,
        from_post_id=from_post_id,
        to_post_id=to_post_id,
        form=form,
        scope=list(scope),
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(
        actor=actor,
        chain=f"agency:{giver.agency_id}",
        verb="agencies.delegate",
        after={"from": from_post_id, "to": to_post_id, "form": form, "document": document},
    )
    return row


@transaction.atomic
def revoke_delegation(*, actor: Actor, delegation_id: int) -> None:
    """End a delegation now."""
    require(actor, "agencies.manage")
    row = Delegation.objects.get(pk=delegation_id)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        record(
            actor=actor,
            chain=f"agency:{row.agency_id}",
            verb="agencies.revoke_delegation",
            after={"delegation": delegation_id},
        )
