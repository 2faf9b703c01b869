"""Signed files rest in the attachments' content-addressed store, byte for byte as signed."""

from __future__ import annotations

from motcua.casework.attachments.public import put_bytes, read_bytes


def keep(pdf: bytes) -> str:
    """Store a signed file; its SHA-256 as hexadecimal digits."""
    return put_bytes(pdf, "application/pdf")


def fetch(sha256: str) -> bytes:
    """The stored file.

    Raises:
        NotFound: the store does not hold it.
    """
    return read_bytes(sha256)
