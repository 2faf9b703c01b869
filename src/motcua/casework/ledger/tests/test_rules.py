"""Canonical JSON, plain values and Merkle proofs, for all inputs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.ledger import merkle
from motcua.casework.ledger.rules import (
    HASHED_FIELDS,
    Private,
    canonical,
    case_chain,
    case_id_of,
    entry_hash,
    moment_text,
    plain,
)
from motcua.foundation.errors import Bilingual

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)
LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(JSON)
def test_canonical_json_is_what_any_standard_library_writes(value):
    by_standard = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == by_standard.encode()


@given(JSON)
def test_plain_values_survive_json(value):
    kept = plain(value, str)
    assert json.loads(canonical(kept)) == kept
    assert plain(kept, str) == kept


def test_plain_gives_every_type_one_form():
    moment = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert plain(
        {
            "moment": moment,
            "date": dt.date(2026, 2, 3),
            "fee": Decimal("0.50"),
            "share": 0.25,
            "uid": UUID(int=1),
            "huge": 2**60,
            "set": {"b", "a"},
            "tuple": (1, None, True),
            "text": Bilingual("Có", "Yes"),
            "nul": "a\x00b",
            "half": "\ud800",
            3: "key",
        },
        str,
    ) == {
        "moment": "2026-02-02T21:05:06.000000+00:00",
        "date": "2026-02-03",
        "fee": "0.50",
        "share": "0.25",
        "uid": "00000000-0000-0000-0000-000000000001",
        "huge": str(2**60),
        "set": ["a", "b"],
        "tuple": [1, None, True],
        "text": {"vi": "Có", "en": "Yes"},
        "nul": "a\ufffdb",
        "half": "?",
        "3": "key",
    }


def test_private_values_are_sealed_wherever_they_stand():
    assert plain({"a": [Private("079"), Private(None), Private({"b": 1})]}, lambda t: f"<{t}>") == {
        "a": [{"private": "<079>"}, {"private": "<>"}, {"private": '<{"b": 1}>'}]
    }


def test_refusals():
    with pytest.raises(TypeError, match="object"):
        plain(object(), str)
    with pytest.raises(ValueError, match="time zone"):
        moment_text(dt.datetime(2026, 1, 1))  # noqa: DTZ001


def test_case_chains():
    assert case_id_of(case_chain(12)) == 12
    assert case_id_of("agency:12") is None
    assert case_id_of("case:x") is None


@given(st.sampled_from(HASHED_FIELDS), TEXT)
def test_every_field_is_in_the_hash(name, value):
    fields: dict[str, object] = dict.fromkeys(HASHED_FIELDS)
    assert entry_hash(fields) != entry_hash({**fields, name: value})


def _root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node_hash(_root_by_definition(leaves[:k]), _root_by_definition(leaves[k:]))


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_streamed_root_is_the_defined_root(data):
    leaves = [merkle.leaf_hash(item) for item in data]
    assert merkle.root_of(leaves) == _root_by_definition(leaves)


@given(LEAVES, st.data())
def test_an_inclusion_path_leads_to_the_root(data, draw):
    leaves = [merkle.leaf_hash(item) for item in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    path = merkle.inclusion_path(leaves, index)
    root = merkle.root_of(leaves)
    assert merkle.root_from_path(leaves[index], index, len(leaves), path) == root
    assert len(path) <= (len(leaves) - 1).bit_length()
    assert merkle.root_from_path(leaves[index], index, len(leaves), [*path, root]) != root
    if path:
        assert merkle.root_from_path(leaves[index], index, len(leaves), path[:-1]) != root
        wrong = merkle.leaf_hash(b"another leaf")
        assert merkle.root_from_path(wrong, index, len(leaves), path) != root


def test_known_roots():
    # The empty tree and the one-leaf tree of RFC 6962 §2.1.3.
    assert merkle.EMPTY_ROOT.hex().startswith("e3b0c442")
    assert merkle.leaf_hash(b"").hex().startswith("6e340b9c")
    assert merkle.root_from_path(b"", 3, 2, []) is None
    with pytest.raises(IndexError):
        merkle.inclusion_path([b"x"], 1)
