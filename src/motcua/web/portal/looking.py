"""How often somebody may look up codes: enough for people, too little for guessing."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.foundation.errors import Bilingual
from motcua.foundation.limiting.public import address_of, declare_limit, note, refuse_beyond

MISSES = declare_limit(
    "lookup",
    setting="MOTCUA_LIMIT_LOOKUP",
    times=20,
    seconds=600,
    what=Bilingual(
        "Lần tra cứu mã hồ sơ không có từ một địa chỉ mạng",
        "Look-ups of unknown dossier codes from one address",
    ),
    refusal=Bilingual(
        "Bạn đã tra cứu quá nhiều mã không đúng.", "You have tried too many unknown codes."
    ),
)


def refuse_guessing(request: HttpRequest) -> None:
    """Refuse after many misses from one address.

    Raises:
        TooOften: for the rest of the ten minutes.
    """
    refuse_beyond(MISSES, address_of(request.META))


def count_miss(request: HttpRequest) -> None:
    """Remember a code that is not there."""
    note(MISSES, address_of(request.META))
