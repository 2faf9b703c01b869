"""The accounts an agency is paid to, and the keys banks sign their notices with."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.payments.models import BankAccount, NoticeKey
from motcua.subsystems.payments.permissions import SETTINGS


@transaction.atomic
def set_account(
    *,
    actor: Actor,
    agency_id: int,
    bank_bin: str,
    bank_name: str,
    number: str,
    holder: str,
    valid_from: dt.date,
    basis: str = "",
) -> BankAccount:
    """Name the account that fees are paid to from a day on; earlier rows end the day before.

    Args:
        bank_bin: six digits of the bank at NAPAS.
        number: at most 19 letters and digits.

    Raises:
        InvalidInput: a field that no code could carry, or a second account from the same day.
    """
    require(actor, SETTINGS, agency_id=agency_id)
    faults = _faults(bank_bin, number, bank_name, holder)
    if BankAccount.objects.filter(agency_id=agency_id, valid_from=valid_from).exists():
        faults["valid_from"] = Bilingual(
            "Đã có tài khoản áp dụng từ ngày này.", "An account is set from that day already."
        )
    if faults:
        raise InvalidInput(faults)
    later = BankAccount.objects.filter(agency_id=agency_id, valid_from__gt=valid_from)
    first = later.order_by("valid_from").first()
    BankAccount.objects.filter(
        agency_id=agency_id, valid_from__lt=valid_from, valid_to=None
    ).update(valid_to=valid_from - dt.timedelta(days=1))
    account = BankAccount.objects.create(
        agency_id=agency_id,
        bank_bin=bank_bin,
        bank_name=bank_name.strip()[:120],
        number=number,
        holder=holder.strip()[:160],
        basis=basis.strip()[:300],
        valid_from=valid_from,
        valid_to=first.valid_from - dt.timedelta(days=1) if first else None,
    )
    record(
        actor=actor,
        chain=f"payments:{agency_id}",
        verb="payments.set_account",
        after={"bin": bank_bin, "number": number, "from": valid_from.isoformat()},
    )
    return account


def _faults(bank_bin: str, number: str, bank_name: str, holder: str) -> dict[str, Bilingual]:
    faults: dict[str, Bilingual] = {}
    if not (bank_bin.isascii() and bank_bin.isdigit() and len(bank_bin) == 6):
        faults["bank_bin"] = Bilingual("Mã BIN gồm 6 chữ số.", "A BIN has six digits.")
    if not (number.isascii() and number.isalnum() and len(number) <= 19):
        faults["number"] = Bilingual(
            "Số tài khoản gồm tối đa 19 chữ và số.", "At most 19 letters and digits."
        )
    if not bank_name.strip():
        faults["bank_name"] = Bilingual("Nhập tên ngân hàng.", "Name the bank.")
    if not holder.strip():
        faults["holder"] = Bilingual("Nhập tên chủ tài khoản.", "Name the holder.")
    return faults


@transaction.atomic
def make_notice_key(*, actor: Actor, agency_id: int, bank: str) -> tuple[NoticeKey, str]:
    """A key for one bank's notices, and its secret, which is shown this once."""
    require(actor, SETTINGS, agency_id=agency_id)
    if not bank.strip():
        raise InvalidInput({"bank": Bilingual("Nhập tên ngân hàng.", "Name the bank.")})
    secret = secrets.token_urlsafe(32)
    key = NoticeKey.objects.create(
        key_id=f"nh-{secrets.token_hex(6)}",
        bank=bank.strip()[:120],
        secret=secret,
        agency_id=agency_id,
        made_at=now(),
    )
    record(
        actor=actor,
        chain=f"payments:{agency_id}",
        verb="payments.make_notice_key",
        after={"key_id": key.key_id, "bank": key.bank},
    )
    return key, secret


@transaction.atomic
def end_notice_key(*, actor: Actor, key_id: str) -> None:
    """Notices signed with it are refused from now on.

    Raises:
        NotFound: no such key in force.
    """
    key = NoticeKey.objects.select_for_update().filter(key_id=key_id, ended_at=None).first()
    if key is None:
        raise NotFound
    require(actor, SETTINGS, agency_id=key.agency_id)
    key.ended_at = now()
    key.save(update_fields=["ended_at"])
    record(
        actor=actor,
        chain=f"payments:{key.agency_id}",
        verb="payments.end_notice_key",
        after={"key_id": key_id},
    )
