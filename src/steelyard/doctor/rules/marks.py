"""Marks and fragments (标点与残句): R21.

Brackets, quotes and book marks close what they open, a number is followed by its
unit and not by a word that sounds like it. Layout cuts paragraphs and cells in
two: a mark that is closed in the next piece is closed.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_FEW_DIGITS = 3
_MOST_SHOWN = 20
_LONGEST_RUN = 40
_DEEPEST = 100
"""Marks open at once; with more it is no sentence."""
_FEW_LINES = 3
_REACH = 8
"""Lines of a flat table over which a bracket may stay open."""
_RUN_IN_LEVEL = 5
"""Of a heading without a number: often a line that layout cut off."""
_SENTENCE_ENDS = "。；！？"
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class _Words:
    """What marks.toml says."""

    closers: dict[str, str]
    """Closing mark with its opening one."""
    list_mark: re.Pattern[str]
    interval: re.Pattern[str]
    doubled_marks: re.Pattern[str]
    any_doubled: re.Pattern[str]
    doubled: tuple[tuple[re.Pattern[str], str], ...]
    any_slip: re.Pattern[str]
    slips: tuple[tuple[re.Pattern[str], str], ...]

    @property
    def openers(self) -> frozenset[str]:
        """The opening marks."""
        return frozenset(self.closers.values())


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("marks.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text)
    return _Words(
        {pair[1]: pair[0] for pair in terms["pairs"]},
        re.compile(terms["list_mark"]),
        re.compile(terms["interval"]),
        re.compile(terms["doubled_marks"]),
        re.compile("|".join(each["words"] for each in terms["doubled"])),
        tuple((re.compile(each["words"]), each["say"]) for each in terms["doubled"]),
        re.compile("|".join(each["words"] for each in terms["slip"])),
        tuple((re.compile(each["words"]), each["unit"]) for each in terms["slip"]),
    )


@dataclass(frozen=True, eq=False)
class Run:
    """Paragraphs that layout cut out of one (连文): one text, with the way back."""

    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    """Where each begins in the text."""
    text: str

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Run:
        """Put passages together."""
        if len(passages) == 1:
            return cls((passages[0],), (0,), passages[0].text)
        starts = [0, *accumulate(len(passage.text) for passage in passages)]
        return cls(tuple(passages), tuple(starts[:-1]), "".join(p.text for p in passages))

    def at(self, offset: int) -> tuple[Passage, int]:
        """Return the passage in which an offset lies, and the offset in it."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.passages[index], offset - self.starts[index]

    def place(self, start: int, end: int) -> Place:
        """Return a stretch as a place, cut off where the passage of its start ends."""
        passage, first = self.at(start)
        return Place(passage, first, min(first + end - start, len(passage.text)))

    def figures(self, start: int, end: int) -> list[Figure]:
        """Return the numbers whose digits stand in a stretch."""
        return [
            figure
            for passage, first in zip(self.passages, self.starts, strict=True)
            if first < end and start < first + len(passage.text)
            for figure in figures_between(passage, start - first, end - first)
        ]


def figures_between(passage: Passage, start: int, end: int) -> list[Figure]:
    """Return the numbers of a passage whose digits stand in a stretch."""
    first = bisect_left(passage.figures, start, key=lambda figure: figure.start)
    last = bisect_left(passage.figures, end, key=lambda figure: figure.start)
    return [figure for figure in passage.figures[first:last] if figure.digits_end <= end]


def runs(passages: Iterable[Passage]) -> Iterator[Run]:
    """Yield cells and headings by themselves, paragraphs with what continues them."""
    open_run: list[Passage] = []
    for passage in passages:
        if open_run and not _continues(open_run, passage):
            yield Run.of(open_run)
            open_run = []
        open_run.append(passage)
    if open_run:
        yield Run.of(open_run)


def _continues(before: list[Passage], passage: Passage) -> bool:
    """Say whether a paragraph goes on with what stops in the middle of a sentence."""
    last = before[-1]
    if last.cell or passage.cell or passage.document is not last.document:
        return False
    if len(before) >= _LONGEST_RUN or last.text.endswith(tuple(_SENTENCE_ENDS)):
        return False
    if 0 < last.level < _RUN_IN_LEVEL and not _is_open(last.text):
        return False
    return not 0 < passage.level < _RUN_IN_LEVEL


def _is_open(text: str) -> bool:
    return text.count("《") > text.count("》") or text.count("（") > text.count("）")


@dataclass(frozen=True, slots=True)
class _Fault:
    """A mark that stands alone, or two pairs that cross."""

    run: Run
    offset: int
    mark: str
    what: str
    other: int = -1
    """Of a crossing: where the mark stands that is crossed."""

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return self.run.at(self.offset)[0]


def check(view: View, pen: Pen) -> None:
    """Look for marks that do not pair or stand twice, and for words with the sound of a unit."""
    passages = [each for each in view.passages if each.document.kind != CASE]
    for run, faults in _unpaired(runs(passages)).items():
        _take_down(run, faults, pen)
    for passage in passages:
        _doubled_words(passage, pen)
        _doubled_marks(passage, pen)
    _slips(passages, pen)


def _unpaired(all_runs: Iterable[Run]) -> dict[Run, list[_Fault]]:
    """Return the faults of each run that its neighbours do not explain."""
    openers = _words().openers
    found: dict[Run, list[_Fault]] = {}
    waiting: list[_Fault] = []
    home: object = None
    for run in all_runs:
        first = run.passages[0]
        here = first.table if first.cell else first.document
        if here is not home:
            waiting, home = [], here
        if first.cell is None:
            waiting = [each for each in waiting if first.index - each.passage.index <= _REACH]
        faults = list(_faults(run))
        left = [fault for fault in faults if not _closes(fault, waiting, found)]
        if left:
            found[run] = left
        if first.cell is not None or not _is_whole(run):
            waiting += [fault for fault in left if fault.mark in openers and fault.other < 0]
            waiting = waiting[-_DEEPEST:]
    return {run: faults for run, faults in found.items() if faults}


def _is_whole(run: Run) -> bool:
    """Say whether a run is a paragraph, and no heap of lines of a table."""
    return len(run.passages) <= _FEW_LINES and run.text.endswith((*_SENTENCE_ENDS, "："))


def _closes(fault: _Fault, waiting: list[_Fault], found: dict[Run, list[_Fault]]) -> bool:
    """Take off the list what a surplus mark closes of an earlier piece."""
    opener = _words().closers.get(fault.mark)
    for index in range(len(waiting) - 1, -1, -1):
        if waiting[index].mark == opener:
            opened = waiting.pop(index)
            found[opened.run].remove(opened)
            return True
    return False


def _faults(run: Run) -> Iterator[_Fault]:
    words = _words()
    text = words.interval.sub(lambda match: "0" * len(match[0]), run.text)
    marks = {match.end() - 1 for match in words.list_mark.finditer(text)}
    openers = words.openers
    stack: list[tuple[str, int]] = []
    crossed: dict[int, int] = {}
    for offset, sign in enumerate(text):
        if sign in openers:
            stack.append((sign, offset))
            if len(stack) > _DEEPEST:
                return
        elif sign == "'" and stack and stack[-1][0] == "‘":
            yield _Fault(run, stack.pop()[1], sign, "‘ 由英文单引号收尾，应为 ’", offset)
        elif sign in words.closers:
            opener = words.closers[sign]
            depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == opener), -1)
            if depth < 0:
                between = _LATIN.match(text[offset - 1 : offset])
                if not (offset in marks or (sign == "’" and between)):
                    yield _Fault(run, offset, sign, f"多一个 {sign}")
                continue
            for _, inner in stack[depth + 1 :]:
                crossed[inner] = stack[depth][1]
            closed = stack.pop(depth)[1]
            if closed in crossed:
                outer = crossed[closed]
                yield _Fault(
                    run,
                    outer,
                    text[outer],
                    f"{text[outer]} 与 {opener} 交叉，应先收里面的一对",
                    offset,
                )
    for sign, offset in stack:
        yield _Fault(run, offset, sign, f"{sign} 没有收尾")


def _take_down(run: Run, faults: list[_Fault], pen: Pen) -> None:
    """Write one finding a paragraph: one slip often shows as several marks."""
    first = run.passages[0]
    grave = first.cell is None and not first.is_heading and _is_whole(run)
    said = "；".join(dict.fromkeys(fault.what for fault in faults))
    pen.find(
        "R21",
        Severity.ERROR if grave else Severity.QUESTION,
        f"括号、引号或书名号不成对：{said}。",
        [
            run.place(fault.offset, max(fault.offset, fault.other) + 1)
            for fault in sorted(faults, key=lambda fault: fault.offset)[:_MOST_SHOWN]
        ],
    )


def _doubled_words(passage: Passage, pen: Pen) -> None:
    if not _words().any_doubled.search(passage.text):
        return
    for pattern, say in _words().doubled:
        for match in pattern.finditer(passage.text):
            pen.find(
                "R21",
                Severity.QUESTION,
                f"“{match[0]}”似有重复，{say}。",
                [Place(passage, *match.span())],
            )


def _doubled_marks(passage: Passage, pen: Pen) -> None:
    places = [Place(passage, *m.span()) for m in _words().doubled_marks.finditer(passage.text)]
    if places:
        marks = " 和 ".join(dict.fromkeys(place.exact for place in places))
        pen.find("R21", Severity.HINT, f"标点连用：{marks} 应只留一个。", places)


def _slips(passages: list[Passage], pen: Pen) -> None:
    """Find a number with a word that sounds like the unit it has elsewhere."""
    suspects: list[tuple[Passage, Figure, re.Match[str], str]] = []
    for passage in passages:
        if not _words().any_slip.search(passage.text):
            continue
        for figure in passage.figures:
            for pattern, unit in _words().slips:
                match = pattern.match(passage.text, figure.digits_end)
                if match:
                    suspects.append((passage, figure, match, unit))
    if not suspects:
        return
    units = {unit for _, _, _, unit in suspects}
    known: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for passage in passages:
        for figure in passage.claims:
            if figure.unit in units:
                known[figure.digits, figure.unit].append(place_of(passage, figure))
    for passage, figure, match, unit in suspects:
        places = known[figure.digits, unit]
        if places and len(figure.digits.replace(".", "")) >= _FEW_DIGITS:
            pen.find(
                "R21",
                Severity.ERROR,
                f"“{figure.digits}{match[0]}”应为“{figure.digits}{unit}”，别处即如此。",
                [Place(passage, figure.start, match.end()), *places[:2]],
                figures=[figure],
            )
