"""Saying how it went, once, after the result."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import access_case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.applications.models import Rating

SCORES = {3: "Rất hài lòng", 2: "Hài lòng", 1: "Chưa hài lòng"}


class AlreadyRated(NotPossibleNow):
    """A dossier is rated once."""

    code = "already-rated"
    message = Bilingual("Bạn đã đánh giá hồ sơ này.", "You have already rated this dossier.")
    advice = Bilingual("Cảm ơn bạn đã góp ý.", "Thank you for your opinion.")


@transaction.atomic
def rate(*, actor: Actor, uid: UUID | str, score: int, comment: str = "") -> Rating:
    """The applicant rates a closed dossier. Emits ``applications.rated``.

    Raises:
        NotAllowed: the actor is not the applicant or submitter.
        InvalidInput: no such score. NotPossibleNow: the dossier is still open.
        AlreadyRated: rated before.
    """
    case = access_case(actor, uid, kind="application")
    if actor.party_id is None or actor.party_id not in {case.applicant_id, case.submitter_id}:
        raise NotAllowed
    if score not in SCORES:
        raise InvalidInput(
            {"score": Bilingual("Hãy chọn mức độ hài lòng.", "Choose how satisfied you are.")}
        )
    if case.is_open:
        raise NotPossibleNow
    try:
        with transaction.atomic():
            rating = Rating(case=case, score=score, comment=comment.strip()[:2000], at=now())
            rating.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRated from error
    record(
        actor=actor,
        chain=f"case:{case.pk}",
        verb="applications.rate",
        after={"score": score},
        case_id=case.pk,
    )
    emit("applications.rated", str(case.uid), {"case_id": case.pk, "score": score})
    return rating
