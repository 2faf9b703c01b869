"""Reading one's own exports; nobody else's exist."""

from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import open_blob
from motcua.casework.exports.errors import FileGone, NotReady
from motcua.casework.exports.lists import list_of
from motcua.casework.exports.models import Export
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.timesource import now

OPEN = (Export.State.WAITING, Export.State.RUNNING)


def own_export(actor: Actor, uid: UUID | str) -> Export:
    """An export of the actor. One statement.

    Raises:
        NotFound: absent, or somebody else's.
    """
    found = Export.objects.filter(uid=uid, account_id=actor.account_id).first()
    if found is None or actor.account_id is None:
        raise NotFound
    return found


def own_exports(actor: Actor, *, before: int = 0, size: int = 30) -> list[Export]:
    """The actor's exports, newest first; keyset by id. One statement."""
    rows = Export.objects.filter(account_id=actor.account_id).order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[:size])


def open_export(actor: Actor, uid: UUID | str) -> tuple[Export, BinaryIO]:
    """The actor's own file, while it is kept and while the actor may still have the list.

    Raises:
        NotFound, NotReady, FileGone.
        NotAllowed: the right to the list was lost since.
    """
    export = own_export(actor, uid)
    if not list_of(export.source).open_to(actor):
        raise NotAllowed
    if export.state == Export.State.GONE:
        raise FileGone
    if export.state != Export.State.READY or not export.blob_id:
        raise NotReady
    if export.expires_at is not None and export.expires_at <= now():
        raise FileGone
    return export, open_blob(export.blob_id)
