"""Templates, texts and quiet hours."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.notices.catalogue import add_templates, templates
from motcua.casework.notices.rules import (
    QuietHours,
    fields_of,
    may_go_at,
    parse_templates,
    render,
    spoken,
)
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE, local

NEEDED = [
    "dossier.submitted",
    "dossier.accepted",
    "dossier.supplement_requested",
    "dossier.supplement_received",
    "dossier.refused",
    "dossier.state_changed",
    "dossier.apology",
    "dossier.extended",
    "dossier.due_moved",
    "dossier.result_ready",
    "dossier.result_delivered",
    "dossier.withdrawn",
    "dossier.stopped",
    "dossier.rating_asked",
    "work.assigned",
    "work.consultation_asked",
    "work.supplement_received",
    "work.returned",
    "work.to_sign",
    "work.to_seal",
]
SAMPLE = {
    "code": "H29.193-261122-0001",
    "procedure": Bilingual("Đăng ký khai sinh", "Birth registration"),
    "due": dt.datetime(2026, 11, 27, 10, tzinfo=dt.UTC),
}


def test_every_act_of_the_journey_has_its_template() -> None:
    assert set(NEEDED) <= set(templates())


@pytest.mark.parametrize("key", NEEDED)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_template_says_something_in_both_languages(key: str, language: str) -> None:
    template = templates()[key]
    data = {name: SAMPLE.get(name, f"<{name}>") for name in template.fields}
    text = render(template, language, data)
    assert "H29.193-261122-0001" in text.subject
    assert "\n" not in text.subject
    assert "{" not in text.subject + text.body
    assert "None" not in text.body
    other = "Birth registration" if language == "vi" else "Đăng ký khai sinh"
    assert other not in text.subject + text.body
    if "due" in template.fields:
        assert ("17:00 ngày 27/11/2026" if language == "vi" else "17:00 on 27 November 2026") in (
            text.body
        )


@pytest.mark.parametrize("key", NEEDED)
def test_texts_of_officials_name_no_person(key: str) -> None:
    fields = {"code", "procedure", "due", "agency", "question", "reason", "step"}
    if key.startswith("work."):
        assert templates()[key].fields <= fields


def test_a_missing_field_is_named() -> None:
    with pytest.raises(KeyError, match="agency"):
        render(templates()["dossier.accepted"], "vi", SAMPLE)


GOOD = '[a.b.vi]\nsubject="S {code}"\nbody="B {x}"\n[a.b.en]\nsubject="S {code}"\nbody="B {x}"\n'


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        (GOOD.split("[a.b.en]", maxsplit=1)[0], "no text in"),
        (GOOD.replace('"B {x}"', '"B {y}"', 1), "different fields"),
        (GOOD.replace("{code}", "{name}"), "may not stand in a subject"),
        ('[a.b]\nchannels=["pigeon"]\n' + GOOD, "unknown channels"),
    ],
)
def test_a_broken_template_is_refused_with_its_reason(document: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_templates(document)


def test_a_slice_brings_its_own_templates(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.casework.notices import catalogue

    monkeypatch.setattr(catalogue, "_folders", list(catalogue._folders))
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8")
    add_templates(tmp_path)
    assert templates()["a.b"].channels == ("in_app", "mail")
    (tmp_path / "y.toml").write_text(GOOD, encoding="utf-8")
    catalogue.templates.cache_clear()
    with pytest.raises(ValueError, match=r"y\.toml.*twice"):
        templates()
    monkeypatch.undo()
    catalogue.templates.cache_clear()


def test_fields_of_a_text() -> None:
    assert fields_of("{a} b {c}") == {"a", "c"}


def test_values_are_spoken_in_the_readers_language() -> None:
    assert spoken({"vi": "Phường", "en": "Ward"}, "en") == "Ward"
    assert spoken({"vi": "Phường", "en": ""}, "en") == "Phường"
    assert spoken(dt.date(2026, 9, 2), "en") == "2 September 2026"
    assert spoken(dt.date(2026, 9, 2), "vi") == "02/09/2026"


clocks = st.times(max_value=dt.time(23, 59)).map(lambda t: t.replace(microsecond=0))
moments = st.integers(1_700_000_000, 1_900_000_000).map(
    lambda stamp: dt.datetime.fromtimestamp(stamp, dt.UTC)
)


@given(moments, clocks, clocks)
def test_mail_that_can_wait_goes_at_the_first_moment_outside_quiet_hours(
    moment: dt.datetime, start: dt.time, end: dt.time
) -> None:
    quiet = QuietHours(start, end)
    at = may_go_at(moment, quiet, urgent=False)
    assert moment <= at < moment + dt.timedelta(days=1, seconds=1)
    assert not quiet.covers(local(at).time())
    if at != moment:
        assert quiet.covers((local(at) - dt.timedelta(seconds=1)).time())
    assert may_go_at(moment, quiet, urgent=True) == moment
    assert may_go_at(moment, None, urgent=False) == moment


def test_quiet_hours_are_read_from_a_setting() -> None:
    night = dt.datetime(2026, 11, 22, 23, 30, tzinfo=CITY_ZONE)
    at = may_go_at(night, QuietHours.parse("21:00-07:00"), urgent=False)
    assert local(at) == dt.datetime(2026, 11, 23, 7, tzinfo=CITY_ZONE)
    assert QuietHours.parse(" ") is None
    with pytest.raises(ValueError, match="quiet hours"):
        QuietHours.parse("at night")
