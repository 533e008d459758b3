"""The workbook that accompanies a report (附表工作簿).

Sheets: the report's annexes of figures, numbered as the report numbers them,
the first of them the live score sheet; then the sheets that these stand on.

The layout is the document's. Its tables already say headings, bands, merges,
widths and, cell by cell, which figure is printed; so whatever tables an
outline annexes become sheets, and they never differ from the printed ones.
Without a document the annexes of the usual outline are composed alone: there
is one way to a layout, not two. What is computed comes from the checks of the
framework, which name the columns, and from the formulas that the outline
itself prints; where a figure stands in an annex, the table's own sheet leads
there, so that every number is typed once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from steelyard.evaluation.evaluation import Outcome
from steelyard.report.compose.composer import compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import Material
from steelyard.report.compose.outline import HeadingPart, SectionPart
from steelyard.report.model.blocks import Document
from steelyard.report.workbook.annex_cells import AnnexCells
from steelyard.report.workbook.annex_plan import plan
from steelyard.report.workbook.annex_sheet import AnnexWriter
from steelyard.report.workbook.book import MARKED, Book
from steelyard.report.workbook.score_sheet import SCORES, SUMS
from steelyard.report.workbook.supporting_sheets import (
    FACTS,
    SUPPORTING,
    SupportingSheets,
    write_notes,
)

_MARKED = "橙色的单元格与算得的数不符：保留填报数，批注中写明两个数；请核对。"


def report_workbook(outcome: Outcome, document: Document | None = None) -> bytes:
    """Return the workbook that accompanies a report.

    Args:
        outcome: The evaluation, already weighed.
        document: The report composed of it, not masked; by default the annexes
            of the usual outline.

    Returns:
        The bytes of an .xlsx file; the same outcome gives the same bytes.

    Raises:
        ValueError: The document is masked: the tables below would tell what it hides.
    """
    if document is None:
        document = _annexes(outcome)
    if document.masked:
        raise ValueError("a masked report has no workbook")
    evaluation = outcome.evaluation
    planned = plan(document, evaluation, SUPPORTING)
    scores = planned.scores or SCORES
    names = planned.names if planned.scores else (SCORES, *planned.names)
    book = Book(f"{document.title}附表", (*names, *SUPPORTING))
    for name in (*names, SUMS, FACTS):
        book.sheet(name)
    supporting = SupportingSheets(book, outcome, scores)
    writer = AnnexWriter(book, AnnexCells(planned, evaluation, supporting.cells))
    supporting.write(writer.put)
    for sheet in planned.sheets:
        writer.write(sheet)
    write_notes(book, ((_MARKED, MARKED),))
    return book.close()


def _annexes(outcome: Outcome) -> Document:
    """Compose the annexes of the usual outline, without anything that people wrote."""
    outline = find_outline("", outcome.card.framework.kind, Path())
    sections = tuple(section for section in outline.sections if _is_annex(section))
    return compose(outcome, Material(), replace(outline, sections=sections)).document


def _is_annex(section: SectionPart) -> bool:
    return any(isinstance(part, HeadingPart) and part.look == "annex" for part in section.parts)
