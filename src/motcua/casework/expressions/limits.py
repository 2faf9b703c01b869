"""What is refused before compiling: too long, too deep, too many loops, ambiguous."""

from __future__ import annotations

import re
from typing import Final

from motcua.casework.expressions.errors import ExpressionError, Place
from motcua.foundation.errors import Bilingual

MAX_LENGTH: Final = 2_000
MAX_LOOPS: Final = 4
MAX_LOOP_DEPTH: Final = 2

_STRINGS = re.compile(
    r"'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL
)
_COMPARING = re.compile(r"&&|\|\||[=!<>]=|[<>]|\bin\b|[()\[\]{}?:,]")
_LOOP = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(|[()]")


def _blanked(text: re.Match[str]) -> str:
    """A quoted text without its content, as long as before so that places stay true."""
    return re.sub(r"[^\n]", "_", text[0])


def refuse_unfit(source: str) -> None:
    """Raise ExpressionError when a source is empty, too long, too deep or ambiguous."""
    if not source.strip():
        raise ExpressionError("empty", Bilingual("chưa có nội dung.", "there is nothing in it."))
    if len(source) > MAX_LENGTH or "\0" in source:
        raise ExpressionError(
            "too-long",
            Bilingual(
                f"dài quá {MAX_LENGTH} ký tự hoặc chứa ký tự không hợp lệ.",
                f"longer than {MAX_LENGTH} characters, or a character is not allowed.",
            ),
        )
    bare = _STRINGS.sub(_blanked, source)
    _refuse_many_loops(bare)
    _refuse_chained_comparisons(bare)


def _refuse_many_loops(bare: str) -> None:
    open_brackets: list[bool] = []
    loops = 0
    for bracket in _LOOP.findall(bare):
        if bracket == ")":
            del open_brackets[-1:]
            continue
        open_brackets.append(bracket != "(")
        loops += bracket != "("
        if loops > MAX_LOOPS or sum(open_brackets) > MAX_LOOP_DEPTH:
            raise ExpressionError(
                "too-complex",
                Bilingual(
                    f"có quá {MAX_LOOPS} vòng lặp, hoặc lồng quá {MAX_LOOP_DEPTH} tầng.",
                    f"more than {MAX_LOOPS} loops, or nested deeper than {MAX_LOOP_DEPTH}.",
                ),
            )


def _refuse_chained_comparisons(bare: str) -> None:
    """``a == b in c`` says something else to authors, to CEL and to the browser's library."""
    seen = [0]
    for found in _COMPARING.finditer(bare):
        sign = found[0]
        if sign in "([{":
            seen.append(0)
        elif sign in ")]}":
            del seen[max(len(seen) - 1, 1) :]
        elif sign in {"&&", "||", "?", ":", ","}:
            seen[-1] = 0
        else:
            seen[-1] += 1
            if seen[-1] > 1:
                before = bare[: found.start()]
                place = Place(before.count("\n") + 1, found.start() - before.rfind("\n"))
                raise ExpressionError(
                    "ambiguous",
                    Bilingual(
                        "có hai phép so sánh liền nhau; hãy thêm dấu ngoặc.",
                        "two comparisons follow each other; please add brackets.",
                    ),
                    place,
                )
