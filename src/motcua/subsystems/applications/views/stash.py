"""What was typed when the session had ended: kept, encrypted, until the person is back."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, QueryDict

from motcua.foundation.crypto import decrypt, encrypt
from motcua.foundation.timesource import now

_KEY = "applications.typed"
_SECONDS = 3600
_MOST = 200_000

View = Callable[..., HttpResponseBase]


def keeps_typed(view: View) -> View:
    """Outermost on a page with a form: before a stranger is sent to log in, keep what was posted.

    After the log-in the page is opened again and asks :func:`typed_before`. Files cannot
    be kept this way; they are asked for again.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stranger = cast(Any, request).actor.kind == "anonymous"
        if stranger and request.method == "POST":
            body = request.POST.copy()
            body.pop("csrfmiddlewaretoken", None)
            text = json.dumps([request.path, int(now().timestamp()), body.urlencode()])
            if len(text) <= _MOST:
                request.session[_KEY] = encrypt(text)
        return view(request, *args, **kwargs)

    return kept


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was posted to this page an hour ago or less, before the log-in; asked for once."""
    if request.method != "GET" or _KEY not in request.session:
        return None
    try:
        path, at, body = json.loads(decrypt(request.session[_KEY]))
    except ValueError:
        del request.session[_KEY]
        return None
    if path != request.path:
        return None
    del request.session[_KEY]
    return QueryDict(body) if now().timestamp() - at <= _SECONDS else None
