"""What the demo city consists of, worked out from the CSV files; nothing is stored here.

Real: the units, their codes, coordinates and predecessors (docs/adr/0007-city-units.md),
the departments, the address of the city centre. Made up, and marked so in the data:
the people, and the numbers after ``H29`` in electronic identifiers, which have not been
seen in an official list for the units of 2025.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from motcua.foundation.errors import Bilingual
from motcua.web.demo.names import slug

DATA = Path(__file__).parent / "data"
TWO_LEVELS = dt.date(2025, 7, 1)
"""Since this day there are no districts; the units of the city are the 168."""
LAST_DAY = TWO_LEVELS - dt.timedelta(days=1)
BEFORE = dt.date(2025, 1, 1)
"""The former units are kept as they stood in their last half year…"""
KNOWN_SINCE = dt.date(2024, 7, 1)
"""…those of districts that were not rearranged on 1 January 2025 from this day on.

When they were founded is not kept here.
"""
NOT_REARRANGED = frozenset(
    [
        "Quận 1",
        "Quận 7",
        "Quận 12",
        "Tân Bình",
        "Tân Phú",
        "Bình Tân",
        "Thủ Đức",
        "Củ Chi",
        "Hóc Môn",
        "Bình Chánh",
        "Nhà Bè",
        "Cần Giờ",
        "Thủ Dầu Một",
        "Dầu Tiếng",
        "Bến Cát",
        "Bàu Bàng",
        "Phú Giáo",
        "Tân Uyên",
        "Bắc Tân Uyên",
        "Dĩ An",
        "Thuận An",
    ]
)
"""Districts outside Nghị quyết 1278/NQ-UBTVQH15 (ten districts of the old city) and outside
Bà Rịa – Vũng Tàu (Nghị quyết 1256/NQ-UBTVQH15); from memory, unconfirmed."""
FORMER = "cu-"
"""How the codes of the former units begin."""
DECISION = "Nghị quyết 202/2025/QH15 và nghị quyết sắp xếp đơn vị hành chính cấp xã năm 2025"
UNSEEN = "Chưa đối chiếu với Quyết định 20/2020/QĐ-TTg"
DEMO_VALUE = "Giá trị mẫu, không phải mã chính thức"
FLAGSHIP = "26740"
"""Phường Sài Gòn: its officials are the accounts named on the demo's first page."""


@dataclass(frozen=True, slots=True)
class PostPlan:
    """A post, and the account that holds it."""

    role: str
    title: Bilingual
    username: str
    fields: tuple[str, ...] = ()
    division: str = ""
    authority: str = ""
    signs_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlan:
    """An agency with its official codes, its posts, and what it carries on."""

    code: str
    kind: str
    level: str
    name: Bilingual
    short_name: str = ""
    unit_type: str = ""
    parent: str = ""
    commune_code: str = ""
    place_name: str = "Thành phố Hồ Chí Minh"
    address: str = ""
    signing_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    remote_area: bool = False
    valid_from: dt.date = TWO_LEVELS
    valid_to: dt.date | None = None
    identifiers: tuple[tuple[str, str, str], ...] = ()
    posts: tuple[PostPlan, ...] = ()
    successors: dict[str, bool] = field(default_factory=dict[str, bool])
    """Code of the agency that carries on → whether only a part went there."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the data files."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@lru_cache(maxsize=1)
def unit_slugs() -> dict[str, str]:
    """``26740`` → ``saigon``: the tail of user names, with the code where two would be alike."""
    short = {row["code"]: slug(row["name"]).replace("-", "") for row in rows("units.csv")}
    times = Counter(short.values())
    return {code: s if times[s] == 1 else f"{s}{code}" for code, s in short.items()}


def plan() -> Iterator[AgencyPlan]:
    """Every agency of the demo city, parents before children, the former units last."""
    yield from (_city(), _office(), _city_centre())
    yield from _departments()
    yield from _branches()
    for number, row in enumerate(rows("units.csv"), start=101):
        yield from _commune(row, number)
    yield from _former()


def _post(role: str, vi: str, en: str, username: str, **more: object) -> PostPlan:
    return PostPlan(role, Bilingual(vi, en), username, **more)  # type: ignore[arg-type]


def _city() -> AgencyPlan:
    chair = _post("leader", "Chủ tịch", "Chair", "chutich.tp", authority="own")
    deputy = _post("leader", "Phó Chủ tịch", "Vice chair", "phochutich.tp", signs_for="chutich.tp")
    return AgencyPlan(
        code="ubnd-tp",
        kind="city",
        level="city",
        name=Bilingual(
            "Uỷ ban nhân dân Thành phố Hồ Chí Minh", "Ho Chi Minh City People's Committee"
        ),
        short_name="UBND",
        signing_name="Uỷ ban nhân dân",
        identifiers=(("h29", "H29", UNSEEN), ("gso", "79", "")),
        posts=(chair, deputy, _post("supervisor", "Giám sát", "Supervisor", "giamsat")),
    )


def _office() -> AgencyPlan:
    return AgencyPlan(
        code="vp-ubnd-tp",
        kind="department",
        level="city",
        parent="ubnd-tp",
        name=Bilingual(
            "Văn phòng Uỷ ban nhân dân Thành phố", "Office of the City People's Committee"
        ),
        short_name="VP",
        identifiers=(("h29", "H29.1", DEMO_VALUE),),
        posts=(
            _post("records_clerk", "Văn thư", "Records clerk", "vanthu.tp"),
            _post("administrator", "Quản trị hệ thống", "System administrator", "quantri"),
            _post(
                "administrator",
                "Kiểm soát thủ tục hành chính",
                "Controller of administrative procedures",
                "kiemsoat.tthc",
            ),
        ),
    )


def _city_centre() -> AgencyPlan:
    clerks = [
        _post("receiving_clerk", "Cán bộ tiếp nhận", "Receiving clerk", f"tiepnhan{n}.tp")
        for n in range(1, 5)
    ]
    return AgencyPlan(
        code="tt-tp",
        kind="centre",
        level="city",
        parent="vp-ubnd-tp",
        name=Bilingual(
            "Trung tâm Phục vụ hành chính công Thành phố", "City Public Administration Centre"
        ),
        short_name="TTPVHCC",
        address="43 Nguyễn Văn Bá, phường Thủ Đức, Thành phố Hồ Chí Minh",
        identifiers=(("h29", "H29.1.1", DEMO_VALUE),),
        posts=(*clerks, _post("centre_head", "Giám đốc Trung tâm", "Head of centre", "giamdoc.tt")),
    )


def _departments() -> Iterator[AgencyPlan]:
    for row in rows("departments.csv"):
        tail = row["code"].removeprefix("so-").replace("-", "")
        consulted = _post(
            "consulted_officer", "Chuyên viên góp ý", "Consulted officer", f"gopy.{tail}"
        )
        yield AgencyPlan(
            code=row["code"],
            kind="department",
            level="city",
            parent="ubnd-tp",
            name=Bilingual(row["name"], row["name_en"]),
            short_name=row["short_name"],
            identifiers=(
                ("h29", f"H29.{row['number']}", DEMO_VALUE),
                ("qcvn102", f"000.00.{int(row['number']):02d}.H29", DEMO_VALUE),
            ),
            posts=(
                _post("leader", "Giám đốc", "Director", f"giamdoc.{tail}", authority="own"),
                _post("division_head", "Trưởng phòng", "Head of division", f"truongphong.{tail}"),
                _post("case_officer", "Chuyên viên", "Officer", f"chuyenvien.{tail}"),
                consulted,
                _post("records_clerk", "Văn thư", "Records clerk", f"vanthu.{tail}"),
            ),
        )


BRANCHES = (
    ("ca-tp", "Công an Thành phố Hồ Chí Minh", "Ho Chi Minh City Police", "congan"),
    ("bhxh-tp", "Bảo hiểm xã hội Thành phố Hồ Chí Minh", "City Social Insurance", "bhxh"),
    ("thue-tp", "Thuế Thành phố Hồ Chí Minh", "City Tax Authority", "thue"),
    ("vpdkdd-tp", "Văn phòng đăng ký đất đai Thành phố", "City Land Registration Office", "vpdkdd"),
)
"""Agencies of the vertical branches, and the land office, that decide some procedures."""


def _branches() -> Iterator[AgencyPlan]:
    for code, name, name_en, tail in BRANCHES:
        yield AgencyPlan(
            code=code,
            kind="branch",
            level="city",
            parent="ubnd-tp",
            name=Bilingual(name, name_en),
            posts=(
                _post("leader", "Thủ trưởng", "Head", f"thutruong.{tail}", authority="own"),
                _post("division_head", "Trưởng phòng", "Head of division", f"truongphong.{tail}"),
                _post("case_officer", "Cán bộ thụ lý", "Officer", f"thuly.{tail}"),
                _post("consulted_officer", "Cán bộ góp ý", "Consulted officer", f"gopy.{tail}"),
                _post("records_clerk", "Văn thư", "Records clerk", f"vanthu.{tail}"),
            ),
        )


def _police(row: dict[str, str], tail: str) -> AgencyPlan:
    code, where = row["code"], f"{row['type']} {row['name']}"
    return AgencyPlan(
        code=f"ca-{code}",
        kind="branch",
        level="commune",
        parent="ca-tp",
        name=Bilingual(f"Công an {where}", f"Police of {row['name_en']} {KIND_EN[row['type']]}"),
        short_name=f"Công an {row['name']}",
        unit_type=row["type"],
        commune_code=code,
        place_name=row["name"],
        posts=(
            _post("leader", "Trưởng Công an", "Head of police", f"congan.{tail}", authority="own"),
            _post("case_officer", "Cán bộ cư trú", "Residence officer", f"cutru.{tail}"),
            _post("records_clerk", "Văn thư", "Records clerk", f"vanthuca.{tail}"),
        ),
    )


KIND_EN = {"phường": "Ward", "xã": "Commune", "đặc khu": "Special Zone"}


def _commune(row: dict[str, str], number: int) -> Iterator[AgencyPlan]:
    code, tail = row["code"], unit_slugs()[row["code"]]
    where = f"{row['type']} {row['name']}"
    where_en = f"{row['name_en']} {KIND_EN[row['type']]}"
    place = {
        "level": "commune",
        "unit_type": row["type"],
        "commune_code": code,
        "place_name": row["name"],
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "remote_area": row["type"] == "đặc khu",
    }
    yield AgencyPlan(
        code=f"ubnd-{code}",
        kind="committee",
        parent="ubnd-tp",
        name=Bilingual(f"Uỷ ban nhân dân {where}", f"People's Committee of {where_en}"),
        short_name=f"{row['type'].capitalize()} {row['name']}",
        signing_name="Uỷ ban nhân dân",
        identifiers=(("gso", code, ""), ("h29", f"H29.{number}", DEMO_VALUE)),
        posts=tuple(_committee_posts(tail)),
        **place,  # type: ignore[arg-type]
    )
    yield AgencyPlan(
        code=f"tt-{code}",
        kind="centre",
        parent=f"ubnd-{code}",
        name=Bilingual(
            f"Trung tâm Phục vụ hành chính công {where}", f"Public Service Centre of {where_en}"
        ),
        short_name="TTPVHCC",
        identifiers=(("h29", f"H29.{number}.1", DEMO_VALUE),),
        posts=tuple(_centre_posts(tail)),
        **place,  # type: ignore[arg-type]
    )
    yield _police(row, tail)


def _committee_posts(tail: str) -> Iterator[PostPlan]:
    yield _post("leader", "Chủ tịch", "Chair", f"chutich.{tail}", authority="own")
    yield _post(
        "leader", "Phó Chủ tịch", "Vice chair", f"phochutich.{tail}", signs_for=f"chutich.{tail}"
    )
    office = "Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân"
    yield _post(
        "division_head", "Chánh Văn phòng", "Head of office", f"truongphong.{tail}", division=office
    )
    officers = (
        ("hotich", "Công chức tư pháp – hộ tịch", "Civil-status officer", "ho-tich"),
        ("kinhdoanh", "Chuyên viên đăng ký kinh doanh", "Business officer", "ho-kinh-doanh"),
        ("xaydung", "Chuyên viên xây dựng", "Construction officer", "xay-dung"),
        ("xahoi", "Chuyên viên văn hoá – xã hội", "Social officer", "bao-tro-xa-hoi"),
    )
    for username, vi, en, served in officers:
        yield _post("case_officer", vi, en, f"{username}.{tail}", fields=(served,))
    yield _post("records_clerk", "Văn thư", "Records clerk", f"vanthu.{tail}", division=office)


def _centre_posts(tail: str) -> Iterator[PostPlan]:
    for number in (1, 2):
        yield _post(
            "receiving_clerk", "Cán bộ tiếp nhận", "Receiving clerk", f"tiepnhan{number}.{tail}"
        )
    yield _post("centre_head", "Giám đốc Trung tâm", "Head of centre", f"giamdoc.{tail}")


def _former() -> Iterator[AgencyPlan]:
    """The units until 30 June 2025, each with who carries on, wholly or in part."""
    found: dict[str, tuple[dict[str, str], dict[str, bool]]] = {}
    for row in rows("old_units.csv"):
        _, successors = found.setdefault(row["code"], (row, {}))
        successors[f"ubnd-{row['new_code']}"] = row["partial"] == "1"
    for code, (row, successors) in found.items():
        lives = _lives_on(row, successors)
        where = f"{row['type']} {row['name']}"
        where_en = f"{slug(row['name']).replace('-', ' ').title()} ({row['district']})"
        yield AgencyPlan(
            code=f"{FORMER}{code}",
            kind="committee",
            level="district" if row["type"] == "huyện" else "commune",
            unit_type=row["type"],
            commune_code=code,
            name=Bilingual(f"Uỷ ban nhân dân {where}", f"Former People's Committee, {where_en}"),
            place_name=row["name"],
            valid_from=KNOWN_SINCE if row["district"] in NOT_REARRANGED else BEFORE,
            valid_to=None if lives else LAST_DAY,
            signing_name="Uỷ ban nhân dân",
            identifiers=(
                ("gso", code, ""),
                *((("h29", f"H29.{row['district_code']}.{code}", DEMO_VALUE),) if lives else ()),
            ),
            posts=tuple(_former_posts(code)) if lives else (),
            successors={} if lives else successors,
        )


def _lives_on(row: dict[str, str], successors: dict[str, bool]) -> bool:
    """Whether a unit works in the demo's past and is merged there by the real service.

    It went as a whole into the one unit that bears its code today.
    """
    whole = successors == {f"ubnd-{row['code']}": False}
    return whole and row["type"] != "huyện" and row["district"] in NOT_REARRANGED


def _former_posts(code: str) -> Iterator[PostPlan]:
    """A small committee: who receives, examines, reviews, signs and seals."""
    tail = f"{FORMER}{code}"
    yield _post("leader", "Chủ tịch", "Chair", f"chutich.{tail}", authority="own")
    yield _post("division_head", "Phó Chủ tịch", "Vice chair", f"phochutich.{tail}")
    yield _post(
        "case_officer",
        "Công chức tư pháp – hộ tịch",
        "Civil-status officer",
        f"hotich.{tail}",
        fields=("ho-tich",),
    )
    yield _post(
        "receiving_clerk",
        "Cán bộ Bộ phận Tiếp nhận và Trả kết quả",
        "Clerk at the reception desk",
        f"tiepnhan.{tail}",
    )
    yield _post("records_clerk", "Văn thư", "Records clerk", f"vanthu.{tail}")
