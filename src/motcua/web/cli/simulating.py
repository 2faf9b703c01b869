"""The outside systems that can be played on this machine, each until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path


def national_portal(port: int) -> None:
    """The national public-service portal's interface, for trials of the synchronisation."""
    from motcua.adapters.national_portal.simulator import PortalSimulator, serve

    folder = Path(os.environ.get("MOTCUA_DATA_DIR", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    simulator = PortalSimulator(folder / "simulated-national-portal.sqlite3")
    server = serve(simulator, port=port)
    print(
        "Cổng Dịch vụ công quốc gia (mô phỏng) / simulated national portal:\n"
        f"  MOTCUA_NATIONAL_PORTAL_URL=http://127.0.0.1:{server.server_port}\n"
        "  MOTCUA_NATIONAL_PORTAL_USER=motcua MOTCUA_NATIONAL_PORTAL_PASSWORD=simulator\n"
        "Ctrl-C để dừng / to stop.",
        flush=True,
    )
    server.serve_forever()


SIMULATORS: Mapping[str, Callable[[int], None]] = {"national-portal": national_portal}
