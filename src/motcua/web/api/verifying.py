"""Checking a signed PDF for programs. No file that is sent here is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast

import msgspec
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from dmr import FileMetadata, modify
from dmr.parsers import MultiPartParser

from motcua.casework.access.public import api_audience
from motcua.casework.issuing.public import CHECKS, Report, SignatureFinding, check_file
from motcua.foundation.errors import Bilingual, DomainError
from motcua.foundation.limiting.public import address_of, count
from motcua.foundation.rest import Moment, PublicApi, language_of, problem_response, refuses

ENVELOPE_BYTES = 65_536
"""What a multipart body may weigh beyond its file."""


class BodyTooLarge(DomainError):
    """The request is heavier than any file that is checked; refused before it is read."""

    code = "body-too-large"
    status = 413
    message = Bilingual("Tệp lớn hơn {limit_mb} MB.", "The file is larger than {limit_mb} MB.")
    advice = Bilingual("Gửi tệp nhỏ hơn.", "Send a smaller file.")


class PdfFile(msgspec.Struct):
    """The file to check."""

    size: Annotated[int, msgspec.Meta(ge=1)]


class VerifyForm(msgspec.Struct):
    """A multipart form with one file."""

    file: PdfFile


class TimestampFacts(msgspec.Struct):
    """An RFC 3161 stamp."""

    at: Moment
    authority: str
    valid: bool
    trusted: bool


class SignatureFacts(msgspec.Struct):
    """One signature in the words of ETSI EN 319 102-1."""

    indication: str
    sub_indication: str
    sentence: str
    role: str
    signer: str
    organisation: str
    title: str
    claimed_at: Moment | None
    timestamp: TimestampFacts | None
    bytes_intact: bool
    covers: str
    changes_after: str
    level: str
    algorithm: str
    certificate_issuer: str
    certificate_serial: str
    chain_trusted: bool
    revocation: str
    demo: bool


class ReportFacts(msgspec.Struct):
    """The check of one file; ``indication`` is the worst of its signatures'."""

    sha256: str
    size: int
    checked_at: Moment
    indication: str
    sub_indication: str
    problem: str
    sentence: str
    demo: bool
    signatures: list[SignatureFacts]


class Verify(PublicApi):
    """Checking a signed document."""

    parsers = (MultiPartParser(),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what is too heavy before a byte of it is read."""
        limit = int(settings.MOTCUA_UPLOAD_MAX_BYTES)
        announced = str(request.META.get("CONTENT_LENGTH") or 0)
        if announced.isdecimal() and int(announced) > limit + ENVELOPE_BYTES:
            error = BodyTooLarge(limit_mb=limit // (1024 * 1024))
            return problem_response(error, language_of(request))
        return super().dispatch(request, *args, **kwargs)

    @modify(
        extra_responses=refuses(400, 406, 413, 422),
        status_code=HTTPStatus.OK,
        operation_id="verifyDocument",
        tags=["documents"],
    )
    def post(self, parsed_file_metadata: FileMetadata[VerifyForm]) -> ReportFacts:
        """Check every signature of a PDF: who, for whom, when, and whether a byte changed."""
        count(CHECKS, address_of(self.request.META))
        upload = cast(UploadedFile, self.request.FILES["file"])
        limit = int(settings.MOTCUA_UPLOAD_MAX_BYTES)
        if (upload.size or 0) > limit:
            raise BodyTooLarge(limit_mb=limit // (1024 * 1024))
        return _report(self, check_file(upload.read()))


routes = [path("verify", api_audience("public")(Verify.as_view()), name="verify")]


def _report(controller: PublicApi, report: Report) -> ReportFacts:
    return ReportFacts(
        sha256=report.sha256,
        size=report.size,
        checked_at=report.checked_at,
        indication=report.indication,
        sub_indication=report.sub_indication,
        problem=report.problem,
        sentence=controller.say(report.sentence()),
        demo=report.demo,
        signatures=[_signature(controller, found) for found in report.signatures],
    )


def _signature(controller: PublicApi, found: SignatureFinding) -> SignatureFacts:
    stamp = found.timestamp
    return SignatureFacts(
        indication=found.indication,
        sub_indication=found.sub_indication,
        sentence=controller.say(found.sentence()),
        role=found.role,
        signer=found.signer,
        organisation=found.organisation,
        title=found.title,
        claimed_at=found.claimed_at,
        timestamp=TimestampFacts(stamp.at, stamp.authority, stamp.valid, stamp.trusted)
        if stamp
        else None,
        bytes_intact=found.bytes_intact,
        covers=found.covers,
        changes_after=found.changes_after,
        level=found.level,
        algorithm=found.algorithm,
        certificate_issuer=found.certificate_issuer,
        certificate_serial=found.certificate_serial,
        chain_trusted=found.chain_trusted,
        revocation=found.revocation,
        demo=found.demo,
    )
