"""The sheet of goals (绩效目标表): a row for each, with what was planned and achieved."""

from __future__ import annotations

from steelyard.facts.dictionary import Goal, Kind, items_of
from steelyard.facts.ledger import Fact
from steelyard.intake.request import cells, ids
from steelyard.intake.request.ask import GoalPrompt
from steelyard.intake.request.entry import NOTHINGS, Entry, put
from steelyard.intake.request.frame import (
    FILLED,
    FIRST,
    HALF,
    KNOWN,
    WAITING,
    Head,
    Making,
    reference,
)
from steelyard.intake.request.looks import clean, height

_HEADS = (
    Head("序号", 6),
    Head("绩效目标", 24, ids.field_id(ids.NAME)),
    Head("口径", 30),
    Head("方向", 15),
    Head("单位", 10, ids.field_id(ids.UNIT)),
    Head("目标值", 15, ids.field_id(ids.TARGET)),
    Head("实际值", 15, ids.field_id(ids.ACTUAL)),
    Head("来源文件及页码", 26, ids.field_id(ids.SOURCE)),
    Head("完成情况说明", 26, ids.field_id(ids.NOTE)),
    Head("用途（据此评分的指标）", 24),
    Head("状态", 13),
)
_UNIT, _TARGET, _ACTUAL, _SOURCE, _NOTE, _USES, _STATE = range(5, 12)
_HOW = Entry(title="完成情况说明", hint="写明怎样完成、没有完成的原因；口径有变化的也写在这里。")
_SIGNS = {
    "≥": "≥ 不低于目标",
    "≤": "≤ 不高于目标",
    "=": "= 等于目标",
    ">": "> 高于目标",
    "<": "< 低于目标",
}


def write_goals(making: Making, name: str) -> None:
    """Write the sheet of goals."""
    sheet, prompts = making.sheet(name), making.share.goals
    making.lay_out(
        sheet,
        ids.SheetMark(ids.GOALS),
        _HEADS,
        title=f"绩效目标（{making.share.supplier}）",
        sentence=(
            "目标值填年初确定的数，实际值填年末完成的数，两者用同一个单位；只填数，不写≥、不低于等字样。"
            f"浅绿色的是已有数据，请核对，不对的直接改。{NOTHINGS}"
        ),
        fixed=4,
    )
    known = sum(_write_row(making, name, FIRST + at, prompt) for at, prompt in enumerate(prompts))
    for column, entry in ((_SOURCE, cells.SOURCE), (_NOTE, _HOW)):
        cells.put_hint(making, sheet, column, entry, rows=len(prompts))
    cells.finish(
        making, sheet, rows=len(prompts), columns=len(_HEADS),
        what="目标值和实际值，一行一个目标", known=known, waiting=len(prompts) - known,
    )  # fmt: skip


def _write_row(making: Making, name: str, row: int, prompt: GoalPrompt) -> bool:
    """Write the row of a goal; tell whether the folder holds both its sides."""
    sheet, looks, goal = making.sheet(name), making.looks, prompt.goal
    target, actual = items_of(goal)
    unit = cells.unit_given(target, prompt.target, prompt.actual)
    uses = "、".join(prompt.uses) or cells.UNSCORED
    sheet.write_string(row, 0, ids.row_id(ids.GOAL, goal.name), looks.hidden)
    sheet.write_number(row, 1, row - FIRST + 1, looks.middle)
    sheet.write_string(row, 2, clean(goal.name), looks.label)
    sheet.write_string(row, 3, clean(goal.meaning), looks.label)
    sheet.write_string(row, 4, _SIGNS.get(goal.sign, goal.sign), looks.middle)
    cells.put_unit(making, sheet, (row, _UNIT), target, unit)
    known: list[Fact] = []
    for column, fact, entry in (
        (_TARGET, prompt.target, _entry(goal, target.name, above_zero=True)),
        (_ACTUAL, prompt.actual, _entry(goal, actual.name, above_zero=False)),
    ):
        held = cells.held(fact, unit, entry.code)
        put(sheet, looks, (row, column), held, entry.code)
        entry.put_rule(sheet, (row, column, row, column), reference(row, column), making.lists)
        if fact is not None and held is not None:
            known.append(fact)
    sources = cells.source_of(*(fact.origin for fact in known))
    notes = "；".join(dict.fromkeys(fact.note for fact in known if fact.note))
    beside = [
        cells.put_text(making, sheet, (row, _SOURCE), sources),
        cells.put_text(making, sheet, (row, _NOTE), notes),
    ]
    sheet.write_string(row, _USES, clean(uses), looks.label)
    _write_state(making, name, row, len(known))
    texts = (goal.name, goal.meaning, "", "", "", "", *beside, uses)
    widths = [head.width for head in _HEADS[1:]]
    sheet.set_row(row, height(zip(texts, widths, strict=False)))
    return len(known) == 2


def _write_state(making: Making, name: str, row: int, known: int) -> None:
    both = f"{reference(row, _TARGET)}:{reference(row, _ACTUAL)}"
    whole = KNOWN if known == 2 else FILLED
    formula = f'=IF(COUNTA({both})=2,"{whole}",IF(COUNTA({both})=1,"{HALF}","{WAITING}"))'
    state = (WAITING, HALF, KNOWN)[known]
    making.sheet(name).write_formula(row, _STATE, formula, making.looks.state, state)


def _entry(goal: Goal, name: str, *, above_zero: bool) -> Entry:
    unit = f"，单位是单位栏所选的，原定“{goal.unit.name}”" if goal.unit.name else ""
    if goal.any_unit:
        unit = "，单位在单位栏选定"
    bound = "不会是负数。" if above_zero else ""
    return Entry(
        title=name,
        kind=Kind.NUMBER,
        hint=f"填数字{unit}。{bound}{NOTHINGS}不能用数表示的填“—”，写在完成情况说明里。",
        above_zero=above_zero,
    )
