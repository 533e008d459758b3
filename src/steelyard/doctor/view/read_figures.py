"""Finding the numbers of a text and telling their kinds (识数)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.units import measured, unit_at

LONGEST = 24
"""Digits; a longer run is the number of something, not an amount."""

_HAN = "\u4e00-\u9fff"
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_DIGITS = re.compile(
    # 15.2022年 is item 15 and a year, no decimal.
    rf"(?<![\d.])\d{{1,2}}(?=\.{_YEAR}年)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    re.ASCII,
)

_SPANS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.DOCUMENT,
        re.compile(
            r"[〔\[【（]\d{4}[〕\]】）]第?\d+(?:-\d+)?号"
            r"|第?\d+号(?=[）文令公通印])|第\d+号"
            r"|[A-Z]{2,}(?:/[A-Z]+)?\s?\d{3,}(?:\.\d+)*(?:[-—]\d{4})?"
            r"|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.])1\d{10}(?![\d.])|1[\d*]{6,}\*[\d*]*"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"{_YEAR}年?(?:度)?[-—～至到]{_YEAR}(?:年度|年)?"
            rf"|{_YEAR}年(?:\d{{1,2}}(?:[-—～至、]\d{{1,2}})*月(?:份|底|初|末|中旬|上旬|下旬)?"
            r"(?:\d{1,2}(?:[-—～至]\d{1,2})?日)?)?"
            r"(?:[-—～至到](?:\d{1,2}月)?\d{1,2}日)?"
            rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)"
            rf"|(?<![\d.]){_YEAR}[.](?:0?[1-9]|1[0-2])(?=[，。；）]|$)"
            r"|(?<![\d.])\d{1,2}月(?:份|底|初|末|中旬|上旬|下旬)?(?:\d{1,2}日)?"
            r"(?:[-—～至到](?:\d{1,2}月(?:份|底)?)?(?:\d{1,2}日)?)?"
            r"|(?<![\d.])\d{1,2}[-—～至、]\d{1,2}月(?:份)?"
            r"|(?<![\d.])\d{1,2}日(?=[前后至，。；）]|$)|(?<!\d)\d{1,2}：\d{2}(?!\d)"
            rf"|(?<![\d.,]){_YEAR}(?![\d.,%年])(?=[{_HAN}“《〔]|$)(?!(?:万|亿|元|户|个|家|人|吨|项|次|名))"
        ),
    ),
    (
        Kind.REFERENCE,
        re.compile(
            r"(?:表|图|附件|附表|附录|任务|目标|问题|案例|样本|编号|序号)\d+(?:[-—.]\d+)*"
            r"(?![\d.]*(?:%|万|亿|元|户|个|家|人|吨|项|次|名))"
            r"|第\d+(?=[届题条款项章节页次期批季号台步轮阶])"
            r"|(?<![A-Za-z])[A-Z]\d+(?:\.\d+)*(?![\d.]*(?:%|万|亿|元))"
        ),
    ),
    (
        Kind.LIST,
        re.compile(
            rf"^\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?=[．、][^\d]|．\d|\.(?![\d])|[）])"
            rf"|(?<![\d.%])\d{{1,2}}(?=[.．、](?:[{_HAN}“《（]|{_YEAR}年))"
            rf"|(?:(?<=^（)|(?<=[。；：，、]（))\d{{1,2}}(?=）)|(?<=（)\d{{1,2}}(?=）[{_HAN}“《])"
        ),
    ),
    (
        Kind.NAME,
        re.compile(
            r"[A-Za-z]\d+(?:\.\d+)?|\d+(?:\.\d+)?(?=[A-Za-z](?![A-Za-z]*\d))|[“”‘’]\d+\.\d+[“”]工程"
        ),
    ),
)

_BOUND_BEFORE = re.compile(
    r"(?P<ge>≥|不低于|不少于|不小于|至少|最低|突破|确保(?:完成)?|力争(?:突破|达到|完成)?|争取)"
    r"$|(?P<gt>>|超过|大于|高于|多于)$|(?P<le>≤|不超过|不高于|不大于|不多于|至多|最高|控制在)$"
    r"|(?P<lt><|低于|小于|少于)$"
)
_BOUND_AFTER = re.compile(
    r"(?:（含(?:本数)?）)?(?:(?P<ge>及?以上|起)|(?P<le>及?以下|以内|之内))"
    # 90%≤率<100%: the sign stands behind the lower bound.
    r"|(?P<low>[≤<])|(?P<high>[≥>])"
    # The bound of a scoring rule: 为 100% 的计 2 分.
    r"|(?P<eq>(?:的)?，?(?:得|计|记|扣)(?=\d|满分|全分|权重|本项|标准分|该项)|(?:的)?，?不(?:得|扣)分)"
)
_ABOUT_BEFORE = re.compile(r"(?:约|大约|近|将近|接近|左右为)$")
_ABOUT_AFTER = re.compile(r"左右|上下|多(?=[，。；、）]|$|[万亿元户个家人])|余")
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "low": "≥", "high": "≤"}
_OPERATORS = "+-×÷/=·"
_RANGE = re.compile(r"(?:～|至|到|—|-)$")


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a plain text in order.

    Args:
        text: As ``plain`` returns it.

    >>> [(f.text, f.kind.value) for f in read_figures("2023年完成≥70户，63户，占90%。")]
    [('2023', 'date'), ('≥70户', 'target'), ('63户', 'quantity'), ('90%', 'percentage')]
    """
    spans = _kinds(text)
    figures = [_figure(text, match, spans) for match in _DIGITS.finditer(text)]
    return tuple(_ranges(text, _equations(text, figures)))


def _kinds(text: str) -> list[tuple[int, int, Kind]]:
    """Return the stretches that are no amounts, earlier kinds before later ones."""
    return [
        (match.start(), match.end(), kind)
        for kind, pattern in _SPANS
        for match in pattern.finditer(text)
    ]


def _figure(text: str, match: re.Match[str], spans: list[tuple[int, int, Kind]]) -> Figure:
    start, end = match.span()
    kind = next((k for first, last, k in spans if first <= start and end <= last), None)
    whole = match[0].replace(",", "")
    places = len(whole.partition(".")[2])
    if (kind is None and len(whole) > LONGEST) or (whole.startswith("00") and len(whole) > 2):
        kind = Kind.DOCUMENT
    if kind is not None:
        return Figure(start, end, end, Fraction(whole[:40].rstrip(".")), places, "", kind)
    return _claim(text, start, end, Fraction(whole), places)


def _claim(text: str, start: int, end: int, value: Fraction, places: int) -> Figure:
    unit = unit_at(text, end)
    factor, dimension = measured(unit)
    before, after = text[max(start - 8, 0) : start], text[end + len(unit) : end + len(unit) + 8]
    if _is_negative(text, start):
        start, value = start - 1, -value
    bound = _sign(_BOUND_BEFORE.search(before)) or _sign(_BOUND_AFTER.match(after))
    if bound == "=" and unit == "分":
        bound = ""  # 分值为 3 分，扣 1 分: no bound, but what is taken off it
    about = bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
    percent = unit in ("%", "‰", "个百分点", "百分点")
    kind = Kind.TARGET if bound else Kind.PERCENT if percent else Kind.QUANTITY
    return Figure(
        start, end + len(unit), end, value, places, unit, kind, factor, dimension, bound, about
    )


def _sign(match: re.Match[str] | None) -> str:
    return _SIGNS[match.lastgroup] if match and match.lastgroup else ""


def _is_negative(text: str, start: int) -> bool:
    """Say whether the minus before a number is its sign and no operator or dash."""
    if text[start - 1 : start] != "-":
        return False
    before = text[start - 2 : start - 1]
    return before in ("", "（", "：", "，", "为", "=")


def _equations(text: str, figures: list[Figure]) -> list[Figure]:
    """Mark the numbers that stand beside an equals sign and an operator."""
    done = []
    for index, each in enumerate(figures):
        linked = _operator(text, figures, index) or _operator(text, figures, index - 1)
        beside = text[each.start - 1 : each.start] in ("=", "×", "÷") and not each.bound
        if each.is_claim and (linked or (beside and each.kind is not Kind.TARGET)):
            done.append(replace(each, kind=Kind.EQUATION))
        else:
            done.append(each)
    return done


def _operator(text: str, figures: list[Figure], index: int) -> bool:
    """Say whether an operator alone stands between a number and the next."""
    if not 0 <= index < len(figures) - 1:
        return False
    left, right = figures[index], figures[index + 1]
    if not (left.is_claim and right.is_claim):
        return False
    between = text[left.end : right.start].replace("（", "").replace("）", "").replace("100%", "")
    if right.value < 0 and text[right.start] == "-" and not between:
        return True
    return bool(between) and len(between) <= 3 and all(sign in _OPERATORS for sign in between)


def _ranges(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """Mark both ends of 2～3 and 90 至 100 分."""
    ends = set()
    for left, right in pairwise(figures):
        between = text[left.end : right.start]
        if left.is_claim and right.is_claim and _RANGE.fullmatch(between) and between != "-":
            ends |= {left, right}
    for each in figures:
        yield replace(each, kind=Kind.RANGE) if each in ends else each
