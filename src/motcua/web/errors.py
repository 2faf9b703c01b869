"""The pages for what went wrong: each says what happened and what to do next."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.foundation.rest import MalformedRequest, ServerFault, language_of, problem_response

API = "/api/"


def _page(request: HttpRequest, status: int, what: str, advice: str) -> HttpResponse:
    context = {"what": what, "advice": advice, "status": status}
    return render(request, "errors/plain.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    if request.path.startswith(API):
        return problem_response(MalformedRequest(), language_of(request))
    return _page(
        request,
        HTTPStatus.BAD_REQUEST,
        _("Máy chủ không hiểu yêu cầu này."),
        _("Hãy quay lại trang trước và gửi lại. Nếu vẫn gặp lỗi, mở lại từ trang chủ."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("Bạn không có quyền mở trang này."),
        _("Kiểm tra bạn đã đăng nhập đúng tài khoản, hoặc hỏi người phụ trách đơn vị."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        _("Không tìm thấy trang này."),
        _("Kiểm tra lại đường dẫn hoặc mã; có thể trang đã chuyển hoặc bạn không có quyền xem."),
    )


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """409."""
    return _page(
        request,
        HTTPStatus.CONFLICT,
        _("Nội dung đã được người khác thay đổi trong lúc bạn đang mở."),
        _("Tải lại để xem thay đổi rồi thực hiện lại."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; draws a page that needs neither database nor session."""
    if request.path.startswith(API):
        return problem_response(ServerFault(), language_of(request))
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security code is missing or too old (usually a session that has ended)."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("Biểu mẫu đã mở quá lâu hoặc phiên làm việc đã hết."),
        _("Quay lại trang trước, tải lại rồi gửi lại. Bản nháp đã lưu vẫn còn."),
    )
