"""A derivation over single cells as a workbook formula (逐格公式).

Where ``formula.excel`` writes a rule over names, this writes the same
arithmetic over the very cells that a table is printed in. Texts such as a dash
count as nought, a blank makes the whole blank, and binary residue is stripped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from steelyard.facts.ledger import Target
from steelyard.formula.cells import decimal
from steelyard.formula.derivation import Derivation
from steelyard.formula.excel import LONGEST, STRIP, NotForWorkbook
from steelyard.formula.tree import Aggregate, Binary, Constant, Label, Name, Negate, Node
from steelyard.measure.nothing import MISSING
from steelyard.measure.number import places_needed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN, PURE, Unit
from steelyard.report.workbook.book_cells import DIGITS, Spot, digits

STRIP_AMOUNT = 10
"""Decimals kept of an amount that is converted or rounded further."""

MOST_AREAS = 200
"""Areas in a sum; spreadsheets take 255."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure that a formula reads (所引单元格)."""

    target: Target
    spot: Spot
    value: Value
    unit: Unit
    """In which the cell is kept."""


Find = Callable[[Name, str], Placed | None]
"""Where the figure of a name stands, given the key of the row; None when nowhere."""

FindRow = Callable[[str, str, str], Placed | None]
"""Where a cell stands: table, key, column."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over cells, not yet rounded (算术式)."""

    text: str
    cells: tuple[Placed, ...]
    unit: Unit
    divides: bool = False
    many: bool = False
    """Whether it needs brackets as a factor."""

    def blanks(self, sheet: str) -> str:
        """Return a formula that counts the blank cells among those read."""
        spots = list(dict.fromkeys(each.spot for each in self.cells))
        return "+".join(f"COUNTBLANK({area})" for area in areas(spots, sheet)) or "0"

    def rounded(self, unit: Unit, places: int) -> str:
        """Return the text that comes to an exact decimal.

        Args:
            unit: In which the result is wanted; of the same dimension.
            places: Decimals in that unit.
        """
        kept = PLAIN if unit.dimension == PURE else unit
        decimals = places_needed(unit.factor / kept.factor / 10**places, most=2 * STRIP)
        factor = Fraction(1) if unit.dimension == PURE else self.unit.factor / kept.factor
        text = self.text
        if factor != 1:
            text = f"({text})" if self.many else text
            text += f"*{factor.numerator}" if factor.numerator != 1 else ""
            text += f"/{factor.denominator}" if factor.denominator != 1 else ""
        if self.divides:
            return f'IFERROR(ROUND(ROUND({text},{STRIP}),{decimals}),"")'
        if factor != 1 or self._longest(kept) > decimals:
            text = f"ROUND({text},{max(STRIP_AMOUNT, decimals)})"
        return f"ROUND({text},{decimals})"

    def _longest(self, unit: Unit) -> int:
        """Return the decimals of the longest figure read, in a unit."""
        amounts = [
            each.value.base / unit.factor for each in self.cells if isinstance(each.value, Quantity)
        ]
        return max((places_needed(amount) for amount in amounts), default=0)


def guarded(
    node: Node, expression: Expression, body: str, sheet: str, *, dash: bool = False
) -> str:
    """Return a whole formula: blank while a figure is missing.

    Args:
        node: What it says, for the error.
        expression: What it reads.
        body: What it comes to when all is there.
        sheet: Where it stands.
        dash: Whether nought is shown as a dash.

    Raises:
        NotForWorkbook: It is too long.
    """
    if dash:
        body = f'IF({body}=0,"—",{body})'
    text = f'=IF({expression.blanks(sheet)}>0,"",{body})'
    if len(text) > LONGEST:
        raise NotForWorkbook(node, "公式太长")
    return text


class Writer:
    """Writes derivations about one row of a table (公式书写)."""

    def __init__(self, sheet: str, key: str, find: Find, find_row: FindRow) -> None:
        """Begin.

        Args:
            sheet: Where the formula will stand.
            key: Of the row in question; empty when there is none.
            find: Where names stand.
            find_row: Where cells of tables stand.
        """
        self.sheet = sheet
        self.key = key
        self.find = find
        self.find_row = find_row

    def expression(self, step: Derivation) -> Expression:
        """Return a derivation as arithmetic over cells.

        Raises:
            NotForWorkbook: It does more than add, subtract, multiply and divide
                figures that stand in the workbook, in units that fit.
        """
        sums = self._sums(step)
        if sums is not None:
            return self._summed(step, *sums)
        match step.node:
            case Label():
                return self.expression(step.inputs[0])
            case Constant(value=Quantity() as value) if value.dimension == PURE:
                return Expression(decimal(value.base), (), PLAIN)
            case Binary(operator="×" | "÷" as operator):
                left, right = (self.expression(each) for each in step.inputs)
                return self._joined(step, operator, left, right)
            case _:
                raise NotForWorkbook(step.node, "不是单元格之间的加减乘除")

    def _joined(
        self, step: Derivation, operator: str, left: Expression, right: Expression
    ) -> Expression:
        first = f"({left.text})" if left.many else left.text
        second = f"({right.text})" if right.many or right.divides else right.text
        cells = (*left.cells, *right.cells)
        pure = right.unit.dimension == PURE
        if operator == "×" and not pure and left.unit.dimension != PURE:
            raise NotForWorkbook(step.node, "两个有单位的数相乘")
        if operator == "÷" and not pure and right.unit.factor != left.unit.factor:
            raise NotForWorkbook(step.node, "单位不同")
        if operator == "÷":
            unit = left.unit if pure else PLAIN
            return Expression(f"{first}/{second}", cells, unit, divides=True)
        unit = left.unit if pure else right.unit
        divides = left.divides or right.divides
        return Expression(f"{first}*{second}", cells, unit, divides=divides)

    def _sums(self, step: Derivation) -> tuple[list[Placed], list[Placed]] | None:
        """Return what is added and what is taken off; None when there is more to it."""
        match step.node:
            case Name():
                found = self.find(step.node, self.key)
                if found is None:
                    raise NotForWorkbook(step.node, "工作簿中没有这个数")
                return [found], []
            case Aggregate(function="sum", table=table, column=column):
                added = []
                for key in step.rows:
                    found = self.find_row(table, key, column or "")
                    if found is None:
                        raise NotForWorkbook(step.node, "工作簿中没有这个数")
                    added.append(found)
                return added, []
            case Negate() | Label():
                inner = self._sums(step.inputs[0])
                turned = isinstance(step.node, Negate)
                return inner if inner is None or not turned else (inner[1], inner[0])
            case Binary(operator="+" | "-" as operator):
                left, right = (self._sums(each) for each in step.inputs)
                if left is None or right is None:
                    return None
                more, less = right if operator == "+" else (right[1], right[0])
                return [*left[0], *more], [*left[1], *less]
            case _:
                return None

    def _summed(self, step: Derivation, added: list[Placed], less: list[Placed]) -> Expression:
        cells = (*added, *less)
        units = {(each.unit.dimension, each.unit.factor) for each in cells}
        if len(units) > 1:
            raise NotForWorkbook(step.node, "单位不同")
        numbers = [each.value for each in cells if isinstance(each.value, Quantity)]
        if any(each.value is MISSING for each in cells):
            raise NotForWorkbook(step.node, "缺数据")
        if any(digits(value) > DIGITS for value in numbers):
            raise NotForWorkbook(step.node, "金额的位数多于工作簿能分辨的")
        text = self._sum(step, added) if added else "0"
        if less:
            text += f"-{self._sum(step, less)}"
        unit = cells[0].unit if cells else _unit_of(step)
        return Expression(text, cells, unit, many=bool(less))

    def _sum(self, step: Derivation, cells: Sequence[Placed]) -> str:
        if len(cells) == 1:
            return f"N({_near(cells[0].spot, self.sheet)})"
        parts = areas([each.spot for each in cells], self.sheet)
        if len(parts) > MOST_AREAS:
            raise NotForWorkbook(step.node, "相加的单元格太分散")
        return f"SUM({','.join(parts)})"


def _unit_of(step: Derivation) -> Unit:
    """Return the unit of a sum over no rows."""
    value = step.value
    return value.unit if isinstance(value, Quantity) else PLAIN


def areas(spots: Sequence[Spot], sheet: str) -> list[str]:
    """Return references to some cells; neighbours below or beside each other as a range.

    >>> areas([Spot("a", 0, 0), Spot("a", 0, 1), Spot("a", 3, 1), Spot("a", 4, 1)], "a")
    ['A1:B1', 'B4:B5']
    """
    found: list[str] = []
    at = 0
    while at < len(spots):
        first, end = spots[at], at + 1
        step = (0, 0)
        if end < len(spots) and spots[end].sheet == first.sheet:
            step = (spots[end].row - first.row, spots[end].column - first.column)
        if step in ((0, 1), (1, 0)):
            while end < len(spots) and spots[end] == Spot(
                first.sheet,
                first.row + step[0] * (end - at),
                first.column + step[1] * (end - at),
            ):
                end += 1
        last = spots[end - 1]
        tail = "" if last == first else f":{xl_rowcol_to_cell(last.row, last.column)}"
        found.append(f"{_near(first, sheet)}{tail}")
        at = end
    return found


def _near(spot: Spot, sheet: str) -> str:
    """Return a reference that moves with its row, with the sheet when it is another."""
    cell = str(xl_rowcol_to_cell(spot.row, spot.column))
    return cell if spot.sheet == sheet else f"{quote_sheetname(spot.sheet)}!{cell}"
