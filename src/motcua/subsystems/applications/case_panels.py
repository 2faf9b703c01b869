"""What other slices add to the page of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.access.public import Actor
from motcua.foundation.errors import Bilingual


@dataclass(frozen=True, slots=True)
class Panel:
    """A fold of the page. The template finds ``data`` under the name ``panel``."""

    name: Bilingual
    template: str
    data: Mapping[str, Any]
    open: bool = False


Builder = Callable[[Actor, Any], Panel | None]
_builders: dict[str, Builder] = {}


def offer_panel(key: str, build: Builder) -> None:
    """Let ``build(actor, case)`` add a fold; None adds nothing. The same key replaces."""
    _builders[key] = build


def panels_of(actor: Actor, case: Any) -> list[Panel]:
    """The folds for one reader, in the order of their keys."""
    found = (build(actor, case) for _key, build in sorted(_builders.items()))
    return [panel for panel in found if panel is not None]
