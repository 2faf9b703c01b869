"""Searching the catalogue: with accents, without, mistyped, narrowed; also beside dossiers."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.inbox import NUMBERS
from bench.table import Table, set_up

PROCEDURES = 2642
ROUNDS = 400
ACTS = (
    "Đăng ký", "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Thu hồi", "Điều chỉnh", "Thông báo",
    "Công nhận", "Phê duyệt", "Thẩm định", "Xác nhận", "Chấm dứt", "Tạm ngừng", "Hỗ trợ",
)  # fmt: skip
THINGS = (
    "khai sinh", "khai tử", "kết hôn", "giám hộ", "nhận cha, mẹ, con", "thay đổi hộ tịch",
    "giấy phép xây dựng nhà ở riêng lẻ", "giấy phép bán lẻ rượu",
    "giấy chứng nhận quyền sử dụng đất", "hộ kinh doanh", "doanh nghiệp tư nhân", "hợp tác xã",
    "giấy phép lái xe", "phiếu lý lịch tư pháp", "chứng chỉ hành nghề khám bệnh, chữa bệnh",
    "giấy phép kinh doanh karaoke", "trợ cấp hưu trí xã hội", "mức độ khuyết tật",
    "chi phí mai táng", "giấy chứng nhận an toàn thực phẩm", "giấy phép môi trường", "tàu cá",
    "phương tiện thuỷ nội địa", "cơ sở giáo dục mầm non", "trung tâm ngoại ngữ", "luật sư",
    "công chứng viên", "giám định viên tư pháp", "con nuôi", "quốc tịch Việt Nam", "thẻ căn cước",
    "hộ chiếu", "thường trú", "tạm trú", "vũ khí, vật liệu nổ", "ngành, nghề đầu tư có điều kiện",
    "quảng cáo", "xuất bản phẩm", "di sản văn hoá", "câu lạc bộ thể thao", "giống cây trồng",
    "thuốc bảo vệ thực vật", "chăn nuôi trang trại", "khai thác nước dưới đất",
    "đấu nối đường bộ",
)  # fmt: skip
WAYS = (
    "", "có yếu tố nước ngoài", "lưu động", "đối với tổ chức", "đối với cá nhân",
    "tại khu vực biên giới", "trong khu công nghiệp", "do bị mất, hư hỏng",
    "theo thủ tục rút gọn", "lần đầu", "cho người có công với cách mạng",
    "thuộc thẩm quyền của Uỷ ban nhân dân cấp xã", "thuộc thẩm quyền của Sở",
    "trên địa bàn một tỉnh", "liên thông",
)  # fmt: skip
ASKED = (
    "đăng ký khai sinh", "dang ky khai sinh", "khai sinh co yeu to nuoc ngoai",
    "giấy phép xây dựng", "xay nha", "giay phep xay dung nha o", "hộ kinh doanh",
    "ho kinh doanh tam ngung", "karaoke", "cap lai giay phep lai xe", "lý lịch tư pháp",
    "ly lich tu phap", "tro cap huu tri", "khuyết tật", "mai tang", "an toan thuc pham",
    "nhận con nuôi", "luat su", "thẻ căn cước", "tam tru",
)  # fmt: skip
CODE = "1.00{:04}"


def titles() -> list[str]:
    """Names of the real catalogue, where its files are given, and plausible ones for the rest."""
    real = _real()
    rng = random.Random(2642)
    made = sorted(
        f"{act} {thing} {way}".strip() for act in ACTS for thing in THINGS for way in WAYS
    )
    rng.shuffle(made)
    return (real + made)[:PROCEDURES]


def _real() -> list[str]:
    """Names in the crawled JSON lines of the folder ``MOTCUA_BENCH_CATALOGUE``."""
    folder = os.environ.get("MOTCUA_BENCH_CATALOGUE", "")
    names: list[str] = []
    for path in sorted(Path(folder).glob("*.jsonl.gz")) if folder else ():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            names += [str(json.loads(line).get("ten_thu_tuc") or "") for line in lines]
    return [name for name in names if name]


def mistyped(text: str, rng: random.Random) -> str:
    """One letter of the longest word swapped, lost or doubled."""
    words = text.split()
    place = max(range(len(words)), key=lambda n: len(words[n]))
    word = words[place]
    at = rng.randrange(1, max(2, len(word) - 1))
    words[place] = rng.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
         word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if len(word) > at else word)
    )  # fmt: skip
    return " ".join(words)


def fill_dossiers(rows: int) -> None:
    """Entries of dossiers with SQL alone: five hundred names, codes, agencies."""
    from django.db import connection

    from motcua.casework.search.rules import index_words, scope_tokens, title_words

    rng = random.Random(7)
    family = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi")
    middle = ("Văn", "Thị", "Ngọc", "Minh", "Thanh", "Quốc", "Gia", "Đức", "Kim", "Hữu")
    given = ("An", "Bình", "Cường", "Dung", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh")
    names = [f"{rng.choice(family)} {rng.choice(middle)} {rng.choice(given)}" for _ in range(500)]
    kinds = (
        "Đăng ký khai sinh",
        "Cấp giấy phép xây dựng",
        "Đăng ký hộ kinh doanh",
        "Trợ cấp hưu trí",
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_name (n int, t text, tw text, w text)")
        for n, name in enumerate(names):
            body = kinds[n % len(kinds)]
            values = [n, name, title_words(name), index_words(name, body)]
            cursor.execute("INSERT INTO bench_name VALUES (%s, %s, %s, %s)", values)
        scope = scope_tokens("application", ())
        first = 10_000_000
        numbers = NUMBERS.format(first=first, last=first + rows - 1)
        cursor.execute(
            "INSERT INTO search_searchentry"
            " (kind, object_id, title, data, title_words, words, scope, indexed_at) "
            f"{numbers} SELECT 'application', 'bench-' || i, b.t, '{{}}', b.tw,"
            f" b.w || ' h29261118' || i, '{scope} va' || (i %% 336) || ' vcity', CURRENT_TIMESTAMP"
            " FROM n JOIN bench_name b ON b.n = i %% 500",
            [],
        )
        cursor.execute("ANALYZE")


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    set_up()
    from motcua.casework.search.public import Entry, find, index_many

    names = titles()
    fields = [f"field:l{n % 40}" for n in range(len(names))]
    index_many(
        Entry("procedure", CODE.format(n), name, name, ("public",), {"code": CODE.format(n)},
              (fields[n], f"agency:b{n % 22}", f"life:e{n % 12}"))
        for n, name in enumerate(names)
    )  # fmt: skip
    table = Table()
    measure(table, find, "alone")
    began = time.perf_counter()
    fill_dossiers(options.rows)
    print(f"  {options.rows:,} dossiers indexed in {time.perf_counter() - began:.0f} s")
    measure(table, find, f"beside {options.rows:,} dossiers")
    return 0 if table.met else 1


def plain() -> None:
    """The floor: every title read and compared with LIKE, no accents, no errors, no order."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, title FROM search_searchentry WHERE kind = 'procedure'"
            " AND title_words LIKE %s LIMIT 30",
            ["%khai sinh%"],
        )
        cursor.fetchall()


def measure(table: Table, find: Callable[..., list[Any]], where: str) -> None:
    """One mix of questions, in turns; the slowest twentieth counts."""
    rng = random.Random(1)
    public = ("public",)
    for text in ASKED:
        find(public, text, ["procedure"], limit=30)
    asked: dict[str, list[float]] = {"typed": [], "mistyped": [], "narrowed": []}
    floor: list[float] = []
    hits = 0
    for n in range(ROUNDS):
        text = ASKED[n % len(ASKED)]
        wrong = mistyped(text, rng)
        tags = (f"field:l{n % 40}", f"agency:b{n % 22}")
        asked["typed"].append(timed(lambda text=text: find(public, text, ["procedure"], limit=30)))
        asked["mistyped"].append(timed(lambda wrong=wrong: find(public, wrong, ["procedure"], 30)))
        asked["narrowed"].append(
            timed(lambda text=text, tags=tags: find(public, text, ["procedure"], 30, tags[:1]))
        )
        floor.append(timed(plain))
        hits += bool(find(public, wrong, ["procedure"], limit=1))
    everything = [value for values in asked.values() for value in values]
    beside = f"plain LIKE: p95 {p95(floor):.1f} ms, {p95(everything) / p95(floor):.1f} ×"
    table.line(f"search {where}: p95 of the mix", p95(everything), "ms", 50, beside=beside)
    table.note(", ".join(f"p95 {name} {p95(values):.1f} ms" for name, values in asked.items()))
    table.note(f"half of them within {statistics.median(everything):.1f} ms")
    table.line(f"search {where}: mistyped and found", hits / ROUNDS * 100, "%", 90, least=True)


if __name__ == "__main__":
    raise SystemExit(main())
