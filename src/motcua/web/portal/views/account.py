"""One's own account: how one is reached, language, one-time codes, whom one represents."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import audience
from motcua.casework.people.public import (
    Account,
    change_own_details,
    choose_language,
    switch_off_totp,
    switch_on_totp,
)
from motcua.foundation.errors import InvalidInput
from motcua.web.portal.account import account_page, forget_secret, secret_of
from motcua.web.portal.views.home import actor_of_request

ASKED = ("phone", "email", "address", "commune_code")


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _page(request: HttpRequest, error: InvalidInput | None = None) -> HttpResponse:
    page = account_page(request, _account(request))
    context: dict[str, Any] = {"page": page, "typed": request.POST if error else None}
    context["errors"] = error.fields if error else {}
    return render(request, "portal/account.html", context, status=error.status if error else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@audience("citizen")
def account(request: HttpRequest) -> HttpResponse:
    """The page; POST changes how one is reached."""
    if request.method == "GET":
        return _page(request)
    given = {name: request.POST.get(name, "").strip()[:250] for name in ASKED}
    try:
        change_own_details(actor=actor_of_request(request), account=_account(request), **given)
    except InvalidInput as error:
        return _page(request, error)
    messages.success(request, _("Đã lưu thông tin của bạn."))
    return redirect("portal:account")


@require_POST
@audience("citizen")
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages and of the notices."""
    chosen = "en" if request.POST.get("language") == "en" else "vi"
    choose_language(actor=actor_of_request(request), account=_account(request), language=chosen)
    answer = redirect("portal:account")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", max_age=31_536_000)
    return answer


@never_cache
@sensitive_post_parameters("password", "code")
@require_POST
@audience("citizen")
def one_time_codes(request: HttpRequest) -> HttpResponse:
    """Switch one-time codes on (a code proves the app) or off (the password again)."""
    who: dict[str, Any] = {"actor": actor_of_request(request), "account": _account(request)}
    given = request.POST
    try:
        if _account(request).totp_secret:
            switch_off_totp(password=given.get("password", ""), **who)
            messages.success(request, _("Đã tắt mã xác thực."))
        else:
            switch_on_totp(secret=secret_of(request), code=given.get("code", ""), **who)
            messages.success(request, _("Đã bật mã xác thực. Lần đăng nhập sau sẽ hỏi mã."))
    except InvalidInput as error:
        return _page(request, error)
    forget_secret(request)
    return redirect("portal:account")
