"""The words of choices that the tables hold in Vietnamese only."""

from __future__ import annotations

from django.utils.translation import gettext_noop

CHOICES = (
    gettext_noop("Đã đặt"),
    gettext_noop("Đã đến"),
    gettext_noop("Không đến"),
    gettext_noop("Đã hủy"),
    gettext_noop("Máy lấy số"),
    gettext_noop("Màn hình gọi số"),
    gettext_noop("Máy tính bảng đánh giá"),
    gettext_noop("Lịch hẹn (iCalendar)"),
)
