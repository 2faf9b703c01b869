"""A client of clamd's INSTREAM command, over TCP or a Unix socket.

Protocol: clamd(8). A command is sent as ``zNAME\\0``; a stream follows as pieces,
each behind its length as four bytes in network order, ended by a length of
zero; the answer ends with a NUL.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

from motcua.casework.attachments.public import ScannerUnavailable, ScanResult

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 60.0
PIECE = 64 * 1024
MAX_ANSWER = 4096


class ClamdScanner:
    """A scanner at ``tcp://host:port`` or ``unix:///path/to/clamd.sock``."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == "tcp" and parts.hostname:
            self._address: tuple[str, int] | str = (parts.hostname, parts.port or 3310)
        elif parts.scheme == "unix" and parts.path:
            self._address = parts.path
        else:
            raise ValueError("MOTCUA_CLAMD_URL must be tcp://host:port or unix:///path")

    def scan(self, file: BinaryIO) -> ScanResult:
        """Send the stream and read the verdict.

        Raises:
            ScannerUnavailable: no connection, no answer in time, or an answer
                that is no verdict (such as clamd's own size limit).
        """
        version = self.version()
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            # clamd hangs up in the middle when a limit is reached; its answer says why.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                while piece := file.read(PIECE):
                    connection.sendall(len(piece).to_bytes(4, "big") + piece)
                connection.sendall(b"\0\0\0\0")
            answer = _answer(connection)
        verdict = answer.removeprefix("stream: ")
        if verdict == "OK":
            return ScanResult(version)
        if verdict.endswith(" FOUND"):
            return ScanResult(version, verdict.removesuffix(" FOUND"))
        raise ScannerUnavailable(answer or "no answer")

    def version(self) -> str:
        """Engine and signature version, such as ``ClamAV 1.4.3/27701/…``."""
        with self._connected() as connection:
            connection.sendall(b"zVERSION\0")
            return _answer(connection)[:80]

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            with self._connect() as connection:
                connection.settimeout(ANSWER_SECONDS)
                yield connection
        except OSError as error:
            raise ScannerUnavailable(str(error)) from error

    def _connect(self) -> socket.socket:
        if isinstance(self._address, tuple):
            return socket.create_connection(self._address, timeout=CONNECT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(self._address)
        except OSError:
            connection.close()
            raise
        return connection


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < MAX_ANSWER:
        part = connection.recv(MAX_ANSWER)
        if not part:
            break
        received += part
    return received.rstrip(b"\0\n").decode(errors="replace").strip()
