"""Putting hand and seal on a document: who may, with which lines, and where."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import Agency, signing_authority
from motcua.casework.issuing import files
from motcua.casework.issuing.framing import frame
from motcua.casework.issuing.layouts import layout
from motcua.casework.issuing.models import IssuedDocument, SigningKey
from motcua.casework.issuing.rendering import Rendered, SignaturePlace, render_for_signing
from motcua.casework.issuing.rules import Box, lone_seal_box, seal_box, signature_box
from motcua.casework.issuing.selectors import content_of
from motcua.casework.issuing.services.keys import open_signing_key, picture_of
from motcua.casework.issuing.signing.ports import timestamp_authority
from motcua.foundation import timesource
from motcua.foundation.errors import NotAllowed

SIGNER_FIELD = "Chu_ky_nguoi_ky"
SEAL_FIELD = "Dau_co_quan"
_BY_THE_SYSTEM = "(Phiếu do hệ thống lập)"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs and on what power: lines above the signature, name below it."""

    lines: tuple[str, ...]
    name: str
    authority: str = ""


def hand_of(actor: Actor, document: IssuedDocument, post_id: int | None) -> Hand:
    """The actor's hand for this document.

    Slips of the counter are signed in the official's own post; documents of the
    agency need a power (Nghị định 30/2020/NĐ-CP, Điều 13).

    Raises:
        NotAllowed: no post of the actor in the agency may sign it.
    """
    officer = layout(document.template).hand == "officer"
    require(actor, "issuing.sign_slip" if officer else "issuing.sign", agency_id=document.agency_id)
    posts = [
        p for p in actor.posts if p.agency_id == document.agency_id and post_id in (None, p.post_id)
    ]
    if officer and posts:
        return Hand((posts[0].title.upper(),), actor.name)
    for post in posts:
        try:
            power = signing_authority(post.post_id, timesource.today(), document.template)
        except NotAllowed:
            continue
        return Hand(power.lines, actor.name, power.text)
    raise NotAllowed


def number_and_sign(document: IssuedDocument, number: str, hand: Hand, key: SigningKey) -> bytes:
    """Lay out the final file with its number, sign it, keep it; returns the signed bytes."""
    from motcua.casework.issuing.signing import pades

    rendered = _final(document, number, hand, demo=key.demo)
    place = rendered.place("signer")
    document.seal_room = _remember(place)
    signed = pades.sign(
        rendered.pdf,
        open_signing_key(key),
        pades.Mark(
            SIGNER_FIELD,
            _at(place, signature_box(_box(place))) if place else None,
            picture_of(key) or None,
            name=hand.name,
            reason="Ký ban hành",
            location=document.agency.place_name,
        ),
        stamps=timestamp_authority(),
    )
    document.signed_at = timesource.now()
    document.sha256 = files.keep(signed)
    return signed


def sealer_of(document: IssuedDocument) -> Agency:
    """The agency whose seal the document bears: its own, or the successor it was merged into."""
    return document.sealing_agency or document.agency


def _why_sealed(document: IssuedDocument) -> str:
    if document.sealing_agency_id is None:
        return "Đóng dấu cơ quan"
    return f"Đóng dấu cơ quan kế thừa {document.agency.name}"


def apply_seal(document: IssuedDocument, pdf: bytes, key: SigningKey) -> None:
    """Set the organisation's seal over the left third of the signer's picture; keep the file."""
    place = _recall(document)
    _seal(document, pdf, key, _at(place, seal_box(_box(place))) if place else None)


def number_and_seal(document: IssuedDocument, number: str, key: SigningKey) -> None:
    """A paper that the system makes by itself: no hand, only the agency's seal."""
    rendered = _final(document, number, Hand((), ""), demo=key.demo, hint=_BY_THE_SYSTEM)
    place = rendered.place("signer")
    document.signed_at = timesource.now()
    _seal(document, rendered.pdf, key, _at(place, lone_seal_box(_box(place))) if place else None)


def _final(
    document: IssuedDocument, number: str, hand: Hand, *, demo: bool, hint: str = ""
) -> Rendered:
    document.demo = demo
    signer = {"lines": list(hand.lines), "name": hand.name, "hint": hint}
    data = frame(document, content_of(document), number=number, signer=signer)
    return render_for_signing(document.template, data)


def _seal(
    document: IssuedDocument, pdf: bytes, key: SigningKey, place: SignaturePlace | None
) -> None:
    from motcua.casework.issuing.signing import pades

    sealed = pades.sign(
        pdf,
        open_signing_key(key),
        pades.Mark(
            SEAL_FIELD,
            place,
            picture_of(key) or None,
            name=sealer_of(document).name,
            reason=_why_sealed(document),
            location=sealer_of(document).place_name,
        ),
        stamps=timestamp_authority(),
    )
    document.demo = document.demo or key.demo
    document.sha256 = files.keep(sealed)


def _box(place: SignaturePlace) -> Box:
    return Box(place.left, place.bottom, place.right, place.top)


def _at(place: SignaturePlace, box: Box) -> SignaturePlace:
    return SignaturePlace(place.kind, place.page, box.left, box.bottom, box.right, box.top)


def _remember(place: SignaturePlace | None) -> list[float] | None:
    if place is None:
        return None
    return [place.page, place.left, place.bottom, place.right, place.top]


def _recall(document: IssuedDocument) -> SignaturePlace | None:
    if not document.seal_room:
        return None
    page, left, bottom, right, top = document.seal_room
    return SignaturePlace("signer", int(page), left, bottom, right, top)
