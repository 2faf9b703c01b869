"""What the editing pages show: controls with their values and faults, rows, the list of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from motcua.foundation.errors import Bilingual
from motcua.foundation.money import format_dong
from motcua.subsystems.procedure_editor.rules.documents import (
    MISSING,
    Document,
    as_map,
    as_rows,
    value_at,
)
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.rules.form_edits import WIDGETS
from motcua.subsystems.procedure_editor.rules.specs import (
    BY_KEY,
    SECTIONS,
    Choice,
    Section,
    Spec,
)
from motcua.subsystems.procedure_editor.rules.typed import Typed, names_of
from motcua.subsystems.procedure_editor.selectors import OpenDraft, offers

FORM = Bilingual("Tờ khai điện tử", "The e-form")
PROCESS = Bilingual("Quy trình", "The process")
OTHER_PAGES = (("form", FORM, "form"), ("process", PROCESS, "process"))


def said(text: Bilingual | None) -> str:
    """A text in the reader's language."""
    return text.in_language(get_language() or "vi") if text else ""


@dataclass(frozen=True, slots=True)
class Control:
    """One question as it is drawn."""

    spec: Spec
    name: str
    label: str
    hint: str
    value: Any
    when: str
    error: str
    options: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        return self.spec.kind

    @property
    def optional(self) -> bool:
        return self.spec.empty != "refused" and self.spec.kind != "bool"

    @property
    def chosen(self) -> bool:
        return self.value == "on"

    @property
    def empty_choice(self) -> str | None:
        """The first, empty choice of a list: always there, so that nothing is chosen unseen."""
        return "" if self.optional else _("Chọn…")

    @property
    def english(self) -> str:
        """The name of the control that takes the English text."""
        return f"{self.spec.name}.en"

    @property
    def when_name(self) -> str:
        return f"{self.spec.name}.when"


def choices_for(spec: Spec, document: Document, lists: Mapping[str, list[Choice]]) -> list[Choice]:
    """What a list offers: its own choices, then those of its source."""
    return [*spec.choices, *lists.get(spec.source, ())] if spec.source else [*spec.choices]


def lists_of(document: Document) -> dict[str, list[Choice]]:
    """Every source of choices for a draft."""
    named = {
        key: [(row["id"], _pair(row.get("name"))) for row in rows_of(document, key) if "id" in row]
        for key in ("cases", "fees")
    }
    fields = as_map(value_at(document, ("form", "fields")))
    named["form_fields"] = [(k, _pair(as_map(v).get("label"))) for k, v in fields.items()]
    named["widgets"] = [*WIDGETS]
    return {**offers(), **named}


def rows_of(document: Document, key: str) -> list[dict[str, Any]]:
    """The rows of a list of the package; none where it is absent."""
    return as_rows(document.get(key))


def controls(
    specs: Sequence[Spec],
    typed: Typed,
    errors: Mapping[str, Bilingual],
    document: Document,
    lists: Mapping[str, list[Choice]],
) -> list[Control]:
    """The questions of a page with what was typed and what is wrong."""
    return [
        Control(
            spec,
            names_of(spec)[0],
            said(spec.label),
            said(spec.hint),
            _value(spec, typed),
            str(typed.get(f"{spec.name}.when" if spec.kind == "need" else f"{spec.name}.en", "")),
            said(errors.get(names_of(spec)[0])),
            tuple((value, said(text)) for value, text in choices_for(spec, document, lists)),
        )
        for spec in specs
    ]


def _value(spec: Spec, typed: Typed) -> Any:
    return typed.get(names_of(spec)[0], "")


def faults_by_control(specs: Sequence[Spec], faults: Iterable[Fault]) -> dict[str, Bilingual]:
    """Faults found by the check of the whole package, by the control they are mended at."""
    found: dict[str, Bilingual] = {}
    for fault in faults:
        for spec in specs:
            if fault.key == spec.key or fault.key.startswith(f"{spec.key}/"):
                found.setdefault(names_of(spec)[0], fault.problem.message)
    return found


def cell(spec: Spec, row: Mapping[str, Any], lists: Mapping[str, list[Choice]]) -> str:
    """A fact in a table, in words."""
    value = value_at(row, spec.key.split("/"))
    if value is MISSING or value is None or value == "":
        return _("luôn luôn") if spec.key == "when" else "–"
    shown = {
        "bool": lambda: _("Có") if value else _("Chưa"),
        "text": lambda: said(_pair(value)),
        "money": lambda: format_dong(value) if isinstance(value, int) else str(value),
        "need": lambda: value if isinstance(value, str) else _("Luôn") if value else _("Không"),
    }
    if spec.kind in shown:
        return shown[spec.kind]()
    names = {key: said(text) for key, text in [*spec.choices, *lists.get(spec.source, ())]}
    if isinstance(value, list):
        several = cast("list[object]", value)
        return ", ".join(names.get(str(one), str(one)) for one in several)
    return names.get(str(value), str(value))


def _pair(value: Any) -> Bilingual:
    pair = as_map(value)
    vi, en = str(pair.get("vi") or ""), str(pair.get("en") or "")
    return Bilingual(vi, en or vi)


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the table of a section."""

    number: int
    name: str
    cells: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    first: bool
    last: bool


def table_of(
    section: Section,
    document: Document,
    faults: Sequence[Fault],
    lists: Mapping[str, list[Choice]],
) -> list[Row]:
    """The rows of a section with their faults."""
    rows = rows_of(document, section.rows)
    specs = [spec for key in section.shown for spec in section.specs if spec.key == key]
    return [
        Row(
            number,
            cell(specs[0], row, lists),
            tuple((said(spec.label), cell(spec, row, lists)) for spec in specs[1:]),
            tuple(
                said(fault.problem.message)
                for fault in faults
                if fault.section == section.key and fault.row == number
            ),
            number == 0,
            number == len(rows) - 1,
        )
        for number, row in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the draft in its list of pages, with how many faults wait there."""

    key: str
    title: str
    url: str
    faults: int


def pages_of(opened: OpenDraft, faults: Sequence[Fault]) -> list[PageLink]:
    """Every page of a draft, in the order one fills them in."""
    uid = opened.row.uid
    count: dict[str, int] = {}
    for fault in faults:
        count[fault.section] = count.get(fault.section, 0) + 1
    links = [
        PageLink(
            section.key,
            said(section.title),
            reverse("procedure_editor:section", args=[uid, section.key]),
            count.get(section.key, 0),
        )
        for section in SECTIONS
    ]
    links[3:3] = [
        PageLink(
            key, said(title), reverse(f"procedure_editor:{route}", args=[uid]), count.get(key, 0)
        )
        for key, title, route in OTHER_PAGES
    ]
    return links


def fault_links(opened: OpenDraft, faults: Sequence[Fault]) -> list[tuple[str, str, str]]:
    """Each fault with its place in words and the address where it is mended.

    The place is the page, the row and the question, as they are called there; in the order of
    the pages.
    """
    titles = {page.key: page for page in pages_of(opened, ())}
    order = {key: number for number, key in enumerate(titles)}
    found: list[tuple[str, str, str]] = []
    for fault in sorted(faults, key=lambda fault: order[fault.section]):
        page, section = titles[fault.section], BY_KEY.get(fault.section)
        place, url = [page.title], page.url
        if section and section.rows and fault.row is not None:
            place.append(_("dòng %(n)s") % {"n": fault.row + 1})
            url = reverse("procedure_editor:row", args=[opened.row.uid, fault.section, fault.row])
        spec = spec_of(fault, section)
        if spec is not None:
            place.append(said(spec.label))
            url = f"{url}#id_{names_of(spec)[0]}"
        found.append((" · ".join(place), said(fault.problem.message), url))
    return found


def spec_of(fault: Fault, section: Section | None) -> Spec | None:
    """The question a fault is mended at; None where it is about a whole page or row."""
    for spec in section.specs if section else ():
        if fault.key == spec.key or fault.key.startswith(f"{spec.key}/"):
            return spec
    return None


WORDS_OF_CHOICES = (
    gettext_noop("Đang soạn"),
    gettext_noop("Chờ duyệt"),
    gettext_noop("Đã công bố"),
    gettext_noop("Đã bỏ"),
    gettext_noop("Soạn mới"),
    gettext_noop("Từ phiên bản đã công bố"),
    gettext_noop("Từ bản ghi cơ sở dữ liệu quốc gia"),
    gettext_noop("Từ tệp gói thủ tục"),
    gettext_noop("Trình duyệt"),
    gettext_noop("Trả lại"),
    gettext_noop("Duyệt, công bố"),
    gettext_noop("Bỏ bản soạn"),
)
"""Words that the tables hold in Vietnamese only; shown with ``{% translate %}``."""
