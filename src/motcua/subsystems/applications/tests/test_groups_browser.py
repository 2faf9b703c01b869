"""One filing of three dossiers in a real browser: from the first question to the first result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.testing.browser import open_page
from motcua.subsystems.applications.tests.agencies import open_the_others
from motcua.subsystems.applications.tests.console import page_of
from motcua.subsystems.applications.tests.test_groups import GROUP, grant_birth
from motcua.subsystems.applications.tests.walking import (
    NEXT,
    fill_form,
    go_on,
    log_in,
    look,
    settle_in,
)
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.procedures.tests.samples import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> World:
    made = make_world(procedures=GROUP)
    open_the_others(made)
    settle_in(made)
    run_until_idle()
    return made


def test_three_dossiers_on_one_page(
    world: World, live_server: Any, new_page: Callable[..., Any]
) -> None:
    site = live_server.url
    page = new_page(width=360)
    open_page(page, f"{site}/thu-tuc/2.000986/nop/")
    log_in(page, site)
    page.click("main button.button-primary")
    page.wait_for_url("**/mau/**")
    fill_form(page, SAMPLES["2.000986"])
    go_on(page)
    page.click(NEXT)
    page.wait_for_url("**/kiem-tra/")
    page.click("main button.button-primary")
    page.wait_for_url("**/lien-thong/**")
    look(page, "group-filed", "360")
    uid = page.url.split("/lien-thong/")[1].split("/")[0]
    run_until_idle()
    grant_birth(world, uid)
    wide = new_page(width=1280)
    open_page(wide, f"{site}/ho-so/lien-thong/{uid}/")
    log_in(wide, site)
    wide.wait_for_selector("#birth a.button-secondary")
    assert wide.locator("main ol > li").count() == 3
    look(wide, "group-birth-granted", "1280")
    police = page_of(new_page, live_server, world.people["ca-26740 case_officer"], width=1280)
    open_page(police, f"{site}/console/lien-thong/{uid}/")
    look(police, "group-console", "1280")
