"""What a slip of a dossier says, for who may open the dossier."""

from __future__ import annotations

import json
from typing import Any

from motcua.casework.access.public import Actor, visible_to
from motcua.foundation.errors import NotFound
from motcua.subsystems.applications.models import Slip


def slip_content(actor: Actor, code: str, form: str) -> dict[str, Any]:
    """The content of a dossier's newest slip of a form (``01`` to ``07``). One statement.

    Raises:
        NotFound: no such slip, or the dossier is not open to the actor.
    """
    rows = Slip.objects.filter(
        visible_to(actor, "case_id"), case__code=code.strip().upper()[:40], form=form[:2]
    )
    slip = rows.order_by("-seq").first()
    if slip is None:
        raise NotFound
    return json.loads(slip.data)
