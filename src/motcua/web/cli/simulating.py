"""The outside systems that can be played on this machine, each until Ctrl-C."""

from __future__ import annotations

import json
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


def bank(port: int) -> None:
    """A bank that tells the webhook of credits; in a demo it knows its key by itself."""
    from motcua.adapters.bank.simulator import BankSimulator, serve

    folder = Path(os.environ.get("MOTCUA_DATA_DIR", "var")).resolve()
    kept = folder / "secrets" / "demo-bank.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    site = os.environ.get("MOTCUA_BANK_URL", "http://127.0.0.1:8000").rstrip("/")
    key = os.environ.get("MOTCUA_BANK_KEY", known.get("key", ""))
    secret = os.environ.get("MOTCUA_BANK_SECRET", known.get("secret", ""))
    if not key or not secret:
        print(
            "Cần MOTCUA_BANK_KEY và MOTCUA_BANK_SECRET (trang Tài khoản thu) / both are needed.",
            flush=True,
        )
        return
    folder.mkdir(parents=True, exist_ok=True)
    target = f"{site}/thanh-toan/bao-co/"
    simulator = BankSimulator(
        folder / "simulated-bank.sqlite3", target=target, key_id=key, secret=secret
    )
    server = serve(simulator, port=port)
    print(
        f"Ngân hàng (mô phỏng) / simulated bank: http://127.0.0.1:{server.server_port}\n"
        f"  báo có tới / tells {target}\nCtrl-C để dừng / to stop.",
        flush=True,
    )
    server.serve_forever()


SIMULATORS: Mapping[str, Callable[[int], None]] = {
    "bank": bank,
    "national-portal": national_portal,
}
