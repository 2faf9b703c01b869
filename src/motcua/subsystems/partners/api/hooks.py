"""Being told of changes: a partner's own webhooks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from django.urls import path
from dmr import Body, Path, modify

from motcua.casework.access.public import api_audience
from motcua.foundation.rest import Moment, refuses
from motcua.subsystems.partners.api.door import ClientApi
from motcua.subsystems.partners.api.filing import UidPath
from motcua.subsystems.partners.models import Webhook
from motcua.subsystems.partners.selectors import own_webhooks
from motcua.subsystems.partners.services import add_webhook, end_webhook


class NewHook(msgspec.Struct, forbid_unknown_fields=True):
    """Where to tell, and of what; no topics means every change."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    topics: list[Annotated[str, msgspec.Meta(max_length=60)]] = []


class Hook(msgspec.Struct):
    """A webhook; its secret is shown once, when it is made."""

    uid: UUID
    url: str
    topics: list[str]
    since: Moment
    secret: str = ""


class HookList(msgspec.Struct):
    """All webhooks of this system."""

    items: list[Hook]


class Hooks(ClientApi):
    """One's own webhooks."""

    scope = "webhooks"

    @modify(extra_responses=refuses(401, 403, 406, 422), operation_id="listWebhooks",
            tags=["clients"])  # fmt: skip
    def get(self) -> HookList:
        """List this system's webhooks."""
        return HookList([_hook(row) for row in own_webhooks(self.actor)])

    @modify(
        extra_responses=refuses(400, 401, 403, 406, 415, 422),
        status_code=HTTPStatus.CREATED,
        operation_id="addWebhook",
        tags=["clients"],
    )
    def post(self, parsed_body: Body[NewHook]) -> Hook:
        """Register an address that is told of changes by signed messages."""
        row, secret = add_webhook(actor=self.actor, url=parsed_body.url, topics=parsed_body.topics)
        return _hook(row, secret)


class OneHook(ClientApi):
    """One webhook."""

    scope = "webhooks"

    @modify(
        extra_responses=refuses(401, 403, 404, 406, 422),
        status_code=HTTPStatus.OK,
        operation_id="endWebhook",
        tags=["clients"],
    )
    def delete(self, parsed_path: Path[UidPath]) -> HookList:
        """Switch a webhook off; the answer lists those that are left."""
        end_webhook(actor=self.actor, uid=parsed_path.uid)
        return HookList([_hook(row) for row in own_webhooks(self.actor)])


def _hook(row: Webhook, secret: str = "") -> Hook:
    return Hook(row.uid, row.url, list(row.topics), row.made_at, secret)


_client = api_audience("client")
routes = [
    path("webhooks", _client(Hooks.as_view()), name="webhooks"),
    path("webhooks/<str:uid>", _client(OneHook.as_view()), name="webhook"),
]
