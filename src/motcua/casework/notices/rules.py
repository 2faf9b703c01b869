"""Pure decisions about notices: what a text says, and when mail may go out. No Django."""

from __future__ import annotations

import datetime as dt
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import local

IN_APP, MAIL = "in_app", "mail"
CHANNELS = (IN_APP, MAIL)
LANGUAGES = ("vi", "en")
SUBJECT_FIELDS = frozenset({"code", "procedure", "heading"})
"""What may stand in a subject; ``heading`` is a text of an office, written for everybody."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a template in one language, with ``{named}`` fields."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of notice.

    ``optional`` ones may be opted out of by mail; ``urgent`` ones are mailed at night too.
    """

    key: str
    channels: tuple[str, ...]
    urgent: bool
    optional: bool
    texts: Mapping[str, Text]

    @property
    def fields(self) -> frozenset[str]:
        """The names that ``data`` must hold."""
        return fields_of(self.texts["vi"].body) | fields_of(self.texts["vi"].subject)

    def text(self, language: str) -> Text:
        return self.texts["en" if language.lower().startswith("en") else "vi"]


def fields_of(text: str) -> frozenset[str]:
    """The names of the fields in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def parse_templates(document: str) -> list[Template]:
    """Templates from a TOML document, each checked.

    Raises:
        ValueError: a language is missing, the languages use different fields, a subject
            uses a field that could hold personal data, or a channel is unknown.
    """
    return [_template(key, table) for key, table in _tables(tomllib.loads(document))]


def _tables(document: Mapping[str, object], prefix: str = "") -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            table = cast("dict[str, object]", value)
            key = f"{prefix}{name}"
            found += [(key, table)] if "vi" in table else _tables(table, f"{key}.")
    return found


def _template(key: str, entry: Mapping[str, Any]) -> Template:
    missing = [language for language in LANGUAGES if language not in entry]
    if missing:
        raise ValueError(f"{key}: no text in {missing}")
    texts = {
        language: Text(entry[language]["subject"].strip(), entry[language]["body"].strip())
        for language in LANGUAGES
    }
    template = Template(
        key,
        tuple(entry.get("channels", CHANNELS)),
        bool(entry.get("urgent", False)),
        bool(entry.get("optional", False)),
        texts,
    )
    _check(template)
    return template


def _check(template: Template) -> None:
    vi, en = template.texts["vi"], template.texts["en"]
    if fields_of(vi.body + vi.subject) != fields_of(en.body + en.subject):
        raise ValueError(f"{template.key}: the languages use different fields")
    if extra := (fields_of(vi.subject) | fields_of(en.subject)) - SUBJECT_FIELDS:
        raise ValueError(f"{template.key}: {sorted(extra)} may not stand in a subject")
    if unknown := set(template.channels) - set(CHANNELS):
        raise ValueError(f"{template.key}: unknown channels {sorted(unknown)}")


def render(template: Template, language: str, data: Mapping[str, object]) -> Text:
    """The template filled in. Raises KeyError for a field that ``data`` lacks."""
    if absent := sorted(template.fields - data.keys()):
        raise KeyError(f"notice {template.key} lacks {absent}")
    spoken_data = {name: spoken(data[name], language) for name in template.fields}
    text = template.text(language)
    subject = " ".join(text.subject.format(**spoken_data).split())
    return Text(subject[:200], text.body.format(**spoken_data))


def spoken(value: object, language: str) -> str:
    """A value as people read it: moments on the city's clock, dates, bilingual texts."""
    english = language.lower().startswith("en")
    if isinstance(value, Bilingual):
        return value.in_language(language)
    if isinstance(value, Mapping):
        texts = cast("Mapping[str, str]", value)
        return (texts.get("en") if english else "") or texts["vi"]
    if isinstance(value, dt.datetime):
        at = local(value)
        day = spoken(at.date(), language)
        return f"{at:%H:%M} on {day}" if english else f"{at:%H:%M} ngày {day}"
    if isinstance(value, dt.date):
        named = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return named if english else f"{value:%d/%m/%Y}"
    return str(value)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A span of the day, perhaps over midnight, in which mail that can wait waits."""

    start: dt.time
    end: dt.time

    @classmethod
    def parse(cls, text: str) -> QuietHours | None:
        """From ``21:00-07:00``; None for an empty text. Raises ValueError otherwise."""
        if not text.strip():
            return None
        start, separator, end = text.partition("-")
        if not separator:
            raise ValueError(f"quiet hours {text!r} are not written as 21:00-07:00")
        return cls(dt.time.fromisoformat(start.strip()), dt.time.fromisoformat(end.strip()))

    def covers(self, clock: dt.time) -> bool:
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def may_go_at(moment: dt.datetime, quiet: QuietHours | None, *, urgent: bool) -> dt.datetime:
    """The first moment (aware) from ``moment`` on at which mail may be sent."""
    at = local(moment)
    if urgent or quiet is None or not quiet.covers(at.time()):
        return moment
    end = at.replace(
        hour=quiet.end.hour, minute=quiet.end.minute, second=quiet.end.second, microsecond=0
    )
    return end if end > at else end + dt.timedelta(days=1)
