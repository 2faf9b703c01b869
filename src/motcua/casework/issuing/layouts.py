"""The catalogue of templates: which file draws what, and what it must be given.

A slice adds its own with :func:`register_layout`; the file then lies in that
slice's ``typst/`` folder and may import ``/nd30.typ``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from motcua.casework.attachments.public import sheets_of_stored
from motcua.casework.issuing.errors import UnknownTemplate
from motcua.foundation.errors import Bilingual

TYPST_DIR = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class Layout:
    """One printable document.

    Attributes:
        key: name used by callers, for example ``forms/01``.
        name: what people call it.
        file: the Typst source, relative to the part's ``typst`` folder, or absolute.
        required: data keys that must be present and not empty.
        notation: default abbreviation in the document's number.
        hand: ``officer`` when the official signs in their own post (slips), ``agency``
            when they sign for the agency and need the power to (decisions, certificates).
        fill: adds to the data, each time it is laid out, what is too large to keep with a
            draft: the sheets of a scan.
    """

    key: str
    name: Bilingual
    file: Path
    required: tuple[str, ...] = ()
    notation: str = ""
    hand: Literal["officer", "agency"] = "agency"
    fill: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None


_layouts: dict[str, Layout] = {}


def register_layout(layout: Layout) -> None:
    """Add a template; the same key may be registered twice only with the same content."""
    known = _layouts.setdefault(layout.key, layout)
    if known != layout:
        raise ValueError(f"template {layout.key} is already registered")


def layout(key: str) -> Layout:
    """The template of that key.

    Raises:
        UnknownTemplate: there is none.
    """
    if key not in _layouts:
        raise UnknownTemplate(template=key)
    return _layouts[key]


def layouts() -> list[Layout]:
    """All templates in order of registration."""
    return list(_layouts.values())


_EVERY = ("agency", "place")
_SLIP = (*_EVERY, "dossier_code", "procedure")

# Slips 04, 05 and the yearly register bind the agency; the others are the counter's own papers.
_BY_THE_AGENCY = {"04", "05", "07"}

# Names: Thông tư 03/2025/TT-VPCP, Phụ lục I. The notations are the project's
# defaults; an agency sets its own in its registers.
for _key, _vi, _en, _required, _notation in (
    ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt and appointment slip",
     (*_SLIP, "submitter", "received_at"), "TNHS"),
    ("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to complete the dossier",
     (*_SLIP, "problems"), "HDHS"),
    ("03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Refusal slip",
     (*_EVERY, "procedure", "reason", "basis"), "TCHS"),
    ("04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "Apology and new date",
     (*_SLIP, "reason", "due_at", "new_due_at"), "XLGH"),
    ("05", "Thông báo dừng giải quyết hồ sơ", "Notice that handling stops",
     (*_SLIP, "reason", "stopped_at"), "DGQ"),
    ("06", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip of the handling",
     (*_SLIP, "steps"), "KSHS"),
    ("07", "Sổ theo dõi hồ sơ", "Register of dossiers", (*_EVERY, "year"), "STD"),
):  # fmt: skip
    register_layout(
        Layout(f"forms/{_key}", Bilingual(_vi, _en), TYPST_DIR / "forms" / f"{_key}.typ",
               _required, _notation, "agency" if _key in _BY_THE_AGENCY else "officer")
    )  # fmt: skip

register_layout(
    Layout("forms/hand-over", Bilingual("Phiếu giao nhận hồ sơ, kết quả", "Hand-over sheet"),
           TYPST_DIR / "forms" / "hand-over.typ",
           (*_EVERY, "heading", "giver", "receiver", "rows"), "GNHS", "officer")
)  # fmt: skip

for _key, _vi, _en, _required, _notation in (
    ("birth-extract", "Trích lục khai sinh", "Extract of a birth registration",
     (*_EVERY, "child", "registered_at"), "TLKS"),
    ("marital-status", "Giấy xác nhận tình trạng hôn nhân", "Marital-status certificate",
     (*_EVERY, "person", "status", "purpose"), "XNTTHN"),
    ("household-business", "Giấy chứng nhận đăng ký hộ kinh doanh",
     "Household-business registration certificate",
     (*_EVERY, "business_code", "business_name", "address", "owner", "activities"), "GCN-HKD"),
    ("building-permit", "Giấy phép xây dựng", "Building permit",
     (*_EVERY, "owner", "work", "site", "valid_for"), "GPXD"),
    ("social-pension", "Quyết định trợ cấp hưu trí xã hội", "Social-pension decision",
     (*_EVERY, "authority", "grounds", "person", "amount", "from_month"), "QĐ-UBND"),
    ("civil-extract", "Trích lục hộ tịch", "Civil-status extract",
     (*_EVERY, "title", "sections", "registered_at", "registered_on"), "TLHT"),
    ("marriage-certificate", "Giấy chứng nhận kết hôn", "Marriage certificate",
     (*_EVERY, "husband", "wife", "registered_at", "registered_on"), "KH"),
    ("certificate", "Giấy chứng nhận, giấy phép, giấy xác nhận",
     "Certificate, permit or confirmation", (*_EVERY, "title", "rows"), "GCN"),
    ("decision", "Quyết định", "Decision",
     (*_EVERY, "subject", "authority", "grounds", "articles"), "QĐ-UBND"),
    ("letter", "Công văn", "Official letter", (*_EVERY, "subject", "addressees", "paragraphs"),
     "UBND"),
):  # fmt: skip
    register_layout(
        Layout(f"results/{_key}", Bilingual(_vi, _en), TYPST_DIR / "results" / f"{_key}.typ",
               _required, _notation)
    )  # fmt: skip


def _with_sheets(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data with the sheets of the stored PDFs that ``scan`` names."""
    sheets = [sheet for sha256 in data.get("scan", ()) for sheet in sheets_of_stored(sha256)]
    drawn = [{"svg": sheet.svg, "landscape": sheet.landscape} for sheet in sheets]
    return {**data, "sheets": drawn}


register_layout(
    Layout(
        "results/certified-e-copy",
        Bilingual("Bản sao điện tử được chứng thực từ bản chính", "Certified electronic copy"),
        TYPST_DIR / "results" / "certified-e-copy.typ",
        (*_EVERY, "scan", "rows"),
        "SCT/BS",
        fill=_with_sheets,
    )
)

# Signing asks the compiler for the place of the signature, which it only answers for files of
# its own folder; so the receipt lies here although payments alone issues it.
register_layout(
    Layout(
        "payments/receipt",
        Bilingual("Biên lai thu phí, lệ phí", "Receipt of fees"),
        TYPST_DIR / "receipt.typ",
        ("receipt", "payer", "total"),
        "BL",
        "officer",
    )
)
