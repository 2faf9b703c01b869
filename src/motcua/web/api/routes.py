"""Every route under ``/api/v1/``: a slice's routes come from the list in its ``api.py``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.urls import URLPattern
from django.utils.module_loading import module_has_submodule

from motcua.web.api import deadlines, health, places, verifying

SLICES = "motcua.subsystems."


@lru_cache(maxsize=1)
def described() -> tuple[URLPattern, ...]:
    """The routes that the OpenAPI document describes: the slices' in order of installation."""
    own = [*places.routes, *deadlines.routes, *verifying.routes, *health.routes]
    return (*_of_slices(), *own)


def _of_slices() -> Iterator[URLPattern]:
    for app in apps.get_app_configs():
        if app.name.startswith(SLICES) and module_has_submodule(app.module, "api"):
            yield from import_module(f"{app.name}.api").routes
