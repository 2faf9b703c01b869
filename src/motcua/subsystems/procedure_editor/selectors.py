"""Every read of the editor. Drafts are for those who may manage procedures, all alike."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import Agency, Post, agencies_as_of, in_force_on
from motcua.casework.issuing.public import layouts
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.folding import fold
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor.models import DraftDecision, DraftRevision, ProcedureDraft
from motcua.subsystems.procedure_editor.rules.coverage import AgencyRoles
from motcua.subsystems.procedure_editor.rules.documents import (
    Difference,
    Document,
    checksum,
    differences,
)
from motcua.subsystems.procedure_editor.rules.finding import Fault, find_faults
from motcua.subsystems.procedure_editor.rules.proposing import who_decides
from motcua.subsystems.procedures.public import (
    Draft,
    Field,
    LifeEvent,
    ProcedureVersion,
    history,
    imported_record,
)

MANAGE = "procedures.manage"
PAGE = 50


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its newest document."""

    row: ProcedureDraft
    document: Document
    can_undo: bool
    can_redo: bool

    @property
    def editable(self) -> bool:
        """Whether it is open for editing."""
        return self.row.state == ProcedureDraft.State.OPEN


def draft(actor: Actor, uid: UUID) -> OpenDraft:
    """A draft with its newest revision.

    Raises:
        NotAllowed: the actor may not manage procedures.
        NotFound: there is no such draft.
    """
    require(actor, MANAGE)
    row = ProcedureDraft.objects.select_related("edited_by").filter(uid=uid).first()
    if row is None:
        raise NotFound
    newest = DraftRevision.objects.get(draft=row, number=row.revision)
    return OpenDraft(row, newest.document, bool(newest.before), bool(newest.undone))


def drafts(
    actor: Actor, *, closed: bool = False, before: int | None = None
) -> tuple[list[ProcedureDraft], int | None]:
    """Drafts, newest first, a page at a time; and the key of the next page."""
    require(actor, MANAGE)
    over = [ProcedureDraft.State.PUBLISHED, ProcedureDraft.State.DISCARDED]
    rows = ProcedureDraft.objects.select_related("edited_by").defer("drawing").order_by("-id")
    rows = rows.filter(state__in=over) if closed else rows.exclude(state__in=over)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def decisions(draft_id: int) -> list[DraftDecision]:
    """What was decided about a draft, in order."""
    return list(DraftDecision.objects.filter(draft_id=draft_id))


def revisions(draft_id: int, limit: int = 20) -> list[DraftRevision]:
    """The newest revisions without their documents."""
    rows = DraftRevision.objects.filter(draft_id=draft_id).defer("body").order_by("-number")
    return list(rows[:limit])


def latest_version(code: str) -> ProcedureVersion | None:
    """The newest published version of a procedure, in force or not yet."""
    return next(iter(history(code)), None)


def agency_roles(on: dt.date) -> list[AgencyRoles]:
    """Every agency of a date with the roles that have a post in it. Two statements."""
    roles: dict[int, set[str]] = defaultdict(set)
    for agency_id, role in Post.objects.filter(in_force_on(on)).values_list("agency_id", "role"):
        roles[agency_id].add(role)
    kinds = [Agency.Kind.CENTRE, Agency.Kind.COMMITTEE, Agency.Kind.DEPARTMENT, Agency.Kind.CITY]
    rows = agencies_as_of(on).filter(kind__in=kinds).order_by("code")
    named = rows.values_list("pk", "code", "name", "kind")
    return [AgencyRoles(code, name, kind, frozenset(roles[pk])) for pk, code, name, kind in named]


def said_of_record(key: str, document: Document) -> dict[str, str | None]:
    """What an imported record says of level and deciding agency; None where it is silent."""
    data = imported_record(key).data
    rows = agencies_as_of(today()).filter(kind=Agency.Kind.DEPARTMENT)
    departments = {fold(name): code for name, code in rows.values_list("name", "code")}
    level = document.get("level")
    decides, agency = who_decides(data["executing"], level, departments)
    return {
        "level": level,
        "online_level": document.get("online_level"),
        "decides": decides or None,
        "competent_agency": agency or None,
    }


def notes_of_record(key: str, read: Draft) -> list[dict[str, str]]:
    """What stands beside a draft: the source's words where they were not read, and who and what
    field it names, which the city's own lists may not know."""
    data = imported_record(key).data
    said = [("field", data["field"]), *(("decides", name) for name in data["executing"])]
    return [
        *({"place": place, "reason": "", "raw": raw} for place, raw in said if raw),
        *(
            {"place": todo.place, "reason": todo.reason, "raw": todo.raw}
            for todo in read.todo
            if todo.raw
        ),
    ]


def as_published(document: Document, valid_from: dt.date) -> Document:
    """The document with the next version number, its first day, and its parts named after it."""
    code = str(document.get("code") or "")
    newest = latest_version(code)
    version = newest.version + 1 if newest else 1
    named = {
        **document,
        "version": version,
        "valid_from": valid_from.isoformat(),
        "valid_to": None,
    }
    if isinstance(document.get("form"), dict) and code:
        named["form"] = {**document["form"], "id": code, "version": str(version)}
    if isinstance(document.get("process"), dict) and code:
        named["process"] = {**document["process"], "key": f"p.{code}"}
    return named


def faults_of(
    row: ProcedureDraft, document: Document, valid_from: dt.date | None = None
) -> tuple[Fault, ...]:
    """Everything that keeps the draft from being published on a day (today)."""
    return find_faults(
        as_published(document, valid_from or today()),
        agencies=agency_roles(today()),
        fields=frozenset(Field.objects.values_list("code", flat=True)),
        drawing_faulty=row.drawing_faulty,
    )


def drawing_of(opened: OpenDraft) -> str:
    """The process as drawn, if that is what the newest revision holds (or could not be read)."""
    row = opened.row
    fits = row.drawing_of == checksum(opened.document.get("process"))
    return row.drawing if row.drawing and (row.drawing_faulty or fits) else ""


def changes_of(opened: OpenDraft) -> tuple[ProcedureVersion | None, list[Difference]]:
    """The newest published version, and every place where the draft differs from it."""
    published = latest_version(opened.row.code)
    before = published.document if published else {}
    ignored = {"version", "valid_from", "valid_to"}
    found = [
        difference
        for difference in differences(before, opened.document)
        if difference.place not in ignored
        and difference.place not in {"form/id", "form/version", "process/key"}
    ]
    return published, found


def field_of(code: str) -> Field | None:
    """The field of administration of a code; None where there is none."""
    return Field.objects.filter(code=code).first()


def offers() -> dict[str, list[tuple[str, Bilingual]]]:
    """The lists that do not depend on a draft: fields, life events, layouts of results."""
    return {
        "fields": [(f.code, Bilingual(f.name, f.name_en)) for f in Field.objects.all()],
        "life_events": [(e.code, Bilingual(e.name, e.name_en)) for e in LifeEvent.objects.all()],
        "layouts": [(x.key, x.name) for x in layouts() if x.key.startswith("results/")],
    }
