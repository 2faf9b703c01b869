"""The signature of a bank's notice: HMAC-SHA-256 over the time and the very bytes sent."""

from __future__ import annotations

import hashlib
import hmac

WINDOW_SECONDS = 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Hex HMAC-SHA-256 (RFC 2104) over ``timestamp``, a full stop and ``body``."""
    message = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def trusted(*, secret: str, timestamp: str, body: bytes, given: str, at: float) -> str:
    """Why a notice is not to be believed: "" | ``timestamp`` | ``signature``.

    Args:
        timestamp: seconds since 1970 as the sender wrote them.
        at: the same by our clock; five minutes apart at most, so that an old notice cannot
            be played again under another address.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return "timestamp"
    if abs(at - int(timestamp)) > WINDOW_SECONDS:
        return "timestamp"
    good = hmac.compare_digest(signature(secret, timestamp, body).encode(), given.lower().encode())
    return "" if good else "signature"
