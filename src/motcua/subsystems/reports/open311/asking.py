"""Reading what an Open311 client asks, and refusing as the standard says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.access.public import Actor, actor_of_key, allowed
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import CITY_ZONE, now
from motcua.subsystems.reports.manifest import SEND
from motcua.subsystems.reports.selectors import CategoryInfo
from motcua.subsystems.reports.services import Intake

SPAN = dt.timedelta(days=90)
MOST = 1000


class Refusal(Exception):
    """What goes into the ``errors`` body; the first code is the HTTP code."""

    def __init__(self, *found: tuple[int, str]) -> None:
        self.found = found
        super().__init__(str(found))


@dataclass(frozen=True, slots=True)
class Query:
    """Which requests are asked for."""

    codes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    closed: bool | None = None


def read_query(given: Mapping[str, str]) -> Query:
    """Ids override everything; otherwise at most 90 days, by default the last ones.

    Raises:
        Refusal: 400, a date or a status that cannot be read, or a span that is too long.
    """
    if ids := _list(given.get("service_request_id")):
        return Query(codes=tuple(code.upper() for code in ids[:MOST]))
    since, until = _moment(given, "start_date"), _moment(given, "end_date")
    if since and until and until - since > SPAN:
        raise Refusal((400, "start_date and end_date may span at most 90 days"))
    if since is None:
        since = (until or now()) - SPAN
    until = until or min(now(), since + SPAN)
    statuses = set(_list(given.get("status")))
    if not statuses <= {"open", "closed"}:
        raise Refusal((400, "status is open or closed"))
    closed = None if len(statuses) != 1 else statuses == {"closed"}
    return Query((), tuple(_list(given.get("service_code"))), since, until, closed)


def _list(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _moment(given: Mapping[str, str], name: str) -> dt.datetime | None:
    # A plus sign that a client did not escape arrives as a space.
    text = (given.get(name) or "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Refusal((400, f"{name} is no W3C date and time")) from None
    return found if found.tzinfo else found.replace(tzinfo=CITY_ZONE)


def sender(key: str) -> Actor:
    """Who sends with an API key.

    Raises:
        Refusal: 403, no key, or one that may not send reports.
    """
    if not key.strip():
        raise Refusal((403, "api_key is missing"))
    try:
        actor = actor_of_key(key.strip())
    except DomainError:
        raise Refusal((403, "api_key is not valid")) from None
    if not allowed(actor, SEND):
        raise Refusal((403, "api_key may not send requests"))
    return actor


def read_intake(posted: Any, category: CategoryInfo) -> Intake:
    """A posted request.

    Raises:
        Refusal: 400, a place that cannot be read or is missing.
    """
    given = {name: posted.get(name, "").strip() for name in posted}
    x, y = _number(given, "long"), _number(given, "lat")
    if (x is None) != (y is None):
        raise Refusal((400, "lat and long go together"))
    if x is None and not given.get("address_string") and not given.get("address_id"):
        raise Refusal((400, "lat and long, address_string or address_id is missing"))
    name = " ".join(p for p in (given.get("last_name"), given.get("first_name")) if p)
    return Intake(
        category=category.code,
        description=given.get("description", ""),
        longitude=x,
        latitude=y,
        area_code=given.get("address_id", ""),
        address=given.get("address_string", ""),
        answers=_answers(posted, category),
        name=name,
        phone=given.get("phone", ""),
        email=given.get("email", ""),
        channel="open311",
    )


def _number(given: Mapping[str, str], name: str) -> float | None:
    if not given.get(name):
        return None
    try:
        return float(given[name])
    except ValueError:
        raise Refusal((400, f"{name} is no number")) from None


def _answers(posted: Any, category: CategoryInfo) -> dict[str, Any]:
    """``attribute[code]=v``, and several ``attribute[code][]=v`` for lists."""
    found: dict[str, Any] = {}
    for name in (category.form.get("fields") or {}) if category.form else ():
        if several := posted.getlist(f"attribute[{name}][]"):
            found[name] = several
        elif one := posted.get(f"attribute[{name}]", "").strip():
            kind = category.form["schema"]["properties"][name].get("type")
            found[name] = _typed(name, one, kind)
    return found


def _typed(name: str, text: str, kind: str | None) -> Any:
    if kind not in {"integer", "number"}:
        return text
    number = _number({name: text}, name)
    whole = kind == "integer" and number is not None and number.is_integer()
    return int(number) if whole and number is not None else number
