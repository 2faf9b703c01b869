"""Keys, a signer, a seal and a timestamp authority of their own for every test."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from motcua.casework.issuing import demo_authority
from motcua.casework.issuing.signing.ports import KeyReference, SigningIdentity, open_key

AGENCY = "Ủy ban nhân dân phường Bến Thành"
SIGNER = "Trần Quốc Vượng"


@pytest.fixture(autouse=True)
def keys_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MOTCUA_KEYS_DIR = tmp_path / "keys"
    settings.MOTCUA_TRUST_DIR = ""
    settings.MOTCUA_TSA_URL = ""
    settings.MOTCUA_FILES_DIR = tmp_path / "files"
    return tmp_path / "keys"


def make_identity(purpose: str = "person", algorithm: str = "ec-p256", **more: Any) -> Any:
    """A key of the demo authority in a PKCS#12 file, opened through its adapter."""
    name = SIGNER if purpose == "person" else AGENCY
    made = demo_authority.issue_demo_certificate(
        name, AGENCY, purpose=purpose, algorithm=algorithm, **more
    )
    file = f"{made.certificate.serial_number:x}.p12"
    demo_authority.write_private(demo_authority.keys_dir() / file, made.pkcs12("mật khẩu"))
    return open_key(KeyReference("pkcs12", file, "mật khẩu"))


@pytest.fixture
def signer() -> SigningIdentity:
    return make_identity("person")


@pytest.fixture
def sealer() -> SigningIdentity:
    return make_identity("organisation")


class LocalAuthority:
    """A timestamp authority that signs for real, over HTTP on the loopback."""

    def __init__(self) -> None:
        made = demo_authority.issue_demo_certificate(
            "TSA", "TSA", purpose="timestamp", algorithm="rsa",
            valid_from=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        )  # fmt: skip
        self._certificate = x509.Certificate.load(made.certificate.public_bytes(Encoding.DER))
        self._key = keys.PrivateKeyInfo.load(
            made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        )
        self.moment: dt.datetime | None = None
        self.answer: bytes | None = None
        self.asked = 0
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                reply = authority.reply(body)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsa"

    def reply(self, request: bytes) -> bytes:
        self.asked += 1
        if self.answer is not None:
            return self.answer
        stamper = DummyTimeStamper(self._certificate, self._key, fixed_dt=self.moment)
        return stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


@pytest.fixture
def tsa() -> Iterator[LocalAuthority]:
    authority = LocalAuthority()
    thread = threading.Thread(target=authority.server.serve_forever, daemon=True)
    thread.start()
    yield authority
    authority.server.shutdown()
    authority.server.server_close()
    thread.join()
