"""The client against the simulator: sessions, strange answers, foreign hosts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.adapters.national_portal.client import NationalPortal, _read
from motcua.adapters.national_portal.simulator import PortalSimulator, serve
from motcua.foundation.outbound import OutboundRefused, OutboundUnavailable

ROW = {"MaHoSo": "H29-1", "TrangThaiHoSo": "1", "NgayNopHoSo": "20261118080000"}


@pytest.fixture
def simulator(tmp_path: Path) -> PortalSimulator:
    return PortalSimulator(tmp_path / "portal.sqlite3")


@pytest.fixture
def url(simulator: PortalSimulator) -> Iterator[str]:
    server = serve(simulator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def portal(url: str) -> NationalPortal:
    return NationalPortal(url=url, user="motcua", password="simulator")


def test_a_message_is_taken_once_under_its_number(portal: NationalPortal) -> None:
    assert not portal.known("t-1")
    assert portal.send("DongBoHoSoMC", "t-1", [ROW]).code == "0"
    assert portal.known("t-1")
    assert portal.send("DongBoHoSoMC", "t-1", [ROW]).code == "DA_NHAN"
    assert portal.states("20261118", "20261118").data == [{"MaHoSo": "H29-1", "TrangThaiHoSo": "1"}]


def test_a_session_that_ended_is_renewed(portal: NationalPortal, simulator: Any) -> None:
    assert portal.send("DongBoHoSoMC", "t-1", [ROW]).code == "0"
    simulator._sessions.clear()
    assert portal.known("t-1")


def test_a_wrong_password_is_no_answer(url: str) -> None:
    with pytest.raises(OutboundUnavailable):
        NationalPortal(url=url, user="motcua", password="wrong").known("t-1")


def test_a_step_before_its_dossier_is_refused(portal: NationalPortal) -> None:
    assert portal.send("CapNhatTienDoHoSoMC", "t-2", [{"MaHoSo": "H29-9"}]).code == "DU_LIEU_SAI"


def test_files_come_from_the_portal_only(portal: NationalPortal, url: str, simulator: Any) -> None:
    simulator.put_file("a.pdf", b"%PDF")
    assert portal.fetch(f"{url}/files/a.pdf") == b"%PDF"
    with pytest.raises(OutboundUnavailable):
        portal.fetch(f"{url}/files/none.pdf")
    with pytest.raises(OutboundRefused):
        portal.fetch("https://elsewhere.example/a.pdf")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"data": []}', b'"x"'])
def test_an_answer_that_is_none_says_nothing(body: bytes) -> None:
    with pytest.raises(OutboundUnavailable):
        _read(200, body)
