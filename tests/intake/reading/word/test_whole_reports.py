"""Whole reports: a published one, and one that Steelyard wrote."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.report.sample_document import sample_document
from tests.report.word.long_document import long_document

from steelyard.intake.reading.document import Document, Paragraph, Role, Table
from steelyard.intake.reading.word.read_word import read_word
from steelyard.report.model import blocks as written
from steelyard.report.word.writer import word_file


def bare(text: str) -> str:
    return "".join(text.split())


def all_text(document: Document) -> str:
    texts: list[str] = []
    for block in document.blocks:
        cells = block.cells if isinstance(block, Table) else (block,)
        texts += [each.words.text for each in cells]
    return bare("\n".join(texts))


class TestAPublishedReport:
    def test_gives_every_cell_of_every_table(self, case_dir: Path) -> None:
        content = (case_dir / "report.docx").read_bytes()
        expected = json.loads((case_dir / "tables.json").read_text(encoding="utf-8"))
        document = read_word("report.docx", content)
        found = list(document.tables)
        assert document.sha256 == hashlib.sha256(content).hexdigest()
        assert document.kind == "docx"
        assert len(found) == len(expected)
        for table, truth in zip(found, expected, strict=True):
            spans = sorted(
                [cell.row, cell.column, cell.row + cell.rows - 1, cell.column + cell.columns - 1]
                for cell in table.cells
                if cell.rows > 1 or cell.columns > 1
            )
            assert spans == sorted(truth["spans"]), truth["key"]
            tops = {(cell.row, cell.column): bare(cell.words.text) for cell in table.cells}
            texts = [
                [tops.get((row, column), "") for column in range(table.width)]
                for row in range(table.height)
            ]
            assert texts == [[bare(text) for text in row] for row in truth["grid"]], truth["key"]

    def test_repeats_every_line_of_its_contents_as_a_heading(self, case_dir: Path) -> None:
        document = read_word("report.docx", (case_dir / "report.docx").read_bytes())
        paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
        contents = [p.words.text for p in paragraphs if p.role is Role.CONTENTS]
        headings = {bare(p.words.text) for p in paragraphs if p.role is Role.HEADING}
        assert len(contents) > 100
        missing = [line for line in contents if bare(line.rpartition("\t")[0]) not in headings]
        assert missing == []


class TestAReportOfOurOwn:
    def test_is_read_completely(self) -> None:
        for report in (sample_document(), long_document()):
            document = read_word("报告.docx", word_file(report))
            text = all_text(document)
            for block in report.blocks():
                if isinstance(block, written.Paragraph | written.Heading):
                    assert bare(block.text) in text

    def test_has_its_headings_and_tables(self) -> None:
        report = sample_document()
        document = read_word("报告.docx", word_file(report))
        headings = [b for b in report.blocks() if isinstance(b, written.Heading)]
        tables = [b for b in report.blocks() if isinstance(b, written.Table)]
        found = {
            bare(b.words.text): b.level
            for b in document.blocks
            if isinstance(b, Paragraph) and b.role is Role.HEADING
        }
        for heading in headings:
            assert bare(heading.number + heading.text) in found or bare(heading.text) in found
        assert len(list(document.tables)) >= len(tables)
