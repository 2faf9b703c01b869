"""Agencies for programs."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.urls import path
from dmr import Query, modify

from motcua.casework.access.public import api_audience
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.foundation.errors import Bilingual
from motcua.foundation.rest import PageSize, PublicApi, refuses
from motcua.foundation.timesource import today


class AgencyQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which agencies; all given filters hold together."""

    kind: Literal["", "city", "department", "committee", "centre", "branch", "other"] = ""
    commune: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^([0-9]{5})?$", description="Code of a ward, commune or special zone."
        ),
    ] = ""
    after: Annotated[
        str,
        msgspec.Meta(pattern=r"^[-.0-9A-Za-z_]{0,40}$", description="`next` of the page before."),
    ] = ""
    size: PageSize = 50


class AgencyFacts(msgspec.Struct):
    """A public body in being today."""

    code: str
    kind: str
    level: str
    name: str
    commune: str
    address: str
    phone: str
    latitude: float | None
    longitude: float | None


class AgencyPage(msgspec.Struct):
    """A page of agencies by code; ``next`` is empty on the last one."""

    items: list[AgencyFacts]
    next: str


class AgencyList(PublicApi):
    """Public bodies."""

    @modify(extra_responses=refuses(406, 422), operation_id="listAgencies", tags=["agencies"])
    def get(self, parsed_query: Query[AgencyQuery]) -> AgencyPage:
        """List the agencies in being today, by code."""
        asked = parsed_query
        found = agencies_as_of(today()).filter(code__gt=asked.after).order_by("code")
        if asked.kind:
            found = found.filter(kind=asked.kind)
        if asked.commune:
            found = found.filter(commune_code=asked.commune)
        rows = list(found[: asked.size + 1])
        shown = rows[: asked.size]
        return AgencyPage(
            items=[_facts(self, agency) for agency in shown],
            next=shown[-1].code if len(rows) > len(shown) else "",
        )


routes = [path("agencies", api_audience("public")(AgencyList.as_view()), name="agencies")]


def _facts(controller: PublicApi, agency: Agency) -> AgencyFacts:
    return AgencyFacts(
        code=agency.code,
        kind=agency.kind,
        level=agency.level,
        name=controller.say(Bilingual(agency.name, agency.name_en or agency.name)),
        commune=agency.commune_code,
        address=agency.address,
        phone=agency.phone,
        latitude=agency.latitude,
        longitude=agency.longitude,
    )
