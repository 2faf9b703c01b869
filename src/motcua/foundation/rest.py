"""The base of our own REST API: typed controllers, problem documents, short public caching.

A slice's ``api.py`` derives its controllers from :class:`PublicApi` or :class:`CitizenApi`;
the framework below is django-modern-rest on msgspec (ADR 10). Errors are RFC 9457 problem
documents in Vietnamese or English, whichever ``Accept-Language`` asks for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from http import HTTPStatus
from typing import Annotated, Any, ClassVar

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from dmr import Controller, ResponseSpec
from dmr.endpoint import Endpoint
from dmr.exceptions import (
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    ValidationError,
)
from dmr.plugins.msgspec import MsgspecJsonParser, MsgspecJsonRenderer, MsgspecSerializer
from dmr.response import APIError
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.serializer import BaseSerializer

from motcua.foundation.errors import Bilingual, DomainError, InvalidInput
from motcua.foundation.limiting.public import (
    TooOften,
    address_of,
    count,
    declare_limit,
    with_patience,
)

PROBLEM_TYPE = "application/problem+json"

Moment = Annotated[dt.datetime, msgspec.Meta(tz=True, description="RFC 3339, with offset.")]
PageSize = Annotated[int, msgspec.Meta(ge=1, le=100, description="Most rows in one answer.")]


REQUESTS = declare_limit(
    "api",
    setting="MOTCUA_LIMIT_API",
    times=600,
    seconds=60,
    what=Bilingual(
        "Yêu cầu tới API của một tài khoản hoặc một địa chỉ mạng",
        "API requests of one account or one address",
    ),
    refusal=Bilingual("Gửi quá nhiều yêu cầu tới API.", "Too many API requests were sent."),
)


class Problem(msgspec.Struct, omit_defaults=True):
    """Why a request was refused (RFC 9457) and what to do about it."""

    type: Annotated[str, msgspec.Meta(description="urn:motcua:error:<code>")]
    title: Annotated[str, msgspec.Meta(description="What happened, for a person.")]
    detail: Annotated[str, msgspec.Meta(description="What to do about it.")]
    status: int
    code: Annotated[str, msgspec.Meta(description="Stable code of the error.")]
    fields: dict[str, str] = {}
    data: dict[str, Any] = {}


class MalformedRequest(DomainError):
    """The request cannot even be read."""

    code = "malformed-request"
    status = 400
    message = Bilingual("Không đọc được nội dung gửi lên.", "The request cannot be read.")
    advice = Bilingual(
        "Kiểm tra Content-Type và cấu trúc nội dung theo tài liệu API.",
        "Check Content-Type and the shape of the body against the API's description.",
    )


class LoginRequired(DomainError):
    """The route is for somebody who is logged in."""

    code = "login-required"
    status = 401
    message = Bilingual("Cần đăng nhập.", "You need to log in.")
    advice = Bilingual(
        "Đăng nhập rồi gửi kèm cookie của phiên.", "Log in and send the session's cookie."
    )


class KeyRefused(DomainError):
    """No such key, or it has ended."""

    code = "key-refused"
    status = 401
    message = Bilingual("Khoá truy cập không dùng được.", "The access key cannot be used.")
    advice = Bilingual(
        "Gửi khoá còn hạn trong tiêu đề Authorization: Bearer; nếu đã mất, xin cấp khoá mới.",
        "Send a key in force in the header Authorization: Bearer; ask for a new one if it is lost.",
    )


class CsrfRefused(DomainError):
    """An unsafe request with a session came without the token that proves its origin."""

    code = "csrf-refused"
    status = 403
    message = Bilingual(
        "Thiếu hoặc sai mã chống giả mạo.", "The anti-forgery token is missing or wrong."
    )
    advice = Bilingual(
        "Gửi giá trị cookie csrftoken trong tiêu đề X-CSRFToken.",
        "Send the value of the cookie csrftoken in the header X-CSRFToken.",
    )


class MethodRefused(DomainError):
    """The address knows other methods only."""

    code = "method-refused"
    status = 405
    message = Bilingual(
        "Địa chỉ này không nhận phương thức đó.", "This address does not take that method."
    )
    advice = Bilingual("Dùng một trong: {allowed}.", "Use one of: {allowed}.")


class NotAcceptable(DomainError):
    """The client wants a format that is not offered."""

    code = "not-acceptable"
    status = 406
    message = Bilingual("API chỉ trả JSON.", "The API answers in JSON only.")
    advice = Bilingual("Gửi Accept: application/json.", "Send Accept: application/json.")


class ServerFault(DomainError):
    """A mistake of ours; it stands in the log with the request's id."""

    code = "server-fault"
    status = 500
    message = Bilingual("Máy chủ gặp lỗi.", "The server made a mistake.")
    advice = Bilingual(
        "Thử lại sau ít phút; nếu vẫn lỗi, hãy báo cho Trung tâm.",
        "Try again in some minutes; if it stays, tell the service centre.",
    )


def language_of(request: HttpRequest) -> str:
    """``vi`` or ``en``, by ``Accept-Language`` alone so that shared caches may keep answers."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    for tag, _quality in wanted:
        if tag[:2] in {"vi", "en"}:
            return tag[:2]
    return "vi"


def problem_response(error: DomainError, language: str) -> HttpResponse:
    """A refusal as an RFC 9457 problem document."""
    body = msgspec.json.encode(error.problem(language))
    response = HttpResponse(body, content_type=PROBLEM_TYPE, status=error.status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    return with_patience(response, error)


_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<at>\$[^`]*)`)?$", re.DOTALL)
_NAMED = re.compile(r"`(?P<name>[^`]+)`")
_PARTS = re.compile(r"^\$\.?(?:parsed_(?:query|path|body|file_metadata))?\.?")


def faults_of(messages: list[str]) -> dict[str, Bilingual]:
    """msgspec's sentences as field → what is wrong, in both languages."""
    found: dict[str, Bilingual] = {}
    for message in messages:
        match = _PLACE.match(message)
        what, at = (match["what"], match["at"] or "$") if match else (message, "$")
        place, text = _PARTS.sub("", at), Bilingual(f"Giá trị không hợp lệ: {what}", what)
        named = _NAMED.search(what)
        if named and what.startswith(("Object missing", "Object contains unknown")):
            place = f"{place}.{named['name']}" if place else named["name"]
            text = Bilingual("Không có mục này.", "There is no such field.")
            if what.startswith("Object missing"):
                text = Bilingual("Thiếu mục này.", "This field is missing.")
        found[place or "body"] = text
    return found


def refusal(error: Exception) -> DomainError | None:
    """The house's error for one of the framework's; ``None`` for a programming mistake."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, ValidationError):
        return InvalidInput(faults_of([detail["msg"] for detail in error.payload]))
    if isinstance(error, RequestSerializationError):
        return MalformedRequest()
    if isinstance(error, NotAuthenticatedError):
        return LoginRequired()
    if isinstance(error, NotAcceptableError):
        return NotAcceptable()
    return None


def refuses(*statuses: int) -> list[ResponseSpec]:
    """The documented refusals of an endpoint; too many requests are refused everywhere."""
    known = sorted({*statuses, 429})
    return [ResponseSpec(Problem, status_code=HTTPStatus(status)) for status in known]


class SessionAuth(DjangoSessionSyncAuth):
    """The session of the web face; unsafe methods must also carry the CSRF token."""

    def _ensure_csrf(self, controller: Controller[BaseSerializer]) -> None:
        try:
            super()._ensure_csrf(controller)
        except APIError as error:
            raise CsrfRefused from error


class Api(Controller[MsgspecSerializer]):
    """What every controller of the house has: JSON only, problems, language, caching headers.

    Attributes:
        cache_seconds: how long anybody may keep a good answer to GET; 0 is never.
        language: of this request, ``vi`` or ``en``.
    """

    is_abstract = True
    parsers = (MsgspecJsonParser(),)
    renderers = (MsgspecJsonRenderer(),)
    error_model: ClassVar[Any] = Problem
    # Answers are checked against the published schema by the contract tests, not at run time.
    validate_responses = False
    semantic_responses = False
    cache_seconds: ClassVar[int] = 0
    language: str = "vi"

    def say(self, text: Bilingual) -> str:
        """The text in the language of this request."""
        return text.in_language(self.language)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; HEAD is GET without a body (RFC 9110 §9.3.2)."""
        self.language = language_of(request)
        try:
            count(REQUESTS, self.counted_as(request))
        except TooOften as error:
            return problem_response(error, self.language)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = super().dispatch(request, *args, **kwargs)
        if head:
            request.method = "HEAD"
        return self._finish(request, response)

    def counted_as(self, request: HttpRequest) -> str:
        """For whom requests are counted: the address. The session is not looked at, so that
        answers for everybody stay the same for everybody."""
        return address_of(request.META)

    def _finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers["Content-Language"] = self.language
        patch_vary_headers(response, ["Accept-Language"])
        good = response.status_code == HTTPStatus.OK and request.method in {"GET", "HEAD"}
        if not good or not self.cache_seconds or not isinstance(response, HttpResponse):
            response.headers["Cache-Control"] = "private, no-store"
            return response
        response.headers["Cache-Control"] = f"public, max-age={self.cache_seconds}"
        tag = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        response.headers["ETag"] = f'"{tag}"'
        kept = get_conditional_response(request, etag=f'"{tag}"', response=response)
        return kept or response

    def handle_error(
        self, endpoint: Endpoint, controller: Controller[Any], exc: Exception
    ) -> HttpResponse:
        """Expected refusals as problems; anything else goes on to Django's 500."""
        error = refusal(exc)
        if error is None:
            raise exc
        return problem_response(error, self.language)

    def handle_method_not_allowed(self, method: str) -> HttpResponse:
        """405 with the methods that the address knows."""
        known = set(self.api_endpoints)
        allowed = ", ".join(sorted(known | ({"HEAD"} if "GET" in known else set())))
        response = problem_response(MethodRefused(allowed=allowed), self.language)
        response["Allow"] = allowed
        return response


class PublicApi(Api):
    """Open to anybody, without a session; good answers may be kept for a minute."""

    is_abstract = True
    cache_seconds = 60


class CitizenApi(Api):
    """For somebody logged in, by the session of the web face; never kept by caches."""

    is_abstract = True
    auth = (SessionAuth(),)

    def counted_as(self, request: HttpRequest) -> str:
        """The account that is logged in, else the address."""
        account = getattr(getattr(request, "user", None), "pk", None)
        return f"u:{account}" if account else address_of(request.META)
