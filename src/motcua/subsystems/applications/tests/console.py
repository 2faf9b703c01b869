"""Short ways for tests of the console: log somebody in, open a page, find an action."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client

from motcua.casework.access.public import Actor
from motcua.casework.people.public import Account


def client_of(actor: Actor) -> Client:
    """A browser without a screen, logged in as the actor."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def page_of(new_page: Any, live_server: Any, actor: Actor, **look: Any) -> Any:
    """A page of a real browser, logged in as the actor."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        # The plugin shares one connection between threads, which only memory survives.
        live_server.thread.connections_override.clear()
    session = client_of(actor).cookies["sessionid"].value
    page = new_page(**look)
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url, "httpOnly": True}]
    )
    return page


def form_of_action(client: Client, uid: str, action: str) -> dict[str, str]:
    """The hidden fields of one action's form on the page of a dossier."""
    response = client.get(f"/console/ho-so/{uid}/")
    assert response.status_code == 200
    for form in response.context["file"].actions:
        if form.possible.action == action:
            return {
                "key": form.key,
                "expected_version": str(response.context["file"].page.case.version),
                "token_id": str(form.possible.token_id),
                "action": action,
            }
    offered = [form.possible.action for form in response.context["file"].actions]
    raise AssertionError(f"{action} is not offered, only {offered}")


def do(client: Client, uid: str, action: str, **typed: Any) -> Any:
    """Press the button of an action, as the page offers it."""
    sent = {**form_of_action(client, uid, action), **typed}
    return client.post(f"/console/ho-so/{uid}/thuc-hien/", sent)
