"""The one way out: what it refuses, what it brings back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from motcua.foundation.outbound import (
    Door,
    OutboundRefused,
    OutboundUnavailable,
    call,
    door_to,
)

ANYWHERE = Door(frozenset({"*"}))


class Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302 if self.path == "/elsewhere" else 200)
        if self.path == "/elsewhere":
            self.send_header("Location", "http://127.0.0.1:1/inside")
        self.send_header("X-Host", self.headers["Host"])
        self.end_headers()
        self.wfile.write(body * (100 if self.path == "/large" else 1))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    running = HTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("http://example.org/", "scheme"),
        ("https:///nowhere", "host"),
        ("https://127.0.0.1/", "address"),
        ("https://localhost/", "address"),
        ("https://169.254.169.254/latest/meta-data/", "address"),
        ("https://10.0.0.7/", "address"),
        ("https://192.168.1.1/", "address"),
        ("https://[::1]/", "address"),
        ("https://[::ffff:127.0.0.1]/", "address"),
        ("https://0.0.0.0/", "address"),
        ("https://100.64.0.1/", "address"),
    ],
)
def test_addresses_inside_are_out_of_bounds(url: str, why: str) -> None:
    with pytest.raises(OutboundRefused) as refused:
        call("GET", url, door=ANYWHERE)
    assert refused.value.data == {"why": why}


def test_a_name_that_leads_inside_is_refused(monkeypatch: Any) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: inside)
    with pytest.raises(OutboundRefused):
        call("GET", "https://innocent.example/", door=ANYWHERE)


def test_only_the_named_host(server: str) -> None:
    with pytest.raises(OutboundRefused) as refused:
        call("POST", server, door=Door(frozenset({"pay.example"}), private=True))
    assert refused.value.data == {"why": "host"}


def test_a_call_brings_back_the_whole_answer(server: str) -> None:
    answer = call("POST", f"{server}/a?b=1", door=door_to(server, private=True), body=b"xin chao")
    assert (answer.status, answer.body) == (200, b"xin chao")
    assert answer.headers["x-host"] == server.removeprefix("http://")


def test_a_redirect_is_an_answer_not_a_journey(server: str) -> None:
    answer = call("POST", f"{server}/elsewhere", door=door_to(server, private=True), body=b"x")
    assert answer.status == 302


def test_too_large_an_answer_is_refused(server: str) -> None:
    door = Door(frozenset({"127.0.0.1"}), private=True, most_bytes=50)
    with pytest.raises(OutboundRefused):
        call("POST", f"{server}/large", door=door, body=b"x")


def test_nobody_there_may_work_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(OutboundUnavailable):
            call("GET", url, door=door_to(url, private=True, seconds=2))
