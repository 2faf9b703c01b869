"""Both sides compared: what is missing there is told again, what is unknown here is shown."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import Case, kind_of
from motcua.casework.ledger.public import record
from motcua.foundation.timesource import CITY_ZONE, now
from motcua.subsystems.applications.public import APPLICATION
from motcua.subsystems.national_portal.models import Reconciliation, SyncedDossier
from motcua.subsystems.national_portal.ports import Portal, portal
from motcua.subsystems.national_portal.rules import Difference, differences
from motcua.subsystems.national_portal.services.reporting import report_dossier

MOST_SHOWN = 500


def reconcile(
    *, actor: Actor, since: dt.date, until: dt.date, to: Portal | None = None
) -> Reconciliation:
    """Compare the states of all dossiers filed between two days, both included.

    What the other side lacks, or has in another state, is reported anew. What is still on
    its way (waiting messages) is told apart by nobody: telling it again changes nothing.

    Raises:
        NotAllowed: the actor may not.
        OutboundUnavailable: no answer.
    """
    require(actor, "national_portal.mend")
    reply = (to or portal()).states(f"{since:%Y%m%d}", f"{until:%Y%m%d}")
    theirs = {str(row["MaHoSo"]): str(row["TrangThaiHoSo"]) for row in reply.data}
    ours, cases = _ours(since, until)
    found = differences(ours, theirs)
    return _write(actor, since, until, ours, theirs, found, cases)


def _ours(since: dt.date, until: dt.date) -> tuple[dict[str, str], dict[str, int]]:
    begin = dt.datetime.combine(since, dt.time(), CITY_ZONE)
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), CITY_ZONE)
    rows = Case.objects.filter(kind=APPLICATION.code, opened_at__gte=begin, opened_at__lt=end)
    numbers = kind_of(APPLICATION.code).by_id
    synced = dict(
        SyncedDossier.objects.filter(
            case__opened_at__gte=begin, case__opened_at__lt=end
        ).values_list("case_id", "portal_code")
    )
    ours: dict[str, str] = {}
    cases: dict[str, int] = {}
    for pk, code, state in rows.values_list("pk", "code", "state").iterator(chunk_size=5000):
        known = synced.get(pk) or code
        if known:
            ours[known] = str(numbers[state].number)
            cases[known] = pk
    return ours, cases


@transaction.atomic
def _write(
    actor: Actor,
    since: dt.date,
    until: dt.date,
    ours: dict[str, str],
    theirs: dict[str, str],
    found: list[Difference],
    cases: dict[str, int],
) -> Reconciliation:
    run = Reconciliation.objects.create(
        since=since,
        until=until,
        at=now(),
        ours=len(ours),
        theirs=len(theirs),
        differing=[[d.code, d.ours, d.theirs] for d in found[:MOST_SHOWN]],
    )
    told = 0
    for difference in found:
        if difference.code in cases:
            told += bool(report_dossier(cases[difference.code], again=f"r{run.pk}"))
    Reconciliation.objects.filter(pk=run.pk).update(requeued=told)
    run.requeued = told
    record(
        actor=actor,
        chain="national-portal",
        verb="national_portal.reconcile",
        after={"since": since, "until": until, "differing": len(found), "told_again": told},
    )
    return run
