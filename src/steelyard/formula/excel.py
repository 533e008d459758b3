"""A formula as a live workbook formula (工作簿公式).

The formula reads as the rule reads, so that an auditor can follow it. Binary
fractions would lose ties, so every place where a small error could change a
result (comparisons, whole steps, rounding) first strips it: ROUND(…, 12).
``docs/algorithms/live-formulas.md`` gives the bound within which this is
exact.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from steelyard.errors import SteelyardError
from steelyard.formula.cells import Cells, decimal, is_number, opposite
from steelyard.formula.say import say
from steelyard.formula.tree import (
    Aggregate,
    Arithmetic,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Label,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    needs,
    walk,
)
from steelyard.measure.number import places_needed
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PURE, Dimension, Unit

STRIP = 12
"""Decimals kept when binary residue is stripped from a plain number."""

STRIP_AMOUNT = 6
"""Decimals kept of an amount that ends nowhere, such as a third of a sum."""

_SIGNS: dict[Arithmetic, str] = {"+": "+", "-": "-", "×": "*", "÷": "/"}
_ORDERS = {"=": "=", "≠": "<>", "<": "<", "≤": "<=", ">": ">", "≥": ">="}
_TIGHTNESS = {"+": 1, "-": 1, "×": 2, "÷": 2}
_ATOM = 9


LONGEST = 8000
"""Characters of a formula; spreadsheets take 8,192."""


class NotForWorkbook(SteelyardError):
    """A formula that a workbook would calculate otherwise, or not at all."""

    code = "formula.not-for-workbook"

    def __init__(self, node: Node, why: str) -> None:
        super().__init__(
            what=f"“{say(node)}”不能写成活公式：{why}。",
            where=str(node.at),
            mend="工作簿中写入算得的数值；可把这部分另设为表的一列或数据项。",
        )


def excel(node: Node, cells: Cells, unit: Unit | None = None) -> str:
    """Write a formula as the text of a workbook formula, without ``=``.

    Args:
        node: The formula.
        cells: Where its names stand.
        unit: What a computed item is kept in; its cell is stripped of residue.

    Raises:
        NotForWorkbook: It is too long, or reckons with a column of a table
            in which there is a dash.
    """
    wanted = _reference_units(node, cells)
    if unit is not None and unit.dimension in wanted:
        wanted[unit.dimension] = unit
    writer = _Writer(cells, wanted)
    text = writer.text(node, 0) if unit is None else writer.factor(node, 0)
    if len(text) > LONGEST:
        raise NotForWorkbook(node, "公式太长")
    return text


def _reference_units(node: Node, cells: Cells) -> dict[Dimension, Unit]:
    """Return the unit in which amounts of each dimension are written.

    It is the unit of the first cell of that dimension, so that a formula in
    one unit needs no factors at all.
    """
    units: dict[Dimension, Unit] = {}
    for name in needs(node).names:
        unit = cells.unit(Name(tuple(name.split("."))))
        units.setdefault(unit.dimension, unit)
    for table, column in needs(node).columns:
        if column and cells.has_column(table, column):
            unit = cells.column_unit(table, column)
            units.setdefault(unit.dimension, unit)
    for part in walk(node):
        if isinstance(part, Constant) and isinstance(part.value, Quantity):
            units.setdefault(part.value.dimension, part.value.unit)
    return units


class _Writer:
    def __init__(self, cells: Cells, units: dict[Dimension, Unit]) -> None:
        self.cells = cells
        self.units = units
        self.table: str | None = None

    def text(self, node: Node, level: int) -> str:
        """Return the formula text, in brackets when it binds looser than ``level``."""
        written, binds = self.write(node)
        return written if binds >= level else f"({written})"

    def write(self, node: Node) -> tuple[str, int]:  # noqa: C901 - one arm for each kind of node
        match node:
            case Constant(value=value):
                return self.constant(value), _ATOM
            case Name():
                return self.name(node)
            case Label(body=body):
                return self.write(body)
            case Negate(operand=operand):
                return f"-{self.text(operand, 3)}", 1
            case Binary(operator=operator, left=left, right=right):
                level = _TIGHTNESS[operator]
                side = self.factor if operator in "×÷" else self.term
                first = side(left, level)
                second = side(right, level + (operator in "-÷"))
                return f"{first}{_SIGNS[operator]}{second}", level
            case Compare():
                return self.compared(node)
            case Logic():
                return self.logic(node)
            case Not(operand=operand):
                if self.table is None:
                    return f"NOT({self.text(operand, 0)})", _ATOM
                turned = opposite(operand)
                if isinstance(turned, Not):
                    return f"1-{self.text(operand, 2)}", 1
                return self.write(turned)
            case Call():
                return self.call(node), _ATOM
            case Case(arms=arms, otherwise=otherwise):
                written = self.text(otherwise, 0)
                for condition, result in reversed(arms):
                    written = f"IF({self.text(condition, 0)},{self.text(result, 0)},{written})"
                return written, _ATOM
            case Aggregate():
                return self.aggregate(node), _ATOM

    def compared(self, node: Compare) -> tuple[str, int]:
        sides = (node.left, node.right)
        for each in sides:
            self.refuse_dashes(each)
        equal = node.operator in "=≠"
        texts = [self.stripped(each) for each in sides]
        for index, each in enumerate(sides):
            if equal and not isinstance(each, Name):
                texts[index] = self.guarded(each, '"—"', texts[index])
        compared = f"{texts[0]}{_ORDERS[node.operator]}{texts[1]}"
        if equal:
            return compared, 0
        # In a workbook a text, such as a dash, is greater than any number.
        loose = [each for each in sides if self.is_numeric_column(each) or self.is_bare_dash(each)]
        if not loose:
            return self.guarded(node, "FALSE", compared), 0
        guards = [f"ISNUMBER({self.text(each, 0)})" for each in loose]
        if self.table is None:
            return f"AND({','.join([*guards, compared])})", _ATOM
        return "*".join([*guards, f"({compared})"]), 2

    def is_bare_dash(self, node: Node) -> bool:
        """Tell whether a node is a cell outside tables with a dash in it."""
        return isinstance(node, Name) and not self.is_column(node) and self.cells.is_dash(node)

    def term(self, node: Node, level: int) -> str:
        """Return one side of a sum, which reads a dash as nothing."""
        if self.is_bare_dash(node) and isinstance(node, Name):
            return self.converted(f"N({self.cells.cell(node)})", self.cells.unit(node))[0]
        dash = self.table is None and self.cells.is_dash(node)
        return self.guarded(node, "0", self.text(node, 0 if dash else level))

    def guarded(self, node: Node, otherwise: str, text: str) -> str:
        """Return the text of a part; while it comes to a dash, something else."""
        if self.table is not None or not self.cells.is_dash(node):
            return text
        dashes = self.cells.dashes(node)
        return f"IF(COUNT({','.join(dashes)})<{len(dashes)},{otherwise},{text})"

    def factor(self, node: Node, level: int) -> str:
        """Return a part that is reckoned on with: a sum of amounts without residue.

        Else what two large amounts leave would be too small for their residue.
        """
        bare = node
        while isinstance(bare, Label):
            bare = bare.body
        places = self.places(bare) if isinstance(bare, Binary) and bare.operator in "+-" else None
        return self.text(node, level) if places is None else f"ROUND({self.text(node, 0)},{places})"

    def places(self, node: Node) -> int | None:
        """Return the decimals at which a number ends for certain, as it is written."""
        match node:
            case Constant(value=Quantity() as value):
                return places_needed(value.base / self.size(value.unit))
            case Name() if self.is_column(node):
                table, column = self.table or "", node.path[0]
                places = self.cells.column_places(table, column)
                return self.written(places, self.cells.column_unit(table, column))
            case Name():
                given = self.cells.places(node)
                return None if given is None else self.written(given, self.cells.unit(node))
            case Aggregate(function="sum", table=table, column=column):
                places = self.cells.column_places(table, column or "")
                return self.written(places, self.cells.column_unit(table, column or ""))
            case Aggregate(function="count"):
                return 0
            case Label(body=inner) | Negate(operand=inner):
                return self.places(inner)
            case Binary(operator="+" | "-" | "×", left=left, right=right):
                both = [self.places(left), self.places(right)]
                known = [each for each in both if each is not None]
                if len(known) < len(both):
                    return None
                return sum(known) if node.operator == "×" else max(known)
            case _:
                return None

    def size(self, unit: Unit) -> Fraction:
        """Return what one in a formula stands for."""
        wanted = self.units.get(unit.dimension, unit)
        return Fraction(1) if unit.dimension == PURE else wanted.factor

    def written(self, places: int, unit: Unit) -> int:
        """Return the decimals of a cell once it is converted."""
        return places_needed(unit.factor / 10**places / self.size(unit), most=2 * STRIP)

    def constant(self, value: object) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case str():
                doubled = value.replace('"', '""')
                return f'"{doubled}"'
            case Quantity():
                if value.unit is PERCENT:
                    return f"{decimal(value.amount)}%"
                unit = self.units.get(value.dimension, value.unit)
                factor = Fraction(1) if value.dimension == PURE else unit.factor
                return decimal(value.base / factor)
            case date():
                return f"DATE({value.year},{value.month},{value.day})"
            case _:
                return '""'

    def name(self, node: Name) -> tuple[str, int]:
        if self.is_column(node):
            table = self.table or ""
            reference = self.cells.column(table, node.path[0])
            unit = self.cells.column_unit(table, node.path[0])
        else:
            reference, unit = self.cells.cell(node), self.cells.unit(node)
            text, binds = self.converted(reference, unit)
            if binds < _ATOM and self.cells.is_dash(node):
                return f'IF(COUNT({reference})<1,"—",{text})', _ATOM
        return self.converted(reference, unit)

    def converted(self, reference: str, unit: Unit) -> tuple[str, int]:
        wanted = self.units.get(unit.dimension, unit)
        if unit.dimension == PURE or unit.factor == wanted.factor:
            return reference, _ATOM
        factor = unit.factor / wanted.factor
        if factor.denominator == 1:
            return f"{reference}*{factor}", 2
        return f"{reference}*{factor.numerator}/{factor.denominator}", 2

    def stripped(self, node: Node) -> str:
        """Return the text of a number without binary residue."""
        while isinstance(node, Label):
            node = node.body
        typed = isinstance(node, Constant) or (
            isinstance(node, Name) and (self.table is not None or self.cells.is_input(node))
        )
        if typed or not is_number(node):
            return self.text(node, 1)
        places = self.places(node)
        if places is None:
            places = STRIP if self.is_pure(node) else STRIP_AMOUNT
        if self.is_bare_dash(node):
            return self.text(node, 1)
        return f"ROUND({self.text(node, 0)},{places})"

    def refuse_dashes(self, node: Node) -> None:
        """Refuse to reckon, inside a condition, with a column that holds a dash."""
        if self.table is None or isinstance(node, Name):
            return
        for part in walk(node):
            if self.is_bare_dash(part):
                raise NotForWorkbook(node, f"“{say(part)}”是“—”")
            column = part.text if isinstance(part, Name) and self.is_numeric_column(part) else ""
            if column and self.cells.has_dash(self.table, column):
                raise NotForWorkbook(node, f"“{column}”列有“—”")

    def is_column(self, node: Name) -> bool:
        """Tell whether a name is a column of the table whose rows are looked at."""
        inside = self.table is not None and len(node.path) == 1
        return inside and self.cells.has_column(self.table or "", node.path[0])

    def is_numeric_column(self, node: Node) -> bool:
        """Tell whether a node is a column of the row that may hold a dash."""
        if not isinstance(node, Name) or not self.is_column(node):
            return False
        return self.cells.is_number(self.table or "", node.text)

    def is_pure(self, node: Node) -> bool:
        """Guess whether a number has no unit: a quotient has none, in practice."""
        match node:
            case Name():
                if self.is_column(node):
                    unit = self.cells.column_unit(self.table or "", node.path[0])
                    return unit.dimension == PURE
                return self.cells.unit(node).dimension == PURE
            case Constant(value=value):
                return not isinstance(value, Quantity) or value.dimension == PURE
            case Aggregate(function="sum", table=table, column=column):
                return self.cells.column_unit(table, column or "").dimension == PURE
            case Binary(operator="÷"):
                return True
            case Binary(left=left, right=right):
                return self.is_pure(left) and self.is_pure(right)
            case Negate(operand=inner) | Label(body=inner):
                return self.is_pure(inner)
            case Call(arguments=arguments):
                return all(self.is_pure(argument) for argument in arguments)
            case _:
                return True

    def logic(self, node: Logic) -> tuple[str, int]:
        if self.table is None:
            function = "AND" if node.operator == "and" else "OR"
            joined = ",".join(self.text(operand, 0) for operand in node.operands)
            return f"{function}({joined})", _ATOM
        # AND() and OR() would fold a whole range into one truth.
        parts = [f"({self.text(operand, 0)})" for operand in node.operands]
        if node.operator == "and":
            return "*".join(parts), 2
        return f"({'+'.join(parts)}>0)", _ATOM

    def call(self, node: Call) -> str:
        first = node.arguments[0]
        match node.function:
            case "min" | "max" | "abs":
                parts = ",".join(self.text(a, 0) for a in node.arguments)
                return f"{node.function.upper()}({parts})"
            case "floor":
                return f"INT({self.stripped(first)})"
            case "ceil":
                return f"(-INT(-{self.stripped(first)}))"
            case "round":
                places = self.text(node.arguments[1], 0)
                return f"ROUND({self.stripped(first)},{places})"

    def aggregate(self, node: Aggregate) -> str:
        rows = self.cells.rows(node.table)
        if rows == 0:
            return {"count": "0", "sum": "0", "any": "FALSE", "all": "TRUE"}[node.function]
        previous, self.table = self.table, node.table
        condition = node.condition
        if condition is not None and node.function == "all":
            # A dash neither fulfils nor fails: all hold when none fails.
            condition = opposite(condition)
        truth = None if condition is None else self.text(condition, 0)
        self.table = previous
        match node.function:
            case "count" if truth is None:
                return str(rows)
            case "count":
                return f"SUMPRODUCT(({truth})*1)"
            case "any":
                return f"(SUMPRODUCT(({truth})*1)>0)"
            case "all":
                return f"(SUMPRODUCT(({truth})*1)=0)"
            case "sum":
                return self.total(node, truth)

    def total(self, node: Aggregate, truth: str | None) -> str:
        column = node.column or ""
        reference = self.cells.column(node.table, column)
        unit = self.cells.column_unit(node.table, column)
        # A range as its own argument counts a dash as nought.
        inner = f"SUM({reference})" if truth is None else f"SUMPRODUCT(({truth})*1,{reference})"
        return self.converted(inner, unit)[0]
