"""Finding a second file inside a first one."""

from __future__ import annotations

from pathlib import Path

from motcua.casework.attachments.errors import HiddenContent

TAIL = 66_000
"""A ZIP's directory end lies within its last 65,557 bytes (APPNOTE 4.3.16)."""
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<?php", b"<svg")


def refuse_hidden(path: Path, *, pdf: bool = False) -> None:
    """Refuse a file that is also a ZIP (or JAR), a PDF (unless it is one) or a web page.

    Raises:
        HiddenContent: it is.
    """
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    lower = head.lower()
    if b"PK\x05\x06" in tail or any(mark in lower for mark in _MARKUP):
        raise HiddenContent
    if not pdf and b"%PDF-" in head:
        raise HiddenContent
