"""Opening rows to viewers, and refusing what is not permitted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from motcua.casework.access.models import Visibility
from motcua.casework.access.rules import Actor, Permission
from motcua.foundation.errors import NotAllowed
from motcua.foundation.statements import insert

_permissions: dict[str, Permission] = {}


def declare_permission(
    code: str,
    vi: str,
    en: str,
    *,
    roles: Iterable[str],
    citizens: bool = False,
    clients: bool = False,
) -> Permission:
    """Register a permission once, at import; its documentation is part of it.

    Raises:
        ValueError: the code is already declared with another meaning.
    """
    permission = Permission(code, vi, en, frozenset(roles), citizens, clients)
    known = _permissions.setdefault(code, permission)
    if known != permission:
        raise ValueError(f"permission {code!r} is declared twice")
    return known


def declared_permissions() -> list[Permission]:
    """All permissions, for the reference page and its test."""
    return sorted(_permissions.values(), key=lambda permission: permission.code)


def allowed(actor: Actor, code: str, *, agency_id: int | None = None) -> bool:
    """Whether the actor may do this (in this agency). An undeclared code is denied."""
    permission = _permissions.get(code)
    return permission is not None and permission.admits(actor, agency_id)


def require(actor: Actor, code: str, *, agency_id: int | None = None) -> None:
    """Refuse unless :func:`allowed`.

    Raises:
        NotAllowed: the actor lacks the permission.
    """
    if not allowed(actor, code, agency_id=agency_id):
        raise NotAllowed


def grant(case_ids: Iterable[int], viewers: Iterable[str]) -> None:
    """Open cases to viewer keys; already open is fine. One statement.

    Part of the caller's transaction and ledger entry: visibility follows from
    an act and is never an act of its own.
    """
    keys = sorted(set(viewers))
    rows = [Visibility(case_id=case_id, viewer=key) for case_id in case_ids for key in keys]
    insert(*rows, ignore_conflicts=True)


def revoke(case_ids: Iterable[int], viewers: Iterable[str]) -> None:
    """Close cases to viewer keys. One statement."""
    Visibility.objects.filter(case_id__in=list(case_ids), viewer__in=list(viewers)).delete()


_SEE_AS_WELL = """
INSERT INTO access_visibility (case_id, viewer)
SELECT case_id, %s FROM access_visibility WHERE viewer = %s
ON CONFLICT (case_id, viewer) DO NOTHING
"""


def move_viewer(old: str, new: str) -> int:
    """Give all that ``old`` sees to ``new`` as well: a successor sees its predecessor's cases.

    One statement, however many cases. Returns how many were newly opened to ``new``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEE_AS_WELL, [new, old])
        return cursor.rowcount
