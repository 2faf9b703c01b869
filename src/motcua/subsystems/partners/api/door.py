"""What every controller for partners has: the key, the scope, the idempotency key."""

from __future__ import annotations

from typing import Any, ClassVar, Self, cast

from django.http import HttpRequest
from dmr.controller import Controller
from dmr.endpoint import Endpoint
from dmr.metadata import EndpointMetadata
from dmr.openapi.objects import Reference, SecurityRequirement, SecurityScheme
from dmr.security.base import SyncAuth
from dmr.serializer import BaseSerializer

from motcua.casework.access.public import Actor
from motcua.foundation.rest import Api
from motcua.subsystems.partners.errors import KeyNeeded, ScopeMissing

LONGEST_KEY = 100


class KeyAuth(SyncAuth):
    """``Authorization: Bearer mc_…``; the route's audience has already judged the key."""

    __slots__ = ()

    @property
    def www_authenticate_challenge(self) -> str:
        """RFC 6750 §3."""
        return 'Bearer realm="motcua"'

    def __call__(self, endpoint: Endpoint, controller: Controller[BaseSerializer]) -> Self | None:
        """Let in a client whose key has the controller's scope.

        Raises:
            ScopeMissing: it has not.
        """
        del endpoint
        actor: Actor = cast(Any, controller.request).actor
        if actor.kind != "client":
            return None
        scope = cast(ClientApi, controller).scope
        if scope not in actor.scopes:
            raise ScopeMissing(scope=scope)
        return self

    def security_schemes(
        self, metadata: EndpointMetadata, controller_cls: type[Controller[BaseSerializer]]
    ) -> dict[str, SecurityScheme | Reference]:
        """As the description names it."""
        del metadata, controller_cls
        about = "Key of a connected system, given by the city's administrator."
        return {"access_key": SecurityScheme(type="http", scheme="bearer", description=about)}

    def security_requirements(
        self, metadata: EndpointMetadata, controller_cls: type[Controller[BaseSerializer]]
    ) -> list[SecurityRequirement]:
        """What a route needs."""
        del metadata, controller_cls
        return [{"access_key": []}]


class ClientApi(Api):
    """For another organisation's system with a key that has ``scope``; never kept by caches."""

    is_abstract = True
    auth = (KeyAuth(),)
    scope: ClassVar[str] = ""

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return cast(Any, self.request).actor

    def counted_as(self, request: HttpRequest) -> str:
        """Requests are counted for the partner, whatever address it calls from."""
        return f"u:{cast(Any, request).actor.account_id}"

    def idempotency_key(self) -> str:
        """The command's own key.

        Raises:
            KeyNeeded: none, or longer than 100 characters.
        """
        key = self.request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > LONGEST_KEY:
            raise KeyNeeded
        return key
