"""Workbooks of Excel 2007 and later (.xlsx, .xlsm)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.intake.reading.sheets.number_format import BUILT_IN, NumberFormat, number_format
from steelyard.intake.reading.sheets.parts import Handler, Parts
from steelyard.intake.reading.sheets.sheet import (
    FEWER,
    MOST_CELLS,
    MOST_CHARACTERS,
    Allowance,
    Progress,
    Sheet,
    Unusable,
)
from steelyard.intake.reading.sheets.sheet_xml import Meaning, SheetHandler, cell_text

MOST_STYLES = 70_000
MOST_SHEETS = 1000


def open_xml_sheets(content: bytes, progress: Progress) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in order.

    Raises:
        Unusable: It holds more than may be read, or no workbook.
    """
    package = Parts(content)
    roots = package.relations("")
    main = next((part for kind, part in roots.values() if kind == "officeDocument"), "")
    book = _Book()
    package.read(main, book)
    if not book.sheets:
        raise Unusable("其中没有工作表，或者已经损坏")
    relations = package.relations(main)
    beside = dict(relations.values())
    strings = _Strings()
    package.read(beside.get("sharedStrings", ""), strings)
    styles = _Styles()
    package.read(beside.get("styles", ""), styles)
    meaning = Meaning(strings.found, styles.formats(), book.epoch_1904, Allowance())
    for index, (name, relation, state) in enumerate(book.sheets):
        kind, part = relations.get(relation, ("", ""))
        sheet = Sheet(name, hidden=state in ("hidden", "veryHidden"))
        if kind != "worksheet":
            sheet.remarks.append("它是图表或宏表，没有读取")
        elif part not in package:
            sheet.remarks.append("它的内容不在文件中，没有读取")
        else:
            handler = SheetHandler(sheet, meaning)
            package.read(part, handler)
            handler.finish()
        yield sheet
        progress(index + 1, len(book.sheets))


class _Book(Handler):
    """The list of sheets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        """Name, relation, state."""
        self.epoch_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.sheets.append(
                (attributes.get("name", ""), relation, attributes.get("state", "visible"))
            )
            if len(self.sheets) > MOST_SHEETS:
                raise Unusable("工作表过多", FEWER)


class _Strings(Handler):
    """Texts that cells share, without the readings printed above them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.open = False
        self.reading = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as all handlers
        if tag == "t":
            self.open = not self.reading
        elif tag == "rPh":
            self.reading = True
        elif tag == "si":
            self.pieces.clear()

    def end(self, tag: str) -> None:
        if tag == "t":
            self.open = False
        elif tag == "rPh":
            self.reading = False
        elif tag == "si":
            self.found.append(cell_text("".join(self.pieces)))
            # A file may keep texts that no cell uses any more.
            if len(self.found) > 2 * MOST_CELLS:
                raise Unusable("单元格中的文字过多", FEWER)

    def text(self, characters: str) -> None:
        if self.open:
            self.length += len(characters)
            if self.length > MOST_CHARACTERS:
                raise Unusable("单元格中的文字过多", FEWER)
            self.pieces.append(characters)


class _Styles(Handler):
    """Which number format each style of a cell has."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.styles: list[int] = []
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            self.styles.append(_number(attributes.get("numFmtId")))
        if max(len(self.styles), len(self.codes)) > MOST_STYLES:
            raise Unusable("单元格样式过多")

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.inside = False

    def formats(self) -> list[NumberFormat | None]:
        """Return a format for each style, None where numbers show as they are stored."""
        used = {code: number_format(self.codes.get(code, "")) for code in set(self.styles)}
        return [used[code] for code in self.styles]


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else 0
