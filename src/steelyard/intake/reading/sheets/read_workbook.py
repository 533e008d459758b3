"""Workbooks as documents (读取工作簿)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from steelyard.files import packages
from steelyard.intake.reading.document import Block, Document
from steelyard.intake.reading.many_objects import many_objects
from steelyard.intake.reading.sheets.blocks import blocks_of
from steelyard.intake.reading.sheets.compound import OLE
from steelyard.intake.reading.sheets.delimited import delimited_sheet
from steelyard.intake.reading.sheets.older import older_sheets
from steelyard.intake.reading.sheets.open_xml import open_xml_sheets
from steelyard.intake.reading.sheets.sheet import AGAIN, Progress, Sheet, Unusable, unwatched
from steelyard.intake.reading.unreadable import Unreadable


def read_workbook(name: str, content: bytes, progress: Progress = unwatched) -> Document:
    """Read a workbook (工作簿): .xlsx, .xlsm or .xls.

    Args:
        name: The file's name, without its folder.
        content: Its bytes, from outside.
        progress: Told after each sheet how many are read, and of how many.

    Returns:
        Tables and lines sheet by sheet. A text is what a person sees where the
        number format is plain, else the number as it is stored, every digit of it.
        Remarks name what is hidden, and formulas without a stored result.

    Raises:
        Unreadable: It is damaged, encrypted, too large, empty, or no workbook.
    """
    read = older_sheets if content.startswith(OLE) else open_xml_sheets
    try:
        with many_objects():
            return _document(name, content, read(content, progress))
    except Unusable as error:
        raise Unreadable(name, error.why, error.mend) from error
    except packages.Unusable as error:
        raise Unreadable(name, str(error), AGAIN) from error


def read_delimited(name: str, content: bytes) -> Document:
    """Read comma or tab separated values (CSV) as a workbook of one sheet.

    Args:
        name: The file's name, without its folder.
        content: Its bytes: UTF-8, UTF-16 with a mark, or GB 18030.

    Raises:
        Unreadable: It is no text, a quotation mark is never closed, or it is too large.
    """
    try:
        return _document(name, content, [delimited_sheet(name, content)])
    except Unusable as error:
        raise Unreadable(name, error.why, error.mend) from error


def _document(name: str, content: bytes, sheets: Iterable[Sheet]) -> Document:
    blocks: list[Block] = []
    remarks: list[str] = []
    for sheet in sheets:
        blocks += blocks_of(sheet)
        if sheet.hidden and sheet.cells:
            remarks.append(f"工作表“{sheet.name}”是隐藏的，内容也已读入。")
        remarks += [f"工作表“{sheet.name}”：{remark}。" for remark in sheet.remarks]
    if not blocks:
        raise Unusable("所有工作表都是空的", "请核对是否交错了文件。")
    digest = hashlib.sha256(content).hexdigest()
    return Document(name, "workbook", digest, tuple(blocks), remarks=tuple(remarks))
