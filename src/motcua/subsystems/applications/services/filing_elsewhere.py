"""A dossier that a citizen filed on the national portal comes into the house."""

from __future__ import annotations

from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import claim_drafts
from motcua.casework.cases.public import access_case
from motcua.casework.people.public import PartyDetails, find_or_make_party
from motcua.foundation.errors import NotAllowed
from motcua.subsystems.applications.services.filing import Filing, file_once


def file_from_portal(
    *, actor: Actor, filing: Filing, applicant: PartyDetails, key: str
) -> dict[str, Any]:
    """File what the portal handed over, for a person the portal has proven (NĐ 224/2026, Điều 15).

    The clock of the first answer starts now, when the house's own system has received it
    (NĐ 118/2025/NĐ-CP, Điều 17).

    Returns:
        ``{"uid", "code"}``; the same for the same ``key``, however often it is called.

    Raises:
        NotAllowed: the actor is no system.
        InvalidInput, NotFileable: as for ``submit``.
    """
    if actor.kind != "system":
        raise NotAllowed
    party = find_or_make_party(actor=actor, details=applicant)
    done = file_once(actor, filing, "online", party.pk, party.pk, key)
    if filing.draft_key:  # also files for papers that the procedure does not name
        case = access_case(actor, done["uid"])
        claim_drafts(actor=actor, draft_key=filing.draft_key, case_id=case.pk)
    return done


def file_by_client(*, actor: Actor, filing: Filing, applicant: PartyDetails) -> dict[str, Any]:
    """File what another organisation's system sends for a person, online.

    Part of the caller's transaction, which guards it against being done twice. Whether the
    person counts as proven follows from the client's key.

    Raises:
        NotAllowed: the actor is no client. InvalidInput, NotFileable: as for ``submit``.
    """
    if actor.kind != "client":
        raise NotAllowed
    party = find_or_make_party(actor=actor, details=applicant)
    return file_once(actor, filing, "online", party.pk, party.pk, "")
