"""The scores as a workbook with live formulas (评分工作簿).

Sheets: 评分表 (in the layout of 附件1), 汇总, 数据, one per table, 评判, 口径,
核对, 说明. The computed value is stored with every formula, so that a viewer
that does not calculate shows the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.evaluation.evaluation import Outcome
from steelyard.report.workbook.book import Book
from steelyard.report.workbook.score_sheet import SCORES, SUMS
from steelyard.report.workbook.supporting_sheets import (
    FACTS,
    SUPPORTING,
    SupportingSheets,
    write_notes,
)

FIXED = (SCORES, *SUPPORTING)


def score_workbook(outcomes: Sequence[Outcome]) -> bytes:
    """Return a workbook of one or many outcomes.

    Args:
        outcomes: Evaluations already weighed; their blocks stand one below
            the other on each sheet.

    Returns:
        The bytes of an .xlsx file; the same outcomes give the same bytes.
    """
    book = Book("评分表", FIXED)
    for name in (SCORES, SUMS, FACTS):
        book.sheet(name)
    for outcome in outcomes:
        SupportingSheets(book, outcome).write()
    write_notes(book)
    return book.close()
