"""The demo certificate authority: real cryptography, no legal worth.

Every certificate it makes says DEMO in its subject and in its issuer. Its key
lies in the keys folder in a PKCS#12 file whose passphrase is derived from the
installation's data key, so a copied folder opens nothing elsewhere.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from motcua.foundation import crypto, timesource

LABEL = "DEMO – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_SUBJECT_LABEL = "DEMO - KHONG CO GIA TRI PHAP LY"
_ROOT_FILE = "demo/root.p12"
_ROOT_PEM = "demo-root.pem"
_ROOT_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_SUBSCRIBER_YEARS = 3  # Nghị định 23/2025/NĐ-CP: a subscriber's certificate lives 3 years

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Purpose = Literal["person", "organisation", "timestamp"]


@dataclass(frozen=True, slots=True)
class DemoCertificate:
    """A certificate just made, and the PKCS#12 file that holds its key."""

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...]

    def pem(self) -> str:
        """The certificate as PEM text."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def pkcs12(self, passphrase: str) -> bytes:
        """Key, certificate and chain in one encrypted file."""
        return pkcs12.serialize_key_and_certificates(
            self.certificate.serial_number.to_bytes(20, "big").hex().encode(),
            self.key, self.certificate, list(self.chain),
            BestAvailableEncryption(passphrase.encode()),
        )  # fmt: skip


def keys_dir() -> Path:
    """The keys folder, made private on first use."""
    folder = Path(settings.MOTCUA_KEYS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def trust_dir() -> Path:
    """The folder of trust anchors (``MOTCUA_TRUST_DIR``, default inside the keys folder)."""
    folder = Path(getattr(settings, "MOTCUA_TRUST_DIR", "") or keys_dir() / "trust")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def derived_passphrase(name: str) -> str:
    """The passphrase of a key file of this installation, never stored."""
    return crypto.keyed_hash(name, purpose="key-files")


def write_private(path: Path, data: bytes) -> None:
    """Write a secret file readable by its owner only, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    draft.replace(path)


def make_demo_authority() -> DemoCertificate:
    """The demo root; made at the first call, opened at later ones.

    It also becomes a trust anchor marked as demo, so that public checks of demo
    documents succeed and say that they are demo documents.
    """
    path = keys_dir() / _ROOT_FILE
    secret = derived_passphrase(_ROOT_FILE)
    if path.exists():
        bundle = pkcs12.load_pkcs12(path.read_bytes(), secret.encode())
        if bundle.cert is None or not isinstance(bundle.key, ec.EllipticCurvePrivateKey):
            raise ValueError("the demo authority's key file is damaged")
        root = DemoCertificate(bundle.cert.certificate, bundle.key, ())
    else:
        root = _make_root()
        write_private(path, root.pkcs12(secret))
    _trust(root)
    return root


def issue_demo_certificate(
    name: str,
    organisation: str,
    *,
    purpose: Purpose = "person",
    algorithm: Literal["ec-p256", "rsa"] = "ec-p256",
    valid_from: dt.datetime | None = None,
    title: str = "",
    authority: DemoCertificate | None = None,
) -> DemoCertificate:
    """Make a key and have the demo authority certify it for three years.

    Args:
        name: the person's or organisation's name.
        organisation: on whose behalf the person signs; the agency itself for a seal.
        purpose: ``person``, ``organisation`` (a seal) or ``timestamp`` (an RFC 3161 authority).
        valid_from: aware; default one day before now.
        title: the person's post.
    """
    root = authority or make_demo_authority()
    key: PrivateKey = (
        ec.generate_private_key(ec.SECP256R1())
        if algorithm == "ec-p256"
        else rsa.generate_private_key(65537, 2048)
    )
    start = valid_from or timesource.now() - dt.timedelta(days=1)
    builder = _subscriber(_subject(name, organisation, purpose, title), key, root, start)
    if purpose == "timestamp":
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    certificate = builder.sign(root.key, hashes.SHA256())
    return DemoCertificate(certificate, key, (root.certificate,))


def _subscriber(
    subject: x509.Name, key: PrivateKey, root: DemoCertificate, start: dt.datetime
) -> x509.CertificateBuilder:
    public, above = key.public_key(), root.key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.certificate.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * _SUBSCRIBER_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    )


def revoke_demo_certificates(serials: dict[int, dt.datetime]) -> None:
    """Publish a revocation list (RFC 5280) into the trust folder.

    Args:
        serials: serial number → moment of revocation; the list replaces the former one.
    """
    root = make_demo_authority()
    now = timesource.now()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(now - dt.timedelta(minutes=1))
        .next_update(now + dt.timedelta(days=30))
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()),
            critical=False,
        )
    )
    for serial, when in serials.items():
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
        )
    listed = builder.sign(root.key, hashes.SHA256())
    (trust_dir() / "demo.crl").write_bytes(listed.public_bytes(Encoding.DER))


def _make_root() -> DemoCertificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, LABEL),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Một Cửa CA ({_SUBJECT_LABEL})"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_ROOT_FROM)
        .not_valid_after(_ROOT_FROM + dt.timedelta(days=365 * 25))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return DemoCertificate(certificate, key, ())


def _trust(root: DemoCertificate) -> None:
    folder = trust_dir()
    pem = folder / _ROOT_PEM
    if not pem.exists() or pem.read_text() != root.pem():
        pem.write_text(root.pem())
        (folder / f"{_ROOT_PEM}.json").write_text(
            json.dumps({"demo": True, "label": LABEL}, ensure_ascii=False)
        )


def _fitting(text: str, size: int = 64) -> str:
    """The text cut to at most ``size`` bytes of UTF-8, the bound of X.520 attributes."""
    return text.encode()[:size].decode(errors="ignore").strip()


def _subject(name: str, organisation: str, purpose: Purpose, title: str) -> x509.Name:
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(organisation)),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, LABEL),
        x509.NameAttribute(NameOID.COMMON_NAME, _fitting(name, 57) + " (DEMO)"),
    ]
    if purpose == "person":
        surname, _, given = name.rpartition(" ")
        attributes.append(x509.NameAttribute(NameOID.SURNAME, _fitting(surname or given)))
        attributes.append(x509.NameAttribute(NameOID.GIVEN_NAME, _fitting(given)))
        if title:
            attributes.append(x509.NameAttribute(NameOID.TITLE, _fitting(title)))
    return x509.Name(attributes)


def _usage(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign, content_commitment=sign, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=not sign,
        crl_sign=not sign, encipher_only=False, decipher_only=False,
    )  # fmt: skip
