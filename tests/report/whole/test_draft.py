"""A folder with gaps gives a draft: what is missing is marked in its place, and listed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.oxml.ns import qn
from tests.report.whole.sample_report import Copy, composed

from steelyard.report.model.blocks import runs_of
from steelyard.report.model.runs import Gap
from steelyard.report.word.writer import word_file


def marks(report: object) -> set[str]:
    return {
        run.what
        for block in report.document.blocks()  # type: ignore[attr-defined]  # a composed report
        for run in runs_of(block)
        if isinstance(run, Gap)
    }


class TestADraft:
    def test_marks_a_missing_fact_wherever_it_is_needed(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.drop_line("facts.csv", "政府采购预算数,")
        _, report = composed(copy.folder)
        assert report.document.is_draft
        assert "政府采购预算数" in marks(report)
        (gap,) = [gap for gap in report.document.gaps if gap.what == "政府采购预算数"]
        assert "facts.csv" in gap.mend
        # Its leaf has no score, nor has what the leaf adds to.
        assert any("政府采购执行率" in gap.what for gap in report.document.gaps)
        assert "总分" in marks(report)

    def test_marks_a_missing_table(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        (copy.folder / "tables" / "评价方法.csv").unlink()
        _, report = composed(copy.folder)
        assert marks(report) == {"表“评价方法”"}
        assert "tables/评价方法.csv" in report.document.gaps[0].mend

    def test_marks_a_missing_passage(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        (copy.folder / "report" / "主要经验.md").unlink()
        _, report = composed(copy.folder)
        assert [gap.what for gap in report.document.gaps] == ["“主要经验”"]
        assert "report/主要经验.md" in report.document.gaps[0].mend

    def test_marks_missing_findings(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        (copy.folder / "findings.csv").unlink()
        (copy.folder / "recommendations.csv").unlink()
        _, report = composed(copy.folder)
        assert {gap.what for gap in report.document.gaps} == {"问题", "建议"}

    def test_lists_each_gap_once_and_every_mark(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.drop_line("facts.csv", "全年预算数,")
        (copy.folder / "tables" / "资金.csv").unlink()
        _, report = composed(copy.folder)
        listed = [gap.what for gap in report.document.gaps]
        assert len(listed) == len(set(listed))
        assert marks(report) <= set(listed)

    def test_shows_its_marks_in_word(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.drop_line("facts.csv", "公用经费实际支出数,")
        _, report = composed(copy.folder)
        body = docx.Document(io.BytesIO(word_file(report.document))).element.body
        text = "".join(node.text or "" for node in body.iter(qn("w:t")))
        assert text.count("【待补：公用经费实际支出数】") >= 1
