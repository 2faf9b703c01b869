"""What the public page of a procedure says: who, which papers, how long, how much, on what law.

Only confirmed facts become claims. What is not confirmed is left out, or said to be
confirmed at the counter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.rules.cases import Paper, all_components
from motcua.subsystems.procedures.rules.dated import Document, Package, rows_in_force, text
from motcua.subsystems.procedures.rules.fees import CityRules, FeeResult, fee_for
from motcua.subsystems.procedures.rules.limits import LegalLimit, limit_for

UNIT_TEXTS = {
    "same_day": Bilingual("trong ngày", "the same day"),
    "hour": Bilingual("{amount} giờ", "{amount} hours"),
    "working_hour": Bilingual("{amount} giờ làm việc", "{amount} working hours"),
    "working_day": Bilingual("{amount} ngày làm việc", "{amount} working days"),
    "calendar_day": Bilingual("{amount} ngày", "{amount} days"),
}
AFTER_1500 = Bilingual(
    " (nhận sau 15 giờ: ngày làm việc tiếp theo)",
    " (received after 15:00: the next working day)",
)
BY_THE_OFFICE = Bilingual(
    "theo Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "as stated on the receipt slip"
)


@dataclass(frozen=True, slots=True)
class ChannelGuide:
    """One way to file one case: by when the answer comes and what it costs without exemption."""

    channel: str
    limit: LegalLimit
    limit_text: Bilingual
    fee: FeeResult
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class CaseGuide:
    """One case of the procedure on every channel."""

    id: str
    name: Bilingual
    channels: tuple[ChannelGuide, ...]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the procedure rests on."""

    document: str
    article: str
    title: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the public page tells, ready to be shown."""

    code: str
    name: Bilingual
    who: Bilingual
    online_level: str
    cases: tuple[CaseGuide, ...]
    papers: tuple[Paper, ...]
    exemptions: tuple[Bilingual, ...]
    requirements: tuple[Bilingual, ...]
    how: tuple[Bilingual, ...]
    result: Bilingual
    legal_bases: tuple[LegalBasis, ...]


def told(rows: Iterable[Document]) -> tuple[Bilingual, ...]:
    """The texts of rows that may be told to citizens: those not marked as unconfirmed."""
    return tuple(text(row) for row in rows if row.get("confirmed", True))


def limit_text(limit: LegalLimit) -> Bilingual:
    """``7 ngày làm việc``; without an amount when the limit is not confirmed."""
    if not limit.confirmed:
        return BY_THE_OFFICE
    said = UNIT_TEXTS[limit.unit].format(amount=limit.amount)
    if not limit.after_1500:
        return said
    return Bilingual(said.vi + AFTER_1500.vi, said.en + AFTER_1500.en)


def guide_for(package: Package, *, on: dt.date, city: CityRules) -> Guide:
    """The guide of a procedure on a day. Pure: the same package, day and rules, the same guide."""
    result = package["result"]
    exemptions = rows_in_force(package["exemptions"], on)
    return Guide(
        code=package["code"],
        name=text(package["name"]),
        who=text(package["who"]),
        online_level=package["online_level"],
        cases=tuple(_case(package, case, on, city) for case in package["cases"]),
        papers=all_components(package),
        exemptions=tuple(text(row["name"]) for row in exemptions if row["confirmed"]),
        requirements=told(package["requirements"]),
        how=told(package["how"]),
        result=text(result["name"]),
        legal_bases=tuple(_basis(row) for row in package["legal_bases"] if _cited_on(row, on)),
    )


def _case(package: Package, case: Document, on: dt.date, city: CityRules) -> CaseGuide:
    return CaseGuide(
        case["id"],
        text(case["name"]),
        tuple(_channel(package, case["id"], name, on, city) for name in package["channels"]),
    )


def _channel(
    package: Package, case: str, channel: str, on: dt.date, city: CityRules
) -> ChannelGuide:
    limit = limit_for(package, case, channel, on)
    fee = fee_for(package, case=case, channel=channel, applicant=(), on=on, city=city)
    note = package.get("channel_notes", {}).get(channel)
    return ChannelGuide(channel, limit, limit_text(limit), fee, text(note) if note else None)


def _cited_on(row: Document, on: dt.date) -> bool:
    return row["confirmed"] and (row.get("valid_from") or "") <= on.isoformat()


def _basis(row: Document) -> LegalBasis:
    return LegalBasis(row["document"], row["article"], text(row["title"]), row.get("url", ""))
