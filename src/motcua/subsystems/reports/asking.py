"""Small readings of a request that several pages share."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.foundation.errors import Bilingual
from motcua.foundation.limiting.public import address_of, count, declare_limit

SENDING = declare_limit(
    "reports-send",
    setting="MOTCUA_LIMIT_REPORTS",
    times=20,
    seconds=3600,
    what=Bilingual("Phản ánh gửi từ một địa chỉ mạng", "Reports sent from one network address"),
    refusal=Bilingual(
        "Địa chỉ mạng của bạn đã gửi nhiều phản ánh trong giờ qua.",
        "Many reports were sent from your network in the last hour.",
    ),
)
UPLOADING = declare_limit(
    "reports-photos",
    setting="MOTCUA_LIMIT_REPORT_PHOTOS",
    times=60,
    seconds=3600,
    what=Bilingual("Ảnh phản ánh gửi từ một địa chỉ mạng", "Photos sent from one network address"),
    refusal=Bilingual(
        "Địa chỉ mạng của bạn đã gửi nhiều ảnh trong giờ qua.",
        "Many photos were sent from your network in the last hour.",
    ),
)
SUPPORTING = declare_limit(
    "reports-support",
    setting="MOTCUA_LIMIT_REPORT_SUPPORT",
    times=60,
    seconds=3600,
    what=Bilingual("Lượt “tôi cũng gặp” từ một địa chỉ mạng", "“Me too” from one network address"),
    refusal=Bilingual(
        "Địa chỉ mạng của bạn đã bấm nhiều lần trong giờ qua.",
        "Your network has pressed this many times in the last hour.",
    ),
)


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


def is_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def said(texts: dict[str, Bilingual]) -> dict[str, str]:
    """Errors by field in the reader's language."""
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in texts.items()}


def limited(request: HttpRequest, limit: Any, times: int = 1) -> None:
    """Count against a limit of the sender's address. Raises TooOften."""
    count(limit, address_of(request.META), times=times)


def browser_of(request: HttpRequest) -> str:
    """What tells this browser from others: its session, made when there is none."""
    if not request.session.session_key:
        request.session.create()
    return request.session.session_key or ""


def whole(text: str | None) -> int:
    """A whole number as typed; 0 for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
