"""The words of the national public-service portal: what a dossier and its steps read like there.

Field names and codes are those seen in working clients of the portal; the published
standard (QCVN under TT 18/2019/TT-BTTTT) was not read. Pure: no tables, no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, cast

MOMENT = "%Y%m%d%H%M%S"
LONGEST_ABSTRACT = 1000
CHANNELS: Mapping[str, str] = {"counter": "1", "online": "2", "post": "3"}
DELIVERIES: Mapping[str, str] = {"counter": "0", "post": "1", "online": "2"}
OWNER_KINDS: Mapping[str, str] = {"person": "1", "organisation": "2"}
IDENTITIES: Mapping[str, str] = {"cccd": "1", "cmnd": "2"}
STATES = range(1, 11)
CODE = re.compile(r"[0-9A-Za-z.\-]{1,60}")
PROCEDURE = re.compile(r"[0-9]\.[0-9]{6}")
IDENTITY = re.compile(r"[0-9]{12}")


class Verdict(Enum):
    """What an answer of the other side means for the message that was sent."""

    TAKEN = "taken"
    BUSY = "busy"
    LOGGED_OUT = "logged_out"
    REFUSED = "refused"


# Dialect: the portal's own codes as text; unknown ones are refusals, never success.
VERDICTS: Mapping[str, Verdict] = {
    "0": Verdict.TAKEN,
    "DA_NHAN": Verdict.TAKEN,
    "PHIEN_HET_HAN": Verdict.LOGGED_OUT,
    "BAN": Verdict.BUSY,
    "LOI_HE_THONG": Verdict.BUSY,
}


def verdict(code: str) -> Verdict:
    """What an answer's ``error_code`` means."""
    return VERDICTS.get(code, Verdict.REFUSED)


class Party(Protocol):
    """A person or organisation as applications report it."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def identity_kind(self) -> str: ...
    @property
    def identity_number(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def proven(self) -> bool: ...


def moment(at: dt.datetime | None, zone: dt.tzinfo) -> str:
    """``yyyyMMddHHmmss`` on the city's clock; empty for no moment."""
    return at.astimezone(zone).strftime(MOMENT) if at is not None else ""


def read_moment(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment a message names, or None when it is not one."""
    if not re.fullmatch(r"[0-9]{14}", text, re.ASCII):
        return None
    try:
        return dt.datetime.strptime(text, MOMENT).replace(tzinfo=zone)
    except ValueError:
        return None


def _identity(owner: Party) -> list[dict[str, str]]:
    if not owner.identity_number:
        return []
    kind = IDENTITIES.get(owner.identity_kind, "1")
    return [{"LoaiDinhDanh": kind, "SoDinhDanh": owner.identity_number}]


def dossier_message(
    report: Any, *, portal_code: str, unit: str, address: Any, zone: dt.tzinfo
) -> dict[str, Any]:
    """One dossier in the portal's words.

    Args:
        report: the facts (``applications.DossierReport``).
        portal_code: the code the portal knows it by.
        unit: the electronic identifier of the deciding agency.
        address: called with (kind, uid) for the address of a file.
        zone: the city's time zone.
    """
    owner, done = report.owner, report.state in {9, 10}
    papers = [_paper(paper, address) for paper in report.papers]
    return {
        "MaHoSo": portal_code,
        "MaTTHC": report.procedure,
        "TenTTHC": report.procedure_name,
        "MaLinhVuc": report.field,
        "KenhThucHien": CHANNELS.get(report.channel, "1"),
        "ChuHoSo": owner.name,
        "LoaiDoiTuong": OWNER_KINDS.get(owner.kind, "4"),
        "MaDoiTuong": owner.identity_number,
        "DinhDanhCHS": _identity(owner),
        "SoDienThoai": owner.phone,
        "Email": owner.email,
        "DiaChi": owner.address,
        "NguoiNop": report.submitter.name,
        "TrichYeuHoSo": f"{report.procedure_name} - {owner.name}"[:LONGEST_ABSTRACT],
        "NgayNopHoSo": moment(report.filed_at, zone),
        "NgayTiepNhan": moment(report.received_at, zone),
        "NgayHenTra": moment(report.due_at, zone) if report.received_at else "",
        "TrangThaiHoSo": str(report.state),
        "NgayKetThucXuLy": moment(report.decided_at, zone) if done else "",
        "NgayTra": moment(report.closed_at, zone) if report.state == 10 else "",
        "NgayTuChoi": moment(report.closed_at, zone) if report.state == 3 else "",
        "ThongTinTra": report.refusal,
        "HinhThuc": DELIVERIES.get(report.delivery, "0"),
        "DonViXuLy": report.agency,
        "MaDonVi": unit,
        "NoiNopHoSo": report.receiving,
        "HoSoCoThanhPhanSoHoa": _flag(any(p["DuocSoHoa"] == "1" for p in papers)),
        "TaiKhoanDuocXacThucVoiVNeID": _flag(report.submitter.proven),
        "DuocThanhToanTrucTuyen": "2" if report.paid_online else "0",
        "TaiLieuNop": papers,
        "DanhSachLePhi": [_fee(fee, report.paid_online) for fee in report.fees],
        "DanhSachHoSoBoSung": [_supplement(asked, zone) for asked in report.supplements],
        "DanhSachGiayToKetQua": [_result(result, address) for result in report.results],
    }


def _flag(holds: bool) -> str:
    return "1" if holds else "0"


def _paper(paper: Any, address: Any) -> dict[str, str]:
    return {
        "TenTepDinhKem": paper.file_name,
        "MaThanhPhanHoSo": paper.component,
        "DuongDanTaiTepTin": address("paper", paper.file_uid),
        "DuocSoHoa": _flag(paper.source in {"scan", "upload"}),
        "DuocTaiSuDung": _flag(paper.reused),
        "DuocLayTuKhoDMQG": _flag(paper.source == "store"),
        "MaKetQuaThayThe": "",
    }


def _fee(fee: Any, online: bool) -> dict[str, Any]:
    return {
        "TenPhiLePhi": fee.name,
        "MaPhiLePhi": fee.code,
        "HinhThucThu": "1" if online else "2",
        "Gia": fee.amount,
        "LoaiPhiLePhi": "2",
    }


def _supplement(asked: Any, zone: dt.tzinfo) -> dict[str, str]:
    return {
        "HoSoBoSungId": str(asked.seq),
        "NguoiYeuCauBoSung": asked.asked_by,
        "NoiDungBoSung": asked.content,
        "NgayBoSung": moment(asked.asked_at, zone),
        "NgayTiepNhanBoSung": moment(asked.answered_at, zone),
        "TrangThaiBoSung": "1" if asked.answered_at else "0",
    }


def _result(result: Any, address: Any) -> dict[str, str]:
    return {
        "TenGiayTo": result.title,
        "MaThanhPhanHoSo": "",
        "GiayToId": result.uid,
        "DuongDanTepTinKetQua": address("result", result.uid),
        "MaGiayToKetQua": result.number,
    }


def step_message(step: Any, *, portal_code: str, unit: str, zone: dt.tzinfo) -> dict[str, str]:
    """One step of a dossier's history in the portal's words."""
    return {
        "MaHoSo": portal_code,
        "MaBuoc": str(step.seq),
        "NguoiXuLy": step.by,
        "ChucDanh": step.title,
        "ThoiDiemXuLy": moment(step.at, zone),
        "PhongBanXuLy": step.agency,
        "NoiDungXuLy": step.content,
        "TrangThai": str(step.state),
        "MaDonVi": unit,
    }


@dataclass(frozen=True, slots=True)
class FiledElsewhere:
    """A dossier that was filed on the portal, as far as it could be read."""

    code: str
    procedure: str
    owner_name: str
    owner_kind: str
    identity_number: str
    phone: str
    email: str
    address: str
    filed_at: dt.datetime | None
    delivery: str
    answers: Mapping[str, Any]
    files: Sequence[tuple[str, str, str]]
    problems: Sequence[str]


def read_filed(body: Mapping[str, Any], zone: dt.tzinfo) -> FiledElsewhere:
    """Read a dossier that the portal hands over; what cannot be read is named, never guessed.

    ``files`` are (component, name, address); ``problems`` are the names of fields that a
    person must look at (``MaTTHC``, ``ChuHoSo``…).
    """
    said = {key: _text(body.get(key)) for key in _READ}
    files = _files(body.get("TaiLieuNop"))
    answers = _mapping(body.get("DuLieuBieuMau"))
    problems = [
        key
        for key, ok in (
            ("MaHoSo", CODE.fullmatch(said["MaHoSo"]) is not None),
            ("MaTTHC", PROCEDURE.fullmatch(said["MaTTHC"]) is not None),
            ("ChuHoSo", bool(said["ChuHoSo"])),
            ("MaDoiTuong", _good_identity(said["LoaiDoiTuong"], said["MaDoiTuong"])),
            ("NgayNopHoSo", read_moment(said["NgayNopHoSo"], zone) is not None),
            ("TaiLieuNop", files is not None),
            ("DuLieuBieuMau", bool(answers)),
        )
        if not ok
    ]
    return FiledElsewhere(
        code=said["MaHoSo"],
        procedure=said["MaTTHC"],
        owner_name=said["ChuHoSo"],
        owner_kind="organisation" if said["LoaiDoiTuong"] == "2" else "person",
        identity_number=said["MaDoiTuong"],
        phone=said["SoDienThoai"],
        email=said["Email"],
        address=said["DiaChi"],
        filed_at=read_moment(said["NgayNopHoSo"], zone),
        delivery={v: k for k, v in DELIVERIES.items()}.get(said["HinhThuc"], "online"),
        answers=answers,
        files=files or (),
        problems=tuple(problems),
    )


_READ = (
    "MaHoSo",
    "MaTTHC",
    "ChuHoSo",
    "LoaiDoiTuong",
    "MaDoiTuong",
    "SoDienThoai",
    "Email",
    "DiaChi",
    "NgayNopHoSo",
    "HinhThuc",
)


def _mapping(value: Any) -> dict[str, Any]:
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _good_identity(kind: str, number: str) -> bool:
    return bool(number) if kind == "2" else IDENTITY.fullmatch(number) is not None


def _files(value: Any) -> Sequence[tuple[str, str, str]] | None:
    if value in (None, ""):
        return ()
    if not isinstance(value, list):
        return None
    found: list[tuple[str, str, str]] = []
    for row in map(_mapping, cast("list[Any]", value)):
        parts = tuple(
            _text(row.get(key)) for key in ("MaThanhPhanHoSo", "TenTepDinhKem", "DuongDanTaiTepTin")
        )
        if not all(parts):
            return None
        found.append((parts[0], parts[1], parts[2]))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One dossier on which the two sides do not agree; states are the portal's numbers or ''."""

    code: str
    ours: str
    theirs: str


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    """Compare code → state on both sides: missing there, unknown here, or in another state."""
    return [
        Difference(code, ours.get(code, ""), theirs.get(code, ""))
        for code in sorted(ours.keys() | theirs.keys())
        if ours.get(code) != theirs.get(code)
    ]
