"""Tables of queries and what they must find. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import random
import unicodedata

import pytest
from django.db import connection

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import merge_agencies
from motcua.casework.search.engine import rebuild
from motcua.casework.search.public import find, index, index_many, remove, set_viewers
from motcua.casework.search.tests.corpus import entries
from motcua.casework.testing.makers import make_agency
from motcua.foundation.timesource import today

pytestmark = pytest.mark.django_db
PUBLIC = ("public",)
CITY = ("public", "city")


@pytest.fixture(autouse=True)
def corpus(db: None) -> None:
    index_many(entries())


def first(text: str, viewers: tuple[str, ...] = PUBLIC, kind: str = "procedure") -> str:
    hits = find(viewers, text, [kind])
    return hits[0].object_id if hits else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đăng ký khai sinh", "khai-sinh"),
        ("dang ky khai sinh", "khai-sinh"),
        ("DANG KY KHAI SINH", "khai-sinh"),
        ("đăng kí khai sinh", "khai-sinh"),
        ("khai sinh lại", "khai-sinh-lai"),
        ("khai tử", "khai-tu"),
        ("khai tu", "khai-tu"),
        ("kết hôn", "ket-hon"),
        ("hôn nhân", "hon-nhan"),
        ("tinh trang hon nhan", "hon-nhan"),
        ("hộ kinh doanh", "ho-kinh-doanh"),
        ("thành lập hộ kinh doanh", "ho-kinh-doanh"),
        ("mở quán ăn", "ho-kinh-doanh"),
        ("xây nhà", "nha-o"),
        ("sổ đỏ", "nha-o"),
        ("lương hưu", "tro-cap"),
        ("hoà giải", "hoa-giai"),
        ("hòa giải", "hoa-giai"),
        ("thuỷ lợi", "thuy-loi"),
        ("thủy lợi", "thuy-loi"),
        ("kí túc xá", "ky-tuc"),
        ("i tế", "y-te"),
        ("y tế", "y-te"),
        ("chứng thực chữ kí", "chu-ky"),
        ("karaoke", "karaoke"),
    ],
)
def test_with_and_without_accents(text: str, expected: str) -> None:
    assert first(text) == expected
    assert first(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k", True),
        ("kh", True),
        ("khai si", True),
        ("đăng ký kha", True),
        ("dang ky khai sin", True),
        ("đăng ký khai sính", True),
    ],
)
def test_as_you_type(text: str, expected: bool) -> None:
    assert ("khai-sinh" in {hit.object_id for hit in find(PUBLIC, text, limit=100)}) is expected


def test_words_of_the_body_count_without_accents_too() -> None:
    assert "nha-o" in {hit.object_id for hit in find(PUBLIC, "so do")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khai sihn", "khai-sinh"),
        ("dang ky khia sinh", "khai-sinh"),
        ("khaisinh", "khai-sinh"),
        ("đăng ký khai sjnh", "khai-sinh"),
        ("kêts hôn", "ket-hon"),
        ("kết hônn", "ket-hon"),
        ("hôn nhâm", "hon-nhan"),
        ("karaoker", "karaoke"),
        ("karoake", "karaoke"),
        ("khuyets tat", "khuyet-tat"),
        ("chưng thưc chũ ky", "chu-ky"),
        ("giay phep xay dưng nha ơ", "nha-o"),
        ("tro cap huu tri xa hoi hang thnag", "tro-cap"),
        ("tách thủa", "tach-thua"),
        ("thủ tục làm khai tử cho bà", "khai-tu"),
        ("xin cấp giấy xác nhận tình trạng hôn nhân gấp", "hon-nhan"),
    ],
)
def test_typing_errors_and_needless_words_are_forgiven(text: str, expected: str) -> None:
    assert first(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "   ", "?!", "xyzzy", "qwertyuiop asdfgh", "'; DROP TABLE x; --", '"*', "\\", "a" * 5000],
)
def test_nonsense_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert find(PUBLIC, text) == []


def test_no_text_whatever_breaks_a_query() -> None:
    dice = random.Random(7)
    pools = [
        "\u0300\u0309đưỳ",
        "𞤀中文Ω",
        "'\"*()-:^{}\\|&!<>",
        "az09 ",
        "\x00\x01\u200b\ufeff",
        "İßſﬁ",
    ]
    for _ in range(300):
        text = "".join(dice.choice(dice.choice(pools)) for _ in range(dice.randint(1, 15)))
        find(PUBLIC, text)
        index("noise", "1", text, text, viewers=("public",))


def test_exact_accents_come_first() -> None:
    assert [hit.object_id for hit in find(CITY, "Nguyễn Văn An", ["dossier"])] == ["2", "1"]
    assert [hit.object_id for hit in find(CITY, "Nguyễn Văn Ân", ["dossier"])] == ["1", "2"]
    both = {"1", "2"}
    assert {hit.object_id for hit in find(CITY, "nguyen van an", ["dossier"])} == both


def test_y_and_i_are_one_letter_where_spelling_varies() -> None:
    for text in ("Quý", "quí", "QUY", "tran thi qui"):
        assert {hit.object_id for hit in find(CITY, text, ["dossier"])} == {"3", "4"}, text
    assert first("mĩ", CITY, "dossier") == "6"


@pytest.mark.parametrize(
    "text",
    [
        "H29.193-261121-0001",
        "h29.193-261121-0001",
        "H2919326112",
        "261121-0001 quý",
        "h29 193 261121",
    ],
)
def test_a_dossier_is_found_by_its_code(text: str) -> None:
    assert "3" in {hit.object_id for hit in find(CITY, text, ["dossier"])}


@pytest.mark.parametrize(
    ("viewers", "seen"),
    [
        (("public",), set()),
        (("public", "p:1"), {"1"}),
        (("public", "a:1"), {"1", "2", "3"}),
        (("public", "a:2", "p:1"), {"1", "3", "4", "5"}),
        (("public", "a:12"), set()),
        (("public", "city"), {"1", "2", "3", "4", "5", "6"}),
        ((), set()),
    ],
)
def test_nobody_finds_what_they_may_not_see(viewers: tuple[str, ...], seen: set[str]) -> None:
    assert {hit.object_id for hit in find(viewers, "khai sinh", ["dossier"])} == seen
    assert {hit.object_id for hit in find(viewers, "khai sihn", ["dossier"])} == seen


def test_words_of_a_text_open_nothing() -> None:
    index("dossier", "9", "va1 vcity kprocedure vpublic", viewers=("p:9",))
    assert find(("a:1", "city", "public"), "va1 vcity") == []
    assert first("vcity", ("p:9",), "dossier") == "9"


def test_an_entry_is_replaced_reopened_and_removed() -> None:
    index("note", "1", "Biên bản kiểm tra", viewers=("a:1",), data={"n": 1})
    index("note", "1", "Biên bản nghiệm thu", viewers=("a:1",), data={"n": 2})
    assert find(("a:1",), "kiểm tra", ["note"]) == []
    (hit,) = find(("a:1",), "nghiệm thu", ["note"])
    assert (hit.data, hit.title, hit.mended) == ({"n": 2}, "Biên bản nghiệm thu", False)
    set_viewers("note", "1", ("a:2",))
    assert find(("a:1",), "nghiệm thu", ["note"]) == []
    assert len(find(("a:2",), "nghiệm thu", ["note"])) == 1
    assert remove("note", ["1"]) == 1
    assert find(("a:2",), "nghiệm thu", ["note"]) == []


def test_a_plain_query_is_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        find(PUBLIC, "khai sinh", limit=3)
    with django_assert_num_queries(2):
        find(PUBLIC, "chứng thực chữ ký", limit=20)


def test_the_permission_filter_uses_the_index() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("plans are PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM search_searchentry WHERE words_vector @@ '''khai'''::tsquery"
            " AND scope_vector @@ '''va1'''::tsquery"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_entry_gin" in plan
    assert "scope_vector" in plan


def test_a_search_is_narrowed_by_tags() -> None:
    index("thing", "1", "Giấy phép bán rượu", viewers=("public",), tags=("field:công thương",))
    index(
        "thing", "2", "Giấy phép xây dựng", viewers=("public",), tags=("field:xây dựng", "life:nha")
    )
    all_found = find(("public",), "giay phep", ["thing"])
    narrowed = find(("public",), "giay phep", ["thing"], tags=("field:xây dựng", "life:nha"))
    assert {hit.object_id for hit in all_found} == {"1", "2"}
    assert [hit.object_id for hit in narrowed] == ["2"]
    assert find(("public",), "giay phep", ["thing"], tags=("field:x",)) == []


def test_a_new_kind_is_found_at_once_and_kinds_of_one_mark_stay_apart() -> None:
    assert find(("public",), "Z-7788") == []
    index("kx", "1", "Lô Z-7788", viewers=("public",))
    assert [hit.kind for hit in find(("public",), "Z-7788")] == ["kx"]
    index("kxyz", "2", "Lô Z-7788", viewers=("public",))
    assert [hit.kind for hit in find(("public",), "z7788", ["kxyz"])] == ["kxyz"]


def test_the_index_is_made_anew_from_the_entries() -> None:
    index("thing", "1", "Giấy phép bán rượu", viewers=("public",))
    rebuild(connection)
    assert [hit.object_id for hit in find(("public",), "ruou", ["thing"])] == ["1"]
    index("thing", "1", "Giấy phép karaoke", viewers=("public",))
    assert find(("public",), "ruou", ["thing"]) == []


def test_a_successor_finds_what_its_predecessor_could_and_nobody_else() -> None:
    old, new = make_agency("Phường Cũ").pk, make_agency("Phường Mới").pk
    index("application", "1", "Khai sinh Nguyễn Văn Tìm", viewers=[f"a:{old}"])
    index("application", "2", "Khai sinh Nguyễn Văn Tìm", viewers=[f"a:{old}", f"a:{new}"])
    index("application", "3", "Khai sinh Nguyễn Văn Tìm", viewers=[f"a:{old}9"])
    before = {hit.object_id for hit in find((f"a:{new}",), "văn tìm")}
    assert before == {"2"}
    merge_agencies(
        actor=SYSTEM,
        predecessor_id=old,
        successor_id=new,
        effective_on=today(),
        decision="NQ",
    )
    hits = find((f"a:{new}",), "văn tìm", ["application"])
    assert {hit.object_id for hit in hits} == {"1", "2"}
    assert {hit.object_id for hit in find((f"a:{old}",), "văn tìm")} == {"1", "2"}
