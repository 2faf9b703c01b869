"""Identifiers: time-ordered, unguessable enough for URLs, free of personal data."""

from __future__ import annotations

import os
import uuid

from motcua.foundation.timesource import now


def new_uid() -> uuid.UUID:
    """A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits."""
    millis = int(now().timestamp() * 1000)
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
