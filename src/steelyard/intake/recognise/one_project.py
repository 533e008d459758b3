"""The form of one project (单个项目的表): its name, budget and outturn as one row.

They are the row of a table in which the evaluation lists projects. Which row it
is shows the name alone; where none has it, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.facts.ledger import Target
from steelyard.intake.forms.sections import HEAD
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.cells import is_figure
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.pen import IGNORE, Pen
from steelyard.intake.sighting import Doubt
from steelyard.intake.wording import label_of, tight
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import UNITS

PROJECT_NAMES = frozenset({"项目名称", "预算项目名称", "专项名称", "专项资金名称", "转移支付名称"})
PROJECT_CODES = frozenset({"项目编码", "项目代码", "项目编号"})
TOTALS = frozenset({"年度资金总额", "资金总额", "年度预算总额", "合计", "项目资金", "预算总额"})
"""What the row of the whole funds is called."""

_FUNDS = "资金"
_SELF = "自评"
"""Begins the name of a table of projects as departments report them."""

_NAMES = frozenset({"名称", "项目名称"})
_OTHER_LABELS = PROJECT_NAMES | PROJECT_CODES | {
    "主管部门", "主管部门及代码", "主管部门及编码", "实施单位", "项目实施单位", "项目类别",
    "项目类型", "项目属性", "项目负责人", "联系人", "联系电话", "预算年度", "年度", "预算单位",
}  # fmt: skip
"""Labels that stand beside the label of a name that nobody filled in."""

_MONEY: dict[str, frozenset[str]] = {
    "全年预算数": frozenset({"预算数", "全年预算数"}),
    "全年执行数": frozenset({"执行数", "全年执行数"}),
    "执行率": frozenset({"执行率", "填报执行率", "预算执行率"}),
}
"""Heading of the form → names of the column that it fills."""

_SATISFIED = "满意度"
_HEADINGS = {
    "全年预算": "全年预算数",
    "调整预算数": "全年预算数",
    "调整后预算数": "全年预算数",
    "预算数": "全年预算数",
    "全年执行": "全年执行数",
    "执行数": "全年执行数",
    "预算执行率": "执行率",
}


def beside(frame: Frame, names: frozenset[str]) -> Cell | None:
    """Return the first cell with words to the right of a label, None when there is none."""
    for cell in frame.table.cells:
        if label_of(cell.words.text).core in names:
            later = [each for each in frame.filled(cell.row) if each.column > cell.column]
            if later and label_of(later[0].words.text).core not in _OTHER_LABELS:
                return later[0]
    return None


def read_project(pen: Pen, parts: Sequence[Pen], known: dict[str, dict[str, str]]) -> None:
    """Take the figures of one project as a row of the table of self-evaluated projects.

    Args:
        pen: Of the whole form.
        parts: Of its blocks.
        known: Names of the rows that the evaluation has: by table, then key.
    """
    if all(part.part != _FUNDS for part in parts):
        return
    spec = _table(pen)
    head = next((each.frame for each in parts if each.part == HEAD), pen.frame)
    name = beside(head, PROJECT_NAMES)
    if spec is None or name is None or is_figure(name.words.text):
        return
    key = _key(pen, spec, head, name, known.get(spec.name, {}))
    if key is None:
        return
    for part in parts:
        if part.part == _FUNDS:
            _money(part, spec, key)
        elif part.part == "指标":
            _satisfaction(part, spec, key)


def _table(pen: Pen) -> TableSpec | None:
    """Return the only table of the dictionary that lists projects as they report themselves."""
    found = [
        spec
        for spec in pen.context.dictionary.tables.values()
        if spec.name.startswith(_SELF) and _named(spec, _NAMES) is not None
        and any(_named(spec, names) is not None for names in _MONEY.values())
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _named(spec: TableSpec, names: frozenset[str]) -> Column | None:
    return next((c for c in spec.columns if names & {c.name, *c.aliases}), None)


def _key(
    pen: Pen, spec: TableSpec, head: Frame, name: Cell, known: dict[str, str]
) -> str | None:  # fmt: skip
    """Return the key of the project's row; None when a person has to tell."""
    if spec.key in _NAMES:
        return tight(name.words.text)
    code = beside(head, PROJECT_CODES)
    if spec.key in PROJECT_CODES and code is not None:
        return tight(code.words.text)
    own = plain_name(name.words.text)
    same = [key for key, said in known.items() if plain_name(said) == own]
    if len(same) == 1:
        return same[0]
    question = f"{spec.name}|{tight(name.words.text)}"
    answer = pen.context.answers.get(question)
    if answer is not None:
        found = re.match(r"[^：]+", answer)
        return found[0] if found is not None and answer != IGNORE else None
    likely = [key for key, said in known.items() if own and _near(own, plain_name(said))]
    offered = same or likely or [*known][:6]
    pen.ask(
        Doubt.ROW,
        question,
        f"“{name.words.text.strip()[:40]}”是“{spec.name}”的哪一行（{spec.key}）？",
        (*(f"{key}：{known[key]}" for key in offered), IGNORE),
        name,
        Target(spec.name),
    )
    return None


def plain_name(text: str) -> str:
    """Return the name of a project without marks, blanks and a closing 项目."""
    bare = re.sub(r"[\W_]+", "", tight(text))
    return bare.removesuffix("项目")


def _near(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one)


def _money(pen: Pen, spec: TableSpec, key: str) -> None:
    rows = [
        row
        for row in pen.frame.body
        if any(label_of(cell.words.text).core in TOTALS for cell in pen.frame.filled(row))
    ]
    if len(rows) != 1:
        return
    for heading in pen.frame.headings:
        said = _HEADINGS.get(heading.core, heading.core)
        column = _named(spec, _MONEY[said]) if said in _MONEY else None
        cell = pen.frame.table.grid.get((rows[0], heading.column))
        if column is None or cell is None or not heading.of(pen.context.year):
            continue
        unit = UNITS.get(heading.unit) if heading.unit else pen.frame.unit_for(column.unit)
        if unit is not None and unit.dimension != column.unit.dimension:
            unit = None
        label = f"{spec.name}·{column.name}"
        pen.take(Target(spec.name, key, column.name), column, cell, unit, label=label)


def _satisfaction(pen: Pen, spec: TableSpec, key: str) -> None:
    """Take the actual value of the only indicator of satisfaction."""
    column = _named(spec, frozenset({_SATISFIED}))
    actuals = [h for h in pen.frame.headings if h.core in _ACTUALS]
    if column is None or column.kind is not Kind.NUMBER or len(actuals) != 1:
        return
    rows = [
        row
        for row in pen.frame.body
        for names in [[cell.words.text for cell in pen.frame.filled(row) if cell.row == row]]
        if any(_SATISFIED in name for name in names) and len(names) > 2
    ]
    cells = [pen.frame.table.grid.get((row, actuals[0].column)) for row in rows]
    given = [cell for cell in cells if cell is not None and is_figure(cell.words.text)]
    if len(rows) != 1 or len(given) != 1 or re.match(r"[<>≤≥≦≧]", given[0].words.text.strip()):
        return
    label = f"{spec.name}·{column.name}"
    before = len(pen.seen.sightings)
    pen.take(Target(spec.name, key, column.name), column, given[0], None, label=label)
    taken = pen.seen.sightings[before:]
    if taken and isinstance(taken[0].value, Quantity) and taken[0].value.base > 1:
        # More than everybody cannot be satisfied: it is no share.
        del pen.seen.sightings[before:]


_ACTUALS = frozenset(
    {"实际完成值", "全年实际完成值", "全年完成值", "完成值", "实际值", "年度完成值", "全年实际值"}
)
