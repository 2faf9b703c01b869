"""A simulator of the other side on loopback, and the house connected to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.adapters.national_portal.simulator import PortalSimulator, serve


class Other:
    """The simulator and its address."""

    def __init__(self, simulator: PortalSimulator, url: str) -> None:
        self.simulator, self.url = simulator, url

    @property
    def faults(self) -> Any:
        return self.simulator.faults


@pytest.fixture
def other(tmp_path: Path, settings: Any) -> Iterator[Other]:
    simulator = PortalSimulator(tmp_path / "portal.sqlite3")
    server = serve(simulator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.MOTCUA_NATIONAL_PORTAL_URL = url
    settings.MOTCUA_NATIONAL_PORTAL_USER = "motcua"
    settings.MOTCUA_NATIONAL_PORTAL_PASSWORD = "simulator"
    yield Other(simulator, url)
    server.shutdown()
    server.server_close()
