"""Agencies through time: as-of views, succession, identifiers, delegated signing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.access.public import SYSTEM, actor_of
from motcua.casework.agencies.models import AgencyIdentifier, Delegation
from motcua.casework.agencies.public import (
    AlreadyMerged,
    NoSubdelegation,
    agencies_as_of,
    agency_by_identifier,
    appoint,
    close_post,
    delegate,
    end_appointment,
    holders_of,
    merge_agencies,
    open_post,
    revoke_delegation,
    signing_authority,
    signing_lines,
    successor_of,
)
from motcua.casework.agencies.rules import final_successor
from motcua.casework.testing.makers import make_account, make_agency, make_official, make_post
from motcua.foundation.errors import InvalidInput, NotAllowed

D = dt.date


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("TM.", ("TM. UỶ BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("KT.", ("TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Q.", ("TM. UỶ BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        ("TL.", ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("TUQ.", ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_the_lines_above_a_signature(form: str, lines: tuple[str, ...]) -> None:
    own = "Chủ tịch" if form == "TM." else "Phó Chủ tịch"
    assert (
        signing_lines(collective="Uỷ ban nhân dân", head_title="Chủ tịch", own_title=own, form=form)
        == lines
    )


@given(st.permutations(range(8)))
def test_succession_ends_at_who_lives_whatever_the_order(order: list[int]) -> None:
    chain = {a: [(b, D(2020 + i, 1, 1))] for i, (a, b) in enumerate(pairwise(order))}
    assert final_successor(order[0], chain, D(2040, 1, 1)) == order[-1]
    assert final_successor(order[0], chain, D(2019, 1, 1)) == order[0]
    assert final_successor(order[0], chain, D(2021, 6, 1)) == order[2]


def test_a_circle_of_successions_does_not_hang() -> None:
    circle = {1: [(2, D(2020, 1, 1))], 2: [(1, D(2021, 1, 1))]}
    assert final_successor(1, circle, D(2030, 1, 1)) == 2


@pytest.mark.django_db
def test_as_of_views_stay_true_after_a_merge() -> None:
    old, new = make_agency("Phường 1"), make_agency("Phường 2")
    merge_agencies(
        actor=SYSTEM,
        predecessor_id=old.pk,
        successor_id=new.pk,
        effective_on=D(2026, 7, 1),
        decision="NQ",
    )
    assert set(agencies_as_of(D(2026, 6, 30))) == {old, new}
    assert set(agencies_as_of(D(2026, 7, 1))) == {new}
    assert successor_of(old.pk, D(2026, 6, 30)) == old.pk
    assert successor_of(old.pk, D(2026, 7, 1)) == new.pk
    with pytest.raises(AlreadyMerged):
        merge_agencies(
            actor=SYSTEM,
            predecessor_id=old.pk,
            successor_id=new.pk,
            effective_on=D(2026, 8, 1),
            decision="NQ",
        )


@pytest.mark.django_db
def test_identifiers_of_both_generations_find_their_agency() -> None:
    agency = make_agency()
    for scheme, value, end in (
        ("h29", "H29.1.2", None),
        ("old-h29", "000.01.02.H29", D(2025, 6, 30)),
    ):
        AgencyIdentifier.objects.create(
            agency=agency, scheme=scheme, value=value, valid_from=D(2020, 1, 1), valid_to=end
        )
    assert agency_by_identifier("h29", "H29.1.2", D(2026, 1, 1)) == agency
    assert agency_by_identifier("old-h29", "000.01.02.H29", D(2025, 1, 1)) == agency
    assert agency_by_identifier("old-h29", "000.01.02.H29", D(2026, 1, 1)) is None


@pytest.mark.django_db
def test_a_deputy_signs_kt_only_while_and_where_delegated() -> None:
    agency = make_agency()
    chair = make_post(agency, "leader", title="Chủ tịch", authority="own")
    deputy = make_post(agency, "leader", title="Phó Chủ tịch")
    with pytest.raises(NotAllowed):
        signing_authority(deputy.pk, D(2026, 3, 1))
    row = delegate(
        actor=SYSTEM,
        from_post_id=chair.pk,
        to_post_id=deputy.pk,
        form="KT.",
        document="QĐ 01/QĐ-UBND",
        valid_from=D(2026, 1, 1),
        valid_to=D(2026, 6, 30),
        scope=["ho_tich"],
    )
    assert signing_authority(deputy.pk, D(2026, 3, 1), "ho_tich").lines[1] == "KT. CHỦ TỊCH"
    assert signing_authority(chair.pk, D(2026, 3, 1)).lines == ("TM. UỶ BAN NHÂN DÂN", "CHỦ TỊCH")
    for on, scope in ((D(2026, 7, 1), "ho_tich"), (D(2026, 3, 1), "dat_dai")):
        with pytest.raises(NotAllowed):
            signing_authority(deputy.pk, on, scope)
    revoke_delegation(actor=SYSTEM, delegation_id=row.pk)
    with pytest.raises(NotAllowed):
        signing_authority(deputy.pk, D(2026, 3, 1), "ho_tich")


@pytest.mark.django_db
def test_authority_is_written_dated_and_never_passed_on() -> None:
    agency = make_agency()
    chair, deputy, third = (make_post(agency, "leader") for _ in range(3))
    when = D(2026, 1, 1)
    with pytest.raises(InvalidInput) as refusal:
        delegate(
            actor=SYSTEM,
            from_post_id=chair.pk,
            to_post_id=deputy.pk,
            form="TUQ.",
            document=" ",
            valid_from=when,
        )
    assert set(refusal.value.fields) == {"document", "valid_to"}
    delegate(
        actor=SYSTEM,
        from_post_id=chair.pk,
        to_post_id=deputy.pk,
        form="TUQ.",
        document="GUQ 1",
        valid_from=when,
        valid_to=D(2026, 2, 1),
    )
    with pytest.raises(NoSubdelegation):
        delegate(
            actor=SYSTEM,
            from_post_id=deputy.pk,
            to_post_id=third.pk,
            form="TL.",
            document="GUQ 2",
            valid_from=when,
        )
    assert Delegation.objects.count() == 1


@pytest.mark.django_db
def test_posts_come_and_go_with_their_dates(working_morning: dt.datetime) -> None:
    agency = make_agency()
    account = make_account()
    post = open_post(
        actor=SYSTEM,
        agency_id=agency.pk,
        role="leader",
        title="Chủ tịch",
        valid_from=D(2026, 1, 1),
    )
    row = appoint(actor=SYSTEM, account_id=account.pk, post_id=post.pk, valid_from=D(2026, 1, 1))
    assert actor_of(account).has_role("leader", agency.pk)
    assert [m.account for m in holders_of(agency.pk, "leader", D(2026, 2, 1))] == [account]
    end_appointment(actor=SYSTEM, membership_id=row.pk, last_day=D(2026, 11, 17))
    assert actor_of(account).posts == ()
    assert holders_of(agency.pk, "leader", D(2026, 2, 1)) != []
    with pytest.raises(InvalidInput):
        open_post(
            actor=SYSTEM, agency_id=agency.pk, role="king", title="?", valid_from=D(2026, 1, 1)
        )


@pytest.mark.django_db
def test_only_an_administrator_manages_agencies() -> None:
    agency = make_agency()
    with pytest.raises(NotAllowed):
        open_post(
            actor=make_official(agency, "leader"),
            agency_id=agency.pk,
            role="leader",
            title="Chủ tịch",
            valid_from=D(2026, 1, 1),
        )


@pytest.mark.django_db
def test_a_closed_post_is_not_carried_into_the_successor() -> None:
    old, new = make_agency("Phường 1"), make_agency("Phường 2")
    chair, officer = make_official(old, "leader"), make_official(old, "case_officer")
    last = D(2026, 6, 30)
    post = close_post(actor=SYSTEM, post_id=chair.posts[0].post_id, last_day=last)
    assert post.valid_to == last
    assert close_post(actor=SYSTEM, post_id=post.pk, last_day=D(2026, 7, 9)).valid_to == last
    assert len(holders_of(old.pk, "leader", last)) == 1
    report = merge_agencies(
        actor=SYSTEM,
        predecessor_id=old.pk,
        successor_id=new.pk,
        effective_on=D(2026, 7, 1),
        decision="NQ",
    )
    assert report["posts"] == 1
    assert holders_of(new.pk, "leader", D(2026, 7, 1)) == []
    held = holders_of(new.pk, "case_officer", D(2026, 7, 1))
    assert [m.account_id for m in held] == [officer.account_id]
    with pytest.raises(NotAllowed):
        close_post(actor=officer, post_id=post.pk, last_day=last)
