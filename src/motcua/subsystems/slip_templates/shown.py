"""Slips' words as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motcua.casework.issuing.public import layout
from motcua.foundation.errors import Bilingual
from motcua.subsystems.slip_templates.forms import PLACEHOLDERS, SlipForm
from motcua.subsystems.slip_templates.rules import LANGUAGES, MOST, TEXTS, Content

LABELS = {
    "head": (_("Dòng đầu, dưới tên phiếu"), _("Một dòng, in nghiêng.")),
    "contact": (_("Liên hệ của cơ quan"), _("Một dòng, trên chỗ ký.")),
    "notes": (_("Ghi chú thêm"), _("Mỗi dòng một ý, nhiều nhất sáu dòng.")),
    "footer": (_("Chân trang"), _("Một dòng, chữ nhỏ ở cuối trang.")),
}
STATES = (_("Đang soạn"), _("Chờ công bố"), _("Đã công bố"), _("Đã bỏ"))
"""Names of a draft's states, so that their English is asked for."""
LANGUAGE_NAMES = {"vi": _("tiếng Việt"), "en": _("tiếng Anh")}
_KEPT = _("Không in dòng")


@dataclass(frozen=True, slots=True)
class TextField:
    """One text to type: its name, label, what it may be, its value and what is wrong with it."""

    name: str
    label: str
    hint: str
    value: str
    error: str
    long: bool
    most: int


def name_of(form: SlipForm) -> Bilingual:
    """What people call a slip."""
    name = layout(form.template).name
    if not form.slug.isdecimal():
        return name
    return Bilingual(f"Mẫu {form.slug}. {name.vi}", f"Form {form.slug}. {name.en}")


def text_fields(content: Content, errors: Mapping[str, str]) -> list[TextField]:
    """The eight texts of a slip, Vietnamese and English side by side."""
    rows: list[TextField] = []
    for part in TEXTS:
        label, hint = LABELS[part]
        for language in LANGUAGES:
            name = f"{part}_{language}"
            rows.append(
                TextField(
                    name, f"{label} ({LANGUAGE_NAMES[language]})", str(hint),
                    content.texts.get(name, ""), errors.get(name, ""), part == "notes", MOST[part],
                )
            )  # fmt: skip
    return rows


def placeholder_rows(form: SlipForm, language: str) -> list[tuple[str, str]]:
    """Token and meaning of every placeholder of a slip."""
    return [
        ("{" + name + "}", PLACEHOLDERS[name].in_language(language)) for name in form.placeholders
    ]


def field_choices() -> list[tuple[str, str]]:
    """The texts by name, to choose where a placeholder goes."""
    return [(field.name, field.label) for field in text_fields(Content({}), {})]


def with_placeholder(content: Content, field: str, token: str) -> Content:
    """The words with a placeholder at the end of one text."""
    text = content.texts.get(field, "")
    joined = f"{text} {token}" if text and not text.endswith(" ") else f"{text}{token}"
    return Content({**content.texts, field: joined}, content.bilingual, content.hidden)


def optional_rows(form: SlipForm, content: Content, language: str) -> list[tuple[str, str, bool]]:
    """Lines that may be left out: key, name, whether it is left out."""
    return [
        (key, name.in_language(language), key in content.hidden)
        for key, name in form.optional.items()
    ]


def said_by(content: Content, form: SlipForm, language: str) -> list[tuple[str, str]]:
    """What a version says, as label and text, for its page."""
    rows = [(f.label, f.value) for f in text_fields(content, {}) if f.value]
    hidden = [
        (str(_KEPT), form.optional[key].in_language(language))
        for key in content.hidden
        if key in form.optional
    ]
    return [*rows, *hidden]
