"""Keys in PKCS#11 devices: USB tokens, HSMs, SoftHSM2 in tests.

A key is named by an RFC 7512 URI, for example
``pkcs11:token=ubnd-bt;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so``.
Sessions stay open; a session that the device dropped is opened again once.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import threading
from typing import Any
from urllib.parse import unquote

from motcua.casework.issuing.public import Algorithm, KeyReference, KeyUnusable

_open: dict[tuple[str, str], Pkcs11Identity] = {}
_sessions: dict[tuple[str, str], tuple[str, Any]] = {}
_lock = threading.RLock()


def parse_uri(uri: str) -> dict[str, str]:
    """The attributes of a ``pkcs11:`` URI (RFC 7512), path and query together.

    Raises:
        KeyUnusable: not such a URI, or ``token``, ``object`` or ``module-path`` is missing.
    """
    if not uri.startswith("pkcs11:"):
        raise KeyUnusable(reason="not a pkcs11: URI")
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    pairs = (p.partition("=") for p in [*path.split(";"), *query.split("&")] if p)
    found = {name: unquote(value) for name, _, value in pairs}
    for needed in ("token", "object", "module-path"):
        if not found.get(needed):
            raise KeyUnusable(reason=f"pkcs11: URI lacks {needed}")
    return found


class Pkcs11Identity:
    """A private key that never leaves its device."""

    def __init__(self, reference: KeyReference) -> None:
        self._parts = parse_uri(reference.reference)
        self._pin = reference.secret
        self._load()

    def _load(self) -> None:
        import pkcs11

        session = _session(self._parts, self._pin)
        label = self._parts["object"]
        try:
            self._key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
            certificates = [
                bytes(found[pkcs11.Attribute.VALUE])
                for found in session.get_objects(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.LABEL: label,
                    }
                )
            ]
        except pkcs11.PKCS11Error as error:
            raise KeyUnusable(reason=f"no key {label} in the token") from error
        if not certificates:
            raise KeyUnusable(reason=f"no certificate {label} in the token")
        self.certificate = certificates[0]
        self.chain: tuple[bytes, ...] = ()
        self.algorithm: Algorithm = "rsa" if self._key.key_type == pkcs11.KeyType.RSA else "ec-p256"

    def sign(self, data: bytes) -> bytes:
        """Sign inside the device; once more with a new session if the old one is gone."""
        import pkcs11

        with _lock:
            try:
                return self._sign(data)
            except pkcs11.PKCS11Error:
                _forget(self._parts)
            try:
                self._load()
                return self._sign(data)
            except pkcs11.PKCS11Error as error:
                raise KeyUnusable(reason=f"the device refused: {type(error).__name__}") from error

    def _sign(self, data: bytes) -> bytes:
        import pkcs11
        from pkcs11.util.ec import encode_ecdsa_signature

        if self.algorithm == "rsa":
            return self._key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
        digest = hashlib.sha256(data).digest()
        return encode_ecdsa_signature(self._key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))


def _session(parts: dict[str, str], pin: str) -> Any:
    """The open session of a token. A device logs in once for all sessions, so the PIN is
    compared here too: a later caller with a wrong one is refused as the first would be."""
    import pkcs11

    key = (parts["module-path"], parts["token"])
    with _lock:
        if key not in _sessions:
            try:
                token = pkcs11.lib(parts["module-path"]).get_token(token_label=parts["token"])
                _sessions[key] = (pin, token.open(user_pin=pin))
            except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
                raise KeyUnusable(
                    reason=f"token {parts['token']}: {type(error).__name__}"
                ) from error
        known_pin, session = _sessions[key]
        if not hmac.compare_digest(known_pin.encode(), pin.encode()):
            raise KeyUnusable(reason=f"token {parts['token']}: wrong PIN")
        return session


def _forget(parts: dict[str, str]) -> None:
    """Close the token's session so that the next use logs in anew."""
    import pkcs11

    _, session = _sessions.pop((parts["module-path"], parts["token"]), ("", None))
    if session is not None:
        with contextlib.suppress(pkcs11.PKCS11Error):
            session.close()


def open_key(reference: KeyReference) -> Pkcs11Identity:
    """Open the key that the URI names; the same key is opened once per process.

    Raises:
        KeyUnusable: wrong URI or PIN, or no such module, token, key or certificate.
    """
    name = (reference.reference, reference.secret)
    with _lock:
        if name not in _open:
            _open[name] = Pkcs11Identity(reference)
        return _open[name]
