"""Proving who one is: password, optional one-time code, and a pause after wrong tries."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from pyotp import random_base32
from pyotp.totp import TOTP

from motcua.casework.access.public import Actor
from motcua.casework.ledger.public import record
from motcua.casework.people.models import Account
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput
from motcua.foundation.limiting.public import declare_limit, note, refuse_beyond
from motcua.foundation.timesource import now

TRIES = 5
PAUSE = dt.timedelta(minutes=10)
ISSUER = "Một Cửa"


class LoginRefused(DomainError):
    """Wrong name, password or code: one answer for all three."""

    code = "login-refused"
    status = 422
    message = Bilingual(
        "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng.",
        "The log-in name, password or code is wrong.",
    )
    advice = Bilingual(
        "Kiểm tra lại rồi thử lần nữa. Sau {tries} lần sai, tài khoản tạm khoá {minutes} phút.",
        "Check and try again. After {tries} wrong tries the account pauses for {minutes} minutes.",
    )

    def __init__(self) -> None:
        super().__init__(tries=TRIES, minutes=int(PAUSE.total_seconds() // 60))


class LoginPaused(DomainError):
    """Too many wrong tries."""

    code = "login-paused"
    status = 429
    message = Bilingual("Đăng nhập sai quá nhiều lần.", "Too many wrong log-ins.")
    advice = Bilingual(
        "Đợi {minutes} phút rồi thử lại, hoặc đến trung tâm để được hỗ trợ.",
        "Wait {minutes} minutes and try again, or ask a service centre for help.",
    )

    def __init__(self) -> None:
        super().__init__(minutes=int(PAUSE.total_seconds() // 60))


class CodeNeeded(DomainError):
    """The password was right; this account also asks for a one-time code."""

    code = "code-needed"
    status = 422
    message = Bilingual("Hãy nhập mã xác thực.", "Enter the one-time code.")
    advice = Bilingual(
        "Mở ứng dụng xác thực trên điện thoại và nhập 6 chữ số.",
        "Open the authenticator app on your phone and enter the 6 digits.",
    )


TRIES_FROM_ADDRESS = declare_limit(
    "login",
    setting="MOTCUA_LIMIT_LOGIN",
    times=50,
    seconds=600,
    what=Bilingual("Đăng nhập sai từ một địa chỉ mạng", "Wrong log-ins from one address"),
    refusal=Bilingual(
        "Từ địa chỉ mạng này đã có quá nhiều lần đăng nhập sai.",
        "There were too many wrong log-ins from this network address.",
    ),
)


def check_login(*, username: str, password: str, code: str = "", address: str = "") -> Account:
    """The account, when name, password and (where set up) one-time code are right.

    Wrong tries are counted, for the account and for the address; a code works once.
    Called outside a transaction, so that what is counted stays counted.

    Args:
        address: where the request comes from (``limiting.address_of``).

    Raises:
        LoginRefused, LoginPaused, CodeNeeded; TooOften for the address, whatever the name.
    """
    refuse_beyond(TRIES_FROM_ADDRESS, address)
    try:
        return _check(username, password, code)
    except (LoginRefused, LoginPaused):
        note(TRIES_FROM_ADDRESS, address)
        raise


def _check(username: str, password: str, code: str) -> Account:
    account = Account.objects.filter(username=username.strip(), is_active=True).first()
    if account is None:
        make_password(password)  # the same time whether or not the name exists
        raise LoginRefused
    if account.locked_until is not None and account.locked_until > now():
        raise LoginPaused
    if not check_password(password, account.password):
        _count_wrong(account)
    if account.totp_secret:
        if not code.strip():
            raise CodeNeeded
        if not _code_fits(account, code):
            _count_wrong(account)
    if account.failed_logins:
        Account.objects.filter(pk=account.pk).update(failed_logins=0, locked_until=None)
    return account


def prove_again(*, account_id: int, password: str = "", code: str = "") -> str:
    """Whoever is logged in shows once more that it is they, before an act of weight.

    By a one-time code where the account has them, else by the password. Wrong tries count
    as those at the log-in do. Called outside a transaction, so that they stay counted.

    Returns:
        ``code`` or ``password``: how it was proved.

    Raises:
        InvalidInput: at ``code`` or ``password``: nothing given, or wrong.
        LoginPaused: too many wrong tries.
    """
    account = Account.objects.get(pk=account_id, is_active=True)
    if account.locked_until is not None and account.locked_until > now():
        raise LoginPaused
    how = "code" if account.totp_secret else "password"
    given = code if how == "code" else password
    if not given.strip():
        raise InvalidInput({how: _ASKED[how]})
    fits = _code_fits(account, code) if how == "code" else check_password(given, account.password)
    if not fits:
        try:
            _count_wrong(account)
        except LoginRefused:
            raise InvalidInput({how: _WRONG[how]}) from None
    Account.objects.filter(pk=account.pk, failed_logins__gt=0).update(failed_logins=0)
    return how


_ASKED = {
    "code": Bilingual("Nhập mã xác thực gồm 6 chữ số.", "Enter the 6-digit one-time code."),
    "password": Bilingual("Nhập lại mật khẩu của bạn.", "Enter your password again."),
}
_WRONG = {
    "code": Bilingual(
        "Mã không đúng hoặc đã dùng. Đợi mã mới rồi nhập lại.",
        "The code is wrong or was used. Wait for a new one and enter it.",
    ),
    "password": Bilingual("Mật khẩu không đúng.", "Wrong password."),
}


def _count_wrong(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(failed_logins=F("failed_logins") + 1)
    # Asked anew: many guesses sent at the same moment are all counted.
    too_many = Account.objects.filter(pk=account.pk, failed_logins__gte=TRIES)
    if too_many.update(failed_logins=0, locked_until=now() + PAUSE):
        raise LoginPaused
    raise LoginRefused


def _code_fits(account: Account, code: str) -> bool:
    """Whether the code is this half minute's (or a neighbour's) and was not used before."""
    totp = TOTP(account.totp_secret)
    step = int(now().timestamp()) // 30
    digits = "".join(code.split())
    for candidate in (step, step - 1, step + 1):
        if candidate > account.totp_last_step and totp.at(candidate * 30) == digits:
            used = Account.objects.filter(pk=account.pk, totp_last_step__lt=candidate)
            return used.update(totp_last_step=candidate) == 1
    return False


def new_totp_secret() -> str:
    """A fresh secret for an authenticator app."""
    return random_base32()


def totp_address(account: Account, secret: str) -> str:
    """The ``otpauth://`` address that an authenticator app reads from a QR code."""
    return TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)


@transaction.atomic
def switch_on_totp(*, actor: Actor, account: Account, secret: str, code: str) -> None:
    """Ask for one-time codes from now on, once the app has proved that it works.

    Raises:
        InvalidInput: the code does not fit the secret.
    """
    if not TOTP(secret).verify("".join(code.split()), for_time=now(), valid_window=1):
        raise InvalidInput(
            {
                "code": Bilingual(
                    "Mã chưa đúng. Kiểm tra giờ trên điện thoại rồi nhập mã mới.",
                    "Wrong code. Check your phone's clock and enter a new one.",
                )
            }
        )
    account.totp_secret = secret
    account.save(update_fields=["totp_secret"])
    record(actor=actor, chain=f"account:{account.pk}", verb="people.switch_on_totp")


@transaction.atomic
def switch_off_totp(*, actor: Actor, account: Account, password: str) -> None:
    """Stop asking for one-time codes; the password must be given again.

    Raises:
        InvalidInput: the password is wrong.
    """
    if not check_password(password, account.password):
        raise InvalidInput({"password": Bilingual("Mật khẩu không đúng.", "Wrong password.")})
    account.totp_secret = ""
    account.save(update_fields=["totp_secret"])
    record(actor=actor, chain=f"account:{account.pk}", verb="people.switch_off_totp")
