"""Reading the national catalogue: real shapes as tables, arbitrary text, the real files."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.subsystems.procedures.rules.national import (
    KINDS,
    REASONS,
    NotARecord,
    Reading,
    draft_from_record,
    read_record,
)
from motcua.subsystems.procedures.rules.package_schema import PACKAGE_SCHEMA

# Real files that nobody here wrote lie beside the checkout, on machines that have them.
SHARED = next(
    (
        folder
        for parent in Path(__file__).resolve().parents
        if (folder := parent / "shared/data/procedures").is_dir()
    ),
    Path("absent"),
)
WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "--Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LAWS = "Tên văn bản pháp lýMã văn bản"


def record(**cells: Any) -> dict[str, Any]:
    return {
        "ma_thu_tuc": "1.000001",
        "ten_thu_tuc": "Cấp giấy mẫu",
        "so_quyet_dinh": "12/QĐ-BTP",
        "cap_thuc_hien": "Cấp xã",
        "linh_vuc": "Hộ tịch",
        "doi_tuong_thuc_hien": "Công dân Việt Nam",
        "co_quan_thuc_hien": "Công an cấp Xã",
        "trinh_tu_thuc_hien": "- Bước 1: Nộp.\n- Bước 2: Nhận.",
        "cach_thuc_thuc_hien": f"{WAYS}Trực tuyến7 Ngày làm việc70,000 Việt Nam Đồng(/hồ sơ)",
        "thanh_phan_ho_so": f"{PAPERS}Tờ khai.1 bản chính",
        "can_cu_phap_ly": f"{LAWS}Luật Mẫu60/2014/QH13",
        "yeu_cau_dieu_kien": "Không",
        "ket_qua_xu_ly": "Giấy mẫuMã: KQ.G15.000031Từ khóaKhông có thông tinMô tả",
        **cells,
    }


def reasons(found: Reading, kind: str) -> set[str]:
    return {doubt.reason for doubt in found.doubts if doubt.kind == kind}


def test_a_plain_record_is_wholly_read():
    found = read_record(record())
    assert found.whole
    assert found.data["ways"] == [
        {
            "channel": "online",
            "limit": {"amount": "7", "unit": "working_day"},
            "charges": [{"amount": 70000, "currency": "VND", "kind": "", "note": "/hồ sơ"}],
            "note": "",
        }
    ]
    assert found.data["papers"][0]["sheets"] == [
        {"name": "Tờ khai.", "form": "", "originals": 1, "copies": 0}
    ]
    assert found.data["laws"] == [{"title": "Luật Mẫu", "number": "60/2014/QH13"}]
    assert found.data["results"] == [{"name": "Giấy mẫu", "code": "KQ.G15.000031"}]
    assert found.data["steps"] == ["Bước 1: Nộp.", "Bước 2: Nhận."]


WAY_ROWS = [
    ("Trực tiếp10 NgàyMiễn phí", "10 calendar_day", [0], set(), set()),
    ("Trực tiếp3 GiờMiễn phíNộp tại quầy.", "3 hour", [0], set(), set()),
    ("Trực tuyến7Miễn phí", None, [0], {"no_unit"}, set()),
    # The digits of the limit and of the fee have met: 7 and 400,000, or 74 and 00,000?
    ("Trực tuyến7400,000 Việt Nam Đồng(x)", None, [], {"run_together"}, {"run_together"}),
    ("Trực tuyến1200 VNĐ", None, [], {"run_together"}, {"run_together"}),
    ("Trực tiếp5 Ngày150 VNĐ(150.000 đồng/lần/thẻ.)", "5 calendar_day", [], set(), {"implausible"}),
    ("Trực tiếp5 NgàyMiễn phí(Mức do HĐND quyết định)", "5 calendar_day", [], set(), {"free_but"}),
    ("Trực tiếp5 NgàyMiễn phí(Không)", "5 calendar_day", [0], set(), set()),
    (
        "Trực tiếp5 Ngày800,000 VNĐ(áp dụng 400.000 đồng đến 31/12/2026)",
        "5 calendar_day",
        [800000],
        set(),
        {"conditions"},
    ),
    ("Trực tiếp5 Ngày10 USD", "5 calendar_day", [10], set(), set()),
    ("Trực tiếpKhông có thông tinMiễn phí", None, [0], {"not_stated"}, set()),
    (
        "Trực tiếp60 NgàyKhông có thông tinKhông quá 30 ngày.",
        "60 calendar_day",
        [],
        {"contradicted"},
        {"not_stated"},
    ),
    (
        "Trực tiếp5 NgàyKhông có thông tinLệ phí: 50.000 đồng",
        "5 calendar_day",
        [],
        set(),
        {"in_description"},
    ),
]


@pytest.mark.parametrize(("row", "limit", "amounts", "limit_doubts", "fee_doubts"), WAY_ROWS)
def test_rows_of_the_table_of_ways(
    row: str, limit: str | None, amounts: list[int], limit_doubts: set[str], fee_doubts: set[str]
):
    found = read_record(record(cach_thuc_thuc_hien=WAYS + row))
    (way,) = found.data["ways"]
    span = way["limit"]
    assert (f"{span['amount']} {span['unit']}" if span else None) == limit
    assert [charge["amount"] for charge in way["charges"]] == amounts
    assert reasons(found, "limit") == limit_doubts
    assert reasons(found, "fee") == fee_doubts


def test_one_channel_with_two_rows_is_several_cases():
    found = read_record(
        record(cach_thuc_thuc_hien=f"{WAYS}Trực tiếp12 NgàyMiễn phíTrực tiếp22 NgàyMiễn phí")
    )
    assert len(found.data["ways"]) == 2
    assert "twice" in reasons(found, "limit")


PAPER_ROWS = [
    ("Đơn xin;1 bản chính,2 bản saoẢnh2 bản chính", [("Đơn xin", 1, 2), ("Ảnh", 2, 0)], set()),
    # A count inside a name closes nothing.
    (
        "Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực)1 bản chính",
        [("Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực)", 1, 0)],
        set(),
    ),
    ("Nộp 01 bản chính1 bản chính", [("Nộp 01 bản chính", 1, 0)], set()),
    ("Theo mẫu CT011 bản chính", [("Theo mẫu CT", None, None)], {"run_together"}),
    ("* Lưu ý0 bản chính", [("* Lưu ý", 0, 0)], {"zero_count"}),
]


@pytest.mark.parametrize(("rows", "expected", "doubts"), PAPER_ROWS)
def test_rows_of_the_table_of_papers(
    rows: str, expected: list[tuple[str, int | None, int | None]], doubts: set[str]
):
    found = read_record(record(thanh_phan_ho_so=PAPERS + rows))
    (group,) = found.data["papers"]
    read = [(sheet["name"], sheet["originals"], sheet["copies"]) for sheet in group["sheets"]]
    assert [(n.lstrip("* "), o, c) for n, o, c in read] == [
        (n.lstrip("* "), o, c) for n, o, c in expected
    ]
    assert reasons(found, "paper") == doubts


def test_papers_of_several_cases_and_a_form_whose_seam_is_certain():
    text = (
        f"Trường hợp mất thẻ:{PAPERS[2:]}Đơn đề nghịMẫu số 6.docx1 bản chính"
        f"Trường hợp hỏng:{PAPERS[2:]}Thẻ cũ1 bản chính"
    )
    found = read_record(record(thanh_phan_ho_so=text))
    assert [group["heading"] for group in found.data["papers"]] == [
        "Trường hợp mất thẻ",
        "Trường hợp hỏng",
    ]
    assert found.data["papers"][0]["sheets"][0]["form"] == "Mẫu số 6.docx"


LAW_ROWS = [
    ("Luật Công chứng năm 202446/2024/QH15", [("Luật Công chứng năm 2024", "46/2024/QH15")]),
    ("Luật 49/2019/QH1449/2019/QH14", [("Luật 49/2019/QH14", "49/2019/QH14")]),
    (
        "Thông tư số 03/2023/TT-BTPThông tư số 03/2023/TT-BTPVề mẫu01/2022/TT-BTP",
        [
            ("Thông tư số 03/2023/TT-BTP", "Thông tư số 03/2023/TT-BTP"),
            ("Về mẫu", "01/2022/TT-BTP"),
        ],
    ),
    (
        "Nghị định ngày 11/6/2025 của Chính phủ120/2025/NĐ-CPTHÔNG TƯ MẪU04/2020/TT-BTP",
        [
            ("Nghị định ngày 11/6/2025 của Chính phủ", "120/2025/NĐ-CP"),
            ("THÔNG TƯ MẪU", "04/2020/TT-BTP"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAW_ROWS)
def test_documents_that_ran_together(text: str, expected: list[tuple[str, str]]):
    found = read_record(record(can_cu_phap_ly=LAWS + text))
    assert [(law["title"], law["number"]) for law in found.data["laws"]] == expected
    assert not reasons(found, "law")


def test_commas_inside_names_part_nothing():
    found = read_record(
        record(
            co_quan_thuc_hien="Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an tỉnh",
            doi_tuong_thuc_hien="Tổ chức (không bao gồm doanh nghiệp, HTX), Người nước ngoài",
        )
    )
    assert found.data["executing"] == [
        "Cục cảnh sát quản lý hành chính về trật tự, xã hội",
        "Công an tỉnh",
    ]
    assert found.data["subjects"] == [
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Người nước ngoài",
    ]


@pytest.mark.parametrize(
    ("cells", "kind", "reason"),
    [
        ({"cap_thuc_hien": "Cấp huyện"}, "level", "abolished"),
        ({"cap_thuc_hien": "Cấp vùng"}, "level", "unknown_word"),
        ({"so_quyet_dinh": "226/QĐ-UBND"}, "agency", "province"),
        ({"ma_thu_tuc": "ABC"}, "code", "unknown_word"),
        ({"ket_qua_xu_ly": "Giấy mẫuMã: sfbkjas"}, "result", "no_code"),
        ({"gi_do_moi": "một điều chưa biết"}, "other", "unknown_key"),
    ],
)
def test_what_is_not_understood_is_said(cells: dict[str, Any], kind: str, reason: str):
    found = read_record(record(**cells))
    assert reasons(found, kind) == {reason}
    assert not found.understood


def test_the_form_of_2021():
    found = read_record(
        {
            "_id": {"$oid": "6123"},
            "title": "Đăng ký thường trú",
            "Trình tự thực hiện": "- Bước 1: Nộp.</p>",
            "Cách thức thực hiện": [
                {
                    "Hình thức nộp": "Trực tiếp",
                    "Thời hạn giải quyết": "07 Ngày làm việc",
                    "Phí, lệ phí": "Lệ phí: 200000 ĐồngXem chi tiết",
                    "Mô tả": "Tại quầy",
                }
            ],
            "Thành phần hồ sơ": [
                {
                    "Tên giấy tờ": "- Tờ khai;",
                    "Mẫu đơn, tờ khai": "https://example.vn/tep?ma=3fd9",
                    "Số lượng - bản chính": "Bản chính: 1 - Bản sao: 0",
                }
            ],
            "Cơ quan thực hiện": "Công an Xã",
        }
    )
    assert found.understood
    assert found.data["ways"][0]["charges"][0]["amount"] == 200000
    assert found.data["ways"][0]["charges"][0]["kind"] == "le_phi"
    assert found.data["papers"][0]["sheets"][0]["form"].endswith("3fd9")
    assert found.data["steps"] == ["Bước 1: Nộp."]


def test_without_code_and_name_it_is_no_record():
    with pytest.raises(NotARecord):
        read_record({"linh_vuc": "Hộ tịch"})


PIECES = st.sampled_from(
    re.split(
        r"[|]",
        "Trực tuyến|Trực tiếp|Dịch vụ bưu chính|7|400,000|150| |Ngày làm việc|Ngày|Việt Nam Đồng"
        "|VNĐ|(|)|Miễn phí|Không có thông tin|1 bản chính|,2 bản sao|Tờ khai|.docx|Mã: "
        "|KQ.G15.000031|Từ khóa|60/2014/QH13|Luật|120/2025/NĐ-CP|năm 2024|\n|Bước 1|Cấp xã|x",
    )
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
CELLS = (
    "cach_thuc_thuc_hien",
    "thanh_phan_ho_so",
    "can_cu_phap_ly",
    "ket_qua_xu_ly",
    "cap_thuc_hien",
    "co_quan_thuc_hien",
    "doi_tuong_thuc_hien",
    "yeu_cau_dieu_kien",
    "trinh_tu_thuc_hien",
    "so_quyet_dinh",
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(CELLS), VALUES, max_size=4))
def test_nothing_fails_and_no_number_is_invented(cells: dict[str, Any]):
    raw = record(**cells)
    found = read_record(raw)
    said = re.sub(r"[.,\s]", "", json.dumps(raw, ensure_ascii=False))
    for way in found.data["ways"]:
        if way["limit"] and way["limit"]["unit"] != "same_day":
            assert way["limit"]["amount"].replace(".", "") in said
        for charge in way["charges"]:
            assert charge["amount"] == 0 or str(charge["amount"]) in said
    for group in found.data["papers"]:
        for sheet in group["sheets"]:
            assert all(str(sheet[key] or 0) in said + "0" for key in ("originals", "copies"))
    assert all(d.kind in KINDS and d.reason in REASONS and d.place for d in found.doubts)
    json.dumps(found.data)
    draft_from_record(found.data, found.doubts, fields={})


def test_a_draft_has_the_shape_of_a_package_and_confirms_nothing():
    found = read_record(record())
    draft = draft_from_record(found.data, found.doubts, fields={"ho tich": "ho-tich"}, version=2)
    document = draft.document
    assert set(PACKAGE_SCHEMA["required"]) <= set(document)
    assert set(document) <= set(PACKAGE_SCHEMA["properties"])
    assert document["field"] == "ho-tich"
    assert document["level"] == "commune"
    assert document["limits"] == [
        {
            "case": "*",
            "channel": "*",
            "amount": 7,
            "unit": "working_day",
            "legal_basis": "Quyết định 12/QĐ-BTP",
            "valid_from": None,
            "valid_to": None,
            "confirmed": False,
        }
    ]
    assert document["fees"][0]["amount"] == 70000
    assert '"confirmed": true' not in json.dumps(document).lower()
    places = {todo.place for todo in draft.todo}
    assert {"valid_from", "name.en", "limits[0].valid_from", "fees[0].kind"} <= places


def test_cases_of_a_draft_are_the_headings_of_its_papers():
    text = f"Mất:{PAPERS[2:]}Đơn1 bản chínhẢnh1 bản chínhHỏng:{PAPERS[2:]}Đơn1 bản chính"
    found = read_record(record(thanh_phan_ho_so=text))
    document = draft_from_record(found.data, found.doubts, fields={}).document
    assert [case["name"]["vi"] for case in document["cases"]] == ["Mất", "Hỏng"]
    assert [row["required"] for row in document["components"]] == [
        "case == 'case_1' || case == 'case_2'",
        "case == 'case_1'",
    ]


def real_records() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in sorted(SHARED.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return rows


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real files lie outside the project")
def test_shares_read_of_the_real_files():
    """What was measured when the readers were written; a fall is a regression."""
    found = [read_record(row) for row in real_records()]
    assert len(found) == 610
    clean = {
        kind: 1
        - sum(any(d.kind == kind and d.reason != "not_stated" for d in row.doubts) for row in found)
        / len(found)
        for kind in KINDS
    }
    least = {"limit": 0.85, "fee": 0.67, "paper": 0.77, "form": 0.87, "result": 0.98}
    least |= {"law": 0.93, "agency": 0.96, "subject": 0.99, "code": 1, "field": 1, "level": 1}
    assert {kind: share for kind, share in clean.items() if share < least.get(kind, 0)} == {}
    sheets = [sheet for row in found for group in row.data["papers"] for sheet in group["sheets"]]
    assert len(sheets) > 3000
    assert sum(sheet["originals"] is not None for sheet in sheets) / len(sheets) > 0.99
    for row in found:
        draft_from_record(row.data, row.doubts, fields={})
