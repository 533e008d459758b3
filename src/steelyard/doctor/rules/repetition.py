"""Phrases written twice in a row (重复的词语): R21."""

from __future__ import annotations

import re
from itertools import pairwise

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_SHORTEST = 5
_LONGEST = 40
_SENTENCE_ENDS = "。；！？"
_CLAUSE_ENDS = "。；！？，："
_DEFINES = re.compile(r"[=：≥≤]|(?:是指|即|为|指)")
_FRAGMENT = re.compile(r"[\u4e00-\u9fff“”‘’《》、，]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TWIN = re.compile(r"([\u4e00-\u9fff]{3,4})\1(?![\u4e00-\u9fff])")
"""A short word twice, at the end of its words: what follows may else be a longer name."""


def check(view: View, pen: Pen) -> None:
    """Look for phrases that stand twice in a row, in a paragraph or over its end."""
    passages = [each for each in view.passages if each.document.kind != CASE]
    for passage in passages:
        _doubled_phrase(passage, pen)
        if passage.cell is None:
            _twins(passage, pen)
    _phrases_over_breaks(passages, pen)


def _twins(passage: Passage, pen: Pen) -> None:
    for match in _TWIN.finditer(passage.text):
        if len(set(match[1])) > 1 and not _DEFINES.match(passage.text[match.end() :][:2]):
            pen.find(
                "R21",
                Severity.QUESTION,
                f"“{match[1]}”似连写了两遍。",
                [Place(passage, *match.span())],
            )


def _doubled_phrase(passage: Passage, pen: Pen) -> None:
    """Find the same phrase twice in a row, with at most one mark between."""
    text = passage.text
    keys = [text[start : start + _SHORTEST] for start in range(len(text) - _SHORTEST + 1)]
    if len(set(keys)) == len(keys):
        return
    last: dict[str, int] = {}
    done = 0
    for start, key in enumerate(keys):
        before = last.get(key, -1)
        last[key] = start
        if before < done or start - before > _LONGEST or before < 0:
            continue
        phrase = _phrase(text, before, start)
        if phrase and not _is_meant(text, before, start, phrase):
            done = start + len(phrase)
            pen.find(
                "R21",
                Severity.QUESTION if passage.cell or _goes_on(text, done) else Severity.ERROR,
                f"“{phrase}”连写了两遍。",
                [Place(passage, before, done)],
            )


def _goes_on(text: str, end: int) -> bool:
    """Say whether a word follows: the second may begin a longer name."""
    return bool(_HAN.match(text, end))


def _phrase(text: str, one: int, other: int) -> str:
    """Return the phrase that stands at both places, empty when something parts them."""
    length = other - one
    for size, gap in ((length, ""), (length - 1, text[other - 1])):
        phrase = text[one : one + size]
        if size < _SHORTEST or (gap and gap not in "，。；、："):
            continue
        if text[other : other + size] == phrase and _FRAGMENT.fullmatch(phrase):
            return phrase if len(_HAN.findall(phrase)) >= _SHORTEST else ""
    return ""


def _is_meant(text: str, one: int, other: int, phrase: str) -> bool:
    """Say whether the second of two is on purpose.

    A term is followed by its definition, a sentence takes up what the last one
    ended with. Where a mark parts the two, only a whole clause is written twice.
    """
    end = other + len(phrase)
    if _DEFINES.match(text[end : end + 2]):
        return True
    parted = other - one > len(phrase)
    opens = one == 0 or text[one - 1] in _CLAUSE_ENDS
    return parted and not (opens and (end == len(text) or text[end] in _CLAUSE_ENDS))


def _phrases_over_breaks(passages: list[Passage], pen: Pen) -> None:
    """Find a phrase that ends one paragraph and begins the next again."""
    for one, other in pairwise(passages):
        plain = one.cell is None and other.cell is None
        if not plain or one.is_heading or other.is_heading:
            continue
        if one.document is not other.document or one.text.endswith(tuple(_SENTENCE_ENDS)):
            continue
        for size in range(min(_LONGEST, len(one.text) - 3, len(other.text)), _SHORTEST - 1, -1):
            phrase = one.text[-size:]
            if other.text.startswith(phrase) and len(_HAN.findall(phrase)) >= _SHORTEST:
                pen.find(
                    "R21",
                    Severity.QUESTION,
                    f"“{phrase}”在上一段末和这一段开头各写了一遍。",
                    [Place(other, 0, size), Place(one, len(one.text) - size, len(one.text))],
                )
                break
