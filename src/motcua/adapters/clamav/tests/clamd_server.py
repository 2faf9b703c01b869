"""A server that speaks clamd's protocol on loopback and knows one signature: EICAR's."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

# In pieces, so that this file is not taken for the test virus itself.
EICAR = b"".join(
    (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*")
)


class ClamdServer:
    """Listens on a free loopback port, or on a Unix socket when a path is given."""

    def __init__(self, path: Path | None = None, *, max_stream: int = 25_000_000) -> None:
        self.max_stream = max_stream
        if path is None:
            self._socket = socket.create_server(("127.0.0.1", 0))
            self.url = f"tcp://127.0.0.1:{self._socket.getsockname()[1]}"
        else:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.bind(str(path))
            self._socket.listen()
            self.url = f"unix://{path}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._answer(stream)

    def _answer(self, stream) -> None:
        command = b""
        while not command.endswith(b"\0"):
            letter = stream.read(1)
            if not letter:
                return
            command += letter
        if command == b"zVERSION\0":
            stream.write(b"ClamAV 1.4.3/27701/Sat Jul  5 08:35:30 2025\0")
        elif command == b"zINSTREAM\0":
            stream.write(self._scan(stream))
        else:
            stream.write(b"UNKNOWN COMMAND\0")
        stream.flush()

    def _scan(self, stream) -> bytes:
        data = b""
        while length := int.from_bytes(stream.read(4), "big"):
            data += stream.read(length)
            if len(data) > self.max_stream:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
