"""Keys, scopes and signatures of other systems, as pure functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

from motcua.foundation.errors import Bilingual

SCOPES: Mapping[str, Bilingual] = {
    "dossiers:submit": Bilingual(
        "Nộp, bổ sung và rút hồ sơ thay người dân", "File, supplement and withdraw for people"
    ),
    "dossiers:read": Bilingual(
        "Xem hồ sơ mình nộp hoặc thuộc cơ quan mình", "Read dossiers one filed or of one's agency"
    ),
    "dossiers:act": Bilingual(
        "Xử lý hồ sơ theo vai trò được giao tại cơ quan",
        "Work on dossiers in the role held at an agency",
    ),
    "webhooks": Bilingual(
        "Đăng ký nhận thông báo khi hồ sơ thay đổi", "Be told when dossiers change"
    ),
    "applicants:proven": Bilingual(
        "Đã định danh người mà mình nộp thay", "Has identified the people it files for"
    ),
}
KEY = re.compile(r"mc_(?P<prefix>[0-9a-f]{12})_(?P<secret>[0-9a-f]{48})", re.ASCII)
WAITS = (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Seconds before each further try of a delivery: about two and a half days in all."""
TOLERANCE = dt.timedelta(minutes=5)


def key_text(prefix: str, secret: str) -> str:
    """A key as it is handed out, once."""
    return f"mc_{prefix}_{secret}"


def read_key(text: str) -> tuple[str, str] | None:
    """Prefix and secret of a key, or None when it is none."""
    found = KEY.fullmatch(text)
    return (found["prefix"], found["secret"]) if found else None


def unknown_scopes(scopes: Iterable[str]) -> list[str]:
    """Those that do not exist."""
    return sorted(set(scopes) - set(SCOPES))


def signature(secret: str, at: int, body: bytes) -> str:
    """The header that proves a webhook's origin: ``t=<unix seconds>,v1=<HMAC-SHA-256>``.

    The time is inside what is signed, so that an old message cannot be replayed.
    """
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


def genuine(header: str, secret: str, body: bytes, now: dt.datetime) -> bool:
    """What a receiver does: the signature is right and not older than five minutes."""
    found = re.fullmatch(r"t=([0-9]{1,12}),v1=[0-9a-f]{64}", header, re.ASCII)
    if not found:
        return False
    at = int(found[1])
    fresh = abs(now.timestamp() - at) <= TOLERANCE.total_seconds()
    return fresh and hmac.compare_digest(header, signature(secret, at, body))
