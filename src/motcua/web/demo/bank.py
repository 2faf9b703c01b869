"""The demo's bank: an account for each centre, plainly not a real one, and a key to tell with."""

from __future__ import annotations

import json
import secrets

from django.conf import settings
from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import Agency
from motcua.casework.ledger.public import Act, record_many
from motcua.foundation.timesource import now
from motcua.subsystems.payments.public import DEMO_KEY as KEY
from motcua.subsystems.payments.public import BankAccount, NoticeKey
from motcua.web.demo.city_plan import TWO_LEVELS

BANK = "Ngân hàng mẫu (trình diễn)"
BIN = "999999"
"""Of no bank: those in use at NAPAS begin with 97 or 54 as far as we know (unverified)."""


def open_accounts() -> None:
    """One account for each centre and the bank's notice key; once."""
    if BankAccount.objects.exists():
        return
    centres = list(Agency.objects.filter(kind="centre", valid_to__isnull=True))
    if not centres:
        return
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        BankAccount.objects.bulk_create(_account(centre) for centre in centres)
        NoticeKey.objects.create(
            key_id=KEY, bank=BANK, secret=secret, agency_id=_teller(centres), made_at=now()
        )
        record_many(
            [
                Act(
                    actor=SYSTEM,
                    chain=f"payments:{centre.pk}",
                    verb="payments.set_account",
                    after={"bin": BIN, "number": _number(centre)},
                )
                for centre in centres
            ],
            new_chains=[],
        )
    path = settings.DATA_DIR / "secrets" / "demo-bank.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"key": KEY, "secret": secret}))


def _teller(centres: list[Agency]) -> int:
    """The city's own centre: its key may tell of every centre's account."""
    city = [one for one in centres if one.level == "city"]
    return (city or centres)[0].pk


def _number(centre: Agency) -> str:
    return "MAU" + "".join(filter(str.isalnum, centre.code)).upper()[:16]


def _account(centre: Agency) -> BankAccount:
    return BankAccount(
        agency=centre,
        bank_bin=BIN,
        bank_name=BANK,
        number=_number(centre),
        holder=f"MẪU – {centre.short_name or centre.name}"[:160],
        basis="Tài khoản mẫu của bản trình diễn, không có thật",
        valid_from=TWO_LEVELS,
    )
