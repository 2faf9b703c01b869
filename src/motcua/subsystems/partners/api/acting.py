"""Working on dossiers in the role that a partner's system holds at an agency."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.urls import path
from dmr import Body, Path, modify

from motcua.casework.access.public import api_audience
from motcua.foundation.errors import Bilingual
from motcua.foundation.rest import refuses
from motcua.subsystems.partners.api.door import ClientApi
from motcua.subsystems.partners.api.filing import Moved, UidPath
from motcua.subsystems.partners.services import act_for
from motcua.subsystems.partners.services.filing import offered

Text = Annotated[str, msgspec.Meta(max_length=4000)]


class Offered(msgspec.Struct):
    """An action that may be taken now; ``asks`` names what its payload must hold."""

    action: str
    name: str
    step: str
    verb: str
    asks: list[str]


class OfferedList(msgspec.Struct):
    """What may be done with the dossier now."""

    items: list[Offered]


class NewAction(msgspec.Struct, forbid_unknown_fields=True):
    """Which action, with what it asks for."""

    action: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    payload: dict[Annotated[str, msgspec.Meta(max_length=60)], Any] = {}


class Actions(ClientApi):
    """What can be done with a dossier."""

    scope = "dossiers:act"

    @modify(
        extra_responses=refuses(401, 403, 404, 406, 422),
        operation_id="listActions",
        tags=["clients"],
    )
    def get(self, parsed_path: Path[UidPath]) -> OfferedList:
        """List the actions that the process offers this system now."""
        _, _, possible = offered(self.actor, parsed_path.uid)
        return OfferedList(
            [
                Offered(
                    row.action, self._say(row.name), self._say(row.step_name), row.verb,
                    list(row.asks),
                )
                for row in possible
            ]
        )  # fmt: skip

    def _say(self, text: Any) -> str:
        return self.say(Bilingual(text.vi, text.en))

    @modify(
        extra_responses=refuses(400, 401, 403, 404, 406, 409, 415, 422),
        status_code=HTTPStatus.OK,
        operation_id="takeAction",
        tags=["clients"],
    )
    def post(self, parsed_path: Path[UidPath], parsed_body: Body[NewAction]) -> Moved:
        """Take an action. Needs the header `Idempotency-Key`."""
        done = act_for(
            actor=self.actor,
            uid=parsed_path.uid,
            action=parsed_body.action,
            payload=parsed_body.payload,
            key=self.idempotency_key(),
        )
        return Moved(UUID(done["uid"]), done["state"], done["version"])


routes = [
    path("dossiers/<str:uid>/actions", api_audience("client")(Actions.as_view()), name="actions"),
]
