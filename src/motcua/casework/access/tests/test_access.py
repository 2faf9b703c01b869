"""Access: default deny, roles bound to agencies, one relation inside every query."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext

from motcua.casework.access.public import (
    ANONYMOUS,
    SYSTEM,
    Actor,
    PostRef,
    allowed,
    declare_permission,
    grant,
    require,
    revoke,
    visible_to,
)
from motcua.casework.cases.public import Case
from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official
from motcua.foundation.errors import NotAllowed

declare_permission("test.sign", "Thử ký", "Test signing", roles=["leader"])
declare_permission("test.file", "Thử nộp", "Test filing", roles=[], citizens=True)

LEADER = Actor(1, None, "official", "Chủ tịch", (PostRef(1, 10, "leader", "Chủ tịch"),))
CITIZEN = Actor(2, 7, "citizen", "Lan")


@pytest.mark.parametrize(
    ("actor", "code", "agency", "expected"),
    [
        (LEADER, "test.sign", 10, True),
        (LEADER, "test.sign", None, True),
        (LEADER, "test.sign", 11, False),
        (CITIZEN, "test.sign", 10, False),
        (ANONYMOUS, "test.sign", 10, False),
        (SYSTEM, "test.sign", 10, True),
        (CITIZEN, "test.file", None, True),
        (LEADER, "test.file", None, False),
        (ANONYMOUS, "test.file", None, False),
        (LEADER, "test.undeclared", 10, False),
        (SYSTEM, "test.undeclared", 10, False),
    ],
)
def test_default_deny(actor: Actor, code: str, agency: int | None, expected: bool) -> None:
    assert allowed(actor, code, agency_id=agency) is expected
    if not expected:
        with pytest.raises(NotAllowed):
            require(actor, code, agency_id=agency)


def test_a_permission_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare_permission("test.sign", "Khác", "Other", roles=["leader"])


def test_viewer_keys_name_every_door() -> None:
    supervisor = Actor(
        3, None, "official", "Giám sát", (PostRef(2, 5, "supervisor", "Giám sát", "", True),)
    )
    assert supervisor.viewer_keys == ("public", "u:3", "a:5", "city")
    assert Actor(2, 7, "citizen", "Lan", principals=(8,)).viewer_keys == (
        "public",
        "u:2",
        "p:7",
        "p:8",
    )
    assert ANONYMOUS.viewer_keys == ("public",)


@pytest.mark.django_db
def test_granting_and_revoking_opens_and_closes_rows_inside_the_query() -> None:
    from django.db import connection

    agency, consulted = make_agency(), make_agency()
    case = make_case(agency)
    officer = make_official(consulted, "consulted_officer")
    assert not Case.objects.filter(visible_to(officer)).exists()
    grant([case.pk], [f"a:{consulted.pk}"])
    grant([case.pk], [f"a:{consulted.pk}"])
    with CaptureQueriesContext(connection) as queries:
        assert list(Case.objects.filter(visible_to(officer))) == [case]
    assert len(queries) == 1
    revoke([case.pk], [f"a:{consulted.pk}"])
    assert not Case.objects.filter(visible_to(officer)).exists()


@pytest.mark.django_db
def test_nobody_sees_without_a_row_and_the_system_sees_all() -> None:
    make_case(make_agency(), applicant=make_citizen())
    assert not Case.objects.filter(visible_to(ANONYMOUS)).exists()
    assert not Case.objects.filter(visible_to(make_citizen())).exists()
    assert Case.objects.filter(visible_to(SYSTEM)).count() == 1
