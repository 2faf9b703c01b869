"""The words of choices that the tables hold in Vietnamese only."""

from __future__ import annotations

from django.utils.translation import gettext_noop

CHOICES = (
    gettext_noop("Chờ thanh toán"),
    gettext_noop("Đã thanh toán"),
    gettext_noop("Hết hạn"),
    gettext_noop("Không thành công"),
    gettext_noop("Đúng số tiền"),
    gettext_noop("Đến muộn"),
    gettext_noop("Nộp trùng"),
    gettext_noop("Nộp thiếu"),
    gettext_noop("Nộp thừa"),
    gettext_noop("Chưa rõ hồ sơ"),
    gettext_noop("Tiền mặt"),
    gettext_noop("Tiền mặt tại quầy"),
    gettext_noop("Không phải nộp (0 đ)"),
    gettext_noop("Chuyển khoản"),
    gettext_noop("Nền tảng thanh toán quốc gia"),
    gettext_noop("Chờ duyệt"),
    gettext_noop("Đã duyệt, chờ chi"),
    gettext_noop("Đang thu"),
    gettext_noop("Đã kiểm đếm, chờ duyệt"),
    gettext_noop("Đã duyệt và bàn giao"),
    gettext_noop("Chưa nộp đủ"),
    gettext_noop("Đã nộp đủ"),
    gettext_noop("Đã rút thông báo"),
)
