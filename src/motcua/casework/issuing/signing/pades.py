"""PAdES signatures (ETSI EN 319 142-1, levels B-B and B-T) added one revision at a time.

pyHanko writes the PDF and the CMS. The signer below holds its key open:
pyHanko's own one loads and checks the private key on every call, which for RSA
costs more than all the rest.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn1crypto import tsp, x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import IndirectObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.casework.issuing.errors import KeyUnusable, TimestampUnavailable
from motcua.casework.issuing.rendering import SignaturePlace
from motcua.casework.issuing.signing.picture import PicturePdf, picture
from motcua.casework.issuing.signing.ports import SigningIdentity, TimestampAuthority
from motcua.casework.issuing.waiting import outside_loop
from motcua.foundation import timesource

_MECHANISMS = {"rsa": "sha256_rsa", "ec-p256": "sha256_ecdsa"}
# Hexadecimal digits kept free for the CMS: 8 and 16 KiB of signature, chain and stamp.
_RESERVED = 16_384
_RESERVED_WITH_STAMP = 32_768


@dataclass(frozen=True, slots=True)
class Mark:
    """One signature to add.

    Attributes:
        field: name of the form field, unique in the document.
        place: where the picture goes; ``None`` for an invisible signature.
        image: PNG with transparency, or ``None``.
        name: signer's name as written into the signature dictionary.
        reason: why it is signed, shown by PDF readers.
        location: place of signing.
    """

    field: str
    place: SignaturePlace | None = None
    image: bytes | None = None
    name: str = ""
    reason: str = ""
    location: str = ""


def sign(
    pdf: bytes,
    identity: SigningIdentity,
    mark: Mark,
    *,
    at: dt.datetime | None = None,
    stamps: TimestampAuthority | None = None,
) -> bytes:
    """Append one signature revision to ``pdf`` and return the new file.

    Earlier bytes are never touched, so earlier signatures stay valid.

    Args:
        pdf: an unencrypted PDF.
        identity: the opened key.
        mark: what the signature looks like.
        at: claimed moment of signing, aware; default the present.
        stamps: an RFC 3161 authority for level B-T; without it level B-B.

    Raises:
        KeyUnusable: the certificate is outside its validity, or the device refused.
        TimestampUnavailable: the authority gave no usable stamp.
    """
    moment = at or timesource.now()
    signer = _signer(identity)
    _check_validity(signer.signing_cert, moment)
    worker = _worker(signer, mark, stamps)
    worker.moment = timesource.local(moment)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    try:
        reserved = _RESERVED_WITH_STAMP if stamps else _RESERVED
        out = outside_loop(lambda: worker.sign_pdf(writer, bytes_reserved=reserved))
    except SigningError as error:
        raise KeyUnusable(reason=str(error)) from error
    return out.getvalue()


def _worker(signer: _OpenKeySigner, mark: Mark, stamps: TimestampAuthority | None) -> _TimedSigner:
    about = PdfSignatureMetadata(
        field_name=mark.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=mark.name or None,
        reason=mark.reason or None,
        location=mark.location or None,
    )
    return _TimedSigner(
        about,
        signer,
        timestamper=_Stamper(stamps) if stamps else None,
        stamp_style=_style(mark.image),
        new_field_spec=_field(mark),
    )


class _TimedSigner(PdfSigner):
    """Signs at the house's time, not the machine's."""

    moment: dt.datetime

    def init_signing_session(
        self, pdf_out: Any, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class _OpenKeySigner(Signer):
    """A pyHanko signer over an identity that is already open."""

    def __init__(self, identity: SigningIdentity) -> None:
        chain = SimpleCertificateStore()
        chain.register_multiple([x509.Certificate.load(c) for c in identity.chain])
        super().__init__(
            signing_cert=x509.Certificate.load(identity.certificate),
            cert_registry=chain,
            signature_mechanism=SignedDigestAlgorithm(
                {"algorithm": _MECHANISMS[identity.algorithm]}
            ),
            embed_roots=False,
        )
        self._identity = identity

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return bytes(512) if dry_run else self._identity.sign(data)


class _Stamper(TimeStamper):
    """Lets pyHanko ask our timestamp port, and trusts no answer that is not to our question."""

    def __init__(self, authority: TimestampAuthority) -> None:
        super().__init__()
        self._authority = authority

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        try:
            token: Any = await super().async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed
            if stamped["message_imprint"]["hashed_message"].native != message_digest:
                raise TimestampUnavailable
        except (ValueError, TypeError, KeyError, TimestampRequestError) as error:
            raise TimestampUnavailable from error
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._authority.stamp(req.dump()))


@lru_cache(maxsize=512)
def _signer(identity: SigningIdentity) -> _OpenKeySigner:
    return _OpenKeySigner(identity)


def _check_validity(certificate: x509.Certificate | None, moment: dt.datetime) -> None:
    if certificate is None:
        raise KeyUnusable(reason="no certificate")
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        raise KeyUnusable(
            reason=f"certificate valid {certificate.not_valid_before:%Y-%m-%d}"
            f" – {certificate.not_valid_after:%Y-%m-%d}"
        )


def _field(mark: Mark) -> SigFieldSpec:
    if mark.place is None or mark.image is None:
        return SigFieldSpec(mark.field)
    p = mark.place
    box = (round(p.left), round(p.bottom), round(p.right), round(p.top))
    return SigFieldSpec(mark.field, on_page=p.page, box=box)


_FIT = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
)


def _style(image: bytes | None) -> StaticStampStyle:
    if image is None:
        return StaticStampStyle(border_width=0)
    return StaticStampStyle(
        border_width=0,
        background=_PictureContent(picture(image)),
        background_layout=_FIT,
        background_opacity=1.0,
    )


class _PictureContent(PdfContent):
    """Draws a picture whose compressed streams were made once."""

    def __init__(self, ready: PicturePdf) -> None:
        super().__init__(box=BoxConstraints(width=ready.width, height=ready.height))
        self._ready = ready
        self._reference: IndirectObject | None = None

    def render(self) -> bytes:
        if self._reference is None:
            self._reference = self._ready.write(self.writer)
        self.resources.xobject[pdf_name("/Picture")] = self._reference
        return b"%d 0 0 %d 0 0 cm /Picture Do" % (self._ready.width, self._ready.height)
