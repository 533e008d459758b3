"""A formula cut into words (词法).

Official papers write operators in many ways (×, ＊, ≧, （ ）); here each
becomes one word. Nothing is skipped: what is not understood is refused with
its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import Literal as OneOf

from steelyard.errors import SteelyardError
from steelyard.formula.tree import Place
from steelyard.measure.units import UNITS

LONGEST_TEXT = 10_000
MOST_WORDS = 2_000

Kind = OneOf["number", "text", "name", "sign", "end"]


class FormulaError(SteelyardError):
    """A formula that cannot be read; says line, column and mend."""

    code = "formula.unreadable"

    def __init__(self, what: str, at: Place, mend: str) -> None:
        super().__init__(what=what, where=str(at), mend=mend)
        self.place = at


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a formula (词)."""

    kind: Kind
    text: str
    at: Place
    spaced: bool = False
    """Whether blank space stands before it."""


_SIGNS = {
    "＋": "+",
    "－": "-",
    "−": "-",
    "–": "-",
    "*": "×",
    "＊": "×",
    "✕": "×",
    "/": "÷",
    "／": "÷",
    "∕": "÷",
    "（": "(",
    "）": ")",
    "［": "(",
    "］": ")",
    "[": "(",
    "]": ")",
    "，": ",",
    "、": ",",
    ";": ",",
    "；": ",",
    "．": ".",
    "％": "%",
    "＝": "=",
    "==": "=",
    "═": "=",
    "!=": "≠",
    "！=": "≠",
    "<>": "≠",
    "＜": "<",
    "﹤": "<",
    "<=": "≤",
    "=<": "≤",
    "≦": "≤",
    "＞": ">",
    "﹥": ">",
    ">=": "≥",
    "=>": "≥",
    "≧": "≥",
    "&&": "and",
    "||": "or",
}
_WORD_SIGNS = {
    "且": "and",
    "并且": "and",
    "and": "and",
    "或": "or",
    "或者": "or",
    "or": "or",
    "非": "not",
    "not": "not",
}
_JOINERS = ("并且", "或者", "且", "或")
_PLAIN_SIGNS = set("+-×÷(),.%=≠<≤>≥")
_NAME = re.compile(r"[^\W\d][\w]*|[①-⑳]")
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
_SPACE = re.compile(r"[\s\u3000]+")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "「": "」"}
_NAME_QUOTES = {"【": "】", "`": "`"}


def is_plain(name: str) -> bool:
    """Tell whether a name needs no 【 】 in a formula.

    >>> is_plain("决算数"), is_plain("决算数（调整后）")
    (True, False)
    """
    return _NAME.fullmatch(name) is not None and name.lower() not in _WORD_SIGNS


def cut(text: str) -> list[Word]:
    """Return the words of a formula, an ``end`` word last.

    Raises:
        FormulaError: A character belongs to no word, a quotation is not
            closed, or the formula is longer than any honest one.
    """
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"算式过长（{len(text)}字）。", Place(1, 1), "请拆成几个数据项。")
    words: list[Word] = []
    line, start, position, spaced = 1, 0, 0, False
    while position < len(text):
        at = Place(line, position - start + 1)
        space = _SPACE.match(text, position)
        if space is not None:
            line += space[0].count("\n")
            if "\n" in space[0]:
                start = position + space[0].rindex("\n") + 1
            position, spaced = space.end(), True
            continue
        before = position
        found, position = _next(text, position, at, words)
        if "\n" in text[before:position]:
            line += text.count("\n", before, position)
            start = text.rindex("\n", before, position) + 1
        for index, word in enumerate(found):
            words.append(Word(word.kind, word.text, word.at, spaced and index == 0))
        spaced = False
        if len(words) > MOST_WORDS:
            raise FormulaError("算式的词太多。", at, "请拆成几个数据项。")
    words.append(Word("end", "", Place(line, position - start + 1), spaced))
    return words


def _next(text: str, position: int, at: Place, before: list[Word]) -> tuple[list[Word], int]:
    character = text[position]
    if character in _QUOTES:
        return _quoted(text, position, at, _QUOTES[character], "text")
    if character in _NAME_QUOTES:
        return _quoted(text, position, at, _NAME_QUOTES[character], "name")
    number = _NUMBER.match(text, position)
    if number is not None:
        written = number[0].replace("．", ".")
        if len(written) > 32:
            raise FormulaError("数字太长。", at, "请核对这个数。")
        return [Word("number", written, at)], number.end()
    pair = _SIGNS.get(text[position : position + 2])
    if pair is not None and len(text[position : position + 2]) == 2:
        return [Word("sign", pair, at)], position + 2
    sign = _SIGNS.get(character, character)
    if sign in _PLAIN_SIGNS:
        return [Word("sign", sign, at)], position + 1
    name = _NAME.match(text, position)
    if name is not None:
        found, length = _named(name[0], at, before)
        return found, position + length
    raise FormulaError(f"看不懂“{character}”。", at, "算式只用数据项、数字、运算符和括号。")


def _quoted(
    text: str, position: int, at: Place, closing: str, kind: Kind
) -> tuple[list[Word], int]:
    end = text.find(closing, position + 1)
    if end < 0:
        raise FormulaError(f"“{text[position]}”没有配对的“{closing}”。", at, f"请补上“{closing}”。")
    inner = text[position + 1 : end]
    if kind == "name" and not inner.strip():
        raise FormulaError("名称是空的。", at, "请在【】里写数据项的名称。")
    return [Word(kind, inner.strip() if kind == "name" else inner, at)], end + 1


def _named(name: str, at: Place, before: list[Word]) -> tuple[list[Word], int]:
    """Return a name, or the 且/或 written right behind a value; and how much was read."""
    lowered = name.lower()
    if lowered in _WORD_SIGNS:
        return [Word("sign", _WORD_SIGNS[lowered], at)], len(name)
    last = before[-1] if before else Word("end", "", at)
    if last.kind in ("number", "text") or last.text in (")", "%"):
        units = UNITS if last.kind == "number" else ("",)
        for unit, joiner in product(units, _JOINERS):
            if name.startswith(unit + joiner):
                sign = Word("sign", _WORD_SIGNS[joiner], Place(at.line, at.column + len(unit)))
                value = [Word("name", unit, at)] if unit else []
                return [*value, sign], len(unit) + len(joiner)
    return [Word("name", name, at)], len(name)
