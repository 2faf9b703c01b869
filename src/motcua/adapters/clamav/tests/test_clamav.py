"""Verdicts over both kinds of socket, uploads with a scanner, a scanner that is away."""

from __future__ import annotations

import io
import os
import socket

import pytest

from motcua.adapters.clamav import ClamdScanner
from motcua.adapters.clamav.tests.clamd_server import EICAR, ClamdServer
from motcua.casework.attachments.errors import InfectedFile, NotScannedYet
from motcua.casework.attachments.models import Blob
from motcua.casework.attachments.public import (
    ScannerUnavailable,
    draft_attachments,
    open_original,
    receive_upload,
    scan_blob,
)
from motcua.casework.attachments.tests import samples
from motcua.casework.attachments.upkeep import rescan_waiting
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.outbox.public import run_until_idle


@pytest.fixture
def clamd():
    server = ClamdServer()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.MOTCUA_FILES_DIR = tmp_path / "files"


def infected_zip() -> bytes:
    return samples.packed({"a.txt": EICAR}, compression=0)


def away() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_verdicts(clamd):
    scanner = ClamdScanner(clamd.url)
    clean = scanner.scan(io.BytesIO(b"x" * 200_000))
    assert clean.clean
    assert clean.scanner.startswith("ClamAV 1.4.3/27701")
    found = scanner.scan(io.BytesIO(b"x" * 70_000 + EICAR))
    assert (found.clean, found.signature) == (False, "Eicar-Test-Signature")


def test_unix_socket(tmp_path):
    server = ClamdServer(tmp_path / "c")
    try:
        assert ClamdScanner(server.url).scan(io.BytesIO(b"x")).clean
    finally:
        server.close()


def test_no_verdict_is_no_clean_file():
    server = ClamdServer(max_stream=1000)
    try:
        with pytest.raises(ScannerUnavailable):
            ClamdScanner(server.url).scan(io.BytesIO(b"x" * 5_000_000))
    finally:
        server.close()
    with pytest.raises(ScannerUnavailable):
        ClamdScanner(away()).scan(io.BytesIO(b"x"))
    with pytest.raises(ScannerUnavailable):
        ClamdScanner("unix:///nowhere/clamd").scan(io.BytesIO(b"x"))


@pytest.mark.parametrize("url", ["http://x", "tcp://", "unix://", "x"])
def test_wrong_addresses(url):
    with pytest.raises(ValueError, match="MOTCUA_CLAMD_URL"):
        ClamdScanner(url)


def give(actor, data, name):
    return receive_upload(actor=actor, file=samples.upload(data, name), draft_key="d")


@pytest.mark.django_db
def test_uploads_are_scanned(clamd, settings):
    settings.MOTCUA_CLAMD_URL = clamd.url
    citizen = make_citizen()
    assert give(citizen, samples.png(), "a.png").blob.scan_state == "clean"
    with pytest.raises(InfectedFile) as refused:
        give(citizen, infected_zip(), "a.zip")
    assert refused.value.data == {"signature": "Eicar-Test-Signature"}
    assert draft_attachments(citizen, "d").count() == 1


@pytest.mark.django_db
def test_files_wait_for_a_scanner_that_is_away(clamd, settings):
    settings.MOTCUA_CLAMD_URL = away()
    citizen = make_citizen()
    agency = make_agency()
    officer, case = make_official(agency, "case_officer"), make_case(agency, applicant=citizen)
    good = receive_upload(
        actor=citizen, file=samples.upload(samples.png(), "a.png"), case_id=case.pk
    )
    bad = receive_upload(
        actor=citizen, file=samples.upload(infected_zip(), "a.zip"), case_id=case.pk
    )
    assert good.blob.scan_state == "pending"
    open_original(citizen, good.uid)[1].close()
    with pytest.raises(NotScannedYet):
        open_original(officer, good.uid)
    with pytest.raises(ScannerUnavailable):
        scan_blob(good.blob_id)
    settings.MOTCUA_CLAMD_URL = clamd.url
    assert rescan_waiting() == 2
    run_until_idle()
    open_original(officer, good.uid)[1].close()
    with pytest.raises(InfectedFile):
        open_original(citizen, bad.uid)
    assert Blob.objects.get(pk=bad.blob_id).scanner.endswith("Eicar-Test-Signature")
    assert scan_blob(good.blob_id) == "clean"
    assert scan_blob("0" * 64) == ""
    with pytest.raises(InfectedFile):
        give(citizen, infected_zip(), "a.zip")


@pytest.mark.skipif("CLAMD" not in os.environ, reason="set CLAMD=tcp://127.0.0.1:3310 to run")
def test_a_real_clamd_knows_the_test_virus():
    scanner = ClamdScanner(os.environ["CLAMD"])
    assert scanner.scan(io.BytesIO(b"xin chao")).clean
    assert "eicar" in scanner.scan(io.BytesIO(EICAR)).signature.lower()
