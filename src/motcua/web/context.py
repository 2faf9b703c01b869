"""What both shells need on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.foundation import navigation
from motcua.web.design.preferences import Preferences, preferences_of

DEFAULT_CITY = gettext_noop("Thành phố Hồ Chí Minh")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    key: str
    label: str
    url: str
    icon: str
    section: str
    current: bool
    count: int | None


def shell(request: HttpRequest) -> dict[str, Any]:
    """The template context of ``base.html``, ``portal.html`` and ``console.html``."""
    actor = getattr(request, "actor", None)
    preferences: Preferences = preferences_of(request)
    return {
        "actor": actor,
        "city_name": _(getattr(settings, "MOTCUA_CITY_NAME", DEFAULT_CITY)),
        "demo": settings.DEMO,
        "preferences": preferences,
        "here": request.get_full_path(),
        "logged_in": SimpleLazyObject(lambda: getattr(actor, "kind", "anonymous") != "anonymous"),
        "portal_menu": SimpleLazyObject(lambda: _menu(request, actor, "portal")),
        "console_menu": SimpleLazyObject(lambda: _menu(request, actor, "console")),
        "unread_notices": SimpleLazyObject(lambda: _unread(actor)),
        "address": Addresses(),
    }


class Addresses:
    """``{{ address.login }}``: the few routes shells link to; "" while a part is absent."""

    login = property(lambda self: _first("portal:login", "login", default=str(settings.LOGIN_URL)))
    logout = property(lambda self: _first("portal:logout", "logout", default="/logout/"))
    home = property(lambda self: _first("portal:home", default="/"))
    console = property(lambda self: _first("console:inbox", "console:home", default="/console/"))
    search = property(lambda self: _first("portal:search", "portal:procedures", default=""))
    console_search = property(lambda self: _first("console:search", default=""))
    notices = property(lambda self: _first("notices:own", default=""))
    mailbox = property(lambda self: _first("notices:mailbox", default=""))
    account = property(lambda self: _first("portal:account", default=""))
    lookup = property(lambda self: _first("portal:lookup", default=""))
    verify = property(lambda self: _first("issuing:verify", default=""))


def _first(*routes: str, default: str) -> str:
    for route in routes:
        try:
            return reverse(route)
        except NoReverseMatch:
            continue
    return default


def _menu(request: HttpRequest, actor: Any, face: navigation.Face) -> list[MenuEntry]:
    items = navigation.items_for(actor, face)
    urls = {item.key: item.url() for item in items}
    under = [k for k, url in urls.items() if request.path == url or _inside(request.path, url)]
    current = max(under, key=lambda key: len(urls[key]), default="")
    return [
        MenuEntry(
            key=item.key,
            label=str(item.label),
            url=urls[item.key],
            icon=item.icon,
            section=str(item.section) or str(_("Công việc")),
            current=item.key == current,
            count=item.count(actor) if item.count else None,
        )
        for item in items
    ]


def _inside(path: str, url: str) -> bool:
    return len(url) > 1 and path.startswith(url.rstrip("/") + "/")


def _unread(actor: Any) -> int:
    """Asked only when a template prints it."""
    if actor is None or actor.kind == "anonymous":
        return 0
    from motcua.casework.notices.public import unread_count

    return int(unread_count(actor))
