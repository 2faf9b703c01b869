"""What a check found: for machines the ETSI words, for people sentences."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from motcua.foundation import timesource
from motcua.foundation.errors import Bilingual

Indication = Literal["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"]
Problem = Literal["", "no-signature", "encrypted", "unreadable", "too-large"]
Changes = Literal["none", "signatures-only", "permitted", "forbidden", "unknown"]
Revocation = Literal["good", "revoked", "unknown"]


class TimestampFinding(msgspec.Struct, frozen=True, kw_only=True):
    """An RFC 3161 stamp inside a signature."""

    at: dt.datetime
    authority: str
    valid: bool
    trusted: bool


class SignatureFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One signature.

    Attributes:
        indication: EN 319 102-1 §5.1.3 status.
        sub_indication: its sub-indication, empty when passed.
        role: ``signer`` (a person), ``organisation`` (a seal) or ``timestamp`` (document stamp).
        signer: name in the certificate.
        organisation: for whom, as the certificate says.
        claimed_at: the time the signer's machine wrote; no proof.
        bytes_intact: the signed bytes hash to the signed value.
        covers: ``file`` (to its last byte), ``revision`` (to the end of its revision),
            ``part`` (leaves bytes out).
        changes_after: what was added to the file after this signature.
        revocation: the certificate's status in the lists at hand.
        demo: the chain ends at a demo anchor.
    """

    field: str
    indication: Indication
    sub_indication: str
    role: Literal["signer", "organisation", "timestamp"]
    signer: str
    organisation: str
    title: str = ""
    claimed_at: dt.datetime | None = None
    timestamp: TimestampFinding | None = None
    bytes_intact: bool
    covers: Literal["file", "revision", "part"]
    changes_after: Changes
    level: str = ""
    algorithm: str = ""
    certificate_serial: str = ""
    certificate_issuer: str = ""
    certificate_from: dt.datetime | None = None
    certificate_to: dt.datetime | None = None
    chain_trusted: bool = False
    anchor: str = ""
    revocation: Revocation = "unknown"
    demo: bool = False

    def sentence(self) -> Bilingual:
        """One plain sentence about this signature."""
        return _sentence(self)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole check of one file.

    ``indication`` is the worst of the signatures'; a file that could not be
    checked is INDETERMINATE with ``problem`` saying why.
    """

    sha256: str
    size: int
    checked_at: dt.datetime
    indication: Indication
    sub_indication: str
    problem: Problem = ""
    signatures: tuple[SignatureFinding, ...] = ()

    @property
    def passed(self) -> bool:
        """Every signature is TOTAL-PASSED, and there is at least one."""
        return self.indication == "TOTAL-PASSED"

    @property
    def demo(self) -> bool:
        """Some signature rests on a demo certificate."""
        return any(s.demo for s in self.signatures)

    def sentence(self) -> Bilingual:
        """The outcome in one plain sentence."""
        if self.problem:
            return _PROBLEMS[self.problem]
        text = _OUTCOMES[self.indication]
        if self.demo:
            return Bilingual(f"{text.vi} {_DEMO.vi}", f"{text.en} {_DEMO.en}")
        return text


_DEMO = Bilingual(
    "Chữ ký dùng chứng thư số DEMO – không có giá trị pháp lý.",
    "It is signed with DEMO certificates that have no legal value.",
)
_PROBLEMS: dict[str, Bilingual] = {
    "no-signature": Bilingual(
        "Tệp này không có chữ ký số nào.", "This file carries no digital signature."
    ),
    "encrypted": Bilingual(
        "Tệp được đặt mật khẩu nên không kiểm tra được; hãy dùng bản không khóa.",
        "The file is encrypted and cannot be checked; use an unlocked copy.",
    ),
    "unreadable": Bilingual(
        "Tệp hỏng hoặc không phải PDF nên không đọc được.",
        "The file is damaged or is not a PDF and cannot be read.",
    ),
    "too-large": Bilingual(
        "Tệp lớn hơn mức cho phép nên không được kiểm tra.",
        "The file is larger than allowed and was not checked.",
    ),
}
_OUTCOMES: dict[str, Bilingual] = {
    "TOTAL-PASSED": Bilingual(
        "Nội dung còn nguyên vẹn và người ký được xác nhận.",
        "The content is unchanged and the signers are confirmed.",
    ),
    "TOTAL-FAILED": Bilingual(
        "Không được dùng tệp này làm căn cứ vì có chữ ký không hợp lệ.",
        "Do not rely on this file: a signature is not valid.",
    ),
    "INDETERMINATE": Bilingual(
        "Chưa đủ căn cứ để kết luận chữ ký hợp lệ.",
        "There is not enough evidence to call the signatures valid.",
    ),
}
_REASONS: dict[str, Bilingual] = {
    "HASH_FAILURE": Bilingual(
        "nội dung đã bị thay đổi sau khi ký", "the content was changed after signing"
    ),
    "SIG_CRYPTO_FAILURE": Bilingual(
        "giá trị chữ ký không khớp với chứng thư số",
        "the signature value does not match its certificate",
    ),
    "FORMAT_FAILURE": Bilingual(
        "tệp có phần bổ sung hoặc cấu trúc không được chữ ký cho phép",
        "the file has additions or a structure that the signature does not allow",
    ),
    "REVOKED": Bilingual(
        "chứng thư số đã bị thu hồi trước khi ký", "the certificate was revoked before signing"
    ),
    "NO_CERTIFICATE_CHAIN_FOUND": Bilingual(
        "chứng thư số không do tổ chức đang được hệ thống này tin cậy cấp",
        "the certificate comes from no authority trusted by this system",
    ),
    "OUT_OF_BOUNDS_NO_POE": Bilingual(
        "chứng thư số ngoài thời hạn và không có dấu thời gian chứng minh lúc ký",
        "the certificate is outside its validity and no timestamp proves when it was signed",
    ),
    "REVOKED_NO_POE": Bilingual(
        "chứng thư số đã bị thu hồi và không có dấu thời gian chứng minh ký trước đó",
        "the certificate is revoked and no timestamp proves an earlier signing",
    ),
}
_REASONS["SIG_CONSTRAINTS_FAILURE"] = Bilingual(
    "có phần bổ sung không được ai ký, hoặc dấu thời gian không hợp lệ",
    "something was added that nobody signed, or its timestamp is not valid",
)
_OTHER_REASON = Bilingual("chưa xác minh được đầy đủ", "it could not be verified fully")


def _sentence(s: SignatureFinding) -> Bilingual:
    who = s.signer or "?"
    for_vi = f" thay mặt {s.organisation}" if s.organisation and s.role == "signer" else ""
    for_en = f" for {s.organisation}" if s.organisation and s.role == "signer" else ""
    verb_vi, verb_en = {
        "signer": ("ký", "signed"),
        "organisation": ("đóng dấu cơ quan", "sealed"),
        "timestamp": ("cấp dấu thời gian", "timestamped"),
    }[s.role]
    if s.indication == "TOTAL-PASSED":
        return Bilingual(
            f"{who}{for_vi} đã {verb_vi} {_when(s).vi}; từ đó {_since(s).vi}.",
            f"{who}{for_en} {verb_en} it {_when(s).en}; since then {_since(s).en}.",
        )
    why = _REASONS.get(s.sub_indication, _OTHER_REASON)
    word_vi, word_en = (
        ("không hợp lệ", "is not valid")
        if s.indication == "TOTAL-FAILED"
        else ("chưa kết luận được", "is undecided")
    )
    return Bilingual(
        f"Chữ ký ghi tên {who}{for_vi} {word_vi}: {why.vi}.",
        f"The signature in the name of {who}{for_en} {word_en}: {why.en}.",
    )


def _when(s: SignatureFinding) -> Bilingual:
    if s.timestamp and s.timestamp.valid:
        at = f"{timesource.local(s.timestamp.at):%H:%M %d/%m/%Y}"
        return Bilingual(f"lúc {at} (có dấu thời gian)", f"at {at} (timestamped)")
    if s.claimed_at:
        at = f"{timesource.local(s.claimed_at):%H:%M %d/%m/%Y}"
        return Bilingual(f"lúc {at} theo máy của người ký", f"at {at} by the signer's clock")
    return Bilingual("vào lúc không ghi rõ", "at an unstated time")


def _since(s: SignatureFinding) -> Bilingual:
    if s.changes_after == "none":
        return Bilingual("tệp không đổi một byte nào", "not one byte of the file has changed")
    if s.changes_after == "signatures-only":
        return Bilingual(
            "nội dung đã ký không đổi, chỉ có thêm chữ ký khác",
            "the signed content is unchanged and only further signatures were added",
        )
    return Bilingual(
        "nội dung đã ký không đổi, chỉ có bổ sung được phép",
        "the signed content is unchanged and only permitted additions were made",
    )
