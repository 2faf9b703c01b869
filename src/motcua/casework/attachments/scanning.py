"""The virus scanner as a port; ClamAV's adapter lies in ``motcua.adapters.clamav``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scanner said: its own name and version, and a signature when it found something."""

    scanner: str
    signature: str = ""

    @property
    def clean(self) -> bool:
        return not self.signature


class ScannerUnavailable(Exception):
    """The scanner did not answer; the file waits and is scanned later."""


class Scanner(Protocol):
    """Anything that can judge a stream of bytes."""

    def scan(self, file: BinaryIO) -> ScanResult:
        """Read the file to its end and judge it.

        Raises:
            ScannerUnavailable: no verdict could be had.
        """
        ...


def configured_scanner() -> Scanner | None:
    """The scanner of this installation; ``None`` when MOTCUA_CLAMD_URL is not set."""
    if not settings.MOTCUA_CLAMD_URL:
        return None
    name = getattr(settings, "MOTCUA_SCANNER", "motcua.adapters.clamav.ClamdScanner")
    return import_string(name)(settings.MOTCUA_CLAMD_URL)
