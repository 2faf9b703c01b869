"""The slips whose words may be edited: what each may name, what may be left out of it.

Everything that is not listed as optional is locked: title, parties, dates, reasons, papers,
numbers and signatures stay where Thông tư 03/2025/TT-VPCP, Phụ lục I names the form. Which
lines of it the circular leaves free was **not verified** in its text; so only lines that this
house added by itself (look-up address, help line, a hint on what to do next) may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual

PLACEHOLDERS: Mapping[str, Bilingual] = {
    "co_quan": Bilingual("Tên cơ quan", "Agency"),
    "dien_thoai": Bilingual("Điện thoại cơ quan", "Agency's telephone"),
    "dia_chi": Bilingual("Địa chỉ cơ quan", "Agency's address"),
    "ma_ho_so": Bilingual("Mã hồ sơ", "Dossier code"),
    "thu_tuc": Bilingual("Thủ tục", "Procedure"),
    "chu_ho_so": Bilingual("Chủ hồ sơ", "Owner of the dossier"),
    "ngay_nhan": Bilingual("Lúc tiếp nhận", "Received at"),
    "hen_tra": Bilingual("Lúc hẹn trả", "Due at"),
    "hen_tra_lai": Bilingual("Lúc hẹn trả lại", "New due moment"),
    "noi_nhan": Bilingual("Nơi nhận kết quả", "Where the result is returned"),
    "le_phi": Bilingual("Phí, lệ phí", "Fee"),
    "tra_cuu": Bilingual("Địa chỉ tra cứu", "Look-up address"),
    "nguoi_nop_tien": Bilingual("Người nộp tiền", "Payer"),
    "so_tien": Bilingual("Số tiền", "Amount"),
}
_AGENCY = ("co_quan", "dien_thoai", "dia_chi")
_DOSSIER = (*_AGENCY, "ma_ho_so", "thu_tuc")
_LOOKUP = Bilingual("Địa chỉ tra cứu hồ sơ", "Look-up address")


@dataclass(frozen=True, slots=True)
class SlipForm:
    """One slip: its layout, what its words may name, which of its lines may be left out.

    ``optional`` maps a line's key in the layout's data to its name. ``real`` says that a
    preview with a real dossier is possible.
    """

    slug: str
    template: str
    placeholders: tuple[str, ...]
    optional: Mapping[str, Bilingual]
    real: bool = False


def _one_stop(
    number: str, placeholders: tuple[str, ...], optional: Mapping[str, Bilingual] | None = None
) -> SlipForm:
    return SlipForm(number, f"forms/{number}", placeholders, optional or {}, real=number != "07")


_ALL = (
    _one_stop(
        "01",
        (*_DOSSIER, "chu_ho_so", "ngay_nhan", "hen_tra", "noi_nhan", "le_phi", "tra_cuu"),
        {"lookup": _LOOKUP, "phone": Bilingual("Điện thoại hỗ trợ", "Help line")},
    ),
    _one_stop("02", (*_DOSSIER, "chu_ho_so", "tra_cuu"), {"lookup": _LOOKUP}),
    _one_stop(
        "03",
        (*_DOSSIER, "chu_ho_so"),
        {"next_step": Bilingual("Việc có thể làm tiếp", "What can be done next")},
    ),
    _one_stop("04", (*_DOSSIER, "chu_ho_so", "ngay_nhan", "hen_tra", "hen_tra_lai")),
    _one_stop("05", (*_DOSSIER, "chu_ho_so", "ngay_nhan")),
    _one_stop("06", (*_DOSSIER, "ngay_nhan", "hen_tra")),
    _one_stop("07", _AGENCY),
    SlipForm("giao-nhan", "forms/hand-over", _AGENCY, {}),
    SlipForm("bien-lai", "payments/receipt", (*_DOSSIER, "nguoi_nop_tien", "so_tien"), {}),
)
FORMS: Mapping[str, SlipForm] = {form.slug: form for form in _ALL}
BY_TEMPLATE: Mapping[str, SlipForm] = {form.template: form for form in _ALL}
