"""Opening a citizen's own account from what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from motcua.casework.access.public import ANONYMOUS
from motcua.casework.people.public import (
    Account,
    AlreadyRegistered,
    PartyDetails,
    identity_known,
    register_citizen,
)
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.limiting.public import declare_limit
from motcua.subsystems.applications.public import communes

REGISTRATIONS = declare_limit(
    "register",
    setting="MOTCUA_LIMIT_REGISTER",
    times=20,
    seconds=3600,
    what=Bilingual(
        "Lần gửi đăng ký tài khoản từ một địa chỉ mạng", "Registrations sent from one address"
    ),
    refusal=Bilingual(
        "Từ địa chỉ mạng này đã gửi đăng ký quá nhiều lần.",
        "Too many registrations were sent from this network address.",
    ),
)
TAKEN = Bilingual(
    "Số định danh này đã có trong hệ thống. Hãy đăng nhập, hoặc mang căn cước đến Trung tâm "
    "Phục vụ hành chính công để mở tài khoản.",
    "This identity number is known already. Log in, or bring your identity card to a service "
    "centre to have the account opened.",
)


@dataclass(frozen=True, slots=True)
class Registration:
    """What was typed; passwords never go back to the page."""

    full_name: str
    identity_number: str
    birth: Mapping[str, str]
    phone: str
    email: str
    commune_code: str
    address: str
    username: str
    password: str
    password_again: str

    @property
    def birth_date(self) -> str:
        """The date as ISO text, or "" when nothing was typed."""
        day, month, year = (self.birth[part] for part in ("day", "month", "year"))
        return f"{year:0>4}-{month:0>2}-{day:0>2}" if day or month or year else ""


def read_registration(posted: Mapping[str, str]) -> Registration:
    """From a posted form; spaces around are dropped."""

    def text(name: str) -> str:
        return posted.get(name, "").strip()[:250]

    parts = {part: text(f"birth_date_{part}") for part in ("day", "month", "year")}
    return Registration(
        text("full_name"), text("identity_number"), parts, text("phone"), text("email"),
        text("commune_code"), text("address"), text("username"),
        posted.get("password", ""), posted.get("password_again", ""),
    )  # fmt: skip


def _problems(typed: Registration) -> dict[str, Bilingual]:
    import datetime as dt

    found: dict[str, Bilingual] = {}
    if not typed.full_name:
        found["full_name"] = Bilingual("Hãy nhập họ và tên.", "Enter your full name.")
    if len("".join(c for c in typed.identity_number if c.isdecimal())) != 12:
        found["identity_number"] = Bilingual(
            "Số định danh gồm 12 chữ số, in trên thẻ căn cước.",
            "The identity number has 12 digits and stands on your identity card.",
        )
    try:
        dt.date.fromisoformat(typed.birth_date)
    except ValueError:
        found["birth_date"] = Bilingual(
            "Nhập ngày, tháng, năm sinh, ví dụ 3 / 2 / 1990.",
            "Enter day, month and year of birth, for instance 3 / 2 / 1990.",
        )
    if typed.commune_code and typed.commune_code not in communes():
        found["commune_code"] = Bilingual("Hãy chọn trong danh sách.", "Choose from the list.")
    if len(typed.username) < 4 or not typed.username.replace(".", "").replace("_", "").isalnum():
        found["username"] = Bilingual(
            "Tên đăng nhập có ít nhất 4 ký tự: chữ không dấu, số, dấu chấm.",
            "A log-in name has at least 4 characters: letters, digits, full stops.",
        )
    if typed.password != typed.password_again:
        found["password_again"] = Bilingual(
            "Hai lần nhập mật khẩu chưa giống nhau.", "The two passwords differ."
        )
    return found


def open_account(typed: Registration) -> Account:
    """The new account.

    A number that the house knows already (from the counter, from a relative's dossier) is not
    enough to take over that person's dossiers: such an account is opened at the centre, where
    the card is looked at.

    Raises:
        InvalidInput: each fault at its field.
    """
    problems = _problems(typed)
    if "identity_number" not in problems and identity_known(typed.identity_number):
        problems["identity_number"] = TAKEN
    details = PartyDetails(
        full_name=typed.full_name,
        identity_number=typed.identity_number,
        birth_date=typed.birth_date,
        phone=typed.phone,
        email=typed.email,
        address=typed.address,
        commune_code=typed.commune_code,
    )
    if problems:
        raise InvalidInput(problems)
    try:
        return register_citizen(
            actor=ANONYMOUS,
            username=typed.username,
            password=typed.password,
            details=details,
            language=(get_language() or "vi")[:2],
        )
    except AlreadyRegistered as error:
        raise InvalidInput(
            {
                "username": Bilingual(
                    "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
                    "This log-in name is taken. Choose another.",
                )
            }
        ) from error
