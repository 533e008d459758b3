"""Workbooks of Excel 97 to 2003 (.xls): numbers and styles read here, words by calamine.

Calamine keeps a whole rectangle for each sheet and believes what the file announces,
so the records are looked at first. It is handed the workbook's own stream alone, and
of that the words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from steelyard.files.packages import USUAL
from steelyard.intake.reading.sheets.compound import CompoundFile, alone
from steelyard.intake.reading.sheets.number_format import plain_number
from steelyard.intake.reading.sheets.records import (
    BookRecords,
    SheetRecords,
    book_records,
    words_alone,
)
from steelyard.intake.reading.sheets.sheet import (
    Allowance,
    Filled,
    Progress,
    Sheet,
    Unusable,
)


def older_sheets(content: bytes, progress: Progress) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in order.

    Raises:
        Unusable: It is damaged, encrypted, holds more than may be read, or no workbook.
    """
    if len(content) > USUAL.packed:
        most = USUAL.packed // 2**20
        raise Unusable(f"文件有{len(content) // 2**20}MB，超过上限{most}MB")
    compound = CompoundFile(content)
    if "EncryptedPackage" in compound.streams:
        raise Unusable("它已加密", "请去掉密码后再交。")
    name = next((each for each in ("Workbook", "Book") if each in compound.streams), "")
    if not name:
        raise Unusable("其中没有工作簿")
    stream = compound.stream(name)
    records = book_records(stream)
    book = _opened(alone(name, words_alone(stream)))
    if len(book.sheet_names) != len(records.sheets):
        raise Unusable("工作簿的内容已经损坏")
    allowance = Allowance()
    for index, found in enumerate(records.sheets):
        sheet = Sheet(book.sheet_names[index], hidden=found.hidden)
        if found.is_worksheet:
            _fill(sheet, book.get_sheet_by_index(index), found, records, allowance)
        else:
            sheet.remarks.append("它是图表或宏表，没有读取")
        yield sheet
        progress(index + 1, len(records.sheets))


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise Unusable("工作簿的内容已经损坏") from error
    except BaseException as error:
        # A slip inside of calamine arrives as an exception outside of the usual tree.
        if type(error).__name__ != "PanicException":
            raise
        raise Unusable("工作簿的内容已经损坏") from error


def _fill(
    sheet: Sheet,
    words: CalamineSheet,
    found: SheetRecords,
    book: BookRecords,
    allowance: Allowance,
) -> None:
    texts: dict[tuple[int, int], str] = {}
    top, left = words.start or (0, 0)
    for row, values in enumerate(words.iter_rows(), start=top):
        for column, value in enumerate(values, start=left):
            if isinstance(value, bool):
                texts[row, column] = "TRUE" if value else "FALSE"
            elif value != "" and (row, column) not in found.numbers:
                texts[row, column] = str(value).replace("\r\n", "\n").strip()
    texts |= found.errors
    behind: dict[tuple[int, int], str] = {}
    for place, (stored, style) in found.numbers.items():
        form = book.format_of(style)
        texts[place] = form.shown(stored, book.epoch_1904) if form else plain_number(stored)
        behind[place] = form.stored(stored, texts[place]) if form else ""
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    for (row, column), text in texts.items():
        if not text:
            continue
        allowance.take(text)
        hidden = sheet.hidden
        if row in found.hidden_rows:
            hidden_rows.add(row)
            hidden = True
        if column in found.hidden_columns:
            hidden_columns.add(column)
            hidden = True
        number = behind.get((row, column), "")
        sheet.cells.append(Filled(row, column, text, hidden=hidden, stored=number))
    for (first, start), (last, end) in words.merged_cell_ranges or ():
        sheet.merged.append((first, start, last, end))
    sheet.tell_hidden(hidden_rows, hidden_columns)
    if found.formulas:
        sheet.remarks.append(f"{found.formulas}个单元格有公式；.xls 文件只读取结果，不读取公式")
