"""What a partner's system does with dossiers, for an applicant or in its agency's post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor, grant
from motcua.casework.cases.public import Case, access_case, run_once
from motcua.casework.people.public import PartyDetails
from motcua.casework.workflow.public import Possible, actions_for
from motcua.foundation.errors import NotPossibleNow
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import Filing, act, dossier_of, file_by_client
from motcua.subsystems.partners.models import FiledDossier


def file_for(*, actor: Actor, filing: Filing, applicant: PartyDetails, key: str) -> dict[str, Any]:
    """File a dossier online for a person; the partner may follow it from then on.

    Returns:
        ``{"uid", "code"}``, the same for the same ``key``, however often it is sent.

    Raises:
        InvalidInput, NotFileable, KeyReused; NotAllowed for who is no client.
    """

    def run() -> dict[str, Any]:
        done = file_by_client(actor=actor, filing=filing, applicant=applicant)
        case = Case.objects.get(uid=done["uid"])
        FiledDossier.objects.create(case=case, partner_id=actor.account_id)
        grant([case.pk], [f"u:{actor.account_id}"])
        return done

    return run_once(
        actor=actor,
        key=key,
        command="partners.file",
        content={"procedure": filing.procedure_code, "answers": dict(filing.answers)},
        act=run,
    )


def offered(actor: Actor, uid: UUID) -> tuple[Actor, Case, list[Possible]]:
    """What may be done with a dossier now, and as whom: in a post, or for the applicant.

    Raises:
        NotFound: absent or not open to the actor.
    """
    case = access_case(actor, uid, kind="application")
    filed = FiledDossier.objects.filter(case=case, partner_id=actor.account_id).exists()
    acting = actor
    if filed and case.applicant_id is not None and "dossiers:submit" in actor.scopes:
        acting = actor.acting_for(case.applicant_id)
    dossier = dossier_of(case)
    return acting, case, actions_for(acting, case, dossier.variables(today()))


def act_for(
    *, actor: Actor, uid: UUID, action: str, payload: Mapping[str, Any], key: str
) -> dict[str, Any]:
    """Take an action that the process offers this partner now.

    Raises:
        NotFound. NotPossibleNow: it is not offered. What the action itself refuses.
    """
    acting, case, possible = offered(actor, uid)
    found = [row for row in possible if row.action == action]
    if not found:
        raise NotPossibleNow
    return act(
        actor=acting,
        uid=case.uid,
        token_id=found[0].token_id,
        action=action,
        payload=payload,
        key=key,
    )


def supplement_for(
    *, actor: Actor, uid: UUID, answers: Mapping[str, Any], draft_key: str, note: str, key: str
) -> dict[str, Any]:
    """Send what was asked for, for the applicant.

    Raises:
        NotFound. NotPossibleNow: nothing was asked. InvalidInput.
    """
    acting, case, possible = offered(actor, uid)
    found = [row for row in possible if row.verb == "supplement"]
    if not found or acting.on_behalf_of is None:
        raise NotPossibleNow
    return act(
        actor=acting,
        uid=case.uid,
        token_id=found[0].token_id,
        action=found[0].action,
        payload={"answers": dict(answers), "draft_key": draft_key, "note": note},
        key=key,
    )
