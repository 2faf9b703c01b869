"""An RFC 3161 timestamp authority reached over HTTP (RFC 3161 §3.4)."""

from __future__ import annotations

from motcua.casework.issuing.public import TimestampUnavailable
from motcua.foundation.errors import DomainError
from motcua.foundation.outbound import Door, call, door_to

_TIMEOUT_SECONDS = 5
_MAX_ANSWER = 64 * 1024


class HttpTimestampAuthority:
    """Asks ``url`` for a timestamp with each call."""

    def __init__(self, url: str) -> None:
        self._url = url
        hosts = door_to(url).hosts  # the operator's own setting: may be inside, may be plain
        self._door = Door(
            hosts, private=True, plain=True, seconds=_TIMEOUT_SECONDS, most_bytes=_MAX_ANSWER
        )

    def stamp(self, request: bytes) -> bytes:
        """POST the request to the authority; see the port in ``casework.issuing``."""
        try:
            answer = call(
                "POST",
                self._url,
                door=self._door,
                body=request,
                headers={"Content-Type": "application/timestamp-query"},
            )
        except DomainError as error:
            raise TimestampUnavailable from error
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if answer.status != 200 or kind != "application/timestamp-reply":
            raise TimestampUnavailable
        return answer.body
