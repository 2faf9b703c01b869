"""The wards, communes and special zone that forms offer to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.casework.agencies.public import agencies_as_of
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now, today

_KEEP_SECONDS = 300
_kept: dict[str, tuple[float, dict[str, Bilingual]]] = {}


def communes() -> dict[str, Bilingual]:
    """Code → name of every commune in force today; remembered for five minutes."""
    stamp = now().timestamp()
    known = _kept.get("communes")
    if known is None or not 0 <= stamp - known[0] < _KEEP_SECONDS or not known[1]:
        rows = (
            agencies_as_of(today())
            .filter(kind="committee", level="commune")
            .order_by("commune_code")
            .values_list("commune_code", "place_name", "short_name", "name_en")
        )
        texts = {
            code: Bilingual(short or place, name_en) for code, place, short, name_en in rows
        }
        known = (stamp, texts)
        _kept["communes"] = known
    return known[1]


def commune_options() -> Mapping[str, Mapping[str, Bilingual]]:
    """The choices for fields with ``options_from: communes``."""
    return {"communes": communes()}
