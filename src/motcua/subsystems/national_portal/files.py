"""Addresses at which the portal fetches a paper or a result: signed, short-lived, nameless."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import open_original
from motcua.casework.issuing.public import access_document, hand_out_document
from motcua.foundation.errors import NotFound

PORTAL = Actor(None, None, "system", "Cổng Dịch vụ công quốc gia")
"""Who fetches here; the owner of a stored paper sees this name among those who looked."""
SALT = "national-portal-file"
PAPER, RESULT = "paper", "result"


def file_address(kind: str, uid: str) -> str:
    """The absolute address of a paper (``paper``) or a sealed answer (``result``)."""
    token = signing.dumps([kind, uid], salt=SALT)
    return settings.PUBLIC_URL.rstrip("/") + reverse("national_portal:file", args=[token])


def file_behind(token: str) -> tuple[str, bytes]:
    """Name and bytes of the file that an address names.

    Raises:
        NotFound: forged, too old, or there is no such file.
    """
    days = settings.MOTCUA_NATIONAL_PORTAL_FILE_DAYS
    try:
        kind, uid = signing.loads(token, salt=SALT, max_age=days * 86_400)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error
    if kind == RESULT:
        document = access_document(PORTAL, UUID(uid))
        return f"{document.code}.pdf", hand_out_document(PORTAL, document)
    attachment, file = open_original(PORTAL, uid)
    with file:
        return attachment.name, file.read()
