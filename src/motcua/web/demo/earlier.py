"""The versions of procedures that were in force before the merger of 1 July 2025.

The packages of the house describe the law of today. A dossier of 2024 must rest on a
version of its own time: it has the same form and steps, but names only bases that were in
force then, and says of each rule that nobody has compared it with the text of the time.
Procedures without such a version cannot be filed in the demo before the merger.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.subsystems.procedures.public import (
    OWN_PACKAGES,
    Procedure,
    load_packages,
    read_package,
)

RULES: dict[str, Any] = json.loads((Path(__file__).parent / "data/earlier.json").read_text("utf-8"))


def publish_earlier() -> None:
    """Publish them in an empty catalogue; must come before the versions of today."""
    if Procedure.objects.exists():
        return
    with TemporaryDirectory(prefix="motcua-earlier-") as folder:
        for code in RULES["procedures"]:
            place = Path(folder) / code
            place.mkdir()
            document = earlier(read_package(OWN_PACKAGES / code))
            for part in ("form", "process"):
                (place / f"{part}.json").write_text(json.dumps(document.pop(part)), "utf-8")
            (place / "package.json").write_text(json.dumps(document), "utf-8")
        load_packages(actor=SYSTEM, folder=Path(folder))


def earlier(document: dict[str, Any]) -> dict[str, Any]:
    """A package as it would have read until 30 June 2025, every rule unconfirmed."""
    kept = [row for row in document["legal_bases"] if row["document"] not in RULES["drop"]]
    old_bases = [row for row in kept if row["document"] not in RULES["replace"]]
    changed: dict[str, Any] = _as_then(document) | {
        "version": 1,
        "decision": "",
        "valid_from": RULES["valid_from"],
        "valid_to": RULES["valid_to"],
        "legal_bases": [*old_bases, RULES["one_stop"]],
    }
    return changed


def _as_then(value: Any) -> Any:
    if isinstance(value, dict):
        made: dict[str, Any] = {key: _as_then(one) for key, one in value.items()}
        return made | {"confirmed": False} if "confirmed" in made else made
    if isinstance(value, list):
        return [_as_then(one) for one in value]
    if isinstance(value, str):
        for now, then in RULES["replace"].items():
            value = value.replace(now, then)
    return value
