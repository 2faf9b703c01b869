"""Reading packages from folders; what cannot be read is named with its file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from motcua.casework.workflow.public import BrokenDrawing, from_bpmn
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.errors import BrokenPackage
from motcua.subsystems.procedures.rules import Problem

PACKAGE = "package.json"
OWN_PACKAGES = Path(__file__).parent / "data" / "packages"
"""The packages that come with the house."""


def package_folders(folder: Path) -> list[Path]:
    """The packages in a folder, in the order of their names; the folder itself if it is one.

    Raises:
        BrokenPackage: there is no such folder, or no package in it.
    """
    if (folder / PACKAGE).is_file():
        return [folder]
    found = sorted(path.parent for path in folder.glob(f"*/{PACKAGE}"))
    if not found:
        raise BrokenPackage(
            [
                _problem(
                    str(folder),
                    "không có thư mục này, hoặc trong đó không có gói nào (package.json)",
                    "there is no such folder, or no package (package.json) in it",
                )
            ]
        )
    return found


def read_package(path: Path) -> dict[str, Any]:
    """``package.json`` with ``form.json`` and the process put in.

    The process is ``process.json``, or a drawing ``process.bpmn`` when that is absent; a
    group of procedures has none.

    Raises:
        BrokenPackage: naming each file that is missing or unreadable, with line and column,
            and each element of a drawing that cannot be taken.
    """
    problems: list[Problem] = []
    parts: dict[str, Any] = {}
    for name in ("package", "form"):
        parts[name] = _json(path / f"{name}.json", problems)
    drawing = path / "process.bpmn"
    if drawing.is_file() and not (path / "process.json").exists():
        parts["process"] = _drawing(drawing, problems)
    elif (path / "process.json").exists() or "group" not in (parts["package"] or {}):
        parts["process"] = _json(path / "process.json", problems)
    if problems:
        raise BrokenPackage(problems)
    return {**parts.pop("package"), **parts}


def _json(path: Path, problems: list[Problem]) -> Any:
    try:
        read = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        place = f"{path.name}:{error.lineno}:{error.colno}"
        problems.append(_problem(place, f"không phải JSON ({error.msg})", f"not JSON: {error.msg}"))
        return None
    except UnicodeDecodeError as error:
        place = f"{path.name}, byte {error.start}"
        problems.append(_problem(place, "không phải UTF-8", "not UTF-8"))
        return None
    except OSError as error:
        problems.append(_problem(path.name, "không đọc được tệp", f"{error.strerror}"))
        return None
    if not isinstance(read, dict):
        problems.append(_problem(path.name, "phải là một đối tượng JSON", "must be a JSON object"))
        return None
    return read


def _drawing(path: Path, problems: list[Problem]) -> Any:
    try:
        return from_bpmn(path.read_bytes())
    except BrokenDrawing as error:
        problems += [
            Problem(f"{path.name}#{fault.element}", fault.message) for fault in error.faults
        ]
        return None


def _problem(place: str, vi: str, en: str) -> Problem:
    return Problem(place, Bilingual(f"{vi}.", f"{en}."))
