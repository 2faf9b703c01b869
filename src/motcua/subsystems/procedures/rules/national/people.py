"""Who: levels, subjects, agencies. Lists joined by commas whose members hold commas."""

from __future__ import annotations

import re
from typing import Final

from motcua.subsystems.procedures.rules.national.shapes import (
    NOT_STATED,
    UPPER,
    Doubt,
    says_nothing,
    tidy,
)

LEVELS: Final = {
    "Cấp bộ": "ministry",
    "Cấp tỉnh": "city",
    "Cấp huyện": "district",
    "Cấp xã": "commune",
    "Cơ quan khác": "other",
}
SUBJECTS: Final = (
    "Công dân Việt Nam",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài",
    "Cán bộ, công chức, viên chức",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Doanh nghiệp Việt Nam",
    "Doanh nghiệp",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Tổ chức nước ngoài",
    "Hợp tác xã",
)
# How names of agencies begin; after a comma these begin another agency.
_HEADS: Final = (
    "Ủy ban|Uỷ ban|UBND|Công an|Cục|Chi cục|Tổng cục|Sở|Bộ|Phòng|Chủ tịch|Trung tâm|Văn phòng|"
    "Cơ quan|Cơ sở|Tòa án|Toà án|Viện|Vụ|Ban|Hội|Bảo hiểm|Thanh tra|Đại sứ|Trường|Thủ tướng|"
    "Chính phủ|Quốc hội|Liên đoàn|Ngân hàng|Kho bạc|Hội đồng|Tổ chức|Đơn vị|Các|Đội|Kiểm lâm|"
    "Hải quan|Thuế|Trạm|Bệnh viện|Học viện|Doanh nghiệp|Công ty|Tập đoàn|Giám đốc|Bộ trưởng|"
    "Sân bay|Cảng|Đồn|Tổng|Quỹ|Thi hành án|Chính quyền|Đảng|Liên minh|Đoàn|Lãnh sự|Uỷ viên"
)
_SEAM = re.compile(rf",\s+(?=(?:{_HEADS})\b)")
_SUBJECT = re.compile("|".join(re.escape(name) for name in SUBJECTS))
PROVINCE_SIGN: Final = re.compile(r"(?:QĐ|QD|NQ)-(?:UBND|HĐND|CT)\b", re.IGNORECASE)


def read_levels(text: str) -> tuple[list[str], list[Doubt]]:
    """Levels of government that carry the procedure out; the district level is abolished."""
    if says_nothing(text):
        return [], [Doubt("level", NOT_STATED, "level", text)]
    found: list[str] = []
    doubts: list[Doubt] = []
    for word in re.split(r"\s*,\s*", tidy(text)):
        level = LEVELS.get(word)
        if level is None:
            doubts.append(Doubt("level", "unknown_word", "level", word))
            continue
        found.append(level)
        if level == "district":
            doubts.append(Doubt("level", "abolished", "level", word))
    return found, doubts


def read_subjects(text: str) -> tuple[list[str], list[Doubt]]:
    """Who may apply, by the catalogue's groups."""
    said = tidy(text)
    if says_nothing(said):
        return [], [Doubt("subject", NOT_STATED, "subjects", text)]
    rest = _SUBJECT.sub("", said).strip(" ,\n")
    doubts = [Doubt("subject", "unknown_word", "subjects", rest)] if rest else []
    return _SUBJECT.findall(said), doubts


def read_agencies(text: str, place: str, *, needed: bool) -> tuple[list[str], list[Doubt]]:
    """Agencies; a comma ends a name only where the next words begin one.

    >>> read_agencies("Công an tỉnh, Cục cảnh sát giao thông", "x", needed=True)[0]
    ['Công an tỉnh', 'Cục cảnh sát giao thông']
    """
    said = tidy(text).replace("\n", " ")
    if says_nothing(said):
        return [], [Doubt("agency", NOT_STATED, place, text)] if needed else []
    found = [name.strip(" .;") for name in _SEAM.split(said)]
    odd = [name for name in found if re.search(rf", [{UPPER}]", name)]
    return found, [Doubt("agency", "unclear_list", place, name) for name in odd]
