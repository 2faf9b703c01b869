"""The bank that trials use: it signs what it tells, and misbehaves when asked to."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from motcua.adapters.bank.simulator import BankSimulator

Heard = list[tuple[dict[str, str], bytes]]


class Listener:
    """A webhook on loopback that keeps what it hears and answers with ``status``."""

    def __init__(self) -> None:
        self.heard: Heard = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def bank(tmp_path: Path, listener: Listener) -> BankSimulator:
    target = f"http://127.0.0.1:{listener.server.server_port}/"
    return BankSimulator(tmp_path / "bank.sqlite3", target=target, key_id="k1", secret="s")


def test_a_transfer_is_told_once_and_signed(bank: BankSimulator, listener: Listener) -> None:
    uid = bank.transfer(account="123", amount=75_000, content="NOP PHI ABC")
    [(heads, body)] = listener.heard
    told = json.loads(body)
    assert (told["transaction_id"], told["amount"], told["account"]) == (uid, 75_000, "123")
    message = heads["x-motcua-timestamp"].encode() + b"." + body
    assert heads["x-motcua-signature"] == hmac.new(b"s", message, hashlib.sha256).hexdigest()
    assert heads["x-motcua-key"] == "k1"
    assert bank.answers() == {uid: "200"}


def test_twice_lost_and_wrongly_signed(bank: BankSimulator, listener: Listener) -> None:
    bank.mischief.twice = True
    bank.transfer(account="1", amount=1, content="")
    assert len(listener.heard) == 2
    assert listener.heard[0][1] == listener.heard[1][1]
    bank.mischief.twice, bank.mischief.lose = False, True
    lost = bank.transfer(account="1", amount=2, content="")
    assert (len(listener.heard), bank.answers()[lost]) == (2, "")
    bank.mischief.lose, bank.mischief.wrong_signature = False, True
    bank.transfer(account="1", amount=3, content="")
    assert listener.heard[-1][0]["x-motcua-signature"] == "0" * 64


def test_what_was_refused_is_told_again(bank: BankSimulator, listener: Listener) -> None:
    listener.status = 503
    uid = bank.transfer(account="1", amount=1, content="")
    listener.status = 200
    assert bank.tell_again() == 1
    assert bank.answers() == {uid: "200"}
    assert bank.tell_again() == 0
