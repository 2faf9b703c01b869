"""What rests where: secrets outside, drafts encrypted, checks remembered for a while."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from motcua.casework.access.public import SYSTEM
from motcua.casework.issuing import services
from motcua.casework.issuing.demo_authority import derived_passphrase
from motcua.casework.issuing.models import IssuedDocument
from motcua.casework.issuing.public import add_key, document_bytes, sign_and_number
from motcua.casework.issuing.tests.test_documents import House
from motcua.foundation.timesource import at_time, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_secrets_are_not_in_the_database(house: House) -> None:
    made = house.give_key(house.leader)
    data = (Path(settings.MOTCUA_KEYS_DIR) / made.reference).read_bytes()
    (Path(settings.MOTCUA_KEYS_DIR) / "own.p12").write_bytes(data)
    secret = derived_passphrase(made.reference)
    key = add_key(
        actor=SYSTEM, purpose="person", agency_id=house.agency.pk,
        account_id=house.leader.account_id, backend="pkcs12", reference="own.p12", secret=secret,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, certificate FROM issuing_signingkey WHERE id = %s", [key.pk])
        stored = cursor.fetchone()
    assert secret not in stored[0]
    assert "PRIVATE KEY" not in stored[1]
    assert key.secret == secret


def test_a_draft_is_encrypted_at_rest(house: House) -> None:
    document = house.draft()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM issuing_issueddocument WHERE id = %s", [document.pk])
        (stored,) = cursor.fetchone()
    assert "Võ Văn Mười" not in stored


def test_a_check_is_remembered_for_a_day_and_renewed_with_the_anchors(
    house: House, monkeypatch: Any
) -> None:
    from motcua.casework.issuing.services import checks

    document = house.draft()
    sign_and_number(actor=house.leader, document_uid=document.uid)
    pdf = document_bytes(IssuedDocument.objects.get(pk=document.pk))
    calls: list[int] = []
    real = checks.verify
    monkeypatch.setattr(checks, "verify", lambda *a, **k: (calls.append(1), real(*a, **k))[1])
    moment = now()
    with at_time(moment):
        first = services.check_file(pdf, stranger=False)
        assert services.check_file(pdf) == first
    assert len(calls) == 1
    with at_time(moment + dt.timedelta(hours=25)):
        services.check_file(pdf, stranger=False)
    assert len(calls) == 2
    (checks.anchor_set.__globals__["trust_dir"]() / "new.crl.note").write_text("x")
    with at_time(moment + dt.timedelta(hours=26)):
        services.check_file(pdf, stranger=False)
    assert len(calls) == 3
    with at_time(moment + dt.timedelta(days=40)):
        assert services.forget_old_checks() == 2
