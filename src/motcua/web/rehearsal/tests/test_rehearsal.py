"""A merger is rehearsed on a small demo city; what does not match is found and named."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import agency_by_code
from motcua.casework.calendar.public import seed_calendar
from motcua.casework.cases.public import Case
from motcua.casework.clock.public import due_of
from motcua.casework.ledger.public import check_ledger
from motcua.foundation.errors import NotFound
from motcua.foundation.testing.database import built_once
from motcua.subsystems.procedures.public import load_packages
from motcua.web.demo.city import build_city
from motcua.web.rehearsal.__main__ import main
from motcua.web.rehearsal.census import take_census
from motcua.web.rehearsal.comparing import compare, compare_sides
from motcua.web.rehearsal.copying import MARK, scratch_copy
from motcua.web.rehearsal.rehearsing import pairs_of, rehearse
from motcua.web.rehearsal.report import report

DOSSIERS = 40


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True
    built_once("city to be rehearsed in", _build)
    seed_calendar()


def _build() -> None:
    load_packages(actor=SYSTEM)
    build_city(password="mot-cua-demo-2026", citizens=5)


@pytest.mark.django_db
def test_nothing_is_lost_clocks_stand_codes_are_kept(demo: None) -> None:
    pairs = pairs_of("ubnd-26743", "ubnd-26740")
    assert [(old.code, new.code) for old, new in pairs] == [
        ("ubnd-26743", "ubnd-26740"),
        ("tt-26743", "tt-26740"),
    ]
    outcome = rehearse(pairs, DOSSIERS)
    text = report(outcome)
    assert outcome.holds, text
    ward = outcome.before.sides[0]
    assert ward.moving["hồ sơ mở có thẩm quyền / open cases competent for"] == (DOSSIERS, 0)
    assert len(ward.unsealed) == 1
    assert ward.unsealed[0] in text
    assert [line.what.partition(":")[0] for line in outcome.work[:3]] == [
        "receive",
        "hand_over",
        "examine",
    ]
    assert outcome.work[-1].after == "sealed"
    assert outcome.merged.statements < 80
    codes = list(Case.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == DOSSIERS
    new = agency_by_code("ubnd-26740").pk
    assert set(Case.objects.values_list("competent_agency_id", flat=True)) == {new}
    copy = Case.objects.filter(state="processing").order_by("-pk").first()
    assert copy is not None
    assert due_of(copy.pk).at == copy.due_at
    assert list(check_ledger()) == []


@pytest.mark.django_db
def test_what_does_not_match_is_found(demo: None) -> None:
    pairs = pairs_of("ubnd-26743", "ubnd-26740")
    before = take_census(pairs)
    assert not any(line.holds for line in compare_sides(before.sides[0], before.sides[0])[3:4])
    broken = dataclasses.replace(before, kept=dict.fromkeys(before.kept, "0 · khác"))
    assert not any(line.holds for line in compare(before, broken))
    with pytest.raises(NotFound):
        pairs_of("ubnd-00000", "ubnd-26740")


def test_the_copy_is_another_file_and_goes_away(tmp_path: Path) -> None:
    live = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(live)) as database, database:
        database.execute("CREATE TABLE kept (id integer)")
    settings = {"ENGINE": "motcua.sqlite", "NAME": str(live)}
    with scratch_copy(settings, tmp_path) as address:
        place = Path(address.removeprefix("sqlite:///"))
        assert MARK in place.name
        with closing(sqlite3.connect(place)) as copy, copy:
            assert copy.execute("SELECT count(*) FROM kept").fetchone() == (0,)
            copy.execute("DROP TABLE kept")
    assert not place.exists()
    with closing(sqlite3.connect(live)) as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_live_database_is_never_rehearsed_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["rehearsal", "ubnd-26743", "ubnd-26740", "0"])
    assert main() == 1
    assert "only a scratch copy" in capsys.readouterr().err
