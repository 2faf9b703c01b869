"""How often somebody may do something: counted in the database, for all processes alike.

A limit is a setting, ``times/seconds``, counted in windows that begin with the first
time. Counting is one statement. Limits far above what a person does are counted in
pieces: a process tells the database of every twentieth part of a limit, so that a busy
interface costs nearly nothing and may be overstepped by that much for each process.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse

from motcua.foundation import config
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, DomainError
from motcua.foundation.limiting.models import Tally
from motcua.foundation.timesource import now

_PIECES = 20
_MOST_HELD = 10_000
_held: dict[str, tuple[float, int]] = {}


class TooOften(DomainError):
    """A limit is reached; ``retry_after`` says in how many seconds it is over."""

    code = "too-often"
    status = 429
    message = Bilingual(
        "Quá nhiều lần trong một khoảng thời gian ngắn.", "Too often within a short time."
    )
    advice = Bilingual(
        "Đợi {minutes} phút rồi thử lại; phần bạn đã nhập vẫn ở trên trang này.",
        "Wait {minutes} minutes and try again; what you typed is still on this page.",
    )

    def __init__(self, limit: Limit, seconds: int) -> None:
        self.retry_after = max(1, seconds)
        minutes = math.ceil(self.retry_after / 60)
        self._limit = limit
        super().__init__(limit=limit.code, retry_after=self.retry_after, minutes=minutes)

    def text(self) -> Bilingual:
        return self._limit.refusal


@dataclass(frozen=True, slots=True)
class Limit:
    """What is counted. ``times`` 0: no limit. ``refusal``: what a person reads."""

    code: str
    variable: str
    times: int
    seconds: int
    refusal: Bilingual

    @property
    def current(self) -> tuple[int, int]:
        """Times and seconds as the environment says now."""
        return _read(os.environ.get(self.variable), self.times, self.seconds)


def declare_limit(
    code: str, *, setting: str, times: int, seconds: int, what: Bilingual, refusal: Bilingual
) -> Limit:
    """Register a limit and its setting once, at import.

    Args:
        code: a word for the problem document.
        setting: the environment variable, ``MOTCUA_LIMIT_…``.
        times, seconds: the default.
        what: what is counted, and for whom, for the reference of settings.
        refusal: the sentence for who has reached it.

    Raises:
        ValueError: the setting exists.
    """
    config.declare(
        setting,
        f"{times}/{seconds}",
        f"{what.vi}: số lần / số giây; để `0` là không giới hạn.",
        f"{what.en}: times / seconds; `0` means no limit.",
    )
    return Limit(code, setting, times, seconds, refusal)


def count(limit: Limit, who: str, *, times: int = 1) -> None:
    """Count once more for ``who`` (an address, an account) and refuse beyond the limit.

    At most one statement. Called before the work that it guards, outside its transaction,
    so that a refusal there does not undo the count.

    Raises:
        TooOften: with the seconds to wait.
    """
    most, seconds = limit.current
    if not most or not who:
        return
    key = keyed_hash(f"{limit.code}|{who}", purpose="limiting")
    held = _take(key, times, max(1, most // _PIECES), seconds)
    if not held:
        return
    moment = now()
    found, until = _add(key, held, moment, seconds)
    if found > most:
        raise TooOften(limit, math.ceil((until - moment).total_seconds()))


def refuse_beyond(limit: Limit, who: str) -> None:
    """Refuse when the limit is reached, without counting. One statement.

    For limits that count only what goes wrong.

    Raises:
        TooOften: with the seconds to wait.
    """
    most, _ = limit.current
    if not most or not who:
        return
    key = keyed_hash(f"{limit.code}|{who}", purpose="limiting")
    moment = now()
    row = Tally.objects.filter(key=key, until__gt=moment, times__gte=most).first()
    if row is not None:
        raise TooOften(limit, math.ceil((row.until - moment).total_seconds()))


def note(limit: Limit, who: str) -> None:
    """Count something that went wrong; never refuses. One statement."""
    most, seconds = limit.current
    if most and who:
        _add(keyed_hash(f"{limit.code}|{who}", purpose="limiting"), 1, now(), seconds)


def forget_old_tallies() -> int:
    """Delete what was counted in windows that are over; how many rows."""
    return Tally.objects.filter(until__lt=now() - dt.timedelta(hours=1)).delete()[0]


def with_patience(answer: HttpResponse, error: DomainError | None) -> HttpResponse:
    """The answer, with how long to wait when it refuses for a limit (RFC 9110, Retry-After)."""
    seconds = getattr(error, "retry_after", None)
    if seconds is not None:
        answer["Retry-After"] = str(seconds)
    return answer


def address_of(meta: Mapping[str, str]) -> str:
    """The address that a request (``request.META``) comes from, as limits count it.

    Behind ``MOTCUA_PROXIES`` proxies of ours it is the one that the outermost of them saw.
    For IPv6 the network of a subscriber (/64) counts as one address.
    """
    proxies = int(os.environ.get("MOTCUA_PROXIES") or 0)
    seen = str(meta.get("REMOTE_ADDR", ""))
    if proxies:
        chain = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        seen = chain[-proxies] if len(chain) >= proxies and chain[-proxies] else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _read(text: str | None, times: int, seconds: int) -> tuple[int, int]:
    if text is None:
        return times, seconds
    most, _, window = text.partition("/")
    if not most.strip().isdecimal():
        return times, seconds
    return int(most), int(window) if window.strip().isdecimal() and int(window) else seconds


def _take(key: str, times: int, piece: int, seconds: int) -> int:
    """What to tell the database now: everything held for the key once it makes a piece."""
    if piece == 1:
        return times
    moment = now().timestamp()
    since, held = _held.pop(key, (moment, 0))
    if moment - since > seconds:
        since, held = moment, 0
    held += times
    if held >= piece:
        return held
    if len(_held) >= _MOST_HELD:
        _held.pop(next(iter(_held)), None)
    _held[key] = (since, held)
    return 0


_ADD = """
INSERT INTO limiting_tally (key, until, times) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET
  times = CASE WHEN limiting_tally.until <= %s THEN excluded.times
          ELSE limiting_tally.times + excluded.times END,
  until = CASE WHEN limiting_tally.until <= %s THEN excluded.until
          ELSE limiting_tally.until END
RETURNING times, until
"""


def _add(key: str, times: int, moment: dt.datetime, seconds: int) -> tuple[int, dt.datetime]:
    adapt = connection.ops.adapt_datetimefield_value
    until = adapt(moment + dt.timedelta(seconds=seconds))
    begin = adapt(moment)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [key, until, times, begin, begin])
        row = cursor.fetchone()
    assert row is not None
    end: dt.datetime | str = row[1]
    if isinstance(end, str):
        end = dt.datetime.fromisoformat(end)
    return int(row[0]), end if end.tzinfo else end.replace(tzinfo=dt.UTC)
