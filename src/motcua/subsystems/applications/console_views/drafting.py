"""The words of the draft result that an officer may mend before proposing it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.foundation.timesource import now
from motcua.subsystems.applications.dossiers import Dossier, form_of
from motcua.subsystems.applications.services.results import known_facts, result_data
from motcua.subsystems.applications.services.steps import Step

_ANSWER = re.compile(r"^=\s*(?:text\.)?([a-z][a-z0-9_]*)")
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
PREFIX = "result:"


@dataclass(slots=True)
class DraftField:
    """One text of the draft: where it stands in the data, and the question it comes from."""

    path: tuple[str, ...]
    label: str
    value: str
    was: str

    @property
    def name(self) -> str:
        """Its field in the form."""
        return PREFIX + ".".join(self.path)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "draft-" + "-".join(self.path)


def draft_fields(actor: Actor, dossier: Dossier) -> list[DraftField]:
    """Texts of the draft that come from answers, with their present wording."""
    template = dossier.package["result"].get("data", {})
    current = _current(actor, dossier)
    form, language = form_of(dossier.version), get_language() or "vi"
    found: list[DraftField] = []
    for path, question in _answers_in(template):
        value = _at(current, path)
        if question in form.fields and isinstance(value, str) and not _ISO_DATE.match(value):
            label = form.fields[question].label.in_language(language)
            found.append(DraftField(path, label, value, value))
    return found


def overrides(actor: Actor, dossier: Dossier, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the officer changed, as whole top-level parts of the result's data."""
    current = _current(actor, dossier)
    changed: dict[str, Any] = {}
    for name, text in typed.items():
        # What stood there when the page was drawn decides, so that a second press of the
        # button sends the same.
        if not name.startswith(PREFIX) or text == typed.get(f"was:{name}"):
            continue
        top, _dot, inner = name.removeprefix(PREFIX).partition(".")
        if not inner:
            changed[top] = text.strip()
            continue
        part = changed.setdefault(top, dict(current.get(top) or {}))
        part[inner] = text.strip()
    return changed


def _current(actor: Actor, dossier: Dossier) -> dict[str, Any]:
    """The data of the draft as it stands, else as the answers make it."""
    document = dossier.application.result
    if document is not None and document.state == "draft" and document.content:
        return dict(json.loads(document.content))
    template = dossier.package["result"].get("data", {})
    return dict(result_data(template, known_facts(Step(actor, dossier, {}, now()))))


def _answers_in(template: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in template.items():
        if isinstance(value, str) and (match := _ANSWER.match(value)):
            yield (key,), match.group(1)
        elif isinstance(value, Mapping):
            for inner, text in value.items():
                if isinstance(text, str) and (match := _ANSWER.match(text)):
                    yield (key, str(inner)), match.group(1)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
