"""The changeable words of a paper: asked once, when the paper is made, of who keeps them.

A slice that lets people edit words registers itself here. What it adds goes into the
document's own content, so a paper keeps the words of the day it was made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from motcua.casework.agencies.public import Agency

Wording = Callable[[str, Agency, Mapping[str, Any], dt.datetime], Mapping[str, Any]]
"""From template, agency, data and moment to the data with its words."""

_wordings: list[Wording] = []


def register_wording(wording: Wording) -> None:
    """Let a slice put words on papers; registering the same twice is fine."""
    if wording not in _wordings:
        _wordings.append(wording)


def worded(
    template: str, agency: Agency, data: Mapping[str, Any], at: dt.datetime
) -> Mapping[str, Any]:
    """The data of a paper with the words in force at a moment; as it is when nobody keeps any."""
    for wording in _wordings:
        data = wording(template, agency, data, at)
    return data
