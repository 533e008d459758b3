"""What a cell to fill in accepts, and what it holds when it is sent (填写单元格)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from steelyard.facts.dictionary import Kind
from steelyard.intake.request.looks import LONGEST_TEXT, Looks, clipped
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.number import places_needed, plain
from steelyard.measure.quantity import Quantity, Value

DASH = NOT_APPLICABLE.value
_DASHES = (DASH, "——", "-", "/", "不适用")
"""Those that people type; a rule for a cell takes no list of them."""

_LONGEST_TITLE, _LONGEST_PROMPT, _LONGEST_LIST = 32, 255, 255
_MOST_DIGITS = 15
"""Digits that a number in a workbook keeps; longer ones are written as text."""

DATE_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"

NOTHINGS = f"没有数据留空；不适用填“{DASH}”；是零填0。"


@dataclass(slots=True)
class Lists:
    """Lists to choose from that are too long for their cell (长下拉列表).

    They stand on the hidden sheet, each under a name that the workbook knows.
    """

    known: dict[tuple[str, ...], str]

    def source(self, choices: Sequence[str]) -> list[str] | str:
        """Return a list as a rule for a cell takes it: itself, or a name."""
        short = ",".join(choices)
        plain_list = not any(sign in choice for choice in choices for sign in ',"')
        if plain_list and len(short.encode("utf-16-le")) // 2 <= _LONGEST_LIST:
            return list(choices)
        name = self.known.setdefault(tuple(choices), f"choices_{len(self.known) + 1}")
        return f"={name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is asked for in a cell (填写项)."""

    title: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    hint: str = ""
    """Shown while the cell is being filled in."""

    above_zero: bool = False

    @property
    def code(self) -> str:
        """The number format of the empty cell."""
        return {Kind.DATE: DATE_FORMAT, Kind.NUMBER: ""}.get(self.kind, TEXT_FORMAT)

    def put_rule(
        self, sheet: Worksheet, area: tuple[int, int, int, int], first: str, lists: Lists
    ) -> None:
        """Give cells their prompt, and refuse what cannot be an answer.

        Args:
            sheet: Where.
            area: First row, first column, last row, last column.
            first: The first cell, as F5.
            lists: Takes up lists that are too long.
        """
        rule = self._rule(first, lists)
        if self.hint:
            rule["input_title"] = clipped(self.title, _LONGEST_TITLE)
            rule["input_message"] = clipped(self.hint, _LONGEST_PROMPT)
        elif rule == {"validate": "any"}:
            return
        sheet.data_validation(*area, rule)

    def _rule(self, first: str, lists: Lists) -> dict[str, object]:
        if self.choices:
            return {
                "validate": "list",
                "source": lists.source(self.choices),
                "error_title": "请从列表中选取",
                "error_message": clipped(
                    f"请从下拉列表中选取。可填：{'、'.join(self.choices)}。", _LONGEST_PROMPT
                ),
            }
        if self.kind in (Kind.TEXT, Kind.TRUTH):
            return {"validate": "any"}
        number = f"ISNUMBER({first})"
        if self.kind is Kind.NUMBER and self.above_zero:
            number = f"AND({number},N({first})>=0)"
        dashes = ",".join(f'{first}="{dash}"' for dash in _DASHES)
        what = "日期，如 2024-11-21" if self.kind is Kind.DATE else "数字，不带单位和文字"
        return {
            "validate": "custom",
            "value": f"=OR({number},{dashes})",
            "error_title": "请填日期" if self.kind is Kind.DATE else "请填数字",
            "error_message": f"这里填{what}。{NOTHINGS}",
        }


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell holds when it is sent (预填内容)."""

    content: str | date | Fraction
    code: str
    """Its number format."""

    @property
    def text(self) -> str:
        """What is seen, for the height of its row."""
        return self.content if isinstance(self.content, str) else ""


def written(value: Value | None, code: str) -> Written | None:
    """Return a value as a cell can hold it, None for one that it cannot, or for none.

    Args:
        value: In the unit that is printed beside it.
        code: The number format of the empty cell.
    """
    match value:
        case None:
            return None
        case Quantity():
            return _quantity(value)
        case date():
            return Written(value, DATE_FORMAT)
        case bool():
            return Written("是" if value else "否", code)
        case str():
            return Written(value, code) if value and len(value) <= LONGEST_TEXT else None
        case _:
            return None if value is MISSING else Written(DASH, code)


def _quantity(value: Quantity) -> Written | None:
    amount = value.amount
    needed = places_needed(amount)
    if (amount * 10**needed).denominator != 1:
        # No decimal says it: 2000/3 平方米, one 亩. What is asked anew is not distorted.
        return None
    places = max(value.places or 0, needed)
    text = plain(amount, places)
    if len(text.replace(".", "").lstrip("-0")) > _MOST_DIGITS:
        return Written(text, TEXT_FORMAT)
    # A zero at the end was printed so, and stays in sight.
    return Written(amount, "0." + "0" * places if places > needed else "")


def put(
    sheet: Worksheet,
    looks: Looks,
    at: tuple[int, int],
    held: Written | None,
    code: str = "",
    *,
    middle: bool = False,
) -> None:
    """Write a cell to fill in: what it holds, or nothing.

    Args:
        sheet: Where.
        looks: Its formats.
        at: Row and column, counted from 0.
        held: What it holds already.
        code: The number format when it holds nothing.
        middle: Whether its words stand in the middle.
    """
    if held is None:
        sheet.write_blank(*at, None, looks.entry(code, middle=middle))
        return
    look = looks.entry(held.code, given=True, middle=middle)
    match held.content:
        case str() as text:
            sheet.write_string(*at, text, look)
        case date() as day:
            sheet.write_datetime(*at, day, look)
        case amount:
            sheet.write_number(*at, amount, look)
