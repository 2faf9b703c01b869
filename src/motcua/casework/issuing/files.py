"""Signed files rest in the attachments' content-addressed store, as received from the signer."""

from __future__ import annotations


def keep(pdf: bytes) -> str:
    """Store a signed file; its SHA-256 as hexadecimal digits."""
    from motcua.casework.attachments.public import put_bytes

    return put_bytes(pdf, "application/pdf")


def fetch(sha256: str) -> bytes:
    """The stored file, byte for byte."""
    from motcua.casework.attachments.public import read_bytes

    return read_bytes(sha256)
