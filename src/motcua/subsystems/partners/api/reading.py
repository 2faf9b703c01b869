"""Following dossiers: the list, one dossier, its result."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from django.urls import path
from dmr import Path, Query, modify

from motcua.casework.access.public import api_audience
from motcua.casework.cases.public import access_case
from motcua.casework.issuing.public import IssuedDocument, hand_out_document
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.rest import PageSize, refuses
from motcua.subsystems.applications.public import (
    DossierItem,
    OwnDossier,
    dossier_facts,
    dossier_of,
    dossier_page,
    item_facts,
)
from motcua.subsystems.partners.api.door import ClientApi
from motcua.subsystems.partners.api.filing import UidPath
from motcua.subsystems.partners.selectors import followed

READ = "dossiers:read"


class FollowQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page."""

    after: Annotated[UUID | None, msgspec.Meta(description="`next` of the page before.")] = None
    size: PageSize = 50


class FollowList(msgspec.Struct):
    """A page of dossiers, newest first; ``next`` is null on the last one."""

    items: list[DossierItem]
    next: UUID | None


class ResultFile(msgspec.Struct):
    """The sealed answer; ``content`` is the PDF in base 64."""

    name: str
    sha256: str
    content: bytes


class Followed(ClientApi):
    """Dossiers open to this key."""

    scope = READ

    @modify(
        extra_responses=refuses(401, 403, 406, 422),
        operation_id="listDossiers",
        tags=["clients"],
    )
    def get(self, parsed_query: Query[FollowQuery]) -> FollowList:
        """List the dossiers that this system filed, and those of the agencies it works for."""
        before = self._before(parsed_query.after) if parsed_query.after else 0
        rows = followed(self.actor, before_id=before, size=parsed_query.size + 1)
        shown = rows[: parsed_query.size]
        return FollowList(
            items=[item_facts(self, case) for case in shown],
            next=shown[-1].uid if len(rows) > len(shown) else None,
        )

    def _before(self, uid: UUID) -> int:
        try:
            return access_case(self.actor, uid, kind="application").pk
        except NotFound:
            wrong = Bilingual("Không có trang bắt đầu từ đây.", "No page begins here.")
            raise InvalidInput({"after": wrong}) from None


class Followee(ClientApi):
    """One dossier."""

    scope = READ

    @modify(
        extra_responses=refuses(401, 403, 404, 406, 422),
        operation_id="getDossier",
        tags=["clients"],
    )
    def get(self, parsed_path: Path[UidPath]) -> OwnDossier:
        """Tell where a dossier stands, what it waits for and why it is due when it is due."""
        return dossier_facts(self, dossier_page(self.actor, parsed_path.uid))


class Result(ClientApi):
    """The sealed answer."""

    scope = READ

    @modify(
        extra_responses=refuses(401, 403, 404, 406, 422),
        operation_id="getResult",
        tags=["clients"],
    )
    def get(self, parsed_path: Path[UidPath]) -> ResultFile:
        """Fetch the signed and sealed PDF, in base 64."""
        case = access_case(self.actor, parsed_path.uid, kind="application")
        document = dossier_of(case).application.result
        if document is None or document.state != IssuedDocument.State.SEALED:
            raise NotFound
        content = hand_out_document(self.actor, document)
        return ResultFile(f"{document.code}.pdf", document.sha256, content)


_client = api_audience("client")
routes = [
    path("followed", _client(Followed.as_view()), name="followed"),
    path("followed/<str:uid>", _client(Followee.as_view()), name="followed-one"),
    path("followed/<str:uid>/result", _client(Result.as_view()), name="followed-result"),
]
