"""A notice to many: what its words may say, who must approve it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from motcua.foundation.errors import Bilingual

APPLICANTS, APPOINTMENTS, OFFICIALS = "applicants", "appointments", "officials"
PLACEHOLDERS: Mapping[str, Bilingual] = {
    "co_quan": Bilingual("Cơ quan gửi", "The agency that sends"),
    "ma_ho_so": Bilingual("Mã hồ sơ", "Dossier code"),
    "thu_tuc": Bilingual("Thủ tục", "Procedure"),
    "hen_tra": Bilingual("Lúc hẹn trả", "Due at"),
    "lich_hen": Bilingual("Giờ hẹn", "Time of the appointment"),
}
OFFERED: Mapping[str, tuple[str, ...]] = {
    APPLICANTS: ("co_quan", "ma_ho_so", "thu_tuc", "hen_tra"),
    APPOINTMENTS: ("co_quan", "lich_hen"),
    OFFICIALS: ("co_quan",),
}
TEXTS = ("subject_vi", "subject_en", "body_vi", "body_en")
MOST = {"subject": 120, "body": 2000}
MOST_PEOPLE = 20_000
"""People of one notice: more is a matter for a public announcement."""
BATCH, PAUSE_SECONDS = 50, 2
"""The rate: 50 people, then a pause in which a stop takes effect."""
_TOKEN = re.compile(r"\{([^{}\n]*)\}")
_NUMBER = re.compile(r"\d{9,12}")


def faults(texts: Mapping[str, str], allowed: Collection[str]) -> dict[str, Bilingual]:
    """What is wrong with the words, by field; an unknown placeholder with its place."""
    found: dict[str, Bilingual] = {}
    for name in TEXTS:
        fault = _fault(name, texts.get(name, ""), allowed)
        if fault is not None:
            found[name] = fault
    return found


def _fault(name: str, text: str, allowed: Collection[str]) -> Bilingual | None:
    part = name.partition("_")[0]
    if not text.strip():
        return Bilingual("Cần có cả hai ngôn ngữ.", "Both languages are needed.")
    if len(text) > MOST[part]:
        return Bilingual(
            f"Dài {len(text)} ký tự; nhiều nhất {MOST[part]}.",
            f"{len(text)} characters; at most {MOST[part]}.",
        )
    if part == "subject" and _TOKEN.search(text):
        return Bilingual(
            "Tiêu đề không có chỗ điền: thư đi qua nơi người khác thấy tiêu đề.",
            "No placeholders in a subject: others see it on the way.",
        )
    if _NUMBER.search(text) and part == "subject":
        return Bilingual(
            "Tiêu đề không nêu số định danh, điện thoại.",
            "No identity or telephone numbers in a subject.",
        )
    return _bad_placeholder(text, allowed)


def _bad_placeholder(text: str, allowed: Collection[str]) -> Bilingual | None:
    for number, line in enumerate(text.split("\n"), start=1):
        for token in _TOKEN.finditer(line):
            if token[1] not in allowed:
                place, shown = token.start() + 1, token[0][:40]
                return Bilingual(
                    f"Dòng {number}, ký tự {place}: không có chỗ điền “{shown}”.",
                    f"Line {number}, character {place}: there is no placeholder “{shown}”.",
                )
        left = _TOKEN.sub("", line)
        if "{" in left or "}" in left:
            return Bilingual(
                f"Dòng {number}: dấu ngoặc nhọn không có đôi.",
                f"Line {number}: a curly bracket has no partner.",
            )
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders, filled once; one without a value is a dotted gap."""
    return _TOKEN.sub(lambda token: values.get(token[1]) or "……", text)


def needs_second(people: int, alone: int) -> bool:
    """Whether a second person must approve: more people than one may reach alone."""
    return people > alone
