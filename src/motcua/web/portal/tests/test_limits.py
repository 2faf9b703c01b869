"""Guessing and flooding are stopped with words, a status and how long to wait."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.access.public import SYSTEM
from motcua.casework.people.models import Account
from motcua.casework.people.public import open_official_account
from motcua.foundation.limiting import services

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    services._held.clear()
    for code in ("LOGIN", "LOOKUP", "VERIFY", "REGISTER", "API"):
        monkeypatch.setenv(f"MOTCUA_LIMIT_{code}", "3/600")


def _account(name: str, secret: str = "") -> None:
    account = open_official_account(
        actor=SYSTEM, username=name, password=PASSWORD, display_name="Lê Thị Cán Bộ"
    )
    Account.objects.filter(pk=account.pk).update(totp_secret=secret)


def test_many_names_guessed_from_one_address_lock_the_address_not_the_accounts(
    client: Client,
) -> None:
    for name in ("mot", "hai", "ba"):
        _account(name)
        answer = client.post("/login/", {"username": name, "password": "sai-mat-khau"})
        assert answer.status_code == 422
    answer = client.post("/login/", {"username": "ba", "password": PASSWORD})
    assert answer.status_code == 429
    assert 590 <= int(answer["Retry-After"]) <= 600
    assert "Từ địa chỉ mạng này đã có quá nhiều lần đăng nhập sai" in answer.content.decode()
    assert 'value="ba"' in answer.content.decode()
    good = client.post("/login/", {"username": "ba", "password": PASSWORD}, **ELSEWHERE)
    assert good.status_code == 302


def test_one_time_codes_are_not_guessed_either(client: Client) -> None:
    for name in ("mot", "hai", "ba"):
        _account(name, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        typed = {"username": name, "password": PASSWORD, "code": "000000"}
        assert client.post("/login/", typed).status_code == 422
    assert client.post("/login/", typed).status_code == 429


def test_right_passwords_never_count(client: Client) -> None:
    _account("mot")
    for _ in range(6):
        answer = client.post("/login/", {"username": "mot", "password": PASSWORD})
        assert answer.status_code == 302


def test_codes_of_dossiers_are_not_guessed(client: Client) -> None:
    for number in range(3):
        assert client.get(f"/tra-cuu/H29.1-261118-000{number}").status_code == 404
    refused = client.get("/tra-cuu/H29.1-261118-0009")
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert client.get("/tra-cuu/H29.1-261118-0009", **ELSEWHERE).status_code == 404


def test_files_to_verify_and_registrations_come_at_a_human_pace(client: Client) -> None:
    def send() -> int:
        file = SimpleUploadedFile("a.pdf", b"")
        return client.post("/verify/", {"file": file}).status_code

    assert [send() for _ in range(4)] == [422, 422, 422, 429]
    typed = {"full_name": "Trần Thị Lan"}
    assert [client.post("/dang-ky/", typed).status_code for _ in range(3)] == [422] * 3
    refused = client.post("/dang-ky/", typed)
    assert refused.status_code == 429
    assert "Trần Thị Lan" in refused.content.decode()


def test_the_api_answers_with_a_problem_and_when_to_come_back(client: Client) -> None:
    answers = [client.get("/api/v1/procedures", HTTP_ACCEPT_LANGUAGE="en") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == str(refused.json()["data"]["retry_after"])
    assert refused.json()["title"] == "Too many API requests were sent."
    assert client.get("/api/v1/procedures", **ELSEWHERE).status_code == 200
