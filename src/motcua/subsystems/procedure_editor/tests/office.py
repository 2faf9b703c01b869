"""Two administrators, a published catalogue, drafts and their pages: what these tests share."""

from __future__ import annotations

from typing import Any

from django.test import Client

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.testing.database import built_once
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.models import DraftRevision, ProcedureDraft
from motcua.subsystems.procedures.public import load_packages

BASIS = "Nghị định 118/2025/NĐ-CP"


def administrators() -> tuple[Actor, Actor]:
    """Every delivered procedure in force; who edits, and the second person."""
    return built_once("office of the editors", _build)


def _build() -> tuple[Actor, Actor]:
    load_packages(actor=SYSTEM)
    city = make_agency("Uỷ ban nhân dân Thành phố", kind="city", level="city")
    editor = make_official(city, "administrator", name="Lê Soạn")
    second = make_official(city, "administrator", name="Phạm Duyệt")
    return editor, second


def client_of(actor: Actor) -> Client:
    """A browser without a screen, logged in as the actor."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def document_of(draft: ProcedureDraft) -> dict[str, Any]:
    """The newest document of a draft."""
    draft.refresh_from_db()
    return DraftRevision.objects.get(draft=draft, number=draft.revision).document


def put(actor: Actor, draft: ProcedureDraft, place: str, value: Any) -> None:
    """Change one place of the newest revision."""
    draft.refresh_from_db()
    services.change_draft(
        actor=actor, uid=draft.uid, revision=draft.revision, place=place, value=value
    )


def complete(**more: Any) -> dict[str, Any]:
    """A small procedure of its own that may be published."""
    document = services.starter()
    document |= {
        "code": "9.000001",
        "name": {"vi": "Cấp giấy thử", "en": "Trial paper"},
        "who": {"vi": "Mọi người.", "en": "Everybody."},
        "field": "ho-tich",
        "limits": [
            {"case": "*", "channel": "*", "amount": 3, "unit": "working_day",
             "legal_basis": BASIS, "valid_from": "2026-01-01", "confirmed": True},
        ],
        "how": [{"vi": "Nộp rồi chờ.", "en": "File and wait."}],
    }  # fmt: skip
    document["result"] |= {"name": {"vi": "Giấy thử", "en": "Trial paper"}, "register": "giay-thu"}
    return document | more
