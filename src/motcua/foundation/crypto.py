"""Personal data at rest: authenticated encryption, and keyed hashes to find it again.

Keys come from the environment. The first key encrypts; all keys decrypt, so a
key is changed by putting a new one in front and re-encrypting at leisure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


@lru_cache(maxsize=8)
def _keys(secrets: tuple[str, ...], purpose: str) -> tuple[bytes, ...]:
    return tuple(
        hashlib.scrypt(s.encode(), salt=f"motcua:{purpose}".encode(), n=2**14, r=8, p=1, dklen=32)
        for s in secrets
    )


def _configured(purpose: str) -> tuple[bytes, ...]:
    return _keys(tuple(settings.MOTCUA_DATA_KEYS), purpose)


def encrypt(text: str) -> str:
    """Encrypt for storage (AES-256-GCM); ``""`` stays ``""``."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_configured("encrypt")[0]).encrypt(nonce, text.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """Undo :func:`encrypt`, trying every configured key.

    Raises:
        ValueError: no key opens it, or a byte was changed.
    """
    if not stored:
        return ""
    raw = base64.urlsafe_b64decode(stored)
    for key in _configured("encrypt"):
        try:
            return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
        except InvalidTag:
            continue
    raise ValueError("no configured key opens this value")


def keyed_hash(text: str, *, purpose: str = "lookup") -> str:
    """A 64-digit HMAC-SHA-256 for exact look-up of a secret value; ``""`` stays ``""``.

    Always made with the last (oldest) key so that look-ups survive key rotation.
    """
    if not text:
        return ""
    return hmac.new(_configured(purpose)[-1], text.encode(), hashlib.sha256).hexdigest()
