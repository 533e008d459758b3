"""The sheet of single figures (数据项表): a row for each."""

from __future__ import annotations

from steelyard.facts.dictionary import Item, Kind
from steelyard.intake.request import cells, ids
from steelyard.intake.request.ask import FigurePrompt
from steelyard.intake.request.entry import DASH, NOTHINGS, Entry, put
from steelyard.intake.request.frame import FILLED, FIRST, KNOWN, WAITING, Head, Making, reference
from steelyard.intake.request.looks import clean, height

_HEADS = (
    Head("序号", 6),
    Head("数据项", 24, ids.field_id(ids.NAME)),
    Head("口径", 34),
    Head("单位", 9, ids.field_id(ids.UNIT)),
    Head("数值", 18, ids.field_id(ids.VALUE)),
    Head("期间", 10, ids.field_id(ids.PERIOD)),
    Head("来源文件及页码", 26, ids.field_id(ids.SOURCE)),
    Head("说明", 20, ids.field_id(ids.NOTE)),
    Head("用途（据此评分的指标）", 26),
    Head("状态", 13),
)
_UNIT, _VALUE, _PERIOD, _SOURCE, _NOTE, _USES, _STATE = range(4, 11)
_WHAT = {Kind.NUMBER: "填数字", Kind.DATE: "填日期，如 2024-11-21", Kind.TEXT: "填文字"}


def write_figures(making: Making, name: str) -> None:
    """Write the sheet of single figures."""
    sheet, prompts = making.sheet(name), making.share.figures
    making.lay_out(
        sheet,
        ids.SheetMark(ids.FIGURES),
        _HEADS,
        title=f"数据项（{making.share.supplier}）",
        sentence=f"只填浅黄色的单元格；浅绿色的是已有数据，请核对，不对的直接改。{NOTHINGS}",
        fixed=4,
    )
    known = sum(_write_row(making, name, FIRST + at, prompt) for at, prompt in enumerate(prompts))
    for column, entry in ((_PERIOD, cells.PERIOD), (_SOURCE, cells.SOURCE), (_NOTE, cells.NOTE)):
        cells.put_hint(making, sheet, column, entry, rows=len(prompts))
    cells.finish(
        making, sheet, rows=len(prompts), columns=len(_HEADS),
        what="单个数据，一行一项", known=known, waiting=len(prompts) - known,
    )  # fmt: skip


def _write_row(making: Making, name: str, row: int, prompt: FigurePrompt) -> bool:
    """Write the row of a figure; tell whether the folder holds it."""
    sheet, looks = making.sheet(name), making.looks
    item, fact = prompt.item, prompt.given
    entry = _entry(item)
    unit = cells.unit_given(item, fact)
    held = cells.held(fact, unit, entry.code)
    shown = fact if held is not None else None
    uses = "、".join(prompt.uses) or cells.UNSCORED
    sheet.write_string(row, 0, ids.row_id(ids.FIGURE, item.name), looks.hidden)
    sheet.write_number(row, 1, row - FIRST + 1, looks.middle)
    sheet.write_string(row, 2, clean(item.name), looks.label)
    sheet.write_string(row, 3, clean(item.meaning), looks.label)
    cells.put_unit(making, sheet, (row, _UNIT), item, unit)
    put(sheet, looks, (row, _VALUE), held, entry.code)
    entry.put_rule(sheet, (row, _VALUE, row, _VALUE), reference(row, _VALUE), making.lists)
    texts = ("", "", "")
    if shown is not None:
        texts = (shown.period, cells.source_of(shown.origin), shown.note)
    beside = [
        cells.put_text(making, sheet, (row, column), text)
        for column, text in zip((_PERIOD, _SOURCE, _NOTE), texts, strict=True)
    ]
    sheet.write_string(row, _USES, clean(uses), looks.label)
    filled = FILLED if held is None else KNOWN
    state = WAITING if held is None else KNOWN
    formula = f'=IF({reference(row, _VALUE)}="","{WAITING}","{filled}")'
    sheet.write_formula(row, _STATE, formula, looks.state, state)
    answer = held.text if held is not None else ""
    texts_seen = (item.name, item.meaning, "", answer, *beside, uses)
    widths = [head.width for head in _HEADS[1:]]
    sheet.set_row(row, height(zip(texts_seen, widths, strict=False)))
    return held is not None


def _entry(item: Item) -> Entry:
    """Return what the cell of an item accepts, and what is said while it is filled in."""
    choices = (*item.choices, DASH) if item.choices else ()
    what = "在列表中选" if choices else _WHAT.get(item.kind, "填文字")
    if item.kind is Kind.NUMBER and item.unit.name:
        what += f"，单位是单位栏所选的，原定“{item.unit.name}”"
    bound = "不会是负数。" if item.above_zero else ""
    meaning = f"{item.meaning.rstrip('。')}。" if item.meaning else ""
    return Entry(
        title=item.name,
        kind=item.kind,
        choices=choices,
        hint=f"{what}。{bound}{NOTHINGS}{meaning}",
        above_zero=item.above_zero,
    )
