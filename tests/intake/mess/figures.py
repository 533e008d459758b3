"""How values are written into cells: numbers, shares, dates, texts and nothing.

Each writer returns the cell, what it states, whether that can be taken without
a question, and the kinds of mess in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.intake.mess.evaluation import MONEY, other_than
from tests.intake.mess.grid import Cell
from tests.intake.mess.kinds import Clerk, Mess

from steelyard.measure.nothing import NOT_APPLICABLE, Nothing
from steelyard.measure.number import places_needed, plain, trimmed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit

_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,%-"}
_EPOCH = date(1899, 12, 30)
_DASHES = ("—", "/", "－", "——", "-", "不适用", "／")
MOST_DIGITS = 15
"""More than a workbook keeps of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value as it stands in a cell (写法)."""

    cell: Cell
    value: Value | None
    """What it states; None when nobody can tell."""
    sure: bool = True
    marks: tuple[Mess, ...] = ()
    stated: bool = True
    """False for a blank cell, which says nothing."""

    def with_marks(self, *marks: Mess, sure: bool = True) -> Written:
        """Return the same with further kinds of mess; it is never surer than before."""
        return replace(self, marks=(*self.marks, *marks), sure=self.sure and sure)


BLANK = Written(cell=Cell(), value=None, stated=False)


def exact_digits(value: Fraction) -> str:
    """Print a number with all its decimals."""
    return trimmed(value, places_needed(value, 16))


def write_value(clerk: Clerk, value: Value, unit: Unit | None, *, named: bool) -> Written:
    """Write a value.

    Args:
        clerk: Who writes.
        value: What to write.
        unit: Unit to write a number in; None for texts and dates.
        named: Whether the unit is said at another place; otherwise it stands in the cell.
    """
    if isinstance(value, Quantity) and unit is not None:
        if clerk.does(Mess.NOTHING_WORD, 0.05):
            return Written(
                cell=Cell(words="无"), value=None, sure=False, marks=(Mess.NOTHING_WORD,)
            )
        if clerk.workbook and clerk.does(Mess.ERROR_CELLS, 0.05):
            words = clerk.pick(("#REF!", "#DIV/0!", "#VALUE!", "#N/A"))
            cell = Cell(words=words, formula="=1/0")
            return Written(cell=cell, value=None, sure=False, marks=(Mess.ERROR_CELLS,))
        written = _write_number(clerk, value, unit, named=named)
        old = other_than(clerk, value)
        if isinstance(old, Quantity) and clerk.does(Mess.TRACKED_CHANGES, 0.1):
            cell = replace(written.cell, deleted=exact_digits(old.base / unit.factor))
            written = replace(written, cell=cell).with_marks(Mess.TRACKED_CHANGES)
        return written
    if isinstance(value, date):
        return _write_date(clerk, value)
    if isinstance(value, Nothing):
        dash = "—" if not clerk.does(Mess.DASHES) else clerk.pick(_DASHES)
        marks = (Mess.DASHES,) if dash != "—" else ()
        return Written(cell=Cell(words=dash, centred=True), value=NOT_APPLICABLE, marks=marks)
    return Written(cell=Cell(words=str(value)), value=value)


def _write_number(clerk: Clerk, quantity: Quantity, unit: Unit, *, named: bool) -> Written:
    amount = quantity.base / unit.factor
    if unit.name == "%":
        return _write_percent(clerk, quantity, unit, named=named)
    if unit.dimension == MONEY and clerk.odds(0.6):
        digits = plain(amount, max(places_needed(amount, 16), 2))
    else:
        digits = exact_digits(amount)
    short = sum(sign.isdigit() for sign in digits) <= MOST_DIGITS
    if clerk.workbook and short and not named and clerk.does(Mess.UNIT_IN_FORMAT, 0.3):
        # Whoever reads only what is stored sees a bare number.
        shape = f'0.######"{unit.name}"'
        cell = Cell(words=digits + unit.name, stored=exact_digits(amount), shape=shape)
        return Written(cell=cell, value=quantity, sure=False, marks=(Mess.UNIT_IN_FORMAT,))
    text = not clerk.workbook or not named or clerk.does(Mess.TEXT_NUMBERS, 0.4)
    if text or not short:
        marks = (Mess.TEXT_NUMBERS,) if clerk.workbook and named else ()
        words, more, sure = _dressed(clerk, digits)
        if not named:
            words += unit.name
            more = (*more, Mess.UNIT_IN_CELL)
            clerk.note(Mess.UNIT_IN_CELL)
        return Written(cell=Cell(words=words), value=quantity, sure=sure, marks=(*marks, *more))
    return _stored(clerk, quantity, unit)


def _dressed(clerk: Clerk, digits: str) -> tuple[str, tuple[Mess, ...], bool]:
    """Return digits as people type them, the mess in that, and whether it is clear."""
    marks: list[Mess] = []
    whole, point, part = digits.partition(".")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.removeprefix("-")
    if len(whole) > 3:
        if clerk.does(Mess.THOUSANDS, 0.7):
            whole = f"{int(whole):,}"
            marks.append(Mess.THOUSANDS)
        elif clerk.does(Mess.SPACED_THOUSANDS, 0.3):
            whole = f"{int(whole):,}".replace(",", " ")
            marks.append(Mess.SPACED_THOUSANDS)
    if sign and clerk.does(Mess.WIDE_MINUS):
        sign = clerk.pick(("－", "−"))
        marks.append(Mess.WIDE_MINUS)
    words = sign + whole + point + part
    if clerk.does(Mess.WIDE_DIGITS, 0.4):
        words = words.translate(_WIDE)
        marks.append(Mess.WIDE_DIGITS)
    if clerk.does(Mess.SPACES_AROUND, 0.4):
        words = clerk.pick((" {}", "{} ", "　{}", "  {}  ")).format(words)
        marks.append(Mess.SPACES_AROUND)
    return words, tuple(marks), Mess.SPACED_THOUSANDS not in marks


def _stored(clerk: Clerk, quantity: Quantity, unit: Unit) -> Written:
    """Write a number that a workbook stores, in some number format."""
    amount = quantity.base / unit.factor
    digits = exact_digits(amount)
    places = places_needed(amount, 16)
    marks: list[Mess] = []
    shape = clerk.pick(("", "", "0.00", "#,##0.00", "0.00_ ", "#,##0.00_);(#,##0.00)"))
    sure = True
    if quantity.dimension != MONEY and places == 0:
        shape = clerk.pick(("", "", "0", "#,##0"))
    elif places > (2 if shape else 16):
        if clerk.does(Mess.ROUNDED_DISPLAY):
            marks.append(Mess.ROUNDED_DISPLAY)
            sure = places <= 6
        else:
            shape = ""
    words = digits
    if places and not marks and clerk.does(Mess.BINARY_RESIDUE, 0.4):
        residue = repr(math.nextafter(float(amount), math.inf if clerk.odds(0.5) else 0))
        if "e" not in residue:
            digits = residue
            marks.append(Mess.BINARY_RESIDUE)
    formula = ""
    if clerk.does(Mess.FORMULAS, 0.4):
        marks.append(Mess.FORMULAS)
        part = Fraction(int(amount * 7 / 10))
        formula = f"={exact_digits(part)}+{exact_digits(amount - part)}"
        if amount < 0:
            formula = f"=ROUND({exact_digits(amount)},8)"
    cell = Cell(words=words, stored=digits, shape=shape, formula=formula)
    if unit.name == "万元" and quantity.base and clerk.does(Mess.SCALED_DISPLAY, 0.05):
        # The sheet holds 元 and shows 万元: a reader of stored numbers is ten thousand off.
        more = exact_digits(amount * 10**4)
        if sum(sign.isdigit() for sign in more) <= MOST_DIGITS:
            cell = Cell(words=words, stored=more, shape="0!.0000")
            return Written(
                cell=cell, value=quantity, sure=False, marks=(Mess.SCALED_DISPLAY, *marks)
            )
    return Written(cell=cell, value=quantity, sure=sure, marks=tuple(marks))


def _write_percent(clerk: Clerk, quantity: Quantity, unit: Unit, *, named: bool) -> Written:
    amount = quantity.base / unit.factor
    share = exact_digits(amount / 100)
    # Only a share below one is strange under a per cent sign.
    if named and 1 <= amount < 100 and clerk.does(Mess.PERCENT_AS_SHARE, 0.3):
        cell = Cell(words=share, stored=share if clerk.workbook and clerk.odds(0.5) else "")
        if cell.stored and clerk.odds(0.3):
            # As a platform exports 9 %: a number of single precision.
            cell = replace(cell, stored=share + "00000762939453"[: 16 - len(share)])
        return Written(cell=cell, value=quantity, sure=False, marks=(Mess.PERCENT_AS_SHARE,))
    places = places_needed(amount)
    if clerk.workbook and clerk.does(Mess.PERCENT_FORMAT, 0.8):
        shape = "0.00%" if places else clerk.pick(("0%", "0.00%", "0.0%"))
        cell = Cell(words=f"{exact_digits(amount)}%", stored=share, shape=shape)
        return Written(cell=cell, value=quantity, marks=(Mess.PERCENT_FORMAT,))
    digits = plain(amount, 2) if places and clerk.odds(0.5) else exact_digits(amount)
    if named and clerk.workbook and clerk.odds(0.5):
        return _stored(clerk, quantity, unit)
    words, marks, sure = _dressed(clerk, digits)
    if not named or clerk.odds(0.4):
        wide = Mess.WIDE_DIGITS in marks or clerk.does(Mess.WIDE_DIGITS, 0.5)
        sign = "％" if wide else "%"
        words = words.rstrip() + sign
        marks = (*marks, Mess.WIDE_DIGITS) if wide else marks
    return Written(cell=Cell(words=words), value=quantity, sure=sure, marks=marks)


def _write_date(clerk: Clerk, day: date) -> Written:
    y, m, d = day.year, day.month, day.day
    serial = str((day - _EPOCH).days)
    if clerk.does(Mess.DATE_DOUBTS, 0.35):
        stored = serial if clerk.workbook else ""
        doubts: tuple[tuple[Cell, date | None], ...] = (
            (Cell(words=f"{m}月{d}日"), day),
            (Cell(words=f"{y}{m:02d}{d:02d}"), day),
            (Cell(words=f"{y % 100:02d}.{m}.{d}"), day),
            (Cell(words=f"{y}年{m}月"), None),
            (Cell(words=f"{y}年{m}月下旬"), None),
            (Cell(words=serial, stored=stored), day),
        )
        cell, value = clerk.pick(doubts)
        return Written(cell=cell, value=value, sure=False, marks=(Mess.DATE_DOUBTS,))
    forms = (f"{y}-{m:02d}-{d:02d}", f"{y}年{m}月{d}日")
    if not clerk.does(Mess.DATE_FORMS):
        if clerk.workbook and clerk.odds(0.3):
            return Written(cell=Cell(words=forms[0], stored=serial, shape="yyyy-mm-dd"), value=day)
        return Written(cell=Cell(words=clerk.pick(forms)), value=day)
    marks = (Mess.DATE_FORMS,)
    if clerk.workbook and clerk.odds(0.5):
        shape = clerk.pick(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy/m/d", "yyyy.mm.dd"))
        return Written(
            cell=Cell(words=forms[0], stored=serial, shape=shape), value=day, marks=marks
        )
    more = (f"{y}.{m:02d}.{d:02d}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y} 年 {m} 月 {d} 日")
    return Written(cell=Cell(words=clerk.pick((*forms, *more))), value=day, marks=marks)
