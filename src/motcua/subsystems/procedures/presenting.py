"""What the page of a procedure says, in the order people ask: a view of the guide. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual
from motcua.foundation.money import format_dong
from motcua.subsystems.procedures.rules import (
    CaseGuide,
    ChannelGuide,
    CityRules,
    FeeResult,
    Guide,
    LegalBasis,
    Paper,
    first_answer_for,
    guide_for,
    limit_text,
)
from motcua.subsystems.procedures.rules.dated import Package

CHANNELS = {
    "online": Bilingual("Nộp trực tuyến trên trang này", "Online, on this site"),
    "counter": Bilingual("Nộp tại quầy", "At the counter"),
    "post": Bilingual("Gửi qua bưu chính", "By post"),
}
SAID_AT_COUNTER = Bilingual(
    "Trung tâm báo mức thu trên giấy tiếp nhận.", "The centre states it on the receipt slip."
)
DECIDES = {
    "committee": Bilingual(
        "Uỷ ban nhân dân phường, xã, đặc khu có thẩm quyền (tự chọn theo lời khai của bạn).",
        "The competent ward, commune or zone committee (chosen from your answers).",
    ),
    "chair": Bilingual(
        "Chủ tịch Uỷ ban nhân dân phường, xã, đặc khu có thẩm quyền.",
        "The chair of the competent ward, commune or zone committee.",
    ),
}
OTHER_DECIDES = {
    "department": Bilingual("Sở, ngành có thẩm quyền.", "The competent department of the city."),
    "city": Bilingual("Uỷ ban nhân dân Thành phố.", "The City People's Committee."),
    "worked_out": Bilingual(
        "Cơ quan có thẩm quyền (tự chọn theo lời khai của bạn).",
        "The competent agency (chosen from your answers).",
    ),
}
PLACES = {
    "receiving": Bilingual("Trung tâm nơi bạn nộp", "The centre where you file"),
    "competent": Bilingual("Cơ quan giải quyết", "The deciding agency"),
    "applicant": Bilingual("Bạn", "You"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, for one case of the procedure where they differ (else ``case`` is None)."""

    case: Bilingual | None
    text: Bilingual
    reasons: tuple[tuple[Bilingual, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """One way to file: what it costs and how long it takes."""

    id: str
    name: Bilingual
    note: Bilingual | None
    fees: tuple[Said, ...]
    limits: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything the page shows."""

    guide: Guide
    channels: tuple[ChannelPage, ...]
    first_answer: Bilingual
    decides: Bilingual
    must: tuple[Paper, ...]
    sometimes: tuple[Paper, ...]
    open_question: bool
    steps: tuple[tuple[Bilingual, Bilingual], ...]
    laws: tuple[LegalBasis, ...]
    decision: str

    @property
    def same_limit(self) -> tuple[Said, ...]:
        """The one answer to "how long" where the way of filing makes no difference."""
        first = self.channels[0].limits
        same = all([s.text for s in c.limits] == [s.text for s in first] for c in self.channels)
        return first if same and not any(c.note for c in self.channels) else ()

    @property
    def online(self) -> bool:
        """Whether it can be filed here."""
        return any(channel.id == "online" for channel in self.channels)


def procedure_page(
    package: Package, *, on: dt.date, city: CityRules, agency: Bilingual | None = None
) -> ProcedurePage:
    """The page on a day under the city's rules; ``agency`` is the one the package names."""
    guide = guide_for(package, on=on, city=city)
    sure = tuple(paper for paper in guide.papers if paper.confirmed)
    return ProcedurePage(
        guide=guide,
        channels=tuple(_channel(guide.cases, name) for name in package["channels"]),
        first_answer=limit_text(first_answer_for(package)),
        decides=agency or _decides(package),
        must=tuple(paper for paper in sure if paper.required),
        sometimes=tuple(paper for paper in sure if not paper.required),
        open_question=len(sure) < len(guide.papers),
        steps=tuple(_steps(package)),
        laws=guide.legal_bases,
        decision=package["decision"],
    )


def _decides(package: Package) -> Bilingual:
    """Who decides, in words; an agency that an expression gives is not told before the answers."""
    if package["decides"] in {"committee", "chair"} and package.get("competent_agency"):
        return OTHER_DECIDES["worked_out"]
    known = DECIDES | OTHER_DECIDES
    return known.get(package["decides"], DECIDES["committee"])


def _channel(cases: Sequence[CaseGuide], name: str) -> ChannelPage:
    rows = [(case, _of(case, name)) for case in cases]
    fees = [Said(case.name, fee_text(row.fee), fee_reasons(row.fee)) for case, row in rows]
    limits = [
        Said(case.name, row.limit_text, ((row.limit_text, row.limit.legal_basis),))
        for case, row in rows
    ]
    note = next((row.note for _case, row in rows if row.note), None)
    return ChannelPage(name, CHANNELS[name], note, _merged(fees), _merged(limits))


def _of(case: CaseGuide, channel: str) -> ChannelGuide:
    return next(row for row in case.channels if row.channel == channel)


def _merged(rows: Sequence[Said]) -> tuple[Said, ...]:
    """One answer where every case has the same."""
    first = rows[0]
    if all(row.text == first.text for row in rows):
        return (Said(None, first.text, first.reasons),)
    return tuple(rows)


def fee_text(fee: FeeResult) -> Bilingual:
    """The sum as a fact, or who will say it."""
    if not fee.certain or fee.amount is None:
        return SAID_AT_COUNTER
    amount = format_dong(fee.amount)
    return Bilingual(amount, amount)


def fee_reasons(fee: FeeResult) -> tuple[tuple[Bilingual, str], ...]:
    """Why the sum is what it is, with the rule; nothing that is not confirmed."""
    return tuple(
        (line.explanation, "" if line.legal_basis in line.explanation.vi else line.legal_basis)
        for line in fee.lines
        if line.confirmed
    )


def _steps(package: Package) -> list[tuple[Bilingual, Bilingual]]:
    """The main way through the process: who does what, in order; of a group, its members."""
    if members := package.get("group", {}).get("members", ()):
        return [
            (Bilingual(row["name"]["vi"], row["name"]["en"]), Bilingual("", "")) for row in members
        ]
    steps = {step["id"]: step for step in package["process"]["steps"]}
    found: list[tuple[Bilingual, Bilingual]] = []
    seen: set[str] = set()
    here: str | None = package["process"].get("start") or package["process"]["steps"][0]["id"]
    while here and here not in seen and here in steps:
        seen.add(here)
        step = steps[here]
        actions = step.get("actions") or []
        if not actions:
            break
        name = Bilingual(step["name"]["vi"], step["name"]["en"])
        found.append((name, PLACES.get(step.get("unit", ""), Bilingual("", ""))))
        main = next((row for row in actions if row.get("primary")), actions[0])
        here = next(iter(main["to"]), None)
    return found
