"""A day's rush at once: 20 counters and 200 citizens over HTTP against the server as it is run.

The demo city is made, web server and worker are started by the commands that the demo and an
installation use, and a process of its own plays the people: each logs in with a password, keeps
a session, sends forms with their token, and thinks between pages. What a person waits for is
measured from the client. The limits per address are lifted by their settings, since all come
from one address here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.server import free_port
from bench.table import Table

PROCEDURE = "1.004873"
P95_MS = 400.0
QUERIES = ("xac nhan tinh trang hon nhan", "khai sinh", "xay nha", "hộ kinh doanh", "doc than")
PERSON = {
    "_step": "counter-applicant", "_action": "next", "full_name": "Trần Thị Lan",
    "birth_date_day": "3", "birth_date_month": "2", "birth_date_year": "1990",
    "phone": "0100123456", "address.commune": "26740", "address.line": "12 Lê Lợi",
    "channel": "counter",
}  # fmt: skip
LIFTED = ("LOGIN", "LOOKUP", "REGISTER", "VERIFY", "API")


def flat(answers: dict[str, Any]) -> dict[str, str]:
    """Answers as a browser posts them."""
    sent: dict[str, str] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            sent |= {f"{name}.{part}": str(text) for part, text in value.items()}
        elif isinstance(value, bool):
            sent[name] = "on" if value else ""
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            year, month, day = str(value).split("-")
            sent |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
        else:
            sent[name] = str(value)
    return sent


def people(counters: int, citizens: int) -> dict[str, Any]:
    """Who takes part: clerks at counters with people waiting, citizens who know what to answer."""
    from motcua.casework.agencies.public import Agency
    from motcua.casework.people.public import Account
    from motcua.foundation.timesource import today
    from motcua.web.demo.answers import MAKERS
    from motcua.web.demo.casting import gather_cast
    from motcua.web.demo.names import generator

    cast = gather_cast()
    chance = generator("load")
    chosen = cast.citizens[:citizens]
    codes = dict(Agency.objects.filter(kind="centre").values_list("pk", "code"))
    names = dict(Account.objects.filter(kind="citizen").values_list("pk", "username"))
    known = [
        {
            "username": names[actor.account_id or 0],
            "answers": {"copies": "1"} | flat(MAKERS[PROCEDURE][0](asker, chance, today())),
            "centre": codes[cast.centres[asker.commune]],
        }
        for actor, asker in chosen
    ]
    centres = sorted({cast.centres[asker.commune] for _, asker in chosen})
    return {"citizens": known, "clerks": clerks(centres, counters), "sheet": sheet(known[0])}


def sheet(citizen: dict[str, Any]) -> dict[str, str]:
    """The e-form on the counter's one page."""
    return {**citizen["answers"], "result_channel": "counter", "_action": "next"}


def clerks(centres: list[int], count: int) -> list[dict[str, Any]]:
    """Two clerks of each centre, each with a counter; tickets wait in every hall."""
    from motcua.casework.access.public import ANONYMOUS, actor_of
    from motcua.casework.agencies.public import holders_of
    from motcua.foundation.timesource import today
    from motcua.subsystems.reception.public import Counter, field_codes, set_counter, take_ticket

    found: list[dict[str, Any]] = []
    fields = field_codes()
    for centre in centres:
        heads = holders_of(centre, "centre_head", today())
        clerks = holders_of(centre, "receiving_clerk", today())[:2]
        if not heads or len(found) >= count:
            continue
        for number, clerk in enumerate(clerks, start=11):
            head = actor_of(heads[0].account)
            set_counter(actor=head, agency_id=centre, number=number, name="", fields=[])
            counter = Counter.objects.get(agency_id=centre, number=number)
            found.append({"username": clerk.account.username, "counter": counter.pk})
        for _ in range(40):
            take_ticket(actor=ANONYMOUS, agency_id=centre, field=fields[0], fields=fields, group="")
    return found[:count]


@contextmanager
def running(port: int, scratch: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Web server and worker, by the commands that an installation runs."""
    command = [sys.executable, "-m", "motcua"]
    with Path(scratch, "server.log").open("wb") as log:
        started = [
            subprocess.Popen([*command, "serve", "--port", str(port)], stdout=log, stderr=log),
            subprocess.Popen([*command, "worker"], stdout=log, stderr=log),
        ]
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).read()
                    break
                except OSError:
                    time.sleep(0.3)
            yield started
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(20)


def used(parents: list[int]) -> tuple[float, float]:
    """CPU seconds and MB in memory of processes and their children."""
    ticks = memory = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
            held = re.search(r"^VmRSS:\s+(\d+)", stat.with_name("status").read_text(), re.M)
        except OSError:
            continue
        if int(parts[1]) in parents or int(stat.parent.name) in parents:
            ticks += int(parts[11]) + int(parts[12])
            memory += int(held[1]) / 1024 if held else 0
    return ticks / os.sysconf("SC_CLK_TCK"), memory


def share(values: list[float], hundredths: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * hundredths // 100)]


def told(table: Table, heard: dict[str, Any], cpu: float, memory: float) -> None:
    """The table of steps, then the goals."""
    times: dict[str, list[float]] = heard["times"]
    everything = [value for values in times.values() for value in values]
    print(f"  {'step':<28}{'n':>6}{'p50':>8}{'p95':>8}{'p99':>8}  ms")
    for step, values in sorted(times.items()):
        p50, p95, p99 = (share(values, n) for n in (50, 95, 99))
        print(f"  {step:<28}{len(values):>6}{p50:>8.0f}{p95:>8.0f}{p99:>8.0f}")
    failed = sum(heard["failed"].values())
    for what, number in sorted(heard["failed"].items()):
        print(f"  failed: {what} × {number}")
    seconds, requests = heard["seconds"], len(everything)
    table.note(
        f"{requests:,} requests in {seconds:.0f} s: {requests / seconds:.1f} /s;"
        f" p50 {statistics.median(everything):.0f} ms, p99 {share(everything, 99):.0f} ms"
    )
    table.note(
        f"server and worker: {cpu:.0f} s CPU, {1000 * cpu / requests:.1f} ms a request, in"
        f" {memory:.0f} MB; the people: {heard['cpu']:.0f} s CPU"
    )
    table.note(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    table.line("load: p95 of all requests", share(everything, 95), "ms", P95_MS)
    table.line("load: requests that failed", 100 * failed / max(1, requests + failed), "%", 0.1)


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--counters", type=int, default=20)
    parser.add_argument("--citizens", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=90, help="measured, after the ramp")
    parser.add_argument("--ramp", type=int, default=40)
    parser.add_argument("--think", type=float, default=1.0, help="times the usual pauses")
    options = parser.parse_args()
    port = free_port()
    os.environ.setdefault("MOTCUA_DATA_DIR", tempfile.mkdtemp(prefix="motcua-load-"))
    scratch = os.environ["MOTCUA_DATA_DIR"]
    os.environ |= {f"MOTCUA_LIMIT_{name}": "0" for name in LIFTED} | {
        "MOTCUA_DEMO": "1",
        "MOTCUA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "motcua.web.settings.base",
    }
    subprocess.run([sys.executable, "-m", "motcua.web.demo"], check=True)
    import django

    django.setup()
    from django.db import connections

    from motcua.web.demo.building import demo_password

    plan = people(options.counters, options.citizens) | {
        "host": f"127.0.0.1:{port}", "password": demo_password(), "procedure": PROCEDURE,
        "queries": QUERIES, "person": PERSON,
        "think": {"citizen": 8 * options.think, "counter": 5 * options.think}, "patience": 60,
        "ramp": options.ramp, "seconds": options.seconds,
    }  # fmt: skip
    connections.close_all()
    order = Path(scratch, "load.json")
    order.write_text(json.dumps(plan))
    with running(port, scratch) as started:
        parents = [process.pid for process in started]
        before, _ = used(parents)
        client = [sys.executable, str(Path(__file__).with_name("load_client.py")), str(order)]
        heard = json.loads(subprocess.run(client, check=True, capture_output=True).stdout)
        after, memory = used(parents)
    table = Table()
    told(table, heard, after - before, memory)
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
