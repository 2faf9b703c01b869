"""Rules over what is registered when everything is loaded: routes, models, queues, errors."""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from django.db.models import ForeignKey, ManyToManyField, Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.casework.access.public import declared_permissions
from motcua.foundation.errors import DomainError, all_errors
from motcua.foundation.outbox.registry import HANDLERS, SUBSCRIBERS
from motcua.web.reference.code import (
    PACKAGE,
    documented_topics,
    emitted_topics,
    import_everything,
    used_queues,
)
from motcua.web.reference.pages import PAGES, house_models

ROOT = Path(__file__).parents[2]
AUDIENCES = {"public", "citizen", "official", "admin", "client", "demo"}
DATA_CLASSES = {"public", "internal", "personal", "secret"}
KERNEL = {"casework", "foundation"}

import_everything()


def is_ours(module: str) -> bool:
    """Whether this is a module of the house and not one of its tests."""
    return module.startswith("motcua.") and "tests" not in module.split(".")


def nothing(found: Iterable[object]) -> None:
    """Fail with the whole list, one to a line."""
    lines = sorted({str(item) for item in found})
    assert not lines, f"{len(lines)} found:\n  " + "\n  ".join(lines)


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield path, pattern


def test_every_route_says_who_it_is_for():
    silent = []
    for path, pattern in routes(get_resolver()):
        view = pattern.callback
        if not view.__module__.startswith("motcua."):
            silent.append(f"{path}: {view.__module__} is not ours; wrap it with an audience")
        elif getattr(view, "audience", None) not in AUDIENCES:
            silent.append(f"{path}: {view.__module__}.{view.__qualname__}")
    nothing(silent)


@pytest.mark.parametrize("model", house_models(), ids=lambda m: m._meta.label)
def test_every_model_names_its_law_its_class_and_its_retention(model: type[Model]):
    own = vars(model)
    assert isinstance(own.get("legal_basis"), str)
    assert own["legal_basis"].strip()
    assert own.get("data_class") in DATA_CLASSES
    assert isinstance(own.get("retention"), str)
    assert own["retention"].strip()
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def _place(model: type[Model]) -> tuple[str, str]:
    """Band and part of a model."""
    names = model.__module__.split(".")
    return names[1], ".".join(names[1:3])


@pytest.mark.parametrize("model", house_models(), ids=lambda m: m._meta.label)
def test_foreign_keys_point_home_or_into_the_kernel(model: type[Model]):
    band, part = _place(model)
    wrong = []
    for field in model._meta.get_fields(include_parents=False):
        if not isinstance(field, (ForeignKey, ManyToManyField)):
            continue
        target = field.related_model
        if not target.__module__.startswith("motcua."):
            wrong.append(f"{field.name} → {target._meta.label}")
            continue
        there, other = _place(target)
        if other == part or (there in KERNEL and band != "foundation"):
            continue
        wrong.append(f"{field.name} → {target._meta.label}")
    nothing(wrong)


def test_every_queue_has_a_consumer():
    nothing([use for use in used_queues() if use.name not in HANDLERS])


def test_every_consumer_says_what_it_does():
    silent = [
        name
        for name, handler in HANDLERS.items()
        if is_ours(handler.function.__module__) and not handler.function.__doc__
    ]
    nothing(silent)


def test_every_emitted_event_is_documented():
    known = documented_topics()
    nothing([f"{u.name} ({u.source})" for u in emitted_topics() if u.name not in known])


def test_every_documented_or_awaited_event_is_emitted():
    emitted = {use.name for use in emitted_topics()}
    awaited = {
        topic
        for topic, names in SUBSCRIBERS.items()
        if any(is_ours(HANDLERS[name].function.__module__) for name in names)
    }
    nothing(documented_topics().keys() - emitted)
    nothing(awaited - emitted)


def house_errors() -> list[type[DomainError]]:
    found = dict.fromkeys(all_errors())
    return [error for error in found if is_ours(error.__module__)]


def test_error_codes_are_unique_and_well_formed():
    codes = Counter(error.code for error in house_errors())
    nothing([code for code, times in codes.items() if times > 1])
    nothing([code for code in codes if not re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", code)])


@pytest.mark.parametrize("error", house_errors(), ids=lambda e: e.code)
def test_errors_speak_both_languages_and_say_what_to_do(error: type[DomainError]):
    for text in (error.message, error.advice):
        assert text.vi.strip()
        assert text.en.strip()
        assert _fields(text.vi) == _fields(text.en)
    assert 400 <= error.status < 600


def _fields(text: str) -> set[str]:
    """Field names; ``reason_vi`` and ``reason_en`` are the same field in two languages."""
    names = (name for _, name, _, _ in string.Formatter().parse(text) if name)
    return {name.removesuffix("_vi").removesuffix("_en") for name in names}


def test_permissions_are_asked_for():
    """A declared permission that no code names a second time protects nothing."""
    text = "\n".join(
        path.read_text() for path in PACKAGE.rglob("*.py") if "tests" not in path.parts
    )
    nothing(
        permission.code
        for permission in declared_permissions()
        if not permission.code.startswith("test.") and not _asked_for(permission.code, text)
    )


def _asked_for(code: str, text: str) -> bool:
    """Named twice as a literal, or through a constant that is used besides its declaration."""
    if text.count(f'"{code}"') >= 2:
        return True
    constants = re.findall(rf'(?m)^(\w+) = "{re.escape(code)}"$', text)
    return any(len(re.findall(rf"\b{name}\b", text)) >= 3 for name in constants)


def templates() -> list[str]:
    found = []
    for folder in PACKAGE.rglob("templates"):
        if folder.is_dir() and "node_modules" not in folder.parts:
            found += [
                str(path.relative_to(folder))
                for path in folder.rglob("*")
                if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".svg"}
            ]
    return sorted(set(found))


@pytest.mark.parametrize("name", templates())
def test_every_template_compiles(name: str):
    try:
        get_template(name)
    except TemplateDoesNotExist as error:
        pytest.fail(f"{name} wants {error}")


def test_migrations_are_complete():
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "1"],
        env={
            **os.environ,
            "PYTHONPATH": str(PACKAGE.parent),
            "DJANGO_SETTINGS_MODULE": "motcua.web.settings.testing",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> dict[str, str]:
    """The pages as a fresh process makes them: what other tests register does not count."""
    folder = tmp_path_factory.mktemp("reference")
    done = subprocess.run(
        [sys.executable, "-m", "motcua.web.reference", str(folder)],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_up_to_date(name: str, pages: dict[str, str]):
    path = ROOT / "docs" / "reference" / name
    assert path.exists(), "run: python -m motcua.web.reference"
    lines = unified_diff(path.read_text().splitlines(), pages[name].splitlines(), lineterm="", n=0)
    changed = [line for line in lines if line[0] in "+-"]
    assert not changed, f"{name} lags: run python -m motcua.web.reference\n" + "\n".join(changed)


def test_every_error_and_permission_stands_in_the_reference(pages: dict[str, str]):
    nothing(e.code for e in house_errors() if f"`{e.code}`" not in pages["errors.md"])
    nothing(
        p.code
        for p in declared_permissions()
        if f"`{p.code}`" not in pages["permissions.md"] and not p.code.startswith("test.")
    )
