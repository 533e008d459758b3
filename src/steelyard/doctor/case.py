"""An evaluation folder as a second source (评价数据): one more document to compare with.

Facts, tables and scores become tables with units, so that every check that
compares two places compares the report with the data too. Its own files are
never found fault with.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from steelyard.doctor.view.view import CASE
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.dictionary import Dictionary
from steelyard.formula.tree import Name
from steelyard.intake.reading.document import Cell, Document, Spot, Table, Words
from steelyard.measure.number import places_needed, trimmed
from steelyard.measure.quantity import Quantity, Value

_MOST_PLACES = 6
_SCORES = ("指标", "分值", "得分", "扣分", "得分率")


def read_case(folder: Path) -> Document:
    """Return an evaluation folder as a document.

    Raises:
        SteelyardError: The folder cannot be read; all its mistakes at once.
    """
    return case_document(evaluate(load_evaluation(folder)), folder.name)


def case_document(outcome: Outcome, name: str) -> Document:
    """Return what an evaluation knows as tables: data, one for each table, scores."""
    dictionary = outcome.evaluation.ledger.dictionary
    blocks = [
        _table("数据", ("数据项", "值"), _facts(outcome)),
        *(
            _table(key, _columns(dictionary, key), _rows(outcome, key))
            for key in outcome.evaluation.ledger.tables
        ),
        _table("算式", ("算式", "值"), _measures(outcome)),
        _table("评分标准", ("指标", "评分标准"), _wordings(outcome)),
        _table("层级得分", _SCORES, _levels(outcome)),
        _table("得分", _SCORES, _scores(outcome)),
    ]
    return Document(name, CASE, "", tuple(block for block in blocks if block.height > 1))


def _table(title: str, header: tuple[str, ...], rows: Iterator[list[str]]) -> Table:
    lines = [list(header), *rows]
    cells = tuple(
        Cell(r, c, Words(text, (Spot(0, sheet=title, cell=_address(r, c)),)))
        for r, line in enumerate(lines)
        for c, text in enumerate(line)
    )
    return Table(cells, len(lines), len(header), title=title, header_rows=1)


def _address(row: int, column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _facts(outcome: Outcome) -> Iterator[list[str]]:
    ledger = outcome.evaluation.ledger
    for name in ledger.dictionary.items:
        try:
            value = ledger.look_up(Name((name,))).value
        except SteelyardError:
            continue
        text = _written(value)
        if text:
            yield [_label(name), text]


def _label(name: str) -> str:
    """Return a data item's name as reports write it: 目标 and 实际 in front."""
    goal, _, side = name.rpartition(".")
    if side == "目标值":
        return f"计划{goal}"
    return f"实际{goal}" if side == "实际值" else name


def _columns(dictionary: Dictionary, key: str) -> tuple[str, ...]:
    return tuple(column.name for column in dictionary.table(key).columns)


def _rows(outcome: Outcome, key: str) -> Iterator[list[str]]:
    ledger = outcome.evaluation.ledger
    columns = _columns(ledger.dictionary, key)
    for row in ledger.tables[key].rows:
        yield [_written(row.cell(column)) for column in columns]


def _scores(outcome: Outcome) -> Iterator[list[str]]:
    card = outcome.card
    for award in card.awards:
        if award.earned is not None:
            yield _score(award.leaf.path[-1], award.points, award.earned)
    if card.total is not None:
        yield _score("合计", sum((a.points for a in card.awards), Fraction(0)), card.total)


def _levels(outcome: Outcome) -> Iterator[list[str]]:
    for level in outcome.card.levels:
        if level.earned is not None:
            yield _score(level.group.path[-1], level.points, level.earned)


def _wordings(outcome: Outcome) -> Iterator[list[str]]:
    for award in outcome.card.awards:
        yield [award.leaf.path[-1], f"{award.leaf.meaning}{award.wording}"]


def _measures(outcome: Outcome) -> Iterator[list[str]]:
    for award in outcome.card.awards:
        value = award.measure.value if award.measure is not None else None
        if isinstance(value, Quantity):
            name = award.leaf.measure_name or award.leaf.path[-1]
            percent = not value.dimension
            yield [name, f"{_number(value.base * 100)}%" if percent else _written(value)]


def _score(name: str, points: Fraction, earned: Fraction) -> list[str]:
    rate = f"{trimmed(earned / points * 100, 2)}%" if points else ""
    return [name, _number(points), _number(earned), _number(points - earned), rate]


def _number(value: Fraction) -> str:
    return trimmed(value, places_needed(value, _MOST_PLACES))


def _written(value: Value | None) -> str:
    if isinstance(value, Quantity):
        if value.places is not None:
            return f"{value.digits()}{value.unit.name}"
        return f"{_number(value.amount)}{value.unit.name}"
    if value is None or isinstance(value, bool):
        return ""
    return str(value)
