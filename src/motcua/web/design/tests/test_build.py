"""The built front end: weight, stamps, and what may not be in it."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from motcua.web.design import build

KILOBYTE = 1024


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build.build()


def packed(*names: str) -> float:
    return sum(len(gzip.compress((build.DIST / n).read_bytes())) for n in names) / KILOBYTE


def test_the_first_view_stays_light():
    assert packed("app.css") <= 30
    assert packed("app.css", "app.js", "icons.svg", "mark.svg") <= 45


def test_nothing_is_built_twice():
    assert build.build() is False


def test_a_changed_source_changes_the_fingerprint(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    file = tmp_path / "a.css"
    file.write_text("a{}")
    before = build.digest([file])
    file.write_text("b{}")
    assert build.digest([file]) != before


def test_the_lock_names_packages_by_hash_and_no_address():
    lock = json.loads((build.FRONTEND / "package-lock.json").read_text())
    packages = {k: v for k, v in lock["packages"].items() if k}
    assert packages
    assert all("integrity" in package for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def test_every_icon_used_in_a_template_is_in_the_sprite():
    known = set(re.findall(r'id="([a-z0-9-]+)"', (build.DIST / "icons.svg").read_text()))
    used: dict[str, str] = {}
    for path in build.WEB.parent.rglob("*.html"):
        for name in re.findall(r'\{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8")):
            used[name] = path.name
        for name in re.findall(r' icon(?:_after)?="([a-z0-9-]+)"', path.read_text("utf-8")):
            used[name] = path.name
    assert {name: file for name, file in used.items() if name not in known} == {}


def test_dark_by_choice_and_dark_by_machine_are_the_same_colours():
    css = (build.WEB / "static_src" / "css" / "tokens.css").read_text()
    chosen = re.search(r'\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    asked = re.search(
        r'prefers-color-scheme: dark\) \{\s*\[data-theme="auto"\] \{(.*?)\}', css, re.DOTALL
    )
    assert chosen
    assert asked
    assert chosen[1].split() == asked[1].split()
