"""Small documents with one table each, and what is recognised in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.facts.dictionary import Column, Dictionary, Goal, Item, Kind, TableSpec, items_of
from steelyard.intake.reading.document import Cell, Document, Spot, Table, Words
from steelyard.intake.reading.sheets.sheet import column_name
from steelyard.intake.recognise.pen import Context
from steelyard.intake.recognise.recognise import recognise
from steelyard.intake.sighting import Seen
from steelyard.measure.units import PERCENT, unit_named

MONEY, HEADS, TONS = unit_named("万元"), unit_named("人"), unit_named("万吨")


def dictionary() -> Dictionary:
    """Items of an education bureau: nothing of any shipped framework's department."""
    goal = Goal(name="新建校舍", sign="≥", unit=unit_named("平方米"))
    items = [
        Item(name="年初预算数", unit=MONEY, aliases=("年初预算批复数",)),
        Item(name="全年预算数", unit=MONEY),
        Item(name="基本支出决算数", unit=MONEY),
        Item(name="项目支出决算数", unit=MONEY),
        Item(name="在职人员数", unit=HEADS),
        Item(name="供煤量", unit=TONS),
        Item(name="满意度", unit=PERCENT),
        Item(name="开学日期", kind=Kind.DATE),
        Item(name="牵头科室", kind=Kind.TEXT),
        *items_of(goal),
    ]
    table = TableSpec(
        name="学校",
        key="序号",
        columns=(
            Column(name="序号", kind=Kind.TEXT),
            Column(name="学校名称", kind=Kind.TEXT),
            Column(name="拨款数", unit=MONEY),
            Column(name="支出数", unit=MONEY),
            Column(name="是否公办", kind=Kind.TEXT, choices=("是", "否")),
        ),
    )
    return Dictionary({item.name: item for item in items}, {table.name: table}, {goal.name: goal})


def sheet(
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    unit: str = "",
    merged: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    hidden: Sequence[int] = (),
    certain: bool = True,
) -> Document:
    """A workbook of one table; ``merged`` gives rows and columns that a cell covers."""
    sizes = merged or {}
    cells = tuple(
        Cell(
            r, c, Words(text, (Spot(0, sheet="表", cell=f"{column_name(c)}{r + 1}"),)),
            *sizes.get((r, c), (1, 1)), hidden=r in hidden,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )  # fmt: skip
    width = max(len(row) for row in rows)
    table = Table(cells, len(rows), width, title=title, unit=unit, certain=certain)
    return Document("附表.xlsx", "workbook", "0" * 64, (table,))


def see(
    rows: Sequence[Sequence[str]],
    *,
    answers: Mapping[str, str] | None = None,
    known: Mapping[str, Mapping[str, str]] | None = None,
    department: str = "某县教育局",
    **table: object,
) -> Seen:
    """What is recognised in a table."""
    context = Context(dictionary(), 2024, department, answers or {})
    return recognise(sheet(rows, **table), context, known)  # type: ignore[arg-type]


def taken(seen: Seen) -> dict[str, str]:
    """What was taken, as text by target."""
    return {str(each.target): str(each.value) for each in seen.sightings}


def asked(seen: Seen) -> list[str]:
    """What the questions are about."""
    return [str(target) for each in seen.questions for target in each.about]
