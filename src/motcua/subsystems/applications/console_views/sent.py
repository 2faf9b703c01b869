"""What an official sends with an action, and the fields that ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from motcua.casework.workflow.public import Possible


@dataclass(slots=True)
class Ask:
    """One field of an action's form. ``kind`` picks how it is drawn."""

    kind: str
    name: str
    label: str = ""
    value: Any = ""
    hint: str = ""
    optional: bool = False
    options: Sequence[tuple[str, str]] = ()
    rows: Sequence[Any] = ()
    id: str = ""
    error: str = ""


@dataclass(slots=True)
class Sent:
    """What an official sent with an action, so that nothing typed is lost."""

    action: str = ""
    token_id: int = 0
    version: int | None = None
    key: str = ""
    back: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    ticked: tuple[str, ...] = ()

    @classmethod
    def read(cls, posted: QueryDict) -> Sent:
        """From the posted form."""
        token, version = posted.get("token_id", ""), posted.get("expected_version", "")
        return cls(
            posted.get("action", ""),
            int(token) if token.isdecimal() else 0,
            int(version) if version.isdecimal() else None,
            posted.get("key", "")[:64],
            posted.get("back", ""),
            {name: str(value) for name, value in posted.items()},
            tuple(posted.getlist("item")),
        )

    def text(self, name: str) -> str:
        """One typed text."""
        return self.values.get(name, "")

    def is_for(self, possible: Possible) -> bool:
        """Whether this was sent for that action."""
        return self.action == possible.action and self.token_id == possible.token_id
