"""The living page: every component in every state."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.casework.access.public import audience
from motcua.foundation.errors import NotFound
from motcua.web.design.samples import samples

SWATCHES = ("action", "turn", "paper", "sunken", "good", "near", "bad", "paused", "over")
FACES = ("portal", "console")


@audience("public")
def page(request: HttpRequest, face: str = "portal") -> HttpResponse:
    """Draws the samples in one of the two faces, with the reader's theme and language."""
    if face not in FACES:
        raise NotFound
    context = {
        "face": face,
        "shell_template": f"{face}.html",
        "faces": [
            ("portal", _("Cổng dịch vụ"), reverse("design:page")),
            ("console", _("Bàn làm việc"), reverse("design:face", args=["console"])),
        ],
        "contents": _contents(),
        "swatches": SWATCHES,
        "icons": icon_names(),
        **samples(),
    }
    return render(request, "design/page.html", context)


def _contents() -> list[tuple[str, str]]:
    return [
        ("type", _("Chữ và màu")),
        ("buttons", _("Nút")),
        ("icons", _("Biểu tượng")),
        ("fields", _("Ô nhập")),
        ("clock", _("Đồng hồ hồ sơ")),
        ("timeline", _("Tiến trình")),
        ("notices", _("Thông báo trong trang")),
        ("cards", _("Thẻ")),
        ("tables", _("Bảng")),
        ("dialogs", _("Hộp thoại và chờ")),
    ]


def icon_names() -> list[str]:
    """The icons in the built sprite, in its order."""
    sprite = finders.find("dist/icons.svg")
    return re.findall(r'<symbol id="([a-z0-9-]+)"', Path(sprite).read_text()) if sprite else []
