"""A number with what it is the number of (提及).

“规上工业企业利润计划 85 亿元，实际 43.02 亿元” mentions one name twice: once as
planned, once as it came out. The name is the words before the number; where a
clause says only 实际, the clause before it named the thing, or the heading did.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from steelyard.doctor.view.figure import CLAIMS, Figure, Kind
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View, bare_heading

_BREAK = re.compile(r"[，。；！？：、（）“”‘’《》〈〉\[\]【】;=×÷+/≥≤<>|—]")
_PARENTHESIS = re.compile(r"（[^（）]*）")
_TOPIC = re.compile(r"([\u4e00-\u9fff]{2,12})方面(?=[，：])")
_OPERATORS = tuple("+-×÷/·")
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One number with its name (提及)."""

    figure: Figure
    passage: Passage
    name: str
    """Words that name it in its own sentence; may be empty."""
    under: str
    """Heading, or label of the row, that it stands under."""
    role: str
    """计划, 实际 or empty."""
    whole: str
    """Of a part behind 其中: the name of what it is a part of; else empty."""
    column: str = ""
    """Of a value in a table: the header of its column."""
    before: str = ""
    """Its clause up to the number, as it stands."""

    @property
    def subject(self) -> str:
        """What it is the number of, as far as words say."""
        return self.name or self.under

    @property
    def is_operand(self) -> bool:
        """Whether it is one number among those that a calculation works with."""
        if self.figure.kind is not Kind.EQUATION:
            return False
        text = self.passage.text
        before, after = text[: self.figure.start][-1:], text[self.figure.end :][:1]
        return before in _OPERATORS or after in _OPERATORS or (before == "（" and after == "）")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words around a number that do not name it (虚词)."""

    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    planned: re.Pattern[str]
    actual: re.Pattern[str]
    certain: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of mention.toml as patterns."""
    text = resources.files(__package__).joinpath("mention.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def one_of(key: str) -> str:
        return "|".join(sorted(map(re.escape, data[key]), key=len, reverse=True))

    return Vocabulary(
        re.compile(rf"^(?:{one_of('leading')})+"),
        re.compile(rf"(?:{one_of('trailing')})+$"),
        re.compile(one_of("planned")),
        re.compile(one_of("actual")),
        re.compile(one_of("certain")),
    )


@lru_cache(maxsize=1)
def mentions(view: View) -> tuple[Mention, ...]:
    """Return every amount of a view with its name; several checks ask for the same view."""
    rows = _row_labels(view.grids)
    return tuple(
        mention
        for passage in view.passages
        if not passage.is_heading and passage.claims
        for mention in _of_passage(passage, rows)
    )


def _row_labels(grids: tuple[Grid, ...]) -> dict[int, tuple[str, str, bool]]:
    """Return for each cell's passage: label of its row, its header, whether a lone value."""
    found = {}
    for grid in grids:
        lone = {id(value.passage) for value in grid.values.values()}
        for (row, column), passage in grid.passages.items():
            if row < grid.body.start or passage.index in found:
                continue
            header = grid.headers[column] if column < len(grid.headers) else ""
            beside = _beside(grid, row, column)
            if beside:
                found[passage.index] = (beside, "", id(passage) in lone)
                continue
            labels = [text for text in grid.labels(row) if text != passage.text]
            label = "›".join(labels[-2:]) if labels else ""
            found[passage.index] = (label, header, id(passage) in lone)
    return found


def _beside(grid: Grid, row: int, column: int) -> str:
    """Return the words left of a value in a form, where no column is one of values."""
    value = grid.value(row, column)
    if value is None or column in grid.value_columns or not value.column:
        return ""
    left = grid.at(row, value.column - 1)
    return left.text if left is not None and not left.figures else ""


def _of_passage(passage: Passage, rows: dict[int, tuple[str, str, bool]]) -> Iterator[Mention]:
    label, header, lone = rows.get(passage.index, ("", "", False))
    under = label or next((each for each in reversed(passage.section)), "")
    if lone:
        for figure in passage.claims:
            yield Mention(figure, passage, "", label, _role(header), "", header)
        return
    for start, end in passage.sentences():
        yield from _of_sentence(passage, start, end, under)


def _of_sentence(passage: Passage, start: int, end: int, under: str) -> Iterator[Mention]:
    words = vocabulary()
    text = passage.text
    last_name, whole = "", ""
    previous = start
    for figure in passage.figures_in(start, end):
        before = text[previous : figure.start]
        if "其中" in before:
            whole = last_name
        elif before.startswith("）"):
            whole = ""
        named = _name(before)
        role = "计划" if figure.kind is Kind.TARGET else _role(before)
        bare = words.trailing.sub("", words.leading.sub("", named))
        bare = bare or ("" if last_name else _topic(before))
        if bare:
            last_name = bare
        name = bare or last_name
        if figure.kind in CLAIMS:
            part = whole if whole and whole != name else ""
            name = name[-_LONGEST_NAME:]
            yield Mention(figure, passage, name, under, role, part, before=named)
        previous = figure.end


def _name(before: str) -> str:
    """Return the words of the clause in which a number stands, up to the number."""
    closed = _PARENTHESIS.sub("", before)
    parts = _BREAK.split(closed)
    return parts[-1] or (parts[-2] if len(parts) > 1 else "")


def _topic(before: str) -> str:
    """Return what a sentence speaks of before its first number: 电煤保供方面，计划…"""
    found = [match[1] for match in _TOPIC.finditer(before)]
    return found[-1] if found else ""


def _role(text: str) -> str:
    words = vocabulary()
    planned = [match.end() for match in words.planned.finditer(text)]
    actual = [match.end() for match in words.actual.finditer(text)]
    if not planned and not actual:
        return ""
    if planned and not words.certain.search(text):
        # 确保实现 and 计划完成 are still plans.
        return "计划"
    return "实际" if max(actual, default=-1) >= max(planned, default=-1) else "计划"


def heading_name(passage: Passage) -> str:
    """Return the innermost heading that a passage stands under."""
    return bare_heading(passage.section[-1]) if passage.section else ""
