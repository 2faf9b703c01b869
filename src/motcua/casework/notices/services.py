"""Every write of notices: tell people, mark as read, opt out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.notices.catalogue import template_of
from motcua.casework.notices.models import Notice, OptOut
from motcua.casework.notices.rules import MAIL, Template, Text, render
from motcua.casework.notices.selectors import notices_for
from motcua.foundation.errors import NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now

CREATED = "notices.created"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: an account or a party, and in which language."""

    account_id: int | None = None
    party_id: int | None = None
    language: str = "vi"

    def __post_init__(self) -> None:
        if (self.account_id is None) == (self.party_id is None):
            raise ValueError("a recipient is either an account or a party")

    @property
    def reader(self) -> str:
        """The viewer key that owns the notice."""
        return f"u:{self.account_id}" if self.party_id is None else f"p:{self.party_id}"


def notify(
    *,
    actor: Actor,
    template: str,
    recipients: Iterable[Recipient],
    data: Mapping[str, object],
    case_id: int | None = None,
    link: str = "",
    dedupe_key: str = "",
) -> None:
    """Tell people something, in the caller's transaction: two INSERTs; mail follows by a job.

    Args:
        actor: who caused it.
        template: key of a template (``data/templates``).
        recipients: accounts or parties; the same one twice is told once.
        data: the template's fields; moments, dates and bilingual texts are written in
            each recipient's language.
        case_id: the case it is about.
        link: path on this site, without personal data.
        dedupe_key: the same one tells nobody twice, e.g. ``accepted:<case uid>``.

    Raises:
        LookupError: no such template.
        KeyError: ``data`` lacks a field.
        ValueError: ``link`` leads away from this site.
    """
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a notice links to a path on this site")
    chosen = template_of(template)
    told = {recipient.reader: recipient for recipient in recipients}
    if not told:
        return
    texts = {r.language: render(chosen, r.language, data) for r in told.values()}
    common: dict[str, object] = {
        "template": template,
        "case_id": case_id,
        "caused_by_id": actor.account_id,
        "link": link,
        "created_at": now(),
    }
    rows = [_row(r, texts[r.language], dedupe_key, common) for r in told.values()]
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        emit(CREATED, dedupe_key[:120], {"notices": [str(row.uid) for row in rows]})


@dataclass(frozen=True, slots=True)
class Told:
    """One notice of several of one kind; fields as for :func:`notify`."""

    recipient: Recipient
    data: Mapping[str, object]
    case_id: int | None = None
    link: str = ""
    dedupe_key: str = ""


def notify_many(*, actor: Actor, template: str, told: Iterable[Told]) -> None:
    """Tell many people of many things, each in its own words: two INSERTs for all.

    Raises: as :func:`notify`.
    """
    chosen, at = template_of(template), now()
    rows: list[Notice] = []
    for one in told:
        if one.link and (not one.link.startswith("/") or one.link.startswith("//")):
            raise ValueError("a notice links to a path on this site")
        text = render(chosen, one.recipient.language, one.data)
        common: dict[str, object] = {
            "template": template,
            "case_id": one.case_id,
            "caused_by_id": actor.account_id,
            "link": one.link,
            "created_at": at,
        }
        rows.append(_row(one.recipient, text, one.dedupe_key, common))
    if rows:
        with transaction.atomic(savepoint=False):
            Notice.objects.bulk_create(rows, ignore_conflicts=True)
            emit(CREATED, "", {"notices": [str(row.uid) for row in rows]})


def _row(recipient: Recipient, text: Text, dedupe_key: str, common: Mapping[str, object]) -> Notice:
    return Notice(
        reader=recipient.reader,
        account_id=recipient.account_id,
        party_id=recipient.party_id,
        language=recipient.language,
        subject=text.subject,
        body=text.body,
        dedupe_key=f"{dedupe_key}:{recipient.reader}" if dedupe_key else "",
        **common,
    )


def mark_read(*, actor: Actor, uid: uuid.UUID) -> Notice:
    """Mark one of the actor's notices as read. Raises NotFound for anybody else's."""
    with transaction.atomic():
        notice = notices_for(actor).filter(uid=uid).first()
        if notice is None:
            raise NotFound
        if notice.read_at is None:
            notice.read_at = now()
            notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, actor: Actor) -> int:
    """Mark every notice of the actor as read. Returns how many were unread."""
    return notices_for(actor).filter(read_at__isnull=True).update(read_at=now())


def opt_out(*, notice: Notice, template: Template) -> None:
    """Stop mail of this optional kind to the notice's reader.

    Raises:
        ValueError: the kind is not optional.
    """
    if not template.optional:
        raise ValueError(f"{template.key} is not optional")
    OptOut.objects.bulk_create(
        [OptOut(reader=notice.reader, template=template.key, channel=MAIL, at=now())],
        ignore_conflicts=True,
    )


def opt_in(*, notice: Notice) -> None:
    """Take an opt-out back."""
    OptOut.objects.filter(reader=notice.reader, template=notice.template, channel=MAIL).delete()
