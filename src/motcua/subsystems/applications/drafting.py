"""A dossier before it is filed: the citizen's draft with its answers, centre and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

from django.urls import reverse

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.casework.attachments.public import (
    Attachment,
    StoredOffer,
    draft_attachments,
    stored_offers,
)
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import earlier_result
from motcua.casework.clock.public import Limit, due_at
from motcua.casework.forms.public import (
    FormDefinition,
    PrefillSource,
    Provenance,
    Settled,
    discard_draft,
    draft_of,
    drafts_of,
    prefill,
    save_draft,
    settle,
    steps_shown,
    validate,
)
from motcua.casework.people.public import Party, representations_of
from motcua.foundation.errors import Bilingual, NotAllowed, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.communes import commune_options
from motcua.subsystems.applications.dossiers import form_of
from motcua.subsystems.applications.services.addressing import competent_agency
from motcua.subsystems.applications.services.filing import (
    Filing,
    NotFileable,
    submit,
)
from motcua.subsystems.procedures.public import (
    FeeResult,
    LegalLimit,
    Paper,
    ProcedureVersion,
    case_for,
    city_rules,
    components_for,
    fee_for,
    limit_for,
    variables,
    version_in_force,
)

CHANNEL = "online"
# Beside the answers in the encrypted draft, under names no form field can have.
CENTRE, APPLICANT = "-centre", "-applicant"


class AlreadyFiled(Exception):
    """The draft became a dossier; ``uid`` names it."""

    def __init__(self, uid: str) -> None:
        super().__init__(uid)
        self.uid = uid


@dataclass(slots=True)
class Work:
    """One draft, with everything its screens need."""

    actor: Actor
    version: ProcedureVersion
    form: FormDefinition
    key: str
    party: Party
    answers: dict[str, Any]
    beside: dict[str, str]
    origins: Mapping[str, Provenance]
    step: str
    revision: int
    _files: list[Attachment] | None = field(default=None, repr=False)

    @property
    def code(self) -> str:
        return self.version.procedure.code

    @property
    def draft_key(self) -> str:
        """Names the draft and its uploads alike."""
        return draft_key(self.code, self.key)

    @property
    def context(self) -> dict[str, Any]:
        """What the form's conditions may read besides the answers."""
        return {"channel": CHANNEL, "applicant": list(self.party.classes)}

    @property
    def variant(self) -> str:
        return case_for(self.version.document, self.answers, today())

    def settled(self) -> Settled:
        return settle(self.form, self.answers, today=today(), context=self.context)

    def problems(self) -> dict[str, Bilingual]:
        """What the e-form still lacks, by place."""
        return validate(self.form, self.answers, today=today(), context=self.context).errors

    def step_with(self, place: str) -> str:
        """The screen on which a fault is mended."""
        step = self.form.step_of(place.split(".", maxsplit=1)[0])
        return step.id if step else self.form.steps[0].id

    def first_step(self) -> str:
        return steps_shown(self.form, self.settled())[0].id

    def papers(self) -> tuple[Paper, ...]:
        """The papers this application needs or may bring, without the e-form itself."""
        wanted = components_for(
            self.version.document, self.answers, channel=CHANNEL, case=self.variant, on=today()
        )
        return tuple(paper for paper in wanted if not paper.e_form)

    def files(self) -> dict[str, list[Attachment]]:
        """What was uploaded so far, by paper. One statement, once."""
        if self._files is None:
            self._files = list(draft_attachments(self.actor, self.draft_key))
        by_paper: dict[str, list[Attachment]] = {}
        for row in self._files:
            by_paper.setdefault(row.component_code, []).append(row)
        return by_paper

    def stored(self) -> dict[str, list[StoredOffer]]:
        """Papers given before, for those still without a file; only for one's own dossier."""
        if self.beside.get(APPLICANT):
            return {}
        files = self.files()
        wanted = {paper.id: paper.name.vi for paper in self.papers() if not files.get(paper.id)}
        return stored_offers(self.actor, wanted)

    def forget_files(self) -> None:
        """Read the files anew: some came or went."""
        self._files = None

    def missing_papers(self) -> dict[str, Bilingual]:
        """Required papers without a file, each with how to mend it."""
        files = self.files()
        return {
            f"paper-{paper.id}": Bilingual(
                f"Hãy đính kèm: {paper.name.vi}.", f"Attach: {paper.name.en}."
            )
            for paper in self.papers()
            if paper.required and not files.get(paper.id)
        }

    def keep(self, *, revision: int | None = None) -> None:
        """Save everything as it stands now.

        Raises:
            Conflict: another window saved since ``revision``.
        """
        self.revision = save_draft(
            actor=self.actor,
            definition=self.form,
            context_key=self.draft_key,
            answers={**self.answers, **self.beside},
            origins=self.origins,
            current_step=self.step,
            revision=self.revision if revision is None else revision,
        )

    def throw_away(self) -> None:
        discard_draft(actor=self.actor, form_key=self.form.id, context_key=self.draft_key)


def draft_key(code: str, key: str) -> str:
    return f"{code}:{key}"


def procedure_to_file(code: str) -> ProcedureVersion:
    """The version in force that can be filed online.

    Raises:
        NotFileable: none today, or not online.
    """
    version = version_in_force(code, today())
    if CHANNEL not in version.document["channels"]:
        raise NotFileable
    return version


def party_of(actor: Actor) -> Party:
    """The citizen's own record.

    Raises:
        NotAllowed: the account belongs to no citizen.
    """
    if actor.party_id is None:
        raise NotAllowed
    return Party.objects.get(pk=actor.party_id)


def begin(actor: Actor, code: str, applicant_uid: str = "") -> Work:
    """A new draft with what is known filled in, kept at once."""
    version = procedure_to_file(code)
    party = party_of(actor)
    form = form_of(version)
    answers, origins = prefill(form, {"party": _known(party)})
    beside = {CENTRE: default_centre(party.commune_code)}
    if applicant_uid and applicant_uid in {str(p.uid) for p in principals(actor)}:
        beside[APPLICANT] = applicant_uid
    work = Work(actor, version, form, uuid4().hex, party, answers, beside, origins, "", 0)
    work.step = work.first_step()
    work.keep()
    return work


def _known(party: Party) -> PrefillSource:
    address: dict[str, str] = {}
    if party.commune_code:
        address["commune"] = party.commune_code
    if party.address:
        address["line"] = party.address
    values = {
        "full_name": party.full_name,
        "identity_number": party.identity_number,
        "birth_date": party.birth_date,
        "phone": party.phone,
        "email": party.email,
        "gender": party.gender,
        "address": address,
    }
    origin = Bilingual("tài khoản của bạn", "your account")
    return PrefillSource(values, origin, reverse("portal:account"))


def principals(actor: Actor) -> list[Party]:
    """Those for whom the citizen may file."""
    if not actor.principals or actor.party_id is None:
        return []
    return [row.principal for row in representations_of(actor.party_id, today())]


def open_work(actor: Actor, code: str, key: str) -> Work:
    """The citizen's draft.

    Raises:
        AlreadyFiled: it became a dossier.
        NotFound: there is no such draft of this account.
    """
    version = procedure_to_file(code)
    party = party_of(actor)
    form = form_of(version)
    draft = draft_of(actor, form.id, draft_key(code, key))
    if draft is None:
        done = earlier_result(actor, _filing_key(key))
        if done is not None:
            raise AlreadyFiled(str(done["uid"]))
        raise NotFound
    answers = {k: v for k, v in draft.answers.items() if not k.startswith("-")}
    beside = {k: v for k, v in draft.answers.items() if k.startswith("-")}
    return Work(
        actor, version, form, key, party, answers, beside, draft.origins,
        draft.current_step, draft.revision,
    )  # fmt: skip


def _filing_key(key: str) -> str:
    return f"file:{key}"


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft one may go on with."""

    code: str
    name: Bilingual
    updated_at: dt.datetime
    url: str


def my_drafts(actor: Actor, code: str = "") -> list[OpenDraft]:
    """The citizen's drafts, newest first; of one procedure when named."""
    found: list[OpenDraft] = []
    for row in drafts_of(actor):
        procedure, _, key = row.context_key.partition(":")
        if not key or (code and procedure != code):
            continue
        try:
            version = version_in_force(procedure, today())
        except NotFound:
            continue
        url = reverse("applications:resume", args=[procedure, key])
        found.append(
            OpenDraft(procedure, Bilingual(version.name, version.name_en), row.updated_at, url)
        )
    return found


def centres() -> list[Agency]:
    """The service centres where one may file today. One statement."""
    rows = agencies_as_of(today()).filter(kind=Agency.Kind.CENTRE)
    return list(rows.order_by("level", "commune_code"))


def default_centre(commune_code: str) -> str:
    """The code of the commune's own centre, or "" when there is none."""
    if not commune_code:
        return ""
    rows = agencies_as_of(today()).filter(kind=Agency.Kind.CENTRE, commune_code=commune_code)
    found = rows.first()
    return found.code if found else ""


def centre_of(work: Work) -> Agency | None:
    """The chosen centre while it is in force. One statement."""
    code = work.beside.get(CENTRE, "")
    rows = agencies_as_of(today()).filter(kind=Agency.Kind.CENTRE, code=code)
    return rows.first() if code else None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What filing now would mean: cost, who decides, by when if it is accepted today."""

    fee: FeeResult
    limit: LegalLimit
    due: dt.datetime | None
    decides: Agency


def estimate(work: Work, centre: Agency) -> Estimate:
    """Before filing: an estimate for the reader, no promise."""
    on, package = today(), work.version.document
    variant = work.variant
    classes = frozenset(work.party.classes)
    known = variables(work.answers, case=variant, channel=CHANNEL, applicant=classes, on=on)
    decides = competent_agency(work.version, known, centre, on)
    limit = limit_for(package, variant, CHANNEL, on)
    fee = fee_for(
        package, case=variant, channel=CHANNEL, applicant=classes, on=on, city=city_rules(),
        answers=work.answers,
    )  # fmt: skip
    lawful = Limit(limit.amount, cast(Any, limit.unit))
    due = due_at(lawful, now(), calendar_for(decides.pk))
    return Estimate(fee, limit, due if limit.confirmed else None, decides)


def file_work(work: Work, centre: Agency, *, language: str) -> str:
    """File the draft; the dossier's uid, the same however often it is sent.

    Raises:
        InvalidInput: with the place of every fault.
    """
    applicant = next(
        (p.pk for p in principals(work.actor) if str(p.uid) == work.beside.get(APPLICANT)), None
    )
    filing = Filing(
        procedure_code=work.code,
        answers=work.answers,
        receiving_agency_id=centre.pk,
        draft_key=work.draft_key,
        applicant_id=applicant,
        delivery_address=_address(work.answers.get("result_address")),
        contact_email=str(work.answers.get("requester_email") or ""),
        contact_phone=str(work.answers.get("requester_phone") or ""),
        language=language,
    )
    done = submit(actor=work.actor, filing=filing, key=_filing_key(work.key))
    return str(done["uid"])


def _address(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    place = commune_options()["communes"].get(str(value.get("commune", "")))
    parts = [str(value.get("line", "")), place.vi if place else ""]
    return ", ".join(part for part in parts if part)


def options() -> dict[str, list[tuple[str, Bilingual]]]:
    """Choices that forms take from the house, as the screens want them."""
    return {name: list(rows.items()) for name, rows in commune_options().items()}
