"""Every write to the catalogue: import a package, publish a version, retire, city rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from motcua.casework.access.public import Actor, declare_permission, require
from motcua.casework.ledger.public import record
from motcua.casework.workflow.public import publish as publish_process
from motcua.foundation.errors import InvalidInput
from motcua.foundation.folding import words
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.procedures.errors import (
    BrokenPackage,
    OverlappingVersions,
    PublishedForGood,
)
from motcua.subsystems.procedures.imported.entries import refresh_rows
from motcua.subsystems.procedures.models import (
    CityRule,
    Field,
    LifeEvent,
    Procedure,
    ProcedureVersion,
)
from motcua.subsystems.procedures.reading import package_folders, read_package
from motcua.subsystems.procedures.rules import Package, Problem, validate_package

DATA = Path(__file__).parent / "data"
LEDGER_CHAIN = "catalogue"

declare_permission(
    "procedures.manage",
    "Nhập, công bố, bãi bỏ thủ tục; đặt quy định của thành phố",
    "Import, publish and retire procedures; set the city's rules",
    roles=["administrator"],
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What :func:`load_packages` did: codes newly published and codes left as they were."""

    published: tuple[str, ...]
    unchanged: tuple[str, ...]


def checksum_of(document: Package) -> str:
    """SHA-256 of the canonical JSON: equal packages, equal checksums."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def import_package(*, actor: Actor, document: Package) -> ProcedureVersion:
    """Keep a package as a draft version; the same package twice is one version.

    Raises:
        BrokenPackage: with every fault and its place.
        PublishedForGood: this version number is published with another content.
    """
    require(actor, "procedures.manage")
    checksum = checksum_of(document)
    known = _known_version(document)
    if known is not None and known.checksum == checksum:
        return known
    if known is not None and known.published_at is not None:
        raise PublishedForGood
    if problems := validate_package(document):
        raise BrokenPackage(problems)
    procedure, _ = Procedure.objects.get_or_create(
        code=document["code"],
        defaults={
            "field": Field.objects.get(code=document["field"]),
            "level": document["level"],
        },
    )
    version = known or ProcedureVersion(
        procedure=procedure, version=document["version"], created_at=now()
    )
    _fill(version, document, checksum)
    version.save()
    _record(actor, "procedures.import_package", version)
    return version


def _known_version(document: Package) -> ProcedureVersion | None:
    return ProcedureVersion.objects.filter(
        procedure__code=document.get("code"), version=document.get("version")
    ).first()


def _fill(version: ProcedureVersion, document: Package, checksum: str) -> None:
    version.name = document["name"]["vi"]
    version.name_en = document["name"]["en"]
    version.document = dict(document)
    version.checksum = checksum
    version.decision = document["decision"]
    version.valid_from = dt.date.fromisoformat(document["valid_from"])
    end = document.get("valid_to")
    version.valid_to = dt.date.fromisoformat(end) if end else None


@transaction.atomic
def add_field(*, actor: Actor, name: str, name_en: str = "") -> Field:
    """Add a field of administration to the city's list; one of that name already is given back.

    Raises:
        InvalidInput: the name is empty or longer than 120 characters.
    """
    require(actor, "procedures.manage")
    name, name_en = name.strip(), name_en.strip()
    code = "-".join(words(name))[:40].strip("-")
    if not code or len(name) > 120 or len(name_en) > 120:
        raise InvalidInput
    last = Field.objects.aggregate(last=Max("position"))["last"] or 0
    field, made = Field.objects.get_or_create(
        code=code,
        defaults={"name": name, "name_en": name_en or name, "position": last + 1},
    )
    if made:
        facts = {"code": code, "name": name}
        record(actor=actor, chain=LEDGER_CHAIN, verb="procedures.add_field", after=facts)
    return field


@transaction.atomic
def publish_version(*, actor: Actor, version_id: int) -> ProcedureVersion:
    """Put a version in force from its date; the one before it ends the day before.

    A published version never changes again. Its process is published with it, so that
    running cases keep theirs. Emits ``procedures.published``. Publishing twice changes
    nothing.

    Raises:
        OverlappingVersions: it would begin on or before the version it replaces.
    """
    require(actor, "procedures.manage")
    version = ProcedureVersion.objects.select_for_update().get(pk=version_id)
    if version.published_at is not None:
        return version
    previous = (
        ProcedureVersion.objects.filter(
            procedure_id=version.procedure_id, published_at__isnull=False
        )
        .order_by("-valid_from")
        .first()
    )
    if previous is not None:
        if version.valid_from <= previous.valid_from:
            raise OverlappingVersions
        if previous.valid_to is None or previous.valid_to >= version.valid_from:
            previous.valid_to = version.valid_from - dt.timedelta(days=1)
            previous.save(update_fields=["valid_to"])
    if "process" in version.document:
        version.process = publish_process(
            actor=actor,
            document=version.document["process"],
            valid_from=version.valid_from,
            basis=version.decision,
        )
    version.published_by = actor.name
    version.published_at = now()
    version.save()
    _record(actor, "procedures.publish_version", version)
    emit("procedures.published", version.procedure.code, _facts(version))
    refresh_rows({version.procedure.code})
    return version


@transaction.atomic
def retire(*, actor: Actor, code: str, last_day: dt.date, reason: str) -> Procedure:
    """End a procedure on a day; open cases finish under the version they rest on."""
    require(actor, "procedures.manage")
    procedure = Procedure.objects.select_for_update().get(code=code)
    procedure.retired_on = last_day
    procedure.retired_reason = reason
    procedure.save(update_fields=["retired_on", "retired_reason"])
    facts = {"code": code, "last_day": last_day.isoformat(), "reason": reason}
    record(actor=actor, chain=LEDGER_CHAIN, verb="procedures.retire", after=facts)
    emit("procedures.retired", code, facts)
    refresh_rows({code})
    return procedure


@transaction.atomic
def set_city_rule(
    *,
    actor: Actor,
    key: str,
    kind: str,
    document: Mapping[str, Any],
    basis: str,
    confirmed: bool,
    valid_from: dt.date,
) -> CityRule:
    """Set a rule of the city from a day on; the one before it ends the day before.

    Args:
        kind: ``zero`` (``fee_kind``, ``fee_groups``, ``channels``) or ``amount``
            (``{"amount": đồng or None}``).
        confirmed: whether it may be told to citizens as a fact.
    """
    require(actor, "procedures.manage")
    CityRule.objects.filter(key=key, valid_from__lt=valid_from, valid_to__isnull=True).update(
        valid_to=valid_from - dt.timedelta(days=1)
    )
    rule, _ = CityRule.objects.update_or_create(
        key=key,
        valid_from=valid_from,
        defaults={
            "kind": kind,
            "document": dict(document),
            "basis": basis,
            "confirmed": confirmed,
        },
    )
    record(
        actor=actor,
        chain=LEDGER_CHAIN,
        verb="procedures.set_city_rule",
        after={"key": key, "from": valid_from.isoformat(), "basis": basis, **document},
    )
    return rule


@transaction.atomic
def load_packages(
    *, actor: Actor, folder: Path = DATA / "packages", only: Collection[str] = ()
) -> Loaded:
    """Import and publish every package of a folder; a second run changes nothing.

    Each sub-folder holds ``package.json``, ``form.json`` and ``process.json`` (or
    ``process.bpmn``); a folder that is a package itself is taken alone. Fields, life
    events and city rules of the part itself are laid down first, without overwriting
    a rule that is already there. One broken package and nothing is imported.

    Args:
        only: names of sub-folders to keep to; empty for all of them.

    Raises:
        BrokenPackage: with every place, each beginning with the package's folder.
    """
    require(actor, "procedures.manage")
    _load_lists()
    published: list[str] = []
    unchanged: list[str] = []
    for path in package_folders(folder):
        if only and path.name not in only:
            continue
        try:
            version = import_package(actor=actor, document=read_package(path))
        except BrokenPackage as error:
            raise BrokenPackage(
                [Problem(f"{path.name}/{p.place}", p.message) for p in error.problems]
            ) from error
        target = unchanged if version.published_at else published
        publish_version(actor=actor, version_id=version.pk)
        target.append(path.name)
    return Loaded(tuple(published), tuple(unchanged))


def _load_lists() -> None:
    fields, events = (
        [row | {"position": index} for index, row in enumerate(_rows(name))]
        for name in ("fields", "life_events")
    )
    Field.objects.bulk_create([Field(**row) for row in fields], ignore_conflicts=True)
    LifeEvent.objects.bulk_create([LifeEvent(**row) for row in events], ignore_conflicts=True)
    rules = [CityRule(**row) for row in _rows("city_rules")]
    CityRule.objects.bulk_create(rules, ignore_conflicts=True)


def _rows(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def _facts(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.procedure.code,
        "version": version.version,
        "checksum": version.checksum,
        "from": version.valid_from.isoformat(),
    }


def _record(actor: Actor, verb: str, version: ProcedureVersion) -> None:
    record(actor=actor, chain=LEDGER_CHAIN, verb=verb, after=_facts(version))
