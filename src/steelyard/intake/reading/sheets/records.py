"""The records of an .xls workbook that are plain numbers (BIFF).

What is read: numbers with their styles, number formats, hidden rows and columns, and
how large each sheet is. Words are left to the library.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from steelyard.intake.reading.sheets.number_format import BUILT_IN, NumberFormat, number_format
from steelyard.intake.reading.sheets.sheet import MOST_CELLS, Unusable

_MOST_PLACES = 10 * MOST_CELLS
"""Places of the rectangles around what is filled, of all sheets together."""

_ROWS, _COLUMNS = 65_536, 256
_ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A",
}  # fmt: skip
_WORDS = frozenset((
    0x06, 0x0A, 0x22, 0x2F, 0x3C, 0x42, 0x85, 0xD6, 0xE0, 0xE5, 0xFC, 0xFD,
    0x200, 0x204, 0x205, 0x207, 0x41E, 0x09, 0x209, 0x409, 0x809,
))  # fmt: skip
"""Kinds of records that hold words, or where they belong."""

_SHORTEST = {0x0A: 0, 0x22: 2, 0x3C: 0, 0x42: 2, 0xE5: 2, 0x207: 2}
"""Bytes that such a record has at least, where fewer than four are enough."""

_DAMAGED = "工作簿的内容已经损坏"


@dataclass(slots=True)
class SheetRecords:
    """What the records of one sheet say without its words."""

    start: int
    hidden: bool
    is_worksheet: bool
    numbers: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    """Number as text and style, by row and column."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: int = 0


@dataclass(slots=True)
class BookRecords:
    """What the records of a workbook say without its words."""

    sheets: list[SheetRecords] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    epoch_1904: bool = False
    known: dict[int, NumberFormat | None] = field(default_factory=dict)

    def format_of(self, style: int) -> NumberFormat | None:
        """Return a style's number format, None where numbers show as they are stored."""
        code = self.styles[style] if style < len(self.styles) else 0
        if code not in self.known:
            self.known[code] = number_format(self.codes.get(code, ""))
        return self.known[code]


def book_records(stream: bytes) -> BookRecords:
    """Read the records of a workbook's stream.

    Raises:
        Unusable: It is encrypted, damaged, or larger than may be read.
    """
    book = BookRecords()
    try:
        for kind, body in _records(stream, 0):
            _global(book, kind, body, len(stream))
        places = 0
        starts: set[int] = set()
        for sheet in book.sheets:
            if sheet.start in starts:
                raise Unusable(_DAMAGED)
            starts.add(sheet.start)
            places += _cells(stream, sheet)
            if places > _MOST_PLACES:
                raise Unusable("表格的范围过大", "请删去远处的零散内容，另存为 .xlsx 后再交。")
    except (struct.error, IndexError) as error:
        raise Unusable(_DAMAGED) from error
    if not book.sheets:
        raise Unusable("其中没有工作表，或者已经损坏")
    return book


def words_alone(stream: bytes) -> bytes:
    """Return a workbook's stream with only such records as words are read from.

    Formulas lose their instructions and keep their results; what is not needed
    becomes a record of a kind that nobody knows. Nothing moves.
    """
    kept = bytearray(stream)
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == 0x06 and length >= 22:
            struct.pack_into("<H", kept, min(place + 24, len(stream) - 2), 0)
        elif kind not in _WORDS or (length < _SHORTEST.get(kind, 4)):
            struct.pack_into("<H", kept, place, 0xFFFF)
        place += 4 + length
    return bytes(kept)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, without those of charts inside of it."""
    depth = 0
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + length]
        place += 4 + length
        if kind & 0xFF == 0x09:
            depth += 1
        if depth == 1:
            yield kind, body
        if kind == 0x0A:
            depth -= 1
        if depth <= 0:
            return
    raise Unusable("文件不完整或已损坏")


def _global(book: BookRecords, kind: int, body: bytes, size: int) -> None:
    if kind == 0x2F:
        raise Unusable("它已加密", "请去掉密码后再交。")
    if kind & 0xFF == 0x09 and struct.unpack_from("<H", body)[0] not in (0x0500, 0x0600):
        raise Unusable("它的格式早于 Excel 5.0")
    if kind == 0x22:
        book.epoch_1904 = body[:2] == b"\1\0"
    elif kind == 0x85:
        start, state, sort = struct.unpack_from("<IBB", body)
        book.sheets.append(SheetRecords(start, state & 3 != 0, sort == 0))
    elif kind == 0xE0:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == 0x41E and len(body) > 5:
        number, count, wide = struct.unpack_from("<HHB", body)
        raw = body[5 : 5 + count * (2 if wide & 1 else 1)]
        book.codes[number] = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
    elif kind == 0xFC and struct.unpack_from("<I", body, 4)[0] > size:
        # The library makes room for as many texts as are announced.
        raise Unusable(_DAMAGED)


def _cells(stream: bytes, sheet: SheetRecords) -> int:
    """Read the numbers of a sheet; return the places of the rectangle around its cells."""
    rows: list[int] = []
    columns: list[int] = []
    for kind, body in _records(stream, sheet.start):
        if kind in (0x203, 0x27E, 0x06, 0x206, 0x406, 0xFD, 0x204, 0x205, 0xD6, 0xBD):
            row, column = struct.unpack_from("<HH", body)
            rows = [min(row, *rows), max(row, *rows)] if rows else [row, row]
            last = column + max((len(body) - 6) // 6 - 1, 0) if kind == 0xBD else column
            columns = [min(column, *columns), max(last, *columns)] if columns else [column, last]
            _numbers(sheet, kind, row, column, body)
        elif kind == 0x208 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x7D:
            first, last, _, _, options = struct.unpack_from("<HHHHH", body)
            if options & 1:
                sheet.hidden_columns.update(range(first, min(last, _COLUMNS - 1) + 1))
        elif kind == 0x200:
            top, bottom, left, right = _dimensions(body)
            if bottom - top > _ROWS or right - left > _COLUMNS or top > bottom or left > right:
                raise Unusable(_DAMAGED)
    return (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) if rows else 0


def _dimensions(body: bytes) -> tuple[int, int, int, int]:
    if len(body) < 14:
        return struct.unpack_from("<HHHH", body)
    return struct.unpack_from("<IIHH", body)


def _numbers(sheet: SheetRecords, kind: int, row: int, column: int, body: bytes) -> None:
    if kind == 0x203:
        style, number = struct.unpack_from("<Hd", body, 4)
        sheet.numbers[row, column] = (repr(number), style)
    elif kind == 0x27E:
        style, raw = struct.unpack_from("<HI", body, 4)
        sheet.numbers[row, column] = (_short(raw), style)
    elif kind == 0xBD:
        for index in range((len(body) - 6) // 6):
            style, raw = struct.unpack_from("<HI", body, 4 + 6 * index)
            sheet.numbers[row, column + index] = (_short(raw), style)
    elif kind & 0xFF == 0x06:
        sheet.formulas += 1
        style, number = struct.unpack_from("<Hd", body, 4)
        # With both high bytes set it is a text, a truth value or an error.
        if body[12:14] != b"\xff\xff":
            sheet.numbers[row, column] = (repr(number), style)
        elif body[6] == 2:
            sheet.errors[row, column] = _ERRORS.get(body[8], "#N/A")
    elif kind == 0x205 and body[7]:
        sheet.errors[row, column] = _ERRORS.get(body[6], "#N/A")


def _short(raw: int) -> str:
    """Return a number that was stored in 30 bits and two flags."""
    if raw & 2:
        number = float((raw >> 2) - (1 << 30 if raw & 0x80000000 else 0))
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))
    return repr(number / 100 if raw & 1 else number)
