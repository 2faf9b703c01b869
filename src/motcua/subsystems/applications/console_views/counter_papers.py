"""The last screen at the counter: papers, the answers to check, and where faults stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.attachments.public import (
    Attachment,
    Blob,
    CounterStore,
    ScanOrder,
    StoredOffer,
    Visitor,
    digitise_paper,
    store_at_counter,
)
from motcua.casework.forms.public import render_summary
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.ids import new_uid
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.counter_draft import CounterDraft
from motcua.subsystems.applications.console_views.counter_filing import fee_of
from motcua.subsystems.applications.console_views.counter_form import choices, counter_form
from motcua.subsystems.applications.console_views.sent import Ask
from motcua.subsystems.procedures.public import Paper


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: what is asked, what came."""

    paper: Paper
    name: str
    note: str
    files: Sequence[Mapping[str, Any]]
    shown: bool
    error: str
    originals: int
    copies: int
    stored: Sequence[StoredOffer] = ()

    @property
    def field(self) -> str:
        """The name of its file field."""
        return f"paper-{self.paper.id}"


@dataclass(frozen=True, slots=True)
class PapersScreen:
    """Everything the last screen shows."""

    draft: CounterDraft
    papers: Sequence[PaperLine]
    person: SafeString
    answers: SafeString
    faults: Sequence[tuple[str, str, str]]
    fee: Ask
    key: str
    store: str


MOST_COPIES = 99


def counts_of(posted: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """How many originals and copies of each paper were taken, as typed; odd texts count as 0."""

    def number(name: str) -> int:
        text = str(posted.get(name) or "").strip()
        return min(int(text), MOST_COPIES) if text.isdecimal() and len(text) < 4 else 0

    papers = [n.removeprefix("original-") for n in posted if n.startswith("original-")]
    return {p: (number(f"original-{p}"), number(f"copy-{p}")) for p in papers}


def papers_screen(
    draft: CounterDraft, errors: Mapping[str, Bilingual], amount: str = ""
) -> PapersScreen:
    """The screen with what was wrong, each fault with the way to its place."""
    language = get_language() or "vi"
    person, present = draft.person(), draft.answers()
    answers = present.answers if present else {}
    about = dict(person.answers) if person else {}
    shown, counts = about.pop("papers", []), about.pop("counts", {})
    fee = fee_of(draft, answers)
    if fee.kind == "money":
        fee.value = amount
        fee.error = errors["amount"].in_language(language) if "amount" in errors else ""
    options, on = choices(), today()
    papers = draft.papers(answers)
    store = store_at_counter(
        draft.actor, visitor_of(draft), {paper.id: paper.name.vi for paper in papers}
    )
    change = _address("form", draft, step="only")
    return PapersScreen(
        draft,
        [_line(draft, paper, shown, counts, errors, language, store) for paper in papers],
        render_summary(
            counter_form(), about, today=on, options=options,
            change_url=_address("person", draft),
        ),
        render_summary(
            draft.form, answers, today=on, options=options, context=draft.known(),
            change_url=change,
        ),
        [_fault(draft, name, text.in_language(language)) for name, text in errors.items()],
        fee,
        new_uid().hex,
        store.state,
    )  # fmt: skip


def _address(page: str, draft: CounterDraft, **more: str) -> str:
    place = {"code": draft.version.procedure.code, "key": UUID(draft.key), **more}
    return reverse(f"applications_console:counter_{page}", kwargs=place)


def _line(
    draft: CounterDraft,
    paper: Paper,
    shown: Sequence[str],
    counts: Mapping[str, Sequence[int]],
    errors: Mapping[str, Bilingual],
    language: str,
    store: CounterStore,
) -> PaperLine:
    files = [
        {
            "name": upload.name,
            "url": reverse("attachments:original", args=[upload.uid]),
            "remove": _address("drop", draft, uid=str(upload.uid)),
            "signed": _signed_scan(upload),
        }
        for upload in draft.uploads()
        if upload.component_code == paper.id
    ]
    error = errors.get(f"paper-{paper.id}")
    note = paper.note.in_language(language) if paper.note else ""
    return PaperLine(
        paper,
        paper.name.in_language(language),
        note,
        files,
        paper.id in shown,
        error.in_language(language) if error else "",
        *counts.get(paper.id, (paper.original, paper.copies)),
        stored=() if files else store.offers.get(paper.id, ()),
    )


def _signed_scan(upload: Attachment) -> bool:
    """Whether it is the signed file of a paper that was digitised here."""
    return upload.source == Attachment.Source.SCAN and upload.blob.scan_state == Blob.Scan.MADE


def visitor_of(draft: CounterDraft) -> Visitor:
    """Who stands at the counter, as the store of papers asks for it."""
    person = draft.person()
    return Visitor(
        identity_number=str(person.answers.get("identity_number", "")) if person else "",
        draft_key=draft.context,
        agency_id=draft.agency_id,
    )


def digitise_address(draft: CounterDraft, component: str, back: str) -> str:
    """Where the paper with this id is digitised, for who stands at the counter.

    Raises:
        NotFound: this dossier asks for no such paper.
    """
    person, present = draft.person(), draft.answers()
    wanted = [p for p in draft.papers(present.answers if present else {}) if p.id == component]
    if not wanted:
        raise NotFound
    return digitise_paper(
        actor=draft.actor,
        order=ScanOrder(
            draft_key=draft.context,
            component_code=component,
            name=wanted[0].name.vi,
            agency_id=draft.agency_id,
            holder_name=str(person.answers.get("full_name", "")) if person else "",
            back=back,
        ),
    )


def _fault(draft: CounterDraft, name: str, text: str) -> tuple[str, str, str]:
    """Where a fault is mended: the address, its words, and which part it belongs to."""
    if name.startswith("paper-"):
        return (f"#id_{name}", text, _("Giấy tờ"))
    if name == "amount":
        return ("#id_amount", text, _("Phí, lệ phí"))
    step = draft.form.step_of(name.split(".", maxsplit=1)[0])
    if step is not None:
        language = get_language() or "vi"
        where = f"{_address('form', draft, step='only')}#id_{name}"
        return (where, text, step.title.in_language(language))
    return (f"{_address('person', draft)}#id_{name}", text, _("Người nộp hồ sơ"))
