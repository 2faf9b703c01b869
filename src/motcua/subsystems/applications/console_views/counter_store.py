"""At the counter: the applicant agrees, and a paper of their store is used again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from motcua.casework.attachments.public import UploadRefused, agree_to_look, take_at_counter
from motcua.foundation.errors import Bilingual, NotFound
from motcua.subsystems.applications.console_views.counter_draft import CounterDraft
from motcua.subsystems.applications.console_views.counter_papers import visitor_of

GONE = Bilingual(
    "Giấy tờ này không dùng lại được nữa. Hãy quét bản giấy.",
    "This paper can no longer be used again. Scan the paper itself.",
)


def use_store(posted: Mapping[str, str], draft: CounterDraft) -> dict[str, Bilingual]:
    """Do what the buttons of the store ask: ``agree``, or ``take`` = ``<paper>:<uid>``."""
    if "agree" in posted:
        with suppress(NotFound):
            agree_to_look(actor=draft.actor, visitor=visitor_of(draft))
    component, _colon, uid = posted.get("take", "").rpartition(":")
    present = draft.answers()
    wanted = {paper.id for paper in draft.papers(present.answers if present else {})}
    if component not in wanted:
        return {}
    try:
        take_at_counter(
            actor=draft.actor, visitor=visitor_of(draft), uid=UUID(uid), component_code=component
        )
    except (NotFound, ValueError):
        return {f"paper-{component}": GONE}
    except UploadRefused as error:
        return {f"paper-{component}": error.text()}
    return {}
