"""Every write to parties, accounts and representations."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.ledger.public import record
from motcua.casework.people.models import Account, Party, Representation
from motcua.casework.people.rules import clean_identity, identity_kind
from motcua.casework.people.selectors import identity_known
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput
from motcua.foundation.timesource import now

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 .]{7,18}")


class AlreadyRegistered(Conflict):
    """The log-in name or the identity number is taken."""

    code = "already-registered"
    message = Bilingual(
        "Tên đăng nhập hoặc số định danh đã có tài khoản.",
        "This log-in name or identity number already has an account.",
    )
    advice = Bilingual(
        "Hãy đăng nhập, hoặc đến Trung tâm hành chính công để được hỗ trợ lấy lại tài khoản.",
        "Log in, or ask a service centre to help you recover the account.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDetails:
    """What is known of a person or an organisation; empty means unknown."""

    full_name: str
    kind: str = Party.Kind.PERSON
    identity_number: str = ""
    birth_date: str = ""
    gender: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    commune_code: str = ""
    classes: tuple[str, ...] = ()


def one_name(typed: str) -> str:
    """A name as it will stand on documents: composed letters, one space between words.

    Letters that nobody sees (of no width, turning the reading direction) are dropped.
    """
    composed = unicodedata.normalize("NFC", typed)
    seen = (c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(seen).split())


def build_party(details: PartyDetails, at: dt.datetime, *, proven: bool = True) -> Party:
    """An unsaved party with its identity checked and hashed.

    Raises:
        InvalidInput: the name is empty or the identity number malformed.
    """
    problems: dict[str, Bilingual] = {}
    number = clean_identity(details.identity_number)
    kind = identity_kind(number) if number else "none"
    if not details.full_name.strip():
        problems["full_name"] = Bilingual("Hãy nhập họ và tên.", "Enter the full name.")
    if kind is None:
        problems["identity_number"] = Bilingual(
            "Số định danh gồm 12 chữ số; mã số thuế gồm 10 hoặc 13 chữ số.",
            "An identity number has 12 digits; a tax code 10 or 13.",
        )
    if problems:
        raise InvalidInput(problems)
    return Party(
        kind=details.kind,
        full_name=one_name(details.full_name),
        identity_kind=kind,
        identity_number=number,
        identity_hash=keyed_hash(number) or None,
        identity_proven=proven,
        birth_date=details.birth_date,
        gender=details.gender,
        phone=details.phone,
        email=details.email,
        address=details.address,
        commune_code=details.commune_code,
        classes=list(details.classes),
        created_at=at,
    )


PROVEN = "applicants:proven"
"""Scope of a key: its organisation has identified the persons it names."""


@transaction.atomic
def find_or_make_party(*, actor: Actor, details: PartyDetails) -> Party:
    """The party with this identity number, or a new one; one number is proven for one party.

    An official has seen the person's papers, so the number counts as proven; so has another
    organisation whose key says that it identifies people (``applicants:proven``). What
    somebody says of himself does not: that makes a party of its own, which never
    inherits what was filed for the real holder of the number.
    """
    number = clean_identity(details.identity_number)
    proven = actor.kind in {"official", "system"} or PROVEN in actor.scopes
    if number and proven:
        digest = keyed_hash(number)
        known = Party.objects.filter(identity_hash=digest, identity_proven=True).first()
        if known is not None:
            return known
    party = build_party(details, now(), proven=proven)
    party.save(force_insert=True)
    record(
        actor=actor,
        chain=f"party:{party.pk}",
        verb="people.make_party",
        after={"kind": party.kind, "identity_kind": party.identity_kind},
        new_chain=True,
    )
    return party


def _checked_password(password: str) -> str:
    try:
        validate_password(password)
    except ValidationError as error:
        words = " ".join(error.messages)
        raise InvalidInput(
            {"password": Bilingual(f"Mật khẩu chưa đủ mạnh. {words}", f"Too weak. {words}")}
        ) from error
    return make_password(password)


@transaction.atomic
def register_citizen(
    *, actor: Actor, username: str, password: str, details: PartyDetails, language: str = "vi"
) -> Account:
    """Open a citizen's account with its party.

    Raises:
        InvalidInput: weak password, empty name, malformed identity number.
        AlreadyRegistered: the name or the person already has an account.
    """
    encoded = _checked_password(password)
    if Account.objects.filter(username=username).exists():
        raise AlreadyRegistered
    if identity_known(details.identity_number):
        raise AlreadyRegistered
    party = find_or_make_party(actor=actor, details=details)
    account = Account(
        username=username,
        kind=Account.Kind.CITIZEN,
        display_name=party.full_name,
        party=party,
        email=details.email,
        language=language,
        password=encoded,
        created_at=now(),
    )
    account.save(force_insert=True)
    _record_account(actor, account)
    return account


@transaction.atomic
def change_own_details(
    *, actor: Actor, account: Account, phone: str, email: str, address: str, commune_code: str
) -> None:
    """Keep how the account's person is reached; name and identity come from the state's register.

    Raises:
        InvalidInput: the e-mail address or the phone number cannot be one.
    """
    problems: dict[str, Bilingual] = {}
    if email and not _EMAIL.fullmatch(email):
        problems["email"] = Bilingual(
            "Thư điện tử có dạng ten@mien.vn.", "An e-mail address looks like name@domain.vn."
        )
    if phone and not _PHONE.fullmatch(phone):
        problems["phone"] = Bilingual(
            "Số điện thoại gồm 9 đến 15 chữ số.", "A phone number has 9 to 15 digits."
        )
    if problems:
        raise InvalidInput(problems)
    account.email = email
    account.save(update_fields=["email"])
    party = account.party
    if party is not None:
        party.phone, party.email = phone, email
        party.address, party.commune_code = address, commune_code
        party.save(update_fields=["phone", "email", "address", "commune_code"])
    record(actor=actor, chain=f"account:{account.pk}", verb="people.change_own_details")


@transaction.atomic
def choose_language(*, actor: Actor, account: Account, language: str) -> None:
    """The language in which the account's notices are written: ``vi`` or ``en``."""
    account.language = "en" if language == "en" else "vi"
    account.save(update_fields=["language"])
    after = {"language": account.language}
    record(actor=actor, chain=f"account:{account.pk}", verb="people.choose_language", after=after)


@transaction.atomic
def open_official_account(
    *, actor: Actor, username: str, password: str, display_name: str, email: str = ""
) -> Account:
    """Open an official's account; what it may do comes only from memberships in posts."""
    encoded = _checked_password(password)
    if Account.objects.filter(username=username).exists():
        raise AlreadyRegistered
    account = Account(
        username=username,
        kind=Account.Kind.OFFICIAL,
        display_name=display_name,
        email=email,
        password=encoded,
        created_at=now(),
    )
    account.save(force_insert=True)
    _record_account(actor, account)
    return account


def _record_account(actor: Actor, account: Account) -> None:
    record(
        actor=actor,
        chain=f"account:{account.pk}",
        verb="people.open_account",
        after={"username": account.username, "kind": account.kind},
        new_chain=True,
    )


@transaction.atomic
def authorise_representative(
    *,
    actor: Actor,
    principal_id: int,
    agent_id: int,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    scope: Iterable[str] = (),
) -> Representation:
    """Let ``agent`` act for ``principal`` (Bộ luật Dân sự 2015, Điều 134–141)."""
    if principal_id == agent_id or not basis.strip():
        raise InvalidInput(
            {"basis": Bilingual("Hãy nêu căn cứ đại diện.", "State the basis of representation.")}
        )
    row = Representation.objects.create(
        principal_id=principal_id,
        agent_id=agent_id,
        basis=basis,
        scope=list(scope),
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=now(),
    )
    record(
        actor=actor,
        chain=f"party:{principal_id}",
        verb="people.authorise_representative",
        after={"agent": agent_id, "basis": basis, "from": valid_from.isoformat()},
    )
    return row


@transaction.atomic
def revoke_representative(*, actor: Actor, representation_id: int) -> None:
    """End a representation now; what was done under it stays lawful."""
    row = Representation.objects.select_for_update().get(pk=representation_id)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        record(
            actor=actor,
            chain=f"party:{row.principal_id}",
            verb="people.revoke_representative",
            after={"agent": row.agent_id},
        )
