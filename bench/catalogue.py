"""Importing the national catalogue and searching it as people do, through the page itself.

Records are made here in the shape of the real ones, with their length; real files are
taken as well when ``BENCH_CATALOGUE`` names a folder of them, multiplied to the same number.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench.table import Table, set_up

COUNTS = ((610, 10.0), (2642, 45.0))
P95_MS = 50.0
ROUNDS = 25
QUERIES = (
    "?q=khai+sinh",
    "?q=Đăng+ký+kết+hôn",
    "?q=giay+fep+lai+xe",
    "?q=can+cuoc",
    "?q=ho+kinh+doan",
    "?q=chung+thuc+ban+sao&cap=commune",
    "?q=xe&linh-vuc=ho-tich",
    "?cap=city",
    "?su-kien=having-a-child",
    "?nop=1",
    "",
)
ACTS = ("Cấp", "Cấp lại", "Cấp đổi", "Đăng ký", "Thu hồi", "Gia hạn", "Xác nhận", "Chứng thực")
THINGS = (
    "giấy phép lái xe",
    "thẻ căn cước",
    "khai sinh",
    "kết hôn",
    "hộ kinh doanh",
    "bản sao từ bản chính",
    "giấy phép xây dựng",
    "thường trú",
    "hộ chiếu phổ thông",
    "quyền sử dụng đất",
)
FIELDS = ("Hộ tịch", "Cư trú", "Chứng thực", "Xây dựng", "Đất đai", "Giao thông đường bộ")
LEVELS = ("Cấp xã", "Cấp tỉnh", "Cấp bộ")


def made(number: int) -> dict[str, Any]:
    """A record as long and as tangled as the real ones are on average."""
    name = f"{ACTS[number % 8]} {THINGS[number % 10]} trường hợp {number}"
    step = "Người yêu cầu nộp hồ sơ tại Trung tâm Phục vụ hành chính công có thẩm quyền. " * 8
    sheets = "".join(
        f"Giấy tờ số {n} ban hành kèm theo Thông tư số 0{n}/2025/TT-BTP.1 bản chính,1 bản sao"
        for n in range(1, 8)
    )
    laws = "".join(f"Thông tư về việc {n}0{n}/2024/TT-BTP" for n in range(1, 9))
    note = "(Mức lệ phí cụ thể do Hội đồng nhân dân quyết định.)"
    return {
        "ma_thu_tuc": f"{1 + number % 3}.{100000 + number}",
        "ten_thu_tuc": name,
        "so_quyet_dinh": f"{number % 90}/QĐ-BTP",
        "cap_thuc_hien": LEVELS[number % 3],
        "loai_thu_tuc": "Loại khác",
        "linh_vuc": FIELDS[number % 6],
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Người nước ngoài",
        "co_quan_co_tham_quyen": "Công an tỉnh, Cục cảnh sát giao thông",
        "co_quan_thuc_hien": "Công an cấp Xã",
        "trinh_tu_thuc_hien": "\n".join(f"- Bước {n}: {step}" for n in range(1, 7)),
        "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
        f"Trực tuyến7Miễn phí{note}Trực tiếp10 Ngày làm việc70,000 Việt Nam Đồng(/hồ sơ){step}",
        "thanh_phan_ho_so": f"--Tên giấy tờMẫu đơn, tờ khaiSố lượng{sheets}",
        "can_cu_phap_ly": f"Tên văn bản pháp lýMã văn bản{laws}",
        "yeu_cau_dieu_kien": "Không",
        "ket_qua_xu_ly": f"Giấy chứng nhậnMã: KQ.G15.{number:06d}Từ khóaKhông có thông tinMô tả",
    }


def records(count: int) -> list[dict[str, Any]]:
    """``count`` records: real ones multiplied under other codes, or made ones."""
    folder = os.environ.get("BENCH_CATALOGUE", "")
    real: list[dict[str, Any]] = []
    for path in sorted(Path(folder).glob("*.jsonl.gz")) if folder else []:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            real += [json.loads(line) for line in lines]
    if not real:
        return [made(number) for number in range(count)]
    return [
        {
            **real[number % len(real)],
            "ma_thu_tuc": f"{1 + number % 3}.{100000 + number}",
            "ten_thu_tuc": f"{real[number % len(real)]['ten_thu_tuc']} {number // len(real) or ''}",
        }
        for number in range(count)
    ]


def import_seconds(count: int) -> float:
    """How long importing so many records takes, from bytes to report and search index."""
    from motcua.casework.access.public import SYSTEM
    from motcua.subsystems.procedures.public import carry_out_import, start_import

    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in records(count)).encode()
    begun = time.perf_counter()
    run = start_import(actor=SYSTEM, files=[("bench", content)], at_once=True)
    run = carry_out_import(actor=SYSTEM, run_id=run.pk)
    assert run.counts["records"] == count
    return time.perf_counter() - begun


def search_milliseconds() -> list[float]:
    """Every query several times through the whole page, rendering included."""
    from django.conf import settings
    from django.test import Client

    # Addresses of style sheets without their hashes: nothing was collected here.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    times: list[float] = []
    for turn in range(ROUNDS):
        for query in QUERIES:
            begun = time.perf_counter()
            answer = client.get(f"/tim-kiem/{query}")
            if turn:
                times.append(1000 * (time.perf_counter() - begun))
            assert answer.status_code == 200
    return times


def main() -> int:
    """Measure and print; 1 when a goal was missed."""
    set_up()
    from motcua.casework.access.public import SYSTEM
    from motcua.subsystems.procedures.public import load_packages

    load_packages(actor=SYSTEM)
    table = Table()
    for count, most in COUNTS:
        table.line(f"import of {count:,} records", import_seconds(count), "s", most)
    times = sorted(search_milliseconds())
    p95 = times[int(0.95 * len(times))]
    table.line(f"search page over {COUNTS[-1][0]:,}: p95", p95, "ms", P95_MS)
    table.note(f"median {statistics.median(times):.1f} ms over {len(QUERIES)} queries")
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
