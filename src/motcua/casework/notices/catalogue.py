"""The templates that are loaded: this part's own and those a slice adds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from motcua.casework.notices.rules import Template, parse_templates

_folders: list[Path] = [Path(__file__).parent / "data" / "templates"]


def add_templates(folder: Path) -> None:
    """Let a slice bring its own templates: a folder of TOML files (see ``data/templates``)."""
    if folder not in _folders:
        _folders.append(folder)
        templates.cache_clear()


@cache
def templates() -> dict[str, Template]:
    """Every template by key. Raises ValueError for a broken or doubled one, naming the file."""
    found: dict[str, Template] = {}
    for file in (file for folder in _folders for file in sorted(folder.glob("*.toml"))):
        try:
            loaded = parse_templates(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{file.name}: {error}") from error
        for template in loaded:
            if template.key in found:
                raise ValueError(f"{file.name}: {template.key} is written twice")
            found[template.key] = template
    return found


def template_of(key: str) -> Template:
    """Raises LookupError for a key nobody wrote."""
    try:
        return templates()[key]
    except KeyError:
        raise LookupError(f"no notice template {key!r}") from None
