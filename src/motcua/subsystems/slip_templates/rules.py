"""Words of a slip: what they may say, and how they come onto it. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.foundation.errors import Bilingual

TEXTS = ("head", "contact", "notes", "footer")
LANGUAGES = ("vi", "en")
FIELDS = tuple(f"{name}_{language}" for name in TEXTS for language in LANGUAGES)
MOST: Mapping[str, int] = {"head": 120, "contact": 240, "notes": 900, "footer": 160}
"""Characters of a text: what leaves the form on its own sheet."""
MOST_NOTES = 6
_TOKEN = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Content:
    """What an office adds to a slip and leaves out of it; empty: the standard form."""

    texts: Mapping[str, str]
    bilingual: bool = False
    hidden: tuple[str, ...] = ()

    @property
    def standard(self) -> bool:
        return not (any(self.texts.values()) or self.bilingual or self.hidden)

    def stored(self) -> dict[str, Any]:
        texts = {name: text for name, text in self.texts.items() if text}
        return {"texts": texts, "bilingual": self.bilingual, "hidden": list(self.hidden)}


STANDARD = Content({})


def content_of(stored: Mapping[str, Any]) -> Content:
    """From what is kept."""
    texts = {name: str(stored.get("texts", {}).get(name, "")) for name in FIELDS}
    hidden = tuple(str(key) for key in stored.get("hidden", ()))
    return Content(texts, bool(stored.get("bilingual")), hidden)


def typed_content(
    given: Mapping[str, str], hidden: Iterable[str], optional: Collection[str]
) -> Content:
    """From a form: unknown fields and lines that are locked are not taken."""
    texts = {name: _tidy(given.get(name, "")) for name in FIELDS}
    kept = tuple(key for key in optional if key in set(hidden))
    return Content(texts, given.get("languages") == "vi_en", kept)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def faults(
    content: Content, allowed: Collection[str], unprintable: Mapping[str, str]
) -> dict[str, Bilingual]:
    """What is wrong with the words, by field: too long, an unknown placeholder with its place.

    Args:
        allowed: names of placeholders of this slip.
        unprintable: letters the print font lacks, by field.
    """
    found: dict[str, Bilingual] = {}
    for name, text in content.texts.items():
        fault = _fault(name, text, allowed) or _no_letters(unprintable.get(name, ""))
        if fault is not None:
            found[name] = fault
    return found


def _fault(name: str, text: str, allowed: Collection[str]) -> Bilingual | None:
    part = name.rpartition("_")[0]
    if len(text) > MOST[part]:
        return Bilingual(
            f"Dài {len(text)} ký tự; nhiều nhất {MOST[part]}.",
            f"{len(text)} characters; at most {MOST[part]}.",
        )
    lines = text.count("\n") + 1
    if lines > (MOST_NOTES if part == "notes" else 1):
        most = MOST_NOTES if part == "notes" else 1
        return Bilingual(f"Nhiều nhất {most} dòng.", f"At most {most} lines.")
    return _bad_placeholder(text, allowed)


def _bad_placeholder(text: str, allowed: Collection[str]) -> Bilingual | None:
    for number, line in enumerate(text.split("\n"), start=1):
        for token in _TOKEN.finditer(line):
            if token[1] not in allowed:
                return _at(number, token.start() + 1, token[0])
        left = _TOKEN.sub(lambda token: " " * len(token[0]), line)
        lone = next((place for place, letter in enumerate(left) if letter in "{}"), None)
        if lone is not None:
            return Bilingual(
                f"Dòng {number}, ký tự {lone + 1}: dấu “{left[lone]}” không có đôi.",
                f"Line {number}, character {lone + 1}: “{left[lone]}” has no partner.",
            )
    return None


def _at(line: int, place: int, token: str) -> Bilingual:
    return Bilingual(
        f"Dòng {line}, ký tự {place}: không có chỗ điền “{token[:40]}” ở mẫu này. "
        "Chọn trong danh sách chỗ điền.",
        f"Line {line}, character {place}: this form has no placeholder “{token[:40]}”. "
        "Choose one from the list.",
    )


def _no_letters(letters: str) -> Bilingual | None:
    if not letters:
        return None
    shown = " ".join(letters[:10])
    return Bilingual(f"Phông chữ in không có: {shown}", f"The print font lacks: {shown}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders; one without a value is a dotted gap, never a token."""
    return _TOKEN.sub(lambda token: values.get(token[1]) or "……", text)


def words(content: Content, values: Mapping[str, str], title_en: str) -> dict[str, Any]:
    """What the layout prints: for each place the lines in Vietnamese, then English."""
    said: dict[str, Any] = {}
    for part in TEXTS:
        vi, en = content.texts.get(f"{part}_vi", ""), content.texts.get(f"{part}_en", "")
        rows = [{"vi": filled(line, values)} for line in vi.split("\n") if line]
        if content.bilingual:
            rows += [{"en": filled(line, values)} for line in en.split("\n") if line]
        if rows:
            said[part] = rows
    if content.bilingual:
        said["title"] = [{"en": title_en}]
    return said


def on_paper(
    data: Mapping[str, Any], content: Content, values: Mapping[str, str], title_en: str
) -> dict[str, Any]:
    """The data of a slip with its words, without the optional lines that were left out."""
    kept = {key: value for key, value in data.items() if key not in content.hidden}
    return {**kept, "words": words(content, values, title_en)}


def values_of(data: Mapping[str, Any], agency: Mapping[str, str]) -> dict[str, str]:
    """What the placeholders stand for on one slip.

    Args:
        data: the slip's own content.
        agency: ``name``, ``phone``, ``address``.
    """
    owner: Mapping[str, Any] = data.get("owner") or {}
    said = {
        "ma_ho_so": "dossier_code", "thu_tuc": "procedure", "noi_nhan": "result_place",
        "le_phi": "fee", "tra_cuu": "lookup", "nguoi_nop_tien": "payer", "so_tien": "total",
    }  # fmt: skip
    moments = {"ngay_nhan": "received_at", "hen_tra": "due_at", "hen_tra_lai": "new_due_at"}
    return {
        "co_quan": agency.get("name", ""),
        "dien_thoai": agency.get("phone", ""),
        "dia_chi": agency.get("address", ""),
        "chu_ho_so": str(owner.get("name", "")),
        **{name: str(data.get(key) or "") for name, key in said.items()},
        **{name: _moment(str(data.get(key) or "")) for name, key in moments.items()},
    }


def _moment(iso: str) -> str:
    """``2026-02-04T17:00`` on the city's wall clock as people read it."""
    return f"{dt.datetime.fromisoformat(iso):%H:%M, %d/%m/%Y}" if iso else ""


def may_publish(publisher: int | None, writers: Collection[int]) -> bool:
    """Four eyes: nobody publishes what they wrote."""
    return publisher is not None and publisher not in writers
