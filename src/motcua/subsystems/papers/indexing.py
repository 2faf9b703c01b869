"""What is typed about a paper that is digitised: read from a form, and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.foundation.errors import Bilingual
from motcua.subsystems.papers.kinds import by_code
from motcua.subsystems.papers.models import PaperScan

LANGUAGES = ("vi", "en", "fr", "zh", "ko", "ja", "ru", "other")
DATES = ("issued_on", "valid_until")
TEXTS = {"name": 300, "number": 100, "issuer": 200, "holder_name": 200}
NO_DATE = Bilingual(
    "Nhập ngày có thật, ví dụ 3/2/2020, hoặc để trống.",
    "Give a real date, such as 3/2/2020, or leave it empty.",
)


@dataclass(slots=True)
class Typed:
    """The data of a paper as typed; ``faults`` by field, ``raw`` to show again."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    raw: dict[str, str] = field(default_factory=dict[str, str])
    faults: dict[str, Bilingual] = field(default_factory=dict[str, Bilingual])


def read_typed(posted: Mapping[str, str]) -> Typed:
    """The data of the form; what cannot be read stands in ``faults``."""
    typed = Typed()
    for name, most in TEXTS.items():
        typed.values[name] = str(posted.get(name, "")).strip()[:most]
    kind = str(posted.get("kind_code", ""))
    typed.values["kind_code"] = kind if kind in by_code() else ""
    form = str(posted.get("form", ""))
    typed.values["form"] = form if form in PaperScan.Form.values else PaperScan.Form.ORIGINAL
    language = str(posted.get("language", ""))
    typed.values["language"] = language if language in LANGUAGES else "vi"
    typed.values["compared"] = posted.get("compared") == "on"
    for name in DATES:
        _read_date(posted, name, typed)
    return typed


def _read_date(posted: Mapping[str, str], name: str, typed: Typed) -> None:
    parts = [str(posted.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
    typed.raw |= {
        f"{name}_{part}": text for part, text in zip(("year", "month", "day"), parts, strict=True)
    }
    typed.values[name] = None
    if not any(parts):
        return
    try:
        year, month, day = (int(text) for text in parts)
        typed.values[name] = dt.date(year, month, day)
    except ValueError:
        typed.faults[name] = NO_DATE


def faults_before_signing(scan: PaperScan, on: dt.date) -> dict[str, Bilingual]:
    """What still keeps a paper from being signed, by field; empty when nothing does."""
    faults: dict[str, Bilingual] = {}
    if not scan.name:
        faults["name"] = Bilingual("Nhập tên giấy tờ.", "Give the paper's name.")
    if scan.issued_on and scan.issued_on > on:
        faults["issued_on"] = Bilingual(
            "Ngày cấp không thể sau hôm nay.", "It cannot have been issued after today."
        )
    if scan.issued_on and scan.valid_until and scan.valid_until < scan.issued_on:
        faults["valid_until"] = Bilingual(
            "Ngày hết hạn phải sau ngày cấp.", "It cannot end before it was issued."
        )
    if not [row for row in scan.sheets if not row["out"]]:
        faults["files"] = Bilingual(
            "Quét hoặc chụp ít nhất một trang.", "Scan or photograph at least one sheet."
        )
    return faults
