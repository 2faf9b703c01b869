"""Two years of dossiers, made by running the real services under a simulated clock.

Every dossier is an agenda of its own: whose turn it is decides what happens
next and when. A heap keeps all agendas in the order of time, so that numbers,
codes, deadlines and ledger are what they would have been. Until 30 June 2025 the
former units work under the version of the procedures then in force; on 1 July they
are merged, and what is open finishes in the new ones.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import calendar_for
from motcua.foundation.remembering import for_long
from motcua.foundation.timesource import CITY_ZONE
from motcua.web.demo.agenda import History
from motcua.web.demo.answers import MAKERS
from motcua.web.demo.casting import all_officials, gather_cast
from motcua.web.demo.choices import know_officers
from motcua.web.demo.former import MERGER, merge_former
from motcua.web.demo.life import Life
from motcua.web.demo.lots import draw
from motcua.web.demo.names import generator
from motcua.web.demo.sharing import EVERYTHING, Share

LENGTH = dt.timedelta(days=730)
EARLIEST = dt.datetime(2024, 7, 1, 7, 30, tzinfo=CITY_ZONE)
"""Nothing is known here of the units and the rules before this day."""


def begin_of(until: dt.datetime) -> dt.datetime:
    """Where a history begins that ends at a moment: two years before, a working morning."""
    return max(until - LENGTH, EARLIEST)


def live(
    *,
    dossiers: int,
    until: dt.datetime,
    begin: dt.datetime,
    drawing: Callable[[Actor, str], None],
    progress: Callable[[int, int], None],
    with_files: int = 0,
    seed: str = "lich-su",
    share: Share = EVERYTHING,
) -> History:
    """File ``dossiers`` between two moments and let each live its life up to ``until``.

    Of all that is drawn, only what falls to the wards of ``share`` is lived.

    The newest ``with_files`` belong to the flagship ward, whose people have
    certificates from the start: their papers are really made, signed and sealed.
    """
    chance = generator(seed)
    cast = gather_cast()
    know_officers(cast.officials)
    history = History(cast, until, chance, calendar_for(None), drawing, seed)
    if begin < MERGER < until:
        history.plan(MERGER, lambda _: _merge(history, share), alone=True)
    lots = draw(cast, chance, history.calendar, begin, until, dossiers, with_files)
    for place, lot in enumerate(lots):
        commune = lot.asker.commune
        counter = (cast.former if lot.at < MERGER else cast.centres).get(commune)
        if counter is None or not share.holds(commune):
            continue
        # A generator of its own: each process must draw the same city and dates.
        own = generator(f"{seed}-{place}")
        answers = MAKERS[lot.procedure][0](lot.asker, own, lot.at.astimezone(CITY_ZONE).date())
        life = Life(history, lot.procedure, lot.citizen, answers, counter, lot.files, lot.fate)
        history.plan(lot.at, life.file)
    with for_long(), _seldom_tidied():
        history.run(progress, dossiers)
    return history


@contextmanager
def _seldom_tidied() -> Generator[None]:
    """Everything that is planned stays in memory: look seldom for what could be thrown away."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _merge(history: History, share: Share) -> None:
    """The day of the merger: from here on the successors' people act."""
    administrator = next(
        actors[0] for (_, role), actors in history.cast.officials.items() if role == "administrator"
    )
    history.merged |= merge_former(administrator, share.holds)
    history.cast.officials = all_officials()
    know_officers(history.cast.officials)
