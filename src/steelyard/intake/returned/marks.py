"""What is said about a cell (标记): a mistake or a question, in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from steelyard.intake.reading.sheets.sheet import LAST_ROW, column_index
from steelyard.intake.sighting import Mistake, Place, Question

MOST_MARKS = 20_000
"""Marks that one copy carries; of those that are left out the number is told."""

LONGEST_TEXT = 32_000
"""Characters that a cell may hold, with some to spare."""

_LONGEST_COMMENT = 1_500
_MOST_IN_COMMENT = 8
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class Kind(StrEnum):
    """How certain a mark is (标记的种类); the value is its name on paper."""

    MISTAKE = "错误"
    QUESTION = "待确认"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark (标记)."""

    kind: Kind
    what: str
    mend: str
    place: Place
    quote: str = ""

    @property
    def cell(self) -> tuple[int, int] | None:
        """Row and column, counted from 0; None when it is about no single cell."""
        found = _REFERENCE.fullmatch(self.place.cell)
        if found is None or int(found[2]) > LAST_ROW:
            return None
        column = column_index(found[1])
        return None if column < 0 else (int(found[2]) - 1, column)


def marks_of(
    mistakes: Iterable[Mistake], questions: Iterable[Question], *, sha256: str = ""
) -> list[Mark]:
    """Return mistakes, then questions, as marks.

    Args:
        mistakes: What cannot be right.
        questions: What only a person can decide.
        sha256: Of a file; what is known to stand in another one is left out.
    """
    marks = [
        Mark(kind=Kind.MISTAKE, what=each.what, mend=each.mend, place=each.place, quote=each.quote)
        for each in mistakes
    ]
    marks += [
        Mark(
            kind=Kind.QUESTION,
            what=each.text + (f"（涉及{each.cells}个数）" if each.cells > 1 else ""),
            mend=_wanted(each.candidates),
            place=each.place,
            quote=each.quote,
        )
        for each in questions
    ]
    return [mark for mark in marks if not sha256 or mark.place.sha256 in ("", sha256)]


def _wanted(candidates: Sequence[str]) -> str:
    shown = "、".join(f"“{each}”" for each in candidates[:6])
    rest = "等" if len(candidates) > 6 else ""
    if not shown:
        return "请确认，并在单元格中写明。"
    return f"请确认是不是{shown}。" if len(candidates) == 1 else f"请在{shown}{rest}中选定。"


def comment_lines(marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """Yield for each mark of a cell its name and what to read, for a comment (批注)."""
    left = _LONGEST_COMMENT
    for at, mark in enumerate(marks):
        said = mark.what + (f"\n{mark.mend}" if mark.mend else "")
        if at == _MOST_IN_COMMENT or (at and len(said) > left):
            yield f"……共{len(marks)}处，", "其余见“错误清单”。"
            return
        said = shortened(said, left)
        left -= len(said)
        yield f"［{mark.kind}］", said


def row_text(marks: Sequence[Mark]) -> str:
    """Return what is said about the cells of one row, on one line."""
    said: list[str] = []
    left = LONGEST_TEXT
    for mark in marks:
        one = " ".join(f"［{mark.kind}］{mark.place.cell} {mark.what}{mark.mend}".split())
        left -= len(one) + 1
        if left < 100 and said:
            said.append(f"……共{len(marks)}处，其余见“错误清单”。")
            break
        said.append(shortened(one, LONGEST_TEXT))
    return "　".join(said)


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
