"""The living page: every component in every state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.foundation.errors import NotFound
from motcua.web.design.samples import samples

FACES = ("portal", "console")


def page(request: HttpRequest, face: str = "portal") -> HttpResponse:
    """Draws the samples in one of the two faces, with the reader's theme and language."""
    if face not in FACES:
        raise NotFound
    context = {"face": face, "shell_template": f"{face}.html", **samples()}
    return render(request, "design/page.html", context)
