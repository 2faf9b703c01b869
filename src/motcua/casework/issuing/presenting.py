"""A report as a page shows it: words first, the ETSI terms and technical facts folded below."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.casework.issuing.verification.report import Report, SignatureFinding
from motcua.foundation import timesource

_KIND = {"TOTAL-PASSED": "success", "TOTAL-FAILED": "danger", "INDETERMINATE": "warning"}


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """One signature on a page."""

    heading: str
    verdict: str
    kind: str
    sentence: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A whole report on a page."""

    verdict: str
    kind: str
    title: str
    sentence: str
    demo: bool
    sha256: str
    checked_at: str
    signatures: list[ShownSignature]


def shown(report: Report, language: str) -> ShownReport:
    """The report in the reader's language."""
    titles = {
        "TOTAL-PASSED": _("Chữ ký hợp lệ"),
        "TOTAL-FAILED": _("Chữ ký không hợp lệ"),
        "INDETERMINATE": _("Chưa kết luận được"),
    }
    return ShownReport(
        verdict=" · ".join(w for w in (report.indication, report.sub_indication) if w),
        kind=_KIND[report.indication],
        title=titles[report.indication],
        sentence=report.sentence().in_language(language),
        demo=report.demo,
        sha256=report.sha256,
        checked_at=f"{timesource.local(report.checked_at):%H:%M:%S %d/%m/%Y}",
        signatures=[_signature(s, language) for s in report.signatures],
    )


def _signature(found: SignatureFinding, language: str) -> ShownSignature:
    roles = {
        "signer": _("Người ký"),
        "organisation": _("Dấu của cơ quan, tổ chức"),
        "timestamp": _("Dấu thời gian của văn bản"),
    }
    return ShownSignature(
        heading=f"{roles[found.role]}: {found.signer or '?'}",
        verdict=" · ".join(w for w in (found.indication, found.sub_indication) if w),
        kind=_KIND[found.indication],
        sentence=found.sentence().in_language(language),
        facts=[(label, value) for label, value in _facts(found) if value],
    )


def _facts(found: SignatureFinding) -> list[tuple[str, str]]:
    return [
        (_("Thay mặt"), found.organisation if found.role == "signer" else ""),
        (_("Chức vụ"), found.title),
        (_("Nội dung đã ký"), _("Nguyên vẹn") if found.bytes_intact else _("Đã bị thay đổi")),
        (_("Sau khi ký"), _changes(found)),
        (_("Dấu thời gian"), _stamp(found)),
        (_("Chứng thư số do"), found.certificate_issuer),
        (_("Thời hạn chứng thư số"), _validity(found)),
        (_("Tình trạng thu hồi"), _revocation(found)),
        (_("Gốc tin cậy"), found.anchor or _("Không có trong danh sách tin cậy")),
        (_("Số hiệu chứng thư"), found.certificate_serial),
        (_("Thuật toán"), f"{found.algorithm} · PAdES {found.level}" if found.level else ""),
    ]


def _changes(found: SignatureFinding) -> str:
    return {
        "none": _("Không thay đổi một byte nào"),
        "signatures-only": _("Chỉ có thêm chữ ký khác"),
        "permitted": _("Có bổ sung được phép"),
        "forbidden": _("Có thay đổi không được phép"),
        "unknown": _("Không xác định được"),
    }[found.changes_after]


def _stamp(found: SignatureFinding) -> str:
    stamp = found.timestamp
    if stamp is None:
        return _("Không có; giờ ký theo máy của người ký")
    at = f"{timesource.local(stamp.at):%H:%M:%S %d/%m/%Y}"
    if not stamp.valid:
        return _("%(at)s – không hợp lệ") % {"at": at}
    return f"{at}, {stamp.authority}"


def _validity(found: SignatureFinding) -> str:
    if found.certificate_from is None or found.certificate_to is None:
        return ""
    first, last = timesource.local(found.certificate_from), timesource.local(found.certificate_to)
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _revocation(found: SignatureFinding) -> str:
    return {
        "good": _("Không bị thu hồi theo danh sách hiện có"),
        "revoked": _("Đã bị thu hồi"),
        "unknown": _("Chưa có danh sách thu hồi để đối chiếu"),
    }[found.revocation]
