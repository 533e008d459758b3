"""One sheet of an .xlsx package, cell by cell (工作表的内容)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.intake.reading.sheets.formula import moved
from steelyard.intake.reading.sheets.number_format import NumberFormat, plain_number
from steelyard.intake.reading.sheets.parts import Handler
from steelyard.intake.reading.sheets.sheet import (
    FEWER,
    LAST_COLUMN,
    LAST_ROW,
    MOST_CHARACTERS,
    Allowance,
    Filled,
    Sheet,
    Unusable,
    column_index,
    column_name,
)

MOST_MERGED = 100_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LENGTH = re.compile(r"0+(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the numbers in a sheet's cells stand for."""

    strings: list[str]
    formats: list[NumberFormat | None]
    epoch_1904: bool
    allowance: Allowance

    def text(self, stored: str, kind: str, style: str) -> str:
        """Return what a person sees in a cell.

        Args:
            stored: The content as it is in the file.
            kind: Its type, as ``s``; empty for a number.
            style: Index of the cell's style.
        """
        if kind in ("", "n"):
            number = stored.strip()
            if not number:
                return ""
            form = self.form(style)
            return form.shown(number, self.epoch_1904) if form else plain_number(number)
        if kind == "s":
            number = stored.strip()
            index = int(number) if number.isdecimal() and len(number) < 8 else -1
            return self.strings[index] if 0 <= index < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if stored.strip() in ("1", "true") else "FALSE" if stored.strip() else ""
        if kind == "d":
            return stored.strip().removesuffix("T00:00:00").replace("T", " ")
        return cell_text(stored)

    def form(self, style: str) -> NumberFormat | None:
        """Return the number format of a style; None when it shows what is stored."""
        index = int(style) if style.isdecimal() and len(style) < 7 else 0
        return self.formats[index] if index < len(self.formats) else None

    def behind(self, shown: str, stored: str, kind: str, style: str) -> str:
        """Return the number behind what is shown, empty when all of it is shown."""
        form = self.form(style) if kind in ("", "n") else None
        return form.stored(stored.strip(), shown) if form else ""


class SheetHandler(Handler):
    """Gathers the filled cells of a sheet, and what is hidden."""

    def __init__(self, sheet: Sheet, meaning: Meaning) -> None:
        self.sheet = sheet
        self.meaning = meaning
        self.hidden_columns = bytearray(LAST_COLUMN)
        self.columns_seen = 0
        self.hidden: tuple[set[int], set[int]] = (set(), set())
        """Hidden rows and columns with something in them."""
        self.unreckoned: list[str] = []
        self.shared: dict[str, tuple[str, int, int]] = {}
        self.row = -1
        self.row_name = ""
        self.column = -1
        self.row_hidden = False
        self.cell: dict[str, str] | None = None
        """Attributes of the cell that is open."""
        self.formula: dict[str, str] | None = None
        self.reading = False
        """Inside of the readings that are printed above a text."""
        self.value: list[str] = []
        self.formula_text: list[str] = []
        self.target: list[str] | None = None
        self.length = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        # Nine of ten elements are these two: they take the short way.
        if name == "v" and self.cell is not None:
            self.depth += 1
            self.elements += 1
            self.target = self.value
        else:
            super().opened(name, attributes)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.cell = attributes
            self.formula = None
        elif self.cell is not None:
            if tag == "v" or (tag == "t" and not self.reading):
                self.target = self.value
            elif tag == "f":
                self.formula = attributes
                self.target = self.formula_text
            elif tag == "rPh":
                self.reading = True
        elif tag == "row":
            self._row(attributes)
        elif tag == "col":
            self._column(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        self.target = None
        if tag == "c" and self.cell is not None:
            self._cell(self.cell)
            self.cell = None
        elif tag == "rPh":
            self.reading = False

    def text(self, characters: str) -> None:
        if self.target is not None:
            self.length += len(characters)
            if self.length > MOST_CHARACTERS:
                raise Unusable("单元格中的文字过多", FEWER)
            self.target.append(characters)

    def finish(self) -> None:
        """Say in remarks what is hidden, and which formulas have no value."""
        self.sheet.tell_hidden(*self.hidden)
        if self.unreckoned:
            first = "、".join(self.unreckoned[:5]) + ("等" if len(self.unreckoned) > 5 else "")
            self.sheet.remarks.append(
                f"有{len(self.unreckoned)}个公式没有存下结果（{first}），读作空；"
                "请在 Excel 或 WPS 中打开，重新计算并保存后再交"
            )

    # -- cells --------------------------------------------------------------------

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self.row + 1
        self.row, self.column = _within(row, 0)[0], -1
        self.row_name = str(row + 1)
        self.row_hidden = _is_true(attributes.get("hidden")) or _is_nothing(attributes.get("ht"))

    def _place(self, reference: str) -> None:
        """Move to a cell; without a reference it is the next of the row."""
        if not reference:
            self.row, self.column = _within(self.row, self.column + 1)
            return
        letters = reference.rstrip("0123456789")
        self.column = column_index(letters)
        if letters + self.row_name != reference:
            self._row({"r": reference.removeprefix(letters)})
            self.column = column_index(letters)
        if self.column < 0:
            _within(self.row, self.column)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._place(attributes.get("r", ""))
        if not self.value and self.formula is None:
            return
        stored = "".join(self.value)
        self.value.clear()
        kind = attributes.get("t", "")
        text = self.meaning.text(stored, kind, attributes.get("s", "0"))
        formula = "" if self.formula is None else self._formula(self.formula)
        if formula and not stored and kind != "str":
            self.unreckoned.append(f"{column_name(self.column)}{self.row + 1}")
        if not text and not formula:
            return
        self.meaning.allowance.take(text, formula)
        hidden = self.sheet.hidden
        if self.row_hidden:
            self.hidden[0].add(self.row)
            hidden = True
        if self.hidden_columns[self.column]:
            self.hidden[1].add(self.column)
            hidden = True
        behind = self.meaning.behind(text, stored, kind, attributes.get("s", "0"))
        self.sheet.cells.append(Filled(self.row, self.column, text, formula, hidden, stored=behind))

    def _formula(self, attributes: dict[str, str]) -> str:
        text = cell_text("".join(self.formula_text)).removeprefix("=")
        self.formula_text.clear()
        number = attributes.get("si", "")
        if attributes.get("t") != "shared":
            return text
        if text:
            self.shared[number] = (text, self.row, self.column)
            return text
        first = self.shared.get(number)
        return moved(first[0], self.row - first[1], self.column - first[2]) if first else ""

    def _column(self, attributes: dict[str, str]) -> None:
        self.columns_seen += 1
        first, last = attributes.get("min", ""), attributes.get("max", "")
        hidden = _is_true(attributes.get("hidden")) or _is_nothing(attributes.get("width"))
        if not hidden or not (first + last).isdecimal() or self.columns_seen > LAST_COLUMN:
            return
        start, stop = max(int(first[:7] or 1) - 1, 0), min(int(last[:7] or 1), LAST_COLUMN)
        if start < stop:
            self.hidden_columns[start:stop] = b"\1" * (stop - start)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [_REFERENCE.fullmatch(corner) for corner in (first, last)]
        if len(self.sheet.merged) >= MOST_MERGED:
            raise Unusable("合并的单元格过多")
        if corners[0] and corners[1]:
            rows = sorted(int(corner[2]) - 1 for corner in corners if corner)
            columns = sorted(column_index(corner[1]) for corner in corners if corner)
            if columns[0] >= 0:
                self.sheet.merged.append((rows[0], columns[0], rows[1], columns[1]))


def cell_text(raw: str) -> str:
    """Return a text without the escapes of the format and the blanks around it.

    >>> cell_text(" 甲_x0020_乙 ")
    '甲 乙'
    """
    if "_x" in raw:
        raw = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw)
        # Half a character can be neither written nor compared.
        raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _within(row: int, column: int) -> tuple[int, int]:
    if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
        raise Unusable("有单元格在表格的边界之外")
    return row, column


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _is_nothing(size: str | None) -> bool:
    """Say whether a height or width is zero, which hides as well."""
    return size is not None and _LENGTH.fullmatch(size) is not None
