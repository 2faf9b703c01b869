"""The wards, communes and special zone that forms offer to choose from."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping

from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import Bilingual
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import today


def communes() -> dict[str, Bilingual]:
    """Code → name of every commune in force today; remembered for seconds."""
    begins, names = _generations()
    return names[bisect_right(begins, today())]


@remembered("agencies.Agency")
def _generations() -> tuple[list[dt.date], list[dict[str, Bilingual]]]:
    """The days on which the communes changed, and those in force before, between and after."""
    found = (
        Agency.objects.filter(kind="committee", level="commune")
        .order_by("commune_code", "valid_from")
        .values_list(
            "commune_code", "place_name", "short_name", "name_en", "valid_from", "valid_to"
        )
    )
    rows = [
        (code, Bilingual(short or place, name_en), first, _day_after(last) if last else dt.date.max)
        for code, place, short, name_en, first, last in found
    ]
    begins = sorted({day for row in rows for day in row[2:]} - {dt.date.max})
    names = [
        {code: name for code, name, first, end in rows if first <= day < end}
        for day in (dt.date.min, *begins)
    ]
    return begins, names


def _day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def commune_options() -> Mapping[str, Mapping[str, Bilingual]]:
    """The choices for fields with ``options_from: communes``."""
    return {"communes": communes()}
