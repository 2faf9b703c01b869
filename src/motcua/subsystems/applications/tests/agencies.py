"""Everybody who decides somewhere in the city, for journeys through all procedures."""

from __future__ import annotations

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.agencies.public import Agency, Post
from motcua.casework.issuing.public import add_demo_key
from motcua.casework.testing.makers import make_agency, make_official
from motcua.subsystems.applications.tests.world import World

OTHERS = {
    "ca-26740": ("Công an phường Sài Gòn", "commune", "26740"),
    "ca-tp": ("Công an Thành phố Hồ Chí Minh", "city", ""),
    "bhxh-tp": ("Bảo hiểm xã hội Thành phố Hồ Chí Minh", "city", ""),
    "vpdkdd-tp": ("Văn phòng đăng ký đất đai Thành phố Hồ Chí Minh", "city", ""),
    "so-vhtt": ("Sở Văn hoá và Thể thao", "city", ""),
}
STAFF = ("case_officer", "division_head", "leader", "records_clerk")


def open_the_others(world: World) -> None:
    """Police, social insurance, land office and a department, each with staff and keys."""
    for code, (name, level, commune) in OTHERS.items():
        agency = make_agency(name, code=code, kind="branch", level=level, commune_code=commune)
        _staff(world, agency)


def _staff(world: World, agency: Agency) -> None:
    people: dict[str, Actor] = {
        role: make_official(agency, role, name=f"Cán bộ {role}") for role in STAFF
    }
    world.people |= {f"{agency.code} {role}": actor for role, actor in people.items()}
    leader = people["leader"]
    Post.objects.filter(pk=leader.posts[0].post_id).update(authority="own", title="Thủ trưởng")
    add_demo_key(
        actor=SYSTEM,
        purpose="person",
        agency_id=agency.pk,
        account_id=leader.account_id,
        name=leader.name,
        organisation=agency.name,
    )
    add_demo_key(
        actor=SYSTEM,
        purpose="organisation",
        agency_id=agency.pk,
        name=agency.name,
        organisation=agency.name,
    )
