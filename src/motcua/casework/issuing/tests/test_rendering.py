"""Documents as pages: every layout, every letter, PDF/A, and data that tries to be code."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from motcua.casework.issuing import fonts
from motcua.casework.issuing.errors import FontsMissing, TemplateDataMissing, UnknownTemplate
from motcua.casework.issuing.layouts import TYPST_DIR, layouts
from motcua.casework.issuing.rendering import preview, render, render_for_signing
from motcua.casework.issuing.tests.samples import FRAME, SAMPLES
from motcua.foundation.timesource import at_time

MM = 72 / 25.4


def pages_text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return [unicodedata.normalize("NFC", " ".join(t.split())) for t in texts]


def test_vietnamese_has_134_letters_beyond_ascii() -> None:
    letters = fonts.vietnamese_letters()
    assert len(letters) == len(set(letters)) == 134
    assert set("ẢẴỬỹđƯ") <= set(letters)


@pytest.mark.parametrize("face", range(4))
def test_every_face_of_the_print_font_holds_all_letters(face: int) -> None:
    assert fonts.missing_letters(fonts.body_fonts()[face], fonts.vietnamese_letters()) == ""


def test_the_hand_font_holds_all_letters() -> None:
    assert fonts.missing_letters(fonts.font_file(fonts.HAND_FONT), fonts.vietnamese_letters()) == ""


def test_a_letter_outside_the_font_is_reported() -> None:
    assert fonts.missing_letters(fonts.body_fonts()[0], "aش漢") == "ش漢" or "漢" in (
        fonts.missing_letters(fonts.body_fonts()[0], "a漢")
    )


def test_absent_fonts_are_said_plainly(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(fonts, "_PACKAGE", tmp_path)
    fonts.font_dir.cache_clear()
    try:
        with pytest.raises(FontsMissing):
            fonts.font_dir()
    finally:
        fonts.font_dir.cache_clear()


OF_SLICES = {"forms/hand-over", "payments/receipt", "results/certified-e-copy"}
"""Their files lie here because a signature's place is looked up here; their slices test them."""


def test_every_layout_has_a_sample() -> None:
    own = {x.key for x in layouts() if x.file.is_relative_to(TYPST_DIR)}
    assert own - OF_SLICES == set(SAMPLES)


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_a_layout_renders_as_pdf_a_2b_with_room_for_the_signature(key: str) -> None:
    result = render_for_signing(key, SAMPLES[key])
    assert result.pdf.startswith(b"%PDF-1.7")
    metadata = result.pdf.decode("latin-1")
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>B<", metadata)
    place = result.place("signer")
    assert place is not None
    page = pypdfium2.PdfDocument(result.pdf)[place.page]
    assert 0 < place.left < place.right < page.get_width()
    assert 0 < place.bottom < place.top < page.get_height()
    whole = " ".join(pages_text(result.pdf))
    assert "Độc lập - Tự do - Hạnh phúc" in whole
    assert "TRẦN QUỐC VƯỢNG" in whole or "Trần Quốc Vượng" in whole
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in whole


def test_all_accented_letters_come_back_out_of_the_page() -> None:
    letters = fonts.vietnamese_letters()
    chunks = " ".join(letters[i : i + 10] for i in range(0, 134, 10))
    text = " ".join(
        pages_text(render("results/letter", SAMPLES["results/letter"] | {"paragraphs": [chunks]}))
    )
    assert set(letters) <= set(text)


@pytest.mark.parametrize(
    "key", ["forms/01", "forms/02", "forms/03", "forms/04", "forms/05", "forms/06"]
)
def test_slips_are_a5_and_fit_one_page(key: str) -> None:
    document = pypdfium2.PdfDocument(render(key, SAMPLES[key]))
    assert len(document) == 1
    assert round(document[0].get_width() / MM) == 148
    assert round(document[0].get_height() / MM) == 210


def test_the_register_is_a4_and_repeats_its_head() -> None:
    pdf = render("forms/07", SAMPLES["forms/07"])
    document = pypdfium2.PdfDocument(pdf)
    assert (round(document[0].get_width() / MM), round(document[0].get_height() / MM)) == (297, 210)
    texts = pages_text(pdf)
    assert len(texts) > 1
    assert all("Mã hồ sơ" in t for t in texts[:2])
    assert texts[1].startswith("2 ")
    assert not texts[0].startswith("1 ")


def test_dates_below_ten_and_early_months_carry_a_zero() -> None:
    text = pages_text(render("results/letter", SAMPLES["results/letter"]))[0]
    assert "ngày 03 tháng 02 năm 2026" in text
    later = {**SAMPLES["results/letter"], "date": "2026-11-22"}
    assert "ngày 22 tháng 11 năm 2026" in pages_text(render("results/letter", later))[0]


def test_a_draft_says_so_and_has_no_number() -> None:
    draft = {**SAMPLES["results/letter"], "draft": True, "number": "", "date": ""}
    text = pages_text(render("results/letter", draft))[0]
    assert "DỰ THẢO" in text
    assert "...../UBND-TP" in text


@pytest.mark.parametrize(
    "evil",
    [
        '#panic("x")',
        "*đậm* _nghiêng_ `mã` $x$ <nhãn> @ai",
        '"); #read("/etc/passwd")',
        "= Tiêu đề\n- mục",
    ],
)
def test_what_a_citizen_typed_is_text_never_markup(evil: str) -> None:
    data = {
        **SAMPLES["forms/02"],
        "owner": {"name": evil, "identity": evil},
        "problems": [{"name": evil, "reason": evil}],
    }
    text = "".join(pages_text(render("forms/02", data)))
    assert re.sub(r"\s+", "", evil) in re.sub(r"\s+", "", text)


def test_missing_data_are_named() -> None:
    with pytest.raises(TemplateDataMissing) as error:
        render("forms/02", FRAME)
    assert set(error.value.fields) == {"dossier_code", "procedure", "problems"}


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        render("forms/99", FRAME)


def test_the_same_data_at_the_same_time_give_the_same_bytes() -> None:
    with at_time(dt.datetime(2026, 2, 3, 2, 0, tzinfo=dt.UTC)):
        first = render("results/letter", SAMPLES["results/letter"])
        assert render("results/letter", SAMPLES["results/letter"]) == first


def test_a_preview_is_pictures() -> None:
    assert preview("results/letter", SAMPLES["results/letter"], ppi=40)[0].startswith(b"\x89PNG")
