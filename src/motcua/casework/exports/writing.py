"""The three kinds of files, written while the rows are read: memory does not grow with them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from motcua.casework.exports.errors import TooManyRows
from motcua.casework.exports.rules import (
    PDF_CHUNK,
    PDF_ROWS,
    SHEET_ROWS,
    Column,
    cell,
    harmless,
    printed,
)
from motcua.casework.issuing.public import Layout, register_layout, render
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE

TYPST = Path(__file__).parent / "typst" / "list.typ"
register_layout(Layout("exports/list", Bilingual("Danh sách", "List"), TYPST, ("title", "columns")))
Cells = list[str | int | dt.datetime | dt.date]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows: which list, filtered how, by whom and when."""

    title: str
    filters: str
    made: str
    columns: Sequence[Column]
    language: str

    @property
    def labels(self) -> list[str]:
        """The headings in the reader's language."""
        return [column.label.in_language(self.language) for column in self.columns]

    def cells(self, row: object) -> Cells:
        """The cells of a row."""
        return [cell(column, row, self.language, CITY_ZONE) for column in self.columns]


def write_csv(head: Head, rows: Iterable[object], target: Path) -> None:
    """UTF-8 with the mark by which Excel knows it; text cells harmless to spreadsheets."""
    kinds = [column.kind for column in head.columns]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(label) for label in head.labels])
        for row in rows:
            writer.writerow(
                value if isinstance(value, int) else harmless(printed(value, kind))
                for value, kind in zip(head.cells(row), kinds, strict=True)
            )


def write_xlsx(head: Head, rows: Iterable[object], target: Path) -> None:
    """A workbook with real numbers and dates; a sheet beside it says what it is.

    Rows go to disk one by one (XlsxWriter's constant memory); text is always written as
    text, so nothing in it is run.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "tmpdir": str(target.parent)}
    ) as book:
        book.set_properties({"title": head.title, "comments": head.filters})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        money = book.add_format({"num_format": "#,##0"})
        formats = {"day": day, "moment": moment, "money": money}
        source = iter(rows)
        _sheet(book, head, islice(source, SHEET_ROWS), bold, formats)
        for first in source:
            _sheet(book, head, chain([first], islice(source, SHEET_ROWS - 1)), bold, formats)
        about = book.add_worksheet(_about(head.language))
        about.set_column(0, 0, 100)
        for line, text in enumerate((head.title, head.filters, head.made)):
            about.write_string(line, 0, text)


def _about(language: str) -> str:
    return "About" if language.startswith("en") else "Thông tin"


def _sheet(book: Any, head: Head, rows: Iterable[object], bold: Any, formats: Any) -> None:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(head.columns):
        sheet.set_column(place, place, max(column.width * 1.6, 10))
    for place, label in enumerate(head.labels):
        sheet.write_string(0, place, label, bold)
    given = [formats.get(column.kind) for column in head.columns]
    line = 0
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(head.cells(row)):
            if isinstance(value, int):
                sheet.write_number(line, place, value, given[place])
            elif isinstance(value, dt.datetime | dt.date):
                sheet.write_datetime(line, place, value, given[place] or formats["moment"])
            elif value:
                sheet.write_string(line, place, value)
    sheet.autofilter(0, 0, max(line, 1), len(head.columns) - 1)


def write_pdf(head: Head, rows: Iterable[object], target: Path) -> None:
    """Pages with a repeated heading, laid out some hundred rows at a time and then joined.

    Raises:
        TooManyRows: more than fit on paper sensibly.
    """
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument.new()
    try:
        for part in _parts(head, rows):
            piece = pdfium.PdfDocument(part)
            whole.import_pages(piece)
            piece.close()
        whole.save(target)
    finally:
        whole.close()


def _parts(head: Head, rows: Iterable[object]) -> Iterator[bytes]:
    import pypdfium2 as pdfium

    kinds = [column.kind for column in head.columns]
    source, done, page = iter(rows), 0, 1
    while True:
        lines = [
            [printed(value, kind) for value, kind in zip(head.cells(row), kinds, strict=True)]
            for row in islice(source, PDF_CHUNK)
        ]
        if done and not lines:
            return
        if done + len(lines) > PDF_ROWS:
            raise TooManyRows(most=f"{PDF_ROWS:,}".replace(",", "."))
        data = render("exports/list", _layout(head, lines, done, page))
        yield data
        done += max(len(lines), 1)
        piece = pdfium.PdfDocument(data)
        page += len(piece)
        piece.close()
        if len(lines) < PDF_CHUNK:
            return


def _layout(head: Head, lines: list[list[str]], done: int, page: int) -> dict[str, Any]:
    return {
        "title": head.title,
        "filters": head.filters,
        "made": head.made,
        "language": head.language,
        "columns": head.labels,
        "widths": [column.width for column in head.columns],
        "right": [column.kind in {"number", "money"} for column in head.columns],
        "rows": lines,
        "first_row": done + 1,
        "first_page": page,
    }


WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "pdf": write_pdf}
