"""Counting everything a merger touches, and fingerprints of all it must leave alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from motcua.casework.agencies.public import Agency, Membership, Post
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument
from motcua.casework.ledger.public import check_ledger
from motcua.casework.workflow.public import Token

CHUNK = 5000
NAMED = 200
"""How many documents to be sealed are named one by one."""


@dataclass(frozen=True, slots=True)
class Side:
    """What an agency that ends and its successor hold; each pair is (old, new).

    ``seen``: cases open to the old one, to the new one, to both. ``unsealed`` names documents
    signed but not sealed. ``registers``: last number, and whether closed.
    """

    name: str
    moving: dict[str, tuple[int, int]]
    holders: tuple[frozenset[int], frozenset[int]]
    seen: tuple[int, int, int]
    unsealed: tuple[str, ...]
    registers: dict[str, tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class Census:
    """The whole at one moment. ``kept`` are fingerprints that a merger must not change."""

    kept: dict[str, str]
    sides: tuple[Side, ...]
    ledger: tuple[str, ...]
    entries: int


def take_census(pairs: Sequence[tuple[Agency, Agency]]) -> Census:
    """Count and fingerprint. Reads row by row: the memory does not grow with the dossiers.

    Args:
        pairs: each agency that ends with its successor.
    """
    return Census(
        kept=_kept(),
        sides=tuple(_side(old, new) for old, new in pairs),
        ledger=tuple(f"{one.chain} #{one.seq} {one.kind}" for one in check_ledger()),
        entries=_model("ledger.Entry").count(),
    )


def _side(old: Agency, new: Agency) -> Side:
    visibility = _model("access.Visibility")
    seen = {who.pk: visibility.filter(viewer=f"a:{who.pk}") for who in (old, new)}
    both = seen[old.pk].filter(case_id__in=seen[new.pk].values("case_id")).count()
    waiting = _documents_waiting(old.pk).order_by("pk")
    registers = _model("issuing.Register").filter(agency_id=old.pk)
    return Side(
        name=f"{old.name} → {new.name}",
        moving=_moving(old.pk, new.pk),
        holders=(_holders(old.pk), _holders(new.pk)),
        seen=(seen[old.pk].count(), seen[new.pk].count(), both),
        unsealed=tuple(f"{row.full_number} · {row.title}" for row in waiting[:NAMED]),
        registers={
            f"{row.code}/{row.year}": (row.last_number, row.closed_on is not None)
            for row in registers
        },
    )


def _model(label: str) -> Any:
    return apps.get_model(label)._default_manager


def fingerprint(rows: Iterable[tuple[Any, ...]]) -> str:
    """How many rows, and the beginning of a SHA-256 over all of them in their order."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(repr(row).encode())
        count += 1
    return f"{count:,} · {digest.hexdigest()[:12]}"


def _rows(manager: Any, *columns: str, **where: Any) -> Iterable[tuple[Any, ...]]:
    found = manager.filter(**where).order_by("pk").values_list("pk", *columns)
    return found.iterator(chunk_size=CHUNK)


def _kept() -> dict[str, str]:
    cases = Case.objects
    return {
        "mã hồ sơ, nơi tiếp nhận, người nộp / codes, receiving agency, applicant": fingerprint(
            _rows(cases, "code", "receiving_agency_id", "applicant_id", "uid")
        ),
        "trạng thái, phiên bản, người thụ lý / states, versions, assignees": fingerprint(
            _rows(cases, "state", "state_since", "is_open", "outcome", "version", "assignee_id")
        ),
        "hạn trên hồ sơ / due dates on the cases": fingerprint(
            _rows(cases, "due_at", "sort_due", "clock_state")
        ),
        "mọi mốc thời hạn / every act of every clock": fingerprint(
            _rows(
                _model("clock.ClockEntry"),
                "case_id",
                "seq",
                "track",
                "act",
                "at",
                "due_at",
                "state",
            )
        ),
        "lịch sử xử lý / history": fingerprint(
            _rows(_model("cases.StateChange"), "case_id", "seq", "to_state", "at", "agency_id")
        ),
        "hồ sơ đã đóng (thống kê) / closed cases (statistics)": fingerprint(
            _rows(cases, "competent_agency_id", "holder_agency_id", is_open=False)
        ),
        "số đã cấp / numbers taken": fingerprint(
            _rows(_model("issuing.IssuedNumber"), "register_id", "number", "voided_at")
        ),
        "chuỗi sổ cái của hồ sơ / the cases' ledger chains": fingerprint(
            _rows(cases, "ledger_seq", "ledger_head")
        ),
    }


def _moving(old: int, new: int) -> dict[str, tuple[int, int]]:
    def pair(manager: Any, column: str, **where: Any) -> tuple[int, int]:
        return (
            manager.filter(**{column: old}, **where).count(),
            manager.filter(**{column: new}, **where).count(),
        )

    documents = IssuedDocument.objects
    return {
        "hồ sơ mở đang giữ / open cases held": pair(Case.objects, "holder_agency_id", is_open=True),
        "hồ sơ mở có thẩm quyền / open cases competent for": pair(
            Case.objects, "competent_agency_id", is_open=True
        ),
        "lượt xử lý / turns": pair(Token.objects, "agency_id", state="active"),
        "vị trí / posts": pair(Post.objects, "agency_id", valid_to__isnull=True),
        "dự thảo / drafts": pair(documents, "agency_id", state="draft"),
        "đã ký chờ đóng dấu / signed, to be sealed": (
            _documents_waiting(old).count(),
            _documents_waiting(new).count(),
        ),
    }


def _documents_waiting(agency: int) -> Any:
    own = Q(agency_id=agency, sealing_agency__isnull=True)
    return IssuedDocument.objects.filter(own | Q(sealing_agency_id=agency), state="signed")


def _holders(agency: int) -> frozenset[int]:
    rows = Membership.objects.filter(
        post__agency_id=agency, valid_to__isnull=True, post__valid_to__isnull=True
    )
    return frozenset(rows.values_list("account_id", flat=True))
