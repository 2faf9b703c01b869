"""One way in for every channel: web, phone, Open311. At most fifteen statements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.casework.access.public import Actor, require
from motcua.casework.attachments.public import claim_drafts
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, CaseDraft, next_code, open_case, run_once
from motcua.casework.clock.public import Limit, due_at, start
from motcua.casework.forms.public import compile_form, submit_answers, validate
from motcua.casework.ledger.public import Private
from motcua.casework.people.public import PartyDetails, find_or_make_party
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed
from motcua.foundation.outbox.public import emit
from motcua.foundation.statements import insert
from motcua.foundation.timesource import local, now
from motcua.subsystems.reports.errors import CategoryRetired, NobodyAnswers
from motcua.subsystems.reports.manifest import OPERATE, SEND
from motcua.subsystems.reports.models import Area, Photo, Report
from motcua.subsystems.reports.rules import (
    URGENCIES,
    Facts,
    LimitRow,
    Route,
    in_world,
    limit_for,
    mask_personal,
    route,
    shown_point,
    sounds_like,
)
from motcua.subsystems.reports.selectors import (
    CategoryInfo,
    acting_agency,
    active_rules,
    any_areas,
    area_at,
    area_by_code,
    categories_on,
    limits_on,
)
from motcua.subsystems.reports.services.drafts import drafter
from motcua.subsystems.reports.states import KIND

MOST_TEXT = 4000
PREFIX = "1022"
UNNAMED = "Người phản ánh"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 .-]{7,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What was reported. Empty means: not said.

    ``area_code``: the ward, when no point is known. ``draft_key`` names photos kept before.
    ``urgency``: only officials may set another than the category's own.
    """

    category: str
    description: str
    longitude: float | None = None
    latitude: float | None = None
    area_code: str = ""
    address: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""
    phone: str = ""
    email: str = ""
    hide_name: bool = True
    urgency: str = ""
    channel: str = "web"
    draft_key: str = ""
    language: str = "vi"


@dataclass(slots=True)
class _Checked:
    category: CategoryInfo
    area: Area | None
    urgency: str
    at: dt.datetime
    triage_id: int
    way: Route
    holder_id: int
    limit: LimitRow | None
    due: dt.datetime | None


def receive_report(*, actor: Actor, intake: Intake, key: str = "") -> dict[str, Any]:
    """Take in a report, send it to who answers for it, start its clock.

    Emits ``reports.received``.

    Returns:
        ``{"uid", "code"}``; the same for the same ``key``, however often it is sent.

    Raises:
        NotAllowed: the actor may not send by this channel.
        NobodyAnswers: the line is not open.
        CategoryRetired: the category ended meanwhile.
        InvalidInput: each thing that is wrong, at its place.
    """
    _may_send(actor, intake.channel)

    def run() -> dict[str, Any]:
        good = _check(intake)
        case = _open(actor, intake, good)
        return {"uid": str(case.uid), "code": case.code}

    content = {"category": intake.category, "text": intake.description, "place": [
        intake.longitude, intake.latitude, intake.area_code, intake.address]}  # fmt: skip
    return run_once(
        actor=actor, key=key, command="reports.receive", content=content, act=run, only_rows=True
    )


def _may_send(actor: Actor, channel: str) -> None:
    """Anybody by the web, without saying who; by phone only the operators of the line."""
    if channel == "phone":
        require(actor, OPERATE)
    elif channel != "web":
        require(actor, SEND)
    elif actor.kind not in {"anonymous", "citizen", "official", "system"}:
        raise NotAllowed


def check_intake(intake: Intake) -> dict[str, Bilingual]:
    """What is wrong with what was typed so far, by place; for screens before the last.

    Raises:
        CategoryRetired: the category ended meanwhile.
    """
    return _read(intake, local(now()).date())[0]


def _read(
    intake: Intake, on: dt.date
) -> tuple[dict[str, Bilingual], CategoryInfo | None, Area | None]:
    wrong: dict[str, Bilingual] = {}
    category = _category(intake.category, on, wrong)
    area = _area(intake, category, on, wrong)
    _texts(intake, wrong)
    if category and category.form:
        form = compile_form(category.form, f"{category.code}:{category.pk}")
        wrong.update(validate(form, intake.answers, today=on).errors)
    if intake.urgency and intake.urgency not in URGENCIES:
        wrong["urgency"] = Bilingual("Không có mức này.", "There is no such level.")
    return wrong, category, area


def _check(intake: Intake) -> _Checked:
    at = now()
    on = local(at).date()
    rules = active_rules()
    if rules is None:
        raise NobodyAnswers
    wrong, category, area = _read(intake, on)
    if wrong or category is None:
        raise InvalidInput(wrong)
    urgency = intake.urgency or category.urgency
    facts = Facts(
        category=category.code,
        path=category.path,
        area=area.code if area else "",
        ward=area.agency.code if area and area.agency else "",
        urgency=urgency,
        channel=intake.channel,
        at=local(at),
        answers=intake.answers,
    )
    way = route(rules.rules, facts)
    holder = (acting_agency(way.to, on) if way.to else None) or rules.triage_id
    limit = limit_for(limits_on(on), category.path, urgency)
    due = due_at(_limit(limit), at, calendar_for(holder)) if limit else None
    return _Checked(category, area, urgency, at, rules.triage_id, way, holder, limit, due)


def _limit(row: LimitRow) -> Limit:
    return Limit(row.amount, row.unit)  # type: ignore[arg-type]  # checked when it was set


def _category(code: str, on: dt.date, wrong: dict[str, Bilingual]) -> CategoryInfo | None:
    known = categories_on(on)
    found = known.get(code)
    if found is None and code:
        raise CategoryRetired
    if found is None or not found.leaf:
        wrong["category"] = Bilingual("Hãy chọn lĩnh vực.", "Choose a category.")
    return found


def _area(
    intake: Intake, category: CategoryInfo | None, on: dt.date, wrong: dict[str, Bilingual]
) -> Area | None:
    """Where it is; a point decides before a ward that was only chosen."""
    x, y = intake.longitude, intake.latitude
    if x is not None and y is not None:
        found = area_at(x, y, on) if in_world(x, y) else None
        if found is None and (not in_world(x, y) or any_areas(on)):
            wrong["place"] = Bilingual(
                "Vị trí này nằm ngoài thành phố. Hãy chọn phường, xã và ghi địa chỉ.",
                "This place lies outside the city. Choose the ward and type the address.",
            )
        return found
    chosen = area_by_code(intake.area_code, on) if intake.area_code else None
    if intake.area_code and chosen is None:
        wrong["area"] = Bilingual("Không có phường, xã này.", "There is no such ward.")
    elif category.needs_place if category else chosen is not None:
        if chosen is None and (any_areas(on) or not intake.address.strip()):
            wrong["area"] = Bilingual(
                "Cho biết nơi xảy ra: vị trí của máy, hoặc phường, xã và địa chỉ.",
                "Say where it is: the phone's position, or the ward and the address.",
            )
        elif not intake.address.strip():
            wrong["address"] = Bilingual(
                "Ghi số nhà, tên đường hoặc mốc dễ nhận ra.",
                "Type house number and street, or a landmark.",
            )
    return chosen


def _texts(intake: Intake, wrong: dict[str, Bilingual]) -> None:
    text = intake.description.strip()
    if len(text) < 3:
        wrong["description"] = Bilingual(
            "Hãy kể ngắn gọn việc gì đang xảy ra.", "Say in a few words what is happening."
        )
    elif len(text) > MOST_TEXT:
        wrong["description"] = Bilingual(
            f"Nội dung dài quá {MOST_TEXT} ký tự.", f"The text is longer than {MOST_TEXT} letters."
        )
    if len(intake.address) > 250:
        wrong["address"] = Bilingual("Địa chỉ dài quá 250 ký tự.", "At most 250 letters.")
    if intake.email.strip() and not _EMAIL.fullmatch(intake.email.strip()):
        wrong["email"] = Bilingual("Thư điện tử chưa đúng.", "This is no e-mail address.")
    if intake.phone.strip() and not _PHONE.fullmatch(intake.phone.strip()):
        wrong["phone"] = Bilingual("Số điện thoại chưa đúng.", "This is no phone number.")


def _open(actor: Actor, intake: Intake, good: _Checked) -> Case:
    party = _party(actor, intake)
    routed = good.holder_id != good.triage_id
    viewers = {f"a:{good.holder_id}", f"a:{good.triage_id}", "city"}
    if party is not None:
        viewers.add(f"p:{party}")
    if actor.kind == "client":
        viewers.add(f"u:{actor.account_id}")
    case = open_case(
        actor=actor,
        draft=CaseDraft(
            kind=KIND,
            state="forwarded" if routed else "received",
            title=good.category.name,
            title_en=good.category.name_en,
            subject_code=good.category.code,
            code=next_code(prefix=PREFIX, day=local(good.at).date()),
            channel=intake.channel,
            applicant_id=party,
            submitter_id=party,
            receiving_agency_id=good.triage_id,
            competent_agency_id=good.holder_id,
            holder_agency_id=good.holder_id,
            holder_role="case_officer" if routed else "receiving_clerk",
            viewers=tuple(sorted(viewers)),
            due_at=good.due,
        ),
        verb="reports.receive",
        after={
            "category": good.category.code,
            "urgency": good.urgency,
            "area": good.area.code if good.area else "",
            "rule": good.way.rule,
            "trouble": list(good.way.trouble),
            "text": Private(intake.description),
        },
        at=good.at,
    )
    _keep(actor, intake, good, case)
    if good.limit is not None:
        start(
            actor=actor,
            case_id=case.pk,
            at=good.at,
            limit=_limit(good.limit),
            agency_id=good.holder_id,
            legal_basis=good.limit.basis,
            entries=[],
        )
    facts = {"case_id": case.pk, "state": case.state, "trouble": list(good.way.trouble)}
    emit("reports.received", str(case.uid), facts)
    return case


def _party(actor: Actor, intake: Intake) -> int | None:
    """Whom to tell: the own account, or who left an address; nobody otherwise."""
    if actor.kind == "citizen":
        return actor.party_id
    if not intake.email.strip():
        return None
    details = PartyDetails(
        full_name=intake.name.strip() or UNNAMED,
        email=intake.email.strip(),
        phone=intake.phone.strip(),
    )
    return find_or_make_party(actor=actor, details=details).pk


def _keep(actor: Actor, intake: Intake, good: _Checked, case: Case) -> None:
    """The slice's own row, the answers and the photos."""
    text = intake.description.strip()
    shown, _hidden = mask_personal(text)
    x, y = shown_point(intake.longitude, intake.latitude, good.category.privacy)
    sounding = sounds_like(text)
    insert(
        Report(
            case=case,
            category_id=good.category.pk,
            urgency=good.urgency,
            description=text,
            address=intake.address.strip(),
            longitude=intake.longitude,
            latitude=intake.latitude,
            area=good.area,
            # What sounds like a complaint or denunciation is read by a person first.
            hidden=sounding is not None,
            public_text=shown,
            public_place=_public_place(intake, good),
            public_longitude=x,
            public_latitude=y,
            reporter_name=intake.name.strip()[:120],
            reporter_phone=intake.phone.strip(),
            reporter_email=intake.email.strip(),
            hide_name=intake.hide_name,
            language=intake.language[:5],
            sounds_like=sounding.kind if sounding else "",
            rule=good.way.rule[:120],
            requested_at=good.at,
            expected_at=good.due,
        )
    )
    if good.category.form:
        form = compile_form(good.category.form, f"{good.category.code}:{good.category.pk}")
        submit_answers(
            actor=actor, case_id=case.pk, definition=form, answers=intake.answers, first=True
        )
    if intake.draft_key:
        owner = drafter() if actor.account_id is None else actor
        files = claim_drafts(actor=owner, draft_key=intake.draft_key, case_id=case.pk)
        insert(*(
            Photo(report_id=case.pk, attachment_id=file.pk, role=Photo.Role.REPORT)
            for file in files
        ))  # fmt: skip


def _public_place(intake: Intake, good: _Checked) -> str:
    """The ward, and before it the address where the category shows the exact place."""
    ward = good.area.name if good.area else ""
    line = mask_personal(intake.address.strip())[0] if good.category.privacy == "exact" else ""
    return ", ".join(part for part in (line, ward) if part)[:250]
