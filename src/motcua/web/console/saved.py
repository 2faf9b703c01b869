"""An official's own views of the inbox: as tabs, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import SavedView, delete_view, move_view, save_view


@dataclass(frozen=True, slots=True)
class ViewTab:
    """A saved view among the tabs."""

    uid: str
    name: str
    owner: str
    mine: bool
    shared: bool

    @property
    def label(self) -> str:
        """Its name; of another's view also whose it is."""
        return self.name if self.mine else f"{self.name} ({self.owner})"


def view_tabs(actor: Actor, views: Iterable[SavedView]) -> list[ViewTab]:
    """The views as tabs; asks the database nothing."""
    return [
        ViewTab(
            str(view.uid),
            view.name,
            view.account.display_name,
            view.account_id == actor.account_id,
            view.shared_with_id is not None,
        )
        for view in views
    ]


def act_on_view(actor: Actor, posted: QueryDict) -> tuple[str, str]:
    """Save, change, move or delete a view as the form says; the view to show, and the words.

    Raises:
        InvalidInput, TooManyViews, NotFound: as the services say.
    """
    verb, uid = posted.get("verb", ""), posted.get("uid", "")
    if verb == "delete":
        delete_view(actor=actor, uid=uid)
        return "", _("Đã xoá chế độ xem.")
    if verb == "forward":
        move_view(actor=actor, uid=uid)
        return uid, _("Đã chuyển lên trước một chỗ.")
    agency = actor.posts[0].agency_id if posted.get("shared") and actor.posts else None
    view = save_view(
        actor=actor,
        name=posted.get("name", ""),
        asked=posted.get("asked", ""),
        agency_id=agency,
        uid=uid if verb == "update" else "",
    )
    return str(view.uid), _("Đã lưu chế độ xem “%(name)s”.") % {"name": view.name}
