"""A file nobody has seen: imported, one procedure mended, published, applied for, finished."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.agencies.public import Agency
from motcua.casework.attachments.tests import samples
from motcua.casework.cases.public import Case
from motcua.casework.testing.makers import make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import today
from motcua.subsystems.applications.tests.console import client_of, do
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedure_editor.models import DraftRevision, ProcedureDraft
from motcua.subsystems.procedure_editor.rules.specs import BY_KEY
from motcua.subsystems.procedure_editor.rules.typed import typed_of
from motcua.subsystems.procedures.public import version_in_force
from motcua.web.cli.importing import import_catalogue

pytestmark = pytest.mark.django_db
CODE = "9.000042"
WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
ODD: dict[str, Any] = {
    "ma_thu_tuc": CODE,
    "ten_thu_tuc": "Cấp giấy nuôi chim cảnh",
    "so_quyet_dinh": "77/QĐ-ABC",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Chim cảnh",
    "ngay_ban_hanh": "ba mươi tháng hai",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "co_quan_thuc_hien": "Ban Quản lý không ai biết",
    "trinh_tu_thuc_hien": "- Bước 1: Nộp đơn.\n- Bước 2: Nhận giấy.",
    "cach_thuc_thuc_hien": f"{WAYS}Trực tiếp7Miễn phí(Mức do HĐND quyết định)Trực tuyến7Miễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghị nuôi chim.1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Chim60/2014/QH13",
    "yeu_cau_dieu_kien": "Không",
    "ket_qua_xu_ly": "Giấy nuôi chim cảnhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tả",
}


@pytest.fixture
def world(working_morning: dt.datetime) -> World:
    world = make_world(("1.004873",))
    # The editor asks for a post for every step in each agency that may get a dossier.
    for role in ("leader", "records_clerk"):
        make_official(world.other, role, name=role)
    return world


class Desk:
    """One draft of the editor, mended through its pages."""

    def __init__(self, client: Client, root: str) -> None:
        self.client, self.root = client, root
        self.uid = UUID(root.rstrip("/").rsplit("/", 1)[1])

    @property
    def document(self) -> dict[str, Any]:
        row = ProcedureDraft.objects.get(uid=self.uid)
        return DraftRevision.objects.get(draft=row, number=row.revision).document

    def post(self, path: str, typed: dict[str, Any]) -> Any:
        revision = ProcedureDraft.objects.get(uid=self.uid).revision
        answer = self.client.post(f"{self.root}{path}", {"revision": revision, **typed})
        assert answer.status_code in {200, 302}, answer.content.decode()[-3000:]
        return answer

    def mend(self, key: str, row: int | None = None, **typed: Any) -> None:
        """Change some answers of a page and leave the others as the page shows them."""
        section, document = BY_KEY[key], self.document
        target = document if row is None else document[section.rows][row]
        place = f"phan/{key}/" if row is None else f"phan/{key}/{row}/"
        self.post(place, {**typed_of(section.specs, target), **typed})

    def left(self) -> list[str]:
        """The places the overview names."""
        return [where for where, _text, _url in self.client.get(self.root).context["faults"]]


def _import(editor: Client) -> str:
    """Upload the file; the address of the record's page."""
    lines = json.dumps(ODD, ensure_ascii=False) + '\n{"ma_thu_tuc": "9.00'
    given = SimpleUploadedFile("la.jsonl", lines.encode())
    answer = editor.post("/console/danh-muc/", {"files": given})
    assert answer.status_code == 302
    run_until_idle()
    report = editor.get(answer.url).content.decode()
    for said in ("Có số, không có đơn vị thời gian", "Ghi miễn phí nhưng lời kèm theo nói khác",
                 "la.jsonl:2"):  # fmt: skip
        assert said in report
    page = editor.get(f"/console/danh-muc/ban-ghi/{CODE}/")
    text = page.content.decode()
    assert "ba mươi tháng hai" in text
    assert "Ban Quản lý không ai biết" in text
    return text


def test_from_an_unknown_file_to_a_sealed_result(world: World, client: Client) -> None:
    city = Agency.objects.get(code="ubnd-tp")
    editor, second = (
        client_of(make_official(city, "administrator", name=name)) for name in ("Soạn", "Duyệt")
    )
    assert "Soạn thủ tục từ bản ghi này" in _import(editor)
    answer = editor.post("/console/soan-thu-tuc/bat-dau/", {"way": "record", "key": CODE})
    desk = Desk(editor, answer.url)
    # What only a person can decide is left, each with its place; nothing was guessed.
    assert sorted(desk.left()) == sorted(
        [
            "Thông tin chung · Lĩnh vực",
            "Thông tin chung · Mức trực tuyến",
            "Cơ quan giải quyết · Cơ quan quyết định",
            "Thời hạn giải quyết · dòng 1 · Số lượng",
            "Thời hạn giải quyết · dòng 1 · Đơn vị",
            "Thời hạn giải quyết · dòng 2 · Số lượng",
            "Thời hạn giải quyết · dòng 2 · Đơn vị",
            "Phí, lệ phí · dòng 1 · Loại",
        ]
    )
    _decide(desk)
    assert desk.left() == []
    _look(desk)
    _publish(desk, second)
    uid = _apply(world)
    _finish(world, uid)


def _decide(desk: Desk) -> None:
    page = desk.client.get(f"{desk.root}phan/limits/").content.decode()
    assert "Có số, không có đơn vị thời gian" in page
    desk.post("linh-vuc/", {"field_name": "Chim cảnh", "field_name_en": "Cage birds"})
    desk.mend("general", online_level="full", **{"name.en": "Permit to keep cage birds"})
    desk.mend("agencies", decides="committee")
    desk.mend("limits", 0, amount="5", unit="working_day")
    desk.mend("limits", 1, amount="3", unit="working_day")
    desk.mend("fees", 0, kind="phi", amount="20000")
    desk.mend("components", 0, original="1")
    given = {"do": "add_field:1", "vi": "Số con chim", "en": "How many", "widget": "number"}
    desk.post("to-khai/sap-xep/", given)
    drawn = desk.client.get(f"{desk.root}quy-trinh/so-do.bpmn").content.decode()
    assert "Lãnh đạo ký" in drawn
    saved = desk.post("quy-trinh/ve/", {"xml": drawn.replace("Lãnh đạo ký", "Chủ tịch phường ký")})
    assert saved.json()["faults"] == []
    desk.post("xac-nhan/", {"parts": ["legal_bases", "limits", "fees", "components"]})


def _look(desk: Desk) -> None:
    """As a citizen sees it, and a dossier walked through it on trial."""
    guide = desk.client.get(f"{desk.root}xem-truoc/").content.decode()
    for said in ("Cấp giấy nuôi chim cảnh", "20.000", "3 ngày làm việc", "Đơn đề nghị nuôi chim"):
        assert said in guide.replace("\xa0", " "), said
    given = {"filed": "2026-11-18T09:00", "channel": "online", "do": "receive.accept"}
    walked = desk.client.post(f"{desk.root}chay-thu/", given).context["walk"]
    assert "Mẫu 01" in walked.rows[0].slip.vi


def _publish(desk: Desk, second: Client) -> None:
    desk.post("duyet/quyet-dinh/", {"verb": "submit", "valid_from": today().isoformat()})
    revision = ProcedureDraft.objects.get(uid=desk.uid).revision
    given = {"verb": "approve", "revision": revision}
    assert desk.client.post(f"{desk.root}duyet/quyet-dinh/", given).status_code == 403
    assert second.post(f"{desk.root}duyet/quyet-dinh/", given).status_code == 302
    version = version_in_force(CODE, today())
    assert version.name_en == "Permit to keep cage birds"
    assert "Chủ tịch phường ký" in json.dumps(version.document["process"], ensure_ascii=False)


def _apply(world: World) -> str:
    """A citizen files it online; the dossier's uid."""
    citizen = client_of(world.citizen)
    answers = {"requester_name": "Trần Thị Lan", "requester_identity": "079190001234",
               "requester_birth_date": "1990-02-03", "requester_phone": "0901234567",
               "noi_dung_de_nghi": "Nuôi hai con chích choè", "so_con_chim": "2",
               "result_channel": "counter", "truthful": "on"}  # fmt: skip
    url = citizen.post(f"/thu-tuc/{CODE}/nop/").url
    base = url.rsplit("mau/", 1)[0]
    while "mau/" in url:
        page = citizen.get(url)
        given = {**answers, "_revision": page.context["work"].revision, "_action": "next",
                 "_shown": " ".join(answers)}  # fmt: skip
        answer = citizen.post(url, given)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        url = answer.url
    url = citizen.post(url, {"centre": world.centre.code, "_action": "next"}).url
    name = citizen.get(url).context["fields"][0].name
    given = {name: SimpleUploadedFile("don.pdf", samples.pdf()), "_action": "next"}
    assert citizen.post(url, given).url == f"{base}kiem-tra/"
    answer = citizen.post(f"{base}kiem-tra/")
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(Case.objects.get(kind="application").uid)


def _finish(world: World, uid: str) -> None:
    """The ward's clerk, officer, chair and records clerk, each on the page of the dossier."""
    for who, action, typed in (
        ("clerk", "accept", {}),
        ("clerk", "forward", {}),
        ("officer", "propose", {"note": "Đủ điều kiện"}),
        ("leader", "sign", {}),
        ("records", "issue", {}),
    ):
        answer = do(client_of(world.people[who]), uid, action, **typed)
        assert answer.status_code == 302, (action, answer.content.decode()[-3000:])
        run_until_idle()
    case = Case.objects.get(uid=uid)
    assert case.state == "finished"
    text = client_of(world.citizen).get(f"/ho-so/{uid}/").content.decode()
    assert "Giấy nuôi chim cảnh" in text


def test_the_command_line_takes_the_same_file(
    world: World, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "la.jsonl"
    path.write_text(json.dumps(ODD, ensure_ascii=False), "utf-8")
    assert import_catalogue([path]) == 0
    assert import_catalogue([tmp_path / "khong-co.jsonl"]) == 2
    assert "1" in capsys.readouterr().out
