"""Nothing personal reaches a log line."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation import telemetry
from motcua.foundation.telemetry import MASK, redact, redact_event

digits = st.text("0123456789", min_size=12, max_size=12)


@given(digits, st.sampled_from(["CCCD {}", "{}", "số {}, cấp", "({})", "id={}"]))
def test_identity_numbers_are_masked_in_any_text(number: str, frame: str) -> None:
    assert number not in redact(frame.format(number))


@pytest.mark.parametrize(
    "text",
    [
        "0903123456",
        "+84903123456",
        "0903 123 456",
        "0903.123.456",
        "028 3829 1234",
        "nguyen.van.an@example.com.vn",
        "an+thu@example.vn",
        "079123456789",
        "023456789",
        "B1234567",
        "079 123 456 789",
    ],
)
def test_what_identifies_or_reaches_a_person_is_masked(text: str) -> None:
    assert redact(f"trước {text} sau") == f"trước {MASK} sau"


@pytest.mark.parametrize(
    "text",
    [
        "H29.193-261122-0001",
        "2026-11-22T05:00:00Z",
        "job 12345",
        "HTTP 404 in 12.5 ms",
        "0191e1a2-5c1f-7cc3-98c4-dc0c0c07398f",
        "1.234.567 đ",
    ],
)
def test_what_is_not_personal_stays_readable(text: str) -> None:
    assert redact(text) == text


@given(
    st.recursive(
        st.one_of(digits, digits.map(int), st.integers(0, 99), st.none()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text("ab", max_size=2), inner)
        ),
        max_leaves=10,
    )
)
def test_no_depth_hides_an_identity_number(value: object) -> None:
    line = json.dumps(redact_event(None, "info", {"event": "x", "data": value}))
    assert not re.search(r"\d{12}", line)


def test_values_under_personal_names_are_dropped_whole() -> None:
    event = {"event": "x", "full_name": "An", "form": {"Ngay-Sinh": "1/1/1990", "ward": "26734"}}
    assert redact_event(None, "info", event) == {
        "event": "x",
        "full_name": MASK,
        "form": {"Ngay-Sinh": MASK, "ward": "26734"},
    }


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = list(root.handlers)
    telemetry.configure_logging()
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    telemetry.end_request()


def test_our_lines_are_json_with_the_request_id(lines: io.StringIO) -> None:
    request_id = telemetry.begin_request()
    structlog.get_logger("motcua.x").info("case.opened", case=7, phone="0903123456")
    line = json.loads(lines.getvalue())
    assert line["event"] == "case.opened"
    assert line["request_id"] == request_id
    assert line["phone"] == MASK
    assert line["level"] == "info"


def test_lines_of_libraries_and_tracebacks_are_redacted_too(lines: io.StringIO) -> None:
    try:
        raise ValueError("duplicate identity 079123456789")
    except ValueError:
        logging.getLogger("django.request").exception("mail to %s failed", "an@example.vn")
    line = json.loads(lines.getvalue())
    assert line["event"] == f"mail to {MASK} failed"
    assert "079123456789" not in line["exception"]
    assert "ValueError" in line["exception"]


@pytest.mark.parametrize(("offered", "kept"), [("abcd-1234", True), ("x", False), ("a\nb" * 9, 0)])
def test_a_request_id_from_outside_is_kept_only_when_harmless(offered: str, kept: bool) -> None:
    assert (telemetry.begin_request(offered) == offered) is bool(kept)
    telemetry.end_request()
