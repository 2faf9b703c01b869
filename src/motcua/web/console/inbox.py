"""The inbox as a screen: filters read from the address, rows made ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, allowed
from motcua.casework.cases.public import (
    InboxFilters,
    all_kinds,
    inbox,
    inbox_counts,
    saved_views,
    standard_views,
)
from motcua.casework.exports.public import Column
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now, today
from motcua.subsystems.procedures.public import procedures
from motcua.web.console.columns import BY_KEY, INBOX_COLUMNS, STANDARD
from motcua.web.console.rows import ROLE_NAMES, ShownRow, shown_rows
from motcua.web.console.saved import ViewTab, view_tabs

VIEWS = (
    ("all", gettext_lazy("Tất cả")),
    ("mine", gettext_lazy("Giao cho tôi")),
    ("unassigned", gettext_lazy("Chưa giao")),
    ("late", gettext_lazy("Quá hạn")),
)
CITY_WIDE = frozenset({"supervisor", "administrator"})
CAP = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """What the address of an inbox page asks for; everything empty is the default inbox."""

    view: str = "all"
    state: str = ""
    procedure: str = ""
    role: str = ""
    code: str = ""
    closed: bool = False
    after: str = ""
    columns: tuple[str, ...] = STANDARD
    saved: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Query:
        """From the address; unknown views and columns fall back to the standard ones."""
        view = given.get("view", "all")
        wanted = (
            given.getlist("columns") if isinstance(given, QueryDict) else [given.get("columns", "")]
        )
        keys = {key for part in wanted for key in part.split(",")}
        chosen = tuple(column.key for column in INBOX_COLUMNS if column.key in keys)
        return cls(
            view=view if view in dict(VIEWS) else "all",
            state=given.get("state", ""),
            procedure=given.get("procedure", ""),
            role=given.get("role", "") if given.get("role", "") in ROLE_NAMES else "",
            code=given.get("code", "").strip(),
            closed=given.get("closed") == "1",
            after=given.get("after", ""),
            columns=chosen or STANDARD,
            saved=given.get("saved", "")[:36],
        )

    def filters(self, actor: Actor) -> InboxFilters:
        """The same as the kernel understands it."""
        return InboxFilters(
            states=(self.state,) if self.state else (),
            subject_codes=(self.procedure,) if self.procedure else (),
            roles=(self.role,) if self.role else (),
            mine=self.view == "mine",
            unassigned=self.view == "unassigned",
            late=self.view == "late",
            closed=self.closed,
            code=self.code,
            everything_visible=sees_all(actor),
        )

    def url(self, route: str = "console:home", **changes: Any) -> str:
        """The address of a page with these filters, some of them changed."""
        values = {
            "view": self.view if self.view != "all" else "",
            "state": self.state,
            "procedure": self.procedure,
            "role": self.role,
            "code": self.code,
            "closed": "1" if self.closed else "",
            "columns": ",".join(self.columns) if self.columns != STANDARD else "",
            "saved": self.saved,
            **changes,
        }
        kept = {name: value for name, value in values.items() if value}
        return f"{reverse(route)}{'?' + urlencode(kept) if kept else ''}"

    @property
    def asked(self) -> str:
        """The same as a query string without the place in the list: what an export takes."""
        return self.url(saved="").partition("?")[2]

    def words(self) -> str:
        """The filters in the reader's language, for the head of a file."""
        found = [str(dict(VIEWS)[self.view])] if self.view != "all" else []
        found += [name for state, name in state_options() if state == self.state]
        found += [name for code, name in procedure_options() if code == self.procedure]
        found += [str(ROLE_NAMES[self.role])] if self.role else []
        found += [self.code] if self.code else []
        found += [str(_("Đã kết thúc"))] if self.closed else []
        return " · ".join(found)

    @property
    def narrowed(self) -> bool:
        """Whether anything besides the view limits the list."""
        return bool(self.state or self.procedure or self.role or self.code or self.closed)


def sees_all(actor: Actor) -> bool:
    """Whether the actor watches over the whole city rather than one agency's work."""
    return any(post.role in CITY_WIDE and post.city_wide for post in actor.posts)


@dataclass(frozen=True, slots=True)
class InboxScreen:
    """Everything the inbox page shows."""

    query: Query
    rows: list[ShownRow]
    next: str
    tabs: list[dict[str, Any]]
    states: list[tuple[str, str]]
    procedures: list[tuple[str, str]]
    roles: list[tuple[str, str]]
    asked: str
    first: str
    columns: list[Column]
    choices: list[tuple[str, str, bool]]
    current: ViewTab | None
    may_assign: bool
    actor_roles: frozenset[str] = field(default_factory=frozenset[str])


def inbox_screen(actor: Actor, query: Query, *, fresh: bool = False) -> InboxScreen:
    """The page the address asks for. Two statements: the rows and the counts of all views.

    Args:
        fresh: the person has just changed its views.
    """
    page = inbox(actor, query.filters(actor), after=query.after)
    saved = saved_views(actor, fresh=fresh)
    asked = {str(view.uid): Query.read(QueryDict(view.asked)) for view in saved}
    standard = standard_views(sees_all(actor))
    wanted = {**standard, **{key: each.filters(actor) for key, each in asked.items()}}
    counts = inbox_counts(actor, wanted, cap=CAP)
    tabs = [
        {"key": key, "text": text, "url": Query(view=key).url(), "count": _capped(counts[key])}
        for key, text in VIEWS
    ]
    own = view_tabs(actor, saved)
    tabs += [
        {"key": tab.uid, "text": tab.label, "url": asked[tab.uid].url(saved=tab.uid),
         "count": _capped(counts[tab.uid])}
        for tab in own
    ]  # fmt: skip
    language = get_language() or "vi"
    return InboxScreen(
        query=query,
        rows=shown_rows(page.rows, [BY_KEY[key] for key in query.columns]),
        next=query.url(after=page.after) if page.after else "",
        tabs=tabs,
        states=state_options(),
        procedures=procedure_options(),
        roles=[(role, str(name)) for role, name in ROLE_NAMES.items()],
        asked=query.asked,
        first=query.url() if query.after else "",
        columns=[BY_KEY[key] for key in query.columns],
        choices=[
            (column.key, column.label.in_language(language), column.key in query.columns)
            for column in INBOX_COLUMNS
        ],
        current=next((tab for tab in own if tab.uid == query.saved), None),
        may_assign=allowed(actor, "cases.assign"),
        actor_roles=actor.roles,
    )


def _capped(count: int) -> str:
    return f"{CAP}+" if count >= CAP else str(count)


def state_options() -> list[tuple[str, str]]:
    """Every state of every kind, for the filter."""
    language = get_language() or "vi"
    return [
        (state.id, state.name.in_language(language))
        for kind in all_kinds()
        for state in kind.states
    ]


_KEEP_SECONDS = 300
_kept: dict[str, tuple[float, list[tuple[str, Bilingual]]]] = {}


def procedure_options() -> list[tuple[str, str]]:
    """Procedures in force, for the filter; remembered for five minutes."""
    stamp = now().timestamp()
    known = _kept.get("procedures")
    if known is None or not known[1] or not 0 <= stamp - known[0] < _KEEP_SECONDS:
        found = [(v.procedure.code, Bilingual(v.name, v.name_en)) for v in procedures(today())]
        known = (stamp, found)
        _kept["procedures"] = known
    language = get_language() or "vi"
    return [(code, name.in_language(language)) for code, name in known[1]]
