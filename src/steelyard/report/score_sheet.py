"""The score sheet in the layout of 附件1, and its sums (评分表、汇总).

Every score is a live formula over the facts. A blank never counts as nought:
a leaf that waits for figures shows no score, and the total says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from steelyard.evaluation.evaluation import Outcome
from steelyard.formula.excel import STRIP, NotForWorkbook, excel
from steelyard.formula.tree import Name
from steelyard.framework.indicator import Framework
from steelyard.measure.number import places_needed, plain
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT
from steelyard.report.book import Book, binary
from steelyard.report.book_cells import BookCells, Local, Spot
from steelyard.report.proof_text import verdict
from steelyard.scoring.award import Award
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.score import Level

SCORES, SUMS = "评分表", "汇总"
UNFINISHED = "未评完"

SCORE_HEADERS = (
    ("一级指标", 10),
    ("分值", 7),
    ("二级指标", 12),
    ("分值", 7),
    ("三级指标", 14),
    ("四级指标", 14),
    ("分值", 7),
    ("指标解释", 24),
    ("评分标准", 36),
    ("测算值", 12),
    ("数据状态", 10),
    ("得分", 8),
    ("扣分", 8),
    ("得分说明（生成时）", 42),
    ("公布得分", 8),
)
SUM_HEADERS = (("一级指标", 30), ("分值", 14), ("得分", 14), ("得分率", 14))
LEVEL_ONE, LEVEL_TWO, LEVEL_THREE, LEVEL_FOUR, POINTS = 0, 2, 4, 5, 6
MEANING, WORDING = 7, 8
MEASURE, STATE, EARNED, LOST, BECAUSE = 9, 10, 11, 12, 13


class ScoreSheet:
    """Writes one outcome's scores (评分表)."""

    def __init__(self, book: Book, outcome: Outcome, cells: BookCells) -> None:
        self.book = book
        self.outcome = outcome
        self.cells = cells
        self.places = outcome.card.framework.places

    def write(self, judged: dict[str, dict[str, Local]]) -> None:
        """Write the block of this outcome, its sums on the second sheet.

        Args:
            judged: Cells of the judgements, by leaf path and point.
        """
        sheet, evaluation = self.book.sheet(SCORES), self.outcome.evaluation
        leaves = evaluation.rubric.leaves
        first = self.book.take(SCORES, len(leaves) + 5)
        last = len(SCORE_HEADERS) - 1
        self.book.title(SCORES, first, last, evaluation.title)
        self.book.headers(SCORES, first + 1, SCORE_HEADERS, fixed=POINTS)
        top = first + 2
        self.cells.sheet = SCORES
        for row, (compiled, award) in enumerate(
            zip(leaves, self.outcome.card.awards, strict=True), start=top
        ):
            self.leaf(row, compiled, award, judged.get(compiled.leaf.text, {}))
            published = evaluation.published.get(compiled.leaf.text)
            if published is not None:
                sheet.write_number(row, last, binary(published), self.book.looks.score)
            else:
                sheet.write_blank(row, last, None, self.book.looks.score)
        self.levels(top, evaluation.rubric.framework)
        self.total_row(top + len(leaves), top)
        self.sums(top)

    def leaf(
        self,
        row: int,
        compiled: CompiledLeaf,
        award: Award,
        judged: dict[str, Local],
    ) -> None:
        cells = self.cells
        sheet, leaf = self.book.sheet(SCORES), compiled.leaf
        for column, said in (
            (LEVEL_THREE, leaf.path[min(2, len(leaf.path) - 1)]),
            (LEVEL_FOUR, "/".join(leaf.path[3:]) or "—"),
            (MEANING, leaf.meaning),
            (WORDING, award.wording),
            (BECAUSE, award.because),
        ):
            self.book.text(SCORES, row, column, said)
        sheet.write_number(row, POINTS, binary(leaf.points), self.book.looks.score)
        cells.local = {**judged, "x": Local(Spot(SCORES, row, MEASURE))}
        if not self.complete(compiled, award):
            for column in (MEASURE, EARNED, LOST):
                sheet.write_blank(row, column, None, self.book.looks.score)
            self.book.text(SCORES, row, STATE, "缺数据", self.book.looks.alarm)
            return
        if _too_near_a_tie(award, self.places):
            self.fixed(row, award)
            return
        try:
            tree = excel(compiled.tree(award.reading), cells)
            self.state(row, compiled, award)
            self.measure(row, compiled, award)
        except NotForWorkbook:
            self.fixed(row, award)
            return
        state, points, earned = (self.near(row, column) for column in (STATE, POINTS, EARNED))
        score = f"ROUND(ROUND({tree},{STRIP}),{self.places})"
        unfit = {"full": points, "zero": "0"}.get(award.reading.get("not_applicable", ""), '""')
        sheet.write_formula(
            row,
            EARNED,
            f'=IF({state}="",{score},IF({state}="不适用",{unfit},""))',
            self.book.looks.live,
            "" if award.earned is None else binary(award.earned),
        )
        sheet.write_formula(
            row,
            LOST,
            f'=IF({earned}="","",ROUND({points}-{earned},{self.places}))',
            self.book.looks.live,
            "" if award.lost is None else binary(award.lost),
        )

    def near(self, row: int, column: int) -> str:
        """Return the reference of a cell of this sheet, free to move with its row."""
        return Spot(SCORES, row, column).reference(SCORES).replace("$", "")

    def fixed(self, row: int, award: Award) -> None:
        """Write the values of a leaf whose formulas a workbook cannot hold, and say so."""
        sheet, look = self.book.sheet(SCORES), self.book.looks.score
        value = None if award.measure is None else award.measure.value
        known = value.base if isinstance(value, Quantity) and award.state == "scored" else None
        for column, number in ((MEASURE, known), (EARNED, award.earned), (LOST, award.lost)):
            if number is None:
                sheet.write_blank(row, column, None, look)
            else:
                sheet.write_number(row, column, binary(number), look)
        self.book.text(SCORES, row, STATE, "固定值，非公式", self.book.looks.alarm)

    def complete(self, compiled: CompiledLeaf, award: Award) -> bool:
        """Tell whether every table that the leaf reads is in the workbook."""
        tables = {table for table, _ in compiled.needs(award.reading).columns}
        return tables <= self.cells.tables.keys()

    def state(self, row: int, compiled: CompiledLeaf, award: Award) -> None:
        """Write whether all figures are there: a blank must never count as nought."""
        reading, cells = award.reading, self.cells
        unfit = not award.applies
        names = [Name(tuple(name.split("."))) for name in compiled.needs(reading).names]
        # A dash that the sums passed over is no reason to call the leaf unfit.
        counted = [cells.cell(name) for name in names if unfit or not cells.is_dash(name)]
        blanks = [cells.blanks(compiled.tree(reading))]
        measure, zeros = compiled.measure(reading), compiled.zeros(reading)
        if measure is not None:
            blanks.append(cells.blanks(measure))
        text = '""'
        if zeros is not None and reading.get("zero_base", "error") == "error":
            text = f'IF({excel(zeros, cells)},"零分母","")'
        if counted:
            text = f'IF(COUNT({",".join(counted)})<{len(counted)},"不适用",{text})'
        unclear = self.unclear(compiled)
        if unclear:
            text = f'IF({unclear},"结论不明",{text})'
        unknown = "+".join(part for part in blanks if part != "0") or "0"
        value = {"missing": "缺数据", "failed": "零分母", "scored": ""}[award.state]
        if unfit and not award.missing:
            value = "不适用"
        self.book.sheet(SCORES).write_formula(
            row, STATE, f'=IF({unknown}>0,"缺数据",{text})', self.book.looks.state, value
        )

    def unclear(self, compiled: CompiledLeaf) -> str:
        """Return the condition that a judgement is none of the words, or no number.

        A slip of the pen must not count as a verdict.
        """
        parts = []
        for kind, asked in groupby(compiled.asks(), key=lambda ask: ask.kind):
            asks = list(asked)
            first, last = (self.cells.local[ask.key].spot for ask in (asks[0], asks[-1]))
            cells = first.reference(SCORES)
            if last != first:
                cells += f":{last.reference(last.sheet)}"
            known = f"COUNT({cells})"
            if kind != "defects":
                words = (verdict(asks[0], value) for value in (True, False))
                equal = "+".join(f'({cells}="{word}")' for word in words)
                known = f"SUMPRODUCT({equal})"
            parts.append(f"{known}<{len(asks)}")
        return parts[0] if len(parts) == 1 else f"OR({','.join(parts)})" if parts else ""

    def measure(self, row: int, compiled: CompiledLeaf, award: Award) -> None:
        node = compiled.measure(award.reading)
        if node is None:
            self.book.text(SCORES, row, MEASURE, "按要点评判", self.book.looks.state)
            return
        text = excel(node, self.cells)
        zeros = compiled.zeros(award.reading)
        if award.reading.get("zero_base", "error") != "error" and zeros is not None:
            text = f'IF({excel(zeros, self.cells)},"",{text})'
        state = self.near(row, STATE)
        known = award.state == "scored" and award.applies
        value = award.measure.value if known and award.measure is not None else None
        looks = self.book.looks
        self.book.sheet(SCORES).write_formula(
            row,
            MEASURE,
            f'=IF({state}="",{text},"")',
            looks.percent if compiled.unit is PERCENT else looks.live,
            binary(value.base) if isinstance(value, Quantity) else "",
        )

    def levels(self, top: int, framework: Framework) -> None:
        """Write the level cells, merged over the leaves below, with their sums."""
        sheet = self.book.sheet(SCORES)
        paths = [leaf.path for leaf in framework.leaves]
        for depth, column in ((1, LEVEL_ONE), (2, LEVEL_TWO)):
            start = 0
            while start < len(paths):
                end = start
                while end + 1 < len(paths) and paths[end + 1][:depth] == paths[start][:depth]:
                    end += 1
                name = paths[start][depth - 1] if len(paths[start]) > depth else "—"
                first, last = top + start, top + end
                points = sum(
                    (leaf.points for leaf in framework.leaves[start : end + 1]), Fraction(0)
                )
                low = self.near(first, POINTS)
                high = self.near(last, POINTS)
                self.book.merged(SCORES, (first, column, last, column), name)
                live = self.book.looks.live
                self.book.merged(SCORES, (first, column + 1, last, column + 1), "", live)
                sheet.write_formula(first, column + 1, f"=SUM({low}:{high})", live, binary(points))
                start = end + 1

    def total_row(self, row: int, top: int) -> None:
        sheet, card = self.book.sheet(SCORES), self.outcome.card
        self.book.merged(SCORES, (row, 0, row, POINTS - 1), "合计", self.book.looks.head)
        for column in range(POINTS + 1, len(SCORE_HEADERS)):
            self.book.text(SCORES, row, column, "", self.book.looks.head)
        for column, value in (
            (POINTS, sum((a.points for a in card.awards), Fraction(0))),
            (EARNED, card.total),
        ):
            low = self.near(top, column)
            high = self.near(row - 1, column)
            text = f"ROUND(SUM({low}:{high}),{self.places})"
            if column == EARNED:
                text = f'IF(COUNT({low}:{high})={len(card.awards)},{text},"{UNFINISHED}")'
            stored = UNFINISHED if value is None else binary(value)
            sheet.write_formula(row, column, f"={text}", self.book.looks.total, stored)

    def sums(self, top: int) -> None:
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
            Spot(SCORES, top + len(card.framework.leaves), column).reference(SUMS)
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
        leaves = self.outcome.card.framework.leaves
        rows = [top + index for index, leaf in enumerate(leaves) if leaf.path[0] == name]
        self.book.text(SUMS, row, 0, name)
        points = f"=ROUND(SUM({_ranges(rows, POINTS)}),{self.places})"
        sheet.write_formula(row, 1, points, looks.live, binary(level.points))
        cells = _ranges(rows, EARNED)
        earned = f"ROUND(SUM({cells}),{self.places})"
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


def _ranges(rows: Sequence[int], column: int) -> str:
    """Return the cells of a column of the score sheet, those in a row as a range."""
    parts = []
    for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        found = [row for _, row in run]
        first, last = (Spot(SCORES, row, column) for row in (found[0], found[-1]))
        parts.append(first.reference() + (f":{last.reference(SCORES)}" if last != first else ""))
    return ",".join(parts)


def _quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _too_near_a_tie(award: Award, places: int) -> bool:
    """Tell whether a score lies so near a tie that binary numbers cannot tell the side.

    An exact tie is safe: stripping the residue restores it.
    """
    if award.exact is None:
        return False
    part = award.exact * 10**places % 1
    beside: Fraction = abs(part - Fraction(1, 2)) / 10**places
    return Fraction(0) < beside < Fraction(2, 10**STRIP)
