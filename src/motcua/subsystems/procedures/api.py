"""The catalogue for programs: public facts only, nothing unconfirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

import msgspec
from django.urls import path
from dmr import Path, Query, modify

from motcua.casework.access.public import api_audience
from motcua.foundation.errors import Bilingual
from motcua.foundation.rest import PageSize, PublicApi, refuses
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.models import ProcedureVersion
from motcua.subsystems.procedures.rules import ChannelGuide, Guide, Paper, guide_for
from motcua.subsystems.procedures.selectors import city_rules, procedures, version_in_force

Say = Callable[[Bilingual], str]
Code = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9A-Za-z.]{1,20}$", description="National code.", examples=["1.004873"]
    ),
]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[-a-z0-9]{0,40}$")]


class ProcedureQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which procedures; all given filters hold together."""

    q: Annotated[
        str, msgspec.Meta(max_length=100, description="Words, with or without accents.")
    ] = ""
    field: Annotated[Slug, msgspec.Meta(description="Code of a field of administration.")] = ""
    life_event: Annotated[Slug, msgspec.Meta(description="Code of a life event.")] = ""
    after: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^([0-9]{1,5}-[0-9A-Za-z.]{1,20})?$", description="`next` of the page before."
        ),
    ] = ""
    size: PageSize = 50


class ProcedurePath(msgspec.Struct):
    """Which procedure."""

    code: Code


class FieldFacts(msgspec.Struct):
    """A field of administration."""

    code: str
    name: str


class ProcedureItem(msgspec.Struct):
    """One line of the list."""

    code: str
    name: str
    field: FieldFacts
    level: str
    online_level: str
    life_events: list[str]
    valid_from: dt.date


class ProcedurePage(msgspec.Struct):
    """A page of procedures; ``next`` is empty on the last one."""

    items: list[ProcedureItem]
    next: str


class LimitFacts(msgspec.Struct):
    """By when the answer comes. Without ``amount`` it stands on the receipt."""

    text: str
    amount: int | None
    unit: str | None
    legal_basis: str


class FeeLineFacts(msgspec.Struct):
    """One charge; ``amount`` in đồng, null when it is told at the counter."""

    name: str
    amount: int | None
    explanation: str
    legal_basis: str


class FeeFacts(msgspec.Struct):
    """What it costs without an exemption; ``amount`` in đồng, null when not certain."""

    amount: int | None
    lines: list[FeeLineFacts]


class ChannelFacts(msgspec.Struct):
    """One way to file."""

    channel: str
    limit: LimitFacts
    fee: FeeFacts
    note: str


class CaseFacts(msgspec.Struct):
    """One case of the procedure."""

    id: str
    name: str
    channels: list[ChannelFacts]


class PaperFacts(msgspec.Struct):
    """A paper of the dossier; not ``required`` may mean: only in some cases."""

    id: str
    name: str
    required: bool
    originals: int
    copies: int
    e_form: bool
    accept: list[str]
    note: str
    replaced_by_database: str
    legal_basis: str


class BasisFacts(msgspec.Struct):
    """A document of law."""

    document: str
    article: str
    title: str
    url: str


class ProcedureFacts(msgspec.Struct):
    """Everything a citizen is told of a procedure in force today."""

    code: str
    name: str
    field: FieldFacts
    level: str
    version: int
    valid_from: dt.date
    valid_to: dt.date | None
    online_level: str
    who: str
    cases: list[CaseFacts]
    papers: list[PaperFacts]
    exemptions: list[str]
    requirements: list[str]
    how: list[str]
    result: str
    legal_bases: list[BasisFacts]


class ProcedureList(PublicApi):
    """Procedures in force."""

    @modify(extra_responses=refuses(406, 422), operation_id="listProcedures", tags=["procedures"])
    def get(self, parsed_query: Query[ProcedureQuery]) -> ProcedurePage:
        """List the procedures in force today, by field and code."""
        asked = parsed_query
        found = procedures(today(), field=asked.field, life_event=asked.life_event, query=asked.q)
        if asked.after:
            position, code = asked.after.split("-", 1)
            found = [row for row in found if _key(row) > (int(position), code)]
        shown = found[: asked.size]
        return ProcedurePage(
            items=[_item(version, self.say) for version in shown],
            next="-".join(map(str, _key(shown[-1]))) if len(found) > len(shown) else "",
        )


class ProcedureDetail(PublicApi):
    """One procedure."""

    @modify(
        extra_responses=refuses(404, 406, 422), operation_id="getProcedure", tags=["procedures"]
    )
    def get(self, parsed_path: Path[ProcedurePath]) -> ProcedureFacts:
        """Tell who, which papers, how long, how much and on what law."""
        on = today()
        version = version_in_force(parsed_path.code, on)
        guide = guide_for(version.document, on=on, city=city_rules())
        return _facts(version, guide, self.say)


routes = [
    path("procedures", api_audience("public")(ProcedureList.as_view()), name="procedures"),
    path(
        "procedures/<str:code>", api_audience("public")(ProcedureDetail.as_view()), name="procedure"
    ),
]


def _key(version: ProcedureVersion) -> tuple[int, str]:
    """What the list is ordered by, so that a page goes on even where its last row is gone."""
    return version.procedure.field.position, version.procedure.code


def _field(version: ProcedureVersion, say: Say) -> FieldFacts:
    field = version.procedure.field
    return FieldFacts(field.code, say(Bilingual(field.name, field.name_en)))


def _item(version: ProcedureVersion, say: Say) -> ProcedureItem:
    return ProcedureItem(
        code=version.procedure.code,
        name=say(Bilingual(version.name, version.name_en)),
        field=_field(version, say),
        level=version.procedure.level,
        online_level=version.document["online_level"],
        life_events=list(version.document["life_events"]),
        valid_from=version.valid_from,
    )


def _facts(version: ProcedureVersion, guide: Guide, say: Say) -> ProcedureFacts:
    return ProcedureFacts(
        code=guide.code,
        name=say(guide.name),
        field=_field(version, say),
        level=version.procedure.level,
        version=version.version,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        online_level=guide.online_level,
        who=say(guide.who),
        cases=[
            CaseFacts(case.id, say(case.name), [_channel(way, say) for way in case.channels])
            for case in guide.cases
        ],
        papers=[_paper(paper, say) for paper in guide.papers if paper.confirmed],
        exemptions=[say(text) for text in guide.exemptions],
        requirements=[say(text) for text in guide.requirements],
        how=[say(text) for text in guide.how],
        result=say(guide.result),
        legal_bases=[
            BasisFacts(basis.document, basis.article, say(basis.title), basis.url)
            for basis in guide.legal_bases
        ],
    )


def _channel(way: ChannelGuide, say: Say) -> ChannelFacts:
    sure = way.limit.confirmed
    return ChannelFacts(
        channel=way.channel,
        limit=LimitFacts(
            text=say(way.limit_text),
            amount=way.limit.amount if sure else None,
            unit=way.limit.unit if sure else None,
            legal_basis=way.limit.legal_basis if sure else "",
        ),
        fee=FeeFacts(
            amount=way.fee.amount if way.fee.certain else None,
            lines=[
                FeeLineFacts(
                    name=say(line.name),
                    amount=line.amount if line.confirmed else None,
                    explanation=say(line.explanation),
                    legal_basis=line.legal_basis if line.confirmed else "",
                )
                for line in way.fee.lines
            ],
        ),
        note=say(way.note) if way.note else "",
    )


def _paper(paper: Paper, say: Say) -> PaperFacts:
    database = paper.replaced_by_database
    return PaperFacts(
        id=paper.id,
        name=say(paper.name),
        required=paper.required,
        originals=paper.original,
        copies=paper.copies,
        e_form=paper.e_form,
        accept=list(paper.accept),
        note=say(paper.note) if paper.note else "",
        replaced_by_database=say(database) if database else "",
        legal_basis=paper.legal_basis,
    )
