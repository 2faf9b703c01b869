"""Which agency a step's unit means for a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.agencies.public import Agency, successor_of
from motcua.casework.cases.public import Case
from motcua.casework.workflow.moves import UnknownAgency
from motcua.casework.workflow.rules.checking import FIXED_UNITS
from motcua.casework.workflow.rules.conditions import value_of
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import local


@dataclass(frozen=True, slots=True)
class CaseUnits:
    """The agencies and parties of a case. ``*_until``: last day of an agency that has ended."""

    case_id: int
    receiving_id: int
    competent_id: int
    receiving_until: dt.date | None = None
    competent_until: dt.date | None = None
    parties: frozenset[int] = frozenset()

    def place(self, unit: str, variables: Mapping[str, Any], at: dt.datetime) -> int | None:
        """The agency id a unit means now; None for the applicant."""
        return self.places([unit], variables, at)[unit]

    def places(
        self, units: Iterable[str], variables: Mapping[str, Any], at: dt.datetime
    ) -> dict[str, int | None]:
        """The agency id of each unit; one statement for all that are named by code."""
        day = local(at).date()
        found: dict[str, int | None] = {}
        codes: dict[str, str] = {}
        for unit in units:
            if unit == "applicant":
                found[unit] = None
            elif unit in FIXED_UNITS:
                found[unit] = self._own(unit, day)
            else:
                codes[unit] = _code(unit, variables)
        if codes:
            found.update(_by_code(codes, day))
        return found

    def _own(self, unit: str, day: dt.date) -> int:
        receiving = unit == "receiving"
        agency_id = self.receiving_id if receiving else self.competent_id
        return _living(agency_id, self.receiving_until if receiving else self.competent_until, day)


def units_in(case: Case) -> CaseUnits:
    """The same from a case that was read with its two agencies. No statement."""
    parties = (case.applicant_id, case.submitter_id)
    return CaseUnits(
        case.pk,
        case.receiving_agency_id,
        case.competent_agency_id,
        case.receiving_agency.valid_to,
        case.competent_agency.valid_to,
        frozenset(party for party in parties if party is not None),
    )


def units_of(case_id: int) -> CaseUnits:
    """The agencies of a case. One statement."""
    row = (
        Case.objects.filter(pk=case_id)
        .values_list(
            "receiving_agency_id",
            "competent_agency_id",
            "receiving_agency__valid_to",
            "competent_agency__valid_to",
        )
        .first()
    )
    if row is None:
        raise NotFound
    return CaseUnits(case_id, *row)


def _code(unit: str, variables: Mapping[str, Any]) -> str:
    if unit.startswith("agency:"):
        return unit.removeprefix("agency:")
    code = value_of(unit, variables)
    if not isinstance(code, str) or not code:
        raise UnknownAgency(unit=unit)
    return code


def _by_code(codes: Mapping[str, str], day: dt.date) -> dict[str, int]:
    rows = Agency.objects.filter(code__in=set(codes.values()))
    known = {code: (pk, until) for code, pk, until in rows.values_list("code", "pk", "valid_to")}
    for code in codes.values():
        if code not in known:
            raise UnknownAgency(unit=code)
    return {unit: _living(*known[code], day) for unit, code in codes.items()}


def _living(agency_id: int, until: dt.date | None, day: dt.date) -> int:
    """An agency that has been merged is asked through its successor."""
    if until is None or until >= day:
        return agency_id
    return successor_of(agency_id, day)
