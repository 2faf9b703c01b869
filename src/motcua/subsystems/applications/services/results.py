"""The result document of a dossier: drafted from the answers, signed, sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from motcua.casework.attachments.public import Attachment, Blob, attachments_of
from motcua.casework.expressions.public import compile_expression, evaluate
from motcua.casework.forms.public import settle, summary
from motcua.casework.issuing.public import (
    Draft,
    prepare_draft,
    revise_draft,
    seal,
    sign_and_number,
)
from motcua.foundation.errors import Bilingual, NotPossibleNow
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.dossiers import city_date, form_of
from motcua.subsystems.applications.services.steps import Step

VALIDITY = dt.timedelta(days=182)
"""How long a marital-status certificate holds: six months, a default until the
text of the decree has been read (unconfirmed)."""


class NoDraftYet(NotPossibleNow):
    """There is nothing to sign: the officer has not proposed a result."""

    code = "no-draft-yet"
    message = Bilingual("Hồ sơ chưa có dự thảo kết quả.", "The dossier has no draft result.")
    advice = Bilingual(
        "Trả lại cán bộ thụ lý để lập dự thảo.", "Return it to the officer to make a draft."
    )


class NoScanYet(NotPossibleNow):
    """An electronic copy needs the signed scan of its original, and there is none."""

    code = "no-scan-yet"
    message = Bilingual(
        "Hồ sơ chưa có bản quét đã ký số của bản chính.",
        "The dossier has no signed scan of the original.",
    )
    advice = Bilingual(
        "Yêu cầu bổ sung; ở quầy dùng nút «Số hóa và ký số» cho bản chính.",
        "Ask for it; at the counter use the button that digitises and signs the original.",
    )


def signed_scans(case_id: int, component: str) -> list[str]:
    """The hashes of the files of a paper that an official digitised and signed, oldest first.

    Raises:
        NoScanYet: there are none.
    """
    found = [
        file.blob_id
        for file in attachments_of(case_id)
        if file.component_code == component
        and file.source == Attachment.Source.SCAN
        and file.blob.scan_state == Blob.Scan.MADE
    ]
    if not found:
        raise NoScanYet
    return found


def result_data(template: Any, known: Mapping[str, Any]) -> Any:
    """Fill a package's result map: texts that begin with ``=`` are expressions, the rest is kept.

    >>> result_data({"person": {"name": "= full_name"}, "kind": "A"}, {"full_name": "Lan"})
    {'person': {'name': 'Lan'}, 'kind': 'A'}
    """
    if isinstance(template, Mapping):
        return {str(key): result_data(value, known) for key, value in template.items()}
    if isinstance(template, list):
        return [result_data(value, known) for value in template]
    if isinstance(template, str) and template.startswith("="):
        return evaluate(compile_expression(template[1:].strip()), known)
    return template


def known_facts(step: Step) -> dict[str, Any]:
    """What a result map may name: answers, ``text`` (answers in words), dossier and agency."""
    dossier = step.dossier
    on = city_date(step.at)
    form = form_of(dossier.version)
    settled = settle(form, dossier.answers, today=on, context={"channel": step.case.channel})
    words = {row.place: row.text.vi for row in summary(form, settled, commune_options())}
    known = dossier.variables(on)
    agency = step.case.competent_agency
    values = {
        row["id"]: row
        for row in dossier.package["result"].get("values", [])
        if row["valid_from"] <= on.isoformat() <= (row.get("valid_to") or "9999")
    }
    return {
        **{name: known.get(name, "") for name in form.order},
        **known,
        "text": {name: words.get(name, "") for name in form.order},
        "values": values,
        "agency_name": agency.name,
        "authority_name": f"Chủ tịch {agency.name}",
        "dossier_code": step.case.code or "",
        "valid_until": (on + VALIDITY).isoformat(),
        "from_month": f"tháng {on:%m/%Y}",
        "officer_note": step.note,
    }


def refresh_draft(step: Step) -> None:
    """Make the draft of the result, or make it anew from the answers as they are now.

    What the officer typed for it (``payload["result"]``) overrides the answers.
    """
    dossier = step.dossier
    result = dossier.package["result"]
    known = known_facts(step)
    template = result_data(result["template"], known)
    data = result_data(result.get("data", {}), known)
    data |= dict(step.payload.get("result") or {})
    data.pop("scan", None)
    if template in result.get("scans", {}):
        data["scan"] = signed_scans(step.case.pk, result["scans"][template])
    document = dossier.application.result
    if document is not None and document.state == "draft":
        revise_draft(
            actor=step.actor,
            document_uid=document.uid,
            data=data,
            version=document.version,
            document=document,
        )
        return
    made = prepare_draft(
        actor=step.actor,
        draft=Draft(
            template=template,
            agency_id=step.case.competent_agency_id,
            data=data,
            register=result.get("register", ""),
            notation=result.get("notation", ""),
            title=result_data(result.get("title", result["name"]["vi"]), known),
            case_id=step.case.pk,
        ),
    )
    step.application["result_id"] = made.pk
    dossier.application.result = made


def sign_result(step: Step) -> None:
    """The leader signs the draft; its number is fixed in the same transaction.

    Raises:
        NoDraftYet: nothing was proposed.
    """
    document = step.dossier.application.result
    if document is None:
        raise NoDraftYet
    signed = sign_and_number(actor=step.actor, document_uid=document.uid, document=document)
    step.application["result_number"] = signed.full_number
    step.ledger["number"] = signed.full_number


def seal_result(step: Step) -> None:
    """The records clerk seals the signed document: it is issued."""
    document = step.dossier.application.result
    if document is None:
        raise NoDraftYet
    sealed = seal(actor=step.actor, document_uid=document.uid, document=document)
    step.ledger["number"] = sealed.full_number
    step.data["document"] = str(sealed.uid)
    step.event["document"] = str(sealed.uid)
