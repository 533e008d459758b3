"""The numbers of headings, tables, charts and annexes (编号).

Everything that is counted is counted here, in the order in which it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
MOST_LEVELS = 4


def chinese(number: int) -> str:
    """Return a number below a thousand in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35, 100, 110, 999)]
    ['一', '十', '十二', '二十', '三十五', '一百', '一百一十', '九百九十九']
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        head += "零"
    return head + (_DIGITS[ones] if ones or not head else "")


def mark(level: int, number: int) -> str:
    """Return the mark of a heading: 一、 （一） 1． （1）."""
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}．", f"（{number}）")[
        level - 1
    ]


@dataclass(slots=True)
class Numbering:
    """Counters of one document (编号器)."""

    headings: list[int] = field(default_factory=lambda: [0] * MOST_LEVELS)
    anchors: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    """What links print, by anchor."""

    _counts: dict[str, int] = field(default_factory=dict)

    def restart(self) -> None:
        """Begin to count headings anew."""
        self.headings = [0] * MOST_LEVELS

    def heading(self, level: int) -> str:
        """Count a heading; return its mark."""
        self.headings[level - 1] += 1
        self.headings[level:] = [0] * (MOST_LEVELS - level)
        return mark(level, self.headings[level - 1])

    def anchor(self) -> str:
        """Return an anchor that nothing else has."""
        self.anchors += 1
        return f"章:{self.anchors}"

    def count(self, kind: str, name: str) -> tuple[int, str]:
        """Count a table, chart or annex; return its number and its anchor."""
        number = self._counts.get(kind, 0) + 1
        self._counts[kind] = number
        anchor = f"{kind}:{name}"
        if anchor in self.labels:
            # Two of one name: links lead to the first.
            anchor = f"{anchor}#{number}"
        self.labels[anchor] = f"{kind}{number}"
        return number, anchor
