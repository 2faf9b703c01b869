"""The papers on the left of a dossier: what can be looked at, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.attachments.public import Attachment, page_count
from motcua.casework.issuing.public import IssuedDocument, sheets_in
from motcua.foundation.timesource import local
from motcua.subsystems.applications.selectors import DossierPage

ZOOMS = (50, 100, 150, 200)
TURNS = (0, 90, 180, 270)
PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing that can be looked at. ``kind``: pdf, picture, other.

    ``counted`` tells its pages when they are wanted; ``pictured`` is the address of a page
    with ``0`` for its number; ``earlier`` the sheet it replaces.
    """

    key: str
    title: str
    group: str
    kind: str
    src: str
    download: str
    note: str = ""
    counted: Callable[[], int] | None = None
    pictured: str = ""
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Pane:
    """A sheet as it lies on the desk: at which page, and where the other pages are."""

    sheet: Sheet
    page: int
    pages: int
    src: str
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everything on the left side: the list, one or two sheets, how they are turned."""

    sheets: Sequence[Sheet]
    panes: Sequence[Pane]
    zoom: int
    turn: int
    missing: Sequence[tuple[str, str]]
    links: Mapping[str, str]
    kept: Sequence[tuple[str, str]] = ()

    @property
    def shown(self) -> Sheet | None:
        """The sheet on the left."""
        return self.panes[0].sheet if self.panes else None

    @property
    def others(self) -> list[tuple[str, str]]:
        """What the shown sheet may be compared with."""
        return [
            (sheet.key, f"{sheet.title} – {sheet.note}" if sheet.note else sheet.title)
            for sheet in self.sheets
            if sheet is not self.shown and sheet.kind != "other"
        ]

    @property
    def listed(self) -> list[tuple[Sheet, str]]:
        """Every sheet with the address that opens it."""
        return [(sheet, _address(dict(self.kept), xem=sheet.key)) for sheet in self.sheets]


def viewer_of(page: DossierPage, given: Mapping[str, str], *, prefer: str = "") -> Viewer:
    """The viewer as the address asks for it: ``xem``, ``voi`` (the sheet beside it), their
    pages ``trang`` and ``trang2``, ``zoom`` and ``xoay``.

    Args:
        prefer: the kind of sheet to open first (``result`` where it is to be signed).
    """
    sheets = [*_papers(page), *_results(page), *_slips(page)]
    by_key = {sheet.key: sheet for sheet in sheets}
    shown = by_key.get(given.get("xem", ""))
    if shown is None and prefer:
        shown = next((s for s in sheets if s.key.startswith(prefer)), None)
    shown = shown or (sheets[0] if sheets else None)
    beside = by_key.get(given.get("voi", ""))
    zoom = _one_of(given.get("zoom", ""), ZOOMS, 100)
    turn = _one_of(given.get("xoay", ""), TURNS, 0)
    missing = [
        (row.paper.name.in_language(get_language() or "vi"), _how(row.state))
        for row in page.papers
        if not row.files
    ]
    asked = {name: given[name] for name in ASKED if given.get(name)}
    if shown:
        asked["xem"] = shown.key
    panes = [_pane(shown, asked, "trang")] if shown else []
    if beside and beside is not shown:
        panes.append(_pane(beside, asked, "trang2"))
    kept = [("ho-so", given["ho-so"])] if given.get("ho-so") else []
    links = _links(shown, asked, zoom, turn) if shown else {}
    return Viewer(sheets, panes, zoom, turn, missing, links, kept)


ASKED = ("ho-so", "xem", "voi", "trang", "trang2", "zoom", "xoay")


def _one_of(text: str, allowed: Sequence[int], otherwise: int) -> int:
    return int(text) if text.isdecimal() and int(text) in allowed else otherwise


def _how(state: str) -> str:
    return {
        "shown": _("đã xuất trình bản chính"),
        "e_form": _("thay bằng tờ khai điện tử"),
    }.get(state, _("chưa có"))


def _pane(sheet: Sheet, asked: Mapping[str, str], name: str) -> Pane:
    pages = sheet.counted() if sheet.counted else 0
    text = asked.get(name, "1")
    number = min(max(int(text), 1), max(pages, 1)) if text.isdecimal() and len(text) < 5 else 1
    if not pages:
        return Pane(sheet, 1, 0, sheet.src, "", "")
    return Pane(
        sheet,
        number,
        pages,
        sheet.pictured.removesuffix("0") + str(number),
        _address(asked, **{name: str(number - 1)}) if number > 1 else "",
        _address(asked, **{name: str(number + 1)}) if number < pages else "",
    )


def _links(shown: Sheet, asked: Mapping[str, str], zoom: int, turn: int) -> dict[str, str]:
    place = ZOOMS.index(zoom)
    links = {
        "larger": _address(asked, zoom=str(ZOOMS[min(place + 1, len(ZOOMS) - 1)])),
        "smaller": _address(asked, zoom=str(ZOOMS[max(place - 1, 0)])),
        "turned": _address(asked, xoay=str((turn + 90) % 360)),
    }
    if asked.get("voi"):
        links["alone"] = _address(asked, voi="", trang2="")
    elif shown.earlier:
        links["earlier"] = _address(asked, voi=shown.earlier)
    return links


def _address(asked: Mapping[str, str], **changes: str) -> str:
    kept = {name: value for name, value in {**asked, **changes}.items() if value}
    return f"?{urlencode(kept)}"


def _papers(page: DossierPage) -> Iterator[Sheet]:
    language = get_language() or "vi"
    listed: set[int] = set()
    for row in page.papers:
        earlier = ""
        for attachment in row.files:
            listed.add(attachment.pk)
            sheet = _paper(attachment, row.paper.name.in_language(language), earlier)
            yield sheet
            earlier = sheet.key


def _paper(attachment: Attachment, name: str, earlier: str) -> Sheet:
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
        f"{attachment.name} · {local(attachment.at):%d/%m/%Y}",
        partial(page_count, attachment.blob_id) if kind == "pdf" else None,
        reverse("attachments:page", args=[attachment.uid, 0]),
        earlier,
    )


def _document(document: IssuedDocument, key: str, title: str, group: str) -> Sheet:
    address = reverse("applications_console:document", args=[document.uid])
    note = _(str(IssuedDocument.State(document.state).label))
    return Sheet(
        key,
        title,
        group,
        "pdf",
        address,
        f"{address}?tai=1",
        note,
        lambda: sheets_in(document),
        reverse("applications_console:document_page", args=[document.uid, 0]),
    )


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
