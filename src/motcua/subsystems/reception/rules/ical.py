"""iCalendar files (RFC 5545): one appointment for a citizen, the days' feed for a centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

PRODUCT = "-//Mot Cua//Appointments//VI"
OCTETS = 75
"""Longest line without its break (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One appointment. Moments are aware; ``sequence`` grows with each change (3.8.7.4)."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    stamped_at: dt.datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    alarm_minutes: int = 0


def calendar_text(events: Iterable[Event], *, method: str = "PUBLISH", name: str = "") -> str:
    """A whole VCALENDAR with CRLF line ends, folded and escaped.

    Times are UTC, so that no time-zone component is needed and no client can guess wrong.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
             f"METHOD:{method}"]  # fmt: skip
    if name:
        lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_moment(event.stamped_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(event.summary)}",
    ]
    if event.location:
        lines.append(f"LOCATION:{_text(event.location)}")
    if event.description:
        lines.append(f"DESCRIPTION:{_text(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.alarm_minutes and not event.cancelled:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_text(event.summary)}",
            f"TRIGGER:-PT{event.alarm_minutes}M",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """TEXT escaping (3.3.11); control characters other than line breaks are not allowed."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in value if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(plain, escaped)
    return kept


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never broken inside a character (3.1)."""
    parts: list[str] = []
    part, size, most = "", 0, OCTETS
    for character in line:
        octets = len(character.encode())
        if size + octets > most:
            parts.append(part)
            part, size, most = "", 0, OCTETS - 1
        part += character
        size += octets
    return "\r\n ".join([*parts, part])
