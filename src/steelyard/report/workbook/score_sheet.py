"""The score sheet in the layout of 附件1 (评分表).

Every score is a live formula over the facts. A blank never counts as nought:
a leaf that waits for figures shows no score, and the total says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from steelyard.evaluation.evaluation import Outcome
from steelyard.formula.evaluate import ZeroDenominator
from steelyard.formula.excel import STRIP, NotForWorkbook, excel
from steelyard.formula.tree import Name
from steelyard.framework.indicator import Framework
from steelyard.measure.nothing import Nothing
from steelyard.measure.number import places_needed, plain
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT
from steelyard.report.proof.text import verdict
from steelyard.report.workbook.book import Book, binary
from steelyard.report.workbook.book_cells import BookCells, Local, Spot
from steelyard.scoring.award import Award
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.weigh import LeafScope, unknown

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
LEVEL_ONE, LEVEL_TWO, LEVEL_THREE, LEVEL_FOUR, POINTS = 0, 2, 4, 5, 6
MEANING, WORDING = 7, 8
MEASURE, STATE, EARNED, LOST, BECAUSE, EXACT = 9, 10, 11, 12, 13, 15
EXACT_HEADER = ("未舍入得分", 10)
"""One column more where the total adds unrounded scores."""

STRIP_SUM = 10
"""Decimals kept when binary residue is stripped from a sum of unrounded scores."""


class ScoreSheet:
    """Writes one outcome's scores (评分表)."""

    def __init__(self, book: Book, outcome: Outcome, cells: BookCells, name: str = SCORES) -> None:
        """Begin the block of an outcome.

        Args:
            book: Into which it is written.
            outcome: Whose scores they are.
            cells: Where facts and tables stand.
            name: Of the sheet.
        """
        self.book = book
        self.name = name
        self.outcome = outcome
        self.cells = cells
        self.places = outcome.card.framework.places
        self.unrounded = outcome.card.framework.total == "rounded-sum"
        self.points_places = points_places(outcome.card.framework)

    def write(self, judged: dict[str, dict[str, Local]]) -> int:
        """Write the block of this outcome; return the row of its first leaf.

        Args:
            judged: Cells of the judgements, by leaf path and point.
        """
        sheet, evaluation = self.book.sheet(self.name), self.outcome.evaluation
        leaves = evaluation.rubric.leaves
        first = self.book.take(self.name, len(leaves) + 5)
        last = len(SCORE_HEADERS) - 1
        headers = (*SCORE_HEADERS, EXACT_HEADER) if self.unrounded else SCORE_HEADERS
        self.book.title(self.name, first, last, evaluation.title)
        self.book.headers(self.name, first + 1, headers, fixed=POINTS)
        top = first + 2
        self.cells.sheet = self.name
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
        return top

    def leaf(
        self,
        row: int,
        compiled: CompiledLeaf,
        award: Award,
        judged: dict[str, Local],
    ) -> None:
        cells = self.cells
        sheet, leaf = self.book.sheet(self.name), compiled.leaf
        for column, said in (
            (LEVEL_THREE, leaf.path[min(2, len(leaf.path) - 1)]),
            (LEVEL_FOUR, "/".join(leaf.path[3:]) or "—"),
            (MEANING, leaf.meaning),
            (WORDING, award.wording),
            (BECAUSE, award.because),
        ):
            self.book.text(self.name, row, column, said)
        sheet.write_number(row, POINTS, binary(leaf.points), self.book.looks.score)
        cells.local = {**judged, "x": Local(Spot(self.name, row, MEASURE))}
        judgements = self.outcome.evaluation.judgements.get(leaf.text, {})
        cells.scope = LeafScope(compiled, cells.ledger, judgements, award.reading)
        if not self.complete(compiled, award):
            self.fixed(row, None, "缺数据")
            return
        if award.state == "failed" and not self.says_zero(compiled, award, cells.scope):
            self.fixed(row, None, "不能计分")
            return
        try:
            tree = self.told(compiled, award)
            self.state(row, compiled, award)
            self.measure(row, compiled, award)
        except NotForWorkbook:
            self.fixed(row, award, "固定值，非公式")
            return
        self.earned(row, award, tree)

    def told(self, compiled: CompiledLeaf, award: Award) -> str:
        """Return the formula of a score.

        Raises:
            NotForWorkbook: A workbook would come to another score.
        """
        tree = compiled.tree(award.reading)
        zeros = compiled.zeros(award.reading)
        guarded = award.reading.get("zero_base", "error") != "error"
        if award.exact is not None and _too_near_a_tie(award.exact, self.places, STRIP):
            raise NotForWorkbook(tree, "得分离进位的界限太近")
        zero = zeros is not None and not guarded and self.cells.value(zeros) is True
        if award.state == "scored" and zero:
            raise NotForWorkbook(tree, "分母为零而不影响得分")
        measure = compiled.measure(award.reading)
        trees = [tree] if measure is None else [tree, measure]
        applied = award.state == "scored" and award.applies
        if applied and any(self.cells.is_blank(each) for each in trees):
            raise NotForWorkbook(tree, "有空格，却不影响得分")
        if any(self.cells.is_too_fine(each) for each in trees):
            raise NotForWorkbook(tree, "金额的位数多于工作簿能分辨的")
        return excel(tree, self.cells)

    def says_zero(self, compiled: CompiledLeaf, award: Award, scope: LeafScope) -> bool:
        """Tell whether the formula of the state says why a leaf was not scored."""
        zeros, cells = compiled.zeros(award.reading), self.cells
        if not isinstance(award.problem, ZeroDenominator) or zeros is None:
            return False
        if award.reading.get("zero_base", "error") != "error" or cells.value(zeros) is not True:
            return False
        names = [Name(tuple(name.split("."))) for name in compiled.needs(award.reading).names]
        # What is missing is told first; a figure that cannot be computed stays blank.
        return not any(isinstance(cells.value(name), Nothing) for name in names) and not unknown(
            compiled, scope
        )

    def earned(self, row: int, award: Award, tree: str) -> None:
        """Write points earned and lost, the unrounded ones where the total adds them."""
        sheet, looks = self.book.sheet(self.name), self.book.looks
        state, points, earned = (self.near(row, column) for column in (STATE, POINTS, EARNED))
        applied, full = award.reading.get("not_applicable", ""), points
        score = f"ROUND(ROUND({tree},{STRIP}),{self.places})"
        if places_needed(award.points) > self.places:
            # Points with more decimals than a score has are not rounded up beyond themselves.
            score = f"MIN({score},{points})"
            full = f"MIN(ROUND({points},{self.places}),{points})"
        unfit = {"full": full, "zero": "0"}.get(applied, '""')
        sheet.write_formula(
            row,
            EARNED,
            f'=IF({state}="",{score},IF({state}="不适用",{unfit},""))',
            looks.live,
            "" if award.earned is None else binary(award.earned),
        )
        sheet.write_formula(
            row,
            LOST,
            f'=IF({earned}="","",ROUND({points}-{earned},{self.points_places}))',
            looks.live,
            "" if award.lost is None else binary(award.lost),
        )
        if self.unrounded:
            unfit = {"full": points, "zero": "0"}.get(applied, '""')
            sheet.write_formula(
                row,
                EXACT,
                f'=IF({state}="",{tree},IF({state}="不适用",{unfit},""))',
                looks.live,
                "" if award.exact is None else binary(award.exact),
            )

    def near(self, row: int, column: int) -> str:
        """Return the reference of a cell of this sheet, free to move with its row."""
        return Spot(self.name, row, column).reference(self.name).replace("$", "")

    def fixed(self, row: int, award: Award | None, state: str) -> None:
        """Write the values of a leaf that no formula tells, none while it has none, and say so."""
        sheet, look = self.book.sheet(self.name), self.book.looks.score
        numbers: dict[int, Fraction | None] = {MEASURE: None, EARNED: None, LOST: None}
        if award is not None:
            value = None if award.measure is None else award.measure.value
            known = isinstance(value, Quantity) and award.state == "scored"
            numbers[MEASURE] = value.base if known and isinstance(value, Quantity) else None
            numbers |= {EARNED: award.earned, LOST: award.lost}
        if self.unrounded:
            numbers[EXACT] = None if award is None else award.exact
        for column, number in numbers.items():
            if number is None:
                sheet.write_blank(row, column, None, look)
            else:
                sheet.write_number(row, column, binary(number), look)
        self.book.text(self.name, row, STATE, state, self.book.looks.alarm)

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
        counted = [
            cells.cell(name)
            for name in names
            if cells.is_counted(name) and (unfit or not cells.is_dash(name))
        ]
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
        self.book.sheet(self.name).write_formula(
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
            cells = first.reference(self.name)
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
            self.book.text(self.name, row, MEASURE, "按要点评判", self.book.looks.state)
            return
        text = excel(node, self.cells)
        zeros = compiled.zeros(award.reading)
        if award.reading.get("zero_base", "error") != "error" and zeros is not None:
            text = f'IF({excel(zeros, self.cells)},"",{text})'
        state = self.near(row, STATE)
        value = self.cells.value(node) if award.state == "scored" and award.applies else None
        if self.cells.is_dash(node):
            dashes = self.cells.dashes(node)
            text = f'IF(COUNT({",".join(dashes)})<{len(dashes)},"",{text})'
        looks = self.book.looks
        self.book.sheet(self.name).write_formula(
            row,
            MEASURE,
            f'=IF({state}="",{text},"")',
            looks.percent if compiled.unit is PERCENT else looks.live,
            binary(value.base) if isinstance(value, Quantity) else "",
        )

    def levels(self, top: int, framework: Framework) -> None:
        """Write the level cells, merged over the leaves below, with their sums."""
        sheet = self.book.sheet(self.name)
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
                self.book.merged(self.name, (first, column, last, column), name)
                live = self.book.looks.live
                self.book.merged(self.name, (first, column + 1, last, column + 1), "", live)
                sheet.write_formula(first, column + 1, f"=SUM({low}:{high})", live, binary(points))
                start = end + 1

    def total_row(self, row: int, top: int) -> None:
        sheet, card = self.book.sheet(self.name), self.outcome.card
        self.book.merged(self.name, (row, 0, row, POINTS - 1), "合计", self.book.looks.head)
        for column in range(POINTS + 1, len(SCORE_HEADERS)):
            self.book.text(self.name, row, column, "", self.book.looks.head)
        for column, value in (
            (POINTS, sum((a.points for a in card.awards), Fraction(0))),
            (EARNED, card.total),
        ):
            cells = f"{self.near(top, column)}:{self.near(row - 1, column)}"
            text = f"ROUND(SUM({cells}),{self.points_places})"
            if column == EARNED:
                exact = cells
                if self.unrounded:
                    exact = f"{self.near(top, EXACT)}:{self.near(row - 1, EXACT)}"
                text = summed(exact, card.awards, card.framework)
                text = f'IF(COUNT({cells})={len(card.awards)},{text},"{UNFINISHED}")'
            stored = UNFINISHED if value is None else binary(value)
            sheet.write_formula(row, column, f"={text}", self.book.looks.total, stored)


def summed(cells: str, awards: Sequence[Award], framework: Framework) -> str:
    """Return the formula of a sum of scores, rounded once."""
    places = framework.places
    if framework.total != "rounded-sum":
        return f"ROUND(SUM({cells}),{places})"
    exact = sum((each.exact for each in awards if each.exact is not None), Fraction(0))
    if _too_near_a_tie(exact, places, STRIP_SUM):
        return plain(exact, places)
    return f"ROUND(ROUND(SUM({cells}),{STRIP_SUM}),{places})"


def points_places(framework: Framework) -> int:
    """Return the decimals of sums of points: all that any leaf has."""
    return max(framework.places, *(places_needed(leaf.points) for leaf in framework.leaves))


def _too_near_a_tie(exact: Fraction, places: int, strip: int) -> bool:
    """Tell whether a score lies so near a tie that binary numbers cannot tell the side.

    An exact tie is safe: stripping the residue restores it.
    """
    part = exact * 10**places % 1
    beside: Fraction = abs(part - Fraction(1, 2)) / 10**places
    return Fraction(0) < beside < Fraction(2, 10**strip)
