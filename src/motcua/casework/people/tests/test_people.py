"""Parties and accounts: one person once, nothing readable at rest, acting for others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from motcua.casework.access.public import ANONYMOUS, SYSTEM, actor_of
from motcua.casework.people.models import Account, Party
from motcua.casework.people.public import (
    AlreadyRegistered,
    PartyDetails,
    authorise_representative,
    find_or_make_party,
    identity_kind,
    mask_identity,
    may_act_for,
    open_official_account,
    party_by_identity,
    register_citizen,
    revoke_representative,
)
from motcua.casework.testing.makers import make_citizen
from motcua.foundation.errors import InvalidInput

pytestmark = pytest.mark.django_db
LAN = PartyDetails(
    full_name="Trần Thị  Lan",
    identity_number="079 201 001 234",
    phone="0901234567",
    email="lan@example.vn",
    address="12 Lê Lợi",
    birth_date="1990-02-03",
)
PASSWORD = "trang-sang-vuon-chuoi"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("079201001234", "cccd"),
        ("023456789", "cmnd"),
        ("0312345678", "tax"),
        ("0312345678-001", "tax"),
        ("12345", None),
        ("", None),
        ("07920100123a", None),
    ],
)
def test_identity_numbers(number: str, kind: str | None) -> None:
    assert identity_kind(number) == kind


def test_a_mask_tells_too_little_to_use() -> None:
    assert mask_identity("079201001234") == "079•••••1234"
    assert mask_identity("123") == "123"


def test_one_identity_is_one_party_however_it_is_typed() -> None:
    first = find_or_make_party(actor=SYSTEM, details=LAN)
    again = find_or_make_party(
        actor=SYSTEM, details=PartyDetails(full_name="Lan", identity_number="079201001234")
    )
    assert first == again
    assert first.full_name == "Trần Thị Lan"
    assert party_by_identity("079-201001234".replace("-", "")) == first
    assert party_by_identity("079201001235") is None


def test_personal_data_is_not_readable_in_the_database() -> None:
    party = find_or_make_party(actor=SYSTEM, details=LAN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_party WHERE id = %s", [party.pk])
        stored = " ".join(str(value) for value in cursor.fetchone())
    for secret in ("079201001234", "0901234567", "lan@example.vn", "12 Lê Lợi", "1990-02-03"):
        assert secret not in stored
    fresh = Party.objects.get(pk=party.pk)
    assert (fresh.identity_number, fresh.phone) == ("079201001234", "0901234567")


def test_searching_an_encrypted_field_is_refused() -> None:
    with pytest.raises(TypeError, match="encrypted"):
        Party.objects.filter(phone__contains="090").exists()


def test_registering_checks_everything_before_it_writes() -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_citizen(actor=ANONYMOUS, username="lan", password="123", details=LAN)
    assert "password" in refusal.value.fields
    with pytest.raises(InvalidInput) as refusal:
        register_citizen(
            actor=ANONYMOUS,
            username="lan",
            password=PASSWORD,
            details=PartyDetails(full_name=" ", identity_number="12"),
        )
    assert set(refusal.value.fields) == {"full_name", "identity_number"}
    assert not Account.objects.exists()
    register_citizen(actor=ANONYMOUS, username="lan", password=PASSWORD, details=LAN)
    for name in ("lan", "lan2"):
        with pytest.raises(AlreadyRegistered):
            register_citizen(actor=ANONYMOUS, username=name, password=PASSWORD, details=LAN)


def test_an_official_is_nothing_without_a_post() -> None:
    account = open_official_account(
        actor=SYSTEM, username="binh", password=PASSWORD, display_name="Bình"
    )
    assert actor_of(account).posts == ()
    assert actor_of(account).viewer_keys == ("public", f"u:{account.pk}")


def test_acting_for_another_needs_a_basis_a_time_and_can_end() -> None:
    mother, child = make_citizen("Mẹ"), make_citizen("Con")
    assert mother.party_id
    assert child.party_id
    day = dt.date(2026, 11, 1)
    assert may_act_for(mother.party_id, mother.party_id, day)
    assert not may_act_for(mother.party_id, child.party_id, day)
    with pytest.raises(InvalidInput):
        authorise_representative(
            actor=SYSTEM,
            principal_id=child.party_id,
            agent_id=mother.party_id,
            basis=" ",
            valid_from=day,
        )
    row = authorise_representative(
        actor=SYSTEM,
        principal_id=child.party_id,
        agent_id=mother.party_id,
        basis="Giấy khai sinh",
        valid_from=day,
        valid_to=dt.date(2027, 1, 1),
        scope=["ho_tich"],
    )
    assert may_act_for(mother.party_id, child.party_id, day, "ho_tich")
    assert not may_act_for(mother.party_id, child.party_id, day, "dat_dai")
    assert not may_act_for(mother.party_id, child.party_id, dt.date(2027, 1, 2), "ho_tich")
    revoke_representative(actor=SYSTEM, representation_id=row.pk)
    assert not may_act_for(mother.party_id, child.party_id, day, "ho_tich")


def test_who_only_says_who_he_is_never_inherits_from_the_real_holder() -> None:
    pretender = register_citizen(actor=ANONYMOUS, username="gia", password=PASSWORD, details=LAN)
    real = find_or_make_party(actor=SYSTEM, details=LAN)
    assert pretender.party is not None
    assert pretender.party.pk != real.pk
    assert (pretender.party.identity_proven, real.identity_proven) == (False, True)
    assert party_by_identity(LAN.identity_number) == real


def test_a_number_the_house_knows_cannot_be_registered_again() -> None:
    find_or_make_party(actor=SYSTEM, details=LAN)
    with pytest.raises(AlreadyRegistered):
        register_citizen(actor=ANONYMOUS, username="lan", password=PASSWORD, details=LAN)
