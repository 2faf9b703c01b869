"""From a template and a data dictionary to PDF/A-2b, with the places for signatures.

One compiler is kept for the process: its fonts and sources stay parsed, which
is what makes a page cost milliseconds. Typst is loaded at the first document,
not when the web process starts.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.casework.issuing import fonts
from motcua.casework.issuing.errors import FontsMissing, RenderingFailed, TemplateDataMissing
from motcua.casework.issuing.layouts import TYPST_DIR, Layout, layout
from motcua.foundation import timesource
from motcua.foundation.errors import Bilingual

if TYPE_CHECKING:
    import typst

_lock = threading.Lock()
_compilers: dict[Path, typst.Compiler] = {}


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A rectangle in PDF points, origin at the bottom left of page ``page`` (from 0)."""

    kind: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A laid-out document and where its signatures go."""

    pdf: bytes
    places: tuple[SignaturePlace, ...]

    def place(self, kind: str) -> SignaturePlace | None:
        """The last place of that kind, or ``None``."""
        return next((p for p in reversed(self.places) if p.kind == kind), None)


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Lay out ``template`` with ``data`` as PDF/A-2b (ISO 19005-2).

    Data keys with meaning in every template: ``superior``, ``agency``, ``number``,
    ``notation``, ``place``, ``date`` (yyyy-mm-dd), ``signer`` (``lines``, ``name``),
    ``recipients``, ``code``, ``qr`` (SVG), ``verify_at``, ``draft``, ``demo``.
    Layout after Nghị định 30/2020/NĐ-CP, Phụ lục I.

    Raises:
        UnknownTemplate: no such template.
        TemplateDataMissing: a required key is absent; ``fields`` names each.
        RenderingFailed: the layout engine refused.
        FontsMissing: the print fonts are not installed.
    """
    return _compile(layout(template), data, want_places=False).pdf


def render_for_signing(template: str, data: Mapping[str, Any]) -> Rendered:
    """Like :func:`render`, and also tells where the signatures go."""
    return _compile(layout(template), data, want_places=True)


def preview(template: str, data: Mapping[str, Any], *, ppi: float = 96) -> list[bytes]:
    """The pages as PNG pictures of ``ppi`` dots per inch."""
    chosen = layout(template)
    _check(chosen, data)
    data = chosen.fill(data) if chosen.fill else data
    pages = _run(chosen, data, lambda c, inputs: c.compile(
        input=_source(chosen), format="png", ppi=ppi, sys_inputs=inputs))  # fmt: skip
    return pages if isinstance(pages, list) else [pages]


def _compile(chosen: Layout, data: Mapping[str, Any], *, want_places: bool) -> Rendered:
    _check(chosen, data)
    data = chosen.fill(data) if chosen.fill else data
    stamp = int(timesource.now().timestamp())

    def work(compiler: typst.Compiler, inputs: dict[str, str]) -> Rendered:
        pdf: Any = compiler.compile(
            input=_source(chosen),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2b"],
            timestamp=stamp,
        )
        found: Any = compiler.query("<signature-place>", field="value") if want_places else "[]"
        return Rendered(bytes(pdf), tuple(_place(p) for p in json.loads(found)))

    return _run(chosen, data, work)


def _source(chosen: Layout) -> Any:
    """The main file: by name within the compiler's root, by content when a slice brings it."""
    inside = chosen.file.is_relative_to(TYPST_DIR)
    return str(chosen.file) if inside else chosen.file.read_bytes()


def _run(chosen: Layout, data: Mapping[str, Any], work: Any) -> Any:
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _lock:
        compiler = _compilers.get(TYPST_DIR) or _start()
        try:
            return work(compiler, inputs)
        except typst.TypstError as error:
            raise RenderingFailed(template=chosen.key) from error


def _start() -> typst.Compiler:
    import typst

    faces = fonts.body_fonts()
    letters = fonts.vietnamese_letters()
    if not faces or any(fonts.missing_letters(face, letters) for face in faces):
        raise FontsMissing
    book = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False,
        font_paths=[str(folder) for folder in sorted({face.parent for face in faces})],
    )  # fmt: skip
    compiler = typst.Compiler(root=str(TYPST_DIR), font_paths=book, ignore_system_fonts=True)
    _compilers[TYPST_DIR] = compiler
    return compiler


def _check(chosen: Layout, data: Mapping[str, Any]) -> None:
    absent = [key for key in chosen.required if data.get(key) in (None, "", [], {})]
    if absent:
        raise TemplateDataMissing(
            fields={
                key: Bilingual(
                    f"Mẫu «{chosen.name.vi}» cần mục này.", f"«{chosen.name.en}» needs this."
                )
                for key in absent
            },
            template=chosen.key,
        )


def _place(value: Mapping[str, Any]) -> SignaturePlace:
    """From Typst's top-left origin to PDF's bottom-left one."""
    top = float(value["page-height"]) - float(value["y"])
    left = float(value["x"])
    return SignaturePlace(
        kind=str(value["kind"]),
        page=int(value["page"]) - 1,
        left=left,
        bottom=top - float(value["height"]),
        right=left + float(value["width"]),
        top=top,
    )
