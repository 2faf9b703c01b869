"""Open311 GeoReport v2: the endpoints."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.reports.open311.asking import (
    MOST,
    Refusal,
    read_intake,
    read_query,
    sender,
)
from motcua.subsystems.reports.open311.shaping import definition, discovery, request, service
from motcua.subsystems.reports.open311.writing import FORMATS, answer, errors
from motcua.subsystems.reports.selectors import CategoryInfo, categories_on, feed
from motcua.subsystems.reports.services import receive_report

View = Callable[..., HttpResponse]


def _open311(view: View) -> View:
    """Refusals as the standard's ``errors``, in the format of the address."""

    @wraps(view)
    def guarded(http: HttpRequest, *args: Any, fmt: str, **kwargs: Any) -> HttpResponse:
        if fmt not in FORMATS:
            return errors([(404, "formats are xml and json")], "xml")
        try:
            return view(http, *args, fmt=fmt, **kwargs)
        except Refusal as refusal:
            return errors(refusal.found, fmt)
        except InvalidInput as error:
            found = [(400, f"{name}: {text.en}") for name, text in error.fields.items()]
            return errors(found or [(400, error.text().en)], fmt)
        except DomainError as error:
            status = error.status if error.status in {403, 404, 429} else 400
            return errors([(status, error.text().en)], fmt)

    return guarded


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


@require_http_methods(["GET", "HEAD"])
@audience("public")
@_open311
def show_discovery(http: HttpRequest, *, fmt: str) -> HttpResponse:
    """What there is, and where."""
    return answer(discovery(), fmt, root="discovery")


@require_http_methods(["GET", "HEAD"])
@audience("public")
@_open311
def show_services(http: HttpRequest, *, fmt: str) -> HttpResponse:
    """Every category under which reports may be filed."""
    found = [service(c, _english()) for c in categories_on(today()).values() if c.leaf]
    return answer(found, fmt, root="services", item="service")


def _category(code: str) -> CategoryInfo:
    found = categories_on(today()).get(code)
    if found is None or not found.leaf:
        raise Refusal((404, f"service_code {code} was not found"))
    return found


@require_http_methods(["GET", "HEAD"])
@audience("public")
@_open311
def show_definition(http: HttpRequest, code: str, *, fmt: str) -> HttpResponse:
    """The further questions of a category that has some."""
    category = _category(code)
    if not category.form:
        raise Refusal((404, f"service_code {code} has no definition"))
    return answer(definition(category, _english()), fmt, root="service_definition")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
@_open311
def requests(http: HttpRequest, *, fmt: str) -> HttpResponse:
    """Reports in public; a POST with a key sends one."""
    if http.method == "POST":
        return _create(http, fmt)
    query = read_query(http.GET)
    rows = feed(
        codes=query.codes,
        categories=query.categories,
        since=query.since,
        until=query.until,
        closed=query.closed,
        most=MOST,
    )
    found = [request(row, _english()) for row in rows]
    return answer(found, fmt, root="service_requests", item="request")


def _create(http: HttpRequest, fmt: str) -> HttpResponse:
    actor = sender(http.POST.get("api_key", ""))
    code = http.POST.get("service_code", "").strip()
    if not code:
        raise Refusal((400, "service_code is missing"))
    done = receive_report(actor=actor, intake=read_intake(http.POST, _category(code)))
    made = {"service_request_id": done["code"], "service_notice": None, "account_id": None}
    return answer([made], fmt, root="service_requests", item="request", status=201)


@require_http_methods(["GET", "HEAD"])
@audience("public")
@_open311
def show_request(http: HttpRequest, code: str, *, fmt: str) -> HttpResponse:
    """One report, still as a list."""
    rows = feed(codes=[code.upper()])
    if not rows:
        raise Refusal((404, f"service_request_id {code} was not found"))
    found = [request(row, _english()) for row in rows]
    return answer(found, fmt, root="service_requests", item="request")


@require_http_methods(["GET", "HEAD"])
@audience("public")
@_open311
def show_token(http: HttpRequest, token: str, *, fmt: str) -> HttpResponse:
    """No tokens are given out: every request has its id at once."""
    raise Refusal((404, f"token {token} was not found"))
