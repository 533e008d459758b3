"""How an own workbook looks (版式): fills, locks, widths, heights."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

LINE, PADDING, TALLEST = 14, 6, 400
"""Heights in points: of a line, around the lines of a row, the tallest row."""

LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""

_FONT = "宋体"
_LINES = "#A6A6A6"
_INPUT, _GIVEN, _LABEL, _HEAD = "#FFF8DC", "#E4F2E4", "#F2F2F2", "#DCE6F1"


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Format] = {}
        self.hidden = self._format(border=0, font_color="#808080")
        self.title = self._format(border=0, bold=True, font_size=14, text_wrap=False)
        self.name = self._format(border=0, bold=True, font_size=16, align="center")
        """Of the workbook, on its first sheet."""
        self.boxed = self._format()
        self.part = self._format(border=0, bold=True, font_size=11, text_wrap=False)
        self.line = self._format(border=0)
        self.head = self._format(bold=True, bg_color=_HEAD, align="center")
        self.label = self._format(bg_color=_LABEL)
        self.middle = self._format(bg_color=_LABEL, align="center")
        self.state = self._format(bg_color=_LABEL, align="center", text_wrap=False)
        self.link = self._format(bg_color=_LABEL, font_color="#0563C1", underline=1)
        self.waiting = book.add_format({"font_color": "#B00000", "bold": True})
        self.below = book.add_format({"locked": False, "font_name": _FONT, "font_size": 10})
        """Under the last coloured row of a table: unlocked, without fill or lines."""

    def entry(self, code: str = "", *, given: bool = False, middle: bool = False) -> Format:
        """Return the look of a cell to fill in.

        Args:
            code: The number format.
            given: Whether the folder already holds what stands in it.
            middle: Whether its words stand in the middle.
        """
        key = (code, _GIVEN if given else _INPUT, middle)
        if key not in self._made:
            wanted: dict[str, object] = {"bg_color": key[1], "locked": False}
            if code:
                wanted["num_format"] = code
            if middle:
                wanted["align"] = "center"
            elif code != "@":
                wanted |= {"align": "right", "indent": 1}
            self._made[key] = self._format(**wanted)
        return self._made[key]

    def _format(self, **wanted: object) -> Format:
        usual: dict[str, object] = {
            "font_name": _FONT,
            "font_size": 10,
            "valign": "vcenter",
            "border": 1,
            "border_color": _LINES,
            "text_wrap": True,
        }
        return self._book.add_format({**usual, **wanted})


def width(text: str) -> int:
    """Return the columns that a text takes; a Chinese character takes two.

    >>> width("得分2")
    5
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def height(cells: Iterable[tuple[str, int]]) -> int:
    """Return the height of a row of texts in columns of known widths, rather too high."""
    lines = 1
    for text, wide in cells:
        room = max(wide - 1, 2)
        lines = max(lines, sum(max(1, -(-width(part) // room)) for part in text.split("\n")))
    return min(LINE * lines + PADDING, TALLEST)


def clipped(text: str, most: int) -> str:
    """Return a text that is not longer than a prompt may be.

    Workbooks count characters beyond the first plane twice.

    >>> clipped("甲乙丙丁", 3)
    '甲乙…'
    """
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    kept = text[: most - 1]
    while len(kept.encode("utf-16-le")) // 2 > most - 1:
        kept = kept[:-1]
    return kept + "…"


def clean(text: str) -> str:
    """Return a text without the signs that no cell shows."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def inches(millimetres: int) -> float:
    """Return a length as workbooks keep it; no figure of an evaluation."""
    return millimetres * 10 / 254
