"""Quantities that a department has one of (主要指标): one value everywhere. R11.

A form that says 全年预算数 for one project after another speaks of projects:
where sister sections each state a term, it is theirs and not the department's.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import View
from steelyard.measure.units import PURE

_LINK = r"(?:为|是|达到?|共|共计|合计|约|数为|：|=)*$"
_GRAND_TOTAL = re.compile(r"总计|收入总计|支出总计|收支总计")
"""合计 may add up anything; 总计 is the department's."""
_SISTERS = 3
_MOST_PLACES = 4
_MOST_VALUES = 5
"""A term with more values than this is not one quantity here."""
_PART = re.compile(
    "(?:项目(?:支出|资金)?|(?<!整体)支出|(?:省|市|州|县|区|本|中央|上|下|同)级(?:财政|单位)?|专项|经费"
    "|公用|采购|追加|追减|调增|调减|核增|核减|新增|压减)(?:的)?$"
)
"""In front of a term: words that make it one of a part of the department's money."""
_ITEM = re.compile(r"项目|专项|资金(?!使用|管理|来源)|课题|工程")


@dataclass(frozen=True, slots=True)
class Term:
    """One quantity of a department (主要指标)."""

    name: str
    unit: str
    words: re.Pattern[str]

    def fits(self, figure: Figure) -> bool:
        """Say whether a number is of the term's kind."""
        percent = figure.unit in ("%", "‰")
        if self.unit == "率":
            return percent
        if self.unit == "元":
            return not percent and figure.dimension in (PURE, (("元", 1),))
        if self.unit == "分":
            return figure.unit in ("分", "")
        return not percent and figure.places == 0


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms of terms.toml."""
    text = resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8")
    return tuple(
        Term(entry["name"], entry["unit"], re.compile(f"(?:{entry['words']}){_LINK}"))
        for entry in tomllib.loads(text)["term"]
    )


def check(view: View, pen: Pen) -> None:
    """Compare all mentions of each term."""
    for name, said in said_terms(view).items():
        _compare(name, said, pen)


@lru_cache(maxsize=1)
def said_terms(view: View) -> dict[str, list[Mention]]:
    """Return for each term the mentions that are of the department."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(view):
        term = _term(mention)
        if term is not None:
            found[term.name].append(mention)
    return {name: list(_of_the_department(said)) for name, said in found.items()}


def _term(mention: Mention) -> Term | None:
    if mention.whole or mention.figure.kind in (Kind.TARGET, Kind.RANGE):
        return None
    if is_quoted(mention.passage, mention.figure.start):
        return None
    if mention.figure.kind is Kind.EQUATION and (mention.is_operand or not _is_side(mention)):
        return None
    if mention.column:
        if not _GRAND_TOTAL.fullmatch(mention.under):
            return None
        words = mention.column.rsplit("›", 1)[-1]
    else:
        words = mention.before or (mention.under if mention.passage.cell is not None else "")
    for term in terms():
        said = term.words.search(words) if term.fits(mention.figure) else None
        if said is not None:
            return None if _PART.search(words[: said.start()]) else term
    return None


def _is_side(mention: Mention) -> bool:
    return mention.passage.text[: mention.figure.start].endswith("=")


def _of_the_department(said: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions that are not of single projects."""
    homes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in said:
        section = each.passage.section
        if each.passage.cell is None and section:
            homes[section[:-1]].add(section[-1])
    for each in said:
        section = each.passage.section
        own = section[-1] if section else ""
        is_form = each.passage.cell is None and len(homes[section[:-1]]) >= _SISTERS
        if not (is_form and _ITEM.search("".join(section[-2:]))) and not _ITEM.search(own):
            yield each


def _compare(name: str, said: list[Mention], pen: Pen) -> None:
    groups: list[list[Mention]] = []
    for each in said:
        home = next((g for g in groups if same_amount(g[0].figure, each.figure)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    groups.sort(key=len, reverse=True)
    for group in groups:
        if len(group) > 1:
            pen.consistent("R11", [each.figure for each in group])
    if len(groups) > _MOST_VALUES:
        return
    for odd in groups[1:]:
        sure = len(groups[0]) > 1 and len(odd) < len(groups[0])
        one, other = odd[0], groups[0][0]
        pen.find(
            "R11",
            Severity.ERROR if sure else Severity.QUESTION,
            f"{name}在文中有两个数：此处为{one.figure.text}，"
            f"另有{len(groups[0])}处为{other.figure.text}。",
            [
                place_of(each.passage, each.figure)
                for each in (*odd, *groups[0])[: _MOST_PLACES + len(odd)]
            ],
            figures=[each.figure for each in odd],
        )
