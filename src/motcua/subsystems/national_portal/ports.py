"""What this slice needs of the portal's connection; the adapter is named in the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Reply:
    """The other side's answer: its code, its words, its data."""

    code: str
    text: str = ""
    data: Sequence[Mapping[str, Any]] = field(default=())


class Portal(Protocol):
    """The connection to the national public-service portal."""

    def send(self, service: str, transaction: str, rows: Sequence[Mapping[str, Any]]) -> Reply:
        """Hand over rows under a transaction number.

        Raises:
            DomainError: no answer (``outbound-unavailable``); they may have been taken.
        """
        ...

    def known(self, transaction: str) -> bool:
        """Whether the other side has taken this transaction."""
        ...

    def filed(self, most: int) -> Reply:
        """Dossiers filed there that were not confirmed yet; ``data`` has their content."""
        ...

    def confirm(self, codes: Sequence[str]) -> Reply:
        """Say that dossiers filed there are safe here."""
        ...

    def states(self, since: str, until: str) -> Reply:
        """Code and state of what was reported, filed between two days ``yyyyMMdd``."""
        ...

    def fetch(self, address: str) -> bytes:
        """The bytes of a file that the portal named."""
        ...


def connected() -> bool:
    """Whether the operator has set up the connection."""
    return bool(settings.MOTCUA_NATIONAL_PORTAL_URL)


@lru_cache(maxsize=4)
def _made(path: str, url: str, user: str, password: str) -> Portal:
    return import_string(path)(url=url, user=user, password=password)  # type: ignore[no-any-return]


def portal() -> Portal:
    """The configured connection; it keeps its session between calls."""
    return _made(
        settings.MOTCUA_NATIONAL_PORTAL_ADAPTER,
        settings.MOTCUA_NATIONAL_PORTAL_URL,
        settings.MOTCUA_NATIONAL_PORTAL_USER,
        settings.MOTCUA_NATIONAL_PORTAL_PASSWORD,
    )
