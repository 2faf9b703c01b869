"""From one embedded signature to one finding."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.ades.report import AdESStatus
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.casework.issuing.verification.anchors import Anchor, AnchorSet
from motcua.casework.issuing.verification.report import (
    Changes,
    Indication,
    Revocation,
    SignatureFinding,
    TimestampFinding,
)

# Vietnamese certificates differ in which of the two usages they carry.
_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
_STATUS: dict[AdESStatus, Indication] = {
    AdESStatus.PASSED: "TOTAL-PASSED",
    AdESStatus.FAILED: "TOTAL-FAILED",
    AdESStatus.INDETERMINATE: "INDETERMINATE",
}
_CHANGES: dict[ModificationLevel, Changes] = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "signatures-only",
    ModificationLevel.FORM_FILLING: "signatures-only",
    ModificationLevel.ANNOTATIONS: "permitted",
    ModificationLevel.OTHER: "forbidden",
}


async def judge(
    signature: Any,
    reader: Any,
    moment: dt.datetime,
    anchors: AnchorSet,
    *,
    newest: bool,
    skip_diff: bool = False,
) -> SignatureFinding:
    """Validate one signature at ``moment`` against ``anchors``.

    Args:
        newest: no later signature vouches for what follows this one.
        skip_diff: do not compare revisions (for files whose revisions cannot be read).
    """
    status = await _validate(signature, reader, moment, anchors, skip_diff)
    stamp = _timestamp(getattr(status, "timestamp_validity", None))
    proven = bool(stamp and stamp.valid and stamp.trusted and stamp.at < moment)
    if stamp and proven:
        moment = stamp.at
        status = await _validate(signature, reader, moment, anchors, skip_diff)
    covers, changes = _coverage(status.coverage), _changes_after(status, newest)
    revocation = _revocation(signature.signer_cert, moment, anchors)
    indication, sub = _verdict(status, covers, changes)
    if indication == "TOTAL-PASSED":
        indication, sub = _reservations(changes, stamp, revocation, proven)
    anchor = _anchor(status, anchors)
    return SignatureFinding(
        indication=indication,
        sub_indication=sub,
        timestamp=stamp,
        covers=covers,
        changes_after=changes,
        level="B-T" if stamp else "B-B",
        anchor=anchor.label if anchor else "",
        demo=bool(anchor and anchor.demo),
        revocation=revocation,
        **_measured(status),
        **_identity(signature),
    )


def _measured(status: Any) -> dict[str, Any]:
    return {
        "bytes_intact": bool(status.intact),
        "chain_trusted": bool(status.trusted),
        "algorithm": f"{status.pkcs7_signature_mechanism}/{status.md_algorithm}",
    }


def _identity(signature: Any) -> dict[str, Any]:
    """Who signed, as the signature and its certificate say."""
    certificate = signature.signer_cert
    subject = certificate.subject.native
    stamp = signature.sig_object_type == "/DocTimeStamp"
    return {
        "field": str(signature.field_name),
        "role": "timestamp" if stamp else role_of(subject),
        "signer": _text(subject.get("common_name")),
        "organisation": _text(subject.get("organization_name")),
        "title": _text(subject.get("title")),
        "claimed_at": _aware(signature.self_reported_timestamp),
        "certificate_serial": format(certificate.serial_number, "x"),
        "certificate_issuer": _text(certificate.issuer.native.get("common_name")),
        "certificate_from": certificate.not_valid_before,
        "certificate_to": certificate.not_valid_after,
    }


def _anchor(status: Any, anchors: AnchorSet) -> Anchor | None:
    """The anchor at the end of a trusted chain."""
    if status.validation_path is None or not status.trusted:
        return None
    return anchors.anchor_of(status.validation_path.trust_anchor.certificate)


def malformed(signature: Any) -> SignatureFinding:
    """The finding for a signature that cannot even be taken apart."""
    return SignatureFinding(
        field=str(getattr(signature, "field_name", "")), indication="TOTAL-FAILED",
        sub_indication="FORMAT_FAILURE", role="signer", signer="", organisation="",
        bytes_intact=False, covers="part", changes_after="unknown",
    )  # fmt: skip


def role_of(subject: dict[str, Any]) -> Literal["signer", "organisation"]:
    """A person's certificate names a surname, given name or personal serial; a seal's does not."""
    if any(subject.get(k) for k in ("surname", "given_name", "title")):
        return "signer"
    name, organisation = _text(subject.get("common_name")), _text(subject.get("organization_name"))
    return "organisation" if organisation and name.startswith(organisation[:56]) else "signer"


async def _validate(
    signature: Any, reader: Any, moment: dt.datetime, anchors: AnchorSet, skip_diff: bool
) -> Any:
    context = _context(reader, moment, anchors)
    if signature.sig_object_type == "/DocTimeStamp":
        return await async_validate_pdf_timestamp(signature, context, skip_diff=skip_diff)
    return await async_validate_pdf_signature(
        signature,
        signer_validation_context=context,
        ts_validation_context=_context(reader, moment, anchors),
        key_usage_settings=_USAGE,
        skip_diff=skip_diff,
    )


def _context(reader: Any, moment: dt.datetime, anchors: AnchorSet) -> ValidationContext:
    certificates, lists, answers = _security_store(reader)
    return ValidationContext(
        trust_roots=anchors.roots(moment),
        other_certs=certificates,
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        crls=lists,
        ocsps=answers,
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
    )


def _security_store(reader: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Certificates and revocation data that the file itself brings (PAdES B-LT)."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        return (
            list(store.load_certs()),
            [c.get_object().data for c in store.crls],
            [o.get_object().data for o in store.ocsps],
        )
    except (NoDSSFoundError, PdfError, ValueError, KeyError, TypeError, AttributeError):
        return [], [], []


def _verdict(status: Any, covers: str, changes: Changes) -> tuple[Indication, str]:
    if not status.intact:
        return "TOTAL-FAILED", "HASH_FAILURE"
    if not status.valid:
        return "TOTAL-FAILED", "SIG_CRYPTO_FAILURE"
    if covers == "part" or changes == "forbidden" or status.docmdp_ok is False:
        return "TOTAL-FAILED", "FORMAT_FAILURE"
    trouble = getattr(status, "trust_problem_indic", None)
    if trouble is not None:
        return _STATUS[trouble.status], trouble.standard_name
    if not status.trusted:
        return "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"
    return "TOTAL-PASSED", ""


def _coverage(level: SignatureCoverageLevel) -> Literal["file", "revision", "part"]:
    if level == SignatureCoverageLevel.ENTIRE_FILE:
        return "file"
    return "revision" if level == SignatureCoverageLevel.ENTIRE_REVISION else "part"


def _changes_after(status: Any, newest: bool) -> Changes:
    """What follows the signature; unsigned form filling after the newest one is no signature."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    if newest and status.modification_level == ModificationLevel.FORM_FILLING:
        return "permitted"
    return _CHANGES.get(status.modification_level, "forbidden")


def _reservations(
    changes: Changes, stamp: TimestampFinding | None, revocation: Revocation, proven: bool
) -> tuple[Indication, str]:
    """What keeps an otherwise valid signature from passing."""
    if revocation == "revoked":
        return ("TOTAL-FAILED", "REVOKED") if proven else ("INDETERMINATE", "REVOKED_NO_POE")
    if stamp and not stamp.valid:
        return "INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"
    if changes == "permitted":
        return "INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"
    return "TOTAL-PASSED", ""


def _timestamp(status: Any) -> TimestampFinding | None:
    if status is None:
        return None
    return TimestampFinding(
        at=status.timestamp,
        authority=_text(status.signing_cert.subject.native.get("common_name")),
        valid=bool(status.valid and status.intact),
        trusted=bool(status.trusted),
    )


def _revocation(certificate: Any, moment: dt.datetime, anchors: AnchorSet) -> Revocation:
    revoked = anchors.revoked_at(certificate)
    if revoked is not None and revoked <= moment:
        return "revoked"
    return "good" if anchors.has_fresh_list(certificate, moment) else "unknown"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return str(value or "")


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=dt.UTC)
