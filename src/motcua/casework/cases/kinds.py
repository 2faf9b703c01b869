"""The registry of case kinds, filled by the manifests of the slices."""

from __future__ import annotations

from motcua.casework.cases.rules import CaseKind

_kinds: dict[str, CaseKind] = {}


def register_kind(kind: CaseKind) -> CaseKind:
    """Register a kind once, at start-up.

    Raises:
        ValueError: the code is taken by another kind.
    """
    known = _kinds.setdefault(kind.code, kind)
    if known is not kind and known != kind:
        raise ValueError(f"case kind {kind.code!r} is registered twice")
    return known


def kind_of(code: str) -> CaseKind:
    """The registered kind.

    Raises:
        KeyError: no slice registered it.
    """
    return _kinds[code]


def all_kinds() -> list[CaseKind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())
