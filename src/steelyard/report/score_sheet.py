"""The score sheet in the layout of 附件1, and its sums (评分表、汇总).

Every score is a live formula over the facts. A blank never counts as nought:
a leaf that waits for figures shows no score, and the total says so.
"""

from __future__ import annotations

from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from steelyard.evaluation.evaluation import Outcome
from steelyard.formula.excel import STRIP, NotForWorkbook, excel
from steelyard.formula.tree import Name
from steelyard.framework.indicator import Framework
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN
from steelyard.report.book import Book, binary
from steelyard.report.book_cells import BookCells, Spot
from steelyard.scoring.award import Award
from steelyard.scoring.compiled import CompiledLeaf

SCORES, SUMS = "评分表", "汇总"

SCORE_HEADERS = (
    ("一级指标", 11),
    ("分值", 6),
    ("二级指标", 11),
    ("分值", 6),
    ("三级指标", 14),
    ("四级指标", 14),
    ("分值", 6),
    ("指标解释", 26),
    ("评分标准", 40),
    ("测算值", 11),
    ("数据状态", 8),
    ("得分", 8),
    ("扣分", 8),
    ("得分说明（生成时）", 56),
    ("公布得分", 8),
)
SUM_HEADERS = (("一级指标", 22), ("分值", 10), ("得分", 12), ("得分率", 12))
LEVEL_ONE, LEVEL_TWO, LEVEL_THREE, LEVEL_FOUR, POINTS = 0, 2, 4, 5, 6
MEASURE, STATE, EARNED, LOST = 9, 10, 11, 12


class ScoreSheet:
    """Writes one outcome's scores (评分表)."""

    def __init__(self, book: Book, outcome: Outcome, cells: BookCells) -> None:
        self.book = book
        self.outcome = outcome
        self.cells = cells
        self.places = outcome.card.framework.places

    def write(self, judged: dict[str, dict[str, Spot]]) -> None:
        """Write the block of this outcome, its sums on the second sheet.

        Args:
            judged: Cells of the judgements, by leaf path and point.
        """
        sheet, evaluation = self.book.sheet(SCORES), self.outcome.evaluation
        leaves = evaluation.rubric.leaves
        first = self.book.take(SCORES, len(leaves) + 5)
        last = len(SCORE_HEADERS) - 1
        sheet.merge_range(first, 0, first, last, evaluation.title, self.book.looks.title)
        self.book.headers(SCORES, first + 1, SCORE_HEADERS)
        if first == 0:
            sheet.freeze_panes(2, 0)
            sheet.repeat_rows(0, 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
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
        judged: dict[str, Spot],
    ) -> None:
        cells = self.cells
        sheet, leaf = self.book.sheet(SCORES), compiled.leaf
        sheet.write_string(
            row, LEVEL_THREE, leaf.path[min(2, len(leaf.path) - 1)], self.book.looks.text
        )
        four = "/".join(leaf.path[3:]) or "—"
        sheet.write_string(row, LEVEL_FOUR, four, self.book.looks.text)
        sheet.write_number(row, POINTS, binary(leaf.points), self.book.looks.score)
        sheet.write_string(row, 7, leaf.meaning, self.book.looks.text)
        sheet.write_string(row, 8, award.wording, self.book.looks.text)
        sheet.write_string(row, 13, award.because, self.book.looks.text)
        cells.local = {key: (spot, PLAIN) for key, spot in judged.items()}
        cells.local["x"] = (Spot(SCORES, row, MEASURE), PLAIN)
        if not self.complete(compiled, award):
            for column in (MEASURE, EARNED, LOST):
                sheet.write_blank(row, column, None, self.book.looks.score)
            sheet.write_string(row, STATE, "缺数据", self.book.looks.alarm)
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
            self.book.looks.score,
            "" if award.earned is None else binary(award.earned),
        )
        sheet.write_formula(
            row,
            LOST,
            f'=IF({earned}="","",ROUND({points}-{earned},{self.places}))',
            self.book.looks.score,
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
        sheet.write_string(row, STATE, "固定值，非公式", self.book.looks.alarm)

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
        unknown = "+".join(part for part in blanks if part != "0") or "0"
        value = {"missing": "缺数据", "failed": "零分母", "scored": ""}[award.state]
        if unfit and not award.missing:
            value = "不适用"
        self.book.sheet(SCORES).write_formula(
            row, STATE, f'=IF({unknown}>0,"缺数据",{text})', self.book.looks.text, value
        )

    def measure(self, row: int, compiled: CompiledLeaf, award: Award) -> None:
        node = compiled.measure(award.reading)
        if node is None:
            self.book.sheet(SCORES).write_string(row, MEASURE, "按要点评判", self.book.looks.text)
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
            looks.percent if compiled.unit is PERCENT else looks.score,
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
                self.merged(sheet, first, last, column, name)
                self.merged(sheet, first, last, column + 1, "")
                sheet.write_formula(
                    first, column + 1, f"=SUM({low}:{high})", self.book.looks.score, binary(points)
                )
                start = end + 1

    def merged(self, sheet: Worksheet, first: int, last: int, column: int, text: str) -> None:
        if first == last:
            sheet.write_string(first, column, text, self.book.looks.level)
        else:
            sheet.merge_range(first, column, last, column, text, self.book.looks.level)

    def total_row(self, row: int, top: int) -> None:
        sheet, card = self.book.sheet(SCORES), self.outcome.card
        sheet.merge_range(row, 0, row, POINTS - 1, "合计", self.book.looks.head)
        for column in range(POINTS + 1, len(SCORE_HEADERS)):
            sheet.write_blank(row, column, None, self.book.looks.head)
        for column, value in (
            (POINTS, sum((a.points for a in card.awards), Fraction(0))),
            (EARNED, card.total),
        ):
            low = self.near(top, column)
            high = self.near(row - 1, column)
            text = f"=ROUND(SUM({low}:{high}),{self.places})"
            if column == EARNED:
                text = f'=IF(COUNT({low}:{high})={len(card.awards)},{text[1:]},"未评完")'
            stored = "未评完" if value is None else binary(value)
            sheet.write_formula(row, column, text, self.book.looks.total, stored)

    def sums(self, top: int) -> None:
        """Write level-1 sums, total, grade and distance."""
        sheet, card = self.book.sheet(SUMS), self.outcome.card
        framework = card.framework
        ones = [level for level in card.levels if len(level.group.path) == 1]
        first = self.book.take(SUMS, len(ones) + 6)
        self.book.headers(SUMS, first, SUM_HEADERS)
        for row, level in enumerate(ones, start=first + 1):
            rows = [
                top + index
                for index, leaf in enumerate(framework.leaves)
                if leaf.path[0] == level.group.path[0]
            ]
            sheet.write_string(row, 0, level.group.path[0], self.book.looks.text)
            for column, source in ((1, POINTS), (2, EARNED)):
                parts = ",".join(Spot(SCORES, at, source).reference(SUMS) for at in rows)
                value = level.points if column == 1 else level.so_far
                sheet.write_formula(
                    row,
                    column,
                    f"=ROUND(SUM({parts}),{self.places})",
                    self.book.looks.score,
                    binary(value),
                )
            rate = Fraction(0) if not level.points else level.so_far / level.points
            sheet.write_formula(
                row, 3, f"=C{row + 1}/B{row + 1}", self.book.looks.percent, binary(rate)
            )
        row = first + len(ones) + 1
        total = Spot(SCORES, top + len(framework.leaves), EARNED).reference(SUMS)
        stored = "未评完" if card.total is None else binary(card.total)
        sheet.write_string(row, 0, "总分", self.book.looks.head)
        sheet.write_formula(row, 2, f"={total}", self.book.looks.total, stored)
        sheet.write_string(row + 1, 0, "等级", self.book.looks.head)
        grades = f'"{framework.grades[-1].name}"'
        for grade in reversed(framework.grades[:-1]):
            grades = f'IF({total}>={binary(grade.floor):g},"{grade.name}",{grades})'
        sheet.write_formula(
            row + 1,
            2,
            f'=IF(ISNUMBER({total}),{grades},"未评完")',
            self.book.looks.total,
            "未评完" if card.standing is None else card.standing.grade.name,
        )
