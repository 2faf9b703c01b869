"""What cannot be taken is refused in words, at its place, and nothing else is lost."""

from __future__ import annotations

import datetime as dt
import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from motcua.casework.attachments.models import Attachment, Blob
from motcua.casework.attachments.storage import FolderStore
from motcua.casework.attachments.tests import samples
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.subsystems.applications.drafting import CENTRE, begin, open_work
from motcua.subsystems.applications.tests.world import MARITAL, World, make_world

pytestmark = pytest.mark.django_db
CODE = "1.004873"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PACKAGES = Path(__file__).parents[2] / "src/motcua/subsystems/procedures/data/packages"


@pytest.fixture
def world(working_morning: dt.datetime, settings: Any, tmp_path: Path) -> World:
    settings.MOTCUA_FILES_DIR = tmp_path / "files"
    return make_world()


@pytest.fixture
def lan(world: World) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


@pytest.fixture
def draft(world: World) -> str:
    """The address of a draft that lacks nothing but papers and the last button."""
    work = begin(world.citizen, CODE)
    work.answers = dict(MARITAL)
    work.beside[CENTRE] = "pvhcc-26740"
    work.keep()
    return f"/thu-tuc/{CODE}/nop/{work.key}"


def upload(client: Client, draft: str, data: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(f"{draft}/giay-to/", {"paper-residence": file, "_action": "stay"})


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "trong.pdf", "không có nội dung"),
    "a program called a picture": (lambda: b"MZ\x90\x00" + b"\0" * 500, "anh.jpg", "không được"),
    "a page": (lambda: b"<!doctype html><script>alert(1)</script>", "a.pdf", "không được"),
    "a picture called a PDF": (samples.jpeg, "giay.pdf", "đuôi .pdf"),
    "locked": (lambda: samples.pdf(password="x"), "khoa.pdf", "khoá bằng mật khẩu"),
    "with a script": (lambda: samples.pdf(action="/JavaScript"), "ma.pdf", "mã lệnh"),
    "cut short": (lambda: samples.jpeg()[:300], "cut.jpg", "hỏng"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_bad_file_is_refused_at_its_field_with_the_reason(
    lan: Client, draft: str, world: World, what: str
) -> None:
    make, name, reason = REFUSED[what]
    answer = upload(lan, draft, make(), name)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert name in body
    assert reason in body, re.findall(rf"{re.escape(name)}:[^<]*", body)
    assert 'href="#id_paper-residence"' in body or "id_paper-residence" in body
    assert not Attachment.objects.exists()
    assert open_work(world.citizen, CODE, draft.rsplit("/", 1)[1]).answers["purpose"] == "property"


def test_an_oversize_file_is_refused_and_its_neighbour_is_kept(
    lan: Client, draft: str, settings: Any
) -> None:
    settings.MOTCUA_UPLOAD_MAX_BYTES = 1024 * 1024
    files = [
        SimpleUploadedFile("to.pdf", b"%PDF-1.7\n" + b"0" * 1_200_000),
        SimpleUploadedFile("nho.pdf", samples.pdf()),
    ]
    answer = lan.post(f"{draft}/giay-to/", {"paper-residence": files, "_action": "stay"})
    assert answer.status_code == 422
    assert "lớn hơn mức cho phép (1 MB)" in answer.content.decode()
    assert [row.name for row in Attachment.objects.all()] == ["nho.pdf"]


class _Clamd(socketserver.BaseRequestHandler):
    """Enough of clamd: a file that holds the EICAR string is infected."""

    def handle(self) -> None:
        data = self.request.recv(65536)
        if data.startswith(b"zVERSION"):
            self.request.sendall(b"ClamAV 1.4.3\0")
            return
        while not data.endswith(b"\0\0\0\0") and (piece := self.request.recv(65536)):
            data += piece
        found = b"Eicar-Test-Signature FOUND" if EICAR[:30] in data else b"OK"
        self.request.sendall(b"stream: " + found + b"\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        settings.MOTCUA_CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        yield
        server.shutdown()


def test_an_infected_file_is_refused(lan: Client, draft: str, clamd: None) -> None:
    infected = samples.pdf() + b"\n%" + EICAR + b"\n%%EOF\n"
    answer = upload(lan, draft, infected, "virus.pdf")
    assert answer.status_code == 422
    assert "nhiễm mã độc (Eicar-Test-Signature)" in answer.content.decode()
    assert not Blob.objects.exists()
    assert upload(lan, draft, samples.pdf(), "sach.pdf").status_code == 302
    assert Attachment.objects.get().blob.scan_state == "clean"


def test_a_full_disk_is_said_and_no_half_dossier_is_left(
    lan: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "keep", full)
        answer = upload(lan, draft, samples.pdf(), "giay.pdf")
    assert answer.status_code == 422
    assert "chưa được lưu" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert not Blob.objects.exists()
    assert not list(Path(installed.MOTCUA_FILES_DIR).glob("landing/*"))
    assert upload(lan, draft, samples.pdf(), "giay.pdf").status_code == 302
    assert lan.post(f"{draft}/kiem-tra/").status_code == 302
    assert Case.objects.count() == 1


def test_a_busy_database_is_said_and_sending_again_works(
    lan: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    lan.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("motcua.subsystems.applications.views.applying.file_work", locked)
        answer = lan.post(f"{draft}/kiem-tra/")
    assert answer.status_code == 503
    assert "Hệ thống đang bận" in answer.content.decode()
    assert not Case.objects.exists()
    assert lan.post(f"{draft}/kiem-tra/").status_code == 302


def test_an_ended_session_keeps_what_was_typed(lan: Client, draft: str, world: World) -> None:
    work = open_work(world.citizen, CODE, draft.rsplit("/", 1)[1])
    step = work.first_step()
    path = f"{draft}/mau/{step}/"
    form = {"requester_name": "Trần Thị Lan", "requester_phone": "0909090909"}
    account = Account.objects.get(pk=world.citizen.account_id)
    account.set_password("mot-mat-khau-dai")
    account.save()
    lan.session.flush()
    refused = lan.post(path, {**form, "_revision": work.revision, "_action": "next"})
    assert (refused.status_code, refused.url) == (302, f"/login/?next={path}")
    entered = lan.post(
        refused.url, {"username": account.username, "password": "mot-mat-khau-dai", "next": path}
    )
    assert entered.url == path
    page = lan.get(path).content.decode()
    assert "0909090909" in page
    kept = open_work(world.citizen, CODE, work.key)
    assert kept.answers["requester_phone"] == "0909090909"
    assert kept.answers["purpose"] == "property"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "goi" / "khai-tu"
    folder.mkdir(parents=True)
    for name in ("package.json", "form.json", "process.json"):
        (folder / name).write_text((PACKAGES / CODE / name).read_text("utf-8"), "utf-8")
    return folder


def imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    from motcua.web.cli import main

    code = main(["import", "procedures", str(folder)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_broken_json_is_named_with_line_and_column(
    world: World, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (package / "form.json").read_text("utf-8").splitlines()
    text[3] = text[3].replace(":", ";", 1)
    (package / "form.json").write_text("\n".join(text), "utf-8")
    code, said = imported(package.parent, capsys)
    assert code == 1
    assert "khai-tu/form.json:4:" in said


def test_broken_contents_are_named_by_place(
    world: World, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((package / "package.json").read_text("utf-8"))
    document["version"] = 9
    document["components"][0]["required"] = "khong_co_truong_nay == 1"
    (package / "package.json").write_text(json.dumps(document), "utf-8")
    process = json.loads((package / "process.json").read_text("utf-8"))
    process["start"] = "buoc-khong-co"
    (package / "process.json").write_text(json.dumps(process), "utf-8")
    code, said = imported(package, capsys)
    assert code == 1
    assert "components/" in said
    assert "khong_co_truong_nay" in said
    assert "process/" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("drawing", "place"),
    [
        (b"<definitions", "process.bpmn#"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>', "process.bpmn#"),
        (
            b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
            b'<startEvent id="s"/><scriptTask id="ma_lenh"/></process></definitions>',
            "process.bpmn#ma_lenh",
        ),
    ],
)
def test_a_broken_drawing_is_named_by_its_element(
    world: World, package: Path, capsys: pytest.CaptureFixture[str], drawing: bytes, place: str
) -> None:
    (package / "process.json").unlink()
    (package / "process.bpmn").write_bytes(drawing)
    code, said = imported(package, capsys)
    assert code == 1
    assert place in said
    assert "Traceback" not in said
