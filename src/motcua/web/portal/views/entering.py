"""Coming in and going out: log in, log out, open an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import audience
from motcua.casework.people.public import (
    Account,
    CodeNeeded,
    LoginPaused,
    LoginRefused,
    check_login,
)
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.foundation.limiting.public import TooOften, address_of, count, with_patience
from motcua.web.portal.registering import REGISTRATIONS, open_account, read_registration

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _wanted(request: HttpRequest) -> str:
    """The page of ours that was asked for before logging in; empty when none was."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else ""


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    home = "/console/" if account.kind == "official" else "/"
    return redirect(_wanted(request) or home)


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
@audience("public")
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the one-time code on the same page where the account asks for it."""
    given = request.POST
    if request.method == "GET":
        return _login_page(request, {})
    try:
        account = check_login(
            username=given.get("username", ""),
            password=given.get("password", ""),
            code=given.get("code", ""),
            address=address_of(request.META),
        )
    except CodeNeeded as error:
        return _login_page(request, {"code_needed": True, "hint": error})
    except (LoginRefused, LoginPaused, TooOften) as error:
        return _login_page(request, {"refused": error, "code_needed": "code" in given})
    return _enter(request, account)


def _login_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    typed = {"username": request.POST.get("username", ""), "next": _wanted(request)}
    refused: DomainError | None = context.get("refused")
    status = refused.status if refused else 200
    answer = render(request, "portal/login.html", {**typed, **context}, status=status)
    return with_patience(answer, refused)


@require_POST
@audience("public")
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, everything in it forgotten."""
    logout(request)
    return redirect("portal:home")


@never_cache
@sensitive_post_parameters("password", "password_again", "identity_number")
@require_http_methods(["GET", "POST"])
@audience("public")
def register(request: HttpRequest) -> HttpResponse:
    """Open a citizen's account, and come in with it."""
    typed = read_registration(request.POST)
    context: dict[str, Any] = {"typed": typed, "next": _wanted(request)}
    if request.method == "GET":
        return render(request, "portal/register.html", context)
    try:
        count(REGISTRATIONS, address_of(request.META))
        account = open_account(typed)
    except InvalidInput as error:
        context["errors"] = error.fields
        return render(request, "portal/register.html", context, status=error.status)
    except TooOften as error:
        context["refused"] = error
        answer = render(request, "portal/register.html", context, status=error.status)
        return with_patience(answer, error)
    return _enter(request, account)
