"""No package that the house ships with may be under GPL or AGPL."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements" / "base.txt"
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE | re.IGNORECASE)


def licence_of(package: str) -> str:
    """What a package says of its licence, in all the places where it may say it."""
    about = metadata.metadata(package)
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    return " | ".join([about.get("License-Expression") or "", *classifiers])


def is_refused(licence: str) -> bool:
    """GPL and AGPL are refused unless another licence may be chosen; LGPL is used unchanged."""
    strong = re.search(r"\bA?GPL|GNU (Affero )?General Public", licence)
    weak_or_choice = re.search(r"LGPL|Lesser General Public|MIT|Apache|BSD|MPL| OR ", licence)
    return bool(strong) and not weak_or_choice


def test_the_lock_names_packages() -> None:
    assert len(NAME.findall(LOCK.read_text())) > 30


def test_nothing_shipped_is_under_gpl() -> None:
    bad: dict[str, str] = {}
    for package in NAME.findall(LOCK.read_text()):
        try:
            licence = licence_of(package)
        except metadata.PackageNotFoundError:
            continue
        if is_refused(licence):
            bad[package] = licence
    assert bad == {}


def test_the_guard_can_tell() -> None:
    assert is_refused("GPL-3.0-or-later")
    assert is_refused("License :: OSI Approved :: GNU Affero General Public License v3")
    assert not is_refused("LGPL-3.0-only")
    assert not is_refused("MIT OR GPL-2.0")


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for path in LOCK.parent.glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, path.name
    frontend = (LOCK.parents[1] / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in frontend
    assert '"integrity"' in frontend
