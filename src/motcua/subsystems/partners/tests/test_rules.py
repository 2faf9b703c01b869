"""Keys and signatures."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.subsystems.partners.rules import (
    WAITS,
    genuine,
    key_text,
    read_key,
    signature,
    unknown_scopes,
)

AT = dt.datetime(2026, 11, 18, 2, 0, tzinfo=dt.UTC)
BODY = b'{"type":"dossier.accept"}'


def test_a_key_reads_back() -> None:
    assert read_key(key_text("0" * 12, "a" * 48)) == ("0" * 12, "a" * 48)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_other_texts_are_no_keys(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("header", "secret", "body", "seconds", "holds"),
    [
        (signature("s", int(AT.timestamp()), BODY), "s", BODY, 0, True),
        (signature("s", int(AT.timestamp()), BODY), "s", BODY, 299, True),
        (signature("s", int(AT.timestamp()), BODY), "s", BODY, 301, False),
        (signature("s", int(AT.timestamp()), BODY), "other", BODY, 0, False),
        (signature("s", int(AT.timestamp()), BODY), "s", BODY + b" ", 0, False),
        ("t=1,v1=" + "0" * 64, "s", BODY, 0, False),
        ("", "s", BODY, 0, False),
    ],
)
def test_signatures(header: str, secret: str, body: bytes, seconds: int, holds: bool) -> None:
    assert genuine(header, secret, body, AT + dt.timedelta(seconds=seconds)) is holds


def test_waits_grow_over_more_than_two_days() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert 2 * 86_400 > sum(WAITS) > 86_400
    assert unknown_scopes(["webhooks", "all"]) == ["all"]
