"""Who may look, and what an address of a file opens."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.casework.attachments.public import receive_upload
from motcua.casework.attachments.tests.samples import pdf
from motcua.casework.people.public import Account
from motcua.subsystems.applications.tests.world import World, make_world
from motcua.subsystems.national_portal.files import file_address, file_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/console/cong-quoc-gia/"),
        ("get", "/console/cong-quoc-gia/nhan/1/"),
        ("get", "/console/cong-quoc-gia/doi-soat/1/"),
        ("post", "/console/cong-quoc-gia/gui-lai/"),
        ("post", "/console/cong-quoc-gia/nhan/1/lam/"),
    ],
)
def test_clerks_and_strangers_stay_outside(
    world: World, client: Any, method: str, path: str
) -> None:
    assert getattr(client, method)(path).status_code in {302, 403, 404}
    client.force_login(Account.objects.get(pk=world.clerk.account_id))
    assert getattr(client, method)(path).status_code in {403, 404}


def test_an_address_opens_one_file_until_it_is_too_old(
    world: World, client: Any, settings: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = pdf()
    upload = SimpleUploadedFile("Đơn của bà Lan.pdf", content)
    paper = receive_upload(actor=world.citizen, file=upload, draft_key="thu")
    address = file_address("paper", str(paper.uid)).removeprefix(settings.PUBLIC_URL)
    assert "Lan" not in address
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, content)
    assert answer["Content-Disposition"] == "attachment"
    assert client.get(address[:-3] + "x/").status_code == 404
    settings.MOTCUA_NATIONAL_PORTAL_FILE_DAYS = -1
    assert client.get(address).status_code == 404


def test_a_name_is_told_with_the_bytes(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = pdf()
    paper = receive_upload(
        actor=world.citizen, file=SimpleUploadedFile("don.pdf", content), draft_key="thu"
    )
    token = file_address("paper", str(paper.uid)).rstrip("/").rsplit("/", 1)[-1]
    assert file_behind(token) == ("don.pdf", content)
