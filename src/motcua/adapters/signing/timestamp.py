"""An RFC 3161 timestamp authority reached over HTTP (RFC 3161 §3.4)."""

from __future__ import annotations

from motcua.casework.issuing.public import TimestampUnavailable

_TIMEOUT_SECONDS = 5
_MAX_ANSWER = 64 * 1024


class HttpTimestampAuthority:
    """Asks ``url`` for a timestamp with each call."""

    def __init__(self, url: str) -> None:
        self._url = url

    def stamp(self, request: bytes) -> bytes:
        """POST the request to the authority; see the port in ``casework.issuing``."""
        import requests

        try:
            answer = requests.post(
                self._url,
                data=request,
                headers={"Content-Type": "application/timestamp-query"},
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise TimestampUnavailable from error
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.status_code != 200 or kind != "application/timestamp-reply":
            raise TimestampUnavailable
        if len(answer.content) > _MAX_ANSWER:
            raise TimestampUnavailable
        return answer.content
