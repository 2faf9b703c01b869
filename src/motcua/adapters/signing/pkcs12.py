"""Keys in PKCS#12 files (RFC 7292), opened once per process.

The file lies in the keys folder (``MOTCUA_KEYS_DIR``); its passphrase comes with
the reference and is kept nowhere here.
"""

from __future__ import annotations

import threading
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from django.conf import settings

from motcua.casework.issuing.public import Algorithm, KeyReference, KeyUnusable

_open: dict[tuple[str, int, str], Pkcs12Identity] = {}
_lock = threading.Lock()


class Pkcs12Identity:
    """A private key in memory with its certificate."""

    def __init__(self, data: bytes, secret: str) -> None:
        try:
            bundle = load_pkcs12(data, secret.encode() or None)
        except ValueError as error:
            raise KeyUnusable(reason="PKCS#12 file or passphrase is wrong") from error
        key = bundle.key
        if bundle.cert is None or not isinstance(
            key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        ):
            raise KeyUnusable(reason="PKCS#12 file lacks an RSA or P-256 key with certificate")
        if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name != "secp256r1":
            raise KeyUnusable(reason=f"curve {key.curve.name} is not supported")
        self._key = key
        self.certificate = bundle.cert.certificate.public_bytes(Encoding.DER)
        self.chain = tuple(
            c.certificate.public_bytes(Encoding.DER) for c in bundle.additional_certs
        )
        self.algorithm: Algorithm = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ec-p256"

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 or ECDSA, both with SHA-256."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def open_key(reference: KeyReference) -> Pkcs12Identity:
    """Open ``<keys folder>/<reference>``; the same unchanged file is opened once.

    Raises:
        KeyUnusable: no such file, a path outside the folder, or a wrong passphrase.
    """
    path = _inside_keys_dir(reference.reference)
    try:
        changed = path.stat().st_mtime_ns
        data = path.read_bytes()
    except OSError as error:
        raise KeyUnusable(reason=f"no key file {reference.reference}") from error
    key = (str(path), changed, reference.secret)
    with _lock:
        if key not in _open:
            _open[key] = Pkcs12Identity(data, reference.secret)
        return _open[key]


def _inside_keys_dir(name: str) -> Path:
    folder = Path(settings.MOTCUA_KEYS_DIR).resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise KeyUnusable(reason="key file lies outside the keys folder")
    return path
