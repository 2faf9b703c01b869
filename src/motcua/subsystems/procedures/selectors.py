"""Every read of the catalogue. All of it is public data, so no actor is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import Bilingual
from motcua.foundation.folding import fold, words
from motcua.foundation.remembering import remembered
from motcua.subsystems.procedures.errors import NoVersionInForce
from motcua.subsystems.procedures.models import (
    CityRule,
    Field,
    LifeEvent,
    Procedure,
    ProcedureVersion,
)
from motcua.subsystems.procedures.rules import CityRules

_QUOTED = re.compile(r"\s*'([\w-]+)'\s*")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the search index needs to know of one procedure."""

    code: str
    title: str
    title_en: str
    text: str
    url_name: str = "portal:procedure"


def versions_in_force(on: dt.date) -> QuerySet[ProcedureVersion]:
    """Published versions in force on a day, of procedures not retired; one per procedure."""
    return (
        ProcedureVersion.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            Q(procedure__retired_on__isnull=True) | Q(procedure__retired_on__gte=on),
            published_at__isnull=False,
            valid_from__lte=on,
        )
        .select_related("procedure__field")
        .order_by("procedure__field__position", "procedure__code")
    )


def version_in_force(code: str, on: dt.date) -> ProcedureVersion:
    """The version of a procedure in force on a day. Remembered for seconds.

    Raises:
        NoVersionInForce: there is none, or the procedure is unknown.
    """
    for version in _published(code):
        ends = [day for day in (version.valid_to, version.procedure.retired_on) if day]
        if version.valid_from <= on and all(on <= day for day in ends):
            return version
    raise NoVersionInForce


@remembered("procedures.ProcedureVersion", "procedures.Procedure")
def _published(code: str) -> list[ProcedureVersion]:
    """Every published version of a procedure, newest first."""
    return history(code)


def version_by_id(version_id: int) -> ProcedureVersion:
    """The version a case rests on, whether still in force or not."""
    return ProcedureVersion.objects.select_related("procedure__field").get(pk=version_id)


def procedures(
    on: dt.date, *, field: str = "", life_event: str = "", query: str = ""
) -> list[ProcedureVersion]:
    """Procedures in force, narrowed by field, life event and words (accents optional)."""
    found = versions_in_force(on)
    if field:
        found = found.filter(procedure__field__code=field)
    wanted = words(query)
    return [
        version
        for version in found
        if (not life_event or life_event in version.document["life_events"])
        and (not wanted or _matches(version, wanted))
    ]


def procedure_names(on: dt.date) -> dict[str, Bilingual]:
    """Code → name of every procedure in force, for filters. One light statement."""
    rows = versions_in_force(on).values_list("procedure__code", "name", "name_en")
    return {code: Bilingual(vi, en) for code, vi, en in rows}


def _matches(version: ProcedureVersion, wanted: Sequence[str]) -> bool:
    text = fold(text_of_version(version))
    return all(word in text for word in wanted)


def text_of_version(version: ProcedureVersion) -> str:
    """The words a published version is found by."""
    document: dict[str, Any] = version.document
    parts = [
        version.procedure.code,
        version.name,
        version.name_en,
        version.procedure.field.name,
        *document["keywords"],
        document["who"]["vi"],
        document["who"]["en"],
    ]
    return " ".join(parts)


def search_entries(on: dt.date) -> list[SearchEntry]:
    """One entry per procedure in force, for the search index."""
    return [
        SearchEntry(v.procedure.code, v.name, v.name_en, text_of_version(v))
        for v in versions_in_force(on)
    ]


def history(code: str) -> list[ProcedureVersion]:
    """Every published version of a procedure, newest first."""
    return list(
        ProcedureVersion.objects.filter(procedure__code=code, published_at__isnull=False)
        .select_related("procedure__field")
        .order_by("-version")
    )


def procedure_fields(on: dt.date) -> list[tuple[Field, int]]:
    """The fields that have a procedure in force, each with how many."""
    counts: dict[int, int] = {}
    for field_id in versions_in_force(on).values_list("procedure__field_id", flat=True):
        counts[field_id] = counts.get(field_id, 0) + 1
    return [(field, counts[field.pk]) for field in Field.objects.all() if field.pk in counts]


def life_events(on: dt.date) -> list[tuple[LifeEvent, list[ProcedureVersion]]]:
    """The life events that some procedure in force serves, each with its procedures."""
    versions = list(versions_in_force(on))
    found = [
        (event, [v for v in versions if event.code in v.document["life_events"]])
        for event in LifeEvent.objects.all()
    ]
    return [(event, serving) for event, serving in found if serving]


@remembered("procedures.Field")
def field_names() -> dict[str, Bilingual]:
    """Code → name of every field of the city's list. Remembered for seconds."""
    return {row.code: Bilingual(row.name, row.name_en) for row in Field.objects.all()}


@remembered("procedures.Procedure")
def field_of_procedures() -> dict[str, str]:
    """Code of a procedure → code of its field. Remembered for seconds."""
    return dict(Procedure.objects.values_list("code", "field__code"))


@remembered("procedures.LifeEvent")
def life_event_names() -> dict[str, Bilingual]:
    """Code → name of every life event. Remembered for seconds."""
    return {row.code: Bilingual(row.name, row.name_en) for row in LifeEvent.objects.all()}


def agency_named(package: Mapping[str, Any]) -> Bilingual | None:
    """The agency whose code a package gives outright (``'so-tu-phap'``); None where it does not."""
    quoted = _QUOTED.fullmatch(package.get("competent_agency") or "")
    return agency_name(quoted[1]) if quoted else None


@remembered("agencies.Agency")
def agency_name(code: str) -> Bilingual | None:
    """The name of the agency of an internal code. Remembered for seconds."""
    found = Agency.objects.filter(code=code).first()
    return Bilingual(found.name, found.name_en or found.name) if found else None


@remembered("procedures.CityRule")
def city_rules() -> CityRules:
    """The city's dated rules, as the pure fee rules take them. Remembered for seconds."""
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in CityRule.Kind.values}
    for rule in CityRule.objects.order_by("key", "-valid_from"):
        rows[rule.kind].append(
            {
                **rule.document,
                "key": rule.key,
                "legal_basis": rule.basis,
                "confirmed": rule.confirmed,
                "valid_from": rule.valid_from.isoformat(),
                "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
            }
        )
    return CityRules(zero=tuple(rows["zero"]), amounts=tuple(rows["amount"]))


def drafts() -> QuerySet[Procedure]:
    """Procedures with a version waiting to be published."""
    waiting = ProcedureVersion.objects.filter(published_at__isnull=True)
    return (
        Procedure.objects.filter(versions__in=waiting)
        .distinct()
        .prefetch_related(Prefetch("versions", waiting, to_attr="waiting"))
    )
