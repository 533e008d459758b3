"""Counts and what is counted (计数与列举): R14, and the numbering of headings, R22.

Eight offices are followed by eight names, a total is the same wherever it
stands, headings are numbered without a gap. Examples are no list: 等.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.marks import Run, runs
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_DIGITS = "零一二三四五六七八九"
_NESTED = re.compile(r"（[^（）]*）|《[^《》]*》|“[^“”]*”|\[[^\[\]]*\]")
_LAST_TWO = re.compile(r"和|及|与|以及")
_SHORT = 12
_LONGEST = 30
_LONGEST_LIST = 2000
_FURTHEST_GAP = 2
_MARKS = (
    (1, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})、")),
    (2, re.compile(r"（(?P<n>[一二三四五六七八九十]{1,3})）")),
    (3, re.compile(r"(?P<n>\d{1,2})[.．、](?!\d)")),
    (4, re.compile(r"（(?P<n>\d{1,2})）")),
)
_FORMS = {1: "{}、", 2: "（{}）", 3: "{}", 4: "（{}）"}


@dataclass(frozen=True)
class _Whole:
    """Something of which a department has one number."""

    name: str
    counter: str
    label: re.Pattern[str]
    prose: tuple[re.Pattern[str], ...]
    column: str


@dataclass(frozen=True)
class _Words:
    announced: re.Pattern[str]
    examples: re.Pattern[str]
    counted: tuple[re.Pattern[str], ...]
    many: re.Pattern[str]
    problems: re.Pattern[str]
    states: re.Pattern[str]
    wholes: tuple[_Whole, ...]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("lists.toml").read_text(encoding="utf-8")
    terms: dict[str, Any] = tomllib.loads(text)
    return _Words(
        re.compile(terms["count"] + terms["counter"] + terms["announces"]),
        re.compile(terms["examples"]),
        tuple(re.compile(each) for each in terms["counted"]),
        re.compile(terms["many"]),
        re.compile(terms["problems"]),
        re.compile(terms["states"]),
        tuple(
            _Whole(
                each["name"],
                each["counter"],
                re.compile(each["label"]),
                tuple(re.compile(prose) for prose in each["prose"]),
                each["column"],
            )
            for each in terms["whole"]
        ),
    )


def check(view: View, pen: Pen) -> None:
    """Count what is listed, and compare counts of the same thing."""
    passages = [each for each in view.passages if each.document.kind != CASE]
    for run in runs(passages):
        _announced(run, pen)
        _many(run, pen)
    for thing in _words().wholes:
        _wholes(thing, view, pen)
    for document in view.documents:
        if document.kind != CASE:
            own = [each for each in passages if each.document is document]
            _numbering(own, pen)


def number_of(text: str) -> int:
    """Return a whole number in digits or Chinese numerals up to 99."""
    if text.isdigit():
        return int(text)
    simple = text.replace("两", "二")
    tens, ten, ones = simple.rpartition("十")
    first = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return first + (_DIGITS.index(ones) if ones else 0)


def _announced(run: Run, pen: Pen) -> None:
    """Compare 8个机构：A、B… with the number of names."""
    for match in _words().announced.finditer(run.text):
        stated = number_of(match["count"])
        start = match.end()
        end = run.text.find("。", start, start + _LONGEST_LIST)
        text = run.text[start : end if end >= 0 else start + _LONGEST_LIST]
        counts, certain = _readings(text)
        figures = run.figures(*match.span("count"))
        if stated in counts:
            pen.verified("R14", figures)
        elif counts and counts[0] >= 2 and certain and end >= 0:
            pen.find(
                "R14",
                Severity.ERROR if certain == "short" else Severity.QUESTION,
                f"写明{match['count']}个，而列出{counts[0]}个。",
                [run.place(*match.span("count")), run.place(start, end)],
                computed=f"{counts[0]}≠{stated}",
                figures=figures,
            )


def _readings(text: str) -> tuple[list[int], str]:
    """Return how many things a list can be read to have, and whether that is sure.

    “short” stands for a plain list of short names, “long” for one of longer
    names, nothing for a list whose end cannot be told.
    """
    for pattern in _words().counted:
        marks = pattern.findall(text)
        if len(marks) >= 2:
            distinct = len(set(marks))
            return [distinct], "short" if distinct == len(marks) else ""
    flat = _NESTED.sub("□", re.split("[；：]", text)[0])
    if _words().examples.search(flat):
        return [], ""
    first = flat.split("，")[0]
    readings: list[int] = []
    for part in (first, flat):
        items = re.split("[、，]", part)
        joined = len(_LAST_TWO.findall(items[-1]))
        readings += [len(items) + extra for extra in range(min(joined, 2), -1, -1)]
    if "、" not in first:
        return readings, ""
    items = first.split("、")
    if first != flat or max(map(len, items)) > _LONGEST or ("；" in text or "：" in text):
        return readings, ""
    plain = max(map(len, items)) <= _SHORT and not _LAST_TWO.search(first)
    return readings, "short" if plain else "long"


def _many(run: Run, pen: Pen) -> None:
    """Compare A、B、C等3个 with the number of names: there may be more, never fewer."""
    if "等" not in run.text:
        return
    for match in _words().many.finditer(run.text):
        listed = _NESTED.sub("□", match["list"]).count("、") + 1
        stated = number_of(match["count"])
        if listed < 2:
            continue
        figures = run.figures(*match.span("count"))
        if listed == stated:
            pen.verified("R14", figures)
        elif listed > stated:
            pen.find(
                "R14",
                Severity.QUESTION,
                f"写明等{match['count']}个，而前面已列出{listed}个。",
                [run.place(*match.span("count")), run.place(*match.span("list"))],
                computed=f"{listed}>{stated}",
                figures=figures,
            )


def _wholes(thing: _Whole, view: View, pen: Pen) -> None:
    """Compare every total of one thing, in forms, sentences and tables."""
    mentions = [*_in_forms(thing, view), *_in_prose(thing, view)]
    values = {figure.value for _, figure in mentions}
    rows = [(grid, count) for grid, count in _rows(thing, view) if count in values]
    for value in values:
        same = [figure for _, figure in mentions if figure.value == value]
        if any(count == value for _, count in rows):
            pen.verified("R14", same)
        elif len(same) > 1:
            pen.consistent("R14", same)
    if len(values) < 2 or _is_explained(thing, view, values):
        return
    said = "、".join(f"{figure.digits}{thing.counter}" for _, figure in _firsts(mentions))
    tables = "".join(f"，{_title(grid)}列{count}{thing.counter}" for grid, count in rows[:1])
    pen.find(
        "R14",
        Severity.QUESTION,
        f"{thing.name}总数在文中不一致：{said}{tables}。",
        [
            *(place_of(passage, figure) for passage, figure in mentions),
            *(Place(first, 0, len(first.text)) for grid, _ in rows if (first := grid.at(0, 0))),
        ],
        figures=[figure for _, figure in mentions],
    )


def _firsts(mentions: list[tuple[Passage, Figure]]) -> Iterator[tuple[Passage, Figure]]:
    seen = set()
    for passage, figure in mentions:
        if figure.value not in seen:
            seen.add(figure.value)
            yield passage, figure


def _title(grid: Grid) -> str:
    return f"“{grid.table.title}”" if grid.table.title else "另一表"


def _in_prose(thing: _Whole, view: View) -> Iterator[tuple[Passage, Figure]]:
    for passage in view.passages:
        if passage.document.kind == CASE or thing.name not in passage.text:
            continue
        for match in chain.from_iterable(p.finditer(passage.text) for p in thing.prose):
            for figure in passage.figures_in(match.start("count"), match.end()):
                if figure.is_claim:
                    yield passage, figure


def _in_forms(thing: _Whole, view: View) -> Iterator[tuple[Passage, Figure]]:
    """Yield the number to the right of its label in a form."""
    for grid in view.grids:
        for (row, column), passage in grid.passages.items():
            if passage.document.kind == CASE or not thing.label.fullmatch(passage.text):
                continue
            value = grid.value(row, column + 1)
            if value and value.passage is not passage and value.figure.places == 0:
                yield value.passage, value.figure


def _rows(thing: _Whole, view: View) -> Iterator[tuple[Grid, int]]:
    """Yield the tables that list a thing, with how many they list."""
    for grid in view.grids:
        first = grid.at(0, 0)
        if first is None or first.document.kind == CASE or not grid.table.certain:
            continue
        columns = [i for i, head in enumerate(grid.headers) if re.search(thing.column, head)]
        if columns:
            cells = {grid.at(row, columns[0]): None for row in grid.rows()}
            yield grid, len([cell for cell in cells if cell is not None and cell.text])


def _is_explained(thing: _Whole, view: View, values: set[Any]) -> bool:
    """Say whether one sentence names all the numbers: it tells why they differ."""
    wanted = {f"{int(value)}{thing.counter}" for value in values}
    return any(
        all(each in passage.text[start:end] for each in wanted)
        for passage in view.passages
        if passage.document.kind != CASE and all(each in passage.text for each in wanted)
        for start, end in passage.sentences()
    )


def _numbering(passages: list[Passage], pen: Pen) -> None:
    """Find headings whose number leaves one out, or comes twice."""
    last: dict[int, tuple[int, int]] = {}
    for position, passage in enumerate(passages):
        found = mark_of(passage) if passage.is_heading else None
        if found is None:
            if passage.is_heading and passage.level == 1:
                last = {}
            continue
        level, number, printed = found
        before = last.get(level)
        last = {each: value for each, value in last.items() if each < level}
        last[level] = number, position
        if before is None or number in (1, before[0] + 1):
            continue
        earlier = passages[before[1]]
        places = [Place(passage, 0, len(passage.text)), Place(earlier, 0, len(earlier.text))]
        if number == before[0] and passage.text != earlier.text:
            message = f"标题编号“{printed}”用了两次。"
        elif 1 < number - before[0] <= _FURTHEST_GAP and not _stands_between(
            passages[before[1] : position], level, before[0] + 1
        ):
            message = f"标题编号不连续，“{printed}”之前没有{_form(level, before[0] + 1)}。"
        else:
            continue
        pen.find("R22", Severity.QUESTION, message, places)


def mark_of(passage: Passage) -> tuple[int, int, str] | None:
    """Return level, number and printed mark of a heading."""
    for level, pattern in _MARKS:
        match = pattern.match(passage.text)
        if match:
            return level, number_of(match["n"]), match[0]
    return None


def _form(level: int, number: int) -> str:
    if level > 2:
        return _FORMS[level].format(number)
    tens, ones = divmod(number, 10)
    han = (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "")
    return _FORMS[level].format(han + (_DIGITS[ones] if ones else ""))


def _stands_between(passages: list[Passage], level: int, number: int) -> bool:
    """Say whether a missing number begins a paragraph or sentence in between.

    Layout may have joined its heading to another paragraph.
    """
    end = "" if level in (1, 2, 4) else "[.．、]"
    mark = re.compile(rf"(?<!\d){re.escape(_form(level, number))}{end}")
    return any(mark.search(passage.text) for passage in passages)
