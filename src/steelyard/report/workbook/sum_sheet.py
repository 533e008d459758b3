"""The sums of the scores (汇总): points, scores and rates of level 1, total, grade.

Every sum is a live formula over the score sheet. While a leaf has no score,
what it belongs to shows no sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from steelyard.evaluation.evaluation import Outcome
from steelyard.measure.number import places_needed, plain
from steelyard.report.workbook.book import Book, binary
from steelyard.report.workbook.book_cells import Spot
from steelyard.report.workbook.score_sheet import (
    EARNED,
    EXACT,
    POINTS,
    SCORES,
    SUMS,
    UNFINISHED,
    points_places,
    summed,
)
from steelyard.scoring.score import Level

SUM_HEADERS = (("一级指标", 30), ("分值", 14), ("得分", 14), ("得分率", 14))


class SumSheet:
    """Writes one outcome's sums (汇总)."""

    def __init__(self, book: Book, outcome: Outcome, scores: str = SCORES) -> None:
        """Begin the sums of an outcome; ``scores`` is the sheet that they add up."""
        self.book = book
        self.scores = scores
        self.outcome = outcome

    def write(self, top: int) -> None:
        """Write level-1 sums, total and grade; what waits for figures has no sum and no rate."""
        card = self.outcome.card
        ones = [level for level in card.levels if len(level.group.path) == 1]
        first = self.book.take(SUMS, len(ones) + 6)
        self.book.title(SUMS, first, len(SUM_HEADERS) - 1, self.outcome.evaluation.title)
        self.book.headers(SUMS, first + 1, SUM_HEADERS)
        for row, level in enumerate(ones, start=first + 2):
            self.level_sum(row, level, top)
        row = first + len(ones) + 2
        points, earned = (
            Spot(self.scores, top + len(card.framework.leaves), column).reference(SUMS)
            for column in (POINTS, EARNED)
        )
        sheet, total = self.book.sheet(SUMS), self.book.looks.total
        whole = sum((award.points for award in card.awards), Fraction(0))
        rate = None if card.total is None or not whole else card.total / whole
        self.book.text(SUMS, row, 0, "总分", self.book.looks.head)
        sheet.write_formula(row, 1, f"={points}", total, binary(whole))
        stored = UNFINISHED if card.total is None else binary(card.total)
        sheet.write_formula(row, 2, f"={earned}", total, stored)
        self.rate(row, rate, total=True)
        self.book.text(SUMS, row + 1, 0, "等级", self.book.looks.head)
        for column in (1, 3):
            self.book.text(SUMS, row + 1, column, "", self.book.looks.head)
        stored = UNFINISHED if card.standing is None else card.standing.grade.name
        sheet.write_formula(
            row + 1,
            2,
            f'=IF(ISNUMBER({earned}),{self.grades(earned)},"{UNFINISHED}")',
            total,
            stored,
        )

    def level_sum(self, row: int, level: Level, top: int) -> None:
        """Write one level-1 sum: nothing but “未评完” while a leaf below has no score."""
        sheet, looks = self.book.sheet(SUMS), self.book.looks
        name = level.group.path[0]
        card = self.outcome.card
        unrounded = card.framework.total == "rounded-sum"
        leaves = card.framework.leaves
        rows = [top + index for index, leaf in enumerate(leaves) if leaf.path[0] == name]
        self.book.text(SUMS, row, 0, name)
        points = f"=ROUND(SUM({self.ranges(rows, POINTS)}),{points_places(card.framework)})"
        sheet.write_formula(row, 1, points, looks.live, binary(level.points))
        cells = self.ranges(rows, EARNED)
        below = [each for each in card.awards if each.leaf.path[0] == name]
        earned = summed(self.ranges(rows, EXACT) if unrounded else cells, below, card.framework)
        stored = UNFINISHED if level.earned is None else binary(level.earned)
        sheet.write_formula(
            row,
            2,
            f'=IF(COUNT({cells})={len(rows)},{earned},"{UNFINISHED}")',
            looks.live,
            stored,
        )
        self.rate(row, level.rate)

    def rate(self, row: int, rate: Fraction | None, *, total: bool = False) -> None:
        looks = self.book.looks
        self.book.sheet(SUMS).write_formula(
            row,
            3,
            f'=IF(AND(ISNUMBER(C{row + 1}),B{row + 1}>0),C{row + 1}/B{row + 1},"")',
            looks.total_rate if total else looks.percent,
            "" if rate is None else binary(rate),
        )

    def grades(self, total: str) -> str:
        """Return the formula text that names the grade of a total."""
        grades = self.outcome.card.framework.grades
        text = _quoted(grades[-1].name)
        for grade in reversed(grades[:-1]):
            floor = plain(grade.floor, places_needed(grade.floor))
            text = f"IF({total}>={floor},{_quoted(grade.name)},{text})"
        return text

    def ranges(self, rows: Sequence[int], column: int) -> str:
        """Return the cells of a column of the score sheet, those in a row as a range."""
        parts = []
        for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
            found = [row for _, row in run]
            first, last = (Spot(self.scores, row, column) for row in (found[0], found[-1]))
            end = f":{last.reference(self.scores)}" if last != first else ""
            parts.append(f"{first.reference()}{end}")
        return ",".join(parts)


def _quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
