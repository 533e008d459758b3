"""Reading the data dictionary (读取数据字典).

The file is ``items.toml`` beside the framework. Formulas are parsed, names in
them resolved and circles refused, so that a dictionary in hand can be used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import (
    Column,
    Dictionary,
    Goal,
    Item,
    Kind,
    TableSpec,
    items_of,
)
from steelyard.facts.ledger import CyclicFormula
from steelyard.facts.names import KindClash, check_names
from steelyard.files.records import Record, load_record
from steelyard.formula.parse import TALLEST, parse
from steelyard.formula.tree import NOWHERE, Node, height, needs
from steelyard.formula.words import FormulaError
from steelyard.measure.quantity import UnitClash
from steelyard.measure.units import PLAIN, Unit, unit_named

Kept = TypeVar("Kept")

_RESERVED = frozenset({"x", "本行", "否决", "真", "假", *"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"})
"""Names that formulas use for the measure, the row, judgements and truths."""

_NAME = re.compile(r"[\w（）()“”·—-]{1,30}")
"""Names that every file system and every workbook takes."""


def load_dictionary(folder: Path, base: Dictionary | None = None) -> Dictionary:
    """Read ``items.toml`` of a directory.

    Args:
        folder: A framework's directory, or an evaluation folder.
        base: What is known before; the file adds to it, and may use it in formulas.

    Returns:
        What was known and what the file adds.

    Raises:
        Gathered: Every mistake of the file, with line, field and mend.
    """
    problems = Problems()
    record = load_record(folder / "items.toml", problems)
    known = base or Dictionary()
    items: dict[str, Item] = dict(known.items)
    goals: dict[str, Goal] = dict(known.goals)
    tables: dict[str, TableSpec] = dict(known.tables)
    places: dict[str, str] = {}
    for each in record.records("item"):
        item = _item(each)
        _keep(items, item.name, item, each)
        places[item.name] = each.where("formula")
    for each in record.records("goal"):
        goal = _goal(each)
        _keep(goals, goal.name, goal, each)
        for item in items_of(goal):
            _keep(items, item.name, item, each)
    for each in record.records("table"):
        table = _table(each)
        _keep(tables, table.name, table, each)
    record.finish()
    dictionary = Dictionary(items, tables, goals)
    for item in items.values():
        if item.formula is not None and item.name in places:
            with problems.catch(places.get(item.name, "items.toml")):
                _check_formula(item, item.formula, dictionary)
    problems.settle()
    _refuse_circles(dictionary, places, problems)
    problems.settle()
    return dictionary


def _check_formula(item: Item, formula: Node, dictionary: Dictionary) -> None:
    """Refuse a formula that yields something other than the item is declared to be."""
    shape = check_names(formula, dictionary)
    if item.kind is not Kind.NUMBER:
        raise KindClash(formula, f"{item.kind.value}；只有数能由算式计算")
    if isinstance(shape, Kind):
        raise KindClash(formula, "数")
    if shape != item.unit.dimension:
        raise UnitClash(shape, item.unit.dimension)


def _keep(known: dict[str, Kept], name: str, thing: Kept, record: Record) -> None:
    if name in known:
        record.wrong("name", f"“{name}”登记了两次。", "请删去一处，或改名。")
    if name.partition(".")[0] in _RESERVED:
        record.wrong("name", f"“{name}”另有用处，不能作名称。", "请改名。")
    known.setdefault(name, thing)


def _unit(record: Record) -> Unit:
    try:
        return unit_named(record.text("unit", ""))
    except SteelyardError as error:
        record.problems.add(error.at(record.where("unit")))
        return PLAIN


def _kind(record: Record) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind and the texts allowed; 是否 is a text of two choices."""
    text = record.text("kind", Kind.NUMBER.value)
    choices = record.texts("choices")
    try:
        kind = Kind(text)
    except ValueError:
        record.wrong("kind", f"不认识的类型“{text}”。", "用 数、文字、日期 或 是否。")
        return Kind.NUMBER, ()
    return (Kind.TEXT, ("是", "否")) if kind is Kind.TRUTH else (kind, choices)


def _formula(record: Record) -> Node | None:
    text = record.text("formula", "")
    if not text:
        return None
    try:
        return parse(text)
    except SteelyardError as error:
        record.problems.add(error.at(record.where("formula")))
        return None


def _item(record: Record) -> Item:
    record.name = record.text("name")
    kind, choices = _kind(record)
    item = Item(
        name=record.name,
        kind=kind,
        choices=choices,
        unit=_unit(record),
        meaning=record.text("meaning", ""),
        supplier=record.text("supplier", ""),
        above_zero=record.flag("above_zero"),
        formula=_formula(record),
        aliases=record.texts("aliases"),
    )
    record.finish()
    return item


def _goal(record: Record) -> Goal:
    record.name = record.text("name")
    any_unit = record.raw("unit") == "*"
    goal = Goal(
        name=record.name,
        sign=record.text("sign", "≥"),
        unit=PLAIN if any_unit else _unit(record),
        any_unit=any_unit,
        meaning=record.text("meaning", ""),
        supplier=record.text("supplier", ""),
        aliases=record.texts("aliases"),
    )
    if goal.sign not in ("≥", "≤", "=", ">", "<"):
        record.wrong("sign", f"不认识的方向“{goal.sign}”。", "用 ≥、≤ 或 =。")
    record.finish()
    return goal


def _table(record: Record) -> TableSpec:
    record.name = record.text("name")
    table = TableSpec(
        name=record.name,
        key=record.text("key"),
        columns=tuple(_column(each) for each in record.records("column")),
        meaning=record.text("meaning", ""),
        supplier=record.text("supplier", ""),
        aliases=record.texts("aliases"),
    )
    if not _NAME.fullmatch(table.name):
        record.wrong("name", "表名不能用作文件名。", "只用汉字、字母、数字和（）·-，30字以内。")
    names = [column.name for column in table.columns]
    if table.key not in names:
        record.wrong("key", f"键“{table.key}”不是本表的列。", "请写列名。")
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            record.wrong("column", f"列“{name}”写了两次。", "请删去一处。")
    record.finish()
    return table


def _column(record: Record) -> Column:
    kind, choices = _kind(record)
    column = Column(
        name=record.text("name"),
        kind=kind,
        unit=_unit(record),
        choices=choices,
        optional=record.flag("optional"),
        aliases=record.texts("aliases"),
    )
    record.finish()
    return column


def _refuse_circles(dictionary: Dictionary, places: dict[str, str], problems: Problems) -> None:
    """Refuse items that need themselves, and definitions too deep to be followed."""
    heights: dict[str, int] = {}
    trail: list[str] = []
    for name in dictionary.items:
        pending: list[tuple[str, bool]] = [(name, False)]
        while pending:
            current, leaving = pending.pop()
            where = places.get(current, "items.toml")
            item = dictionary.items.get(current)
            if item is None or item.formula is None:
                continue
            inner = _needed(item.formula, dictionary)
            if leaving:
                trail.pop()
                below = max((heights.get(each, 0) for each in inner), default=0)
                heights[current] = below + height(item.formula)
                if heights[current] > TALLEST:
                    what = f"“{current}”的算式层层引用太深。"
                    mend = "请减少中间的数据项。"
                    problems.add(FormulaError(what, NOWHERE, mend).at(where))
                    return
                continue
            if current in trail:
                circle = [*trail[trail.index(current) :], current]
                problems.add(CyclicFormula(circle).at(where))
                return
            if current not in heights:
                trail.append(current)
                pending.append((current, True))
                pending.extend((each, False) for each in inner)


def _needed(formula: Node, dictionary: Dictionary) -> tuple[str, ...]:
    """Return the items a formula reads, those in conditions among them."""
    need = needs(formula)
    tables = dictionary.tables
    outer = (name for table, name in need.columns if tables[table].column(name) is None)
    return (*need.names, *outer)
