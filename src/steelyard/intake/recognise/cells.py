"""What the words of one cell are (单元格的文字): figure, day, year, unit."""

from __future__ import annotations

import re

from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.values import EXCEL_ERROR, NOTHING_OR_ZERO
from steelyard.intake.wording import label_of, tight
from steelyard.measure.nothing import DASHES
from steelyard.measure.number import narrow
from steelyard.measure.units import UNITS, Unit

_FIGURE = re.compile(
    r"(?:>=|<=|[≥≤≧≦═>＞<＜=约+-]|不低于|不少于|不高于|不超过|达到|大于|小于)?\s*"
    r"(?:\([+-]?[\d,]*\.?\d+\)|[+-]?[\d,]*\.?\d+)\s*(?P<rest>[%％‰]|[\u4e00-\u9fff/]{0,6})"
)
_REST = re.compile(r"(?:左右|余|多|以上|以下|以内|上下)$")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DAY = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_UNIT_LINE = re.compile(r"(?<![填报预算编制申送])单位[:：](?P<units>[^:：()。]{1,20})")
_ONLY_UNIT = re.compile(r"[(]?(?:金额|计量|数据|货币)?单位[:：][^:：()。]{1,20}[)]?")
_DATED = re.compile(r"(?:19|20)\d\d年度?|(?:19|20)\d\d[-/年]\d{1,2}|(?:19|20)\d\d\.\d{1,2}\.\d")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?|[(](?:19|20)\d\d年度?[)]")
_REMARK = re.compile(r"[^：:]{1,12}[：:]")


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure, or a dash in place of one."""
    bare = narrow(text)
    if bare in DASHES or bare in NOTHING_OR_ZERO or EXCEL_ERROR.fullmatch(bare):
        return True
    if _DATED.match(bare):
        return False
    found = _FIGURE.fullmatch(bare) or _FIGURE.fullmatch(_SPACED.sub("", bare))
    if found is None:
        return False
    rest = _REST.sub("", found["rest"])
    # A word of one or two characters may be a unit that nobody knows.
    return (len(rest) < 3 and not bare.startswith("(")) or rest in UNITS or not rest


def is_day(text: str) -> bool:
    """Tell whether a cell holds a day of the calendar."""
    return bool(_DAY.fullmatch(tight(text)))


def is_year(text: str) -> bool:
    """Tell whether a cell holds a year, as a heading may: 2024, 2024年度, （2024年度）."""
    return bool(_YEAR.fullmatch(tight(text)))


def is_remark(cell: Cell) -> bool:
    """Tell whether a cell over a table is a line about it: 单位：万元, 填报单位：某局."""
    return bool(_REMARK.match(cell.words.text.strip()))


def is_unit_line(text: str) -> bool:
    """Tell whether words state a unit and nothing else: 单位：万元."""
    return bool(_ONLY_UNIT.fullmatch(tight(text)))


def units_said(text: str) -> tuple[Unit, ...]:
    """Return the units that a line states: 单位：万元, or 金额单位：万元、人.

    >>> [unit.name for unit in units_said("（计量单位：元、人）")]
    ['元', '人']
    """
    found = _UNIT_LINE.search(tight(text))
    if found is None:
        bracket = label_of(text).unit
        return (UNITS[bracket],) if bracket else ()
    names = re.split(r"[、/,，;；和及]", found["units"])
    return tuple(UNITS[name] for name in names if name and name in UNITS)


def unit_in(text: str) -> Unit | None:
    """Return the unit that a cell names and nothing else, None for other words."""
    name = tight(text)
    return UNITS.get("%" if name == "％" else name) if name else None
