"""What a signing device and a timestamp authority must be able to do.

The devices live in ``adapters/signing`` and are named by dotted path in
``MOTCUA_SIGNING_BACKENDS``, so the kernel never imports them and a web process
that signs nothing never loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.casework.issuing.errors import KeyUnusable

Algorithm = Literal["rsa", "ec-p256"]

DEFAULT_BACKENDS = {
    "pkcs12": "motcua.adapters.signing.pkcs12.open_key",
    "pkcs11": "motcua.adapters.signing.pkcs11.open_key",
}
DEFAULT_TIMESTAMP_CLIENT = "motcua.adapters.signing.timestamp.HttpTimestampAuthority"


class SigningIdentity(Protocol):
    """An opened key: its certificate, the chain above it, and one act."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, DER."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Issuers' certificates, DER, nearest first; may be empty."""
        ...

    @property
    def algorithm(self) -> Algorithm:
        """``rsa`` (PKCS#1 v1.5 with SHA-256) or ``ec-p256`` (ECDSA with SHA-256)."""
        ...

    def sign(self, data: bytes) -> bytes:
        """A signature over ``data``; ECDSA ones DER-encoded.

        Raises:
            KeyUnusable: the device refused or is gone.
        """
        ...


class TimestampAuthority(Protocol):
    """An RFC 3161 authority."""

    def stamp(self, request: bytes) -> bytes:
        """Answer a DER ``TimeStampReq`` with a DER ``TimeStampResp``.

        Raises:
            TimestampUnavailable: no usable answer came.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeyReference:
    """Where a key is, and what opens it. Never logged, never stored.

    Attributes:
        backend: ``pkcs12`` or ``pkcs11``.
        reference: a file name inside the keys folder, or an RFC 7512 ``pkcs11:`` URI.
        secret: passphrase or PIN.
    """

    backend: str
    reference: str
    secret: str

    def __repr__(self) -> str:
        return f"KeyReference({self.backend}, {self.reference})"


def open_key(reference: KeyReference) -> SigningIdentity:
    """Open a key through its backend; the backend keeps it open for the process.

    Raises:
        KeyUnusable: no such backend, file, token or key, or a wrong secret.
    """
    backends: dict[str, str] = {
        **DEFAULT_BACKENDS,
        **getattr(settings, "MOTCUA_SIGNING_BACKENDS", {}),
    }
    if reference.backend not in backends:
        raise KeyUnusable(reason=f"unknown backend {reference.backend}")
    opener: Callable[[KeyReference], SigningIdentity] = import_string(backends[reference.backend])
    return opener(reference)


def timestamp_authority() -> TimestampAuthority | None:
    """The configured authority (``MOTCUA_TSA_URL``), or ``None`` for level B-B."""
    url = str(getattr(settings, "MOTCUA_TSA_URL", ""))
    if not url:
        return None
    client = getattr(settings, "MOTCUA_TIMESTAMP_CLIENT", DEFAULT_TIMESTAMP_CLIENT)
    authority: TimestampAuthority = import_string(client)(url)
    return authority
