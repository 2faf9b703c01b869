"""Every read of notices."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet

from motcua.casework.access.public import Actor
from motcua.casework.notices.models import Delivery, MailMessage, Notice
from motcua.casework.notices.rules import MAIL

_SALT = "motcua.notices.opt-out"


def _readers(actor: Actor) -> list[str]:
    keys: list[str] = []
    if actor.account_id is not None:
        keys.append(f"u:{actor.account_id}")
    if actor.party_id is not None:
        keys.append(f"p:{actor.party_id}")
    return keys


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The notices addressed to the actor's account or party."""
    return Notice.objects.filter(reader__in=_readers(actor))


def notices_of(
    actor: Actor, *, unread_only: bool = False, before: uuid.UUID | None = None, limit: int = 20
) -> list[Notice]:
    """The actor's notices, newest first: one statement.

    ``before`` is the uid of the last one already shown; uids grow with time.
    """
    rows = notices_for(actor)
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    if before is not None:
        rows = rows.filter(pk__lt=Notice.objects.filter(uid=before).values("pk")[:1])
    return list(rows.order_by("-pk")[:limit])


def unread_count(actor: Actor) -> int:
    """How many notices the actor has not read: one count in one index."""
    readers = _readers(actor)
    if not readers:
        return 0
    return Notice.objects.filter(reader__in=readers, read_at__isnull=True).count()


def deliveries_of_case(case_id: int) -> list[Delivery]:
    """The delivery log of a case, newest first, for officials who may see the case."""
    return list(
        Delivery.objects.filter(notice__case_id=case_id).select_related("notice").order_by("-pk")
    )


def failed_deliveries(limit: int = 100) -> list[Delivery]:
    """Deliveries that need a person, newest first."""
    failed = Delivery.objects.filter(state=Delivery.State.FAILED)
    return list(failed.select_related("notice").order_by("-pk")[:limit])


def outcomes_of(dedupe_keys: Sequence[str]) -> Counter[tuple[str, str]]:
    """How the mails of notices ended, counted by state and reason. One statement.

    Args:
        dedupe_keys: as kept, ``<dedupe_key>:<reader>``; a few hundred at a time.
    """
    mails = Delivery.objects.filter(notice__dedupe_key__in=dedupe_keys, channel=MAIL)
    rows = mails.values_list("state", "last_error").annotate(number=Count("pk"))
    return Counter({(state, reason): number for state, reason, number in rows})


def opt_out_token(notice: Notice) -> str:
    """What stands in a mail's unsubscribe link: the notice's uid, signed."""
    return Signer(salt=_SALT).sign(str(notice.uid))


def notice_of_token(token: str) -> Notice | None:
    """The notice an unsubscribe link came with, or None when the token is not ours."""
    try:
        uid = uuid.UUID(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return Notice.objects.filter(uid=uid).first()


def demo_mails(limit: int = 50) -> list[MailMessage]:
    """The demo's mailbox, newest first."""
    return list(MailMessage.objects.order_by("-pk")[:limit])


def demo_mail(uid: uuid.UUID) -> MailMessage | None:
    return MailMessage.objects.filter(uid=uid).first()
