"""The dossiers that are multiplied: filed and handled by the real services of the demo."""

from __future__ import annotations

import dataclasses
import datetime as dt

from motcua.casework.agencies.public import Agency
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case
from motcua.foundation.timesource import CITY_ZONE, now
from motcua.web.demo.agenda import History
from motcua.web.demo.answers import MAKERS
from motcua.web.demo.casting import gather_cast
from motcua.web.demo.choices import ACCEPT, ASK_FIRST, PROPOSE_SLOWLY, Choice, know_officers
from motcua.web.demo.drawings import upload_drawings
from motcua.web.demo.fates import MARITAL, Fate
from motcua.web.demo.life import Life
from motcua.web.demo.lots import working_days_before
from motcua.web.demo.names import generator

_ACCEPTED = {"receive": ACCEPT}
_PROPOSED = {
    **_ACCEPTED,
    "examine": Choice("propose_online", (1, 2), payload=PROPOSE_SLOWLY.payload),
}
TO_MULTIPLY = (
    Fate(0, rests=frozenset({"receive"})),
    Fate(1, takes=_ACCEPTED, rests=frozenset({"hand_over"})),
    Fate(2, takes=_ACCEPTED, rests=frozenset({"examine"})),
    Fate(4, takes=_ACCEPTED, rests=frozenset({"examine"})),
    Fate(3, takes={"receive": ASK_FIRST}, rests=frozenset({"supplement_first"})),
)
"""Where the many stand: at the counter, handed over, examined, with the citizen."""
ALONE = (
    Fate(9, takes=_PROPOSED, rests=frozenset({"review"})),
    Fate(12, takes=_PROPOSED, rests=frozenset({"issue"})),
)
"""Not multiplied, since each has a document of its own: a draft, and one signed but not sealed."""


def file_samples(ward: Agency) -> list[Case]:
    """File and handle them up to now in a ward; returns those to be multiplied."""
    cast = gather_cast()
    know_officers(cast.officials)
    history = History(cast, now(), generator("rehearsal"), calendar_for(None), upload_drawings)
    history.seed = "rehearsal"
    lives: list[Life] = []
    for place, fate in enumerate((*TO_MULTIPLY, *ALONE)):
        at = working_days_before(history.until, fate.days, history.calendar)
        citizen, asker = cast.citizens[place % len(cast.citizens)]
        here = dataclasses.replace(asker, commune=ward.commune_code)
        answers = MAKERS[MARITAL][0](here, generator(f"rehearsal-{place}"), _day(at))
        centre = cast.centres[ward.commune_code]
        life = Life(history, MARITAL, citizen, answers, centre, fate=fate)
        history.plan(at, life.file)
        lives.append(life)
    history.run(lambda _done, _all: None, len(lives))
    made = [life.dossier.case.pk for life in lives[: len(TO_MULTIPLY)] if life.dossier]
    return list(Case.objects.filter(pk__in=made, is_open=True).order_by("pk"))


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(CITY_ZONE).date()
