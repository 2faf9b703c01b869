"""Who stands at the counter: a small e-form of its own, so that it is drafted and checked alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from motcua.casework.forms.public import FormDefinition, PrefillSource, compile_form
from motcua.casework.people.public import Party, PartyDetails
from motcua.foundation.errors import Bilingual
from motcua.subsystems.applications.communes import communes
from motcua.subsystems.applications.services.filing import Helper

FORM_ID = "counter-applicant"
HELPED = "present(helper) && helper != 'none'"
STEP = "counter-applicant"


def _words(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


DOCUMENT: dict[str, Any] = {
    "id": FORM_ID,
    "version": "1",
    "title": _words("Người nộp hồ sơ", "Applicant"),
    "schema": {
        "type": "object",
        "properties": {
            "identity_number": {"type": "string", "pattern": "^([0-9]{12}|[0-9]{9})$"},
            "full_name": {"type": "string", "minLength": 1, "maxLength": 200},
            "birth_date": {"type": "string", "format": "date"},
            "phone": {"type": "string"},
            "email": {"type": "string"},
            "address": {
                "type": "object",
                "properties": {"commune": {"type": "string"}, "line": {"type": "string"}},
            },
            "channel": {"type": "string", "enum": ["counter", "post"]},
            "helper": {"type": "string", "enum": ["none", "representative", "post", "volunteer"]},
            "helper_name": {"type": "string", "minLength": 1, "maxLength": 200},
            "helper_identity": {"type": "string", "pattern": "^([0-9]{12}|[0-9]{9})$"},
            "helper_organisation": {"type": "string", "maxLength": 200},
        },
        "required": ["identity_number", "full_name", "channel", "helper_name", "helper_identity"],
    },
    "steps": [
        {
            "id": STEP,
            "title": _words("Người nộp hồ sơ", "Applicant"),
            "fields": [
                "identity_number",
                "full_name",
                "birth_date",
                "phone",
                "email",
                "address",
                "channel",
                "helper",
                "helper_name",
                "helper_identity",
                "helper_organisation",
            ],
        }
    ],
    "fields": {
        "identity_number": {
            "label": _words("Số định danh cá nhân", "Personal identity number"),
            "hint": _words("12 chữ số trên thẻ căn cước.", "The 12 digits on the identity card."),
            "widget": "identity",
            "messages": {
                "pattern": _words(
                    "Nhập đủ 12 chữ số trên thẻ căn cước.",
                    "Enter all 12 digits of the identity card.",
                )
            },
        },
        "full_name": {
            "label": _words("Họ, chữ đệm, tên", "Full name"),
            "widget": "text",
        },
        "birth_date": {"label": _words("Ngày sinh", "Date of birth"), "widget": "date"},
        "phone": {
            "label": _words("Số điện thoại", "Phone number"),
            "hint": _words(
                "Để báo tin khi cần bổ sung hoặc có kết quả.",
                "To tell the person when something is missing or the result is ready.",
            ),
            "widget": "phone",
        },
        "email": {"label": _words("Thư điện tử", "E-mail"), "widget": "email"},
        "address": {
            "label": _words("Nơi cư trú", "Place of residence"),
            "widget": "address",
            "fields": {
                "commune": {
                    "label": _words("Phường, xã, đặc khu", "Ward, commune or zone"),
                    "widget": "select",
                    "options_from": "communes",
                },
                "line": {
                    "label": _words("Số nhà, đường, khu phố hoặc ấp", "House number, street"),
                    "widget": "text",
                },
            },
        },
        "channel": {
            "label": _words("Hồ sơ đến bằng cách nào", "How the dossier came"),
            "widget": "radio",
            "options": [
                {"value": "counter", "label": _words("Nộp tại quầy", "Handed in at the counter")},
                {"value": "post", "label": _words("Gửi qua bưu chính", "Sent by post")},
            ],
        },
        "helper": {
            "label": _words("Có ai nộp thay hoặc hỗ trợ?", "Does somebody file for them or help?"),
            "widget": "select",
            "options": [
                {"value": "none", "label": _words("Không, tự nộp", "No, in person")},
                {
                    "value": "representative",
                    "label": _words("Người được uỷ quyền", "An authorised representative"),
                },
                {"value": "post", "label": _words("Nhân viên bưu chính", "A postal agent")},
                {
                    "value": "volunteer",
                    "label": _words("Người hỗ trợ cộng đồng", "A community volunteer"),
                },
            ],
        },
        "helper_name": {
            "label": _words("Họ tên người nộp thay, hỗ trợ", "Name of who files or helps"),
            "widget": "text",
            "visible": HELPED,
        },
        "helper_identity": {
            "label": _words("Số định danh người nộp thay, hỗ trợ", "Their identity number"),
            "widget": "identity",
            "visible": HELPED,
        },
        "helper_organisation": {
            "label": _words("Đơn vị của người đó", "Their organisation"),
            "widget": "text",
            "visible": HELPED,
        },
    },
}


@lru_cache(maxsize=1)
def counter_form() -> FormDefinition:
    """The compiled form."""
    return compile_form(DOCUMENT)


def choices() -> dict[str, list[tuple[str, Bilingual]]]:
    """The choices that forms take from outside."""
    return {"communes": list(communes().items())}


def details_of(answers: Mapping[str, Any]) -> PartyDetails:
    """The person as the register of parties takes it."""
    place: Mapping[str, Any] = answers.get("address") or {}
    commune = str(place.get("commune") or "")
    name = communes()[commune].vi if commune in communes() else ""
    return PartyDetails(
        full_name=str(answers.get("full_name") or ""),
        identity_number=str(answers.get("identity_number") or ""),
        birth_date=str(answers.get("birth_date") or ""),
        phone=str(answers.get("phone") or ""),
        email=str(answers.get("email") or ""),
        address=", ".join(text for text in (str(place.get("line") or ""), name) if text),
        commune_code=commune,
    )


def helper_of(answers: Mapping[str, Any]) -> Helper | None:
    """Who files for the applicant or helps; None when nobody does."""
    kind = str(answers.get("helper") or "none")
    if kind == "none":
        return None
    return Helper(
        kind=kind,
        name=str(answers.get("helper_name") or ""),
        identity=str(answers.get("helper_identity") or ""),
        organisation=str(answers.get("helper_organisation") or ""),
    )


def answers_from(party: Party) -> dict[str, Any]:
    """What is on record of a person, as answers of the form."""
    known = {
        "identity_number": party.identity_number,
        "full_name": party.full_name,
        "birth_date": party.birth_date,
        "phone": party.phone,
        "email": party.email,
    }
    found: dict[str, Any] = {name: str(value) for name, value in known.items() if value}
    if party.address or party.commune_code:
        place = {"commune": party.commune_code, "line": party.address}
        found["address"] = {name: value for name, value in place.items() if value}
    return found


def source_of(answers: Mapping[str, Any]) -> PrefillSource:
    """The person's facts for prefilling the procedure's own form."""
    left_out = {"channel", "papers", "counts"}
    kept = (n for n in answers if n not in left_out and not n.startswith("helper"))
    values = {name: answers[name] for name in kept}
    return PrefillSource(
        values, Bilingual("thông tin người nộp vừa nhập", "the applicant's details just entered")
    )
