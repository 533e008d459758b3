"""What the arithmetic of a framework says of the cells of its tables (表内算术).

A tie-out over every row of a table whose claim is an equation with one column
alone on a side, and nothing but figures of the same table on the other, tells
how the cells of that column are computed. No column is named here but those
that make a table a survey's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from steelyard.checks.tie_out import ClaimScope, TieOut
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.facts.ledger import Ledger, Table, TableRow, Target
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import RowScope, evaluate
from steelyard.formula.tree import Aggregate, Binary, Compare, Name, Node, needs, over, walk
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import round_half_up

QUESTION, OPTION, COUNTS, VALID, SHARE = "题号", "选项", ("人数", "份数"), "有效份数", "占比"
"""Columns of a survey's table: one row for each option of each question."""

SURVEY = "问卷算术"
"""The kind of a claim that holds of every survey."""

USUAL_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What one equation says of one cell (应得数)."""

    target: Target
    row: TableRow
    check: TieOut
    step: Derivation
    """The side that is computed."""

    value: Value
    """What it comes to, rounded where the claim is about a printed ratio."""

    holds: bool
    """Whether the cell is exactly that; a dash counts as nought."""

    @property
    def across(self) -> bool:
        """Tell whether it reckons within the row."""
        return not any(isinstance(part, Aggregate) for part in walk(self.step.node))

    @property
    def rank(self) -> int:
        """Return its place among the claims about one cell: across the row before down the table.

        What holds of every survey comes before all: it adds up the answers that are
        printed, where a framework may read the number of copies from elsewhere.
        """
        return -1 if self.check.kind == SURVEY else 0 if self.across else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A data item that is the share of a table's total in another item (占比项)."""

    item: str
    column: str
    """Of the table, which is added up."""

    formula: Node
    places: int


def claimed(evaluation: Evaluation, tables: Collection[str]) -> Iterator[Claimed]:
    """Yield what is known of the cells of some tables, equation by equation.

    A side that cannot be computed, or a figure that is missing, says nothing.
    """
    ledger = evaluation.ledger
    for name in tables:
        table, spec = ledger.tables[name], ledger.dictionary.table(name)
        own = [check for check in evaluation.checks if check.each == name]
        for check in (*_of_survey(spec, table), *own):
            found = _alone(check.claim, spec)
            if found is None:
                continue
            for row in table.rows:
                one = _claimed(check, found, row, ledger)
                if one is not None:
                    yield one


def _alone(claim: Node, spec: TableSpec) -> tuple[Column, Node] | None:
    """Return the column that stands alone on a side of an equation, and the other side."""
    if not isinstance(claim, Compare) or claim.operator != "=":
        return None
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(side, Name) and (len(side.path) == 1 or side.path[0] == "本行"):
            column = spec.column(side.path[-1])
            if column is not None and column.kind is Kind.NUMBER and _is_own(other, spec):
                return column, other
    return None


def _is_own(side: Node, spec: TableSpec) -> bool:
    """Tell whether a side reckons with the table's own figures, and with no others.

    An equation with another table or with a data item compares two sources: neither
    computes the other.
    """
    need = needs(side)
    columns = [name.removeprefix("本行.") for name in need.names]
    tables = {table for table, _ in need.columns}
    read = bool(columns or tables)
    return read and tables <= {spec.name} and all(spec.column(name) for name in columns)


def _claimed(
    check: TieOut, found: tuple[Column, Node], row: TableRow, ledger: Ledger
) -> Claimed | None:
    column, side = found
    scope = ClaimScope(ledger, row)
    try:
        if (
            check.where is not None
            and evaluate(check.where, RowScope(row, scope)).value is not True
        ):
            return None
        step = evaluate(side, scope)
    except SteelyardError:
        return None
    fact, value = row.cell(column.name), step.value
    if value is NOT_APPLICABLE and isinstance(fact, Quantity):
        value = Quantity.of(0, column.unit)
    if isinstance(value, Quantity) and check.places is not None:
        scaled = round_half_up(value.base / column.unit.factor, check.places)
        value = replace(value, base=scaled * column.unit.factor)
    if fact is None or MISSING in (fact, value) or not _comparable(value, column):
        return None
    return Claimed(
        target=Target(check.each, row.key, column.name),
        row=row,
        check=check,
        step=step,
        value=value,
        holds=_same(fact, value),
    )


def _comparable(value: Value, column: Column) -> bool:
    if isinstance(value, Quantity):
        return value.dimension == column.unit.dimension
    return value is NOT_APPLICABLE


def _same(fact: Value, value: Value) -> bool:
    """Tell whether a cell is what it should be; a dash says that there is no amount."""
    first, second = (
        each.base if isinstance(each, Quantity) else 0 if each is NOT_APPLICABLE else None
        for each in (fact, value)
    )
    return first is not None and first == second


def count_column(spec: TableSpec) -> str:
    """Return the column in which a survey counts answers; nothing for another table."""
    if spec.column(QUESTION) is None or spec.column(OPTION) is None:
        return ""
    return next((name for name in COUNTS if spec.column(name) is not None), "")


def _of_survey(spec: TableSpec, table: Table) -> Iterator[TieOut]:
    """Yield what holds of every survey: answers add up, shares are parts of their sum."""
    count = count_column(spec)
    if not count:
        return
    same = Compare("=", Name((QUESTION,)), Name(("本行", QUESTION)))
    whole = Aggregate("sum", spec.name, count, same)
    valid = Compare("=", Name((VALID,)), whole) if spec.column(VALID) is not None else None
    if valid is not None:
        yield TieOut(
            id=f"{spec.name}:{VALID}",
            title="各选项份数相加等于本题有效份数",
            claim=valid,
            each=spec.name,
            kind=SURVEY,
        )
    if spec.column(SHARE) is not None:
        yield TieOut(
            id=f"{spec.name}:{SHARE}",
            title="占比等于份数除以本题有效份数",
            claim=Compare("=", Name((SHARE,)), over(Name((count,)), whole)),
            each=spec.name,
            # Where more than one option may be chosen, the answers are not the copies.
            where=valid,
            kind=SURVEY,
            places=printed_places(table, SHARE),
        )


def printed_places(table: Table, column: str) -> int:
    """Return the decimals with which the figures of a column are written, at most."""
    values = [row.cell(column) for row in table.rows]
    return max((value.places or 0 for value in values if isinstance(value, Quantity)), default=0)


def shares(evaluation: Evaluation, table: str) -> Iterator[Share]:
    """Yield the items that are the share of a table's total in something else.

    One check says that an item is the total of a column, another that the
    quotient of that item and a typed one is the share.
    """
    facts, claims = evaluation.ledger.facts, [c for c in evaluation.checks if not c.each]
    totals = dict(_totals(claims, table))
    for check in claims:
        for item, side in _items_alone(check.claim):
            match side:
                case Binary(operator="÷", left=Name() as total, right=Name() as whole):
                    known = total.text in totals and {item, whole.text} <= facts.keys()
                    if known:
                        added = totals[total.text]
                        places = USUAL_PLACES if check.places is None else check.places
                        formula = over(added, whole)
                        column = added.column or ""
                        yield Share(item=item, column=column, formula=formula, places=places)


def _totals(checks: list[TieOut], table: str) -> Iterator[tuple[str, Aggregate]]:
    for check in checks:
        for item, side in _items_alone(check.claim):
            match side:
                case Aggregate(function="sum", table=summed, condition=None) if summed == table:
                    yield item, side


def _items_alone(claim: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(claim, Compare) and claim.operator == "=":
        for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
            if isinstance(side, Name):
                yield side.text, other
