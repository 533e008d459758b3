"""The sheet of a table (数据表): a row for each entry, as many as there are."""

from __future__ import annotations

from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.facts.ledger import TableRow
from steelyard.intake.request import cells, ids
from steelyard.intake.request.ask import TablePrompt
from steelyard.intake.request.entry import DASH, TEXT_FORMAT, Entry, Written, put, written
from steelyard.intake.request.frame import (
    FIRST,
    MOST_ROWS,
    Count,
    Head,
    Making,
    elsewhere,
    reference,
)
from steelyard.intake.request.looks import LINE, PADDING, height, width
from steelyard.measure.nothing import MISSING

_SPARE, _FEWEST = 10, 20
"""Coloured rows after the last known one, and in all at least."""

_FEW = 5
"""Columns of a table that has room for wide ones."""

_WIDTHS = {Kind.NUMBER: 15, Kind.DATE: 13, Kind.TEXT: 20, Kind.TRUTH: 9}


def write_table(making: Making, name: str, prompt: TablePrompt) -> None:
    """Write the sheet of a table."""
    sheet, looks, spec = making.sheet(name), making.looks, prompt.spec
    rows = () if prompt.given is None else prompt.given.rows
    heads = [_head(column, spec, rows) for column in spec.columns]
    heads.append(Head("来源文件及页码", 24, ids.field_id(ids.SOURCE)))
    making.lay_out(
        sheet,
        ids.SheetMark(ids.TABLE, spec.name),
        heads,
        title=f"{spec.name}（{making.share.supplier}）",
        sentence=_sentence(prompt),
        fixed=2,
    )
    total = max(len(rows) + _SPARE, _FEWEST)
    sheet.set_column(0, 0, 2, looks.below, {"hidden": True})
    entries = [_entry(column, spec) for column in spec.columns]
    entries.append(cells.SOURCE)
    for column, (head, entry) in enumerate(zip(heads, entries, strict=True), start=1):
        sheet.set_column(column, column, head.width, looks.below)
        area = (FIRST, column, FIRST + MOST_ROWS - 1, column)
        entry.put_rule(sheet, area, reference(FIRST, column), making.lists)
    for at in range(total):
        held = _held(prompt, rows[at] if at < len(rows) else None, first=at == 0)
        for column, (entry, each) in enumerate(zip(entries, held, strict=True), start=1):
            put(sheet, looks, (FIRST + at, column), each, entry.code, middle=bool(entry.choices))
        texts = ((each.text if each else "", h.width) for each, h in zip(held, heads, strict=True))
        sheet.set_row(FIRST + at, max(height(texts), LINE + PADDING))
    making.filter(sheet, total, len(heads))
    key = 1 + next(i for i, column in enumerate(spec.columns) if column.name == spec.key)
    keys = elsewhere(name, (FIRST, key), (FIRST + MOST_ROWS - 1, key))
    known = len(rows) if rows or prompt.given is None else 1
    making.counts.append(
        Count(
            sheet=name,
            what=spec.meaning or "列表",
            asked="每行一条",
            waiting=None,
            filled=known,
            filled_formula=f"=COUNTA({keys})",
        )
    )


def _sentence(prompt: TablePrompt) -> str:
    spec = prompt.spec
    meaning = f"{spec.meaning.rstrip('。')}。" if spec.meaning else ""
    uses = f"据此评分的指标：{'、'.join(prompt.uses)}。" if prompt.uses else ""
    given = "浅绿色的是已有数据，请核对，不对的直接改。" if prompt.given is not None else ""
    return (
        f"{meaning}每行一条；“{spec.key}”（带*）必填，各行不同。"
        f"没有内容可列的，在第一行的“{spec.key}”填“{DASH}”。行不够就接着往下填。{given}{uses}"
    )


def _head(column: Column, spec: TableSpec, rows: tuple[TableRow, ...]) -> Head:
    unit = f"（{column.unit.name}）" if column.unit.name else ""
    star = "*" if column.name == spec.key else ""
    title = f"{column.name}{star}{unit}"
    wide = _WIDTHS[column.kind]
    if column.kind is Kind.TEXT and len(spec.columns) <= _FEW:
        wide += 10
    if column.choices:
        wide = max(width(choice) for choice in column.choices) + 5
    elif column.kind is Kind.TEXT:
        longest = max((width(_text(row, column)) for row in rows), default=0)
        wide = min(max(longest + 2, 12 if column.name == spec.key else wide), 40)
        if column.name == spec.key and longest <= 8:
            wide = 10
    named = ids.column_id(column.name, column.unit.name)
    return Head(title, max(wide, min(width(title) + 3, 20)), named)


def _text(row: TableRow, column: Column) -> str:
    value = row.cell(column.name)
    return value if isinstance(value, str) else ""


def _held(prompt: TablePrompt, row: TableRow | None, *, first: bool) -> list[Written | None]:
    """Return what the cells of a row hold, that of the source last."""
    spec = prompt.spec
    if row is None:
        nothing_to_list = first and prompt.given is not None
        dash = Written(DASH, TEXT_FORMAT) if nothing_to_list else None
        return [dash if column.name == spec.key else None for column in spec.columns] + [None]
    held = [
        cells.held_value(row.cells.get(column.name, MISSING), column.unit, _code(column))
        for column in spec.columns
    ]
    return [*held, written(cells.source_of(row.origin), TEXT_FORMAT)]


def _code(column: Column) -> str:
    return Entry(title="", kind=column.kind).code


def _entry(column: Column, spec: TableSpec) -> Entry:
    choices = (*column.choices, DASH) if column.choices else ()
    what = {Kind.NUMBER: "填数字", Kind.DATE: "填日期，如 2024-11-21"}.get(column.kind, "填文字")
    if choices:
        what = "在列表中选"
    elif column.kind is Kind.NUMBER and column.unit.name:
        what = f"填数字，单位“{column.unit.name}”"
    if column.name == spec.key:
        what += "，必填，各行不同"
    may = "可以不填。" if column.optional else ""
    return Entry(
        title=column.name,
        kind=column.kind,
        choices=choices,
        hint=f"{what}。{may}没有数据留空；不适用填“{DASH}”。",
    )
