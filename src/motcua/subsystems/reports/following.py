"""The secret address under which a reporter without an account follows a report."""

from __future__ import annotations

import hmac

from django.urls import reverse

from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import NotFound

PURPOSE = "reports-follow"


def token_of(uid: object) -> str:
    """The secret half of the address."""
    return keyed_hash(str(uid), purpose=PURPOSE)[:32]


def follow_address(uid: object) -> str:
    """A path on this site; it holds no personal data."""
    return reverse("reports:follow", args=[str(uid), token_of(uid)])


def check_token(uid: object, token: str) -> None:
    """Raises NotFound for a wrong one."""
    if not hmac.compare_digest(token_of(uid), token):
        raise NotFound
