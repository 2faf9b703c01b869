"""A dossier with everything its rules need, loaded once per act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case, access_through, case_of
from motcua.casework.forms.public import (
    FormDefinition,
    compile_form,
    latest_answers,
    latest_columns,
)
from motcua.casework.workflow.public import ProcessDefinition
from motcua.foundation.errors import NotFound
from motcua.foundation.remembering import remembered
from motcua.foundation.statements import Prepared
from motcua.foundation.timesource import local
from motcua.subsystems.applications.models import Application
from motcua.subsystems.procedures.public import ProcedureVersion, variables

Package = Mapping[str, Any]


_MOST_FORMS = 512
_forms: dict[str, FormDefinition] = {}


def _rows() -> QuerySet[Application]:
    """Applications with what every act needs, the newest answers among it."""
    rows = Application.objects.select_related("result", "officer")
    return rows.annotate(**latest_columns())


_APPLICATION = Prepared(lambda pk: _rows().filter(pk=pk), int)


@cache
def _open_application(keys: int) -> Prepared[Application]:
    """An application with its case, for so many viewer keys; none: the system sees all."""

    def build(uid: UUID, *viewers: str) -> QuerySet[Application]:
        return access_through(_rows(), uid, viewers)

    return Prepared(build, UUID, *(str for _ in range(keys)))


@remembered("procedures.ProcedureVersion")
def version_by_id(version_id: int) -> ProcedureVersion:
    """A published version with its process. Remembered for seconds."""
    return ProcedureVersion.objects.select_related("procedure", "process").get(pk=version_id)


def form_of(version: ProcedureVersion) -> FormDefinition:
    """The compiled e-form of a version; the checksum of a large document is made once."""
    found = _forms.get(version.checksum)
    if found is None:
        if len(_forms) >= _MOST_FORMS:
            _forms.clear()
        found = _forms[version.checksum] = compile_form(version.document["form"])
    return found


def process_of(version: ProcedureVersion) -> ProcessDefinition:
    """The published process that dossiers of a version run through."""
    process = version.process
    if process is None:
        raise NotFound
    return process


@dataclass(slots=True)
class Dossier:
    """One dossier: the case, what the slice knows of it, its procedure version and answers."""

    case: Case
    application: Application
    version: ProcedureVersion
    answers: dict[str, Any]

    @property
    def package(self) -> Package:
        return self.version.document

    def variables(self, on: dt.date) -> dict[str, Any]:
        """What conditions of forms, fees and the process may read."""
        party = self.case.applicant
        return variables(
            self.answers,
            case=self.application.variant,
            channel=self.case.channel,
            applicant=frozenset(party.classes if party else ()),
            on=on,
        )


def load_dossier(actor: Actor, uid: UUID | str) -> Dossier:
    """A dossier open to the actor. One statement.

    Raises:
        NotFound: absent or not open to the actor.
    """
    keys = () if actor.kind == "system" else actor.viewer_keys
    try:
        application = _open_application(len(keys)).first(UUID(str(uid)), *keys)
    except ValueError:
        raise NotFound from None
    if application is None:
        raise NotFound
    case = case_of(application)
    if case.kind != "application":
        raise NotFound
    return _dossier(case, application)


def dossier_of(case: Case) -> Dossier:
    """The dossier of a case that was already read and checked. One statement."""
    application = _APPLICATION.first(case.pk)
    if application is None:
        raise NotFound
    return _dossier(case, application)


def _dossier(case: Case, application: Any) -> Dossier:
    version = version_by_id(application.procedure_version_id)
    form = form_of(version).id
    answers: Mapping[str, Any] = application.answers_latest or {}
    if application.answers_form not in {None, form}:
        other = latest_answers(case.pk, form)
        answers = other.answers if other else {}
    return Dossier(case, application, version, dict(answers))


def city_date(moment: dt.datetime) -> dt.date:
    """The calendar date in the city at a moment."""
    return local(moment).date()
