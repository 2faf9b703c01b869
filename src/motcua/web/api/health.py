"""Whether the house works, for the load balancer and the person on call. Tells no secrets."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Literal

import msgspec
from django.db import Error, connection
from django.http import HttpResponse
from django.urls import path
from dmr import ResponseSpec, validate

from motcua.casework.access.public import api_audience
from motcua.foundation.outbox.public import lag_seconds
from motcua.foundation.rest import Api, refuses

LATE_SECONDS = 300
"""A job that is due for so long means that no worker runs, or too few."""

log = logging.getLogger(__name__)


class HealthFacts(msgspec.Struct):
    """``ok``; ``degraded`` when jobs wait too long; ``down`` without a database.

    ``worker_lag_seconds`` is the age of the oldest job that is due and not running;
    null when the database cannot be asked.
    """

    status: Literal["ok", "degraded", "down"]
    database: bool
    worker_lag_seconds: float | None


class Health(Api):
    """Whether the house works."""

    @validate(
        ResponseSpec(HealthFacts, status_code=HTTPStatus.OK),
        ResponseSpec(HealthFacts, status_code=HTTPStatus.SERVICE_UNAVAILABLE),
        *refuses(406),
        operation_id="getHealth",
        tags=["service"],
    )
    def get(self) -> HttpResponse:
        """Tell whether the database answers and how far the worker is behind."""
        facts = health()
        status = HTTPStatus.SERVICE_UNAVAILABLE if facts.status == "down" else HTTPStatus.OK
        return self.to_response(facts, status_code=status)


def health() -> HealthFacts:
    """The state of database and worker at this moment."""
    try:
        connection.ensure_connection()
        lag = round(lag_seconds(), 1)
    except Error:
        log.exception("health: the database does not answer")
        return HealthFacts("down", database=False, worker_lag_seconds=None)
    status = "degraded" if lag > LATE_SECONDS else "ok"
    return HealthFacts(status, database=True, worker_lag_seconds=lag)


routes = [path("health", api_audience("public")(Health.as_view()), name="health")]
