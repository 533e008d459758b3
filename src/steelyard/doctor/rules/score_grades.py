"""Grades (评价等级): the printed grade follows from the printed score, R05 and R07.

A report prints its bands (90～100 分为优 …) or uses the usual ones. The bands
have to meet, and each edge belongs to one of them only.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import CASE, View

_WORDS = tomllib.loads(
    resources.files(__package__).joinpath("score_grades.toml").read_text(encoding="utf-8")
)
_NAMES: dict[str, str] = _WORDS["names"]
_USUAL: tuple[tuple[Fraction, str], ...] = tuple(
    (Fraction(low), name) for name, low in _WORDS["usual"].items()
)
_GRADE = f"(?P<grade>{'|'.join(_NAMES)})"
_BAND = re.compile(
    f"(?P<low>{NUMBER})（?(?P<lowin>含|不含)?）?(?:～|至|-|—)+(?P<high>{NUMBER})"
    f"(?P<note>（[^（）]*）)?(?:的|之间|分)*，?(?:为|是|评为|定为|：)?“?{_GRADE}"
)
_BELOW = re.compile(
    f"(?P<high>{NUMBER})(?:以下)?(?P<note>（[^（）]*）)?[的分]*，?(?:为|是|评为|定为|：)“?{_GRADE}"
)
_STATED = re.compile(
    f"(?P<total>{NUMBER})[^{NUMBER}]{{0,14}}?(?:等级|级别|评定|评价结果|自评结果|结果)"
    f"[^{NUMBER}，。；]{{0,4}}?(?:为|：|是)+“?{_GRADE}(?=[”，。；、）]|$)"
)
_NUMBER_OF_GRADES = re.compile(f"分(?:为|成)(?P<count>{NUMBER})(?:个)?(?:等级|级别|档次)")
_ALONE = re.compile(f"评价(?:结果)?等级(?:评定|确定)?为“?{_GRADE}(?=[”，。；、）]|$)")
_OTHERS = re.compile("自评|上年|去年|此前|项目|原")
_GRADE_LABEL = re.compile("等级|级别")
_SCORE_LABEL = re.compile("得分|分值|总分|评分|分数")
_ONLY_GRADE = re.compile(f"“?{_GRADE}”?(?:级|等)?")
_FEWEST = 3
_NEAR = 24


@dataclass(frozen=True)
class Band:
    """One grade with its edges (等级区间)."""

    grade: str
    low: Figure | None
    high: Figure
    holds: frozenset[Fraction]
    """Edges that are said to belong to it."""


@dataclass(frozen=True)
class Bands:
    """The bands of one passage (等级标准)."""

    passage: Passage
    bands: tuple[Band, ...]
    """Best first."""

    def grade(self, total: Fraction) -> str:
        """Return the grade of a total, the lowest where no band is reached."""
        for band in self.bands:
            if band.low is None or total >= band.low.value:
                return band.grade
        return self.bands[-1].grade


def check(view: View, pen: Pen) -> None:
    """Look at the bands, and at every score that stands with its grade."""
    printed = [each for passage in view.passages if (each := _bands(passage)) is not None]
    for each in printed:
        _meet(each, pen)
        _count(each, pen)
    standard = printed[0] if printed else None
    found = stated(view)
    for said in found:
        _follows(said, standard, pen)
    _agree(view, found, pen)


def _agree(view: View, found: tuple[Stated, ...], pen: Pen) -> None:
    """Compare grades that stand without a score with those that stand with one."""
    known = Counter(_short(said.grade) for said in found)
    if len(known) != 1:
        return
    due = next(iter(known))
    with_score = {(said.place.passage.index, said.place.start) for said in found}
    for passage in view.passages:
        skeleton = passage.skeleton
        if passage.document.kind == CASE:
            continue
        for match in _ALONE.finditer(skeleton.text):
            at = skeleton.plain_offset(match.start("grade"))
            own = _OTHERS.search(passage.text[max(at - _NEAR, 0) : at])
            if own or (passage.index, at) in with_score or _short(match["grade"]) == due:
                continue
            pen.find(
                "R05",
                Severity.QUESTION,
                f"此处评价等级为“{match['grade']}”，与得分一起印出的是“{found[0].grade}”。",
                [Place(passage, at, at + len(match["grade"])), found[0].place],
            )


def _bands(passage: Passage) -> Bands | None:
    """Return the bands that a passage prints, None when it prints none."""
    if passage.document.kind == CASE or len(passage.claims) < _FEWEST:
        return None
    skeleton = passage.skeleton
    found: list[Band] = []
    for match in _BAND.finditer(skeleton.text):
        low, high = (skeleton.figure_at(match.start(key)) for key in ("low", "high"))
        if low.unit == "%" or high.unit == "%" or low.value >= high.value:
            continue
        holds = _noted(passage, match, "note")
        if match["lowin"] == "含":
            holds |= {low.value}
        found.append(Band(match["grade"], low, high, holds))
    below = [m for m in _BELOW.finditer(skeleton.text) if m["note"] or "以下" in m[0]]
    for match in below[-1:]:
        high = skeleton.figure_at(match.start("high"))
        if high.unit != "%":
            found.append(Band(match["grade"], None, high, _noted(passage, match, "note")))
    if len({band.grade for band in found}) < _FEWEST:
        return None
    return Bands(passage, tuple(sorted(found, key=lambda band: band.high.value, reverse=True)))


def _count(printed: Bands, pen: Pen) -> None:
    """Compare 分为四个等级 with the grades that follow."""
    passage = printed.passage
    grades = len({_short(band.grade) for band in printed.bands})
    for match in _NUMBER_OF_GRADES.finditer(passage.skeleton.text):
        figure = passage.skeleton.figure_at(match.start("count"))
        if figure.value == grades:
            pen.verified("R14", [figure])
        else:
            pen.find(
                "R14",
                Severity.QUESTION,
                f"写明{figure.text}等级，列出的是{grades}个。",
                [place_of(passage, figure)],
                figures=[figure],
            )


def _noted(passage: Passage, match: re.Match[str], key: str) -> frozenset[Fraction]:
    """Return the edges that a note in brackets includes: （含 90 分）."""
    note = match[key] or ""
    if not note.startswith("（含"):
        return frozenset()
    skeleton = passage.skeleton
    start, end = match.span(key)
    return frozenset(
        figure.value
        for at, figure in zip(skeleton.starts, skeleton.figures, strict=True)
        if start <= at < end
    )


def _meet(printed: Bands, pen: Pen) -> None:
    """Look that each band begins where the one below ends, and who owns the edge."""
    passage = printed.passage
    for upper, lower in pairwise(printed.bands):
        if upper.low is None:
            return
        edges = [upper.low, lower.high]
        apart = upper.low.value - lower.high.value
        between = f"“{upper.grade}”与“{lower.grade}”"
        if apart > 1 or apart < 0:
            what = "之间有空档" if apart > 0 else "重叠"
            pen.find(
                "R07",
                Severity.ERROR,
                f"等级{between}{what}：{upper.low.digits}分与{lower.high.digits}分。",
                [place_of(passage, *edges)],
                figures=edges,
            )
        elif apart == 0 and upper.low.value in upper.holds & lower.holds:
            pen.find(
                "R07",
                Severity.ERROR,
                f"{upper.low.digits}分既算“{upper.grade}”又算“{lower.grade}”。",
                [place_of(passage, *edges)],
                figures=edges,
            )
        else:
            pen.verified("R07", edges)
    noted = {value for band in printed.bands for value in band.holds}
    edges = [band.low for band in printed.bands if band.low is not None]
    top = printed.bands[0].high
    values = {edge.value for edge in edges}
    first, last = min(e.start for e in edges), max(e.end for e in edges)
    inner = [
        figure
        for figure in passage.claims
        if first <= figure.start <= last + 8 and figure.value in noted & values
    ]
    pen.consistent("R07", [top, *inner])


@dataclass(frozen=True)
class Stated:
    """A score that stands with its grade (得分与等级)."""

    passage: Passage
    total: Figure
    place: Place
    """Of the grade."""
    grade: str


@lru_cache(maxsize=1)
def stated(view: View) -> tuple[Stated, ...]:
    """Return every score that stands with its grade, in sentences and in rows."""
    return tuple(_stated(view))


def _stated(view: View) -> Iterator[Stated]:
    for passage in view.prose:
        if passage.document.kind == CASE:
            continue
        skeleton = passage.skeleton
        for match in _STATED.finditer(skeleton.text):
            figure = skeleton.figure_at(match.start("total"))
            if figure.kind is Kind.QUANTITY and figure.unit in ("分", ""):
                at = skeleton.plain_offset(match.start("grade"))
                place = Place(passage, at, at + len(match["grade"]))
                yield Stated(passage, figure, place, match["grade"])
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is not None and first.document.kind != CASE:
            yield from _in_rows(grid)


def _in_rows(grid: Grid) -> Iterator[Stated]:
    """Yield 自评分值 | 82.50 | 自评等级 | 良: labels and values side by side."""
    for passage in dict.fromkeys(grid.passages.values()):
        cell = passage.cell
        match = _ONLY_GRADE.fullmatch(passage.text)
        if cell is None or match is None or not cell.column:
            continue
        if not _GRADE_LABEL.search(grid.text(cell.row, cell.column - 1)):
            continue
        for column in range(cell.column - 2, 0, -1):
            beside = grid.at(cell.row, column)
            label = grid.text(cell.row, column - 1)
            if beside is not None and len(beside.figures) == 1 and _SCORE_LABEL.search(label):
                figure = beside.figures[0]
                if figure.is_claim and figure.unit in ("分", "") and not figure.bound:
                    yield Stated(beside, figure, whole(passage), match["grade"])
                break


def _follows(said: Stated, standard: Bands | None, pen: Pen) -> None:
    """Compare a printed grade with that of its score."""
    total = said.total
    due = standard.grade(total.value) if standard is not None else _usual(total.value)
    if _short(due) == _short(said.grade):
        return  # That the grade fits says nothing of the score itself.
    bands = [whole(standard.passage)] if standard is not None else []
    basis = "所印等级标准" if standard is not None else "通常的等级标准"
    pen.find(
        "R05",
        Severity.ERROR if standard is not None else Severity.QUESTION,
        f"{shown(total.value)}分按{basis}应为“{due}”，印作“{said.grade}”。",
        [said.place, place_of(said.passage, total), *bands],
        figures=[total],
    )


def _usual(total: Fraction) -> str:
    return next((name for low, name in _USUAL if total >= low), _USUAL[-1][1])


def _short(grade: str) -> str:
    return _NAMES.get(grade, grade)
