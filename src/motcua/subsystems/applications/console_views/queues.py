"""What waits for a signature or a seal: the list, the paper, the act, and the next one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.cases.public import InboxFilters, InboxRow, inbox
from motcua.foundation.errors import NotAllowed
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.console_views.casefile import CaseFile, casefile
from motcua.subsystems.applications.public import dossier_page
from motcua.subsystems.applications.queue_tools import together_address

SIZE = 100


@dataclass(frozen=True, slots=True)
class QueueScreen:
    """The waiting dossiers and the one that is open."""

    back: str
    rows: list[InboxRow]
    file: CaseFile | None
    current: str
    more: bool
    together: str

    @property
    def asked(self) -> str:
        """The same list as a filter of the inbox, for an export."""
        return "role=leader" if self.back == "sign" else "role=records_clerk"


def queue_screen(actor: Actor, request: HttpRequest, role: str, back: str) -> QueueScreen:
    """The queue of one role in the actor's agencies; the first one open unless one is named."""
    agencies = tuple(sorted(p.agency_id for p in actor.posts if p.role == role))
    if not agencies:
        raise NotAllowed
    filters = InboxFilters(kinds=("application",), agency_ids=agencies, roles=(role,))
    page = inbox(actor, filters, size=SIZE)
    rows = list(page.rows)
    wanted = request.GET.get("ho-so", "")
    row = next((row for row in rows if str(row.uid) == wanted), rows[0] if rows else None)
    opened = (
        casefile(actor, dossier_page(actor, row.uid), {**request.GET.dict(), "ho-so": str(row.uid)})
        if row
        else None
    )
    return QueueScreen(
        back, rows, opened, str(row.uid) if row else "", bool(page.after), together_address(role)
    )


@require_safe
@audience("official")
def signing(request: HttpRequest) -> HttpResponse:
    """What waits for the leader's signature."""
    screen = queue_screen(actor_of_request(request), request, "leader", "sign")
    return render(request, "applications/console/queue.html", {"screen": screen})


@require_safe
@audience("official")
def sealing(request: HttpRequest) -> HttpResponse:
    """What waits for the seal."""
    screen = queue_screen(actor_of_request(request), request, "records_clerk", "seal")
    return render(request, "applications/console/queue.html", {"screen": screen})
