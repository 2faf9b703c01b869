"""This slice emits no events; it listens to every act on a dossier (see ``tasks``)."""

from __future__ import annotations

LISTENS_TO = "applications"
