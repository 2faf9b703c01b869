"""One act on several cases: each succeeds or fails by itself, and the person hears which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import holders_of
from motcua.casework.cases.public import Case, access_case, assign
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today

MOST = 100
WORKING_ROLES = ("case_officer", "receiving_clerk", "division_head", "records_clerk")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that were ticked, and what is to happen to them."""

    uids: tuple[str, ...]
    verb: str
    account_id: int | None
    note: str = ""

    @classmethod
    def read(cls, posted: QueryDict) -> Chosen:
        """From the posted form; at most a page of rows."""
        account = posted.get("account", "")
        return cls(
            tuple(posted.getlist("uid")[:MOST]),
            posted.get("verb", ""),
            int(account) if account.isdecimal() else None,
            posted.get("note", "").strip(),
        )


@dataclass(slots=True)
class Outcome:
    """How many went well; the others with the reason."""

    done: int = 0
    refused: list[str] = field(default_factory=list[str])


def take_chosen(actor: Actor, chosen: Chosen) -> Outcome:
    """Assign the chosen cases to the actor."""
    return _each(actor, chosen, lambda case: _give(actor, case, actor.account_id, ""))


def assign_chosen(actor: Actor, chosen: Chosen) -> Outcome:
    """Assign the chosen cases to one official."""
    return _each(actor, chosen, lambda case: _give(actor, case, chosen.account_id, chosen.note))


def _give(actor: Actor, case: Case, account_id: int | None, note: str) -> None:
    assign(actor=actor, case=case, account_id=account_id, note=note)


def _each(actor: Actor, chosen: Chosen, act: Callable[[Case], None]) -> Outcome:
    outcome, language = Outcome(), get_language() or "vi"
    for uid in chosen.uids:
        code = ""
        try:
            case = access_case(actor, uid)
            code = case.code or ""
            act(case)
            outcome.done += 1
        except DomainError as error:
            outcome.refused.append(f"{code or '?'}: {error.text().in_language(language)}")
    return outcome


def outcome_words(outcome: Outcome | None) -> str:
    """What to tell the person afterwards; ``None`` when nothing was ticked."""
    if outcome is None:
        return str(_("Hãy đánh dấu ít nhất một hồ sơ."))
    words = [
        ngettext("Đã giao %(n)s hồ sơ.", "Đã giao %(n)s hồ sơ.", outcome.done) % {"n": outcome.done}
    ]
    if outcome.refused:
        words.append(str(_("Không giao được: %(list)s") % {"list": "; ".join(outcome.refused)}))
    return " ".join(words)


def choices_of(actor: Actor, chosen: Chosen) -> dict[str, Any]:
    """The officials to whom the actor may give cases, and the cases themselves."""
    agencies = sorted(a for a in actor.agency_ids if allowed(actor, "cases.assign", agency_id=a))
    people = {
        held.account_id: f"{held.account.display_name} — {held.post.title}"
        for agency_id in agencies
        for role in WORKING_ROLES
        for held in holders_of(agency_id, role, today())
    }
    return {"chosen": chosen, "people": sorted(people.items(), key=lambda item: item[1])}
