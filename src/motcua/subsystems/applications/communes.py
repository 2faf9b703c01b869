"""The wards, communes and special zone that forms offer to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from motcua.casework.agencies.public import agencies_as_of
from motcua.foundation.errors import Bilingual
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import today


def communes() -> dict[str, Bilingual]:
    """Code → name of every commune in force today; remembered for seconds."""
    return _communes(today())


@remembered("agencies.Agency")
def _communes(on: dt.date) -> dict[str, Bilingual]:
    rows = (
        agencies_as_of(on)
        .filter(kind="committee", level="commune")
        .order_by("commune_code")
        .values_list("commune_code", "place_name", "short_name", "name_en")
    )
    return {code: Bilingual(short or place, name_en) for code, place, short, name_en in rows}


def commune_options() -> Mapping[str, Mapping[str, Bilingual]]:
    """The choices for fields with ``options_from: communes``."""
    return {"communes": communes()}
