"""Rungs and refusals in words."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual
from motcua.subsystems.escalation.rules import AGAIN, BEFORE, HEAD, LEADER, OFFICER, SHARE

TEMPLATES = {SHARE: "ladder.share", BEFORE: "ladder.before"}
WHOM = {
    OFFICER: Bilingual("người đang xử lý", "who handles it"),
    HEAD: Bilingual("lãnh đạo đơn vị", "head of the unit"),
    LEADER: Bilingual("lãnh đạo ký", "leader"),
    "supervisor": Bilingual("giám sát thành phố", "city supervisor"),
}
WHEN_NAMES = {
    SHARE: Bilingual("Đã dùng … % thời gian", "… % of the time used"),
    BEFORE: Bilingual("Còn … ngày làm việc", "… working days left"),
    "overdue": Bilingual("Quá hạn … ngày làm việc (0: vừa quá)", "… working days overdue (0: now)"),
    AGAIN: Bilingual("Nhắc lại mỗi … ngày làm việc", "again every … working days"),
}
FAULTS = {
    "none": Bilingual("Ghi ít nhất một bậc.", "Enter at least one rung."),
    "many": Bilingual("Nhiều nhất 10 bậc.", "At most 10 rungs."),
    "twice": Bilingual(
        "Có hai bậc trùng nhau; nhắc lại chỉ ghi một lần.",
        "Two rungs are the same; a repeated reminder stands once.",
    ),
    "amount": Bilingual(
        "Số của bậc không hợp lệ: 1–99 %, 1–30 ngày trước, 0–60 ngày sau hạn.",
        "A rung's number is wrong: 1–99 %, 1–30 days before, 0–60 days after.",
    ),
    "tell": Bilingual("Mỗi bậc phải báo cho ít nhất một người.", "Each rung must tell somebody."),
    "past": Bilingual("Chọn ngày từ hôm nay trở đi.", "Choose a day from today on."),
    "reason": Bilingual("Ghi lý do thay đổi.", "Say why it is changed."),
    "text": Bilingual("Ghi nội dung giải trình.", "Write the explanation."),
    "agency": Bilingual("Không có cơ quan mang mã này.", "No agency has this code."),
}


def template_of_key(key: str) -> str:
    """The notice that tells of a rung."""
    return TEMPLATES.get(key.partition(":")[0], "ladder.overdue")


def key_words(key: str) -> Bilingual:
    """A passed rung in words.

    >>> str(key_words("again:5:2"))
    'quá hạn 10 ngày làm việc'
    """
    when, *numbers = key.split(":")
    amount = int(numbers[0])
    if when == SHARE:
        return Bilingual(f"đã dùng {amount} % thời gian", f"{amount} % of the time used")
    if when == BEFORE:
        return Bilingual(f"còn {amount} ngày làm việc", f"{amount} working days left")
    days = amount * (int(numbers[1]) if len(numbers) > 1 else 1)
    if not days:
        return Bilingual("vừa quá hạn", "overdue now")
    return Bilingual(f"quá hạn {days} ngày làm việc", f"{days} working days overdue")
