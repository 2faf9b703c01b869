"""Ways of looking at the inbox that an official keeps."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.models import SavedView
from motcua.casework.cases.rules import MOST_VIEWS, TooManyViews
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now

NAME, ASKED = 60, 600


@transaction.atomic
def save_view(
    *, actor: Actor, name: str, asked: str, agency_id: int | None = None, uid: str = ""
) -> SavedView:
    """Keep a way of looking at the inbox under a name, or change one's own.

    Args:
        asked: query string of the inbox: filters and columns.
        agency_id: the actor's agency whose officials may use it too; None keeps it personal.
        uid: an own view that gets this name, selection and sharing.

    Raises:
        InvalidInput: no name, or one too long; an agency that is not the actor's.
        TooManyViews, NotFound.
    """
    named = name.strip()
    if not 0 < len(named) <= NAME or len(asked) > ASKED:
        words = Bilingual("Đặt tên ngắn, nhiều nhất 60 chữ.", "Give it a short name, at most 60.")
        raise InvalidInput({"name": words})
    if agency_id is not None and agency_id not in actor.agency_ids:
        words = Bilingual("Chỉ chia sẻ được với đơn vị của bạn.", "Share with your own unit only.")
        raise InvalidInput({"shared": words})
    view = _own(actor, uid) if uid else _fresh(actor)
    view.name, view.asked, view.shared_with_id, view.saved_at = named, asked, agency_id, now()
    view.save()
    _record(actor, view, "cases.save_view")
    return view


def _fresh(actor: Actor) -> SavedView:
    mine = SavedView.objects.filter(account_id=actor.account_id)
    places = sorted(mine.values_list("place", flat=True))
    if len(places) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    last = places[-1] + 1 if places else 0
    return SavedView(account_id=actor.account_id, place=last)


def _own(actor: Actor, uid: str) -> SavedView:
    try:
        wanted = UUID(uid)
    except ValueError:
        raise NotFound from None
    view = SavedView.objects.filter(uid=wanted, account_id=actor.account_id).first()
    if view is None:
        raise NotFound
    return view


def _record(actor: Actor, view: SavedView, verb: str) -> None:
    facts = {"view": str(view.uid), "shared_with": view.shared_with_id}
    record(actor=actor, chain=f"views:{view.account_id}", verb=verb, after=facts)


@transaction.atomic
def delete_view(*, actor: Actor, uid: str) -> None:
    """Drop one of one's own views; the unit loses it too. Raises NotFound."""
    view = _own(actor, uid)
    _record(actor, view, "cases.delete_view")
    view.delete()


@transaction.atomic
def move_view(*, actor: Actor, uid: str) -> None:
    """Put one of one's own views a place further to the front. Raises NotFound."""
    view = _own(actor, uid)
    mine = SavedView.objects.filter(account_id=actor.account_id, place__lt=view.place)
    before = mine.order_by("-place", "-pk").first()
    if before is not None:
        before.place, view.place = view.place, before.place
        before.save(update_fields=["place"])
        view.save(update_fields=["place"])
        _record(actor, view, "cases.move_view")
