"""The package file: round trip, and hostile files."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from motcua.subsystems.procedure_editor.rules.archive import (
    MAX_FILE,
    BadFile,
    read_archive,
    write_archive,
)
from motcua.subsystems.procedure_editor.tests.office import complete


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_round_trip_is_stable_to_the_byte() -> None:
    package = complete()
    once = write_archive(package)
    assert read_archive(once) == package
    assert write_archive(read_archive(once)) == once


GOOD = parts_of(write_archive(complete()))
BOMB = b'{"x": "' + b"0" * 5_000_000 + b'"}'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not really",
        b"0" * (MAX_FILE + 1),
        zipped({}),
        zipped(GOOD | {"../form.json": b"{}"}),
        zipped({k: v for k, v in GOOD.items() if k != "form.json"} | {"/form.json": b"{}"}),
        zipped(GOOD | {"form.json": BOMB}),
        zipped(GOOD | {"form.json": b"[1]"}),
        zipped(GOOD | {"form.json": b"{}"}),
        zipped(GOOD | {"manifest.json": b"{"}),
        zipped(GOOD | {"manifest.json": b"[" * 100_000}),
        zipped(GOOD | {"manifest.json": json.dumps({"format": "other/1"}).encode()}),
        zipped(GOOD | {"manifest.json": json.dumps({"format": "motcua-package/1"}).encode()}),
        write_archive(complete())[:-40],
    ],
)
def test_a_hostile_or_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        read_archive(content)
    assert caught.value.reason.vi


def test_a_group_has_no_process_of_its_own() -> None:
    document = {key: value for key, value in complete().items() if key != "process"}
    assert read_archive(write_archive(document)) == document
