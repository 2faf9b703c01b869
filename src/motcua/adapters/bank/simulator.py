"""A bank for tests and trials: it keeps transfers and tells the webhook of each, signed.

It can misbehave (``Mischief``): tell twice, lose a notice, sign wrongly, tell late. It signs
with its own code, so that the webhook is checked against a second reading of the rule.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIServer, make_server

from motcua.foundation.outbound import Door, OutboundUnavailable, call
from motcua.foundation.timesource import now

SCHEMA = """
CREATE TABLE IF NOT EXISTS transfer (id TEXT PRIMARY KEY, body TEXT, answer TEXT DEFAULT '');
"""
DOOR = Door(frozenset({"127.0.0.1", "localhost"}), private=True, plain=True)
Start = Callable[[str, list[tuple[str, str]]], object]


@dataclass(slots=True)
class Mischief:
    """How the bank misbehaves with the next notices."""

    twice: bool = False
    lose: bool = False
    wrong_signature: bool = False
    late_seconds: float = 0.0


class BankSimulator:
    """A WSGI application; ``transfer`` and ``tell_again`` do the same without a page.

    Args:
        target: address of the webhook on this machine.
        key_id, secret: of the notice key that the centre made for this bank.
    """

    def __init__(self, path: Path, *, target: str, key_id: str, secret: str) -> None:
        self._path, self._target, self._key, self._secret = path, target, key_id, secret
        self._lock = threading.Lock()
        self.mischief = Mischief()
        with self._open() as db:
            db.executescript(SCHEMA)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=20)

    def transfer(self, *, account: str, amount: int, content: str) -> str:
        """Book a transfer and tell of it. Returns its transaction id."""
        with self._lock, self._open() as db:
            number = db.execute("SELECT count(*) FROM transfer").fetchone()[0] + 1
            uid = f"FT{now():%y%m%d}{number:06d}"
            body = json.dumps(
                {
                    "transaction_id": uid,
                    "account": account,
                    "amount": amount,
                    "content": content,
                    "occurred_at": now().isoformat(),
                },
                ensure_ascii=False,
            )
            db.execute("INSERT INTO transfer (id, body) VALUES (?, ?)", [uid, body])
        if self.mischief.late_seconds:
            time.sleep(self.mischief.late_seconds)
        if not self.mischief.lose:
            for _ in range(2 if self.mischief.twice else 1):
                self._tell(uid, body)
        return uid

    def tell_again(self) -> int:
        """Tell every transfer that was not answered with 200. Returns how many."""
        with self._open() as db:
            rows = db.execute("SELECT id, body FROM transfer WHERE answer <> '200'").fetchall()
        for uid, body in rows:
            self._tell(uid, body)
        return len(rows)

    def answers(self) -> dict[str, str]:
        """Transaction id → the status of the last answer; empty while untold."""
        with self._open() as db:
            return dict(db.execute("SELECT id, answer FROM transfer ORDER BY id").fetchall())

    def _tell(self, uid: str, body: str) -> None:
        stamp = str(int(now().timestamp()))
        message = stamp.encode() + b"." + body.encode()
        sign = hmac.new(self._secret.encode(), message, hashlib.sha256).hexdigest()
        if self.mischief.wrong_signature:
            sign = "0" * 64
        heads = {
            "Content-Type": "application/json",
            "X-Motcua-Key": self._key,
            "X-Motcua-Timestamp": stamp,
            "X-Motcua-Signature": sign,
        }
        try:
            sent = call("POST", self._target, door=DOOR, body=body.encode(), headers=heads)
            answer = str(sent.status)
        except OutboundUnavailable:
            answer = ""
        with self._open() as db:
            db.execute("UPDATE transfer SET answer = ? WHERE id = ?", [answer, uid])

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            length = int(environ.get("CONTENT_LENGTH") or 0)
            sent = parse_qs(environ["wsgi.input"].read(length).decode())
            if environ.get("PATH_INFO") == "/tell-again":
                self.tell_again()
            else:
                self._pay(sent)
            start("303 See Other", [("Location", "/")])
            return [b""]
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [self._page().encode()]

    def _pay(self, sent: dict[str, list[str]]) -> None:
        amount = "".join(filter(str.isdigit, sent.get("amount", ["0"])[0])) or "0"
        if int(amount):
            given = {name: sent.get(name, [""])[0].strip() for name in ("account", "content")}
            self.transfer(amount=int(amount), **given)

    def _page(self) -> str:
        with self._open() as db:
            rows = db.execute("SELECT body, answer FROM transfer ORDER BY id DESC").fetchall()
        told = "".join(
            f"<li>{html.escape(body)} → {html.escape(answer) or 'chưa báo / untold'}</li>"
            for body, answer in rows[:50]
        )
        return PAGE.format(told=told)


PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ngân hàng mô phỏng</title>
<h1>Ngân hàng mô phỏng / simulated bank</h1><form method="post" action="/">
<p><label>Số tài khoản / account <input name="account" required></label></p>
<p><label>Số tiền / amount <input name="amount" inputmode="numeric" required></label></p>
<p><label>Nội dung / text <input name="content" size="40"></label></p>
<button>Chuyển tiền và báo có / transfer and tell</button></form>
<form method="post" action="/tell-again"><button>Báo lại / tell again</button></form>
<ul>{told}</ul></html>"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(simulator: BankSimulator, *, port: int) -> WSGIServer:
    """A server on loopback, not started yet."""
    return make_server("127.0.0.1", port, simulator, server_class=_Server)
