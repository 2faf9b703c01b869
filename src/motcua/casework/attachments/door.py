"""The one way by which bytes of a file leave the house for a person or another system.

Whoever hands out a file calls it, so that the owner of a stored paper sees every look,
by whatever page or program it was. A test over the source refuses other ways.
"""

from __future__ import annotations

from typing import BinaryIO

from motcua.casework.access.public import Actor
from motcua.casework.attachments.models import Attachment
from motcua.casework.attachments.selectors import attachment_of, open_blob, refuse_unsafe
from motcua.casework.attachments.stored import Seen, note_look


def hand_out(actor: Actor, sha256: str, *, case_id: int | None) -> BinaryIO:
    """Bytes that the caller found to be the actor's to see; the look is written down.

    Args:
        case_id: the case they stand in, which says whose paper it is.

    Raises:
        FileMissing: the store does not hold them.
    """
    note_look(actor, Seen(sha256, case_id))
    return open_blob(sha256)


def open_original(actor: Actor, uid: object) -> tuple[Attachment, BinaryIO]:
    """A file that may be handed to the actor now, and its bytes; the look is written down.

    Raises:
        NotFound: absent and forbidden alike.
        InfectedFile: never handed out.
        NotScannedYet: waits for its scan and the actor is not its sender.
    """
    attachment = seen_attachment(actor, uid)
    return attachment, open_blob(attachment.blob_id)


def seen_attachment(actor: Actor, uid: object) -> Attachment:
    """A file of which the actor is about to be shown something. Raises as above."""
    attachment = attachment_of(actor, uid)
    refuse_unsafe(attachment, actor)
    from_store = attachment.source == Attachment.Source.STORE
    note_look(actor, Seen(attachment.blob_id, attachment.case_id, from_store))
    return attachment
