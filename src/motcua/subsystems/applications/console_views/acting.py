"""Taking an action on a dossier: what was sent becomes the service's payload."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.casework.access.public import Actor, audience
from motcua.casework.attachments.public import UploadRefused, claim_drafts, receive_upload
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.subsystems.applications.console_views.case_page import actor_of_request, case_response
from motcua.subsystems.applications.console_views.drafting import PREFIX, overrides
from motcua.subsystems.applications.console_views.feeing import BASIS_NEEDED, amount_of
from motcua.subsystems.applications.console_views.findings import findings_of
from motcua.subsystems.applications.console_views.sent import Sent
from motcua.subsystems.applications.dossiers import load_dossier
from motcua.subsystems.applications.public import act, dossier_page

TEXTS = (
    "reason", "note", "basis", "opinion", "officer", "days", "receiver", "parcel",
    "repeat_reason", "amount", "fee_basis", "obligation_amount", "obligation_name",
    "obligation_basis", "obligation_notice",
)  # fmt: skip
ANSWER, PAPER = "answer:", "paper:"
QUEUES = {"sign": "applications_console:signing", "seal": "applications_console:sealing"}


@require_POST
@audience("official")
def act_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one action; on a refusal the page comes back with everything typed."""
    actor, sent = actor_of_request(request), Sent.read(request.POST)
    refused = take_files(actor, sent, request.FILES)
    if refused:
        return case_response(request, uid, sent, InvalidInput(refused))
    try:
        done = send(actor, uid, sent)
    except NotFound:
        raise
    except DomainError as problem:
        return case_response(request, uid, sent, problem)
    messages.success(request, done_words(done))
    if sent.back in QUEUES:
        return redirect(QUEUES[sent.back])
    return redirect("applications_console:case", uid=uid)


def draft_key_of(sent: Sent) -> str:
    """Under which key files sent with an action wait until it is taken."""
    return f"act-{sent.key}"


def take_files(
    actor: Actor, sent: Sent, files: MultiValueDict[str, UploadedFile]
) -> dict[str, Bilingual]:
    """Receive the files sent with an action; what was refused, by field."""
    refused: dict[str, Bilingual] = {}
    for name, uploads in files.lists():
        component = name.removeprefix(PAPER) if name.startswith(PAPER) else ""
        for upload in uploads:
            try:
                receive_upload(
                    actor=actor,
                    file=upload,
                    component_code=component,
                    draft_key=draft_key_of(sent),
                )
            except UploadRefused as error:
                what, todo = error.text(), error.what_to_do()
                refused[name] = Bilingual(f"{what.vi} {todo.vi}", f"{what.en} {todo.en}")
    return refused


def send(actor: Actor, uid: UUID, sent: Sent) -> dict[str, Any]:
    """Call the service with what was typed, then keep the files that came along."""
    payload = payload_of(actor, uid, sent)
    done = act(
        actor=actor,
        uid=uid,
        token_id=sent.token_id,
        action=sent.action,
        payload=payload,
        expected_version=sent.version,
        key=sent.key,
    )
    if sent.values.get("keeps_file") == "1":
        case = load_dossier(actor, uid).case
        claim_drafts(actor=actor, draft_key=draft_key_of(sent), case_id=case.pk)
    return done


def payload_of(actor: Actor, uid: UUID, sent: Sent) -> dict[str, Any]:
    """What was typed, as the verbs of the process read it."""
    payload: dict[str, Any] = {n: sent.text(n).strip() for n in TEXTS if n in sent.values}
    if "amount" in payload:
        payload["amount"] = amount_of(payload["amount"])
        if payload["amount"] and not payload.get("fee_basis"):
            raise InvalidInput({"fee_basis": BASIS_NEEDED})
    if sent.values.get("asks_items") == "1":
        payload["items"] = findings_of(dossier_page(actor, uid), sent)
    if any(name.startswith(PREFIX) for name in sent.values):
        payload["result"] = overrides(actor, load_dossier(actor, uid), sent.values)
    answers = {
        name.removeprefix(ANSWER): value.strip()
        for name, value in sent.values.items()
        if name.startswith(ANSWER)
    }
    if answers:
        payload["answers"] = answers
    if sent.values.get("supplements") == "1":
        payload["draft_key"] = draft_key_of(sent)
    return payload


def done_words(done: dict[str, Any]) -> str:
    """What to tell the official after the act."""
    from motcua.subsystems.applications.console_views.words import verb_done
    from motcua.subsystems.applications.states import APPLICATION

    state = APPLICATION.by_id[done["state"]].name.in_language(get_language() or "vi")
    return _("%(what)s Trạng thái: %(state)s.") % {"what": verb_done(done["verb"]), "state": state}
