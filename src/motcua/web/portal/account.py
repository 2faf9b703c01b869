"""What the account page shows, and the secret that waits to be confirmed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from django.http import HttpRequest

from motcua.casework.issuing.public import qr_svg
from motcua.casework.people.public import (
    Account,
    Representation,
    mask_identity,
    new_totp_secret,
    representations_of,
    totp_address,
)
from motcua.foundation.crypto import decrypt, encrypt
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import communes

_KEY = "portal.totp"


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account with what is shown beside it."""

    account: Account
    identity: str
    represents: list[Representation]
    communes: list[tuple[str, Bilingual]]
    commune: Bilingual | None
    qr: str
    secret: str


def picture(text: str) -> str:
    """A QR code as an address that the page's own policy admits (``data:``)."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(text).encode()).decode()}"


def secret_of(request: HttpRequest) -> str:
    """The secret shown on this session's page, kept until it is confirmed."""
    kept = request.session.get(_KEY)
    if kept:
        return decrypt(kept)
    secret = new_totp_secret()
    request.session[_KEY] = encrypt(secret)
    return secret


def forget_secret(request: HttpRequest) -> None:
    """The next page shows another one."""
    request.session.pop(_KEY, None)


def account_page(request: HttpRequest, account: Account) -> AccountPage:
    """Everything on the page; a secret only while codes are off."""
    party = account.party
    secret = "" if account.totp_secret else secret_of(request)
    known = communes()
    return AccountPage(
        account,
        mask_identity(party.identity_number) if party else "",
        representations_of(party.pk, today()) if party else [],
        list(known.items()),
        known.get(party.commune_code) if party else None,
        picture(totp_address(account, secret)) if secret else "",
        " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    )
