"""Answers the house already knows, each with where it comes from and how to correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.forms.rules.definition import Answers, FormDefinition
from motcua.casework.forms.rules.settling import is_empty
from motcua.foundation.errors import Bilingual


@dataclass(frozen=True, slots=True)
class PrefillSource:
    """Known values by key (``full_name``), as JSON values of the kinds the form expects."""

    values: Mapping[str, Any]
    origin: Bilingual
    correct_at: str = ""
    """Address of the page where the person can have the source itself corrected."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one prefilled answer came from, and what it was then."""

    source: str
    key: str
    origin: Bilingual
    correct_at: str
    value: Any

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "key": self.key,
            "vi": self.origin.vi,
            "en": self.origin.en,
            "correct_at": self.correct_at,
            "value": self.value,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Provenance:
        origin = Bilingual(raw["vi"], raw["en"])
        return cls(raw["source"], raw["key"], origin, raw["correct_at"], raw["value"])


def prefill(
    definition: FormDefinition,
    sources: Mapping[str, PrefillSource],
    answers: Answers | None = None,
) -> tuple[dict[str, Any], dict[str, Provenance]]:
    """The answers with known ones laid under them, and the provenance of each laid one.

    An answer that is there already is never replaced. Fields name their source as
    ``source.key``; what no source knows stays open.
    """
    filled = dict(answers or {})
    origins: dict[str, Provenance] = {}
    for name, field in definition.fields.items():
        source_name, _, key = field.prefill.partition(".")
        source = sources.get(source_name)
        if source is None or not is_empty(filled.get(name)) or is_empty(source.values.get(key)):
            continue
        value = source.values[key]
        filled[name] = value
        origins[name] = Provenance(source_name, key, source.origin, source.correct_at, value)
    return filled, origins


def provenance_at_submission(
    origins: Mapping[str, Provenance], answers: Answers
) -> dict[str, dict[str, Any]]:
    """For the record: each prefilled field's source, and whether the person changed it.

    Holds no values, so it may be kept and searched in the open.
    """
    return {
        name: {
            "source": origin.source,
            "key": origin.key,
            "changed": answers.get(name) != origin.value,
        }
        for name, origin in origins.items()
        if name in answers
    }
