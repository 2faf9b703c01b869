"""Where banks tell that money came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.casework.access.public import api_audience
from motcua.foundation.errors import DomainError
from motcua.foundation.rest import language_of, problem_response
from motcua.subsystems.payments.banking import read_notice
from motcua.subsystems.payments.errors import NoticeNotJson
from motcua.subsystems.payments.services import take_notice


@csrf_exempt  # a bank has no session; its signature over the very bytes is the proof
@require_POST
@api_audience("public")
def bank_notice(request: HttpRequest) -> HttpResponse:
    """Book one credit. 200 only after it is committed; the same one again is 200 as well."""
    if request.content_type != "application/json":
        return problem_response(NoticeNotJson(), language_of(request))
    try:
        notice = read_notice(
            key_id=request.headers.get("X-Motcua-Key", ""),
            timestamp=request.headers.get("X-Motcua-Timestamp", ""),
            signature=request.headers.get("X-Motcua-Signature", ""),
            body=request.body,
        )
    except DomainError as error:
        return problem_response(error, language_of(request))
    arrival, new = take_notice(notice=notice)
    return JsonResponse({"status": "booked" if new else "known", "id": str(arrival.uid)})
