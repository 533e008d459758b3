"""Which cells of an annex are computed, which are typed, which do not add up (活算单元格).

Every figure has one home: the first annex cell that prints it, else its place
in the table's own sheet. A formula is written only where it comes exactly to
the figure that was given; a figure that an equation denies stays as given and
is marked. No two cells compute each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.checks.tie_out import ClaimScope
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.ledger import Target
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import evaluate
from steelyard.formula.excel import NotForWorkbook
from steelyard.formula.say import say
from steelyard.formula.tree import Aggregate, Name
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.number import places_needed, plain
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import round_half_up
from steelyard.measure.units import PERCENT, Unit, unit_named
from steelyard.report.workbook.annex_formula import Expression, Placed, Writer, guarded
from steelyard.report.workbook.annex_plan import Cited, Plan
from steelyard.report.workbook.annex_rules import USUAL_PLACES, Claimed, claimed, printed_places
from steelyard.report.workbook.book_cells import DIGITS, BookCells, Spot, digits

MOST_PLACES = 6
"""Decimals of a computed figure in a remark."""


@dataclass(frozen=True, slots=True)
class Live:
    """A formula with what it comes to (活公式)."""

    text: str
    value: Value
    shown: Quantity
    """Unit and decimals in which it is printed."""


class AnnexCells:
    """The figures of an evaluation, as the annex sheets write them."""

    def __init__(self, plan: Plan, evaluation: Evaluation, cells: BookCells) -> None:
        """Choose homes, formulas and marks.

        Args:
            plan: The annex sheets.
            evaluation: The figures and their checks.
            cells: Where facts and tables stand otherwise.
        """
        self.evaluation = evaluation
        self.ledger = evaluation.ledger
        self.cells = cells
        self.homes = dict(_homes(plan))
        self.rows = {
            table.name: {row.key: number for number, row in enumerate(table.rows)}
            for table in self.ledger.tables.values()
        }
        self.live: dict[Target, Live] = {}
        self.marks: dict[Target, str] = {}
        self.reads: dict[Target, tuple[Target, ...]] = {}
        tables = dict.fromkeys(target.item for target in self.homes)
        found = sorted(claimed(evaluation, tables), key=lambda each: each.rank)
        for each in found:
            if each.holds:
                self._compute(each)
        self._mark(found)

    def home(self, target: Target) -> Spot:
        """Return where a cell of a table is written."""
        home = self.homes.get(target)
        return self.place(target) if home is None else home

    def place(self, target: Target) -> Spot:
        """Return where a cell stands in the sheet of its table."""
        table = self.cells.tables[target.item]
        row = table.first + self.rows[target.item][target.row]
        return Spot(table.sheet, row, table.columns[target.column])

    def unit(self, target: Target) -> Unit:
        """Return the unit of a column."""
        return self.ledger.dictionary.column(target.item, target.column).unit

    def printed_places(self, target: Target) -> int:
        """Return the decimals with which the figures of a column are written."""
        return printed_places(self.ledger.tables[target.item], target.column)

    def cited(self, source: Cited, sheet: str) -> Live | None:
        """Return the formula of a figure that was printed from one; None when it has none."""
        if source.formula is None:
            return None
        scope = ClaimScope(self.ledger, source.row)
        try:
            step = evaluate(source.formula, scope)
            if not isinstance(step.value, Quantity):
                return None
            shown = _shown(step.value, source)
            key = "" if source.row is None else source.row.key
            expression = self._writer(sheet, source.table, key).expression(step)
            body = expression.rounded(shown.unit, shown.places or 0)
            return Live(guarded(source.formula, expression, body, sheet), shown, shown)
        except SteelyardError:
            return None

    def printed(self, source: Cited) -> Quantity | None:
        """Return what a formula comes to, as printed; None when that is no figure."""
        if source.formula is None:
            return None
        try:
            value = evaluate(source.formula, ClaimScope(self.ledger, source.row)).value
        except SteelyardError:
            return None
        return _shown(value, source) if isinstance(value, Quantity) else None

    def copy(self, target: Target, source: Cited, sheet: str) -> Live | None:
        """Return the formula of a figure in another unit than its column's; None for no figure."""
        value = self.given(target)
        if not isinstance(value, Quantity):
            return None
        shown = _shown(value, source)
        name = Name((target.column,))
        try:
            step = Derivation(name, value)
            expression = self._writer(sheet, target.item, target.row).expression(step)
            body = expression.rounded(shown.unit, shown.places or 0)
            return Live(guarded(name, expression, body, sheet), shown, shown)
        except NotForWorkbook:
            return None

    def denied(self, source: Cited, live: Live) -> str:
        """Return the remark that a data item is not what its formula comes to."""
        fact = self.ledger.facts.get(source.against)
        if fact is None or not isinstance(fact.value, Quantity) or source.formula is None:
            return ""
        given, shown = fact.value, live.shown
        places = shown.places or 0
        if round_half_up(given.base / shown.unit.factor, places) == shown.amount:
            return ""
        return f"按{say(source.formula)}计算为{_said(shown, shown.unit, places)}，填报数为{given}。"

    def _writer(self, sheet: str, table: str, key: str) -> Writer:
        def find(name: Name, row: str) -> Placed | None:
            column = name.path[-1]
            in_row = len(name.path) == 1 or name.path[0] == "本行"
            if in_row and table and row:
                found = self._cell(table, row, column)
                if found is not None:
                    return found
            return self._item(name)

        return Writer(sheet, key, find, self._cell)

    def _cell(self, table: str, key: str, column: str) -> Placed | None:
        known = self.ledger.tables.get(table)
        row = None if known is None else known.row(key)
        value = None if row is None else row.cell(column)
        if value is None:
            return None
        target = Target(table, key, column)
        return Placed(target, self.home(target), value, self.cells.column_unit(table, column))

    def _item(self, name: Name) -> Placed | None:
        fact, spot = self.ledger.facts.get(name.text), self.cells.facts.get(name.text)
        # A computed item has no place here: it may read the very table that is printed.
        if fact is None or spot is None:
            return None
        return Placed(Target(name.text), spot, fact.value, self.cells.unit(name))

    def _compute(self, each: Claimed) -> None:
        """Give a cell the formula of an equation that holds, unless it has one."""
        if each.target in self.live:
            return
        sheet = self.home(each.target).sheet
        try:
            expression = self._writer(sheet, each.target.item, each.target.row).expression(
                each.step
            )
            live = self._formula(each, expression, sheet)
        except NotForWorkbook:
            return
        reads = tuple(placed.target for placed in expression.cells)
        if live is not None and not self._leads_to(reads, each.target):
            self.live[each.target] = live
            self.reads[each.target] = reads

    def _formula(self, each: Claimed, expression: Expression, sheet: str) -> Live | None:
        unit, fact = self.unit(each.target), each.row.cell(each.target.column)
        if not expression.cells or (isinstance(fact, Quantity) and digits(fact) > DIGITS):
            return None
        places = each.check.places
        if places is None:
            places = self.cells.column_places(each.target.item, each.target.column)
        body = expression.rounded(unit, places)
        dash = fact is NOT_APPLICABLE
        text = guarded(each.step.node, expression, body, sheet, dash=dash)
        shown = Quantity.of(0, unit, self.printed_places(each.target))
        return Live(text, each.value if fact is None else fact, shown)

    def _leads_to(self, reads: tuple[Target, ...], target: Target) -> bool:
        """Tell whether what a formula reads is computed from the cell itself."""
        pending, seen = list(reads), set[Target]()
        while pending:
            current = pending.pop()
            if current == target:
                return True
            if current not in seen:
                seen.add(current)
                pending.extend(self.reads.get(current, ()))
        return False

    def _mark(self, found: list[Claimed]) -> None:
        """Remark on every cell that an equation denies, each amount once."""
        said: dict[Target, dict[str, str]] = {}
        for each in found:
            if each.holds:
                continue
            unit, places = self.unit(each.target), self.printed_places(each.target)
            way = "按各行相加" if isinstance(each.step.node, Aggregate) else "按行计算"
            amount, given = (
                _said(value, unit, places) for value in (each.value, self.given(each.target))
            )
            remark = f"{way}为{amount}，填报数为{given}。\n（{each.check.title}）"
            said.setdefault(each.target, {}).setdefault(amount, remark)
        self.marks = {target: "\n".join(remarks.values()) for target, remarks in said.items()}

    def given(self, target: Target) -> Value:
        """Return the figure of a cell as it was given."""
        value = self.ledger.value(target)
        return MISSING if value is None else value


def _homes(plan: Plan) -> Iterator[tuple[Target, Spot]]:
    """Yield where each figure of a table is first printed in its own unit."""
    seen: set[Target] = set()
    for sheet in plan.sheets:
        for each in sheet.spreads:
            target = None if each.cited is None else each.cited.target
            if target is None or target in seen or (each.cited and each.cited.how.unit):
                continue
            seen.add(target)
            yield target, Spot(sheet.name, each.row, each.column)


def _shown(value: Quantity, source: Cited) -> Quantity:
    """Return a computed figure as it is printed: rounded, in its unit."""
    how = source.how
    unit = value.unit
    if how.unit:
        unit = PERCENT if how.unit in ("%", "％") else unit_named(how.unit)
    places = how.places if how.places is not None else value.places
    places = USUAL_PLACES if places is None else places
    return Quantity.of(round_half_up(value.base / unit.factor, places), unit, places)


def _said(value: Value, unit: Unit, places: int) -> str:
    """Say a figure in the unit of its column, with the decimals of the column at least."""
    if not isinstance(value, Quantity):
        return str(value)
    amount = value.base / unit.factor
    return plain(amount, max(places, min(places_needed(amount), MOST_PLACES))) + unit.name
