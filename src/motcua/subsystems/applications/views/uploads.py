"""Taking in the files of a form with one picker per paper."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import (
    UploadRefused,
    receive_upload,
    take_stored,
    withdraw,
)
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


GONE = Bilingual(
    "Giấy tờ này không dùng lại được nữa. Hãy chọn tệp khác.",
    "This paper can no longer be used again. Choose another file.",
)


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
    papers = tuple(papers)
    if action.startswith("stored:"):
        refused |= _take_stored(actor, action, papers, draft_key)
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


def _take_stored(
    actor: Actor, action: str, papers: Iterable[Paper], draft_key: str
) -> dict[str, Bilingual]:
    """``stored:<paper>:<uid>``: use what the person gave before."""
    component, _, uid = action.removeprefix("stored:").rpartition(":")
    if component not in {paper.id for paper in papers}:
        return {}
    try:
        take_stored(actor=actor, uid=UUID(uid), component_code=component, draft_key=draft_key)
    except UploadRefused as error:
        return {f"paper-{component}": _words("", error)}
    except (NotFound, ValueError):
        return {f"paper-{component}": GONE}
    return {}


def _words(name: str, error: UploadRefused) -> Bilingual:
    text, advice = error.text(), error.what_to_do()
    return Bilingual(f"{name}: {text.vi} {advice.vi}", f"{name}: {text.en} {advice.en}")
