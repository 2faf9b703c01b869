"""The way in by key: which slice knows the keys is registered, so that the kernel need not."""

from __future__ import annotations

from collections.abc import Callable

from motcua.casework.access.rules import ANONYMOUS, Actor

_readers: list[Callable[[str], Actor]] = []


def accept_keys(reader: Callable[[str], Actor]) -> None:
    """Register who turns a key into an actor; one for the house."""
    _readers[:] = [reader]


def actor_of_key(text: str) -> Actor:
    """The actor behind a key; nobody when keys are not accepted here.

    Raises:
        DomainError: 401, the key is not good.
    """
    return _readers[0](text) if _readers else ANONYMOUS
