"""Cells that stand beside an answer (旁列): its unit, source, note and state."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from steelyard.facts.dictionary import Item, Kind
from steelyard.facts.ledger import Fact
from steelyard.intake.request.entry import TEXT_FORMAT, Entry, Written, put, written
from steelyard.intake.request.frame import FIRST, WAITING, Count, Making, elsewhere, reference
from steelyard.intake.request.looks import clean
from steelyard.intake.request.units import is_kin, units_offered
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit
from steelyard.provenance.origin import Origin

UNSCORED = "不直接用于评分"

SOURCE = Entry(
    title="来源文件及页码",
    hint="写明文件名和页码或表号，如：部门决算报表 财决01表；决算说明第5页。",
)
PERIOD = Entry(title="期间", hint="这个数属于哪一期，如 2024年；上年的数写上年，时点数写日期。")
NOTE = Entry(title="说明", hint="要说明的写在这里，如口径与“口径”栏不同、数据缺失的原因。")


def put_unit(making: Making, sheet: Worksheet, at: tuple[int, int], item: Item, unit: Unit) -> None:
    """Write the unit of a figure: to choose where it may be written in several."""
    offered = units_offered(item.unit, any_unit=item.any_unit)
    if item.kind is not Kind.NUMBER or len(offered) < 2:
        text = unit.name if item.kind is Kind.NUMBER else ""
        sheet.write_string(*at, text, making.looks.middle)
        return
    held = Written(unit.name, TEXT_FORMAT) if unit.name else None
    look = making.looks.entry(TEXT_FORMAT, middle=True)
    if held is None:
        sheet.write_blank(*at, None, look)
    else:
        # What the dictionary says is no answer of the folder: it is not coloured as one.
        sheet.write_string(*at, unit.name, look)
    hint = "这一栏是数值的单位。数值按别的单位填的，在列表中改选，系统自动换算。"
    if item.any_unit:
        hint = "请选定单位，目标值和实际值用同一个单位。列表中没有的留空，在说明中写明。"
    entry = Entry(title="单位", choices=offered, hint=hint)
    entry.put_rule(sheet, (*at, *at), reference(*at), making.lists)


def unit_given(item: Item, *facts: Fact | None) -> Unit:
    """Return the unit in which what is known is shown, else that of the dictionary."""
    for fact in facts:
        if item.any_unit and fact is not None and isinstance(fact.value, Quantity):
            return fact.value.unit
    return item.unit


def held(fact: Fact | None, unit: Unit, code: str) -> Written | None:
    """Return what a cell holds of a known fact, in the unit beside it."""
    return None if fact is None else held_value(fact.value, unit, code)


def held_value(value: Value, unit: Unit, code: str) -> Written | None:
    """Return what a cell holds of a known value, in the unit of its column."""
    if isinstance(value, Quantity) and value.unit is not unit:
        if not is_kin(value.unit, unit):
            return None
        value = value.printed_in(unit)
    return written(value, code)


def source_of(*origins: Origin) -> str:
    """Return where known values came from, as the column of sources says it."""
    places: dict[str, list[str]] = {}
    for origin in origins:
        known = places.setdefault(origin.source, [])
        if origin.place and origin.place not in known:
            known.append(origin.place)
    said = (f"{source} {'；'.join(known)}".strip() for source, known in places.items())
    return "；".join(each for each in said if each)


def put_text(making: Making, sheet: Worksheet, at: tuple[int, int], text: str) -> str:
    """Write a cell of words to fill in; return what stands there."""
    kept = clean(text)
    found = written(kept, TEXT_FORMAT)
    put(sheet, making.looks, at, found, TEXT_FORMAT)
    return kept if found else ""


def put_hint(making: Making, sheet: Worksheet, column: int, entry: Entry, *, rows: int) -> None:
    """Give a column of words its prompt."""
    area = (FIRST, column, FIRST + max(rows, 1) - 1, column)
    entry.put_rule(sheet, area, reference(FIRST, column), making.lists)


def finish(
    making: Making,
    sheet: Worksheet,
    *,
    rows: int,
    columns: int,
    what: str,
    known: int,
    waiting: int,
) -> None:
    """Let rows be filtered, show what waits, and count it for the first sheet.

    Args:
        making: The workbook.
        sheet: A sheet of figures or goals.
        rows: How many there are.
        columns: Visible ones; the last says the state of a row.
        what: What a row is.
        known: Rows in which nothing waits.
        waiting: The others.
    """
    making.filter(sheet, rows, columns)
    area = ((FIRST, columns), (FIRST + max(rows, 1) - 1, columns))
    sheet.conditional_format(
        *area[0], *area[1],
        {"type": "cell", "criteria": "==", "value": f'"{WAITING}"', "format": making.looks.waiting},
    )  # fmt: skip
    states = elsewhere(sheet.get_name(), *area)
    making.counts.append(
        Count(
            sheet=sheet.get_name(),
            what=what,
            asked=f"{rows}项",
            waiting=waiting,
            waiting_formula=f'=COUNTA({states})-COUNTIF({states},"已*")',
            filled=known,
            filled_formula=f'=COUNTIF({states},"已*")',
        )
    )
