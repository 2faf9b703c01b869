"""Categories, limits, areas and rules in force. Small reference data, remembered for seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from motcua.casework.agencies.public import Agency, carried_on_by
from motcua.foundation.remembering import remembered
from motcua.subsystems.reports.models import Area, AreaLayer, Category, ReportLimit, RuleSet
from motcua.subsystems.reports.rules import (
    Box,
    LimitRow,
    RuleRow,
    first_holding,
    rules_of,
)

WARDS = "ward"
"""The layer whose areas are wards, communes and the special zone."""


@dataclass(frozen=True, slots=True)
class CategoryInfo:
    """A category in force as pages and rules read it. ``leaf``: reports may be filed under it."""

    pk: int
    code: str
    path: tuple[str, ...]
    name: str
    name_en: str
    hint: str
    hint_en: str
    words: tuple[str, ...]
    form: Mapping[str, Any]
    urgency: str
    needs_proof: bool
    needs_place: bool
    privacy: str
    same_within_metres: int
    same_within_days: int
    leaf: bool
    group: str
    group_en: str

    def in_language(self, english: bool) -> str:
        """Its public name."""
        return self.name_en if english else self.name


def _in_force(on: dt.date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


@remembered("reports.Category")
def categories_on(on: dt.date) -> Mapping[str, CategoryInfo]:
    """Every category in force on a day by its code, in the order they are shown."""
    rows = list(Category.objects.filter(_in_force(on)))
    names = {row.code: (row.name, row.name_en) for row in rows}
    parents = {code for row in rows for code in row.path[:-1]}
    return {row.code: _info(row, row.code not in parents, names) for row in rows}


def _info(row: Category, leaf: bool, names: Mapping[str, tuple[str, str]]) -> CategoryInfo:
    top = names.get(row.path[0], ("", "")) if len(row.path) > 1 else ("", "")
    return CategoryInfo(
        pk=row.pk,
        code=row.code,
        path=tuple(row.path),
        name=row.name,
        name_en=row.name_en,
        hint=row.hint,
        hint_en=row.hint_en,
        words=tuple(row.words),
        form=row.form,
        urgency=row.urgency,
        needs_proof=row.needs_proof,
        needs_place=row.needs_place,
        privacy=row.privacy,
        same_within_metres=row.same_within_metres,
        same_within_days=row.same_within_days,
        leaf=leaf,
        group=top[0],
        group_en=top[1],
    )


@remembered("reports.Category", for_ever=True)
def category_of(pk: int) -> CategoryInfo:
    """A category by its row, also one that has ended: its row never changes."""
    return _info(Category.objects.get(pk=pk), True, {})


@remembered("reports.ReportLimit")
def limits_on(on: dt.date) -> Sequence[LimitRow]:
    """The time limits in force on a day."""
    rows = ReportLimit.objects.filter(_in_force(on))
    return [
        LimitRow(row.category_code, row.urgency, row.amount, row.unit, row.basis, row.confirmed)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ActiveRules:
    """The set in force: its number, its rules in order, and the triage desk."""

    number: int
    rules: tuple[RuleRow, ...]
    triage_id: int


@remembered("reports.RuleSet")
def active_rules() -> ActiveRules | None:
    """The set of rules in force; None before the line is opened."""
    row = RuleSet.objects.filter(state=RuleSet.State.ACTIVE).first()
    return ActiveRules(row.number, tuple(rules_of(row.rules)), row.triage_id) if row else None


@remembered("agencies.Agency", "agencies.Succession")
def acting_agency(code: str, on: dt.date) -> int | None:
    """Who acts on a day for the agency with this code: itself or who carries on; None: nobody."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        return None
    pk = carried_on_by(agency, on)
    alive = Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), pk=pk)
    return pk if alive.exists() else None


@remembered("agencies.Agency")
def unit_options() -> Sequence[tuple[str, str]]:
    """``(code, name)`` of the units that a report may be sent to, the triage desk first."""
    kinds = (Agency.Kind.COMMITTEE, Agency.Kind.DEPARTMENT, Agency.Kind.BRANCH)
    rows = Agency.objects.filter(valid_to=None, kind__in=kinds).order_by("name")
    return [("@desk", "Tổng đài 1022"), *rows.values_list("code", "name")]


@remembered("reports.Area")
def any_areas(on: dt.date) -> bool:
    """Whether wards are known at all."""
    return Area.objects.filter(_in_force(on), layer__code=WARDS).exists()


def area_at(longitude: float, latitude: float, on: dt.date, layer: str = WARDS) -> Area | None:
    """The area of a layer that gets a point; None when none has it. One statement."""
    rows = Area.objects.filter(
        _in_force(on),
        layer__code=layer,
        west__lte=longitude,
        east__gte=longitude,
        south__lte=latitude,
        north__gte=latitude,
    ).select_related("agency")
    found = {row.code: row for row in rows}
    shapes = (
        (row.code, Box(row.west, row.south, row.east, row.north), row.polygons)
        for row in found.values()
    )
    code = first_holding(shapes, longitude, latitude)
    return found[code] if code is not None else None


def area_by_code(code: str, on: dt.date, layer: str = WARDS) -> Area | None:
    """An area by its official code."""
    rows = Area.objects.filter(_in_force(on), layer__code=layer, code=code)
    return rows.defer("polygons").select_related("agency").first()


@remembered("reports.Area")
def ward_options(on: dt.date) -> Sequence[tuple[str, str, str]]:
    """``(code, name, English name)`` of every ward that a place may be in, by name."""
    rows = Area.objects.filter(_in_force(on), layer__code=WARDS).order_by("name")
    return list(rows.values_list("code", "name", "name_en"))


@remembered("reports.AreaLayer")
def layer_is_coarse(code: str = WARDS) -> bool:
    """Whether a layer is only a sketch, which pages must say."""
    return AreaLayer.objects.filter(code=code, coarse=True).exists()
