"""The demo's bank: every living centre has an account, made once."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.casework.agencies.public import Agency
from motcua.casework.ledger.public import check_ledger
from motcua.casework.testing.makers import make_agency
from motcua.subsystems.payments.public import DEMO_KEY, BankAccount, NoticeKey
from motcua.web.demo.bank import open_accounts

pytestmark = pytest.mark.django_db


def test_every_centre_has_an_account_once(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    for number in range(169):
        make_agency(kind="centre", code=f"tt-{number}")
    open_accounts()
    open_accounts()
    numbers = list(BankAccount.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == Agency.objects.filter(kind="centre").count()
    assert all(number.startswith("MAU") and number.isalnum() for number in numbers)
    assert NoticeKey.objects.get().key_id == DEMO_KEY
    assert (tmp_path / "secrets" / "demo-bank.json").stat().st_mode & 0o077 == 0
    assert list(check_ledger()) == []
