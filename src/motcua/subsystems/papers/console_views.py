"""Digitising a paper: its sheets, its data, the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.attachments.public import UploadRefused
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.papers.indexing import LANGUAGES, Typed, read_typed
from motcua.subsystems.papers.kinds import kinds_on
from motcua.subsystems.papers.models import PaperScan
from motcua.subsystems.papers.selectors.scanning import (
    own_scan,
    sheet_image,
    shown_sheets,
    too_coarse,
)
from motcua.subsystems.papers.services import add_sheets, arrange, describe, sign_paper

PAGE = "papers/console/scan.html"


@never_cache
@require_http_methods(["GET", "POST"])
@audience("official")
def scan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything about one paper on one page; each button keeps what was typed."""
    actor = cast(Any, request).actor
    row, typed = _found(actor, uid), Typed()
    if request.method != "POST":
        return _page(request, row, typed)
    typed = read_typed(request.POST)
    row = describe(actor=actor, uid=uid, typed=typed)
    _take_files(request, actor, uid, typed)
    verb, _colon, place = request.POST.get("_do", "").partition(":")
    if place.isdecimal():
        row = arrange(actor=actor, uid=uid, verb=verb, place=int(place))
    if verb == "sign" and not typed.faults and (signed := _sign(actor, uid, typed)):
        messages.success(request, _("Đã ký số, giấy tờ nằm trong hồ sơ."))
        return redirect(signed.back or request.path)
    return _page(request, row, typed, 422) if typed.faults else redirect(request.path)


@require_safe
@audience("official")
def sheet(request: HttpRequest, uid: UUID, place: int) -> HttpResponse:
    """A sheet as a picture, to the official who digitises it."""
    actor = cast(Any, request).actor
    response = HttpResponse(
        sheet_image(actor, _found(actor, uid), place), content_type="image/webp"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


def _found(actor: Actor, uid: UUID) -> PaperScan:
    row = own_scan(actor, uid)
    if row is None:
        raise NotFound
    return row


def _take_files(request: HttpRequest, actor: Actor, uid: UUID, typed: Typed) -> None:
    for name in ("files", "camera"):
        for file in request.FILES.getlist(name):
            try:
                add_sheets(actor=actor, uid=uid, files=[file])
            except UploadRefused as error:
                typed.faults[name] = _joined(error)


def _sign(actor: Actor, uid: UUID, typed: Typed) -> PaperScan | None:
    try:
        return sign_paper(actor=actor, uid=uid)
    except InvalidInput as error:
        typed.faults |= error.fields
    except DomainError as error:
        typed.faults["sign"] = _joined(error)
    return None


def _joined(error: DomainError) -> Bilingual:
    text, advice = error.text(), error.what_to_do()
    return Bilingual(f"{text.vi} {advice.vi}", f"{text.en} {advice.en}")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields of the page offer."""

    kinds: list[tuple[str, str]]
    forms: list[tuple[str, str]]
    languages: list[tuple[str, str]]


def _choices() -> Choices:
    english = (get_language() or "vi").startswith("en")
    names = {
        "vi": _("Tiếng Việt"), "en": _("Tiếng Anh"), "fr": _("Tiếng Pháp"),
        "zh": _("Tiếng Trung"), "ko": _("Tiếng Hàn"), "ja": _("Tiếng Nhật"),
        "ru": _("Tiếng Nga"), "other": _("Tiếng khác"),
    }  # fmt: skip
    return Choices(
        [(kind.code, kind.en if english else kind.vi) for kind in kinds_on(today())],
        [(value, str(label)) for value, label in PaperScan.Form.choices],
        [(code, names[code]) for code in LANGUAGES],
    )


def _page(request: HttpRequest, row: PaperScan, typed: Typed, status: int = 200) -> HttpResponse:
    actor, language = cast(Any, request).actor, get_language() or "vi"
    context = {
        "scan": row,
        "sheets": shown_sheets(actor, row),
        "coarse": too_coarse(actor, row),
        "choices": _choices(),
        "errors": {name: text.in_language(language) for name, text in typed.faults.items()},
        "dates": {
            name: {part: typed.raw[f"{name}_{part}"] for part in ("day", "month", "year")}
            if f"{name}_day" in typed.raw
            else getattr(row, name) or ""
            for name in ("issued_on", "valid_until")
        },
    }
    return render(request, PAGE, context, status=status)
