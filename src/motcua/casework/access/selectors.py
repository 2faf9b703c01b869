"""The filter that goes inside every query."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from motcua.casework.access.models import Visibility
from motcua.casework.access.rules import Actor


def visible_to(actor: Actor, path: str = "pk") -> Q:
    """A condition that keeps only rows whose case is open to the actor.

    Args:
        actor: who asks; the system sees everything.
        path: how the filtered model names its case (``"pk"`` for Case itself,
            ``"case_id"`` elsewhere).
    """
    if actor.kind == "system":
        return Q()
    return visible_by(actor.viewer_keys, path)


def visible_by(viewers: Collection[str], path: str = "pk") -> Q:
    """The condition of :func:`visible_to` for viewer keys; none see nothing."""
    open_rows = Visibility.objects.filter(case_id=OuterRef(path), viewer__in=viewers)
    return Q(Exists(open_rows))
