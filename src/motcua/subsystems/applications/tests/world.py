"""A small city for tests: one ward with its centre, everybody in post, keys to sign with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.agencies.public import Agency, AgencyIdentifier
from motcua.casework.issuing.public import add_demo_key, make_demo_authority
from motcua.casework.testing.makers import make_agency, make_citizen, make_official
from motcua.foundation.testing.database import built_once
from motcua.subsystems.applications.services import Filing, act, submit
from motcua.subsystems.procedures.public import load_packages

OFFICIALS = {
    "clerk": ("centre", "receiving_clerk"),
    "head": ("centre", "centre_head"),
    "officer": ("ward", "case_officer"),
    "division": ("ward", "division_head"),
    "leader": ("ward", "leader"),
    "records": ("ward", "records_clerk"),
}

MARITAL: dict[str, Any] = {
    "requester_name": "Trần Thị Lan",
    "requester_identity": "079190001234",
    "requester_birth_date": "1990-02-03",
    "requester_phone": "0901234567",
    "requester_email": "lan@example.vn",
    "requester_address": {"commune": "26740", "line": "12 Lê Lợi"},
    "relation": "self",
    "person_sex": "female",
    "person_ethnicity": "kinh",
    "person_nationality": "Việt Nam",
    "person_address": {"commune": "26740", "line": "12 Lê Lợi"},
    "lived_elsewhere": "no",
    "marital_status": "never",
    "purpose": "property",
    "copies": 1,
    "had_previous": "no",
    "result_channel": "online",
    "truthful": True,
}


@dataclass(slots=True)
class World:
    """The ward, its centre, a second ward to consult, and everybody by name."""

    centre: Agency
    ward: Agency
    other: Agency
    people: dict[str, Actor]
    citizen: Actor
    extra: dict[str, Any] = field(default_factory=dict[str, Any])

    def __getattr__(self, name: str) -> Actor:
        if name == "people" or name.startswith("__"):
            raise AttributeError(name)
        return self.people[name]

    def file(self, **more: Any) -> str:
        """File a marital-status application; its uid."""
        answers = {**MARITAL, **more.pop("answers", {})}
        filing = Filing(
            procedure_code="1.004873",
            answers=answers,
            receiving_agency_id=self.centre.pk,
            **more,
        )
        return str(submit(actor=self.citizen, filing=filing)["uid"])

    def do(self, who: str, uid: str, action: str, **payload: Any) -> dict[str, Any]:
        """Let somebody take an action that the process offers them now."""
        from motcua.casework.workflow.public import actions_for
        from motcua.foundation.timesource import now
        from motcua.subsystems.applications.dossiers import city_date, load_dossier

        actor = self.citizen if who == "citizen" else self.people[who]
        dossier = load_dossier(actor, uid)
        offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
        found = [possible for possible in offered if possible.action == action]
        assert found, f"{who} is offered {[p.action for p in offered]}, not {action}"
        return act(actor=actor, uid=uid, token_id=found[0].token_id, action=action, payload=payload)


FIRST_FIVE = ("1.001193", "1.001612", "1.004873", "1.013225", "1.014027")


def make_world(procedures: Collection[str] = FIRST_FIVE) -> World:
    """Build it with these procedures in force. Needs a database."""
    name = ("world", tuple(procedures), str(settings.MOTCUA_KEYS_DIR))
    return built_once(name, lambda: _build(procedures))


def _build(procedures: Collection[str]) -> World:
    make_demo_authority()
    city = make_agency(
        "Uỷ ban nhân dân Thành phố Hồ Chí Minh", level="city", kind="city", code="ubnd-tp"
    )
    wards = [
        make_agency(
            f"Uỷ ban nhân dân {name}",
            code=f"ubnd-{code}",
            commune_code=code,
            short_name=name,
            place_name=name,
            parent=city,
        )
        for code, name in (("26740", "phường Sài Gòn"), ("26743", "phường Bến Thành"))
    ]
    centre = make_agency(
        "Trung tâm Phục vụ hành chính công phường Sài Gòn",
        kind="centre",
        code="pvhcc-26740",
        commune_code="26740",
        parent=wards[0],
    )
    AgencyIdentifier.objects.create(
        agency=centre, scheme="h29", value="H29.130.1", valid_from=dt.date(2025, 7, 1)
    )
    places = {"centre": centre, "ward": wards[0]}
    people = {
        who: make_official(places[place], role, name=f"Cán bộ {who}")
        for who, (place, role) in OFFICIALS.items()
    }
    people["consulted"] = make_official(wards[1], "case_officer", name="Cán bộ được hỏi")
    leader_post = people["leader"].posts[0].post_id
    from motcua.casework.agencies.public import Post

    Post.objects.filter(pk=leader_post).update(authority="own", title="Chủ tịch")
    add_demo_key(
        actor=SYSTEM,
        purpose="person",
        agency_id=wards[0].pk,
        account_id=people["leader"].account_id,
        name="Cán bộ leader",
        organisation=wards[0].name,
    )
    for agency in (wards[0], centre):
        add_demo_key(
            actor=SYSTEM,
            purpose="organisation",
            agency_id=agency.pk,
            name=agency.name,
            organisation=agency.name,
        )
    load_packages(actor=SYSTEM, only=procedures)
    return World(centre, wards[0], wards[1], people, make_citizen())
