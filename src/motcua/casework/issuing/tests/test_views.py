"""The public pages: anybody checks a file or a code; nothing is kept, nothing personal told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.attachments.public import Blob
from motcua.casework.issuing.models import IssuedDocument
from motcua.casework.issuing.public import (
    document_bytes,
    seal,
    sign_and_number,
    verify_address,
    void,
)
from motcua.casework.issuing.tests.test_documents import House
from motcua.casework.issuing.tests.test_rendering import pages_text
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> IssuedDocument:
    house = House()
    made = house.draft()
    sign_and_number(actor=house.leader, document_uid=made.uid)
    seal(actor=house.clerk, document_uid=made.uid)
    made.refresh_from_db()
    made.house = house  # type: ignore[attr-defined]
    return made


def send(client: Client, data: bytes, name: str = "van-ban.pdf") -> Any:
    return client.post("/verify/", {"file": SimpleUploadedFile(name, data)})


def test_the_page_asks_for_a_file_or_a_code(client: Client) -> None:
    page = client.get("/verify/").content.decode()
    assert 'name="file"' in page
    assert 'name="code"' in page
    assert "không lưu lại" in page


def test_an_issued_file_passes_and_is_recognised(client: Client, document: IssuedDocument) -> None:
    before = Blob.objects.count()
    page = send(client, document_bytes(document)).content.decode()
    assert "TOTAL-PASSED" in page
    assert "01/QĐ-UBND" in page
    assert "DEMO" in page
    assert Blob.objects.count() == before
    assert not [p for p in Path(settings.MOTCUA_FILES_DIR).rglob("*upload*") if p.is_file()]


def test_a_flipped_byte_is_refused_in_words(client: Client, document: IssuedDocument) -> None:
    data = bytearray(document_bytes(document))
    data[data.index(b"stream") + 60] ^= 1
    page = send(client, bytes(data)).content.decode()
    assert "TOTAL-FAILED" in page
    assert "HASH_FAILURE" in page
    assert "đã bị thay đổi sau khi ký" in page
    assert "Đây đúng là tệp đã phát hành" not in page


def test_the_page_speaks_english_too(client: Client, document: IssuedDocument) -> None:
    data = document_bytes(document)
    client.cookies["django_language"] = "en"
    page = client.post("/verify/", {"file": SimpleUploadedFile("x.pdf", data)}).content.decode()
    assert "The content is unchanged and the signers are confirmed" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"not a pdf", "hỏng hoặc không phải PDF"), (b"", "Chọn một tệp PDF")],
)
def test_useless_files_get_a_clear_answer(client: Client, data: bytes, words: str) -> None:
    assert words in send(client, data).content.decode()


def test_an_oversize_file_is_refused_at_its_field(client: Client, settings: Any) -> None:
    settings.MOTCUA_UPLOAD_MAX_BYTES = 1024 * 1024
    answer = send(client, b"%PDF" + b"0" * (1024 * 1024))
    assert answer.status_code == 422
    assert "1 MB" in answer.content.decode()


def test_a_file_name_is_shown_as_text(client: Client) -> None:
    page = send(client, b"%PDF-1.7", name="<script>alert(1)</script>.pdf").content.decode()
    assert "<script>alert" not in page


def test_the_qr_opens_facts_and_verdict_but_nothing_personal(
    client: Client, document: IssuedDocument
) -> None:
    path = verify_address(document.code).removeprefix(settings.PUBLIC_URL)
    page = client.get(path).content.decode()
    assert "01/QĐ-UBND" in page
    assert "TOTAL-PASSED" in page
    for private in ("Võ Văn Mười", "079050000001"):
        assert private not in page


def test_a_typed_code_leads_there_however_it_is_typed(
    client: Client, document: IssuedDocument
) -> None:
    answer = client.post("/verify/", {"code": document.code.lower().replace("-", " ")})
    assert answer.status_code == 302
    assert answer["Location"] == f"/verify/{document.code}/"


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x", "💥", "%00"])
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/verify/{code}/").status_code == 404
    answer = client.post("/verify/", {"code": code})
    assert answer.status_code == 422
    assert "Không có văn bản nào mang mã này" in answer.content.decode()


def test_a_draft_has_no_public_page(client: Client) -> None:
    assert client.get(f"/verify/{House().draft().code}/").status_code == 404


def test_a_void_document_says_so(client: Client, document: IssuedDocument) -> None:
    house = document.house  # type: ignore[attr-defined]
    void(actor=house.clerk, document_uid=document.uid, reason="Cấp nhầm")
    page = client.get(f"/verify/{document.code}/").content.decode()
    assert "đã bị hủy" in page
    assert "Cấp nhầm" in page


def test_the_file_goes_only_to_those_who_may_see_it(
    client: Client, document: IssuedDocument
) -> None:
    house = document.house  # type: ignore[attr-defined]
    path = f"/documents/{document.uid}.pdf"
    assert client.get(path).status_code == 302
    client.force_login(Account.objects.get(pk=house.citizen.account_id))
    answer = client.get(path)
    assert answer.content == document_bytes(document)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    client.force_login(Account.objects.get(pk=make_citizen("Người Khác").account_id))
    assert client.get(path).status_code == 404


def test_an_official_reads_a_draft_as_a_marked_preview(client: Client) -> None:
    house = House()
    client.force_login(Account.objects.get(pk=house.leader.account_id))
    answer = client.get(f"/documents/{house.draft().uid}.pdf")
    assert "DỰ THẢO" in pages_text(answer.content)[0]
