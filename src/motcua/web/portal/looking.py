"""How often somebody may look up codes: enough for people, too little for guessing."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from motcua.foundation.errors import Bilingual, DomainError

MISSES = 20
WINDOW_SECONDS = 600


class LookedUpTooOften(DomainError):
    """Too many unknown codes from one place."""

    code = "looked-up-too-often"
    status = 429
    message = Bilingual(
        "Bạn đã tra cứu quá nhiều mã không đúng.", "You have tried too many unknown codes."
    )
    advice = Bilingual(
        "Đợi mười phút rồi thử lại, hoặc đăng nhập để xem hồ sơ của bạn.",
        "Wait ten minutes and try again, or log in to see your own dossiers.",
    )


def _key(request: HttpRequest) -> str:
    return f"portal.lookup:{request.META.get('REMOTE_ADDR', '')}"


def refuse_guessing(request: HttpRequest) -> None:
    """Refuse after many misses from one address.

    Raises:
        LookedUpTooOften: for the rest of the ten minutes.
    """
    if cache.get(_key(request), 0) >= MISSES:
        raise LookedUpTooOften


def count_miss(request: HttpRequest) -> None:
    """Remember a code that is not there."""
    if not cache.add(_key(request), 1, WINDOW_SECONDS):
        try:
            cache.incr(_key(request))
        except ValueError:  # it ran out in between
            cache.set(_key(request), 1, WINDOW_SECONDS)
