"""Marks and fragments (标点与残句): R21.

Brackets, quotes and book marks close what they open, a phrase stands once, a
number is followed by its unit and not by a word that sounds like it. Layout
cuts paragraphs and cells in two: a mark that is closed in the next piece is closed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_SHORTEST = 5
_LONGEST = 40
_FEW_DIGITS = 3
_MOST_SHOWN = 20
_SENTENCE_ENDS = "。；！？"
_CLAUSE_ENDS = "。；！？，："
_FRAGMENT = re.compile(r"[\u4e00-\u9fff“”‘’《》、，]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DEFINES = re.compile(r"[=：≥≤]|(?:是指|即|为|指)")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class _Words:
    """What marks.toml says."""

    closers: dict[str, str]
    """Closing mark with its opening one."""
    list_mark: re.Pattern[str]
    interval: re.Pattern[str]
    doubled_marks: re.Pattern[str]
    doubled: tuple[tuple[re.Pattern[str], str], ...]
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
        tuple((re.compile(each["words"]), each["say"]) for each in terms["doubled"]),
        tuple((re.compile(each["words"]), each["unit"]) for each in terms["slip"]),
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    """A mark that stands alone, or two pairs that cross."""

    passage: Passage
    offset: int
    mark: str
    what: str
    other: int = -1
    """Of a crossing: where the mark stands that is crossed."""


def check(view: View, pen: Pen) -> None:
    """Look for marks that do not pair, and for words and phrases that stand twice."""
    passages = [each for each in view.passages if each.document.kind != CASE]
    for passage, faults in _unpaired(passages).items():
        _take_down(passage, faults, pen)
    for passage in passages:
        _doubled_words(passage, pen)
        _doubled_marks(passage, pen)
        _doubled_phrase(passage, pen)
    _phrases_over_breaks(passages, pen)
    _slips(passages, pen)


def _unpaired(passages: Iterable[Passage]) -> dict[Passage, list[_Fault]]:
    """Return the faults of each passage that its neighbours do not explain."""
    openers = _words().openers
    found: dict[Passage, list[_Fault]] = {}
    waiting: list[_Fault] = []
    home: object = None
    for passage in passages:
        here = passage.table if passage.cell else passage.document
        if here is not home:
            waiting, home = [], here
        faults = list(_faults(passage))
        left = [fault for fault in faults if not _closes(fault, waiting, found)]
        if left:
            found[passage] = left
        if passage.cell is None:
            waiting = []
        # Only a paragraph that stops in the middle of a sentence goes on in the next one.
        if passage.cell is not None or not passage.text.endswith(tuple(_SENTENCE_ENDS)):
            waiting += [fault for fault in left if fault.mark in openers and fault.other < 0]
    return {passage: faults for passage, faults in found.items() if faults}


def _closes(fault: _Fault, waiting: list[_Fault], found: dict[Passage, list[_Fault]]) -> bool:
    """Take off the list what a surplus mark closes of an earlier piece."""
    opener = _words().closers.get(fault.mark)
    for index in range(len(waiting) - 1, -1, -1):
        if waiting[index].mark == opener:
            opened = waiting.pop(index)
            found[opened.passage].remove(opened)
            return True
    return False


def _faults(passage: Passage) -> Iterator[_Fault]:
    words = _words()
    text = words.interval.sub(lambda match: "0" * len(match[0]), passage.text)
    marks = {match.end() - 1 for match in words.list_mark.finditer(text)}
    openers = words.openers
    stack: list[tuple[str, int]] = []
    crossed: dict[int, int] = {}
    for offset, sign in enumerate(text):
        if sign in openers:
            stack.append((sign, offset))
        elif sign == "'" and stack and stack[-1][0] == "‘":
            yield _Fault(passage, stack.pop()[1], sign, "‘ 由英文单引号收尾，应为 ’", offset)
        elif sign in words.closers:
            opener = words.closers[sign]
            depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == opener), -1)
            if depth < 0:
                between = _LATIN.match(text[offset - 1 : offset])
                if not (offset in marks or (sign == "’" and between)):
                    yield _Fault(passage, offset, sign, f"多一个 {sign}")
                continue
            for _, inner in stack[depth + 1 :]:
                crossed[inner] = stack[depth][1]
            closed = stack.pop(depth)[1]
            if closed in crossed:
                outer = crossed[closed]
                yield _Fault(
                    passage,
                    outer,
                    text[outer],
                    f"{text[outer]} 与 {opener} 交叉，应先收里面的一对",
                    offset,
                )
    for sign, offset in stack:
        yield _Fault(passage, offset, sign, f"{sign} 没有收尾")


def _take_down(passage: Passage, faults: list[_Fault], pen: Pen) -> None:
    """Write one finding a passage: one slip often shows as several marks."""
    grave = passage.cell is None and not passage.is_heading
    said = "；".join(dict.fromkeys(fault.what for fault in faults))
    pen.find(
        "R21",
        Severity.ERROR if grave else Severity.QUESTION,
        f"括号、引号或书名号不成对：{said}。",
        [
            Place(passage, fault.offset, max(fault.offset, fault.other) + 1)
            for fault in faults[:_MOST_SHOWN]
        ],
    )


def _doubled_words(passage: Passage, pen: Pen) -> None:
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


def _doubled_phrase(passage: Passage, pen: Pen) -> None:
    """Find the same phrase twice in a row, with at most one mark between."""
    text = passage.text
    last: dict[str, int] = {}
    done = 0
    for start in range(len(text) - _SHORTEST + 1):
        key = text[start : start + _SHORTEST]
        before = last.get(key, -1)
        last[key] = start
        if before < done or start - before > _LONGEST or before < 0:
            continue
        phrase = _phrase(text, before, start)
        if phrase and not _is_meant(text, before, start, phrase):
            done = start + len(phrase)
            pen.find(
                "R21",
                Severity.QUESTION if passage.cell else Severity.ERROR,
                f"“{phrase}”连写了两遍。",
                [Place(passage, before, done)],
            )


def _phrase(text: str, one: int, other: int) -> str:
    """Return the phrase that stands at both places, empty when something parts them."""
    length = other - one
    for size, gap in ((length, ""), (length - 1, text[other - 1])):
        phrase = text[one : one + size]
        if size < _SHORTEST or (gap and gap not in "，。；、："):
            continue
        if text[other : other + size] == phrase and _FRAGMENT.fullmatch(phrase):
            return phrase if len(_HAN.findall(phrase)) >= _SHORTEST else ""
    return ""


def _is_meant(text: str, one: int, other: int, phrase: str) -> bool:
    """Say whether the second of two is on purpose.

    A term is followed by its definition, a sentence takes up what the last one
    ended with. Where a mark parts the two, only a whole clause is written twice.
    """
    end = other + len(phrase)
    if _DEFINES.match(text[end : end + 2]):
        return True
    parted = other - one > len(phrase)
    opens = one == 0 or text[one - 1] in _CLAUSE_ENDS
    return parted and not (opens and (end == len(text) or text[end] in _CLAUSE_ENDS))


def _phrases_over_breaks(passages: list[Passage], pen: Pen) -> None:
    """Find a phrase that ends one paragraph and begins the next again."""
    for one, other in pairwise(passages):
        plain = one.cell is None and other.cell is None
        if not plain or one.is_heading or other.is_heading:
            continue
        if one.document is not other.document or one.text.endswith(tuple(_SENTENCE_ENDS)):
            continue
        for size in range(min(_LONGEST, len(one.text) - 3, len(other.text)), _SHORTEST - 1, -1):
            phrase = one.text[-size:]
            if other.text.startswith(phrase) and len(_HAN.findall(phrase)) >= _SHORTEST:
                pen.find(
                    "R21",
                    Severity.QUESTION,
                    f"“{phrase}”在上一段末和这一段开头各写了一遍。",
                    [Place(other, 0, size), Place(one, len(one.text) - size, len(one.text))],
                )
                break


def _slips(passages: list[Passage], pen: Pen) -> None:
    """Find a number with a word that sounds like the unit it has elsewhere."""
    suspects: list[tuple[Passage, Figure, re.Match[str], str]] = []
    for passage in passages:
        for figure in passage.figures:
            for pattern, unit in _words().slips:
                match = pattern.match(passage.text, figure.digits_end)
                if match:
                    suspects.append((passage, figure, match, unit))
    if not suspects:
        return
    known: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for passage in passages:
        for figure in passage.claims:
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
