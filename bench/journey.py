"""Filing a dossier and one step forward, beside a bare Django view that does the same inserts."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.table import OPEN_ZAAK, Table, count, set_up

ROUNDS = 8
EACH = 10
STEPPED = 24
STEPS = (
    ("clerk", "accept"), ("clerk", "forward"), ("officer", "propose_online"),
    ("citizen", "confirm_draft"), ("division", "approve"), ("leader", "sign"),
    ("records", "issue"), ("clerk", "deliver"),
)  # fmt: skip
SIGNED = frozenset({"propose_online", "sign", "issue"})


def timed(work: Callable[[], object], times: int = EACH) -> tuple[float, float]:
    """CPU and wall milliseconds of one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        work()
    return (time.process_time() - cpu) * 1000 / times, (time.perf_counter() - wall) * 1000 / times


def bare_view() -> Callable[[Any], Any]:
    """A view of a few lines: it reads the posted JSON and inserts the rows with the ORM.

    The rows are copies of what filing writes, so both write the same columns.
    """
    from django.db import transaction
    from django.http import JsonResponse

    from motcua.casework.access.models import Visibility
    from motcua.casework.cases.models import Case, StateChange
    from motcua.casework.clock.models import ClockEntry
    from motcua.casework.forms.models import FormAnswers
    from motcua.casework.ledger.models import Entry
    from motcua.casework.workflow.models import Token
    from motcua.foundation.ids import new_uid
    from motcua.foundation.outbox.models import Event
    from motcua.subsystems.applications.models import Application

    case = Case.objects.latest("pk")

    def columns(row: Any, *without: str) -> dict[str, Any]:
        fields = row._meta.concrete_fields
        return {f.attname: getattr(row, f.attname) for f in fields if f.attname not in without}

    like_case = columns(case, "id", "uid", "code")
    ofcase = [
        columns_of(row, columns)
        for row in (
            StateChange.objects.filter(case=case)[0],
            FormAnswers.objects.filter(case_id=case.pk)[0],
            Token.objects.filter(case=case)[0],
            ClockEntry.objects.filter(case=case)[0],
        )
    ]
    like_application = columns(Application.objects.get(pk=case.pk), "case_id")
    like_entry = columns(Entry.objects.latest("pk"), "id", "chain", "case_id")
    viewers = list(Visibility.objects.filter(case=case).values_list("viewer", flat=True))
    like_event = columns(Event.objects.latest("pk"), "id")
    numbers = iter(range(10**9))

    def view(request: Any) -> Any:
        json.loads(request.body)
        with transaction.atomic():
            made = Case.objects.create(**like_case, uid=new_uid(), code=f"B{next(numbers)}")
            for model, values in ofcase:
                model.objects.create(**values, case_id=made.pk)
            Application.objects.create(**like_application, case_id=made.pk)
            Entry.objects.create(**like_entry, case_id=made.pk, chain=f"bare:{made.pk}")
            Visibility.objects.bulk_create([Visibility(case=made, viewer=v) for v in viewers])
            Event.objects.create(**like_event)
        return JsonResponse({"uid": str(made.uid)})

    return view


def columns_of(row: Any, columns: Callable[..., dict[str, Any]]) -> tuple[Any, dict[str, Any]]:
    return type(row), columns(row, "id", "case_id")


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    set_up()
    from django.http import JsonResponse
    from django.test import RequestFactory

    from motcua.casework.workflow.public import actions_for
    from motcua.foundation.ids import new_uid
    from motcua.foundation.timesource import now
    from motcua.subsystems.applications.dossiers import city_date, load_dossier
    from motcua.subsystems.applications.public import Filing, act, submit
    from motcua.subsystems.applications.tests.world import MARITAL, make_world

    world = make_world()
    body = json.dumps({"answers": MARITAL})
    requests = RequestFactory()
    filed: list[str] = []

    def filing_view(request: Any) -> Any:
        answers = json.loads(request.body)["answers"]
        filing = Filing(
            procedure_code="1.004873", answers=answers, receiving_agency_id=world.centre.pk
        )
        made = submit(actor=world.citizen, filing=filing, key=str(new_uid()))
        filed.append(made["uid"])
        return JsonResponse(made)

    def post(view: Callable[[Any], Any]) -> None:
        view(requests.post("/", body, content_type="application/json"))

    post(filing_view)
    bare = bare_view()
    post(bare)
    table = Table()
    ours: list[tuple[float, float]] = []
    floor: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: post(filing_view)))
        floor.append(timed(lambda: post(bare)))
    cpu = statistics.median(c for c, _ in ours)
    ratio = statistics.median(b / o for (_, o), (_, b) in zip(ours, floor, strict=True)) * 100
    # Twice, since reference rows are read anew every few seconds, whoever comes along then.
    counted = min(count(lambda: post(filing_view)) for _ in range(3))
    table.line("file: statements", counted, "statements", 12,
               beside=f"{OPEN_ZAAK}: 38")  # fmt: skip
    table.line("file: CPU", cpu, "ms", 25, beside=f"{OPEN_ZAAK}: 129 ms")
    table.line("file: throughput of the bare view", ratio, "%", 40, least=True,
               beside=f"bare: {statistics.median(c for c, _ in floor):.1f} ms CPU")  # fmt: skip

    def step(who: str, action: str, uid: str) -> Callable[[], object]:
        actor = world.citizen if who == "citizen" else world.people[who]
        dossier = load_dossier(actor, uid)
        offered = actions_for(actor, dossier.case, dossier.variables(city_date(now())))
        token = next(one.token_id for one in offered if one.action == action)
        version, key = dossier.case.version, str(new_uid())
        return lambda: act(actor=actor, uid=uid, token_id=token, action=action,
                           expected_version=version, key=key)  # fmt: skip

    for who, action in STEPS:
        step(who, action, filed[0])()
        counted = min(count(step(who, action, uid)) for uid in filed[1:3])
        works = [step(who, action, uid) for uid in filed[3:STEPPED]]
        spent = statistics.median(timed(work, 1)[0] for work in works)
        table.line(f"{action}: statements", counted, "statements", 15, beside=f"{OPEN_ZAAK}: 79")
        if action in SIGNED:
            table.note(f"{action}, with page and signature: {spent:.1f} ms CPU")
        else:
            table.line(f"{action}: CPU", spent, "ms", 30, beside=f"{OPEN_ZAAK}: 361 ms")
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
