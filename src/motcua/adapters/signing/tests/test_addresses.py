"""Naming a key in a device: RFC 7512 URIs, refused in words when something is missing."""

from __future__ import annotations

import pytest

from motcua.adapters.signing.pkcs11 import parse_uri
from motcua.casework.issuing.public import KeyUnusable

GOOD = "pkcs11:token=ubnd-bt;object=seal%20one?module-path=/usr/lib/softhsm/libsofthsm2.so"


def test_a_good_address_is_read_with_its_escapes() -> None:
    assert parse_uri(GOOD) == {
        "token": "ubnd-bt",
        "object": "seal one",
        "module-path": "/usr/lib/softhsm/libsofthsm2.so",
    }


@pytest.mark.parametrize(
    ("uri", "word"),
    [
        ("file:///key.p12", "not a pkcs11"),
        ("pkcs11:object=seal?module-path=/lib.so", "token"),
        ("pkcs11:token=t?module-path=/lib.so", "object"),
        ("pkcs11:token=t;object=o", "module-path"),
        ("pkcs11:token=;object=o?module-path=/lib.so", "token"),
    ],
)
def test_a_bad_address_says_what_is_missing(uri: str, word: str) -> None:
    with pytest.raises(KeyUnusable, match=word):
        parse_uri(uri)
