"""The scores as a workbook with live formulas (评分工作簿).

Sheets: 评分表 (in the layout of 附件1), 汇总, 数据, one per table, 评判, 口径,
核对, 说明. The computed value is stored with every formula, so that a viewer
that does not calculate shows the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from steelyard.checks.sentence import sentence
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.facts.ledger import Table
from steelyard.formula.excel import NotForWorkbook, excel
from steelyard.formula.tree import Name, needs
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN
from steelyard.report.book import Book, binary
from steelyard.report.book_cells import BookCells, Spot, TableSpot, kept
from steelyard.report.score_sheet import SCORES, SUMS, ScoreSheet

FACTS, JUDGED, READINGS, CHECKS, NOTES = "数据", "评判", "口径", "核对", "说明"
FIXED = (SCORES, SUMS, FACTS, JUDGED, READINGS, CHECKS, NOTES)

FACT_HEADERS = (("数据项", 30), ("数值", 14), ("单位", 8), ("来源", 34), ("位置", 24), ("引文", 30))
JUDGED_HEADERS = (("指标", 44), ("要点", 6), ("内容", 44), ("结论", 10), ("理由", 50), ("证据", 24))
READING_HEADERS = (("指标", 44), ("口径点", 44), ("采用", 32), ("理由", 60))
CHECK_HEADERS = (("结论", 10), ("类别", 10), ("说明", 110), ("编号", 30))

_STATES = {"broken": "不符", "unknown": "无法核对", "residue": "尾差", "holds": "相符"}
_NOTES = (
    "评分表的测算值、得分、扣分和合计都是活公式，引用“数据”“评判”和各表；改动数据后自动重算。",
    "公式与评分标准的写法一致：里层 ROUND(…,12) 只去掉二进制残留，外层 ROUND 才是四舍五入。",
    "数据状态为“缺数据”的指标不计分，合计显示“未评完”；空格从不当作零。“—”表示不适用。",
    "得分说明是生成工作簿时的文字，改动数据后请重新生成。",
)


def score_workbook(outcomes: Sequence[Outcome]) -> bytes:
    """Return a workbook of one or many outcomes.

    Args:
        outcomes: Evaluations already weighed; their blocks stand one below
            the other on each sheet.

    Returns:
        The bytes of an .xlsx file; the same outcomes give the same bytes.
    """
    book = Book("评分表")
    for name in (SCORES, SUMS, FACTS):
        book.sheet(name)
    for outcome in outcomes:
        _add(book, outcome)
    sheet = book.sheet(NOTES)
    sheet.set_column(0, 0, 110)
    for row, text in enumerate(_NOTES):
        sheet.write_string(row, 0, text, book.looks.text)
    return book.close()


def _add(book: Book, outcome: Outcome) -> None:
    ledger = outcome.evaluation.ledger
    cells = BookCells(ledger, FACTS)
    for table in ledger.tables.values():
        cells.tables[table.name] = _table(book, table, cells)
    _facts(book, outcome, cells)
    judged = _judged(book, outcome)
    ScoreSheet(book, outcome, cells).write(judged)
    _readings(book, outcome)
    _checks(book, outcome)


def _table(book: Book, table: Table, cells: BookCells) -> TableSpot:
    name = (f"{table.name}表" if table.name in FIXED else table.name)[:31]
    spec = cells.ledger.dictionary.table(table.name)
    first = book.take(name, max(len(table.rows), 1) + 2)
    headers = [
        (column.name + (f"（{column.unit.name}）" if column.unit.name else ""), 16)
        for column in spec.columns
    ]
    book.headers(name, first, headers)
    for number, row in enumerate(table.rows, start=first + 1):
        for index, column in enumerate(spec.columns):
            book.value(name, number, index, row.cells[column.name], column.unit)
    columns = {column.name: index for index, column in enumerate(spec.columns)}
    return TableSpot(name, first + 1, len(table.rows), columns)


def _facts(book: Book, outcome: Outcome, cells: BookCells) -> None:
    """Write the data items, computed ones as formulas."""
    sheet, ledger = book.sheet(FACTS), cells.ledger
    wanted = _wanted(outcome)
    first = book.take(FACTS, len(wanted) + 2)
    book.headers(FACTS, first, FACT_HEADERS)
    for row, name in enumerate(wanted, start=first + 1):
        cells.facts[name] = Spot(FACTS, row, 1)
    for row, name in enumerate(wanted, start=first + 1):
        item, fact = ledger.dictionary.item(name), ledger.facts.get(name)
        unit = item.unit
        sheet.write_string(row, 0, name, book.looks.text)
        if fact is not None:
            unit = fact.value.unit if isinstance(fact.value, Quantity) else unit
            book.value(FACTS, row, 1, fact.value, unit)
            texts = (fact.origin.source, fact.origin.place, fact.origin.quote)
            for offset, text in enumerate(texts, start=3):
                sheet.write_string(row, offset, text, book.looks.text)
        elif item.formula is not None:
            _computed(book, row, name, cells)
            sheet.write_string(row, 3, "由算式计算", book.looks.text)
        else:
            sheet.write_blank(row, 1, None, book.looks.text)
        sheet.write_string(row, 2, unit.name, book.looks.text)


def _computed(book: Book, row: int, name: str, cells: BookCells) -> None:
    """Write a computed item: blank while a figure behind it is missing."""
    sheet, ledger = book.sheet(FACTS), cells.ledger
    formula = ledger.dictionary.item(name).formula
    if formula is None or not {table for table, _ in needs(formula).columns} <= cells.tables.keys():
        sheet.write_blank(row, 1, None, book.looks.text)
        return
    value: Value = MISSING
    with suppress(SteelyardError):  # a zero denominator: unknown here, told by the leaf
        value = ledger.look_up(Name(tuple(name.split(".")))).value
    shown = value if isinstance(value, Quantity) else Quantity.of(0)
    stored = binary(kept(value, value.unit).amount) if isinstance(value, Quantity) else ""
    try:
        text = f'=IF({cells.blanks(formula)}>0,"",IFERROR({excel(formula, cells)},""))'
    except NotForWorkbook:
        sheet.write(row, 1, stored, book.looks.number(shown))
        return
    sheet.write_formula(row, 1, text, book.looks.number(shown), stored)


def _judged(book: Book, outcome: Outcome) -> dict[str, dict[str, Spot]]:
    """Write the judgements; return where each point stands."""
    sheet = book.sheet(JUDGED)
    spots: dict[str, dict[str, Spot]] = {}
    rows = [(each, ask) for each in outcome.evaluation.rubric.leaves for ask in each.asks()]
    first = book.take(JUDGED, len(rows) + 2)
    book.headers(JUDGED, first, JUDGED_HEADERS)
    for row, (compiled, ask) in enumerate(rows, start=first + 1):
        path = compiled.leaf.text
        found = outcome.evaluation.findings.get(path, {}).get(ask.key)
        for index, text in enumerate((path, ask.key, ask.text)):
            sheet.write_string(row, index, text, book.looks.text)
        book.value(JUDGED, row, 3, MISSING if found is None else found.value, PLAIN)
        for index, text in enumerate(("", "") if found is None else (found.why, found.evidence)):
            sheet.write_string(row, index + 4, text, book.looks.text)
        spots.setdefault(path, {})[ask.key] = Spot(JUDGED, row, 3)
    return spots


def _readings(book: Book, outcome: Outcome) -> None:
    rows = []
    for each in outcome.evaluation.rubric.leaves:
        for axis in each.axes:
            choice = outcome.card.choices[each.leaf.text][axis.key]
            rows.append((each.leaf.text, axis.question, axis.choices[choice.use], choice.why))
    book.lines(READINGS, READING_HEADERS, rows)


def _checks(book: Book, outcome: Outcome) -> None:
    ranks = list(_STATES)
    ordered = sorted(outcome.results, key=lambda result: ranks.index(result.state))
    rows = [
        (_STATES[result.state], result.check.kind, sentence(result), result.check.id)
        for result in ordered
    ]
    book.lines(CHECKS, CHECK_HEADERS, rows)


def _wanted(outcome: Outcome) -> list[str]:
    """Return the data items that leaves read, those behind computed ones, and all facts."""
    dictionary = outcome.evaluation.rubric.dictionary
    wanted: dict[str, None] = {}
    pending: list[str] = []
    for compiled, award in zip(outcome.evaluation.rubric.leaves, outcome.card.awards, strict=True):
        pending.extend(compiled.needs(award.reading).names)
    while pending:
        name = pending.pop(0)
        if name in wanted or name not in dictionary.items:
            continue
        wanted[name] = None
        formula = dictionary.items[name].formula
        if formula is not None:
            pending.extend(needs(formula).names)
    for name in outcome.evaluation.ledger.facts:
        wanted.setdefault(name, None)
    return list(wanted)
