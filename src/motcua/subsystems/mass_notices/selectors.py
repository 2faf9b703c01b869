"""Every read of notices to many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.notices.public import outcomes_of
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import local
from motcua.subsystems.mass_notices.models import MassNotice, MassRecipient
from motcua.subsystems.mass_notices.reach import open_to
from motcua.subsystems.mass_notices.rules import filled

PAGE = 50
_CHUNK = 500


def notice_for(actor: Actor, uid: UUID, *, lock: bool = False) -> MassNotice:
    """A notice open to the actor. One statement.

    Raises:
        NotFound: absent and forbidden alike.
    """
    rows = MassNotice.objects.filter(open_to(actor), uid=uid)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.select_related("agency", "author").first()
    if row is None:
        raise NotFound
    return row


def notices_of(actor: Actor, before: int = 0) -> tuple[list[MassNotice], int]:
    """Notices open to the actor, newest first, and the key to go on with. One statement."""
    rows = MassNotice.objects.filter(open_to(actor)).select_related("agency", "author")
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else 0


def told_count(notice: MassNotice) -> int:
    """How many people were told so far."""
    return MassRecipient.objects.filter(notice=notice, told_at__isnull=False).count()


def waiting(notice: MassNotice, limit: int) -> list[MassRecipient]:
    """The next people to tell, with what their placeholders need."""
    rows = MassRecipient.objects.filter(notice=notice, told_at__isnull=True).select_related("case")
    return list(rows.order_by("pk")[:limit])


def dedupe_key(notice: MassNotice) -> str:
    """Before a reader's key: the same notice tells nobody twice."""
    return f"mass:{notice.uid}"


def text_for(notice: MassNotice, person: MassRecipient) -> dict[str, Bilingual]:
    """Heading and text for one person, in both languages."""
    values = {
        language: _values(notice, person, english=language == "en") for language in ("vi", "en")
    }
    return {
        "heading": Bilingual(notice.texts["subject_vi"], notice.texts["subject_en"]),
        "text": Bilingual(
            filled(notice.texts["body_vi"], values["vi"]),
            filled(notice.texts["body_en"], values["en"]),
        ),
    }


def _values(notice: MassNotice, person: MassRecipient, *, english: bool) -> dict[str, str]:
    case = person.case
    agency = (notice.agency.name_en if english else "") or notice.agency.name
    said = {"co_quan": agency}
    if person.at is not None:
        said["lich_hen"] = f"{local(person.at):%H:%M, %d/%m/%Y}"
    if case is not None:
        said |= {
            "ma_ho_so": case.code or "",
            "thu_tuc": (case.title_en if english else "") or case.title,
            "hen_tra": f"{local(case.due_at):%H:%M, %d/%m/%Y}" if case.due_at else "",
        }
    return said


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a notice: told in the application, and its mails by state and reason."""

    told: int
    people: int
    mails: tuple[tuple[str, str, int], ...]

    @property
    def left(self) -> int:
        return self.people - self.told


def report(notice: MassNotice) -> Report:
    """Deliveries by state and reason, read in chunks; names and addresses are not in it."""
    people = MassRecipient.objects.filter(notice=notice, told_at__isnull=False).order_by("pk")
    keys = [f"{dedupe_key(notice)}:{person.reader}" for person in people]
    mails: Counter[tuple[str, str]] = Counter()
    for chunk in _chunks(keys):
        mails.update(outcomes_of(chunk))
    rows = sorted((state, reason, number) for (state, reason), number in mails.items())
    return Report(len(keys), notice.people, tuple(rows))


def _chunks(keys: list[str]) -> Iterable[list[str]]:
    return (keys[begin : begin + _CHUNK] for begin in range(0, len(keys), _CHUNK))
