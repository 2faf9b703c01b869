"""What owners agree to: a clerk looks, another system uses a paper once; and taking it back."""

from __future__ import annotations

import datetime as dt
import os
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.attachments.public import Visitor
from motcua.casework.ledger.public import record
from motcua.casework.people.public import party_by_identity
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.papers.models import Consent, ShareCode, StoredPaper
from motcua.subsystems.papers.rules import share_code, tidy_share_code
from motcua.subsystems.papers.selectors import own_consents, own_paper, usable
from motcua.subsystems.papers.services.keeping import chain

ASK = "papers.ask_owner"
CODE_LASTS = dt.timedelta(hours=24)
PURPOSE = "paper-code"


@transaction.atomic
def agree_at_counter(*, actor: Actor, visitor: Visitor) -> Consent:
    """Write down that who stands at the counter lets this clerk look, today, for this dossier.

    Raises:
        NotAllowed: the actor serves no counter of that centre. NotFound: nobody proven.
    """
    require(actor, ASK, agency_id=visitor.agency_id)
    owner = party_by_identity(visitor.identity_number)
    if owner is None:
        raise NotFound
    consent = Consent.objects.create(
        owner=owner, clerk_id=actor.account_id, agency_id=visitor.agency_id,
        draft_key=visitor.draft_key, given_at=now(), ends_on=today(),
    )  # fmt: skip
    record(
        actor=actor, chain=chain(owner.pk), verb="papers.agree", after={"consent": consent.uid},
        agency_id=visitor.agency_id,
    )  # fmt: skip
    return consent


@transaction.atomic
def take_back(*, actor: Actor, uid: UUID) -> None:
    """Withdraw a consent of one's own; papers used meanwhile stay in their dossiers.

    Raises:
        NotFound: absent, somebody else's, or withdrawn already.
    """
    row = own_consents(actor).filter(uid=uid, withdrawn_at=None).first()
    if row is None:
        raise NotFound
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    record(
        actor=actor, chain=chain(row.owner_id), verb="papers.take_back", after={"consent": row.uid}
    )


@transaction.atomic
def make_code(*, actor: Actor, uid: UUID) -> str:
    """A code by which another system may use this paper of one's own once within a day.

    Codes made before for it no longer serve. The code is told once and kept as a keyed hash.

    Raises:
        NotFound: absent, somebody else's, or it may not be used again.
    """
    row = own_paper(actor, uid)
    if not usable(row):
        raise NotFound
    revoke_codes(row)
    code = share_code(os.urandom(16))
    ShareCode.objects.create(
        paper=row, code_hash=keyed_hash(tidy_share_code(code), purpose=PURPOSE), made_at=now(),
        ends_at=now() + CODE_LASTS,
    )  # fmt: skip
    record(actor=actor, chain=chain(row.owner_id), verb="papers.share", after={"paper": row.uid})
    return code


def revoke_codes(row: StoredPaper) -> None:
    """No code that is still open serves for this paper any more."""
    row.codes.filter(used_at=None, revoked_at=None).update(revoked_at=now())  # type: ignore[attr-defined]


def paper_behind(actor: Actor, code: str) -> StoredPaper:
    """The paper that a code opens; the code is used up. Part of the caller's transaction.

    Raises:
        NotFound: no such code, used, run out or revoked; or the paper may not be used.
    """
    digest = keyed_hash(tidy_share_code(code), purpose=PURPOSE)
    found = (
        ShareCode.objects.select_for_update(of=("self",))
        .select_related("paper__attachment", "paper__document")
        .filter(code_hash=digest, used_at=None, revoked_at=None, ends_at__gt=now())
        .first()
    )
    if found is None or not usable(found.paper):
        raise NotFound
    found.used_at, found.used_by_id = now(), actor.account_id
    found.save(update_fields=["used_at", "used_by"])
    return found.paper
