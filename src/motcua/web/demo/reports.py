"""The report line of the demo: categories, limits, sketched wards, rules, and some lived reports.

The fields are those that the city's report line has published; limits are default settings,
not law. Reports are made and handled by the real services, in the past weeks.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from motcua.casework.access.public import ANONYMOUS, SYSTEM, Actor, actor_of
from motcua.casework.agencies.public import Agency, holders_of
from motcua.casework.cases.public import Case
from motcua.casework.clock.public import Limit
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import at_time, now, today
from motcua.subsystems.reports.public import (
    CategoryFacts,
    Intake,
    act_on_report,
    activate_rules,
    ask_reopening,
    decide_photo,
    import_boundaries,
    keep_photos,
    proof_photos,
    rate,
    receive_report,
    set_category,
    set_limit,
    write_rules,
)
from motcua.web.demo.areas import sketch_of_wards
from motcua.web.demo.city_plan import DATA, FLAGSHIP, REPORT_DESK

BEGIN = dt.date(2025, 7, 1)
BASIS = "Cài đặt mặc định của bản chạy thử, chưa đối chiếu văn bản"
LIMITS = {"emergency": 4, "urgent": 16, "normal": 40, "complex": 80}
"""Working hours. Not law: the text of the city's decision was not at hand."""
WATER = "ngap-nuoc"

Facts = Mapping[str, Any]
CATEGORIES: Mapping[str, Facts] = {
    "ha-tang": {"name": "Hạ tầng kỹ thuật", "name_en": "Technical infrastructure", "order": 10},
    "mat-duong": {"name": "Ổ gà, mặt đường hỏng", "name_en": "Potholes, broken road",
                  "parent": "ha-tang", "words": ("ổ gà", "sụt lún", "mặt đường"), "order": 11},
    "den-duong": {"name": "Đèn đường hỏng", "name_en": "Street lamp out", "parent": "ha-tang",
                  "words": ("đèn đường", "đèn hỏng", "tối om"), "order": 12},
    "cay-xanh": {"name": "Cây gãy, cây nguy hiểm", "name_en": "Broken or dangerous tree",
                 "parent": "ha-tang", "urgency": "urgent", "words": ("cây gãy", "cây đổ", "cành"),
                 "order": 13},
    WATER: {"name": "Ngập nước", "name_en": "Flooding", "urgency": "urgent",
            "words": ("ngập", "triều cường", "cống nghẹt"), "needs_proof": False, "order": 20},
    "giao-thong": {"name": "Giao thông", "name_en": "Traffic", "order": 30},
    "den-tin-hieu": {"name": "Đèn tín hiệu, biển báo", "name_en": "Signals and signs",
                     "parent": "giao-thong", "urgency": "urgent",
                     "words": ("đèn tín hiệu", "đèn đỏ", "biển báo"), "order": 31},
    "xe-buyt": {"name": "Xe buýt", "name_en": "Buses", "parent": "giao-thong",
                "needs_proof": False, "words": ("xe buýt", "trạm dừng"), "order": 32},
    "trat-tu": {"name": "Trật tự đô thị", "name_en": "Urban order", "order": 40},
    "via-he": {"name": "Lấn chiếm vỉa hè, lòng đường", "name_en": "Pavement taken up",
               "parent": "trat-tu", "words": ("vỉa hè", "lấn chiếm"), "order": 41},
    "tieng-on": {"name": "Tiếng ồn", "name_en": "Noise", "parent": "trat-tu", "privacy": "grid",
                 "needs_proof": False, "words": ("karaoke", "ồn", "loa kéo"), "order": 42},
    "moi-truong": {"name": "Rác thải, vệ sinh môi trường", "name_en": "Rubbish and sanitation",
                   "words": ("rác", "xà bần", "mùi hôi"), "order": 50},
    "y-te": {"name": "Y tế", "name_en": "Health", "privacy": "grid", "needs_proof": False,
             "order": 60},
    "du-lich": {"name": "Du lịch", "name_en": "Tourism", "needs_proof": False, "order": 70},
    "hanh-chinh": {"name": "Thủ tục hành chính, thái độ phục vụ",
                   "name_en": "Public administration", "privacy": "never", "needs_proof": False,
                   "words": ("thủ tục", "hồ sơ", "chờ lâu"), "order": 80},
}  # fmt: skip
RULES = [
    {"name": "Xe buýt", "category": "xe-buyt", "to": "so-xay-dung"},
    {"name": "Tín hiệu giao thông", "category": "den-tin-hieu", "to": "so-xay-dung"},
    {"name": "Ngập nước diện rộng", "category": WATER, "when": "urgency == 'emergency'",
     "to": "so-xay-dung"},
    {"name": "Y tế", "category": "y-te", "to": "so-y-te"},
    {"name": "Du lịch", "category": "du-lich", "to": "so-du-lich"},
    {"name": "Còn lại về phường, xã", "to": "@ward"},
]  # fmt: skip
SAMPLES = [
    {"category": "xe-buyt", "area": FLAGSHIP, "expects": "so-xay-dung"},
    {"category": "den-tin-hieu", "expects": "so-xay-dung"},
    {"name": "Ngập khẩn cấp", "category": WATER, "urgency": "emergency",
     "expects": "so-xay-dung"},
    {"name": "Ngập một hẻm", "category": WATER, "area": FLAGSHIP, "expects": f"ubnd-{FLAGSHIP}"},
    {"category": "y-te", "expects": "so-y-te"},
    {"category": "du-lich", "expects": "so-du-lich"},
    {"category": "mat-duong", "area": FLAGSHIP, "expects": f"ubnd-{FLAGSHIP}"},
    {"name": "Không rõ nơi", "category": "mat-duong", "expects": ""},
]  # fmt: skip
TEXTS: Mapping[str, tuple[str, ...]] = {
    "mat-duong": ("Ổ gà sâu giữa đường, xe máy hay té.", "Mặt đường sụt lún trước chợ."),
    "den-duong": ("Đèn đường hỏng ba hôm nay, hẻm tối om.", "Cả dãy đèn đường không sáng."),
    "cay-xanh": ("Cành cây gãy treo lơ lửng trên vỉa hè.",),
    WATER: ("Mưa một chút là ngập, cống nghẹt rác.", "Triều cường ngập đến nửa bánh xe."),
    "den-tin-hieu": ("Đèn tín hiệu ngã tư tắt từ sáng.", "Biển báo bị cây che khuất."),
    "xe-buyt": ("Xe buýt bỏ trạm dù có khách chờ.",),
    "via-he": ("Quán lấn chiếm hết vỉa hè, phải đi xuống lòng đường.",),
    "tieng-on": ("Hát karaoke loa kéo đến khuya mỗi tối.", "Công trình ồn sau 22 giờ."),
    "moi-truong": ("Xà bần đổ trộm ven đường.", "Thùng rác đầy mấy ngày chưa thu gom."),
    "hanh-chinh": ("Chờ lâu mà chưa được gọi số, không ai giải thích.",),
}
ANSWERS = ("Đã xử lý xong trong ngày, xin gửi ảnh.", "Đơn vị đã khắc phục, mời ông/bà kiểm tra.",
           "Đã nhắc nhở và yêu cầu cam kết không tái phạm.")  # fmt: skip


def open_report_line(*, reports: int = 60) -> int:
    """Set the line up when it is missing and live through some reports; how many were made."""
    desk = Agency.objects.filter(code=REPORT_DESK).first()
    if desk is None or Case.objects.filter(kind="report").exists():
        return 0
    _set_up(desk)
    return _live(reports)


def _set_up(desk: Agency) -> None:
    for code, facts in CATEGORIES.items():
        set_category(actor=SYSTEM, code=code, facts=CategoryFacts(**facts), valid_from=BEGIN)
    for urgency, hours in LIMITS.items():
        limit = Limit(hours, "working_hour")
        set_limit(actor=SYSTEM, urgency=urgency, limit=limit, basis=BASIS, valid_from=BEGIN)
    import_boundaries(
        actor=SYSTEM,
        content=sketch_of_wards(_units()),
        layer="ward",
        on=BEGIN,
        name="Phường, xã, đặc khu (phác thảo)",
        source="Phác thảo từ toạ độ trung tâm, không có giá trị pháp lý",
        coarse=True,
    )
    rules = write_rules(actor=SYSTEM, rules=RULES, samples=SAMPLES, triage_id=desk.pk)
    activate_rules(actor=SYSTEM, number=rules.number)


def _units() -> list[dict[str, str]]:
    with (DATA / "units.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _live(count: int) -> int:
    chance = random.Random(1022)  # noqa: S311 - a story, no secret
    until = now()
    units = [unit for unit in _units() if unit["type"] == "phường"]
    flagship = [unit for unit in units if unit["code"] == FLAGSHIP]
    photo, made = _picture(), 0
    moments = sorted(until - dt.timedelta(hours=chance.uniform(2, 20 * 24)) for _ in range(count))
    for number, at in enumerate(moments):
        unit = flagship[0] if number % 3 == 0 else chance.choice(units)
        with at_time(at):
            uid = _send(chance, unit, number, photo)
        made += 1
        if chance.random() < 0.75:
            _handle(chance, uid, at, until, photo)
    return made


def _send(chance: random.Random, unit: Mapping[str, str], number: int, photo: bytes) -> str:
    code = chance.choice(list(TEXTS))
    key = f"demo-report-{number}" if number % 6 == 0 else ""
    if key:
        file = SimpleUploadedFile("phan-anh.jpg", photo)
        keep_photos(actor=ANONYMOUS, draft_key=key, files=[file])
    placed = CATEGORIES[code].get("privacy") != "never"
    intake = Intake(
        category=code,
        description=chance.choice(TEXTS[code]),
        longitude=round(float(unit["longitude"]) + chance.uniform(-4e-3, 4e-3), 6),
        latitude=round(float(unit["latitude"]) + chance.uniform(-4e-3, 4e-3), 6),
        address=f"{chance.randint(1, 300)} đường số {chance.randint(1, 40)}" if placed else "",
        draft_key=key,
    )
    return str(receive_report(actor=ANONYMOUS, intake=intake)["uid"])


def _handle(
    chance: random.Random, uid: str, at: dt.datetime, until: dt.datetime, photo: bytes
) -> None:
    case = Case.objects.get(uid=uid)
    held = case.holder_agency_id and holders_of(case.holder_agency_id, "case_officer", today())
    if not held:
        return
    officer = actor_of(held[0].account)
    step = min(at + dt.timedelta(hours=chance.uniform(1, 60)), until)
    try:
        with at_time(step):
            act_on_report(actor=officer, uid=uid, action="take")
        fate = chance.random()
        later = min(step + dt.timedelta(hours=chance.uniform(1, 40)), until)
        if fate < 0.15:
            return
        with at_time(later):
            _end(chance, officer, uid, fate, photo)
        if 0.4 < fate < 0.95:
            with at_time(min(later + dt.timedelta(hours=2), until)):
                rate(actor=ANONYMOUS, uid=uid, satisfied=fate > 0.5)
                if fate < 0.45:
                    ask_reopening(actor=ANONYMOUS, uid=uid, reason="Vẫn chưa xong")
    except DomainError:
        return


def _end(chance: random.Random, officer: Actor, uid: str, fate: float, photo: bytes) -> None:
    if fate < 0.25:
        text = "Đơn vị đã tiếp nhận, dự kiến sửa trong tuần."
        act_on_report(actor=officer, uid=uid, action="reply", payload={"text": text})
    elif fate < 0.32:
        text = "Không thuộc phạm vi xử lý: đây là lối đi riêng trong khu nhà."
        act_on_report(actor=officer, uid=uid, action="refuse", payload={"text": text})
    else:
        key = f"demo-proof-{uid}"
        file = SimpleUploadedFile("ket-qua.jpg", photo)
        keep_photos(actor=officer, draft_key=key, files=[file])
        payload = {"text": chance.choice(ANSWERS), "draft_key": key}
        act_on_report(actor=officer, uid=uid, action="resolve", payload=payload)
        if fate > 0.8:
            for photo_uid in proof_photos(officer, uid):
                decide_photo(actor=officer, uid=photo_uid, show=True)


def _picture() -> bytes:
    """A drawing that says what it is: nobody's street."""
    image = Image.new("RGB", (640, 420), "#cfd8dc")
    drawing = ImageDraw.Draw(image)
    drawing.polygon([(0, 420), (240, 180), (400, 180), (640, 420)], fill="#78909c")
    drawing.ellipse((280, 290, 380, 330), fill="#37474f")
    drawing.text((20, 20), "DEMO", fill="#263238")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
