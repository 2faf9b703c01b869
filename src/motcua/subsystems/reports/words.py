"""The words of choices that the tables hold in Vietnamese only."""

from __future__ import annotations

from django.utils.translation import gettext_noop

CHOICES = (
    gettext_noop("Khẩn cấp"),
    gettext_noop("Gấp"),
    gettext_noop("Thông thường"),
    gettext_noop("Phức tạp"),
)
