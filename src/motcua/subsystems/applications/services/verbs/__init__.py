"""What each verb of a process does besides moving the dossier on."""

from motcua.subsystems.applications.services.verbs import (
    deciding,
    pausing,
    processing,
    receiving,
    returning,
)

__all__ = ["deciding", "pausing", "processing", "receiving", "returning"]
