"""The other side for tests and trials: a small server that speaks the portal's interface.

It keeps its state in one SQLite file, so that it too may be killed at any moment, and it
can be told to misbehave (``Faults``): refuse, be busy, take a message and lose the answer,
answer late, list dossiers twice or out of order. It never forgets what it was told twice:
``applied`` counts how often each message really took effect.
"""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

SCHEMA = """
CREATE TABLE IF NOT EXISTS taken (uid TEXT PRIMARY KEY, service TEXT, at INTEGER);
CREATE TABLE IF NOT EXISTS applied (service TEXT, mark TEXT, body TEXT, times INTEGER,
  PRIMARY KEY (service, mark));
CREATE TABLE IF NOT EXISTS dossier (code TEXT PRIMARY KEY, state TEXT, filed TEXT, steps INTEGER);
CREATE TABLE IF NOT EXISTS filed (code TEXT PRIMARY KEY, body TEXT, confirmed INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, body BLOB);
"""
Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]


@dataclass
class Faults:
    """How the other side misbehaves: chances between 0 and 1, drawn anew for each call."""

    refuse: float = 0.0
    busy: float = 0.0
    lose_answer: float = 0.0
    log_out: float = 0.0
    delay: float = 0.0
    delay_seconds: float = 0.2
    duplicate: bool = False
    reorder: bool = False
    remembers_transactions: bool = True
    seed: int = 7
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)  # noqa: S311 - mischief, not secrets

    def hits(self, chance: float) -> bool:
        return chance > 0 and self.draw.random() < chance


class LostAnswer(Exception):
    """The message was taken; the answer never leaves."""


class PortalSimulator:
    """A WSGI application. ``user`` and ``password`` are what a log-in must say."""

    def __init__(self, path: Path, *, user: str = "motcua", password: str = "simulator") -> None:  # noqa: S107 - of no worth
        self._path = path
        self._known = {"username": user, "password": password}
        self._sessions: set[str] = set()
        self._lock = threading.Lock()
        self.faults = Faults()
        with self._open() as db:
            db.executescript(SCHEMA)

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=20)
        db.row_factory = sqlite3.Row
        return db

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if environ["REQUEST_METHOD"] == "GET":
            return self._get(path, start)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        said = json.loads(environ["wsgi.input"].read(length) or b"{}")
        try:
            answer = self._log_in(said) if path.endswith("/mapi/login") else self._serve(said)
        except LostAnswer:
            start("502 Bad Gateway", [("Content-Type", "text/plain")])
            return [b"lost"]
        body = json.dumps(answer, ensure_ascii=False).encode()
        start("200 OK", [("Content-Type", "application/json; charset=utf-8")])
        return [body]

    def _get(self, path: str, start: Start) -> Iterable[bytes]:
        name = path.rsplit("/", 1)[-1]
        with self._open() as db:
            row = db.execute("SELECT body FROM file WHERE name = ?", [name]).fetchone()
        if row is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b""]
        start("200 OK", [("Content-Type", "application/octet-stream")])
        return [bytes(row["body"])]

    def _log_in(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if {key: said.get(key) for key in self._known} != self._known:
            return _answer("SAI_TAI_KHOAN", "Sai tài khoản hoặc mật khẩu")
        session = f"s{len(self._sessions) + 1}"
        self._sessions.add(session)
        return _answer("0", data=[{"session": session}])

    def _serve(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if said.get("session") not in self._sessions:
            return _answer("PHIEN_HET_HAN", "Phiên làm việc không còn")
        if self.faults.hits(self.faults.log_out):
            self._sessions.discard(str(said["session"]))
            return _answer("PHIEN_HET_HAN", "Phiên làm việc không còn")
        if self.faults.hits(self.faults.delay):
            time.sleep(self.faults.delay_seconds)
        services: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "DongBoHoSoMC": self._take,
            "CapNhatTienDoHoSoMC": self._take,
            "TraCuuGiaoDich": self._look_up,
            "LayDanhSachHoSoMoi": self._list_filed,
            "XacNhanDaNhanHoSo": self._confirm,
            "DoiSoatHoSo": self._states,
        }
        service = services.get(str(said.get("service")))
        with self._lock:
            return service(said) if service else _answer("KHONG_CO_DICH_VU")

    def _take(self, said: Mapping[str, Any]) -> dict[str, Any]:
        uid, service = str(said.get("magiaodich", "")), str(said["service"])
        if self.faults.hits(self.faults.busy):
            return _answer("BAN", "Hệ thống bận")
        with self._open() as db:
            seen = db.execute("SELECT 1 FROM taken WHERE uid = ?", [uid]).fetchone()
            if seen and self.faults.remembers_transactions:
                return _answer("DA_NHAN", "Giao dịch đã nhận")
            if self.faults.hits(self.faults.refuse):
                return _answer("DU_LIEU_SAI", "Dữ liệu không hợp lệ")
            for row in said["data"]:
                refusal = _apply(db, service, row)
                if refusal:
                    return _answer("DU_LIEU_SAI", refusal)
            db.execute("INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", [uid, service, _count(db)])
        if self.faults.hits(self.faults.lose_answer):
            raise LostAnswer
        return _answer("0")

    def _look_up(self, said: Mapping[str, Any]) -> dict[str, Any]:
        uid = str(said.get("magiaodich", ""))
        with self._open() as db:
            seen = db.execute("SELECT uid FROM taken WHERE uid = ?", [uid]).fetchone()
        return _answer("0", data=[{"magiaodich": uid}] if seen else [])

    def _list_filed(self, said: Mapping[str, Any]) -> dict[str, Any]:
        most = int(said["data"][0]["SoLuong"])
        with self._open() as db:
            rows = db.execute(
                "SELECT body FROM filed WHERE confirmed = 0 ORDER BY code LIMIT ?", [most]
            ).fetchall()
        found = [json.loads(row["body"]) for row in rows]
        if self.faults.duplicate:
            found = [*found, *found]
        if self.faults.reorder:
            self.faults.draw.shuffle(found)
        return _answer("0", data=found)

    def _confirm(self, said: Mapping[str, Any]) -> dict[str, Any]:
        codes = [[str(row["MaHoSo"])] for row in said["data"]]
        with self._open() as db:
            db.executemany("UPDATE filed SET confirmed = 1 WHERE code = ?", codes)
        if self.faults.hits(self.faults.lose_answer):
            raise LostAnswer
        return _answer("0")

    def _states(self, said: Mapping[str, Any]) -> dict[str, Any]:
        asked = said["data"][0]
        with self._open() as db:
            rows = db.execute(
                "SELECT code, state FROM dossier WHERE substr(filed, 1, 8) BETWEEN ? AND ?",
                [asked["TuNgay"], asked["DenNgay"]],
            ).fetchall()
        data = [{"MaHoSo": row["code"], "TrangThaiHoSo": row["state"]} for row in rows]
        return _answer("0", data=data)

    def put_filed(self, body: Mapping[str, Any]) -> None:
        """A citizen files a dossier on the portal."""
        with self._open() as db:
            db.execute(
                "INSERT INTO filed (code, body) VALUES (?, ?)",
                [str(body.get("MaHoSo")), json.dumps(dict(body), ensure_ascii=False)],
            )

    def put_file(self, name: str, content: bytes) -> None:
        """A file that a dossier's address leads to (``/files/<name>``)."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", [name, content])

    def forget_dossier(self, code: str) -> None:
        """The portal loses a dossier, as a reconciliation must find."""
        with self._open() as db:
            db.execute("DELETE FROM dossier WHERE code = ?", [code])

    def applied(self) -> dict[tuple[str, str], int]:
        """How often each message took effect, by service and mark (code, or code#step)."""
        with self._open() as db:
            rows = db.execute("SELECT service, mark, times FROM applied").fetchall()
        return {(row["service"], row["mark"]): row["times"] for row in rows}

    def dossier(self, code: str) -> dict[str, Any]:
        """A dossier as it was told last; empty when it was never told."""
        with self._open() as db:
            row = db.execute(
                "SELECT body FROM applied WHERE service = 'DongBoHoSoMC' AND mark LIKE ?"
                " ORDER BY rowid DESC LIMIT 1",
                [f"{code}@%"],
            ).fetchone()
        return json.loads(row["body"]) if row else {}


def _answer(code: str, text: str = "", data: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    return {"error_code": code, "error_message": text, "data": list(data)}


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT COUNT(*) FROM taken").fetchone()[0])


def _apply(db: sqlite3.Connection, service: str, row: Mapping[str, Any]) -> str:
    """Make a message take effect; the reason when its content is refused."""
    code = str(row.get("MaHoSo") or "")
    if not code:
        return "MaHoSo"
    body = json.dumps(dict(row), ensure_ascii=False, sort_keys=True)
    if service == "DongBoHoSoMC":
        if str(row.get("TrangThaiHoSo")) not in {str(n) for n in range(1, 11)}:
            return "TrangThaiHoSo"
        mark = f"{code}@{hash_of(body)}"
        db.execute(
            "INSERT INTO dossier VALUES (?, ?, ?, 0) ON CONFLICT (code) DO UPDATE"
            " SET state = excluded.state",
            [code, str(row["TrangThaiHoSo"]), str(row.get("NgayNopHoSo"))],
        )
    else:
        if not db.execute("SELECT 1 FROM dossier WHERE code = ?", [code]).fetchone():
            return "MaHoSo chưa có"
        mark = f"{code}#{row.get('MaBuoc')}"
    db.execute(
        "INSERT INTO applied VALUES (?, ?, ?, 1) ON CONFLICT (service, mark) DO UPDATE"
        " SET times = times + 1",
        [service, mark, body],
    )
    return ""


def hash_of(body: str) -> str:
    """A short name for a content."""
    import hashlib

    return hashlib.sha256(body.encode()).hexdigest()[:16]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Addresses and codes stay out of the terminal."""


def serve(application: PortalSimulator, *, port: int = 0) -> WSGIServer:
    """A server on loopback; call ``serve_forever`` on it. ``port`` 0 takes a free one."""
    return make_server("127.0.0.1", port, application, server_class=_Server, handler_class=_Quiet)
