"""A small city: a triage desk, two wards side by side, a department, categories, rules."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

from PIL import Image

from motcua.casework.access.public import ANONYMOUS, SYSTEM, Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.clock.public import Limit
from motcua.casework.testing.makers import make_agency, make_citizen, make_official
from motcua.subsystems.reports.models import Report
from motcua.subsystems.reports.services import (
    CategoryFacts,
    Intake,
    act_on_report,
    activate_rules,
    import_boundaries,
    receive_report,
    set_category,
    set_limit,
    write_rules,
)

START = dt.date(2026, 1, 1)
QUESTIONS: dict[str, Any] = {
    "id": "den-duong",
    "version": "1",
    "title": {"vi": "Đèn đường", "en": "Street lamp"},
    "schema": {
        "type": "object",
        "required": ["lamps"],
        "properties": {
            "lamps": {"type": "string", "enum": ["one", "many"]},
            "pole": {"type": "string", "maxLength": 20},
        },
    },
    "steps": [
        {"id": "all", "title": {"vi": "Đèn đường", "en": "Street lamp"},
         "fields": ["lamps", "pole"]},
    ],
    "fields": {
        "lamps": {
            "widget": "radio",
            "label": {"vi": "Bao nhiêu đèn hỏng?", "en": "How many lamps are out?"},
            "options": [
                {"value": "one", "label": {"vi": "Một đèn", "en": "One"}},
                {"value": "many", "label": {"vi": "Cả dãy", "en": "A whole row"}},
            ],
        },
        "pole": {"widget": "text", "label": {"vi": "Số trụ", "en": "Number of the pole"}},
    },
}  # fmt: skip
CATEGORIES: dict[str, dict[str, Any]] = {
    "ha-tang": {"name": "Hạ tầng", "name_en": "Infrastructure"},
    "o-ga": {"name": "Ổ gà, mặt đường hỏng", "name_en": "Potholes", "parent": "ha-tang",
             "words": ("ổ gà", "sụt lún")},
    "den": {"name": "Đèn đường", "name_en": "Street lamps", "parent": "ha-tang",
            "words": ("đèn",), "form": QUESTIONS, "urgency": "urgent"},
    "tieng-on": {"name": "Tiếng ồn", "name_en": "Noise", "privacy": "grid",
                 "needs_proof": False, "words": ("karaoke", "ồn")},
    "hanh-chinh": {"name": "Thủ tục hành chính", "name_en": "Public administration",
                   "privacy": "never", "needs_place": False, "needs_proof": False},
}  # fmt: skip
RULES = [
    {"name": "dãy đèn", "category": "den", "when": 'answers.lamps == "many"', "to": "so"},
    {"name": "phường", "to": "@ward"},
]
SAMPLES = [
    {"category": "den", "answers": {"lamps": "many"}, "expects": "so"},
    {"category": "o-ga", "area": "00001", "expects": "ubnd-1"},
    {"name": "không nơi", "category": "hanh-chinh", "expects": ""},
]


def collection() -> bytes:
    """Two wards, one degree wide each, side by side."""

    def ward(code: str, west: float) -> dict[str, Any]:
        ring = [[west, 10], [west + 1, 10], [west + 1, 11], [west, 11], [west, 10]]
        return {
            "type": "Feature",
            "properties": {"code": code, "name": f"Phường {code}", "name_en": f"Ward {code}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    features = [ward("00001", 106), ward("00002", 107)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@dataclass(slots=True)
class World:
    """Everybody by name."""

    desk: Agency
    wards: list[Agency]
    department: Agency
    operator: Actor
    officer: Actor
    other: Actor
    engineer: Actor
    citizen: Actor

    def report(self, actor: Actor = ANONYMOUS, **more: Any) -> Report:
        """A pothole in the first ward, unless something else is said."""
        given = {
            "category": "o-ga",
            "description": "Ổ gà sâu trước chợ, gọi tôi 0901234567",
            "longitude": 106.5,
            "latitude": 10.5,
            "address": "12 Lê Lợi",
            **more,
        }
        done = receive_report(actor=actor, intake=Intake(**given))
        return self.load(done["uid"])

    def load(self, uid: Any) -> Report:
        """The report as it stands now."""
        return Report.objects.select_related("case", "category", "area").get(case__uid=uid)

    def do(self, who: Actor, report: Report, action: str, **payload: Any) -> Report:
        """One act by an official."""
        act_on_report(actor=who, uid=report.case.uid, action=action, payload=payload)
        return self.load(report.case.uid)


def make_world() -> World:
    """Build it. Needs a database."""
    wards = [
        make_agency(f"UBND phường {n}", code=f"ubnd-{n}", commune_code=f"0000{n}", kind="committee")
        for n in (1, 2)
    ]
    department = make_agency("Sở Xây dựng", code="so", kind="department", level="city")
    desk = make_agency("Tổng đài 1022", code="tong-dai", kind="other", level="city")
    for code, facts in CATEGORIES.items():
        set_category(actor=SYSTEM, code=code, facts=CategoryFacts(**facts), valid_from=START)
    for urgency, hours in (("emergency", 4), ("urgent", 16), ("normal", 40)):
        limit = Limit(hours, "working_hour")
        set_limit(actor=SYSTEM, urgency=urgency, limit=limit, basis="mặc định", valid_from=START)
    import_boundaries(actor=SYSTEM, content=collection(), layer="ward", on=START)
    rules = write_rules(actor=SYSTEM, rules=RULES, samples=SAMPLES, triage_id=desk.pk)
    activate_rules(actor=SYSTEM, number=rules.number)
    return World(
        desk,
        wards,
        department,
        operator=make_official(desk, "receiving_clerk", name="Tổng đài viên"),
        officer=make_official(wards[0], "case_officer", name="Cán bộ phường 1"),
        other=make_official(wards[1], "case_officer", name="Cán bộ phường 2"),
        engineer=make_official(department, "case_officer", name="Kỹ sư"),
        citizen=make_citizen(),
    )


def picture(colour: str = "grey", *, exif: bool = True) -> bytes:
    """A small JPEG with a place in its EXIF data."""
    image = Image.new("RGB", (64, 48), colour)
    data = Image.Exif()
    if exif:
        data[0x010E] = "toa do bi mat 10.5 106.5"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=data)
    return buffer.getvalue()
