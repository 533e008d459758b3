"""Begin and end in one sentence (先后次序): R19.

2023 年 9 月开工，2023 年 6 月完工: what is finished was begun before. Only a clause
that begins with its date goes on with what the clause before it began.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.marks import figures_between
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_DATE = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_REACH = 16


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = resources.files(__package__).joinpath("date_order.toml").read_text(encoding="utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


@dataclass(frozen=True)
class _Dated:
    """One date of a sentence."""

    start: int
    end: int
    year: int
    """0 where it is understood."""
    month: int
    day: int
    """0 where it is not said."""


def check(view: View, pen: Pen) -> None:
    """Find ends that lie before their begin."""
    for passage in view.passages:
        if passage.document.kind == CASE or passage.text.count("月") < 2:
            continue
        for start, end in passage.sentences():
            dates = list(_dates(passage.text, start, end))
            for index, begin in enumerate(dates[:-1]):
                for finish in _ends(passage.text, dates[index:]):
                    _hold(passage, begin, finish, pen)


def _dates(text: str, start: int, end: int) -> Iterator[_Dated]:
    for match in _DATE.finditer(text, start, end):
        if 1 <= int(match["month"]) <= 12:
            parts = (int(match[name] or 0) for name in ("year", "month", "day"))
            yield _Dated(match.start(), match.end(), *parts)


def _ends(text: str, dates: list[_Dated]) -> Iterator[_Dated]:
    """Yield the dates by which what begins at the first is said to have ended."""
    words = _words()
    begin, *others = dates
    first = others[0]
    labelled = words["start_label"].search(text[max(begin.start - _REACH, 0) : begin.start])
    begins = words["begins"].search(text[begin.end : first.start])
    if labelled and text[begin.end : first.start].startswith(("，", "；", "、")):
        if words["end_label"].search(text[begin.end : first.start]):
            yield first
        return
    last = begin.end + (begins.end() if begins else 0)
    for each in others if begins else []:
        if not words["goes_on"].search(text[last : each.start]):
            return
        done = words["ends"].search(text[each.end : each.end + _REACH])
        if done is None:
            return
        yield each
        rest = re.compile("[，。；：]").search(text, each.end)
        last = rest.start() if rest else len(text)


def _hold(passage: Passage, begin: _Dated, finish: _Dated, pen: Pen) -> None:
    year = finish.year or begin.year
    if not begin.year or not year:
        return
    length = 3 if begin.day and finish.day else 2
    one = (begin.year, begin.month, begin.day)[:length]
    other = (year, finish.month, finish.day)[:length]
    if other >= one:
        return
    text = passage.text
    pen.find(
        "R19",
        # Without its year the end may lie in the next one.
        Severity.ERROR if finish.year else Severity.QUESTION,
        f"“{text[finish.start : finish.end]}”的完成早于“{text[begin.start : begin.end]}”的开始。",
        [Place(passage, finish.start, finish.end), Place(passage, begin.start, begin.end)],
        figures=[
            *figures_between(passage, finish.start, finish.end),
            *figures_between(passage, begin.start, begin.end),
        ],
    )
