"""What a label says (标签): its words without numbering, unit, year and marks.

“（一）其中：2023年 年初预算数（万元）：” and “年初预算数” name the same thing; the
first says besides that the figure is in 万元, of 2023, and a part of another.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from steelyard.measure.number import narrow
from steelyard.measure.units import UNITS

_WORDS = tomllib.loads(
    resources.files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
)
TOTALS: frozenset[str] = frozenset(_WORDS["totals"])
"""Labels of rows and columns that add up others."""

VALUES: frozenset[str] = frozenset(_WORDS["values"])
"""Headings of the column that holds the figure itself."""

UNITS_COLUMN: frozenset[str] = frozenset(_WORDS["units"])

ASIDE: frozenset[str] = frozenset(_WORDS["aside"])
"""Headings of columns that hold no figure of the label beside them."""

ABOUT_FORM: frozenset[str] = frozenset(_WORDS["about"])
"""Labels of a form that say who filled it in and when."""

YEARS: frozenset[str] = frozenset(_WORDS["years"])
"""Labels of a form that say which year it is of."""

YEARS_COLUMN: frozenset[str] = YEARS | {"年份", "会计年度"}
"""Headings of a column that says of which year each row is."""

NUMBERS_COLUMNS: frozenset[str] = frozenset(_WORDS["numbers"])
"""Words that begin a row which only numbers the columns."""

COUNTS_COLUMNS: frozenset[str] = frozenset(_WORDS["counts"])
"""Words in a row that only numbers the columns."""

TARGETS: frozenset[str] = frozenset(_WORDS["targets"])
ACTUALS: frozenset[str] = frozenset(_WORDS["actuals"])

_COMPARES = re.compile(
    r"增减|增长|增幅|同比|环比|占比|比重|比例|变动|差异|差额|较上年|比上年|完成率|幅度"
)
_OTHER_TIME = re.compile(
    r"上一?年|去年|前年|往年|上期|上年同期|以前年度|下一?年|明年|次年|预计"
    r"|\d{1,2}月?[-至—~～到]\d{1,2}月|^\d{1,2}月份?$|三年|上半年|下半年|[一二三四1-4]季度|截[至止]|月末|月份|累计"
)
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff)])[/\-]?\(?[A-Za-z][A-Za-z.,&' -]+\)?$")
"""The same heading once more in a foreign language."""

_QUOTES = str.maketrans("", "", "“”\"'‘’《》「」『』*＊")
_NUMBERING = re.compile(
    r"(?:[(][一二三四五六七八九十\d]{1,3}[)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:、|[.．](?!\d))"
    r"|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[、.:：])"
)
_LEADING = re.compile(r"(?:其中|减|加|其中之?一?)[:：]|[-—·•○●◆■□>]+(?=[\u4e00-\u9fff])")
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{1,20})[)\]】〕]$")
_UNIT_SAID = re.compile(r"(?:金额|计量)?单位[:：](.+)")
_BARE_UNIT = re.compile(r"[/,，:：](?P<unit>[^/,，:：()]{1,4})$")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年度?|(?=[\u4e00-\u9fff])|$)")
_THIS_YEAR = re.compile(r"^(?:本年度?|当年度?|本期|报告期)(?=.)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart (标签)."""

    core: str
    """What is named, without anything around it."""
    unit: str = ""
    """Name of the unit in brackets; empty when there is none."""
    year: int | None = None
    """The year that it says."""
    elsewhen: bool = False
    """It speaks of last year, of a part of the year, or of a forecast."""
    part: bool = False
    """It says 其中."""
    compares: bool = False
    """It speaks of a change, a share or a difference."""

    def of(self, year: int) -> bool:
        """Tell whether it may speak of a whole year."""
        return not self.elsewhen and self.year in (None, year)


@lru_cache(16384)
def tight(text: str) -> str:
    """Return a text with plain signs, without blanks and quotation marks."""
    return re.sub(r"\s+", "", narrow(text)).translate(_QUOTES)


@lru_cache(16384)
def label_of(text: str) -> Label:
    """Return what a label says.

    >>> label_of("（一）其中：2023年年初预算数（万元）：")
    Label(core='年初预算数', unit='万元', year=2023, elsewhen=False, part=True, compares=False)
    """
    core = tight(text)
    part = False
    while True:
        shorter = _NUMBERING.sub("", core, count=1) if _NUMBERING.match(core) else core
        leading = _LEADING.match(shorter)
        if leading:
            part = part or shorter.startswith("其中")
            shorter = shorter[leading.end() :]
        if shorter == core:
            break
        core = shorter
    core, unit = _without_unit(core.rstrip(":："))
    bare = _FOREIGN.sub("", core)
    if bare and bare != core:
        core, inner = _without_unit(bare)
        unit = unit or inner
    year = None
    found = _YEAR.search(core)
    if found and core != found[0]:
        year = int(found["year"])
        core = core[: found.start()] + core[found.end() :]
    elif found:
        year, core = int(found["year"]), "年度"
    core = core.rstrip(":：")
    return Label(
        core,
        unit,
        year,
        elsewhen=bool(_OTHER_TIME.search(core)),
        part=part,
        compares=bool(_COMPARES.search(core)),
    )


def _without_unit(core: str) -> tuple[str, str]:
    """Return a label without the unit behind it, and the unit."""
    unit = ""
    while True:
        bracket = _BRACKET.search(core)
        if bracket is None:
            break
        inner = bracket[1]
        said = _UNIT_SAID.fullmatch(inner)
        name = said[1] if said else inner
        if name not in UNITS and not re.fullmatch(r"[A-Za-z]|\d{1,2}|[①-⑳]", inner):
            break
        unit = unit or (name if name in UNITS else "")
        core = core[: bracket.start()].rstrip(":：")
    bare = _BARE_UNIT.search(core)
    if not unit and bare and bare["unit"] in UNITS and bare.start():
        return core[: bare.start()], bare["unit"]
    return core, unit


def without_time(core: str) -> str:
    """Return a label without 本年 and the like before it."""
    return _THIS_YEAR.sub("", core)


def stem(core: str) -> str:
    """Return a name without the word at its end that says that it is an amount.

    >>> stem("追减预算金额") == stem("追减预算数")
    True
    """
    return _AMOUNT.sub("", core)


_AMOUNT = re.compile(r"(?:总金额|金额|总额|总数|数额|数量|额|数|资金|经费|款|个数|户数|人数)$")


def is_total(text: str) -> bool:
    """Tell whether a label names a row or column that adds up others."""
    core = label_of(text).core
    return core in TOTALS or (len(core) <= 12 and core.endswith(("合计", "小计", "总计", "合计数")))
