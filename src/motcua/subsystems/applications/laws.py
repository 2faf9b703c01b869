"""Which decree rules the one-stop shop on a day. A dated row, like every number of the law."""

from __future__ import annotations

import datetime as dt

ONE_STOP = (
    (dt.date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    (dt.date(2018, 6, 21), "Nghị định 61/2018/NĐ-CP"),
)
"""In force from … on, the newest first. Nghị định 61/2018 ended on 30/06/2025."""


def one_stop_law(on: dt.date) -> str:
    """The decree in force on a day; the earliest known before its time.

    >>> one_stop_law(dt.date(2025, 6, 30)), one_stop_law(dt.date(2025, 7, 1))
    ('Nghị định 61/2018/NĐ-CP', 'Nghị định 118/2025/NĐ-CP')
    """
    return next((law for since, law in ONE_STOP if since <= on), ONE_STOP[-1][1])
