"""What an API library costs beside a plain Django view on msgspec: CPU per request, interleaved.

``python bench/api.py`` from the project folder. Three ways to write the same two endpoints
(a list of 50 rows read with one statement; a POST of 20 fields that are checked), called
in-process through Django's WSGI handler and over HTTP under Granian. ``make bench`` runs it.
django-ninja is measured when it is installed; it is no dependency of the project.

The ratio to the plain view is the result; the absolute figures belong to the machine.
"""

from __future__ import annotations

import datetime as dt
import http.client
import importlib.util
import io
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import django
import msgspec
from django.conf import settings

ROUNDS = 7
CALLS = 400
SERVED_CALLS = 1500
LIST_SIZE = 50
LIMIT = 1.3
HERE = Path(__file__).resolve()
STORE = os.environ.setdefault(
    "BENCH_API_STORE", str(Path(tempfile.mkdtemp(prefix="motcua-bench-")) / "bench.sqlite3")
)

if not settings.configured:
    settings.configure(
        ROOT_URLCONF="__main__" if __name__ == "__main__" else __name__,
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        SECRET_KEY="measured-only",
        INSTALLED_APPS=[],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": STORE}},
        DMR_SETTINGS={"validate_responses": False},
    )
    django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from dmr import Body, Controller  # noqa: E402
from dmr.plugins.msgspec import MsgspecSerializer  # noqa: E402

NINJA = importlib.util.find_spec("ninja") is not None
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class Row(msgspec.Struct, frozen=True):
    """One line of a list of dossiers."""

    uid: str
    code: str
    title: str
    state: str
    agency: str
    received_at: str
    due_at: str
    fee: int


class Filing(msgspec.Struct, forbid_unknown_fields=True):
    """Twenty fields of the kinds that forms have."""

    name: Short
    identity: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{12}$")]
    birth_date: dt.date
    phone: Annotated[str, msgspec.Meta(pattern=r"^0[0-9]{9}$")]
    email: Short
    commune: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}$")]
    address: Short
    sex: Literal["male", "female", "other"]
    ethnicity: Short
    nationality: Short
    occupation: str
    purpose: Short
    copies: Annotated[int, msgspec.Meta(ge=1, le=20)]
    area: Decimal
    floors: Annotated[int, msgspec.Meta(ge=0)]
    start: dt.date
    previous: bool
    channel: Literal["online", "counter", "post"]
    note: str
    truthful: bool


class Filed(msgspec.Struct):
    """The answer to a POST."""

    code: str
    copies: int


BODY = msgspec.json.encode(
    Filing(
        "Trần Thị Lan", "079190001234", dt.date(1990, 2, 3), "0901234567", "lan@example.vn",
        "26740", "12 Lê Lợi", "female", "kinh", "Việt Nam", "giáo viên", "mua nhà", 2,
        Decimal("61.5"), 3, dt.date(2026, 11, 1), False, "online", "", True,
    )
)  # fmt: skip
SQL = "SELECT uid, code, title, state, agency, received_at, due_at, fee FROM dossier ORDER BY id"


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE dossier (id INTEGER PRIMARY KEY, uid TEXT, code TEXT, title TEXT,"
            " state TEXT, agency TEXT, received_at TEXT, due_at TEXT, fee INTEGER)"
        )
        cursor.executemany(
            "INSERT INTO dossier (uid, code, title, state, agency, received_at, due_at, fee)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    f"019a0000-0000-7000-8000-{n:012d}", f"H29.130.1-261122-{n:04d}",
                    "Cấp Giấy xác nhận tình trạng hôn nhân", "processing",
                    "Uỷ ban nhân dân phường Sài Gòn", "2026-11-22T08:00:00+07:00",
                    "2026-11-25T17:00:00+07:00", 0,
                )
                for n in range(LIST_SIZE)
            ],
        )  # fmt: skip


def rows() -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        yield from cursor.fetchall()


decode = msgspec.json.Decoder(Filing).decode
encode = msgspec.json.Encoder().encode


def plain_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(encode([Row(*row) for row in rows()]), content_type="application/json")


def plain_post(request: HttpRequest) -> HttpResponse:
    filing = decode(request.body)
    answer = Filed(filing.identity, filing.copies)
    return HttpResponse(encode(answer), status=201, content_type="application/json")


class ModernList(Controller[MsgspecSerializer]):
    def get(self) -> list[Row]:
        return [Row(*row) for row in rows()]


class ModernPost(Controller[MsgspecSerializer]):
    def post(self, parsed_body: Body[Filing]) -> Filed:
        return Filed(parsed_body.identity, parsed_body.copies)


urlpatterns = [
    path("plain/list", plain_list),
    path("plain/post", plain_post),
    path("modern/list", ModernList.as_view()),
    path("modern/post", ModernPost.as_view()),
]

try:
    from dmr.plugins.msgspec import BodyMsgspec
except ImportError:
    BodyMsgspec = None
else:

    class ModernTypedPost(Controller[MsgspecSerializer]):
        def post(self, parsed_body: BodyMsgspec[Filing]) -> Filed:
            return Filed(parsed_body.identity, parsed_body.copies)

    urlpatterns.append(path("typed/post", ModernTypedPost.as_view()))

if NINJA:
    from ninja import NinjaAPI, Schema
    from ninja.renderers import BaseRenderer

    class MsgspecRenderer(BaseRenderer):
        media_type = "application/json"

        def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
            return encode(data)

    ninja = NinjaAPI(renderer=MsgspecRenderer(), docs_url=None)

    @ninja.get("/list")
    def ninja_list(request: HttpRequest) -> Any:
        return [Row(*row) for row in rows()]

    class NinjaFiling(Schema):
        name: str
        identity: str
        birth_date: dt.date
        phone: str
        email: str
        commune: str
        address: str
        sex: Literal["male", "female", "other"]
        ethnicity: str
        nationality: str
        occupation: str
        purpose: str
        copies: int
        area: Decimal
        floors: int
        start: dt.date
        previous: bool
        channel: Literal["online", "counter", "post"]
        note: str
        truthful: bool

    @ninja.post("/post")
    def ninja_post(request: HttpRequest, filing: NinjaFiling) -> Any:
        return Filed(filing.identity, filing.copies)

    urlpatterns.append(path("ninja/", ninja.urls))

WAYS = {
    "list": ["plain", "modern", *(["ninja"] if NINJA else [])],
    "post": ["plain", "modern", *(["typed"] if BodyMsgspec else []), *(["ninja"] if NINJA else [])],
}

application = get_wsgi_application()


def environ(way: str, act: str) -> dict[str, Any]:
    body = BODY if act == "post" else b""
    return {
        "REQUEST_METHOD": "POST" if act == "post" else "GET",
        "PATH_INFO": f"/{way}/{act}",
        "SERVER_NAME": "bench",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT": "application/json",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }


def in_process(way: str, act: str) -> float:
    """CPU seconds of a request through Django's handler."""
    calls = [environ(way, act) for _ in range(CALLS)]
    statuses: list[str] = []
    began = time.process_time()
    for call in calls:
        response = application(call, lambda status, headers: statuses.append(status))
        b"".join(response)
        response.close()
    used = time.process_time() - began
    assert all(status[0] == "2" for status in statuses), statuses[0]
    return used / CALLS


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its children so far."""
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry.parent.name) == pid or int(fields[1]) == pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Served:
    """Granian with one worker and one thread in a process of its own."""

    def __enter__(self) -> Served:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port),
                "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error",
                "api:application",
            ],
            cwd=HERE.parent,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(200):
            try:
                self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                self.link.connect()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("granian did not start")

    def __exit__(self, *_: object) -> None:
        self.link.close()
        self.process.terminate()
        self.process.wait(20)

    def __call__(self, way: str, act: str) -> float:
        """CPU seconds of the server for a request, on one connection."""
        began = cpu_of(self.process.pid)
        for _ in range(SERVED_CALLS):
            body = BODY if act == "post" else None
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            self.link.request("POST" if body else "GET", f"/{way}/{act}", body, headers)
            response = self.link.getresponse()
            response.read()
            assert response.status in {200, 201}, response.status
        return (cpu_of(self.process.pid) - began) / SERVED_CALLS


def measure(run: Callable[[str, str], float]) -> dict[str, dict[str, float]]:
    """Median microseconds of CPU a request; taking turns, each meets the same noise."""
    found: dict[str, dict[str, float]] = {}
    for act, ways in WAYS.items():
        times: dict[str, list[float]] = {way: [] for way in ways}
        for way in ways:
            run(way, act)
        for _ in range(ROUNDS):
            for way in ways:
                times[way].append(run(way, act) * 1e6)
        found[act] = {way: statistics.median(measured) for way, measured in times.items()}
    return found


def main() -> int:
    make_table()
    results = {"in-process": measure(in_process)}
    with Served() as served:
        results["granian"] = measure(served)
    for place, acts in results.items():
        for act, ways in acts.items():
            for way, micro in ways.items():
                ratio = micro / ways["plain"]
                print(f"{place:11} {act:5} {way:7} {micro:8.0f} µs  {ratio:5.2f}")
    ratios = [results[p][a]["modern"] / results[p][a]["plain"] for p in results for a in WAYS]
    print(json.dumps({"worst_ratio": round(max(ratios), 2), "limit": LIMIT}))
    return 0 if max(ratios) <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
