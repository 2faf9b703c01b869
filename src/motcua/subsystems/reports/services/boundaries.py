"""Layers of areas from GeoJSON files: all of a file or nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual
from motcua.foundation.transactions import together
from motcua.subsystems.reports.errors import BoundariesBroken
from motcua.subsystems.reports.manifest import SET_UP
from motcua.subsystems.reports.models import Area, AreaLayer
from motcua.subsystems.reports.rules import BrokenGeometry, box_of, read_geometry

CHAIN = "reports"
_CODES, _NAMES, _ENGLISH = (
    ("code", "ma", "id"),
    ("fullName", "name", "ten"),
    ("fullNameEn", "name_en"),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``unlinked``: codes of areas for which no authority was found."""

    layer: str
    opened: int
    replaced: int
    unchanged: int
    unlinked: tuple[str, ...]


@together()
def set_area_layer(
    *, actor: Actor, code: str, name: str, name_en: str, source: str = "", coarse: bool = False
) -> AreaLayer:
    """Open a layer, or change what is said of it. ``coarse``: a sketch, said so on pages.

    Raises NotAllowed.
    """
    require(actor, SET_UP)
    values = {"name": name, "name_en": name_en, "source": source, "coarse": coarse}
    layer, _made = AreaLayer.objects.update_or_create(code=code, defaults=values)
    record(actor=actor, chain=CHAIN, verb="reports.set_layer", after={"code": code, **values})
    return layer


@together()
def import_boundaries(
    *,
    actor: Actor,
    content: bytes | Mapping[str, Any],
    layer: str,
    on: dt.date,
    source: str = "",
    name: str = "",
    coarse: bool = False,
) -> Imported:
    """Take the areas of a GeoJSON FeatureCollection into a layer, in force from a day.

    An area that is the same stays; one that differs ends the day before and begins anew; one
    that the file does not name stays. Areas of the layer ``ward`` are linked to the commune
    committee with the same unit code.

    Raises:
        NotAllowed: the actor does not set up reports.
        BoundariesBroken: the file is no such collection, or places in it are wrong; each named.
    """
    require(actor, SET_UP)
    found = _read(content)
    agencies = _committees(on) if layer == "ward" else {}
    row = set_area_layer(
        actor=actor,
        code=layer,
        name=name or layer,
        name_en=name or layer,
        source=source,
        coarse=coarse,
    )
    alive = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    known = {area.code: area for area in Area.objects.filter(alive, layer=row)}
    opened, ended, unchanged = _compare(row, found, known, agencies, on)
    # A row of today that nothing could have used as history yet is replaced where it stands.
    same_day = [area for area in ended if area.valid_from == on]
    for area in ended:
        area.valid_to = on - dt.timedelta(days=1)
    _put(opened, ended, same_day)
    record(
        actor=actor,
        chain=CHAIN,
        verb="reports.import_boundaries",
        after={"layer": layer, "source": source, "areas": len(found), "opened": len(opened),
               "ended": len(ended), "from": on.isoformat()},
    )  # fmt: skip
    unlinked = tuple(sorted(code for code in found if layer == "ward" and code not in agencies))
    return Imported(layer, len(opened) - len(ended), len(ended), unchanged, unlinked)


def _put(opened: list[Area], ended: list[Area], same_day: list[Area]) -> None:
    here = {area.code: area for area in same_day}
    fresh = [area for area in opened if area.code not in here]
    for area in opened:
        if area.code in here:
            area.pk = here[area.code].pk
            area.save(force_update=True)
    past = [area for area in ended if area.code not in here]
    Area.objects.bulk_update(past, ["valid_to"])
    Area.objects.bulk_create(fresh, batch_size=50)


def _compare(
    layer: AreaLayer,
    found: Mapping[str, tuple[str, str, Any]],
    known: Mapping[str, Area],
    agencies: Mapping[str, int],
    on: dt.date,
) -> tuple[list[Area], list[Area], int]:
    opened: list[Area] = []
    ended: list[Area] = []
    unchanged = 0
    for code, (name, english, polygons) in found.items():
        old, agency = known.get(code), agencies.get(code)
        if old is not None:
            if (old.polygons, old.name, old.agency_id) == (polygons, name, agency):
                unchanged += 1
                continue
            ended.append(old)
        box = box_of(polygons)
        opened.append(
            Area(
                layer=layer, code=code, name=name, name_en=english, agency_id=agency,
                west=box.west, south=box.south, east=box.east, north=box.north,
                polygons=polygons, valid_from=on,
            )
        )  # fmt: skip
    return opened, ended, unchanged


def _committees(on: dt.date) -> dict[str, int]:
    rows = agencies_as_of(on).filter(kind=Agency.Kind.COMMITTEE).exclude(commune_code="")
    return dict(rows.values_list("commune_code", "pk"))


def _read(content: bytes | Mapping[str, Any]) -> dict[str, tuple[str, str, Any]]:
    """``code → (name, English name, polygons)`` of every feature."""
    try:
        given: Any = json.loads(content) if isinstance(content, bytes) else content
    except ValueError as error:
        raise BoundariesBroken({"file": _both(f"JSON: {error}")}) from error
    features = given.get("features") if isinstance(given, dict | Mapping) else None
    if not isinstance(features, list) or not features:
        raise BoundariesBroken({"file": _both("FeatureCollection: features?")})
    wrong: dict[str, Bilingual] = {}
    found: dict[str, tuple[str, str, Any]] = {}
    for number, feature in enumerate(features, start=1):
        where = f"features[{number}]"
        try:
            code, name, english = _named(feature)
            if code in found:
                raise BrokenGeometry(f"code {code} stands twice")
            found[code] = (name, english, read_geometry(feature["geometry"]))
        except (BrokenGeometry, KeyError, TypeError, AttributeError) as error:
            wrong[where] = _both(str(error))
    if wrong:
        raise BoundariesBroken(wrong)
    return found


def _named(feature: Mapping[str, Any]) -> tuple[str, str, str]:
    facts: Mapping[str, Any] = feature.get("properties") or {}
    code = next((str(facts[key]) for key in _CODES if facts.get(key)), "")
    code = code or str(feature.get("id") or "")
    name = next((str(facts[key]) for key in _NAMES if facts.get(key)), code)
    if not code or len(code) > 30:
        raise BrokenGeometry("no code: a property “code”, or the feature's id")
    english = next((str(facts[key]) for key in _ENGLISH if facts.get(key)), name)
    return code, name[:120], english[:120]


def _both(text: str) -> Bilingual:
    return Bilingual(text, text)
