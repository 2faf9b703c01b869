"""Taking in the files of a form with one picker per paper."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

from django.http import HttpRequest

from motcua.casework.attachments.public import UploadRefused, receive_upload, withdraw
from motcua.foundation.errors import Bilingual, NotFound
from motcua.subsystems.procedures.public import Paper

TYPES = {
    "pdf": frozenset({"pdf"}),
    "image": frozenset({"jpg", "png", "heic"}),
    "docx": frozenset({"docx"}),
    "xlsx": frozenset({"xlsx"}),
    "zip": frozenset({"zip"}),
}
ACCEPT = {"pdf": "application/pdf", "image": "image/*", "docx": ".docx", "xlsx": ".xlsx"}


def types_of(paper: Paper) -> frozenset[str]:
    """The file types taken for a paper."""
    found = frozenset[str]().union(*(TYPES.get(kind, frozenset()) for kind in paper.accept))
    return found or TYPES["pdf"] | TYPES["image"]


def accept_of(paper: Paper) -> str:
    """The same for the file picker."""
    kinds = [ACCEPT[kind] for kind in paper.accept if kind in ACCEPT]
    return ",".join(kinds) or "image/*,application/pdf"


def take_papers(
    request: HttpRequest, papers: Iterable[Paper], *, draft_key: str
) -> dict[str, Bilingual]:
    """Receive every chosen file, take back what the person removes; refusals by field.

    Each good file is kept even when its neighbour is refused.
    """
    actor = cast(Any, request).actor
    action = request.POST.get("_action", "")
    if action.startswith("remove:"):
        # Pressed twice, it is gone already.
        with suppress(NotFound):
            withdraw(actor=actor, uid=action.removeprefix("remove:"))
    refused: dict[str, Bilingual] = {}
    for paper in papers:
        for file in request.FILES.getlist(f"paper-{paper.id}"):
            try:
                receive_upload(
                    actor=actor,
                    file=file,
                    component_code=paper.id,
                    draft_key=draft_key,
                    accept=types_of(paper),
                )
            except UploadRefused as error:
                refused[f"paper-{paper.id}"] = _words(str(file.name), error)
    return refused


def _words(name: str, error: UploadRefused) -> Bilingual:
    text, advice = error.text(), error.what_to_do()
    return Bilingual(f"{name}: {text.vi} {advice.vi}", f"{name}: {text.en} {advice.en}")
