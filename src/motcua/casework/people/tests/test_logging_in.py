"""Logging in: right once, wrong politely, paused after five, codes used once."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from motcua.casework.access.public import SYSTEM, actor_of
from motcua.casework.people.public import (
    Account,
    CodeNeeded,
    LoginPaused,
    LoginRefused,
    check_login,
    new_totp_secret,
    open_official_account,
    switch_off_totp,
    switch_on_totp,
    totp_address,
)
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import at_time, now

pytestmark = pytest.mark.django_db
PASSWORD = "trang-sang-vuon-chuoi"


@pytest.fixture
def account(working_morning: dt.datetime) -> Account:
    return open_official_account(
        actor=SYSTEM, username="binh", password=PASSWORD, display_name="Bình"
    )


def test_right_and_wrong(account: Account) -> None:
    assert check_login(username=" binh ", password=PASSWORD) == account
    for name, password in (("binh", "x"), ("nobody", PASSWORD)):
        with pytest.raises(LoginRefused):
            check_login(username=name, password=password)


def test_five_wrong_tries_pause_the_account_and_time_heals(account: Account) -> None:
    for _ in range(4):
        with pytest.raises(LoginRefused):
            check_login(username="binh", password="x")
    with pytest.raises(LoginPaused):
        check_login(username="binh", password="x")
    with pytest.raises(LoginPaused):
        check_login(username="binh", password=PASSWORD)
    with at_time(now() + dt.timedelta(minutes=11)):
        assert check_login(username="binh", password=PASSWORD) == account


def test_a_one_time_code_is_asked_for_and_works_once(account: Account) -> None:
    secret = new_totp_secret()
    actor = actor_of(account)
    with pytest.raises(InvalidInput):
        switch_on_totp(actor=actor, account=account, secret=secret, code="000000")
    code = pyotp.TOTP(secret).at(now())
    switch_on_totp(actor=actor, account=account, secret=secret, code=code)
    assert "otpauth://totp/" in totp_address(account, secret)
    with pytest.raises(CodeNeeded):
        check_login(username="binh", password=PASSWORD)
    assert check_login(username="binh", password=PASSWORD, code=code) == account
    with pytest.raises(LoginRefused):
        check_login(username="binh", password=PASSWORD, code=code)
    with pytest.raises(InvalidInput):
        switch_off_totp(actor=actor, account=account, password="x")
    switch_off_totp(actor=actor, account=account, password=PASSWORD)
    assert check_login(username="binh", password=PASSWORD) == account
