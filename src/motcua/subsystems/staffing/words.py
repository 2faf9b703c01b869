"""The names of ways, reasons and states, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from motcua.foundation.errors import Bilingual

WAYS: Mapping[str, Bilingual] = {
    "load": Bilingual("Cho người đang ít việc nhất", "To whoever has the least work"),
    "round_robin": Bilingual("Lần lượt từng người", "In turn"),
    "field": Bilingual(
        "Theo thủ tục phụ trách, ai ít việc hơn nhận trước",
        "By procedure handled, the lighter load first",
    ),
}
KINDS: Mapping[str, Bilingual] = {
    "leave": Bilingual("Nghỉ phép", "Leave"),
    "trip": Bilingual("Công tác", "Business trip"),
    "course": Bilingual("Học tập, bồi dưỡng", "Training"),
    "other": Bilingual("Lý do khác", "Other"),
}
STATES: Mapping[str, Bilingual] = {
    "asked": Bilingual("Chờ duyệt", "Waits for approval"),
    "approved": Bilingual("Đã duyệt", "Approved"),
    "refused": Bilingual("Không duyệt", "Refused"),
    "ended": Bilingual("Đã kết thúc sớm", "Ended early"),
}
TONES: Mapping[str, str] = {"asked": "warning", "approved": "success", "refused": "danger"}


def choices(words: Mapping[str, Bilingual]) -> list[tuple[str, str]]:
    """Codes with their names in the reader's language."""
    language = get_language() or "vi"
    return [(code, name.in_language(language)) for code, name in words.items()]
