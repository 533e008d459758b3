"""Other departments, frameworks, units and words: whole reports without touching code."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from tests.made.folder import make_folder
from tests.report.whole.plain_source import FACTOR, PlainSource, half_up, number
from tests.report.whole.sample_report import composed

from steelyard.report.compose.composer import Composed
from steelyard.report.model.blocks import Heading, Table, runs_of
from steelyard.report.model.runs import Figure, Run
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

    def test_prints_bare_amounts_in_the_unit_that_stands_above_them(self, made: Path) -> None:
        _, report = composed(made)
        source = PlainSource(made)
        looked = 0
        for block in report.document.blocks():
            if not isinstance(block, Table) or not block.unit:
                continue
            above = FACTOR[block.unit.removeprefix("单位：")]
            for run in runs_of(block):
                cell = re.fullmatch(r"([^\[]+)\[([^\]]+)\]\.(\S+) \| 数.*", _reference(run))
                value, unit = source.cell(*cell.groups()) if cell else ("", "")
                exact = number(value)
                if exact is None or unit not in FACTOR:
                    continue
                looked += 1
                places = len(run.text.partition(".")[2])
                assert run.text == half_up(exact * FACTOR[unit] / above, places), run
        assert looked > 0 or "project" in str(made) or not source.tables.get("资金")


def _reference(run: Run) -> str:
    return run.reference if isinstance(run, Figure) else ""


def _text(report: Composed) -> str:
    texts = []
    for block in report.document.blocks():
        if isinstance(block, Heading):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell.text for row in block.rows for cell in row]
    return "\n".join(texts)
