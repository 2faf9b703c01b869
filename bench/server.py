"""The web process under Granian: its memory after many pages, and the weight of public pages."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench.table import Table, set_up

PAGES = ("/", "/thu-tuc/1.004873/", "/tim-kiem/", "/tra-cuu/", "/login/", "/dang-ky/")
WEIGHED = PAGES[:4]
TURNS = 40


def fetched(url: str) -> bytes:
    """The bytes as they travel: compressed where the server can."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return bytes(answer.read())


def opened(data: bytes) -> str:
    import gzip

    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()


def weight(base: str, path: str) -> float:
    """kB of a page on first view with its styles, scripts and pictures, besides fonts."""
    page = fetched(base + path)
    text = opened(page)
    parts = re.findall(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="(/static/[^"]+)"', text)
    wanted = {part for part in parts if not part.endswith((".woff2", ".webmanifest"))}
    icons = {part for part in wanted if "icon-" in part or "favicon" in part}
    return (len(page) + sum(len(fetched(base + part)) for part in wanted - icons)) / 1024


def memory(parent: int) -> float:
    """MB that the largest process under ``parent`` holds in memory."""
    found = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        above = re.search(r"^PPid:\t(\d+)", text, re.M)
        held = re.search(r"^VmRSS:\s+(\d+)", text, re.M)
        if held and above and parent in {int(above[1]), int(status.parent.name)}:
            found = max(found, int(held[1]) / 1024)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="motcua.web.settings.base",
        DATABASE_URL=f"sqlite:///{os.environ['MOTCUA_DATA_DIR']}/bench.sqlite3",
    )
    set_up()
    from django.core.management import call_command

    from motcua.casework.access.public import SYSTEM
    from motcua.casework.calendar.public import seed_calendar
    from motcua.subsystems.procedures.public import load_packages

    seed_calendar()
    load_packages(actor=SYSTEM)
    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    program = f"from motcua.web.cli.serving import serve; serve(host='127.0.0.1', port={port})"
    server = subprocess.Popen([sys.executable, "-c", program])
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                fetched(base + "/")
                break
            except OSError:
                time.sleep(0.3)
        for _ in range(TURNS):
            for page in PAGES:
                fetched(base + page)
        table = Table()
        table.line("web process after 240 pages: memory", memory(server.pid), "MB", 250)
        for page in WEIGHED:
            table.line(f"first view of {page}", weight(base, page), "kB", 60)
    finally:
        server.terminate()
        server.wait(15)
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
