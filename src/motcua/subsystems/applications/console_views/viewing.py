"""The papers on the left of a dossier: what can be looked at, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.attachments.public import Attachment
from motcua.casework.issuing.public import IssuedDocument
from motcua.subsystems.applications.selectors import DossierPage

ZOOMS = (50, 100, 150, 200)
TURNS = (0, 90, 180, 270)
PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing that can be looked at. ``kind``: pdf, picture, other."""

    key: str
    title: str
    group: str
    kind: str
    src: str
    download: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everything on the left side: the list, the chosen sheet, how it is turned."""

    sheets: Sequence[Sheet]
    shown: Sheet | None
    zoom: int
    turn: int
    missing: Sequence[tuple[str, str]]
    links: Mapping[str, str]


def viewer_of(page: DossierPage, given: Mapping[str, str], *, prefer: str = "") -> Viewer:
    """The viewer as the address asks for it (``xem``, ``zoom``, ``xoay``).

    Args:
        prefer: the kind of sheet to open first (``result`` where it is to be signed).
    """
    sheets = [*_papers(page), *_results(page), *_slips(page)]
    wanted = given.get("xem", "")
    shown = next((s for s in sheets if s.key == wanted), None)
    if shown is None and prefer:
        shown = next((s for s in sheets if s.key.startswith(prefer)), None)
    shown = shown or (sheets[0] if sheets else None)
    zoom = _one_of(given.get("zoom", ""), ZOOMS, 100)
    turn = _one_of(given.get("xoay", ""), TURNS, 0)
    missing = [
        (row.paper.name.in_language(get_language() or "vi"), _how(row.state))
        for row in page.papers
        if not row.files
    ]
    links = _links(shown, zoom, turn) if shown else {}
    return Viewer(sheets, shown, zoom, turn, missing, links)


def _one_of(text: str, allowed: Sequence[int], otherwise: int) -> int:
    return int(text) if text.isdecimal() and int(text) in allowed else otherwise


def _how(state: str) -> str:
    return {
        "shown": _("đã xuất trình bản chính"),
        "e_form": _("thay bằng tờ khai điện tử"),
    }.get(state, _("chưa có"))


def _links(shown: Sheet, zoom: int, turn: int) -> dict[str, str]:
    place = ZOOMS.index(zoom)
    return {
        "larger": _link(shown, ZOOMS[min(place + 1, len(ZOOMS) - 1)], turn),
        "smaller": _link(shown, ZOOMS[max(place - 1, 0)], turn),
        "turned": _link(shown, zoom, (turn + 90) % 360),
    }


def _link(shown: Sheet, zoom: int, turn: int) -> str:
    return f"?xem={shown.key}&zoom={zoom}&xoay={turn}#giay-to"


def _papers(page: DossierPage) -> Iterator[Sheet]:
    language = get_language() or "vi"
    listed: set[int] = set()
    for row in page.papers:
        for attachment in row.files:
            listed.add(attachment.pk)
            yield _paper(attachment, row.paper.name.in_language(language))


def _paper(attachment: Attachment, name: str) -> Sheet:
    address = reverse("attachments:original", args=[attachment.uid])
    mime = attachment.blob.mime
    kind = "pdf" if mime == "application/pdf" else "picture" if mime in PICTURES else "other"
    return Sheet(
        f"p-{attachment.uid}",
        name,
        _("Giấy tờ đã nộp"),
        kind,
        f"{address}?view=1",
        address,
        attachment.name,
    )


def _document(document: IssuedDocument, key: str, title: str, group: str) -> Sheet:
    address = reverse("applications_console:document", args=[document.uid])
    note = _(str(IssuedDocument.State(document.state).label))
    return Sheet(key, title, group, "pdf", address, f"{address}?tai=1", note)


def _results(page: DossierPage) -> Iterator[Sheet]:
    document = page.dossier.application.result
    if document is not None:
        name: Any = page.dossier.package["result"]["name"]
        language = "en" if (get_language() or "vi").startswith("en") else "vi"
        yield _document(document, "result", name[language], _("Kết quả"))


def _slips(page: DossierPage) -> Iterator[Sheet]:
    for slip in page.slips:
        if slip.document is not None:
            title = str(_(slip.get_form_display()))
            yield _document(slip.document, f"slip-{slip.pk}", title, _("Phiếu"))
