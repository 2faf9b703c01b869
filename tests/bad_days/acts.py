"""What is done inside an installation of its own: ``acts.py NAME [JSON]`` says one JSON line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

PASSWORD = "mat-khau-cua-bai-thu"
CODE = "1.004873"


def build() -> dict[str, Any]:
    """The small city of the applications' tests, with people who can log in."""
    from motcua.casework.people.public import Account
    from motcua.subsystems.applications.tests.world import make_world

    world = make_world()
    names: dict[str, str] = {}
    for who, actor in {**world.people, "citizen": world.citizen}.items():
        account = Account.objects.get(pk=actor.account_id)
        account.set_password(PASSWORD)
        account.email = f"{who}@nguoi-dan.test"
        account.save()
        names[who] = account.username
    return {"names": names, "centre": world.centre.pk, "password": PASSWORD}


def _actor(name: str) -> Any:
    from motcua.casework.access.public import actor_of
    from motcua.casework.people.public import Account

    return actor_of(Account.objects.get(username=name))


def drafts(citizen: str, count: int) -> list[str]:
    """Drafts that lack nothing but the last press of the button; their keys."""
    from motcua.subsystems.applications.drafting import CENTRE, begin
    from motcua.subsystems.applications.tests.world import MARITAL

    actor = _actor(citizen)
    keys: list[str] = []
    for _ in range(count):
        work = begin(actor, CODE)
        work.answers = dict(MARITAL)
        work.beside[CENTRE] = "pvhcc-26740"
        work.step = "check"
        work.keep()
        keys.append(work.key)
    return keys


def dossiers(citizen: str, clerk: str, centre: int, count: int) -> list[str]:
    """Dossiers filed and accepted: form 01 is ordered, people are to be told."""
    from motcua.casework.workflow.public import actions_for
    from motcua.foundation.timesource import now
    from motcua.subsystems.applications.dossiers import city_date, load_dossier
    from motcua.subsystems.applications.public import Filing, act, submit
    from motcua.subsystems.applications.tests.world import MARITAL

    uids: list[str] = []
    for _ in range(count):
        filing = Filing(procedure_code=CODE, answers=MARITAL, receiving_agency_id=centre)
        uid = str(submit(actor=_actor(citizen), filing=filing)["uid"])
        dossier = load_dossier(_actor(clerk), uid)
        offered = actions_for(_actor(clerk), dossier.case, dossier.variables(city_date(now())))
        accept = next(possible for possible in offered if possible.action == "accept")
        act(actor=_actor(clerk), uid=uid, token_id=accept.token_id, action="accept")
        uids.append(uid)
    return uids


def dossiers_new(citizen: str, centre: int) -> str:
    """One dossier just filed."""
    from motcua.subsystems.applications.public import Filing, submit
    from motcua.subsystems.applications.tests.world import MARITAL

    filing = Filing(procedure_code=CODE, answers=MARITAL, receiving_agency_id=centre)
    return str(submit(actor=_actor(citizen), filing=filing)["uid"])


def idle() -> int:
    """Everything that is due is done."""
    from motcua.foundation.outbox.public import run_until_idle

    return run_until_idle()


def count() -> dict[str, Any]:
    """What stands in the database, and every fault of the ledger."""
    from motcua.casework.cases.public import Case
    from motcua.casework.issuing.models import IssuedNumber
    from motcua.casework.ledger.models import Entry
    from motcua.casework.ledger.public import check_ledger
    from motcua.casework.notices.models import Delivery
    from motcua.casework.notices.public import Notice
    from motcua.foundation.outbox.models import Event, Job
    from motcua.subsystems.applications.public import Slip

    numbers = list(IssuedNumber.objects.values_list("register_id", "number"))
    last = dict(sorted(numbers))
    used = Counter(register for register, _ in numbers)
    told = Counter(Notice.objects.values_list("case_id", "template", "reader"))
    return {
        "uids": [str(uid) for uid in Case.objects.values_list("uid", flat=True)],
        "codes": list(Case.objects.values_list("code", flat=True)),
        "slips": Slip.objects.count(),
        "slips_made": Slip.objects.filter(document__isnull=False).count(),
        "numbers": numbers,
        "gaps": [register for register, number in last.items() if used[register] != number],
        "told_twice": [str(key) for key, times in told.items() if times > 1],
        "notices": Notice.objects.count(),
        "mails": dict(
            Counter(Delivery.objects.filter(channel="mail").values_list("state", flat=True))
        ),
        "events_waiting": Event.objects.filter(dispatched_at__isnull=True).count(),
        "jobs": dict(Counter(Job.objects.values_list("state", flat=True))),
        "dead": list(Job.objects.filter(state="dead").values_list("queue", "last_error")),
        "verbs": list(
            Entry.objects.filter(verb__in=("applications.accept", "applications.refuse"))
            .order_by("pk")
            .values_list("verb", flat=True)
        ),
        "broken": [finding.sentence.en for finding in check_ledger()],
    }


def _together(work: Any, times: int) -> list[str]:
    """Run it in threads at once; what each gave, or the code of its refusal."""
    from threading import Barrier

    from django.db import connection

    from motcua.foundation.errors import DomainError

    start = Barrier(times)

    def one(place: int) -> str:
        start.wait(20)
        try:
            return str(work(place))
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def submit_together(citizen: str, centre: int, times: int) -> list[str]:
    """The same form sent several times at the same moment."""
    from motcua.subsystems.applications.public import Filing, submit
    from motcua.subsystems.applications.tests.world import MARITAL

    actor = _actor(citizen)
    filing = Filing(procedure_code=CODE, answers=MARITAL, receiving_agency_id=centre)
    return _together(lambda _: submit(actor=actor, filing=filing, key="mot-lan")["uid"], times)


def file_together(citizen: str, centre: int, times: int) -> list[str]:
    """Different forms filed at the same moment."""
    return _together(lambda _: dossiers_new(citizen, centre), times)


def act_together(officers: list[str], uid: str, actions: list[str]) -> list[str]:
    """Several officers act on one dossier, each from the page as it was a moment ago."""
    from motcua.casework.workflow.public import actions_for
    from motcua.foundation.timesource import now
    from motcua.subsystems.applications.dossiers import city_date, load_dossier
    from motcua.subsystems.applications.public import act

    actors = [_actor(name) for name in officers]
    seen: list[tuple[int, int]] = []
    for actor, action in zip(actors, actions, strict=True):
        dossier = load_dossier(actor, uid)
        offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
        token = next(possible.token_id for possible in offered if possible.action == action)
        seen.append((token, dossier.case.version))

    def one(place: int) -> str:
        token, version = seen[place]
        done = act(
            actor=actors[place],
            uid=uid,
            token_id=token,
            action=actions[place],
            payload={"reason": f"Lý do {place}"},
            expected_version=version,
        )
        return str(done["verb"])

    return _together(one, len(actors))


def second_clerk() -> str:
    """Another clerk at the same counter; his name."""
    from motcua.casework.agencies.public import Agency
    from motcua.casework.people.public import Account
    from motcua.casework.testing.makers import make_official

    actor = make_official(Agency.objects.get(code="pvhcc-26740"), "receiving_clerk")
    account = Account.objects.get(pk=actor.account_id)
    # Names of test accounts are counted anew in every process.
    account.username = "can-bo-thu-hai"
    account.save()
    return account.username


if __name__ == "__main__":
    django.setup()
    arguments = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    print(json.dumps(globals()[sys.argv[1]](**arguments)))
