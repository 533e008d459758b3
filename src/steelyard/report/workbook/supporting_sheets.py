"""What the scores stand on (附属各表): data, tables, judgements, readings, checks, sums.

Every workbook that holds a score sheet holds these beside it, so that each of
its formulas can be followed. Where the cells of a table are written elsewhere,
the table leads there.
"""

from __future__ import annotations

from collections.abc import Callable

from steelyard.checks.sentence import sentence
from steelyard.evaluation.evaluation import Outcome
from steelyard.facts.dictionary import TableSpec
from steelyard.facts.ledger import Table, Target
from steelyard.formula.excel import NotForWorkbook, excel
from steelyard.formula.tree import Name, Needs, Node, needs
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE, Nothing
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit
from steelyard.report.proof.text import amount, verdict
from steelyard.report.workbook.book import COMPUTED, Book, Headers, binary, columns
from steelyard.report.workbook.book_cells import BookCells, Local, Spot, TableSpot, kept
from steelyard.report.workbook.score_sheet import SCORES, SUMS, ScoreSheet
from steelyard.report.workbook.sum_sheet import SumSheet

FACTS, JUDGED, READINGS, CHECKS, NOTES = "数据", "评判", "口径", "核对", "说明"
SUPPORTING = (SUMS, FACTS, JUDGED, READINGS, CHECKS, NOTES)
"""Sheets of every workbook with scores, beside the tables and the scores themselves."""

FACT_HEADERS = (("数据项", 32), ("数值", 16), ("单位", 8), ("来源", 42), ("位置", 28), ("引文", 40))
JUDGED_HEADERS = (("指标", 34), ("要点", 7), ("内容", 40), ("结论", 10), ("理由", 46), ("证据", 24))
READING_HEADERS = (("指标", 34), ("口径点", 38), ("采用", 34), ("理由", 52))
CHECK_HEADERS = (("结论", 10), ("类别", 10), ("说明", 104), ("编号", 28))
NOTE_WIDTH = 110
NARROWEST, WIDEST = 9, 46
"""Bounds for the columns of tables."""

_STATES = {"broken": "不符", "unknown": "无法核对", "residue": "尾差", "holds": "相符"}
_USUAL = "没有另行选择，用通常的读法。"
_TYPED = "浅黄的单元格由人填写：数据、各表和评判的结论；可以改动。"
_LIVE = "浅绿的单元格是公式，随数据重算；请勿填写。"
_NOTES = (
    "评判的结论只认“符合”“不符合”“发生”“未发生”或不小于零的整数处数，可从下拉列表选取；写成别的，数据状态显示“结论不明”。",
    "评分表的测算值、得分、扣分和合计都是活公式，引用“数据”“评判”和各表；改动数据后自动重算。",
    "公式与评分标准的写法一致：里层 ROUND(…,12) 只去掉二进制残留，外层 ROUND 才是四舍五入。",
    "数据状态为“缺数据”的指标不计分，所在的一级指标、合计和等级显示“未评完”；空格从不当作零。“—”表示不适用。",
    "得分说明是生成工作簿时的文字，改动数据后请重新生成。",
)

Put = Callable[[Target, Spot], bool]
"""Writes a cell of a table in its own way, and tells whether it did."""


def write_notes(book: Book, more: tuple[tuple[str, str], ...] = ()) -> None:
    """Write how to read the workbook, the colours in the colours themselves.

    Args:
        book: The workbook.
        more: Further notes, each with its fill.
    """
    looks = book.looks
    coloured = [(_TYPED, looks.entry), (_LIVE, looks.formula)]
    coloured += [(text, looks.filled(fill)) for text, fill in more]
    texts = [*coloured, *((text, None) for text in _NOTES)]
    first = book.take(NOTES, len(texts) + 1)
    book.headers(NOTES, first, (("说明", NOTE_WIDTH),))
    for row, (text, look) in enumerate(texts, start=first + 1):
        book.text(NOTES, row, 0, text, look)


class SupportingSheets:
    """Writes the sheets of one outcome, its scores among them (一次评价的各表)."""

    def __init__(self, book: Book, outcome: Outcome, scores: str = SCORES) -> None:
        """Give every fact and every table its place; nothing is written yet.

        Args:
            book: The workbook.
            outcome: What is written.
            scores: Name of the score sheet.
        """
        self.book = book
        self.outcome = outcome
        self.scores = scores
        ledger = outcome.evaluation.ledger
        self.cells = BookCells(ledger, FACTS)
        for table in ledger.tables.values():
            self.cells.tables[table.name] = _placed(book, table, self.cells)
        self.wanted = _wanted(outcome)
        self.first_fact = book.take(FACTS, len(self.wanted) + 2)
        for row, name in enumerate(self.wanted, start=self.first_fact + 1):
            self.cells.facts[name] = Spot(FACTS, row, 1)

    def write(self, put: Put | None = None) -> None:
        """Write them.

        Args:
            put: Writes those cells of tables that stand in other sheets, too,
                or are computed; by default all are typed here.
        """
        book, outcome, cells = self.book, self.outcome, self.cells
        for table in outcome.evaluation.ledger.tables.values():
            _table(book, table, cells, put)
        _facts(book, self.first_fact, self.wanted, cells)
        judged = _judged(book, outcome)
        top = ScoreSheet(book, outcome, cells, self.scores).write(judged)
        SumSheet(book, outcome, self.scores).write(top)
        _readings(book, outcome)
        _checks(book, outcome)


def _placed(book: Book, table: Table, cells: BookCells) -> TableSpot:
    name = book.table_sheet(table.name)
    spec = cells.ledger.dictionary.table(table.name)
    first = book.take(name, max(len(table.rows), 1) + 2)
    places = {column.name: index for index, column in enumerate(spec.columns)}
    return TableSpot(name, first + 1, len(table.rows), places)


def _table(book: Book, table: Table, cells: BookCells, put: Put | None) -> None:
    spec, spot = cells.ledger.dictionary.table(table.name), cells.tables[table.name]
    name, first = spot.sheet, spot.first
    last = first + max(len(table.rows), 1) - 1
    book.headers(name, first - 1, _table_headers(spec, table), fixed=1)
    for index, column in enumerate(spec.columns):
        for number, row in enumerate(table.rows, start=first):
            target = Target(table.name, row.key, column.name)
            if put is None or not put(target, Spot(name, number, index)):
                book.value(name, number, index, row.cells[column.name], column.unit)
        book.offer(name, (first, last), index, column.choices)


def _table_headers(spec: TableSpec, table: Table) -> Headers:
    """Return the headings of a table, wide enough for what stands below."""
    headers = []
    for column in spec.columns:
        heading = [column.name, f"（{column.unit.name}）"][: 2 if column.unit.name else 1]
        longest = max((columns(amount(row.cells[column.name])) for row in table.rows), default=0)
        wanted = max(longest, *(columns(part) for part in heading)) + 3
        headers.append(("\n".join(heading), min(max(wanted, NARROWEST), WIDEST)))
    return headers


def _facts(book: Book, first: int, wanted: list[str], cells: BookCells) -> None:
    """Write the data items, computed ones as formulas."""
    ledger = cells.ledger
    book.headers(FACTS, first, FACT_HEADERS, fixed=1)
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
        book.text(FACTS, row, 2, unit.name, book.looks.middle)
        for column, text in enumerate(texts, start=3):
            book.text(FACTS, row, column, text)


def _computed(book: Book, row: int, name: str, cells: BookCells) -> None:
    """Write a computed item: blank while a figure behind it is missing."""
    sheet, ledger = book.sheet(FACTS), cells.ledger
    formula = ledger.dictionary.item(name).formula
    if formula is None or not {table for table, _ in needs(formula).columns} <= cells.tables.keys():
        sheet.write_blank(row, 1, None, book.looks.state)
        return
    value = cells.value(Name(tuple(name.split("."))))  # missing where a denominator is zero
    unit = ledger.dictionary.item(name).unit
    shown = value if isinstance(value, Quantity) else Quantity.of(0, unit)
    look = book.looks.number(shown, COMPUTED)
    try:
        text = _live(formula, value, unit, cells)
    except NotForWorkbook:
        book.value(FACTS, row, 1, value, value.unit if isinstance(value, Quantity) else unit)
        return
    stored: float | str = "" if value is MISSING else str(value)
    if isinstance(value, Quantity):
        stored = binary(kept(value, unit).amount)
    sheet.write_formula(row, 1, text, look, stored)


def _live(formula: Node, value: Value, unit: Unit, cells: BookCells) -> str:
    """Return the formula of a computed item.

    Raises:
        NotForWorkbook: A workbook would come to something else.
    """
    if cells.is_blank(formula) and value is not MISSING:
        raise NotForWorkbook(formula, "有空格，却不影响结果")
    if isinstance(value, Quantity) and value.dimension != unit.dimension:
        raise NotForWorkbook(formula, "结果的单位与数据项不同")
    if not isinstance(value, Quantity | Nothing):
        raise NotForWorkbook(formula, "结果不是数")
    if cells.is_too_fine(formula):
        raise NotForWorkbook(formula, "金额的位数多于工作簿能分辨的")
    text = f'IFERROR({excel(formula, cells, unit)},"")'
    if value is NOT_APPLICABLE:
        dashes = cells.dashes(formula)
        text = f'IF(COUNT({",".join(dashes)})<{len(dashes)},"—",{text})'
    return f'=IF({cells.blanks(formula)}>0,"",{text})'


def _judged(book: Book, outcome: Outcome) -> dict[str, dict[str, Local]]:
    """Write the judgements in words; return where each point stands."""
    sheet, local = book.sheet(JUDGED), dict[str, dict[str, Local]]()
    rows = [(each, ask) for each in outcome.evaluation.rubric.leaves for ask in each.asks()]
    first = book.take(JUDGED, len(rows) + 2)
    book.headers(JUDGED, first, JUDGED_HEADERS, fixed=2)
    for row, (compiled, ask) in enumerate(rows, start=first + 1):
        path = compiled.leaf.text
        found = outcome.evaluation.judgements.get(path, {}).get(ask.key)
        value = MISSING if found is None else found.value
        why = ("", "") if found is None else (found.why, found.evidence)
        book.text(JUDGED, row, 1, ask.key, book.looks.middle)
        for column, text in zip((0, 2, 4, 5), (path, ask.text, *why), strict=True):
            book.text(JUDGED, row, column, text)
        words = () if ask.kind == "defects" else (verdict(ask, True), verdict(ask, False))
        if words:
            said = verdict(ask, value) if isinstance(value, bool) else ""
            book.text(JUDGED, row, 3, said, book.looks.verdict)
            book.offer(JUDGED, (row, row), 3, words)
        else:
            book.counted(JUDGED, row, 3)
            if isinstance(value, Quantity):
                sheet.write_number(row, 3, binary(value.base), book.looks.verdict)
            else:
                sheet.write_blank(row, 3, None, book.looks.verdict)
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
        pending.extend(_names(compiled.needs(award.reading)))
    while pending:
        name = pending.pop(0)
        if name in wanted or name not in dictionary.items:
            continue
        wanted[name] = None
        formula = dictionary.items[name].formula
        if formula is not None:
            pending.extend(_names(needs(formula)))
    for name in outcome.evaluation.ledger.facts:
        wanted.setdefault(name, None)
    return list(wanted)


def _names(need: Needs) -> list[str]:
    """Return the names that are read, those that may be columns after those that are not."""
    return [*need.names, *(column for _, column in need.columns)]
