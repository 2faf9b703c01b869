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
    final = signer is not None
    issued = (document.issued_on or timesource.today()).isoformat()
    stated: dict[str, Any] = {
        "number": number,
        "date": issued if final else "",
        "draft": not final,
        "demo": document.demo or bool(settings.DEMO),
    }
    if signer is not None:
        stated["signer"] = dict(signer)
    return {**_issuer(document), **content, **_proof(document), **stated}


def _issuer(document: IssuedDocument) -> dict[str, Any]:
    agency = document.agency
    return {
        "superior": agency.parent.name if agency.parent else "",
        "agency": agency.name,
        "place": agency.place_name or agency.short_name or agency.name,
    }


def _proof(document: IssuedDocument) -> dict[str, Any]:
    address = verify_address(document.code)
    return {
        "title": document.title,
        "notation": document.notation,
        "code": document.code,
        "qr": qr_svg(address),
        "verify_at": f"{urlsplit(address).netloc}{reverse('issuing:verify')}",
    }
