"""Drafts come and go; submitted answers are appended and stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from motcua.casework.access.public import ANONYMOUS
from motcua.casework.forms.models import FormAnswers, FormDraft
from motcua.casework.forms.public import (
    PrefillSource,
    changes,
    discard_draft,
    discard_old_drafts,
    draft_of,
    drafts_of,
    latest_answers,
    prefill,
    save_draft,
    submit_answers,
)
from motcua.casework.forms.selectors import answer_versions
from motcua.casework.forms.tests.samples import definition
from motcua.casework.forms.tests.test_validating import GOOD
from motcua.casework.testing.makers import make_agency, make_case, make_citizen
from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotAllowed
from motcua.foundation.timesource import at_time, now

pytestmark = pytest.mark.django_db

FORM = definition()
KEY = "procedure:1.001193"


def test_a_draft_is_kept_changed_and_thrown_away(django_assert_num_queries: Any) -> None:
    actor = make_citizen()
    assert draft_of(actor, FORM.id, KEY) is None
    first = save_draft(actor=actor, definition=FORM, context_key=KEY, answers={"child_name": "An"})
    with django_assert_num_queries(1):
        second = save_draft(
            actor=actor,
            definition=FORM,
            context_key=KEY,
            answers={"child_name": "An", "weight": "ba cân"},
            current_step="family",
            revision=first,
        )
    with django_assert_num_queries(1):
        draft = draft_of(actor, FORM.id, KEY)
    assert draft is not None
    assert (draft.revision, second) == (2, 2)
    assert draft.answers == {"child_name": "An", "weight": "ba cân"}
    assert draft.current_step == "family"
    assert [row.form_key for row in drafts_of(actor)] == [FORM.id]
    assert discard_draft(actor=actor, form_key=FORM.id, context_key=KEY)
    assert not discard_draft(actor=actor, form_key=FORM.id, context_key=KEY)


def test_two_windows_never_overwrite_each_other_unseen() -> None:
    actor = make_citizen()

    def save(revision: int) -> int:
        return save_draft(
            actor=actor, definition=FORM, context_key=KEY, answers={}, revision=revision
        )

    assert save(0) == 1
    with pytest.raises(Conflict):
        save(0)
    assert save(1) == 2
    with pytest.raises(Conflict):
        save(1)
    discard_draft(actor=actor, form_key=FORM.id, context_key=KEY)
    with pytest.raises(Conflict):
        save(2)


def test_drafts_are_ones_own() -> None:
    mine, other = make_citizen(), make_citizen()
    save_draft(actor=mine, definition=FORM, context_key=KEY, answers={"child_name": "An"})
    assert draft_of(other, FORM.id, KEY) is None
    assert draft_of(ANONYMOUS, FORM.id, KEY) is None
    with pytest.raises(NotAllowed):
        save_draft(actor=ANONYMOUS, definition=FORM, context_key=KEY, answers={})


def test_nothing_personal_lies_open_in_the_database() -> None:
    actor = make_citizen()
    case = make_case(make_agency())
    save_draft(actor=actor, definition=FORM, context_key=KEY, answers={"child_name": "Bí mật"})
    submit_answers(
        actor=actor, case_id=case.pk, definition=FORM, answers=GOOD | {"child_name": "Bí mật"}
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM forms_formdraft")
        (content,) = cursor.fetchone()
        cursor.execute("SELECT answers FROM forms_formanswers")
        (answers,) = cursor.fetchone()
    for stored in (content, answers):
        assert "child_name" not in stored
        assert "Bí mật" not in stored


def test_answers_are_appended_with_where_they_came_from(django_assert_num_queries: Any) -> None:
    actor = make_citizen()
    case = make_case(make_agency())
    source = PrefillSource(
        {"phone": "0901234567", "identity": "079123456789"}, Bilingual("CSDL", "DB")
    )
    filled, origins = prefill(FORM, {"party": source})
    with django_assert_num_queries(1):
        first = submit_answers(
            actor=actor,
            case_id=case.pk,
            definition=FORM,
            answers=filled | GOOD | {"contact_phone": "0907654321"},
            origins=origins,
            first=True,
        )
    assert first.provenance == {
        "identity": {"source": "party", "key": "identity", "changed": False},
        "contact_phone": {"source": "party", "key": "phone", "changed": True},
    }
    second = submit_answers(
        actor=actor, case_id=case.pk, definition=FORM, answers=GOOD | {"child_name": "Bình"}
    )
    assert (first.sequence, second.sequence) == (1, 2)
    latest = latest_answers(case.pk, FORM.id)
    assert latest is not None
    assert latest.answers["child_name"] == "Bình"
    assert latest.answers["fee"] == 0
    new, old = list(answer_versions(case.pk, FORM.id))
    told = {c.place: (c.before.vi, c.after.vi) for c in changes(FORM, old.answers, new.answers)}
    assert told == {
        "child_name": ("NGUYỄN VĂN AN", "Bình"),
        "identity": ("079123456789", ""),
        "contact_phone": ("0907654321", "0901234567"),
    }


def test_wrong_answers_are_refused_with_their_places_and_leave_no_row() -> None:
    case = make_case(make_agency())
    with pytest.raises(InvalidInput) as caught:
        submit_answers(actor=make_citizen(), case_id=case.pk, definition=FORM, answers={})
    assert "child_name" in caught.value.fields
    assert not FormAnswers.objects.exists()


def test_submitted_answers_are_never_edited_or_deleted() -> None:
    case = make_case(make_agency())
    row = submit_answers(actor=make_citizen(), case_id=case.pk, definition=FORM, answers=GOOD)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(TypeError):
        FormAnswers.objects.filter(pk=row.pk).update(sequence=5)
    with pytest.raises(TypeError):
        FormAnswers.objects.all().delete()


def test_old_drafts_go() -> None:
    actor = make_citizen()
    with at_time(now() - dt.timedelta(days=91)):
        save_draft(actor=actor, definition=FORM, context_key="old", answers={})
    save_draft(actor=actor, definition=FORM, context_key="new", answers={})
    assert discard_old_drafts() == 1
    assert [d.context_key for d in FormDraft.objects.all()] == ["new"]
