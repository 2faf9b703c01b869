"""Queues of this part.

- ``procedures.import`` — carries out an import of the national catalogue.
"""

from __future__ import annotations

from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.foundation.outbox.public import handles
from motcua.subsystems.procedures.imported.services import QUEUE, carry_out


@handles(QUEUE, in_transaction=False, lease_seconds=600, max_attempts=3)
def carry_out_import(payload: dict[str, Any]) -> None:
    """Read the files of one run. Repeating it takes up what is left."""
    carry_out(actor=SYSTEM, run_id=payload["run"])
