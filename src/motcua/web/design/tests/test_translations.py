"""The translation tool, on a small tree of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.web import i18n


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    part = tmp_path / "casework" / "cases"
    (part / "templates").mkdir(parents=True)
    (tmp_path / "web").mkdir()
    (part / "apps.py").write_text("")
    (tmp_path / "web" / "views.py").write_text('_("Đóng")\n')
    (part / "views.py").write_text('_("Đóng")\nngettext("%(n)s tệp", "%(n)s tệp", n)\n')
    (part / "templates" / "a.html").write_text(
        "{% load i18n %}\n  <p>{% blocktranslate %}Chào {{ name }}{% endblocktranslate %}</p>\n"
    )
    monkeypatch.setattr(i18n, "PACKAGE", tmp_path)
    monkeypatch.setattr(i18n, "SHARED", tmp_path / "web")
    return tmp_path


def fill(path: Path, **english: str) -> None:
    text = path.read_text(encoding="utf-8")
    for vietnamese, translated in english.items():
        text = text.replace(
            f'msgid "{vietnamese}"\nmsgstr ""', f'msgid "{vietnamese}"\nmsgstr "{translated}"'
        )
    path.write_text(text, encoding="utf-8")


def test_texts_go_to_their_part_and_shared_ones_are_not_repeated(house: Path):
    assert i18n.extract() == 3
    shared = (house / "web" / i18n.FILE).read_text()
    own = (house / "casework" / "cases" / i18n.FILE).read_text()
    assert 'msgid "Đóng"' in shared
    assert 'msgid "Đóng"' not in own
    assert "Chào %(name)s" in own
    assert 'msgid_plural "%(n)s tệp"' in own


def test_a_translation_outlives_the_next_extraction(house: Path):
    i18n.extract()
    fill(house / "web" / i18n.FILE, Đóng="Close")
    assert i18n.extract() == 2
    assert 'msgstr "Close"' in (house / "web" / i18n.FILE).read_text()


def test_the_check_names_what_is_missing_and_what_differs(house: Path):
    assert any("run extract" in problem for problem in i18n.check())
    i18n.extract()
    fill(house / "web" / i18n.FILE, Đóng="Close")
    path = house / "casework" / "cases" / i18n.FILE
    path.write_text(
        path.read_text().replace('"Chào %(name)s"\nmsgstr ""', '"Chào %(name)s"\nmsgstr "Hello"')
    )
    problems = i18n.check()
    assert len(problems) == 2
    assert any("no English" in problem for problem in problems)
    assert any("placeholders" in problem for problem in problems)


def test_compiling_touches_only_what_is_older(house: Path):
    i18n.extract()
    fill(house / "web" / i18n.FILE, Đóng="Close")
    assert i18n.compile_all() == 2
    assert i18n.compile_all() == 0
