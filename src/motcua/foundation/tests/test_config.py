"""The reference of settings is complete and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motcua.foundation import config

SETTINGS = Path(config.__file__).parents[1] / "web" / "settings"
_USE = re.compile(r"(?:environ(?:\.get\(|\.setdefault\(|\[)|_secret\()\"([A-Z_]+)\"")


def _used() -> set[str]:
    return {name for file in SETTINGS.glob("*.py") for name in _USE.findall(file.read_text())}


def test_every_variable_the_settings_read_is_declared() -> None:
    assert len(_used()) > 20
    assert {name for name in _used() if not config.is_declared(name)} == set()


@pytest.mark.parametrize("setting", list(config.declared()), ids=lambda s: s.name)
def test_each_setting_is_explained_in_both_languages(setting: config.Setting) -> None:
    assert setting.doc.vi.endswith(".")
    assert setting.doc.en.endswith(".")
    assert setting.doc.vi != setting.doc.en


def test_keys_and_passwords_are_marked_secret() -> None:
    secret = {setting.name for setting in config.declared() if setting.secret}
    assert {"MOTCUA_SECRET_KEY", "MOTCUA_DATA_KEYS", "MOTCUA_SMTP_PASSWORD"} <= secret


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_reference_table_has_one_row_a_setting(language: str) -> None:
    lines = config.reference_table(language).splitlines()
    assert len(lines) == 2 + len(list(config.declared()))
    assert all(len(re.split(r"(?<!\\)\|", line)) == 6 for line in lines)


def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        config.declare("DATABASE_URL", "", "x", "y")
