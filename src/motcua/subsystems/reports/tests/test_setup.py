"""Setting up: dated categories, limits, boundaries, rules that must prove themselves first."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.clock.public import Limit
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.errors import InvalidInput, NotAllowed
from motcua.foundation.timesource import today
from motcua.subsystems.reports.errors import BoundariesBroken, RulesAlreadyUsed, RulesNotReady
from motcua.subsystems.reports.models import Area, Category
from motcua.subsystems.reports.selectors import active_rules, area_at, categories_on, limits_on
from motcua.subsystems.reports.services import (
    CategoryFacts,
    activate_rules,
    import_boundaries,
    set_category,
    set_limit,
    write_rules,
)

pytestmark = pytest.mark.django_db
START = dt.date(2026, 1, 1)
BOUNDARIES = Path("/work/shared/data/admin-units/hcmc_wards_79.geojson")


def square(code: str, west: float, south: float = 10.0, size: float = 1.0) -> dict[str, Any]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Phường {code}"},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def tree() -> None:
    top = CategoryFacts(name="Hạ tầng", name_en="Infrastructure")
    set_category(actor=SYSTEM, code="ha-tang", facts=top, valid_from=START)
    for code, parent in (("duong", "ha-tang"), ("o-ga", "duong")):
        facts = CategoryFacts(name=code, name_en=code, parent=parent)
        set_category(actor=SYSTEM, code=code, facts=facts, valid_from=START)


def test_a_category_changes_by_a_new_row(working_morning: dt.datetime):
    tree()
    deep = categories_on(today())["o-ga"]
    assert deep.path == ("ha-tang", "duong", "o-ga")
    assert deep.leaf
    assert not categories_on(today())["duong"].leaf
    facts = CategoryFacts(name="Ổ gà", name_en="Pothole", parent="duong", privacy="grid")
    set_category(actor=SYSTEM, code="o-ga", facts=facts, valid_from=today())
    assert categories_on(today())["o-ga"].privacy == "grid"
    yesterday = today() - dt.timedelta(days=1)
    assert categories_on(yesterday)["o-ga"].privacy == "exact"
    assert Category.objects.filter(code="o-ga").count() == 2
    for wrong in ({"privacy": "x"}, {"parent": "none"}, {"urgency": "x"}, {"name": " "}):
        more = CategoryFacts(**{"name": "a", "name_en": "a", **wrong})
        with pytest.raises(InvalidInput):
            set_category(actor=SYSTEM, code="new", facts=more, valid_from=START)


def test_a_stranger_sets_nothing_up():
    clerk = make_official(make_agency(), "case_officer")
    facts = CategoryFacts(name="a", name_en="a")
    with pytest.raises(NotAllowed):
        set_category(actor=clerk, code="a", facts=facts, valid_from=START)
    with pytest.raises(NotAllowed):
        import_boundaries(actor=clerk, content=b"{}", layer="ward", on=START)
    with pytest.raises(NotAllowed):
        activate_rules(actor=clerk, number=1)


def test_limits_are_dated(working_morning: dt.datetime):
    first, later = Limit(40, "working_hour"), Limit(24, "working_hour")
    for limit, day in ((first, START), (later, dt.date(2027, 1, 1))):
        set_limit(actor=SYSTEM, urgency="normal", limit=limit, basis="mặc định", valid_from=day)
    assert [row.amount for row in limits_on(today())] == [40]
    assert [row.amount for row in limits_on(dt.date(2027, 2, 1))] == [24]


def test_boundaries_are_taken_wholly_or_not_at_all():
    ward = make_agency(code="ubnd-1", commune_code="00001", kind="committee")
    good = collection(square("00001", 106), square("00002", 107))
    done = import_boundaries(actor=SYSTEM, content=good, layer="ward", on=START)
    assert (done.opened, done.replaced, done.unlinked) == (2, 0, ("00002",))
    found = area_at(107, 10.5, START)  # on the border between the two
    assert found is not None
    assert (found.code, found.agency_id) == ("00001", ward.pk)
    assert area_at(110, 10.5, START) is None
    later = dt.date(2026, 6, 1)
    changed = collection(square("00001", 106), square("00002", 107, size=0.5))
    again = import_boundaries(actor=SYSTEM, content=changed, layer="ward", on=later)
    assert (again.opened, again.replaced, again.unchanged) == (0, 1, 1)
    assert area_at(107.8, 10.8, START) is not None
    assert area_at(107.8, 10.8, later) is None
    bad = collection(square("00001", 106), square("00003", 179.5), {"type": "Feature"})
    with pytest.raises(BoundariesBroken) as refused:
        import_boundaries(actor=SYSTEM, content=bad, layer="ward", on=later)
    assert set(refused.value.fields) == {"features[2]", "features[3]"}
    assert Area.objects.count() == 3


@pytest.mark.skipif(not BOUNDARIES.exists(), reason="the published boundaries are not here")
def test_the_citys_published_boundaries(django_assert_num_queries: Any):
    done = import_boundaries(actor=SYSTEM, content=BOUNDARIES.read_bytes(), layer="ward", on=START)
    assert done.opened == 168
    with django_assert_num_queries(1):
        hall = area_at(106.7009, 10.7766, START)  # the city's committee house
    assert hall is not None
    assert hall.name == "Phường Sài Gòn"
    assert area_at(109.5, 10.0, START) is None  # the sea


RULES = [
    {"name": "đường lớn", "category": "duong", "when": "urgency == 'urgent'", "to": "so"},
    {"name": "phường", "category": "ha-tang", "to": "@ward"},
]
SAMPLES = [
    {"category": "o-ga", "urgency": "urgent", "expects": "so"},
    {"category": "o-ga", "area": "00001", "expects": "ubnd-1"},
    {"name": "không rõ nơi", "category": "o-ga", "expects": ""},
]


def test_rules_prove_themselves_before_they_are_used(working_morning: dt.datetime):
    tree()
    make_agency(code="ubnd-1", commune_code="00001", kind="committee")
    make_agency(code="so", kind="department")
    desk = make_agency(code="tong-dai", kind="other")
    import_boundaries(
        actor=SYSTEM, content=collection(square("00001", 106)), layer="ward", on=START
    )
    first = write_rules(actor=SYSTEM, rules=RULES, samples=SAMPLES, triage_id=desk.pk)
    activate_rules(actor=SYSTEM, number=first.number)
    used = active_rules()
    assert used is not None
    assert (used.number, used.triage_id, len(used.rules)) == (first.number, desk.pk, 2)
    for rules, samples in (
        (RULES, SAMPLES[:1]),  # a rule that no sample meets
        (RULES, [{**SAMPLES[0], "expects": "ubnd-1"}, *SAMPLES[1:]]),  # a sample goes elsewhere
        ([{**RULES[0], "when": "urgency =="}, RULES[1]], SAMPLES),
        ([{**RULES[0], "to": "gone"}, RULES[1]], SAMPLES),
        ([{**RULES[0], "to": "so", "category": "x"}, RULES[1]], SAMPLES),
    ):
        bad = write_rules(actor=SYSTEM, rules=rules, samples=samples, triage_id=desk.pk)
        with pytest.raises(RulesNotReady):
            activate_rules(actor=SYSTEM, number=bad.number)
        still = active_rules()
        assert still is not None
        assert still.number == first.number
    second = write_rules(actor=SYSTEM, rules=RULES, samples=SAMPLES, triage_id=desk.pk)
    activate_rules(actor=SYSTEM, number=second.number)
    with pytest.raises(RulesAlreadyUsed):
        activate_rules(actor=SYSTEM, number=first.number)
