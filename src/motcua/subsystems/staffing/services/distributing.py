"""Many cases given to officers at once, one by one in the background."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, actor_of, require
from motcua.casework.cases.public import Case, access_case, assign
from motcua.casework.ledger.public import record
from motcua.casework.notices.public import Recipient, notify
from motcua.casework.workflow.public import actions_for
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotPossibleNow
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.public import act, dossier_of
from motcua.subsystems.staffing.manifest import DISTRIBUTE
from motcua.subsystems.staffing.models import Distribution, DistributionItem
from motcua.subsystems.staffing.rules import MOST, WAYS
from motcua.subsystems.staffing.selectors import distribution_of, officers, waiting

GIVE = "staffing.give"
CHUNK = 20


@transaction.atomic
def distribute(
    *,
    actor: Actor,
    agency_id: int,
    way: str,
    given: Mapping[int, int],
    holder: int | None = None,
) -> Distribution:
    """Give cases to officers: ``given`` maps case id to account id, as the preview showed it.

    Done in the background; each case by its own act, with history and ledger.

    Args:
        holder: the officer whose cases are handed over; None for cases without an officer.

    Raises:
        NotAllowed: the actor does not head this agency.
        InvalidInput: nothing chosen, a case that no longer waits, an officer who cannot take it.
    """
    require(actor, DISTRIBUTE, agency_id=agency_id)
    known = {case.pk for case in waiting(actor, agency_id, holder=holder)}
    takers = {one.account_id: away for one, _name, away in officers(agency_id, today(), now())}
    chosen = {case: officer for case, officer in given.items() if case in known}
    if not chosen or len(chosen) > MOST:
        nothing = Bilingual("Chọn ít nhất một hồ sơ.", "Choose at least one application.")
        raise InvalidInput({"case": nothing})
    if any(takers.get(officer, True) for officer in chosen.values()):
        gone = Bilingual(
            "Có người được chọn đang vắng mặt hoặc không còn là cán bộ thụ lý ở đây.",
            "Somebody chosen is away or no longer an officer here.",
        )
        raise InvalidInput({"officer": gone})
    made = Distribution.objects.create(
        agency_id=agency_id,
        way=way if way in WAYS else "by_hand",
        account_id=actor.account_id,
        asked_at=now(),
    )
    DistributionItem.objects.bulk_create(
        DistributionItem(distribution=made, case_id=case, account_id=officer)
        for case, officer in chosen.items()
    )
    _note(actor, made, "staffing.distribute", len(chosen))
    enqueue(GIVE, {"distribution": made.pk})
    return made


@transaction.atomic
def stop_distribution(*, actor: Actor, uid: UUID | str) -> Distribution:
    """Stop: what is given stays given, the rest waits as before.

    Raises:
        NotFound: no such distribution of an agency the actor heads.
        NotPossibleNow: it is over.
    """
    found = Distribution.objects.select_for_update().get(pk=distribution_of(actor, uid).pk)
    if found.finished_at or found.stopped_at:
        raise NotPossibleNow
    found.stopped_at = found.finished_at = now()
    found.save(update_fields=["stopped_at", "finished_at"])
    _note(actor, found, "staffing.stop", 0)
    return found


def give_next(distribution_id: int) -> bool:
    """Give the next few; whether more wait. One transaction: after a crash they are given again.

    The one who asked acts, as it stands now: who lost the post in between gives nothing more.
    """
    with transaction.atomic():
        run = (
            Distribution.objects.select_for_update(of=("self",))
            .select_related("account")
            .get(pk=distribution_id)
        )
        left = run.items.filter(done_at=None, refused="").select_related("case")  # type: ignore[attr-defined]
        if run.finished_at:
            return False
        actor = actor_of(run.account)
        for item in left.order_by("pk")[:CHUNK]:
            _give(actor, run, item)
        if left.exists():
            return True
        run.finished_at = now()
        run.save(update_fields=["finished_at"])
        _tell(run)
        return False


def _give(actor: Actor, run: Distribution, item: DistributionItem) -> None:
    try:
        with transaction.atomic():
            require(actor, DISTRIBUTE, agency_id=run.agency_id)
            _hand(actor, access_case(actor, item.case.uid), item.account_id)
        item.done_at = now()
    except DomainError as error:
        item.refused = error.text().vi[:300]
    item.save(update_fields=["done_at", "refused"])


def _hand(actor: Actor, case: Case, account_id: int) -> None:
    """By the step of the process where there is one, else as the kernel assigns."""
    if case.kind == "application" and case.holder_role != "case_officer":
        variables = dossier_of(case).variables(today())
        for possible in actions_for(actor, case, variables):
            if possible.verb == "assign":
                act(
                    actor=actor,
                    uid=case.uid,
                    token_id=possible.token_id,
                    action=possible.action,
                    payload={"officer": account_id, "together": True},
                )
                return
        raise NotPossibleNow
    assign(actor=actor, case=case, account_id=account_id)


def _tell(run: Distribution) -> None:
    """Each officer hears once, however many cases came."""
    rows = run.items.filter(done_at__isnull=False).values_list("account_id", flat=True)  # type: ignore[attr-defined]
    for account, count in Counter(rows).items():
        notify(
            actor=SYSTEM,
            template="staffing.given",
            recipients=[Recipient(account_id=account)],
            data={"count": count, "who": run.account.display_name},
            link="/console/?view=mine",
            dedupe_key=f"given:{run.uid}:{account}",
        )


def _note(actor: Actor, run: Distribution, verb: str, cases: int) -> None:
    record(
        actor=actor,
        chain=f"staffing:{run.agency_id}",
        verb=verb,
        after={"distribution": str(run.uid), "way": run.way, "cases": cases},
        agency_id=run.agency_id,
    )
