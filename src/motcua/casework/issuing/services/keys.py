"""Signing keys: registered, made for the demo, retired. Their secrets stay outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.issuing import demo_authority
from motcua.casework.issuing.errors import KeyUnusable
from motcua.casework.issuing.models import SigningKey
from motcua.casework.issuing.selectors import key_of_account, seal_key_of
from motcua.casework.issuing.signing.ports import KeyReference, SigningIdentity, open_key
from motcua.casework.ledger.public import record
from motcua.foundation import timesource
from motcua.foundation.errors import NotFound

Purpose = Literal["person", "organisation"]


@transaction.atomic
def add_key(
    *,
    actor: Actor,
    purpose: Purpose,
    agency_id: int,
    account_id: int | None,
    backend: str,
    reference: str,
    secret: str,
    picture: bytes = b"",
) -> SigningKey:
    """Register a key after opening it once and reading its certificate.

    Args:
        purpose: ``person`` (needs ``account_id``) or ``organisation`` (the agency's seal).
        backend: ``pkcs12`` or ``pkcs11``.
        reference: file inside the keys folder, or a ``pkcs11:`` URI.
        secret: passphrase or PIN; stored encrypted.
        picture: PNG with transparency: blue hand or red seal (NĐ 30/2020, Phụ lục I).

    Raises:
        KeyUnusable: it cannot be opened.
    """
    require(actor, "issuing.keys", agency_id=None)
    identity = open_key(KeyReference(backend, reference, secret))
    certificate = x509.load_der_x509_certificate(identity.certificate)
    return _save(
        actor, certificate, purpose=purpose, agency_id=agency_id, account_id=account_id,
        backend=backend, reference=reference, secret=secret, picture=picture, demo=False,
    )  # fmt: skip


@transaction.atomic
def add_demo_key(
    *,
    actor: Actor,
    purpose: Purpose,
    agency_id: int,
    account_id: int | None = None,
    name: str,
    organisation: str,
    title: str = "",
    valid_from: dt.datetime | None = None,
    algorithm: Literal["ec-p256", "rsa"] = "ec-p256",
) -> SigningKey:
    """Make a key, have the demo authority certify it, register it.

    The certificate says DEMO, and so does the picture, which is drawn when it is
    first needed. Calling it again makes another key.
    """
    require(actor, "issuing.keys", agency_id=None)
    made = demo_authority.issue_demo_certificate(
        name, organisation, purpose=purpose, algorithm=algorithm, title=title, valid_from=valid_from
    )
    reference = f"demo/{made.certificate.serial_number:x}.p12"
    secret = demo_authority.derived_passphrase(reference)
    demo_authority.write_private(demo_authority.keys_dir() / reference, made.pkcs12(secret))
    return _save(
        actor, made.certificate, purpose=purpose, agency_id=agency_id, account_id=account_id,
        backend="pkcs12", reference=reference, secret="", picture=b"", demo=True,
    )  # fmt: skip


@transaction.atomic
def retire_key(*, actor: Actor, key_uid: str) -> None:
    """Stop using a key (lost token, ended post); what it signed stays as it is."""
    require(actor, "issuing.keys", agency_id=None)
    key = SigningKey.objects.filter(uid=key_uid, retired_at=None).first()
    if key is None:
        raise NotFound
    key.retired_at = timesource.now()
    key.save(update_fields=["retired_at"])
    _record(actor, key, "issuing.retire_key")


def own_key(actor: Actor) -> SigningKey:
    """The actor's own signing key that is valid now.

    Raises:
        KeyUnusable: there is none.
    """
    key = key_of_account(actor.account_id, timesource.now()) if actor.account_id else None
    if key is None:
        raise KeyUnusable(reason="no signing key is registered for this account")
    return key


def seal_of(agency_id: int) -> SigningKey:
    """The agency's seal that is valid now.

    Raises:
        KeyUnusable: there is none.
    """
    key = seal_key_of(agency_id, timesource.now())
    if key is None:
        raise KeyUnusable(reason="no seal is registered for this agency")
    return key


def check_keys(*, actor: Actor, seals_of: Collection[int] = ()) -> None:
    """Open the keys that are about to be used, so that what fails does so before, not midway.

    Args:
        seals_of: the agencies whose seals will be set; none: the actor's own hand.

    Raises:
        KeyUnusable: a key is absent or does not open.
    """
    wanted = [seal_of(agency_id) for agency_id in sorted(seals_of)] or [own_key(actor)]
    for key in wanted:
        open_signing_key(key)


def open_signing_key(key: SigningKey) -> SigningIdentity:
    """The opened device behind a registered key.

    Raises:
        KeyUnusable: its file, token or secret does not serve.
    """
    secret = key.secret or demo_authority.derived_passphrase(key.reference)
    return open_key(KeyReference(key.backend, key.reference, secret))


def picture_of(key: SigningKey) -> bytes:
    """The key's PNG; a demo key's is drawn from the name in its certificate. May be empty."""
    stored = bytes(key.picture)
    return stored or (_drawn(key.certificate, key.purpose) if key.demo else b"")


@lru_cache(maxsize=512)
def _drawn(certificate: str, purpose: str) -> bytes:
    from motcua.casework.issuing.signing import drawing

    subject = x509.load_pem_x509_certificate(certificate.encode()).subject
    name = str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    name = name.removesuffix(" (DEMO)")
    if purpose == SigningKey.Purpose.ORGANISATION:
        return drawing.seal_png(name)
    return drawing.signature_png(name)


def _save(
    actor: Actor,
    certificate: x509.Certificate,
    *,
    purpose: Purpose,
    agency_id: int,
    account_id: int | None,
    backend: str,
    reference: str,
    secret: str,
    picture: bytes,
    demo: bool,
) -> SigningKey:
    elliptic = isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    key = SigningKey.objects.create(
        purpose=purpose, agency_id=agency_id, account_id=account_id, backend=backend,
        reference=reference, secret=secret, picture=picture, demo=demo,
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        algorithm="ec-p256" if elliptic else "rsa",
        valid_from=certificate.not_valid_before_utc, valid_to=certificate.not_valid_after_utc,
    )  # fmt: skip
    _record(actor, key, "issuing.add_key")
    return key


def _record(actor: Actor, key: SigningKey, verb: str) -> None:
    certificate = x509.load_pem_x509_certificate(key.certificate.encode())
    record(
        actor=actor,
        chain=f"agency:{key.agency_id}",
        verb=verb,
        after={
            "key": str(key.uid),
            "purpose": key.purpose,
            "account": key.account_id,
            "serial": f"{certificate.serial_number:x}",
        },
        agency_id=key.agency_id,
    )
