"""What the pages of one's own dossier show."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.casework.cases.public import CorrectionItem
from motcua.casework.forms.public import DrawnField, settle, summary
from motcua.casework.issuing.public import qr_svg
from motcua.casework.workflow.public import Possible
from motcua.foundation.errors import Bilingual, NotPossibleNow
from motcua.foundation.timesource import today
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.services.rating import SCORES
from motcua.subsystems.applications.shown import (
    PROBLEMS,
    OwnPage,
    delivery_text,
    own_slips,
    result_links,
    words,
)
from motcua.subsystems.applications.supplying import Request, drawn_fields
from motcua.subsystems.applications.views.screens import PaperField, paper_fields


def lookup_address(code: str) -> str:
    """The public page of the state, as the QR code holds it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("portal:state", args=[code])


def picture(text: str) -> str:
    """A QR code as an address that the page's own policy admits (``data:``)."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(text).encode()).decode()}"


def mine_context(own: OwnPage) -> dict[str, Any]:
    """The dossier's page."""
    page = own.page
    file, check = result_links(own.result) if own.result else ("", "")
    receipt = getattr(page.charge, "receipt", None) if page.charge else None
    return {
        "own": own,
        "page": page,
        "has_aside": True,
        "case": page.case,
        "answers": [(words(row.label), words(row.text)) for row in page.answers if row.text.vi],
        "slips": own_slips(page),
        "result_file": file,
        "result_check": check,
        "delivery": delivery_text(page.dossier.application.delivery),
        "receipt": receipt,
        "scores": [(score, _score(score)) for score in sorted(SCORES, reverse=True)],
        "errors": {},
        "typed": None,
    }


def _score(score: int) -> str:
    texts = {3: _("Rất hài lòng"), 2: _("Hài lòng"), 1: _("Chưa hài lòng")}
    return texts[score]


def kept_context(own: OwnPage) -> dict[str, Any]:
    """The page to keep."""
    code = own.case.code or ""
    address = lookup_address(code)
    application = own.page.dossier.application
    return {
        "own": own,
        "case": own.case,
        "qr": picture(address),
        "lookup_url": address,
        "first_answer": own.page.first_answer.at,
        "email": application.contact_email,
        "delivery": delivery_text(application.delivery),
    }


def possible_of(own: OwnPage, step: str, action: str) -> Possible:
    """The act as the process offers it now.

    Raises:
        NotPossibleNow: it is not offered (any more).
    """
    for row in (*own.main, *own.minor):
        if row.step == step and row.action == action and row.verb != "supplement":
            return row
    raise NotPossibleNow


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One asked item: what is wrong, what was there, and its input."""

    item: CorrectionItem
    problem: str
    before: str
    field: DrawnField | None
    paper: PaperField | None


def supplement_context(
    asked: Request, answers: Mapping[str, Any], note: str, errors: Mapping[str, Bilingual]
) -> dict[str, Any]:
    """Every asked item with its own input."""
    fields = drawn_fields(asked, answers, errors)
    papers = {row.paper.id: row for row in paper_fields(asked.papers(), asked.new_files(), errors)}
    before = _texts_before(asked)
    items = [
        ShownItem(
            item,
            words(PROBLEMS.get(item.problem, PROBLEMS["missing"])),
            before.get(item.target, ""),
            fields.get(item.target) if item.target_kind == "field" else None,
            papers.get(item.target) if item.target_kind != "field" else None,
        )
        for item in asked.items
    ]
    return {"own": asked.own, "asked": asked, "items": items, "errors": errors, "note": note}


def _texts_before(asked: Request) -> dict[str, str]:
    """What stood in the dossier when the request was made."""
    page = asked.own.page
    settled = settle(
        page.form, asked.answers, today=today(), context={"channel": page.case.channel}
    )
    rows = summary(page.form, settled, commune_options())
    texts = {row.place: words(row.text) for row in rows}
    files = {row.paper.id: ", ".join(f.name for f in row.files) for row in page.papers}
    return {**texts, **files}
