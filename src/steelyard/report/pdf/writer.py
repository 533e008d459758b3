"""The report as PDF by way of the Word file (PDF 报告).

The page numbers of the table of contents are those of the PDF itself: it is
printed once without them, read, and printed again with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.report.model.blocks import Document
from steelyard.report.pdf.fonts import FontUse, font_uses, fonts_of, fonts_wanted
from steelyard.report.pdf.office import LIMIT, find_office, pdf_from_word
from steelyard.report.pdf.pages import heading_pages, moved

_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A Word file and the PDF that was printed from it (成稿)."""

    docx: bytes
    pdf: bytes
    pages: Mapping[str, int]
    """The page of every heading, as the table of contents prints it."""

    fonts: tuple[FontUse, ...]
    restless: tuple[str, ...] = ()
    """Headings whose pages still moved in the last round: their printed numbers are wrong."""

    conversions: int = 2

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user must know, one sentence each."""
        lines = [str(use) for use in self.fonts if use.replaced]
        if self.restless:
            lines.append(
                f"目录中有{len(self.restless)}个标题的页码与实际不符："
                "写入页码后正文又移动了，请在 Word 中按 F9 更新目录。"
            )
        return tuple(lines)


def pdf_by_office(
    docx_builder: Callable[[Mapping[str, int] | None], bytes],
    document: Document,
    *,
    office: Path | None = None,
    limit: int = LIMIT,
) -> Printed:
    """Print a report through LibreOffice, with true page numbers in its contents.

    Args:
        docx_builder: Gives the Word file, with the page of every heading once known.
        document: The report that it writes.
        office: The program; looked for when not given.
        limit: Seconds one conversion may take.

    Returns:
        Word file and PDF of the last round. Two conversions are made, a third
        when the numbers themselves moved the text.

    Raises:
        SteelyardError: LibreOffice is missing, failed or took too long, or the
            pages cannot be read from its PDF.
    """
    program = office or find_office()
    pages: dict[str, int] | None = None
    docx = docx_builder(None)
    pdf = pdf_from_word(docx, office=program, limit=limit)
    found = heading_pages(pdf, document)
    rounds = 1
    while pages != found and rounds < _MOST_ROUNDS:
        pages = found
        docx = docx_builder(pages)
        pdf = pdf_from_word(docx, office=program, limit=limit)
        found = heading_pages(pdf, document)
        rounds += 1
    return Printed(
        docx=docx,
        pdf=pdf,
        pages=found,
        fonts=font_uses(fonts_wanted(docx), fonts_of(pdf)),
        restless=moved(pages or {}, found),
        conversions=rounds,
    )
