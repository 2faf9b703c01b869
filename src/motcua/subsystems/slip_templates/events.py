"""This slice emits no events."""

from __future__ import annotations
