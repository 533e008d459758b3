"""Other departments, frameworks, units and words: whole reports without touching code."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from tests.made.folder import make_folder
from tests.report.whole.sample_report import composed

from steelyard.report.compose.composer import Composed
from steelyard.report.model.blocks import Heading, Table
from steelyard.report.page.writer import page_file
from steelyard.report.pdf.typeset import pdf_by_typst
from steelyard.report.word.read_back import read_back
from steelyard.report.word.writer import word_file
from steelyard.report.workbook.annex_workbook import report_workbook


@pytest.fixture(scope="module", params=[1, 2, 3], ids=["county", "hospital", "project"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("made") / "evaluation", request.param).folder


class TestAnotherEvaluation:
    def test_gives_a_whole_report_in_every_format(self, made: Path) -> None:
        outcome, report = composed(made)
        assert report.document.gaps == ()
        assert report.typed == ()
        assert len(read_back(word_file(report.document)).passages) >= 10
        assert "<main" in page_file(report.document, outcome, report.asked)
        assert report_workbook(outcome, report.document).startswith(b"PK")
        printed = pypdfium2.PdfDocument(pdf_by_typst(report.document).pdf)
        assert len(printed) > 15

    def test_speaks_of_every_leaf_and_every_finding(self, made: Path) -> None:
        outcome, report = composed(made)
        text = _text(report)
        for award in outcome.card.awards:
            assert award.leaf.name in text
        for finding in outcome.evaluation.chain.findings:
            assert finding.title in text

    def test_numbers_its_tables_without_a_gap(self, made: Path) -> None:
        _, report = composed(made)
        captions = [
            block.caption.number
            for block in report.document.blocks()
            if isinstance(block, Table) and block.caption is not None
        ]
        assert captions == list(range(1, len(captions) + 1))

    def test_says_no_unit_that_its_figures_are_not_in(self, made: Path) -> None:
        """Bare numbers stand below a unit, and the unit is the one of the dictionary."""
        outcome, report = composed(made)
        dictionary = outcome.evaluation.ledger.dictionary
        for block in report.document.blocks():
            if isinstance(block, Table) and block.unit:
                units = {c.unit.name for t in dictionary.tables.values() for c in t.columns}
                assert block.unit.removeprefix("单位：") in units


def _text(report: Composed) -> str:
    texts = []
    for block in report.document.blocks():
        if isinstance(block, Heading):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell.text for row in block.rows for cell in row]
    return "\n".join(texts)
