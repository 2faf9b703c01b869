"""A citizen at a screen: short ways for browser tests of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.casework.people.public import Account
from motcua.foundation.testing.browser import assert_axe_clean, assert_no_sideways_scroll, shot
from motcua.subsystems.applications.tests.world import World

PASSWORD = "mot-cua-rat-mo"
NEXT = ".button-row button[value=next]"


def settle_in(world: World) -> Account:
    """Give the world's citizen a password and the details that forms are prefilled with."""
    account = Account.objects.select_related("party").get(pk=world.citizen.account_id)
    account.username = "lan.tran"
    account.set_password(PASSWORD)
    account.save()
    party = account.party
    assert party is not None
    party.birth_date, party.phone, party.email = "1990-02-03", "0901234567", "lan@example.vn"
    party.commune_code, party.address = "26740", "12 Lê Lợi"
    party.save()
    return account


def log_in(page: Any, site: str, next_page: str = "/") -> None:
    """Through the log-in page, as people do."""
    if "/login/" not in page.url:
        page.goto(f"{site}/login/?next={next_page}")
    page.fill("#id_username", "lan.tran")
    page.fill("#id_password", PASSWORD)
    page.click("main button.button-primary")


def look(page: Any, name: str, suffix: str) -> None:
    """A picture of the page, and nothing a reader could stumble over."""
    page.evaluate("document.fonts.ready.then(() => true)")
    shot(page, f"citizen-{name}-{suffix}")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Addresses by their parts, as inputs are named."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": text for part, text in value.items()}
        else:
            found[name] = value
    return found


def fill(page: Any, answers: Mapping[str, Any]) -> None:
    """Answer every question that is on the screen and seen."""
    for name, value in flat(answers).items():
        box = page.locator(f"main [name='{name}']")
        if not box.count():
            continue
        kind = box.first.evaluate("e => e.type")
        if kind == "radio":
            box = page.locator(f"main [name='{name}'][value='{value}']")
        if not box.first.is_visible():
            continue
        if kind in {"radio", "checkbox"}:
            if value:
                box.first.check()
        elif kind == "select-one":
            box.first.select_option(str(value))
        else:
            box.first.fill(str(value))


def go_on(page: Any) -> None:
    """Press the main button and wait for the next page."""
    with page.expect_navigation():
        page.click(NEXT)
    page.wait_for_load_state("load")


def fill_form(page: Any, answers: Mapping[str, Any], *, seen: Any = None) -> None:
    """Through all screens of the e-form, up to the choice of the centre."""
    for _screen in range(30):
        if "/mau/" not in page.url:
            return
        fill(page, answers)
        if seen is not None:
            seen(page)
        go_on(page)
        faults = page.locator(".error-summary")
        assert not faults.count(), faults.inner_text()
    raise AssertionError(f"no end at {page.url}")
