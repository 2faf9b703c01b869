"""Whom this installation believes: a folder of root certificates with windows.

``<name>.pem``/``.crt``/``.cer`` are roots; ``<file>.json`` beside one may narrow
it: ``{"from": "2024-01-01", "to": "2029-01-01", "label": "…", "demo": true}``.
``*.crl`` are revocation lists. Two national anchor sets exist (public trust
services, Nghị định 23/2025; official-duty ones, Nghị định 68/2024): put both here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.casework.issuing.demo_authority import trust_dir

_EVER = (dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC))
_ROOT_SUFFIXES = {".pem", ".crt", ".cer"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A trusted root and the window in which it is trusted."""

    certificate: Any
    label: str
    demo: bool
    trusted_from: dt.datetime
    trusted_to: dt.datetime

    def holds(self, moment: dt.datetime) -> bool:
        """Whether the root was trusted at ``moment``."""
        return self.trusted_from <= moment <= self.trusted_to


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A CRL (RFC 5280) taken apart once: look-ups stay quick on lists of many thousands."""

    issuer: str
    revoked: Mapping[int, dt.datetime]
    next_update: dt.datetime


@dataclass(frozen=True, slots=True)
class AnchorSet:
    """All anchors and revocation lists of the folder.

    ``fingerprint`` changes when any of them does.
    """

    anchors: tuple[Anchor, ...]
    crls: tuple[RevocationList, ...]
    fingerprint: str

    def roots(self, moment: dt.datetime) -> list[Any]:
        """The root certificates trusted at ``moment``."""
        return [a.certificate for a in self.anchors if a.holds(moment)]

    def revoked_at(self, certificate: Any) -> dt.datetime | None:
        """When a list of the certificate's issuer says it was revoked, or ``None``."""
        issuer, serial = certificate.issuer.hashable, certificate.serial_number
        dates = [x.revoked[serial] for x in self.crls if x.issuer == issuer and serial in x.revoked]
        return min(dates, default=None)

    def has_fresh_list(self, certificate: Any, moment: dt.datetime) -> bool:
        """Whether a list of the certificate's issuer is in force at ``moment``."""
        issuer = certificate.issuer.hashable
        return any(x.issuer == issuer and moment <= x.next_update for x in self.crls)

    def anchor_of(self, certificate: Any) -> Anchor | None:
        """The anchor with that very certificate."""
        wanted = certificate.dump()
        return next((a for a in self.anchors if a.certificate.dump() == wanted), None)


def anchor_set(folder: Path | None = None) -> AnchorSet:
    """The anchors of ``folder`` (default the configured one), read again when a file changes."""
    where = folder or trust_dir()
    files = tuple(
        (str(p), p.stat().st_mtime_ns, p.stat().st_size)
        for p in sorted(where.iterdir())
        if p.is_file()
    )
    return _read(files)


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, int, int], ...]) -> AnchorSet:
    digest = hashlib.sha256()
    anchors: list[Anchor] = []
    lists: list[RevocationList] = []
    for name, _, _ in files:
        path = Path(name)
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        if path.suffix in _ROOT_SUFFIXES:
            anchors.append(_anchor(path, data))
        elif path.suffix == ".crl":
            lists.append(_revocations(data))
    return AnchorSet(tuple(anchors), tuple(lists), digest.hexdigest())


def _revocations(data: bytes) -> RevocationList:
    from asn1crypto import crl, pem

    blocks: list[Any] = list(pem.unarmor(data, multiple=True)) if pem.detect(data) else []
    body = crl.CertificateList.load(blocks[0][2] if blocks else data)["tbs_cert_list"]
    return RevocationList(
        issuer=body["issuer"].hashable,
        revoked={
            entry["user_certificate"].native: entry["revocation_date"].native
            for entry in body["revoked_certificates"]
        },
        next_update=body["next_update"].native or _EVER[1],
    )


def _anchor(path: Path, data: bytes) -> Anchor:
    from asn1crypto import pem, x509

    blocks: list[Any] = list(pem.unarmor(data, multiple=True)) if pem.detect(data) else []
    certificate = x509.Certificate.load(blocks[0][2] if blocks else data)
    notes_file = path.with_name(path.name + ".json")
    notes = json.loads(notes_file.read_text()) if notes_file.exists() else {}
    start = max(certificate.not_valid_before, _moment(notes.get("from"), _EVER[0]))
    end = min(certificate.not_valid_after, _moment(notes.get("to"), _EVER[1]))
    label = str(notes.get("label") or certificate.subject.human_friendly)
    return Anchor(certificate, label, bool(notes.get("demo")), start, end)


def _moment(text: str | None, otherwise: dt.datetime) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text) if text else otherwise
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
