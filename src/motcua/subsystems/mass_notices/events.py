"""This slice emits no events of its own; each notice emits ``notices.created``."""

from __future__ import annotations
