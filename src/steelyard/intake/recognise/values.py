"""One cell as a value (读取单元格): number, unit, date or text, or a reason why not.

Nothing is guessed. A cell that can be read in two ways raises ``Unclear`` with
both ways; one that can be read in none raises ``Wrong``.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from steelyard.facts.dictionary import Column, Item, Kind
from steelyard.measure.dates import NotADate, read_date, say_date
from steelyard.measure.nothing import DASHES, MISSING, NOT_APPLICABLE
from steelyard.measure.number import MOST_DIGITS, NotANumber, Number, narrow, read_number, trimmed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, PURE, UNITS, Unit, unit_named

NOTHING_OR_ZERO = ("无", "没有", "暂无", "无此项")
"""Words that may mean nought as well as that there is nothing to give."""

_LARGE = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PARTS = re.compile(
    rf"(?P<sign>>=|<=|[≥≤≧≦>＜<＞=═]|大于等于|小于等于|不低于|不少于|不高于|不超过|大于|小于|等于)?"
    rf"(?P<about>约|近|超过|超|达到|共)?(?P<number>{_NUMBER})(?P<rest>[^\d]{{0,8}})"
)
_SPACED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?![\d ])")
"""Thousands parted by blanks."""

_ABOUT = re.compile(r"(?:左右|余|多|以上|以下|以内|上下)$")
_BOUND = {"以上": "≥", "以下": "≤", "以内": "≤"}
EXCEL_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_TRUE = {"√": "是", "✓": "是", "✔": "是", "×": "否", "✗": "否", "✘": "否", "TRUE": "是",
         "FALSE": "否"}  # fmt: skip
_SERIAL = re.compile(r"[2-6]\d{4}")
_SCALED = frozenset(
    unit.dimension
    for unit in UNITS.values()
    if unit.dimension != PURE
    and len({other.factor for other in UNITS.values() if other.dimension == unit.dimension}) > 1
)
"""Dimensions written in units of several sizes."""

_COUNTED = frozenset(unit_named(name).dimension for name in ("户", "人", "个", "人次"))
"""Of these, those counted one by one unless a larger unit is written."""

AT_LEAST = frozenset({">=", "≥", "≧", "不低于", "不少于", "大于等于"})
AT_MOST = frozenset({"<=", "≤", "≦", "不高于", "不超过", "小于等于"})


class Unclear(Exception):
    """A cell that can be read in several ways (有歧义).

    Args:
        text: The question, one Chinese sentence.
        candidates: The ways to read it.
        unit: Whether the unit alone is open.
    """

    def __init__(self, text: str, candidates: tuple[str, ...] = (), *, unit: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.candidates = candidates
        self.unit = unit


class Wrong(Exception):
    """A cell that cannot be what it should be (有误): what and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was read as (读数)."""

    value: Value
    note: str = ""
    """What was done to read it; empty when nothing was."""
    sign: str = ""
    """The comparison sign before a number, as ≥."""


def read_cell(
    text: str,
    wanted: Item | Column,
    unit: Unit | None,
    *,
    stored: str = "",
    sign_allowed: bool = False,
    settled: bool = False,
) -> Reading:
    """Read a cell.

    Args:
        text: What a person sees in it.
        wanted: What it should be.
        unit: The unit that headers or a unit line state; None when they state none.
        stored: The number behind the text, when a workbook shows another.
        sign_allowed: Whether a comparison sign may stand before a number, as in a goal.
        settled: Whether a person said that the unit is right.

    Returns:
        The value in the dictionary's unit; ``MISSING`` for an empty cell.

    Raises:
        Unclear: It can be read in several ways.
        Wrong: It can be read in none.
    """
    if unit is not None and not stored and unit.factor == wanted.unit.factor:
        plain = _plain(text, wanted, unit)
        if plain is not None:
            return Reading(plain)
    bare = narrow(text)
    if not bare:
        return Reading(MISSING)
    if bare in DASHES:
        return Reading(NOT_APPLICABLE)
    if EXCEL_ERROR.fullmatch(bare):
        raise Wrong(f"公式出错，显示为“{bare}”。", "请改正公式，或直接填写数值。")
    match wanted.kind:
        case Kind.NUMBER:
            number = _Number(wanted, unit, stored, sign_allowed, settled)
            return number.read(bare)
        case Kind.DATE:
            return Reading(_date(bare))
        case _:
            return Reading(_text(text.strip(), wanted.choices))


def _plain(text: str, wanted: Item | Column, unit: Unit) -> Quantity | None:
    """Read digits in the very unit that is wanted, None for anything else.

    Nearly all cells of a long table are such, and this is the short way.
    """
    if wanted.kind is not Kind.NUMBER or unit.dimension != wanted.unit.dimension:
        return None
    if unit is PERCENT or _DIGITS.fullmatch(text) is None:
        return None
    whole, _, part = text.partition(".")
    value = Fraction(int(whole + part), 10 ** len(part)) if part else Fraction(int(whole))
    return Quantity.of(value, wanted.unit, len(part))


_DIGITS = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)


# -- texts and dates --------------------------------------------------------------


def _text(text: str, choices: tuple[str, ...]) -> str:
    if not choices:
        return text
    bare = re.sub(r"\s+", "", narrow(text))
    for said in (text, bare, _TRUE.get(bare.upper(), "")):
        if said in choices:
            return said
    raise Wrong(f"“{text[:40]}”不是可填的内容。", f"只能填：{'、'.join(choices)}。")


def _date(text: str) -> Value:
    try:
        return read_date(text)
    except NotADate as error:
        if _SERIAL.fullmatch(text):
            raise Unclear(f"“{text}”可能是日期的序列号，请写明日期。") from error
        raise Wrong(f"“{text[:40]}”不是日期。", "请写成 2023-11-21 或 2023年11月21日。") from error


# -- numbers ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    """How a number is to be read."""

    wanted: Item | Column
    unit: Unit | None
    stored: str
    sign_allowed: bool
    settled: bool

    def read(self, bare: str) -> Reading:
        """Read a number."""
        tight = re.sub(r"\s+", "", bare)
        if tight in NOTHING_OR_ZERO:
            raise Unclear(f"“{bare}”是零，还是不适用？", ("0", "—"))
        if re.search(r"\d\s+\d", bare) and not _SPACED.search(bare):
            raise Unclear(f"“{bare[:40]}”中间有空格，是一个数还是两个数？")
        if re.fullmatch(rf"\({_NUMBER}\)", tight) and self.stored.startswith("-"):
            tight = f"-{tight[1:-1]}"
        if re.fullmatch(rf"\({_NUMBER}\)", tight):
            inner = tight[1:-1]
            raise Unclear(f"“{tight}”是负数，还是括号里的注？", (f"-{inner}", inner))
        match = _PARTS.fullmatch(tight)
        if match is None or len(match["number"]) > MOST_DIGITS:
            raise Wrong(f"“{bare[:40]}”不是数。", "请只填一个数；没有数据留空，不适用填“—”。")
        sign, rest = match["sign"] or "", match["rest"]
        bound = _BOUND.get(rest[-2:], "") if self.sign_allowed else ""
        if bound:
            sign, rest = sign or bound, rest[:-2]
        if match["about"] and not (self.sign_allowed and match["about"] in ("达到", "共")):
            raise Unclear(f"“{bare[:40]}”不是确数，请填确数。", (match["number"],))
        if _ABOUT.search(rest):
            raise Unclear(f"“{bare[:40]}”不是确数，请填确数。", (match["number"],))
        if self.stored and self.stored == bare:
            raise Unclear(
                f"“{bare[:40]}”的数字格式特殊，表里看到的是另一个数，以哪个为准？", (bare,)
            )
        if sign and sign not in "=═" and not self.sign_allowed:
            raise Wrong(f"“{bare[:40]}”是一个范围，不是数值。", "请填实际达到的数。")
        number = read_number(match["number"])
        own = _unit_written(rest, self.wanted, bare)
        exact = _exact(number, self.stored, percent=rest in ("%", "％"))
        value, note = self.in_unit(exact, own, bare)
        if exact != number and not note:
            note = f"单元格显示“{bare}”"
        return Reading(value, note, sign)

    def in_unit(self, number: Number, own: Unit | None, text: str) -> tuple[Quantity, str]:
        """Return a number in the dictionary's unit, and a note if it was converted."""
        wanted = self.wanted
        free = isinstance(wanted, Item) and wanted.any_unit
        if free and own and self.unit and own.dimension != self.unit.dimension:
            raise Unclear(
                f"“{text}”自带单位“{own.name}”，单位栏却是“{self.unit.name}”。",
                (own.name, self.unit.name), unit=True,
            )  # fmt: skip
        if free and own is None and self.unit is None:
            raise Unclear(f"“{text}”没有写单位，是什么单位？", unit=True)
        unit = own or self.unit or _unstated(wanted, text)
        if unit is PERCENT and own is None and not self.settled:
            _percent_or_share(number, text)
        if unit.dimension != wanted.unit.dimension:
            if not free:
                wants = f"“{wanted.unit.name}”" if wanted.unit.name else "不带单位的数"
                raise Wrong(f"单位是“{unit.name}”，应为{wants}。", "请核对是否填错了位置或单位。")
            return Quantity.of(number.value, unit, number.places), ""
        if unit.factor == wanted.unit.factor:
            return Quantity.of(number.value, wanted.unit, number.places), ""
        converted = Quantity.of(number.value, unit, number.places).printed_in(wanted.unit)
        return converted, f"原为{trimmed(number.value, number.places)}{unit.name}"


def _unit_written(rest: str, wanted: Item | Column, text: str) -> Unit | None:
    """Return the unit written behind a number, None when there is none."""
    if not rest:
        return None
    if rest in UNITS or rest in ("％", "百分点"):
        return unit_named(rest)
    if rest in _LARGE:
        scaled = f"{rest}{_base_name(wanted)}"
        if scaled in UNITS:
            return UNITS[scaled]
        base = _base_name(wanted)
        return Unit(scaled, wanted.unit.dimension, _LARGE[rest] * UNITS[base].factor)
    raise Wrong(
        f"“{text[:40]}”里的“{rest}”不是单位。", "请只填一个数，单位写在单位栏，说明写在备注栏。"
    )


def _base_name(wanted: Item | Column) -> str:
    """Return the name of the unit that 万 and 亿 count in: 元 for money."""
    same = [u for u in UNITS.values() if u.dimension == wanted.unit.dimension and u.factor == 1]
    return same[0].name if same else ""


def _exact(shown: Number, stored: str, *, percent: bool) -> Number:
    """Return the number in a cell, without the residue that reckoning left in it."""
    if not stored:
        return _snapped(shown)
    try:
        behind = read_number(stored)
    except NotANumber:
        return shown
    if percent:
        behind = Number(behind.value * 100, max(behind.places - 2, 0))
    exact = _snapped(behind)
    unit = Fraction(1, 10**shown.places)
    # What a format with its own scale shows is another number: believe what is seen.
    return exact if abs(exact.value - shown.value) <= unit else shown


@lru_cache(4096)
def _snapped(number: Number) -> Number:
    """Return the short decimal that a number with many digits stands for.

    1234.5600000000002 is 1234.56 that went through a sum, and 0.0900000762939453
    is 0.09 that was reckoned with in single precision.
    """
    if number.places < 3 or _digits(number.value, number.places) < _RESIDUE:
        return number
    single = _single(number.value)
    for places in range(number.places):
        short = _rounded(number.value, places)
        digits = _digits(short, places)
        apart = abs(short - number.value)
        if (single is not None and struct.pack("<f", short) == single) or any(
            short and digits <= most and apart * worth <= abs(number.value)
            for most, worth in _RESIDUES
        ):
            return Number(short, places)
    return number


def _single(value: Fraction) -> bytes | None:
    """Return a number as single precision keeps it, None if that is another number."""
    try:
        stored = struct.pack("<f", value)
    except OverflowError:
        return None
    return stored if struct.unpack("<f", stored)[0] == float(value) else None


_RESIDUE = 12
"""Significant digits from which on a number may carry a residue."""

_RESIDUES = ((12, 10**14), (4, 10**6))
"""Significant digits of the short decimal, and how many times smaller its residue is."""


def _digits(value: Fraction, places: int) -> int:
    return len(str(abs(int(value * 10**places))))


def _rounded(value: Fraction, places: int) -> Fraction:
    scaled = value * 10**places
    return Fraction((2 * scaled + 1).__floor__() // 2, 10**places)


def _unstated(wanted: Item | Column, text: str) -> Unit:
    """Return the unit of a number of which no unit is written anywhere."""
    if wanted.unit is PERCENT:
        return wanted.unit
    if wanted.unit.dimension in _SCALED and wanted.unit.dimension not in _COUNTED:
        same = [u.name for u in UNITS.values() if u.dimension == wanted.unit.dimension]
        names = sorted(same, key=lambda name: name != wanted.unit.name)
        raise Unclear(f"“{text}”没有写单位。", tuple(names[:4]), unit=True)
    if wanted.unit.dimension in _COUNTED and wanted.unit.factor != 1:
        raise Unclear(f"“{text}”没有写单位。", (wanted.unit.name,), unit=True)
    return wanted.unit


def _percent_or_share(number: Number, text: str) -> None:
    if not 0 < abs(number.value) <= 1:
        return
    share = trimmed(number.value * 100, number.places)
    raise Unclear(f"“{text}”是{text}%，还是{share}%？", (f"{share}%", f"{text}%"))


def said(value: Value) -> str:
    """Return a value as messages print it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return say_date(value)
    if value is MISSING:
        return "缺"
    return str(value)
