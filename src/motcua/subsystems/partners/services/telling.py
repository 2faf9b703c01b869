"""Webhooks: registering them, noting what they must be told, telling it with a signature."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.casework.access.public import Actor, actor_of, require
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.foundation.outbound import Door, OutboundUnavailable, call, refuse_address
from motcua.foundation.outbox.public import enqueue, enqueue_many
from motcua.foundation.timesource import now
from motcua.subsystems.partners.models import Delivery, Webhook
from motcua.subsystems.partners.rules import WAITS, signature

DELIVER = "partners.deliver"
MOST_WEBHOOKS = 10
GOOD = range(200, 300)


def _door() -> Door:
    inside = bool(settings.MOTCUA_WEBHOOKS_PRIVATE)
    return Door(frozenset({"*"}), private=inside, plain=inside, seconds=10, most_bytes=65_536)


@transaction.atomic
def add_webhook(*, actor: Actor, url: str, topics: Collection[str]) -> tuple[Webhook, str]:
    """Register an address; the secret that signs its messages is returned here, once.

    Args:
        topics: such as ``accept``, ``issue``; empty means every change.

    Raises:
        InvalidInput: the address may not be called, an unknown topic, or too many addresses.
    """
    from motcua.subsystems.applications.public import ACTS

    wrong: dict[str, Bilingual] = {}
    try:
        refuse_address(url, _door())
    except DomainError as error:
        wrong["url"] = error.text()
    if unknown := sorted(set(topics) - set(ACTS)):
        wrong["topics"] = Bilingual(
            f"Không có loại: {', '.join(unknown)}.", f"No such topic: {', '.join(unknown)}."
        )
    if Webhook.objects.filter(partner_id=actor.account_id, ended_at=None).count() >= MOST_WEBHOOKS:
        wrong["url"] = Bilingual("Đã đủ 10 địa chỉ.", "There are 10 addresses already.")
    if wrong:
        raise InvalidInput(wrong)
    secret = secrets.token_hex(32)
    hook = Webhook(
        partner_id=actor.account_id,
        url=url,
        topics=sorted(set(topics)),
        secret=secret,
        made_at=now(),
    )
    hook.save(force_insert=True)
    _record(actor, hook, "partners.add_webhook")
    return hook, secret


@transaction.atomic
def end_webhook(*, actor: Actor, uid: UUID) -> None:
    """Switch off one of the actor's own webhooks; what waits for it is not told any more.

    Raises:
        NotFound.
    """
    hook = Webhook.objects.filter(uid=uid, partner_id=actor.account_id, ended_at=None).first()
    if hook is None:
        raise NotFound
    Webhook.objects.filter(pk=hook.pk).update(ended_at=now())
    _record(actor, hook, "partners.end_webhook")


def _record(actor: Actor, hook: Webhook, verb: str) -> None:
    after = {"webhook": str(hook.uid), "topics": hook.topics}
    record(actor=actor, chain=f"partner:{hook.partner_id}", verb=verb, after=after)


def note_event(event_id: int, verb: str, case_id: int, at: dt.datetime) -> int:
    """Note an act on a dossier for every webhook whose partner may see it.

    Part of the caller's transaction; once per webhook and event. The message names the
    dossier and its state, never a person.

    Returns:
        How many were noted.
    """
    hooks = list(Webhook.objects.filter(ended_at=None).select_related("partner__account"))
    wanted = [hook for hook in hooks if not hook.topics or verb in hook.topics]
    if not wanted:
        return 0
    case = Case.objects.get(pk=case_id)
    viewers = set(case.visibility.values_list("viewer", flat=True))  # type: ignore[attr-defined]
    rows = [
        Delivery(webhook=hook, event_id=event_id, body=_body(case, verb, at), made_at=now())
        for hook in wanted
        if _may_see(hook, viewers)
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    enqueue_many(DELIVER, [({"delivery": str(row.uid)}, None, f"hook:{row.uid}") for row in rows])
    return len(rows)


def _may_see(hook: Webhook, viewers: set[str]) -> bool:
    keys = set(actor_of(hook.partner.account).viewer_keys) - {"public"}
    return bool(keys & viewers)


def _body(case: Case, verb: str, at: dt.datetime) -> str:
    told: Mapping[str, Any] = {
        "type": f"dossier.{verb}",
        "at": at.isoformat(),
        "dossier": {"uid": str(case.uid), "code": case.code, "state": case.state},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def deliver(delivery_uid: str) -> None:
    """Tell one message; on failure another try is asked for, later each time.

    Outside any transaction. The receiver sees the same ``Motcua-Delivery`` on every try.
    """
    row = Delivery.objects.select_related("webhook").filter(uid=delivery_uid).first()
    if row is None or row.state != str(Delivery.State.WAITING):
        return
    if row.webhook.ended_at is not None:
        _end(row, Delivery.State.GIVEN_UP, "switched off")
        return
    answer = _post(row)
    if answer.isdigit() and int(answer) in GOOD:
        _end(row, Delivery.State.DELIVERED, answer)
        return
    with transaction.atomic():
        if row.tries >= len(WAITS):
            _end(row, Delivery.State.GIVEN_UP, answer)
            return
        wait = dt.timedelta(seconds=WAITS[row.tries])
        Delivery.objects.filter(pk=row.pk).update(tries=row.tries + 1, answer=answer)
        key = f"hook:{row.uid}:{row.tries + 1}"
        enqueue(DELIVER, {"delivery": str(row.uid)}, now() + wait, key)


def _post(row: Delivery) -> str:
    """The status of the answer, or the code of what stood in the way."""
    body = row.body.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Motcua-Signature": signature(row.webhook.secret, int(now().timestamp()), body),
        "Motcua-Delivery": str(row.uid),
    }
    try:
        return str(call("POST", row.webhook.url, door=_door(), body=body, headers=headers).status)
    except OutboundUnavailable as error:
        return error.code
    except DomainError as error:
        return f"{error.code}:{error.data.get('why', '')}"[:60]


def _end(row: Delivery, state: str, answer: str) -> None:
    Delivery.objects.filter(pk=row.pk).update(
        state=state, answer=answer[:60], tries=row.tries + 1, ended_at=now()
    )


@transaction.atomic
def try_again(*, actor: Actor, uid: UUID) -> None:
    """Put a message that was given up back in line, from the first wait.

    Raises:
        NotAllowed, NotFound.
    """
    require(actor, "partners.manage")
    row = Delivery.objects.filter(uid=uid, state=Delivery.State.GIVEN_UP).first()
    if row is None:
        raise NotFound
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.WAITING, tries=0, ended_at=None)
    enqueue(DELIVER, {"delivery": str(row.uid)})
    record(
        actor=actor,
        chain=f"partner:{row.webhook.partner_id}",
        verb="partners.try_again",
        after={"delivery": str(row.uid)},
    )
