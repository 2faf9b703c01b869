"""Filing for people: files first, then the dossier, and supplements later."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.urls import path
from dmr import Body, FileMetadata, Path, modify
from dmr.parsers import MultiPartParser

from motcua.casework.access.public import api_audience
from motcua.casework.agencies.public import agency_by_code
from motcua.casework.attachments.public import receive_upload, take_stored_by_code
from motcua.casework.people.public import PartyDetails
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.rest import refuses
from motcua.subsystems.applications.public import Filing
from motcua.subsystems.partners.api.door import ClientApi
from motcua.subsystems.partners.services import file_for, supplement_for

Draft = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{8,40}$", description="Chosen by you.")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Answers = dict[Annotated[str, msgspec.Meta(max_length=80)], Any]


class Applicant(msgspec.Struct, forbid_unknown_fields=True):
    """Whom the dossier is for."""

    name: Name
    identity_number: Annotated[str, msgspec.Meta(max_length=20)] = ""
    kind: Annotated[str, msgspec.Meta(pattern="^(person|organisation)$")] = "person"
    birth_date: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    phone: Short = ""
    email: Short = ""
    address: Annotated[str, msgspec.Meta(max_length=500)] = ""


class NewDossier(msgspec.Struct, forbid_unknown_fields=True):
    """What is filed."""

    procedure: Annotated[str, msgspec.Meta(max_length=40, examples=["1.004873"])]
    receiving_agency: Annotated[str, msgspec.Meta(max_length=40, examples=["pvhcc-26740"])]
    applicant: Applicant
    answers: Answers
    draft: Draft | None = None
    delivery: Annotated[str, msgspec.Meta(pattern="^(online|counter|post)$")] = "online"
    delivery_address: Annotated[str, msgspec.Meta(max_length=500)] = ""
    language: Annotated[str, msgspec.Meta(pattern="^(vi|en)$")] = "vi"


class Filed(msgspec.Struct):
    """The dossier that came of it."""

    uid: UUID
    code: str


class Supplement(msgspec.Struct, forbid_unknown_fields=True):
    """What is sent after: only answers that change, and files under a draft."""

    answers: Answers = {}
    draft: Draft | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Moved(msgspec.Struct):
    """How the dossier stands afterwards."""

    uid: UUID
    state: str
    version: int


class DraftPath(msgspec.Struct):
    """Under which draft, for which paper."""

    draft: Draft
    paper: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z_.-]{1,80}$")]


class UidPath(msgspec.Struct):
    """Which dossier."""

    uid: UUID


class AnyFile(msgspec.Struct):
    """The file itself."""

    size: Annotated[int, msgspec.Meta(ge=1)]


class FileForm(msgspec.Struct):
    """A multipart form with one file."""

    file: AnyFile


class KeptFile(msgspec.Struct):
    """A file that waits under a draft."""

    uid: UUID
    paper: str
    name: str


class DraftFiles(ClientApi):
    """Files for a dossier that is not filed yet."""

    scope = "dossiers:submit"
    parsers = (MultiPartParser(),)

    @modify(
        extra_responses=refuses(400, 401, 403, 406, 413, 415, 422),
        operation_id="putDraftFile",
        tags=["clients"],
    )
    def post(
        self, parsed_path: Path[DraftPath], parsed_file_metadata: FileMetadata[FileForm]
    ) -> KeptFile:
        """Send one file for a paper of the procedure, under a draft of your own choosing."""
        upload = cast(UploadedFile, self.request.FILES["file"])
        kept = receive_upload(
            actor=self.actor,
            file=upload,
            component_code=parsed_path.paper,
            draft_key=parsed_path.draft,
        )
        return KeptFile(kept.uid, kept.component_code, kept.name)


class StoredCode(msgspec.Struct, forbid_unknown_fields=True):
    """The code that the paper's owner made on the page of their papers."""

    code: Annotated[str, msgspec.Meta(min_length=10, max_length=20, examples=["7KQM2-XRD9H"])]


class DraftStored(ClientApi):
    """Papers that their owner gave before."""

    scope = "dossiers:submit"

    @modify(
        extra_responses=refuses(400, 401, 403, 404, 406, 413, 415, 422),
        status_code=HTTPStatus.CREATED,
        operation_id="putDraftStored",
        tags=["clients"],
    )
    def post(self, parsed_path: Path[DraftPath], parsed_body: Body[StoredCode]) -> KeptFile:
        """Use a stored paper instead of a file, by a code that its owner gave you. It serves once,
        within 24 hours; the owner sees who used it."""
        kept = take_stored_by_code(
            actor=self.actor,
            code=parsed_body.code,
            component_code=parsed_path.paper,
            draft_key=parsed_path.draft,
        )
        return KeptFile(kept.uid, kept.component_code, kept.name)


class Dossiers(ClientApi):
    """Filing a dossier."""

    scope = "dossiers:submit"

    @modify(
        extra_responses=refuses(400, 401, 403, 404, 406, 409, 415, 422),
        status_code=HTTPStatus.CREATED,
        operation_id="fileDossier",
        tags=["clients"],
    )
    def post(self, parsed_body: Body[NewDossier]) -> Filed:
        """File a dossier for a person. Needs the header `Idempotency-Key`; send it again
        unchanged after a lost answer and the dossier is the same."""
        key = self.idempotency_key()
        done = file_for(
            actor=self.actor, filing=_filing(parsed_body), applicant=_who(parsed_body), key=key
        )
        return Filed(UUID(done["uid"]), done["code"])


class Supplements(ClientApi):
    """Answering a request for a supplement."""

    scope = "dossiers:submit"

    @modify(
        extra_responses=refuses(400, 401, 403, 404, 406, 409, 415, 422),
        status_code=HTTPStatus.OK,
        operation_id="supplementDossier",
        tags=["clients"],
    )
    def post(self, parsed_path: Path[UidPath], parsed_body: Body[Supplement]) -> Moved:
        """Send what the agency asked for. Needs the header `Idempotency-Key`."""
        done = supplement_for(
            actor=self.actor,
            uid=parsed_path.uid,
            answers=parsed_body.answers,
            draft_key=parsed_body.draft or "",
            note=parsed_body.note,
            key=self.idempotency_key(),
        )
        return Moved(UUID(done["uid"]), done["state"], done["version"])


def _filing(said: NewDossier) -> Filing:
    return Filing(
        procedure_code=said.procedure,
        answers=said.answers,
        receiving_agency_id=_agency(said.receiving_agency),
        draft_key=said.draft or "",
        delivery=said.delivery,
        delivery_address=said.delivery_address,
        contact_email=said.applicant.email,
        contact_phone=said.applicant.phone,
        language=said.language,
    )


def _agency(code: str) -> int:
    try:
        return agency_by_code(code).pk
    except NotFound:
        wrong = Bilingual("Không có cơ quan này.", "There is no such agency.")
        raise InvalidInput({"receiving_agency": wrong}) from None


def _who(said: NewDossier) -> PartyDetails:
    person = said.applicant
    return PartyDetails(
        full_name=person.name,
        kind=person.kind,
        identity_number=person.identity_number,
        birth_date=person.birth_date,
        phone=person.phone,
        email=person.email,
        address=person.address,
    )


_client = api_audience("client")
routes = [
    path("drafts/<str:draft>/<str:paper>", _client(DraftFiles.as_view()), name="draft-file"),
    path(
        "drafts/<str:draft>/<str:paper>/stored",
        _client(DraftStored.as_view()),
        name="draft-stored",
    ),
    path("dossiers", _client(Dossiers.as_view()), name="file-dossier"),
    path("dossiers/<str:uid>/supplement", _client(Supplements.as_view()), name="supplement"),
]
