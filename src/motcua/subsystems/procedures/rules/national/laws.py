"""Legal bases (căn cứ pháp lý): titles and numbers of documents, run together by the source."""

from __future__ import annotations

import re
from typing import Final

from motcua.subsystems.procedures.rules.national.shapes import (
    LOWER,
    NOT_STATED,
    Doubt,
    Law,
    says_nothing,
    tidy,
)

_HEADER: Final = "Tên văn bản pháp lýMã văn bản"
# Issuers, longest first, so that a title in capitals right after the number is not eaten.
_ISSUERS: Final = sorted(
    re.split(
        r"\s+",
        "CP TTg UBTVQH VPCP BTP BCA BTC BNV BGDĐT BGD&ĐT BGDDT BYT BCT BXD BTNMT BTN&MT BNNPTNT "
        "BNN&PTNT BNNMT BNN BKHCN BTTTT BVHTTDL BVHTT BLĐTBXH BLDTBXH BQP BNG BGTVT BKHĐT BKH "
        "NHNN UBDT TTCP TANDTC VKSNDTC KTNN BDTTG BTNXH BHXH C06 HĐND UBND CTN TW",
    ),
    key=len,
    reverse=True,
)
_FORMS: Final = re.split(r"\s+", "NĐ NQ TT TTLT QĐ CT PL VBHN TB KH L LCT QD ND CV")
_FORM = "|".join(sorted(_FORMS, key=len, reverse=True))
_ISSUER = "|".join(re.escape(name) for name in _ISSUERS)
_WORD = re.compile(
    r"(?P<lead>(?:(?:Thông tư|Nghị định|Luật|Quyết định|Nghị quyết|Pháp lệnh|Chỉ thị)"
    r"(?: liên tịch)?(?: số:?)?\s*)?)"
    r"(?P<number>\d{1,8}(?:\.\d{1,3})?)/(?P<year>(?:19|20)\d\d/)?"
    rf"(?P<sign>UBTVQH\d{{1,2}}|(?:NQ-)?QH\d{{1,2}}|(?:{_FORM})(?:[-_/ ]{{1,2}}(?:{_ISSUER}))+"
    r"|[A-ZĐƯ][A-ZĐƯa-z]{0,9}(?:[-_][A-ZĐƯ&]{1,10}\d{0,2})+"
    rf"(?![{LOWER}]))"
)
_YEAR_BEFORE = re.compile(r"(?:năm |/\d{1,2}/|\d{1,2}-\d{1,2}-)$")


def read_laws(text: str) -> tuple[list[Law], list[Doubt]]:
    """The documents cited, each with its number.

    A number that stands glued to the words before it is a cell; one after a space is part
    of a title.
    """
    said = tidy(text)
    if says_nothing(said):
        return [], [Doubt("law", NOT_STATED, "laws", text)]
    if not said.startswith(_HEADER):
        return [], [Doubt("law", "not_a_row", "laws", text)]
    body = said[len(_HEADER) :]
    found: list[Law] = []
    doubts: list[Doubt] = []
    begin = 0
    numbers = list(_WORD.finditer(body))
    for index, match in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        # A title that ends with its number, then the number as a cell.
        repeated = following and following.start() == match.end() and _same(match, following)
        # A row begins with its title: a number with its kind of document is part of that.
        title_only = match.group("lead") and not body[begin : match.start()].strip()
        if repeated or title_only or not _is_cell(body, match):
            continue
        place = f"laws/{len(found) + 1}"
        start, number = _number(
            body, match, after_number=bool(index) and numbers[index - 1].end() == match.start()
        )
        title = body[begin:start].strip(" \n:;,")
        found.append({"title": title, "number": number})
        if not number:
            doubts.append(
                Doubt("law", "run_together", place, f"…{body[begin : match.end()][-80:]}")
            )
        elif not title:
            doubts.append(Doubt("law", "no_name", place, number))
        begin = match.end()
    if rest := body[begin:].strip(" \n."):
        doubts.append(Doubt("law", "after_table", f"laws/{len(found) + 1}", rest))
    return found, doubts


def _is_cell(body: str, match: re.Match[str]) -> bool:
    """Glued to what stands before, and what stands after begins anew or is the end."""
    start, end = match.span()
    if end == len(body):
        return True
    after = body[end : end + 1]
    if after and not (after.isupper() or after.isdigit() or after.islower() or after in "-–:\n"):
        return False
    if start == 0:
        return True
    before = body[start - 1]
    if len(match.group("number")) > 4 and _YEAR_BEFORE.search(body[max(0, start - 8) : start]):
        return True
    return not before.isspace() and before not in "(/“\"'"


def _same(one: re.Match[str], other: re.Match[str]) -> bool:
    keys = [row.group().removeprefix(row.group("lead")) for row in (one, other)]
    return keys[0] == keys[1]


def _number(body: str, match: re.Match[str], *, after_number: bool) -> tuple[int, str]:
    """Where the number begins and the number itself; empty when digits of two cells met."""
    digits = match.group("number")
    start = match.start("number")
    tail = body[match.end("number") : match.end()]
    if match.group("lead") or after_number:
        return match.start(), match.group()
    whole, point, part = digits.partition(".")
    if len(whole) <= 4 and not body[start - 1 : start].isdigit():
        glued = bool(_YEAR_BEFORE.search(body[max(0, start - 8) : start])) and len(whole) == 4
        return start, "" if glued else digits + tail
    if len(whole) > 4 and _YEAR_BEFORE.search(body[max(0, start - 8) : start]):
        return start + 4, whole[4:] + point + part + tail
    return start, ""
