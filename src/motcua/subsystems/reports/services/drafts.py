"""Photos kept before the report is sent, also of people without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.attachments.public import Attachment, draft_attachments, receive_upload
from motcua.casework.people.public import system_account
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.remembering import remembered

ACCOUNT = "phan-anh-1022"
MOST_PHOTOS = 5
PHOTO_TYPES = frozenset({"jpg", "png", "heic"})
PROOF_TYPES = PHOTO_TYPES | {"pdf"}
PHOTO = "photo"


@remembered("people.Account")
def _account_id() -> int:
    name = "Cổng phản ánh 1022"
    return system_account(actor=SYSTEM, username=ACCOUNT, display_name=name).pk


def drafter() -> Actor:
    """In whose name photos of people without an account wait until the report is sent.

    It sees nothing but drafts under a key that only the sender's own page knows.
    """
    return Actor(_account_id(), None, "anonymous", "Khách (cổng phản ánh)")


def kept_photos(actor: Actor, draft_key: str) -> list[Attachment]:
    """The photos kept under a key so far, oldest first."""
    owner = drafter() if actor.account_id is None else actor
    return list(draft_attachments(owner, draft_key)) if draft_key else []


def keep_photos(
    *, actor: Actor, draft_key: str, files: Iterable[Any], accept: frozenset[str] = PHOTO_TYPES
) -> list[Attachment]:
    """Take in photos for a report that is being written.

    Raises:
        UploadRefused: one of its kinds; those before it are kept.
        InvalidInput: more than :data:`MOST_PHOTOS`.
    """
    owner = drafter() if actor.account_id is None else actor
    room = MOST_PHOTOS - len(kept_photos(actor, draft_key))
    kept: list[Attachment] = []
    for file in files:
        if len(kept) >= room:
            text = Bilingual(
                f"Tối đa {MOST_PHOTOS} ảnh; ảnh sau cùng chưa được nhận.",
                f"At most {MOST_PHOTOS} photos; the last ones were not taken.",
            )
            raise InvalidInput({"photos": text})
        kept.append(
            receive_upload(
                actor=owner, file=file, component_code=PHOTO, draft_key=draft_key, accept=accept
            )
        )
    return kept
