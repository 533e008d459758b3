"""A cell of an own workbook read as an answer (答案的读取): a value, a doubt, a mistake.

How numbers, units and dates are written is known elsewhere. Here stands what an own
workbook adds: the unit was chosen, the direction of a goal was printed, and a figure
may be one that is never negative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from steelyard.facts.dictionary import Column, Item, Kind
from steelyard.intake.recognise.values import AT_LEAST, AT_MOST, Reading, Unclear, Wrong, read_cell
from steelyard.intake.request.returned import Held
from steelyard.intake.request.units import is_kin
from steelyard.measure.number import NotANumber, narrow, read_number, trimmed
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, UNITS, Unit

_SERIAL = re.compile(r"[2-6]\d{4}")
_RUN_TOGETHER = re.compile(r"(?:19|20)\d{6}")
_GROUP_SPACE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_SHARE = re.compile(r"[%％‰]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a cell should hold (应填内容)."""

    known: Item | Column
    unit: Unit | None
    """As chosen beside the number, or printed in the heading; None when it was taken out."""
    sign: str = ""
    """Of a goal, when this is its target."""


def read_answer(held: Held, wanted: Wanted) -> Reading:
    """Read a cell that is not blank.

    Raises:
        Unclear: It can be read in several ways.
        Wrong: It can be read in none.
    """
    text = held.text
    if not text:
        raise Wrong("公式没有存下结果。", "请在 Excel 或 WPS 中打开，重新计算并保存，或直接填数。")
    known = wanted.known
    if known.kind is Kind.DATE:
        _refuse_bare_date(text)
    if known.kind is not Kind.NUMBER:
        return read_cell(text, known, None)
    # Blanks between groups of three are as good as commas.
    text = _GROUP_SPACE.sub("", narrow(text))
    if wanted.unit is not None and _SHARE.search(text) and not is_kin(PERCENT, wanted.unit):
        raise Wrong(f"“{text}”是百分数，这一项{_wants(wanted.unit)}。", "请核对是否填错了位置。")
    reading = read_cell(
        text,
        known,
        wanted.unit,
        stored=_behind(text, held.stored),
        sign_allowed=bool(wanted.sign),
        settled=True,
    )
    return _checked(reading, text, wanted)


def _behind(text: str, stored: str) -> str:
    """Return the number behind a text, empty where it is the same, as 12.5 behind 12.50."""
    try:
        return "" if stored and read_number(text).value == read_number(stored).value else stored
    except NotANumber:
        return stored


def settled_by(answer: str, held: Held, wanted: Wanted) -> Reading:
    """Read a cell as a person said it is to be read: by a unit, or by another text.

    Raises:
        Unclear: The answer can be read in several ways.
        Wrong: It can be read in none.
    """
    unit = UNITS.get(answer)
    if unit is not None and answer:
        return read_answer(held, replace(wanted, unit=unit))
    return read_answer(Held(answer, cell=held.cell), wanted)


def _refuse_bare_date(text: str) -> None:
    """Ask about eight digits, and about the number that a day is in a workbook.

    Raises:
        Unclear: With the day that it may be.
    """
    bare = narrow(text)
    if _RUN_TOGETHER.fullmatch(bare):
        read = f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    elif _SERIAL.fullmatch(bare):
        read = (date(1899, 12, 30) + timedelta(days=int(bare))).isoformat()
    else:
        return
    raise Unclear(f"“{text}”是不是{read}？", (read,))


def _checked(reading: Reading, text: str, wanted: Wanted) -> Reading:
    value, known = reading.value, wanted.known
    if not isinstance(value, Quantity):
        return reading
    if isinstance(known, Item) and known.above_zero and value.base < 0:
        raise Wrong(f"填的是{value}，这一项不会是负数。", "请核对正负号。")
    said = _direction(reading.sign)
    if said and wanted.sign and said != wanted.sign:
        raise Wrong(
            f"写的是“{reading.sign}”，这个目标的方向是“{wanted.sign}”。",
            "请核对目标值；只填数，不写方向。",
        )
    notes = [reading.note] if reading.note else []
    if said:
        notes.append(f"“{reading.sign}”与目标的方向一致，只取数")
    if value.unit is PERCENT and 0 < abs(value.amount) < 1 and not _SHARE.search(text):
        share = trimmed(value.amount * 100, value.places or 0)
        notes.append(f"按{value}读取，不是{share}%")
    return replace(reading, note="；".join(notes))


def _direction(sign: str) -> str:
    if sign in AT_LEAST:
        return "≥"
    if sign in AT_MOST:
        return "≤"
    return {"大于": ">", "小于": "<", "等于": "=", "＞": ">", "＜": "<"}.get(sign, sign)


def _wants(unit: Unit) -> str:
    return f"的单位是“{unit.name}”" if unit.name else "没有单位"
