"""A client of the portal's JSON interface: one log-in, then calls by service name.

Every call is a POST of one JSON object to ``<url>/mapi/g`` with ``session``, ``service``,
``magiaodich`` (the transaction number) and ``data``; the answer holds ``error_code``,
``error_message`` and ``data``. Service names are those of working clients; the published
standard was not read (see the README).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.foundation.outbound import OutboundUnavailable, call, door_to

LOGGED_OUT = "PHIEN_HET_HAN"


@dataclass(frozen=True, slots=True)
class Reply:
    """The portal's answer."""

    code: str
    text: str = ""
    data: Sequence[Mapping[str, Any]] = field(default=())


class NationalPortal:
    """The connection; see the port ``Portal`` of the synchronisation. Safe between threads."""

    def __init__(self, *, url: str, user: str, password: str) -> None:
        self._url = url.rstrip("/")
        self._user, self._password = user, password
        # The operator's own setting: on the government's private network as a rule.
        self._door = door_to(url, private=True)
        self._session = ""
        self._lock = threading.Lock()

    def send(self, service: str, transaction: str, rows: Sequence[Mapping[str, Any]]) -> Reply:
        """Hand over rows under a transaction number.

        Raises:
            OutboundUnavailable: no answer; the rows may have been taken.
        """
        return self._ask(service, {"magiaodich": transaction, "data": list(rows)})

    def known(self, transaction: str) -> bool:
        """Whether the portal has taken this transaction."""
        return bool(self._ask("TraCuuGiaoDich", {"magiaodich": transaction}).data)

    def filed(self, most: int) -> Reply:
        """Dossiers filed there and not confirmed yet."""
        return self._ask("LayDanhSachHoSoMoi", {"data": [{"SoLuong": most}]})

    def confirm(self, codes: Sequence[str]) -> Reply:
        """Say that dossiers filed there are safe here."""
        rows = [{"MaHoSo": code} for code in codes]
        return self._ask("XacNhanDaNhanHoSo", {"data": rows})

    def states(self, since: str, until: str) -> Reply:
        """Code and state of every dossier filed between two days ``yyyyMMdd``."""
        return self._ask("DoiSoatHoSo", {"data": [{"TuNgay": since, "DenNgay": until}]})

    def fetch(self, address: str) -> bytes:
        """The bytes of a file on the portal's own host.

        Raises:
            OutboundRefused: another host, or too large. OutboundUnavailable: not now.
        """
        answer = call("GET", address, door=self._door)
        if answer.status != 200:
            raise OutboundUnavailable
        return answer.body

    def _ask(self, service: str, content: Mapping[str, Any]) -> Reply:
        session = self._session or self._log_in()
        reply = self._post("/mapi/g", {"session": session, "service": service, **content})
        if reply.code != LOGGED_OUT:
            return reply
        session = self._log_in(old=session)
        return self._post("/mapi/g", {"session": session, "service": service, **content})

    def _log_in(self, old: str = "") -> str:
        with self._lock:
            if self._session and self._session != old:
                return self._session
            asked = {"username": self._user, "password": self._password}
            reply = self._post("/mapi/login", asked)
            session = str(reply.data[0].get("session", "")) if reply.data else ""
            if reply.code != "0" or not session:
                raise OutboundUnavailable
            self._session = session
            return session

    def _post(self, path: str, content: Mapping[str, Any]) -> Reply:
        body = json.dumps(content, ensure_ascii=False).encode()
        answer = call(
            "POST",
            self._url + path,
            door=self._door,
            body=body,
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        return _read(answer.status, answer.body)


def _read(status: int, body: bytes) -> Reply:
    """An answer that is not the interface's own JSON says nothing about the message."""
    try:
        said = json.loads(body)
        code = str(said["error_code"])
        data = said.get("data") or []
        rows = [row for row in data if isinstance(row, dict)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutboundUnavailable from error
    if status >= 500:
        raise OutboundUnavailable
    return Reply(code, str(said.get("error_message") or ""), rows)
