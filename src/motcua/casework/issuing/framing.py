"""What every document prints around its own content: agency, number, date, signer, proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from motcua.casework.issuing.models import IssuedDocument
from motcua.casework.issuing.qr import qr_svg
from motcua.foundation import timesource


def verify_address(code: str) -> str:
    """The public address that a document's QR code opens."""
    return str(settings.PUBLIC_URL).rstrip("/") + reverse("issuing:document", args=[code])


def frame(
    document: IssuedDocument,
    content: Mapping[str, Any],
    *,
    number: str = "",
    signer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The full data of a layout: the content, and around it what the house knows.

    The content may override the agency's lines (a form may name a division) but
    never number, date, signer or proof of a final document.

    Args:
        content: what the layout prints of its own.
        number: as printed, for a final document.
        signer: ``lines``, ``name`` and ``hint`` of a final document; without it a draft.
    """
    agency = document.agency
    parent = agency.parent
    address = verify_address(document.code)
    place = urlsplit(address)
    around: dict[str, Any] = {
        "superior": parent.name if parent else "",
        "agency": agency.name,
        "place": agency.place_name or agency.short_name or agency.name,
        **content,
    }
    proof: dict[str, Any] = {
        "title": document.title,
        "notation": document.notation,
        "code": document.code,
        "qr": qr_svg(address),
        "verify_at": f"{place.netloc}{reverse('issuing:verify')}",
        "demo": document.demo or bool(settings.DEMO),
        "draft": signer is None,
    }
    if signer is not None:
        proof |= {
            "number": number,
            "date": (document.issued_on or timesource.today()).isoformat(),
            "signer": dict(signer),
        }
    else:
        proof |= {"number": "", "date": ""}
    return {**around, **proof}
