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
from steelyard.facts.dictionary import TableSpec
from steelyard.facts.ledger import Table
from steelyard.formula.excel import NotForWorkbook, excel
from steelyard.formula.tree import Name, needs
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN
from steelyard.report.book import COMPUTED, Book, Headers, binary, columns
from steelyard.report.book_cells import BookCells, Local, Spot, TableSpot, kept
from steelyard.report.proof_text import amount, verdict
from steelyard.report.score_sheet import SCORES, SUMS, ScoreSheet

FACTS, JUDGED, READINGS, CHECKS, NOTES = "数据", "评判", "口径", "核对", "说明"
FIXED = (SCORES, SUMS, FACTS, JUDGED, READINGS, CHECKS, NOTES)

FACT_HEADERS = (("数据项", 32), ("数值", 16), ("单位", 8), ("来源", 34), ("位置", 26), ("引文", 40))
JUDGED_HEADERS = (("指标", 34), ("要点", 7), ("内容", 40), ("结论", 10), ("理由", 46), ("证据", 24))
READING_HEADERS = (("指标", 34), ("口径点", 38), ("采用", 34), ("理由", 52))
CHECK_HEADERS = (("结论", 10), ("类别", 10), ("说明", 104), ("编号", 28))
NOTE_WIDTH = 110
NARROWEST, WIDEST = 9, 40
"""Bounds for the columns of tables."""

_STATES = {"broken": "不符", "unknown": "无法核对", "residue": "尾差", "holds": "相符"}
_USUAL = "没有另行选择，用通常的读法。"
_NOTES = (
    "浅黄的单元格由人填写：数据、各表和评判的结论，可以改动；浅绿的是公式，请勿填写。",
    "评判的结论只认“符合”“不符合”“发生”“未发生”或不小于零的整数处数，可从下拉列表选取；写成别的，数据状态显示“结论不明”。",
    "评分表的测算值、得分、扣分和合计都是活公式，引用“数据”“评判”和各表；改动数据后自动重算。",
    "公式与评分标准的写法一致：里层 ROUND(…,12) 只去掉二进制残留，外层 ROUND 才是四舍五入。",
    "数据状态为“缺数据”的指标不计分，所在的一级指标、合计和等级显示“未评完”；空格从不当作零。“—”表示不适用。",
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
    book = Book("评分表", FIXED)
    for name in (SCORES, SUMS, FACTS):
        book.sheet(name)
    for outcome in outcomes:
        _add(book, outcome)
    book.lines(NOTES, (("说明", NOTE_WIDTH),), [(text,) for text in _NOTES])
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
    name = book.table_sheet(table.name)
    spec = cells.ledger.dictionary.table(table.name)
    first = book.take(name, max(len(table.rows), 1) + 2)
    last = first + max(len(table.rows), 1)
    book.headers(name, first, _table_headers(spec, table), fixed=1)
    for index, column in enumerate(spec.columns):
        for number, row in enumerate(table.rows, start=first + 1):
            book.value(name, number, index, row.cells[column.name], column.unit)
        book.offer(name, (first + 1, last), index, column.choices)
    places = {column.name: index for index, column in enumerate(spec.columns)}
    return TableSpot(name, first + 1, len(table.rows), places)


def _table_headers(spec: TableSpec, table: Table) -> Headers:
    """Return the headings of a table, wide enough for what stands below."""
    headers = []
    for column in spec.columns:
        heading = column.name + (f"（{column.unit.name}）" if column.unit.name else "")
        longest = max((columns(amount(row.cells[column.name])) for row in table.rows), default=0)
        wanted = max(longest, -(-columns(heading) // 2)) + 3
        headers.append((heading, min(max(wanted, NARROWEST), WIDEST)))
    return headers


def _facts(book: Book, outcome: Outcome, cells: BookCells) -> None:
    """Write the data items, computed ones as formulas."""
    ledger = cells.ledger
    wanted = _wanted(outcome)
    first = book.take(FACTS, len(wanted) + 2)
    book.headers(FACTS, first, FACT_HEADERS, fixed=1)
    for row, name in enumerate(wanted, start=first + 1):
        cells.facts[name] = Spot(FACTS, row, 1)
    for row, name in enumerate(wanted, start=first + 1):
        item, fact = ledger.dictionary.item(name), ledger.facts.get(name)
        unit = item.unit
        book.text(FACTS, row, 0, name)
        if fact is not None:
            unit = fact.value.unit if isinstance(fact.value, Quantity) else unit
            book.value(FACTS, row, 1, fact.value, unit)
            texts = (fact.origin.source, fact.origin.place, fact.origin.quote)
            book.offer(FACTS, (row, row), 1, item.choices)
        elif item.formula is not None:
            _computed(book, row, name, cells)
            texts = ("由算式计算", "", "")
        else:
            book.value(FACTS, row, 1, MISSING, unit)
            book.offer(FACTS, (row, row), 1, item.choices)
            texts = ("", "", "")
        for column, text in enumerate((unit.name, *texts), start=2):
            book.text(FACTS, row, column, text)


def _computed(book: Book, row: int, name: str, cells: BookCells) -> None:
    """Write a computed item: blank while a figure behind it is missing."""
    sheet, ledger = book.sheet(FACTS), cells.ledger
    formula = ledger.dictionary.item(name).formula
    if formula is None or not {table for table, _ in needs(formula).columns} <= cells.tables.keys():
        sheet.write_blank(row, 1, None, book.looks.state)
        return
    value: Value = MISSING
    with suppress(SteelyardError):  # a zero denominator: unknown here, told by the leaf
        value = ledger.look_up(Name(tuple(name.split(".")))).value
    shown = value if isinstance(value, Quantity) else Quantity.of(0)
    stored = binary(kept(value, value.unit).amount) if isinstance(value, Quantity) else ""
    look = book.looks.number(shown, COMPUTED)
    try:
        text = f'=IF({cells.blanks(formula)}>0,"",IFERROR({excel(formula, cells)},""))'
    except NotForWorkbook:
        if isinstance(stored, float):
            sheet.write_number(row, 1, stored, look)
        else:
            sheet.write_blank(row, 1, None, look)
        return
    sheet.write_formula(row, 1, text, look, stored)


def _judged(book: Book, outcome: Outcome) -> dict[str, dict[str, Local]]:
    """Write the judgements in words; return where each point stands."""
    local: dict[str, dict[str, Local]] = {}
    rows = [(each, ask) for each in outcome.evaluation.rubric.leaves for ask in each.asks()]
    first = book.take(JUDGED, len(rows) + 2)
    book.headers(JUDGED, first, JUDGED_HEADERS, fixed=2)
    for row, (compiled, ask) in enumerate(rows, start=first + 1):
        path = compiled.leaf.text
        found = outcome.evaluation.findings.get(path, {}).get(ask.key)
        value = MISSING if found is None else found.value
        why = ("", "") if found is None else (found.why, found.evidence)
        for column, text in zip((0, 1, 2, 4, 5), (path, ask.key, ask.text, *why), strict=True):
            book.text(JUDGED, row, column, text)
        words = () if ask.kind == "defects" else (verdict(ask, True), verdict(ask, False))
        if words:
            said = verdict(ask, value) if isinstance(value, bool) else ""
            book.text(JUDGED, row, 3, said, book.looks.verdict)
            book.offer(JUDGED, (row, row), 3, words)
        else:
            book.value(JUDGED, row, 3, value, PLAIN)
            book.counted(JUDGED, row, 3)
        spot = Spot(JUDGED, row, 3)
        local.setdefault(path, {})[ask.key] = Local(spot, words[0] if words else "")
    return local


def _readings(book: Book, outcome: Outcome) -> None:
    rows = []
    for each in outcome.evaluation.rubric.leaves:
        for axis in each.axes:
            choice = outcome.card.choices[each.leaf.text][axis.key]
            why = choice.why or (_USUAL if choice.use == axis.default else "")
            rows.append((each.leaf.text, axis.question, axis.choices[choice.use], why))
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
