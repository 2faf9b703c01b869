"""Importing, publishing and reading the catalogue."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.casework.access.public import ANONYMOUS, PUBLIC_VIEWER, SYSTEM
from motcua.casework.ledger.public import entries
from motcua.casework.search.public import find
from motcua.foundation.errors import DomainError
from motcua.foundation.outbox.public import run_due
from motcua.foundation.testing.database import built_once
from motcua.foundation.timesource import at_time
from motcua.subsystems.procedures import public, triggers
from motcua.subsystems.procedures.events import follow_dates
from motcua.subsystems.procedures.models import CityRule, ProcedureVersion
from motcua.subsystems.procedures.services import DATA, read_package

TODAY = dt.date(2026, 11, 22)
FIVE = ("1.001193", "1.001612", "1.004873", "1.013225", "1.014027")
"""Loading a few is enough here and quick; all of them are checked in test_packages."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> public.Loaded:
    return built_once(("catalogue", *FIVE), lambda: public.load_packages(actor=SYSTEM, only=FIVE))


def newer(**changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(read_package(DATA / "packages" / "1.001193"))
    return document | {"version": 3, "valid_from": "2027-03-01"} | changes


def test_loading_publishes_five_and_again_changes_nothing(catalogue: public.Loaded) -> None:
    assert len(catalogue.published) == 5
    before = len(list(entries("catalogue")))
    again = public.load_packages(actor=SYSTEM, only=FIVE)
    assert again == public.Loaded((), catalogue.published)
    assert ProcedureVersion.objects.count() == 5
    assert len(list(entries("catalogue"))) == before == 10


def test_reading_needs_one_statement(
    catalogue: public.Loaded, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        version = public.version_in_force("1.013225", TODAY)
        assert version.procedure.field.code == "xay-dung"
    with django_assert_num_queries(1):
        assert public.city_rules().zero[0]["legal_basis"] == "Nghị quyết 411/NQ-HĐND"


def test_nobody_without_the_permission_may_write(catalogue: public.Loaded) -> None:
    with pytest.raises(DomainError):
        public.import_package(actor=ANONYMOUS, document=newer())


def test_a_new_version_ends_the_old_one_and_keeps_it(catalogue: public.Loaded) -> None:
    draft = public.import_package(actor=SYSTEM, document=newer())
    assert public.version_in_force("1.001193", dt.date(2027, 3, 1)).version == 2
    public.publish_version(actor=SYSTEM, version_id=draft.pk)
    assert public.version_in_force("1.001193", dt.date(2027, 2, 28)).version == 2
    assert public.version_in_force("1.001193", dt.date(2027, 3, 1)).version == 3
    assert [v.version for v in public.history("1.001193")] == [3, 2]


def test_a_published_version_never_changes(catalogue: public.Loaded) -> None:
    version = public.version_in_force("1.001193", TODAY)
    version.document = {}
    with pytest.raises(public.PublishedForGood):
        version.save()
    with pytest.raises(public.PublishedForGood):
        version.delete()
    changed = newer(version=2, valid_from="2025-07-01", keywords=["khác"])
    with pytest.raises(public.PublishedForGood):
        public.import_package(actor=SYSTEM, document=changed)


def test_versions_may_not_overlap(catalogue: public.Loaded) -> None:
    draft = public.import_package(actor=SYSTEM, document=newer(valid_from="2025-07-01"))
    with pytest.raises(public.OverlappingVersions):
        public.publish_version(actor=SYSTEM, version_id=draft.pk)


def test_a_broken_package_names_every_place(catalogue: public.Loaded) -> None:
    with pytest.raises(public.BrokenPackage) as caught:
        public.import_package(actor=SYSTEM, document=newer(name={"vi": "", "en": ""}))
    assert {p.place for p in caught.value.problems} == {"name/vi", "name/en"}
    assert "name/vi" in caught.value.fields


def test_a_retired_procedure_is_gone_after_its_last_day(catalogue: public.Loaded) -> None:
    public.retire(actor=SYSTEM, code="1.014027", last_day=TODAY, reason="Thay thế")
    assert public.version_in_force("1.014027", TODAY)
    with pytest.raises(public.NoVersionInForce):
        public.version_in_force("1.014027", TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize("query", ["khai sinh", "KHAI SINH", "giay khai sinh", "1.001193"])
def test_search_needs_no_accents(catalogue: public.Loaded, query: str) -> None:
    assert [v.procedure.code for v in public.procedures(TODAY, query=query)] == ["1.001193"]


def test_lists_by_field_and_life_event(catalogue: public.Loaded) -> None:
    assert {v.procedure.code for v in public.procedures(TODAY, field="ho-tich")} == {
        "1.001193",
        "1.004873",
    }
    assert [v.procedure.code for v in public.procedures(TODAY, life_event="growing-old")] == [
        "1.014027"
    ]
    events = {event.code: len(found) for event, found in public.life_events(TODAY)}
    assert events["having-a-child"] == 1
    assert "moving" not in events
    assert {f.code: n for f, n in public.procedure_fields(TODAY)}["ho-tich"] == 2
    assert len(public.search_entries(TODAY)) == 5
    assert public.procedure_names(TODAY)["1.014027"].en == "Social pension"


def test_a_rule_of_the_city_is_dated(catalogue: public.Loaded) -> None:
    public.set_city_rule(
        actor=SYSTEM,
        key="fee.household_business",
        kind="amount",
        document={"amount": 100_000},
        basis="Nghị quyết của Hội đồng nhân dân Thành phố",
        confirmed=True,
        valid_from=dt.date(2027, 1, 1),
    )
    old = CityRule.objects.get(key="fee.household_business", valid_to__isnull=False)
    assert old.valid_to == dt.date(2026, 12, 31)
    public.load_packages(actor=SYSTEM, only=FIVE)
    assert CityRule.objects.filter(key="fee.household_business").count() == 2
    package = public.version_in_force("1.001612", TODAY).document
    asked: dict[str, Any] = {"case": "individual", "channel": "counter", "applicant": []}
    rules = public.city_rules()
    assert public.fee_for(package, **asked, on=TODAY, city=rules).amount is None
    assert public.fee_for(package, **asked, on=dt.date(2027, 1, 1), city=rules).amount == 100_000


def test_what_is_published_is_found_and_what_is_retired_is_not(catalogue: public.Loaded) -> None:
    def found(text: str) -> list[str]:
        return [hit.object_id for hit in find((PUBLIC_VIEWER,), text, ["procedure"])]

    run_due(100)
    assert found("giay khai sinh")[0] == "1.001193"
    assert found("xin phép xây nhà")[0] == "1.013225"
    public.retire(actor=SYSTEM, code="1.001193", last_day=dt.date(2020, 1, 1), reason="Thay thế")
    run_due(100)
    assert "1.001193" not in found("giay khai sinh")


def test_a_day_of_end_takes_a_procedure_out_of_the_search(catalogue: public.Loaded) -> None:
    run_due(100)
    last = dt.date(2027, 6, 30)
    public.retire(actor=SYSTEM, code="1.013225", last_day=last, reason="Thay thế")
    run_due(100)
    hits = find((PUBLIC_VIEWER,), "xây nhà", ["procedure"])
    assert "1.013225" in {hit.object_id for hit in hits}
    with at_time(dt.datetime(2027, 7, 1, 3, tzinfo=dt.UTC)):
        follow_dates()
    hits = find((PUBLIC_VIEWER,), "giấy phép xây dựng", ["procedure"])
    assert "1.013225" not in {hit.object_id for hit in hits}


def test_the_database_refuses_to_change_what_is_published(catalogue: public.Loaded) -> None:
    triggers.install(connection)
    rows = ProcedureVersion.objects.filter(procedure__code="1.001193")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(checksum="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows._raw_delete(rows.db)  # type: ignore[attr-defined]
    rows.update(valid_to=dt.date(2030, 1, 1))
    draft = public.import_package(actor=SYSTEM, document=newer())
    public.publish_version(actor=SYSTEM, version_id=draft.pk)
    triggers.remove(connection)
