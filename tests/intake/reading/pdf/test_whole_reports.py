"""Whole reports: a published one typeset again, and one that Steelyard wrote."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from tests.report.whole.sample_report import sample

from steelyard.intake.reading.document import Document, Paragraph, Role, Table
from steelyard.intake.reading.pdf.read_pdf import read_pdf
from steelyard.report.model import blocks as written
from steelyard.report.pdf.typeset import pdf_by_typst

Cells = set[tuple[int, int, int, int, str]]
"""Row, column, rows, columns and bare words of each cell."""


def bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def cells(table: Table) -> Cells:
    return {(c.row, c.column, c.rows, c.columns, bare(c.words.text)) for c in table.cells}


def paragraphs(document: Document) -> list[str]:
    return [
        bare(block.words.text)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role not in (Role.CONTENTS, Role.BOX)
    ]


@pytest.fixture(scope="module")
def published(case_dir: Path) -> Document:
    return read_pdf("report.pdf", (case_dir / "report.pdf").read_bytes())


@pytest.fixture(scope="module")
def report() -> written.Document:
    return sample()[1].document


@pytest.fixture(scope="module")
def printed(report: written.Document) -> Document:
    return read_pdf("report.pdf", pdf_by_typst(report).pdf)


class TestAPublishedReport:
    def test_gives_every_cell_of_every_table_in_its_place(
        self, published: Document, case_dir: Path
    ) -> None:
        expected = json.loads((case_dir / "tables.json").read_text(encoding="utf-8"))
        found = list(published.tables)
        assert len(found) == len(expected)
        for table, truth in zip(found, expected, strict=True):
            covers = {(top, left): (bottom, right) for top, left, bottom, right in truth["spans"]}
            inner = {
                (row, column)
                for (top, left), (bottom, right) in covers.items()
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            } - set(covers)
            wanted = set()
            for row, words in enumerate(truth["grid"]):
                for column, text in enumerate(words):
                    if (row, column) not in inner:
                        bottom, right = covers.get((row, column), (row, column))
                        wanted.add((row, column, bottom - row + 1, right - column + 1, bare(text)))
            assert cells(table) == wanted, truth["key"]

    def test_gives_the_paragraphs_of_its_word_file(
        self, published: Document, case_dir: Path
    ) -> None:
        word = docx.Document(str(case_dir / "report.docx"))
        # A line of the contents ends in a tab and its page number.
        lines = [each.text for each in word.paragraphs if "\t" not in each.text]
        wanted = [bare(each) for each in lines if bare(each)]
        found = paragraphs(published)
        assert len(wanted) > 700
        alike = sum(one == other for one, other in zip(wanted, found, strict=True))
        assert alike / len(wanted) >= 0.995

    def test_marks_each_line_of_its_contents(self, published: Document) -> None:
        lines = [
            b for b in published.blocks if isinstance(b, Paragraph) and b.role is Role.CONTENTS
        ]
        assert len(lines) > 100

    def test_says_the_page_of_everything(self, published: Document) -> None:
        assert published.pages == 104
        assert published.remarks == ()
        pages = [
            spot.page
            for block in published.blocks
            if isinstance(block, Paragraph)
            for spot in block.words.spots
        ]
        assert pages == sorted(page for page in pages if page)


class TestAReportThatSteelyardWrote:
    def test_gives_every_cell_of_every_table_and_no_chart(
        self, report: written.Document, printed: Document
    ) -> None:
        wanted = [block for block in report.blocks() if isinstance(block, written.Table)]
        found = list(printed.tables)
        assert len(found) == len(wanted)
        for table, truth in zip(found, wanted, strict=True):
            placed = {
                (row, column, cell.down, cell.across, bare(cell.text))
                for row, column, cell in truth.placed()
            }
            assert cells(table) == placed, truth.text

    def test_gives_every_paragraph_and_heading(
        self, report: written.Document, printed: Document
    ) -> None:
        found = set(paragraphs(printed))
        wanted = [
            bare(line)
            for block in report.blocks()
            if isinstance(block, written.Paragraph | written.Heading)
            for line in block.text.split("\n")
        ]
        missing = [text for text in wanted if text and text not in found]
        assert len(missing) <= len(wanted) // 200
