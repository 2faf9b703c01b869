"""The catalogue on the console and the portal: import, drill down, information-only pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_official
from motcua.foundation.outbox.public import run_until_idle
from motcua.subsystems.procedures import public
from motcua.subsystems.procedures.services import DATA
from motcua.subsystems.procedures.tests.test_importing import bring, json_lines
from motcua.subsystems.procedures.tests.test_national import WAYS, record

pytestmark = pytest.mark.django_db
ROW = f"{WAYS}Trực tiếp7Miễn phí(Mức do Hội đồng nhân dân quyết định)"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def keeper() -> Client:
    return client_of(make_official(make_agency(code="sở-test"), "administrator"))


def upload(client: Client, content: bytes) -> Any:
    return client.post("/console/danh-muc/", {"files": [SimpleUploadedFile("a.gz", content)]})


def test_upload_progress_report_and_drilling_down(keeper: Client):
    answer = upload(keeper, json_lines(record(cach_thuc_thuc_hien=ROW)) + b"\n{")
    page = answer.url
    assert "Đã đọc 0 trên 0 dòng" in keeper.get(page).content.decode()
    run_until_idle()
    report = keeper.get(page).content.decode()
    assert "a.gz:2" in report
    assert "?loai=limit&amp;vi-sao=no_unit" in report
    assert 'hx-trigger="every 2s"' not in report
    assert "1 mới / new" in keeper.get(page + "bao-cao.txt").content.decode()
    doubts = keeper.get("/console/danh-muc/can-nguoi-doc/?loai=fee").content.decode()
    assert "<q>Miễn phí(Mức do Hội đồng nhân dân quyết định)</q>" in doubts
    shown = keeper.get("/console/danh-muc/ban-ghi/1.000001/").content.decode()
    assert "<q>7</q>" in shown
    assert "Trực tiếp7Miễn phí" in shown


def test_a_second_import_shows_what_changed_and_what_is_published(keeper: Client):
    public.load_packages(actor=SYSTEM, folder=DATA / "packages" / "1.001193")
    first = record(ma_thu_tuc="1.001193", ten_thu_tuc="Đăng ký khai sinh")
    bring(json_lines(first))
    run = bring(json_lines({**first, "so_quyet_dinh": "99/QĐ-BTP"}))
    assert "1.001193" in keeper.get(f"/console/danh-muc/lan-nhap/{run.uid}/").content.decode()
    shown = keeper.get("/console/danh-muc/ban-ghi/1.001193/").content.decode()
    assert "Khác với bản đang công bố" in shown
    assert "12/QĐ-BTP" in shown
    assert "99/QĐ-BTP" in shown


def test_a_file_that_is_no_catalogue_is_refused_with_its_reason(keeper: Client):
    answer = upload(keeper, b"ma,ten")
    assert answer.status_code == 422
    assert "a.gz: Không phải JSON." in answer.content.decode()
    assert keeper.post("/console/danh-muc/").status_code == 422


PAGES = ["", "can-nguoi-doc/", "ban-ghi/", "ban-ghi/1.000001/"]


@pytest.mark.parametrize("path", PAGES)
def test_only_who_manages_procedures_sees_the_catalogue(path: str):
    bring(json_lines(record()))
    clerk = client_of(make_official(make_agency(code="phường-test"), "receiving_clerk"))
    assert clerk.get(f"/console/danh-muc/{path}").status_code == 403
    assert Client().get(f"/console/danh-muc/{path}").status_code in {302, 403}


def test_records_are_found_by_code_and_name(keeper: Client):
    bring(json_lines(record(), record(ma_thu_tuc="1.000002", ten_thu_tuc="Thẻ khác")))
    found = keeper.get("/console/danh-muc/ban-ghi/?q=thẻ").content.decode()
    assert "1.000002" in found
    assert "1.000001" not in found
    assert "1.000001" in keeper.get("/console/danh-muc/ban-ghi/?q=1.000001").content.decode()
    assert keeper.get("/console/danh-muc/ban-ghi/9.999999/").status_code == 404


def test_an_imported_procedure_is_told_as_information_only(client: Client):
    bring(json_lines(record(cach_thuc_thuc_hien=ROW)))
    page = client.get("/thu-tuc/1.000001/").content.decode()
    assert "Chỉ để biết, chưa nộp được tại đây" in page
    assert "Thời hạn: danh mục không nêu rõ." in page
    assert "<blockquote" in page
    assert "/thu-tuc/1.000001/nop" not in page
    # "Free" beside words that say otherwise is quoted, never told.
    assert "<strong>Miễn phí</strong>" not in page
    assert client.get("/thu-tuc/9.999999/").status_code == 404


def test_a_limit_with_several_rows_for_one_channel_is_not_told_as_one(client: Client):
    twice = f"{WAYS}Trực tiếp12 NgàyMiễn phíTrực tiếp22 NgàyMiễn phí"
    bring(json_lines(record(cach_thuc_thuc_hien=twice)))
    page = client.get("/thu-tuc/1.000001/").content.decode()
    assert "<strong>22 ngày</strong>" not in page
    assert "Trực tiếp22 NgàyMiễn phí" in page


def test_words_and_facets_narrow_the_catalogue(client: Client):
    public.load_packages(actor=SYSTEM, folder=DATA / "packages" / "1.001193")
    rows = [
        record(
            ma_thu_tuc=f"1.1000{n:02d}",
            ten_thu_tuc=f"Cấp giấy phép lái xe hạng {n}",
            linh_vuc="Giao thông",
            cap_thuc_hien="Cấp tỉnh",
        )
        for n in range(25)
    ]
    bring(json_lines(*rows, record(ten_thu_tuc="Đăng ký khai sinh lưu động")))
    public.refresh_entries()

    def found(query: str) -> Any:
        return client.get(f"/tim-kiem/{query}").context["found"]

    everything = found("")
    assert everything.total == 27
    # What can be applied for here comes first.
    assert everything.hits[0].code == "1.001193"
    assert len(everything.hits) == 20
    rest = found(everything.next)
    assert len(rest.hits) == 7
    assert not {hit.code for hit in rest.hits} & {hit.code for hit in everything.hits}
    assert found("?q=giay+phep+lai+xe").total == 25
    assert found("?q=giay+fep+lai+xe").hits
    assert found("?linh-vuc=giao-thong").total == 25
    assert found("?cap=commune").total == 2
    assert found("?su-kien=having-a-child").total == 2
    assert [hit.code for hit in found("?nop=1").hits] == ["1.001193"]
    none = found("?q=khai+sinh&linh-vuc=giao-thong")
    assert none.total == 0
    page = client.get("/tim-kiem/?q=khai+sinh&linh-vuc=giao-thong").content.decode()
    assert "Bỏ mọi điều kiện lọc" in page


def test_a_page_of_the_catalogue_costs_few_statements(
    client: Client, django_assert_max_num_queries: Any
):
    bring(json_lines(*(record(ma_thu_tuc=f"1.2000{n:02d}") for n in range(30))))
    client.get("/tim-kiem/")
    with django_assert_max_num_queries(4):
        client.get("/tim-kiem/?linh-vuc=ho-tich")
