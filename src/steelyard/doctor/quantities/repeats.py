"""Sentences said twice (重复表述): the same words have to carry the same numbers.

R30 and R11: summaries, chapters and forms repeat each other. Where the words are
the same and the numbers are not, one of them was changed and the other forgotten.
Standard sentences, which stand under many headings with other numbers each, are
none of this.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PART = re.compile(r"[^，。；！？：]+")
_SENTENCE = re.compile(r"[^。；！？]+")
_SHORTEST_SENTENCE = 12
_SHORTEST_CLAUSE = 8
_LONG_SENTENCE = 24
_LONGEST_LIST = 12
_RULE = re.compile("扣(?:减|除|完)|得分|得满分|记分|计分|一档")
"""In a short saying: it stands in the rules of several indicators, with other numbers each."""
_SURVEY = re.compile("问卷|调查表|受访")
"""In a short saying: who was asked stands in the sentence before."""
_LEADING = re.compile(
    r"^(?:[（(]?\d+[）).、．]|[一二三四五六七八九十]+[、是]|[①-⑳]|其中|另外|此外|同时|例如|，)+"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One stretch of words with its numbers."""

    passage: Passage
    figures: tuple[Figure, ...]


def check(view: View, pen: Pen) -> None:
    """Compare the numbers of sentences and clauses that use the same words."""
    seen: set[frozenset[Figure]] = set()
    for pattern, shortest in ((_SENTENCE, _SHORTEST_SENTENCE), (_PART, _SHORTEST_CLAUSE)):
        for words, sayings in _collected(view, pattern, shortest).items():
            if len(sayings) >= 2:
                _compare(words, sayings, seen, pen)


def _collected(view: View, pattern: re.Pattern[str], shortest: int) -> dict[str, list[Saying]]:
    found: dict[str, list[Saying]] = {}
    for passage in view.passages:
        skeleton = passage.skeleton
        if not skeleton.figures or passage.is_heading:
            continue
        for match in pattern.finditer(skeleton.text):
            words = _LEADING.sub("", match[0])
            han = len(_HAN.findall(words))
            if NUMBER not in words or han < shortest:
                continue
            if han < _LONG_SENTENCE and (_RULE.search(words) or _SURVEY.search(words)):
                continue
            figures = tuple(
                figure
                for start, figure in zip(skeleton.starts, skeleton.figures, strict=True)
                if match.start() <= start < match.end()
            )
            part = (
                pattern is _PART
                and "其中" in skeleton.text[max(match.start() - 3, 0) : match.end()]
            )
            if figures and words.count(NUMBER) == len(figures) and not part:
                found.setdefault(words, []).append(Saying(passage, figures))
    return found


def _compare(words: str, sayings: list[Saying], seen: set[frozenset[Figure]], pen: Pen) -> None:
    if _is_standard(sayings):
        return
    for position in range(len(sayings[0].figures)):
        column = [(saying.passage, saying.figures[position]) for saying in sayings]
        if len({figure.unit in ("%", "‰") for _, figure in column}) > 1:
            continue
        groups = _groups([figure for _, figure in column])
        for group in groups:
            if len(group) > 1:
                pen.consistent("R11", [column[index][1] for index in group])
        if len(groups) == 2 and len(sayings) <= _LONGEST_LIST:
            usual, odd = sorted(groups, key=len, reverse=True)
            many = len(sayings[0].figures) >= 3 or len(_HAN.findall(words)) >= _LONG_SENTENCE
            long = len(_HAN.findall(words)) >= _SHORTEST_SENTENCE
            sure = long and len(usual) > len(odd) and (len(usual) > 2 or many)
            pair = frozenset((column[odd[0]][1], column[usual[0]][1]))
            if pair not in seen:
                seen.add(pair)
                _differ([column[index] for index in (odd[0], *usual)], pen, sure=sure or many)


def _differ(column: list[tuple[Passage, Figure]], pen: Pen, *, sure: bool) -> None:
    """Take down that one place of a repeated sentence has two values, the odd one first."""
    (_, odd), (_, usual) = column[0], column[1]
    pen.find(
        "R11",
        Severity.ERROR if sure else Severity.QUESTION,
        f"同样的话两处的数不同：此处为{odd.text}，另{len(column) - 1}处为{usual.text}。",
        [place_of(passage, figure) for passage, figure in column[:4]],
        figures=[odd],
    )


def _groups(figures: list[Figure]) -> list[list[int]]:
    """Return the indices of figures that can be one amount, group by group."""
    groups: list[list[int]] = []
    for index, figure in enumerate(figures):
        home = next((g for g in groups if same_amount(figures[g[0]], figure)), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return groups


def _is_standard(sayings: list[Saying]) -> bool:
    """Say whether words are a form that is filled in for one thing after another.

    Then they stand under sister headings, or in rows of one table, with as many
    different numbers as there are of them.
    """
    if _are_sisters(sayings):
        return True
    values = Counter(tuple(figure.base for figure in saying.figures) for saying in sayings)
    if len(values) <= 2 and max(values.values()) > 1:
        return False
    tables = {id(saying.passage.table) for saying in sayings if saying.passage.table}
    if len(tables) < sum(1 for saying in sayings if saying.passage.table):
        return True
    return len(values) > 2


def _are_sisters(sayings: list[Saying]) -> bool:
    """Say whether words stand in several sections under one heading: a form."""
    sections = {saying.passage.section for saying in sayings if saying.passage.cell is None}
    parents = {section[:-2] if len(section) > 2 else section[:-1] for section in sections}
    deep = all(len(section) > 1 for section in sections)
    return deep and len(sections) > 2 and len(parents) == 1
