"""What a move gives back to the command that runs with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual, NotPossibleNow


@dataclass(frozen=True, slots=True)
class Turned:
    """A new token: whose turn it is now, and until when."""

    token_id: int
    step: str
    kind: str
    role: str
    agency_id: int | None
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """One move done. ``state`` is what the case becomes (None: unchanged); ``ended``: no
    token is left; ``verb`` is the command that runs with it; ``signals``: what could have taken
    the action by itself; ``awaits``: what may take one from here on."""

    case_id: int
    definition_id: int
    step: str
    action: str
    verb: str
    state: str | None
    tokens: tuple[Turned, ...]
    ended: bool
    signals: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()

    @property
    def holder(self) -> Turned | None:
        """Whose turn the inbox shows: the first task, else whatever stands first."""
        tasks = (token for token in self.tokens if token.kind == "task")
        return next(tasks, next(iter(self.tokens), None))


class NoSuchAction(NotPossibleNow):
    """The step has no such action, or its condition does not hold for this case."""

    code = "no-such-action"
    message = Bilingual(
        "Thao tác “{action}” không thực hiện được ở bước này.",
        "The action “{action}” is not possible in this step.",
    )


class UnknownAgency(NotPossibleNow):
    """The process names an agency that does not exist; an administrator must found it first."""

    code = "process-names-unknown-agency"
    message = Bilingual(
        "Quy trình gửi hồ sơ đến cơ quan “{unit}” không có trong danh mục.",
        "The process sends the case to “{unit}”, which is not in the register of agencies.",
    )
    advice = Bilingual(
        "Báo quản trị viên bổ sung cơ quan hoặc công bố quy trình mới.",
        "Ask an administrator to add the agency or to publish a new process.",
    )
