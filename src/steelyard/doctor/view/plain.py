"""Plain text (归整): one spelling for what people write in many ways.

Blanks, full-width digits and the many signs for times, minus and percent
differ from hand to hand; checks must not. Every character keeps where it came
from, so that a finding quotes the page and not the plain text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass

_WIDE_DIGITS = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
_WIDE_LETTERS = {
    code: chr(code - 0xFEE0) for start in (0xFF21, 0xFF41) for code in range(start, start + 26)
}
_SIGNS = {
    "％": "%",
    "﹪": "%",
    "(": "（",
    ")": "）",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    "*": "×",
    "＊": "×",
    "✕": "×",
    "╳": "×",
    "∕": "/",
    "／": "/",
    "＋": "+",
    "＝": "=",
    "﹦": "=",
    "−": "-",
    "－": "-",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "〜": "～",
    "~": "～",
    "∼": "～",
    "≧": "≥",
    "⩾": "≥",
    "≦": "≤",
    "⩽": "≤",
    "＞": ">",
    "＜": "<",
    "﹒": ".",
}
_TABLE = {ord(sign): plain for sign, plain in _SIGNS.items()} | _WIDE_DIGITS | _WIDE_LETTERS


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in one spelling, with the way back (归整文字)."""

    text: str
    origins: array[int]
    """For each character of ``text``: its offset in what was read."""
    length: int
    """Of what was read."""

    def origin(self, offset: int) -> int:
        """Return where the character at ``offset`` stood; the end for the end."""
        return self.origins[offset] if offset < len(self.origins) else self.length

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end, in what was read, of a stretch of plain text."""
        if end <= start:
            return self.origin(start), self.origin(start)
        return self.origins[start], self.origins[end - 1] + 1

    def offset_of(self, origin: int) -> int:
        """Return the first plain offset at or after a place in what was read."""
        return bisect_left(self.origins, origin)


def plain(text: str) -> Plain:
    """Return a text without blanks and in one spelling of digits and signs.

    A blank stays, as one space, only where it parts two words of Latin letters
    or digits: ``3 2`` are two numbers.

    >>> plain("完成 ８，５００ 户（ 95 ％）").text
    '完成8,500户（95%）'
    >>> plain("3 2.5 不一致").text
    '3 2.5不一致'
    """
    signs = text.translate(_TABLE)
    kept: list[str] = []
    origins = array("l")
    blank = False
    for offset, sign in enumerate(signs):
        if sign.isspace() or sign in "\u200b\ufeff\u00ad":
            blank = True
            continue
        if blank and kept and _ends_word(kept[-1]) and sign.isascii() and sign.isalnum():
            kept.append(" ")
            origins.append(offset - 1)
        blank = False
        kept.append("." if sign == "．" and _is_point(text, offset) else sign)
        origins.append(offset)
    _mend_commas(kept)
    return Plain("".join(kept), origins, len(text))


def _ends_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in ".%")


def _is_point(text: str, offset: int) -> bool:
    """Say whether a full-width point is that of a number or of a list mark.

    １５．２ is a number, ``15．2022 年`` is item 15: the point goes with its digits.
    """
    after = text[offset + 1 : offset + 2]
    return not ("0" <= after <= "9")


def _mend_commas(kept: list[str]) -> None:
    """Make a comma full-width unless it groups the digits of one number, and the reverse."""
    for index, sign in enumerate(kept):
        if sign in ",，":
            kept[index] = "," if _groups(kept, index) else "，"


def _groups(kept: list[str], index: int) -> bool:
    before = kept[index - 1] if index else ""
    after = kept[index + 1 : index + 5]
    return (
        before.isdigit()
        and len(after) >= 3
        and all(each.isdigit() for each in after[:3])
        and not (len(after) == 4 and after[3].isdigit())
    )
