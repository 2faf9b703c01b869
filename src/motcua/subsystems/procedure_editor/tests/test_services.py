"""Drafts: revisions, two editors at once, undoing, and the four eyes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from motcua.casework.access.public import ANONYMOUS, SYSTEM, Actor
from motcua.casework.ledger.public import entries
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.errors import (
    DraftClosed,
    DraftMoved,
    NothingToUndo,
    ReasonNeeded,
    SecondPersonNeeded,
    StartsInThePast,
)
from motcua.subsystems.procedure_editor.models import ProcedureDraft
from motcua.subsystems.procedure_editor.selectors import changes_of, draft, faults_of
from motcua.subsystems.procedure_editor.tests.office import (
    administrators,
    complete,
    document_of,
    put,
)
from motcua.subsystems.procedures.public import (
    BrokenPackage,
    NoSuchRecord,
    carry_out_import,
    start_import,
    version_in_force,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("working_morning")]


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    return administrators()


def started(actor: Actor, **more: Any) -> ProcedureDraft:
    return services.start_draft(actor=actor, document=complete(**more))


def handed_in(actor: Actor, **more: Any) -> ProcedureDraft:
    row = started(actor, **more)
    return services.submit(
        actor=actor, uid=row.uid, revision=row.revision, valid_from=today() + dt.timedelta(days=1)
    )


def test_only_those_who_manage_procedures_start_a_draft(people: tuple[Actor, Actor]) -> None:
    with pytest.raises(DomainError):
        services.start_draft(actor=ANONYMOUS)


def test_two_editors_meet_only_where_they_change_the_same(people: tuple[Actor, Actor]) -> None:
    editor, second = people
    row = started(editor)
    seen = row.revision
    put(editor, row, "keywords", ["giấy thử"])
    services.change_draft(
        actor=second, uid=row.uid, revision=seen, place="decision", value="Quyết định 1"
    )
    assert document_of(row)["keywords"] == ["giấy thử"]
    assert document_of(row)["decision"] == "Quyết định 1"
    with pytest.raises(DraftMoved):
        services.change_draft(
            actor=second, uid=row.uid, revision=seen, place="keywords", value=["khác"]
        )


def test_undoing_and_redoing_walk_the_whole_way_and_append(people: tuple[Actor, Actor]) -> None:
    editor, _ = people
    row = started(editor)
    for words in (["một"], ["hai"], ["ba"]):
        put(editor, row, "keywords", words)
    for expected in (["hai"], ["một"], []):
        services.undo(actor=editor, uid=row.uid)
        assert document_of(row)["keywords"] == expected
    with pytest.raises(NothingToUndo):
        services.undo(actor=editor, uid=row.uid)
    for expected in (["một"], ["hai"], ["ba"]):
        services.redo(actor=editor, uid=row.uid)
        assert document_of(row)["keywords"] == expected
    with pytest.raises(NothingToUndo):
        services.redo(actor=editor, uid=row.uid)
    assert row.revisions.count() == row.revision == 10


def test_a_second_person_publishes_and_nobody_alone(people: tuple[Actor, Actor]) -> None:
    editor, second = people
    row = handed_in(editor)
    with pytest.raises(DraftClosed):
        put(editor, row, "keywords", ["muộn"])
    with pytest.raises(SecondPersonNeeded):
        services.approve(actor=editor, uid=row.uid, revision=row.revision)
    with pytest.raises(DraftMoved):
        services.approve(actor=second, uid=row.uid, revision=row.revision - 1)
    version = services.approve(actor=second, uid=row.uid, revision=row.revision)
    assert version.version == 1
    assert version.published_by == "Phạm Duyệt"
    assert version_in_force("9.000001", today() + dt.timedelta(days=1)).pk == version.pk
    verbs = [entry.verb for entry in entries("catalogue")]
    assert "procedure_editor.published" in verbs


def test_who_edited_last_after_a_rejection_may_not_approve_either(
    people: tuple[Actor, Actor],
) -> None:
    editor, second = people
    row = handed_in(editor)
    with pytest.raises(ReasonNeeded):
        services.reject(actor=second, uid=row.uid, reason=" ")
    services.reject(actor=second, uid=row.uid, reason="Thiếu căn cứ")
    put(second, row, "keywords", ["thêm"])
    row.refresh_from_db()
    services.submit(
        actor=editor, uid=row.uid, revision=row.revision, valid_from=today() + dt.timedelta(days=2)
    )
    row.refresh_from_db()
    with pytest.raises(SecondPersonNeeded):
        services.approve(actor=editor, uid=row.uid, revision=row.revision)


def test_a_draft_with_faults_or_a_past_day_is_not_handed_in(people: tuple[Actor, Actor]) -> None:
    editor, _ = people
    row = services.start_draft(actor=editor)
    with pytest.raises(BrokenPackage) as caught:
        services.submit(actor=editor, uid=row.uid, revision=row.revision, valid_from=today())
    assert {"code", "name/vi", "field", "limits"} <= {p.place for p in caught.value.problems}
    whole = started(editor)
    with pytest.raises(StartsInThePast):
        services.submit(
            actor=editor, uid=whole.uid, revision=1, valid_from=today() - dt.timedelta(days=1)
        )


def test_a_new_version_of_a_published_procedure_tells_each_change(
    people: tuple[Actor, Actor],
) -> None:
    editor, second = people
    row = services.start_from_version(actor=editor, code="1.004873")
    put(editor, row, "limits/0/amount", 2)
    opened = draft(editor, row.uid)
    published, changes = changes_of(opened)
    assert published is not None
    assert [c.place for c in changes] == ["limits"]
    assert not faults_of(opened.row, opened.document)
    services.submit(
        actor=editor, uid=row.uid, revision=opened.row.revision, valid_from=dt.date(2027, 3, 1)
    )
    row.refresh_from_db()
    version = services.approve(actor=second, uid=row.uid, revision=row.revision)
    assert version.version == published.version + 1
    assert version_in_force("1.004873", dt.date(2027, 2, 28)).pk == published.pk


def test_what_is_broken_anywhere_is_told_and_never_a_crash(people: tuple[Actor, Actor]) -> None:
    editor, _ = people
    for part in ({"form": {}}, {"process": {}}, {"form": [], "process": None}, {"cases": 3}):
        row = started(editor, **part)
        assert faults_of(row, document_of(row))


def test_a_role_missing_at_an_agency_is_a_fault_at_its_step(people: tuple[Actor, Actor]) -> None:
    from motcua.casework.testing.makers import make_agency, make_post

    editor, _ = people
    ward = make_agency("UBND phường Thiếu Người")
    for role in ("case_officer", "leader"):
        make_post(ward, role)
    row = started(editor)
    faults = faults_of(row, document_of(row))
    assert [(f.section, f.step) for f in faults] == [("process", "issue")]
    assert "Thiếu Người" in faults[0].problem.message.vi


def test_a_record_of_the_catalogue_opens_as_a_draft_that_tells_what_is_missing(
    people: tuple[Actor, Actor],
) -> None:
    record = {"ma_thu_tuc": "9.000002", "ten_thu_tuc": "Cấp giấy từ danh mục"}
    files = [("a", json.dumps(record).encode())]
    run = start_import(actor=SYSTEM, files=files, at_once=True)
    carry_out_import(actor=SYSTEM, run_id=run.pk)
    row = services.start_from_record(actor=people[0], key="9.000002")
    document = document_of(row)
    assert (row.code, row.name) == ("9.000002", "Cấp giấy từ danh mục")
    assert document["process"]["start"] == "receive"
    assert document["form"]["steps"]
    assert faults_of(row, document)
    with pytest.raises(NoSuchRecord):
        services.start_from_record(actor=people[0], key="9.999999")
