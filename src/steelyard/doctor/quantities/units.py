"""Units of the same quantity (单位一致): R16.

An amount does not jump from 吨 to 万吨, nor one form from 万元 to 元 between its
fellows. And things are counted with the word that fits them.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Kind
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View

_LIKE = 0.6
_FELLOWS = 4
_MINORITY = 2
"""The usual unit has to be so many times as frequent as the odd one."""
_LARGEST_GROUP = 60
_MOST_PLACES = 8
_MANY_DIGITS = 5
"""Characters of a number that is not printed twice by chance."""
_LONG_NAME = 4
_SAME = 0.95
_MONEY = {Fraction(1): "元", Fraction(10**4): "万元", Fraction(10**8): "亿元"}
_LEAP = 1000
_SPAN = 20
"""So many times one printed number may be the other, where only the unit is another."""


@cache
def counters() -> tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]:
    """Return the patterns of counters.toml: noun before a number, its name, units that fit."""
    text = resources.files(__package__).joinpath("counters.toml").read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["noun"]:
        names = "|".join(entry["names"])
        pattern = re.compile(rf"(?P<noun>{names})(?:数量|次数|总数|数|共|为|达|约)*(?={NUMBER})")
        found.append((pattern, names, frozenset(entry["units"])))
    return tuple(found)


@cache
def leap() -> re.Pattern[str]:
    """Return the pattern of a budget and what was spent of it; # is an amount."""
    text = resources.files(__package__).joinpath("counters.toml").read_text(encoding="utf-8")
    return re.compile(str(tomllib.loads(text)["leap"]).replace("#", NUMBER))


def check(view: View, pen: Pen) -> None:
    """Compare units of equal numbers, of fellow forms, and of nouns."""
    said = [each for each in mentions(view) if each.figure.value]
    _same_digits(said, pen)
    _fellows(said, pen)
    for passage in view.passages:
        if passage.claims:
            _counted(passage, pen)
            _bare_rates(passage, pen)
            _leaps(passage, pen)


def _same_digits(said: list[Mention], pen: Pen) -> None:
    """Find one number under like names in units of different size."""
    groups: dict[tuple[str, object], list[Mention]] = defaultdict(list)
    for each in said:
        figure = each.figure
        if figure.dimension and len(figure.digits.strip("0.")) > 1:
            groups[figure.digits, figure.dimension].append(each)
    for group in groups.values():
        sizes = Counter(each.figure.factor for each in group)
        if len(sizes) == 1 or len(group) > _LARGEST_GROUP:
            continue
        # Between one and one the unit over a table stands over more than one number.
        over = {each.figure.factor for each in group if not each.figure.unit}
        usual = max(sizes, key=lambda size: (sizes[size], size in over))
        home = [each for each in group if each.figure.factor == usual]
        for odd in group:
            if odd.figure.factor == usual or not odd.figure.unit:
                continue
            twins = [each for each in home if _alike(odd, each)]
            if twins:
                _two_sizes(odd, twins, pen)


def _two_sizes(odd: Mention, twins: list[Mention], pen: Pen) -> None:
    """Take down a number that other places print in a unit of another size."""
    twin = twins[0]
    if not any(each.figure.unit for each in twins) and len(odd.figure.digits) < _MANY_DIGITS:
        return
    named = any(_is_name(odd, each) for each in twins)
    sure = len(twins) > 1 or (named and len(odd.figure.digits) >= _MANY_DIGITS)
    pen.find(
        "R16",
        Severity.ERROR if sure else Severity.QUESTION,
        f"同一个数的单位不同：此处为{odd.figure.text}，另{len(twins)}处为{_in_full(twin)}。",
        [place_of(each.passage, each.figure) for each in (odd, *twins)][:_MOST_PLACES],
        figures=[odd.figure],
    )


def _in_full(mention: Mention) -> str:
    """Return a number with its unit, that over its column where none stands behind it."""
    figure = mention.figure
    money = figure.dimension == (("元", 1),)
    unit = "" if figure.unit or not money else _MONEY.get(figure.factor, "")
    return f"{figure.text}{unit}"


def _is_name(one: Mention, other: Mention) -> bool:
    """Say whether a number is named by all of what another's row is called."""
    names = (one.name, other.under.rsplit("›", 1)[-1] if other.column else other.name)
    return all(len(bare(name)) >= _LONG_NAME for name in names) and containment(*names) >= _SAME


def _alike(one: Mention, other: Mention) -> bool:
    names = [
        [name for name in (m.name, *m.under.split("›"), *m.passage.section[-1:]) if name]
        for m in (one, other)
    ]
    return any(containment(a, b) >= _LIKE for a in names[0] for b in names[1])


def _fellows(said: list[Mention], pen: Pen) -> None:
    """Find forms in which a quantity has another unit than in most of their fellows."""
    forms: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    for each in said:
        passage = each.passage
        if passage.cell is None and len(passage.section) > 1 and each.name and each.figure.unit:
            key = (passage.document.sha256, passage.section[:-1], each.name, each.whole)
            forms[*key, each.figure.dimension].append(each)
    for group in forms.values():
        sizes = Counter(each.figure.unit for each in group)
        if len(group) < _FELLOWS or len(sizes) == 1:
            continue
        usual, count = sizes.most_common(1)[0]
        for odd in group:
            rare = sizes[odd.figure.unit] * _MINORITY <= count
            fellow = next(each for each in group if each.figure.unit == usual)
            if rare and odd.figure.factor != fellow.figure.factor:
                pen.find(
                    "R16",
                    Severity.QUESTION,
                    f"“{odd.name}”此处为{odd.figure.text}，同类{count}处的单位都是{usual}。",
                    [place_of(m.passage, m.figure) for m in (odd, fellow)],
                    figures=[odd.figure],
                )


def _counted(passage: Passage, pen: Pen) -> None:
    skeleton = passage.skeleton
    for pattern, _, fitting in counters():
        for match in pattern.finditer(skeleton.text):
            figure = skeleton.figure_at(match.end())
            if figure.unit and figure.unit not in fitting and figure.unit in _COUNTERS:
                pen.find(
                    "R16",
                    Severity.QUESTION,
                    f"“{match['noun']}”不用“{figure.unit}”计数，"
                    f"宜用{'、'.join(sorted(fitting)[:4])}。",
                    [place_of(passage, figure)],
                    figures=[figure],
                )


def _leaps(passage: Passage, pen: Pen) -> None:
    """Find money spent in a unit ten thousand times that of its budget."""
    for match in leap().finditer(passage.skeleton.text):
        figures = [passage.skeleton.figure_at(match.start(key)) for key in ("one", "other")]
        one, other = figures
        if not (one.value and other.value and one.unit and one.dimension == other.dimension):
            continue
        times, printed = other.base / one.base, other.value / one.value
        far = times >= _LEAP or times <= Fraction(1, _LEAP)
        if far and Fraction(1, _SPAN) < printed < _SPAN:
            pen.find(
                "R16",
                Severity.ERROR,
                f"同一句里预算为{one.text}，执行为{other.text}，相差万倍，其中一个的单位有误。",
                [place_of(passage, other), place_of(passage, one)],
                figures=figures,
            )


def _bare_rates(passage: Passage, pen: Pen) -> None:
    """Find rates in sentences that have lost their %: 完成率 105.26."""
    if passage.cell is not None:
        return
    for figure in passage.claims:
        before, after = passage.text[: figure.start], passage.text[figure.end :]
        bare = not figure.unit and figure.kind is Kind.QUANTITY and figure.value > 1
        if bare and _RATE.search(before) and _STOPS.match(after):
            pen.find(
                "R16",
                Severity.QUESTION,
                f"比率印作“{figure.digits}”，似缺“%”。",
                [place_of(passage, figure)],
                figures=[figure],
            )


_RATE = re.compile("(?<![利汇频效功速税费斜])(?<!容积)(?<!分辨)率(?:为|是|达到?|：)?$")
_STOPS = re.compile("[，。；、）]|$")
_COUNTERS = frozenset("户家个项件人名次场期批份套篇台辆处座条笔")
"""Units that only count; measures of other things say more than the noun."""
