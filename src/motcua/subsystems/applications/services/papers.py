"""The papers of a dossier and its answers, as they come in and are mended later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import claim_drafts, draft_attachments
from motcua.casework.forms.public import submit_answers
from motcua.casework.people.public import Party
from motcua.foundation.errors import Bilingual
from motcua.subsystems.applications.dossiers import form_of
from motcua.subsystems.procedures.public import ProcedureVersion, components_for

if TYPE_CHECKING:
    from motcua.subsystems.applications.services.filing import Filing
    from motcua.subsystems.applications.services.steps import Step


def form_context(channel: str, party: Party) -> dict[str, Any]:
    """What conditions of an e-form may read besides the answers."""
    return {"channel": channel, "applicant": list(party.classes)}


def check_papers(
    actor: Actor,
    version: ProcedureVersion,
    filing: Filing,
    channel: str,
    variant: str,
    on: dt.date,
) -> tuple[dict[str, Any], dict[str, Bilingual]]:
    """Which papers came (and how), and which required ones are missing."""
    by_component = _files_given(actor, filing)
    papers: dict[str, Any] = {}
    missing: dict[str, Bilingual] = {}
    wanted = components_for(version.document, filing.answers, channel=channel, case=variant, on=on)
    for paper in wanted:
        files = by_component.get(paper.id, [])
        if files:
            papers[paper.id] = {"files": files, "state": "given"}
        elif channel != "online" and paper.id in filing.papers_shown and not paper.file_needed:
            papers[paper.id] = {"files": [], "state": "shown"}
        elif paper.e_form:
            papers[paper.id] = {"files": [], "state": "e_form"}
        elif paper.required:
            missing[f"paper-{paper.id}"] = Bilingual(
                f"Hãy đính kèm: {paper.name.vi}.", f"Attach: {paper.name.en}."
            )
    for paper_id, (originals, copies) in filing.paper_counts.items():
        if paper_id in papers and channel != "online":
            papers[paper_id] |= {"original": originals, "copy": copies}
    return papers, missing


def _files_given(actor: Actor, filing: Filing) -> dict[str, list[str]]:
    """Paper → files: uploaded while filling in, or given with the group it belongs to."""
    uploads = draft_attachments(actor, filing.draft_key) if filing.draft_key else []
    by_component: dict[str, list[str]] = {}
    for upload in uploads:
        by_component.setdefault(upload.component_code, []).append(str(upload.uid))
    for component, files in filing.shared.items():
        if files:
            by_component.setdefault(component, []).extend(files)
    return by_component


def take_answers(step: Step) -> dict[str, Any]:
    """Store mended answers as the next version; returns the changed fields with new values."""
    given: Mapping[str, Any] = step.payload.get("answers") or {}
    if not given:
        return {}
    dossier = step.dossier
    form = form_of(dossier.version)
    party = dossier.case.applicant
    assert party is not None
    submit_answers(
        actor=step.actor,
        case_id=step.case.pk,
        definition=form,
        answers={**dossier.answers, **given},
        context=form_context(step.case.channel, party),
    )
    changed = {name: value for name, value in given.items() if dossier.answers.get(name) != value}
    dossier.answers.update(given)
    return changed


def take_papers(step: Step) -> dict[str, Any]:
    """Attach newly uploaded papers; returns component → all its file uids."""
    draft_key = step.text("draft_key")
    if not draft_key:
        return {}
    papers = dict(step.dossier.application.papers)
    given: dict[str, Any] = {}
    for upload in claim_drafts(actor=step.actor, draft_key=draft_key, case_id=step.case.pk):
        earlier = papers.get(upload.component_code, {}).get("files", [])
        files = [*given.get(upload.component_code, earlier), str(upload.uid)]
        given[upload.component_code] = files
        papers[upload.component_code] = {"files": files, "state": "given"}
    if given:
        step.application["papers"] = papers
    return given
