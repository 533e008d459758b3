"""The same outline with the published figures: the faulty report again, on purpose."""

from __future__ import annotations

import pytest
from tests.report.whole.plain_source import rows
from tests.report.whole.sample_report import SAMPLE, composed, sample

from steelyard.report.compose.composer import Composed
from steelyard.report.model.blocks import runs_of
from steelyard.report.model.runs import Figure


@pytest.fixture(scope="module")
def published() -> Composed:
    return composed(SAMPLE, as_published=True)[1]


@pytest.fixture(scope="module")
def ours() -> Composed:
    return sample()[1]


READINGS = "折算："
"""How rules were read that give other points than their indicator has: ours says so."""


def printed(report: Composed) -> list[Figure]:
    return [run for b in report.document.blocks() for run in runs_of(b) if isinstance(run, Figure)]


def figures(report: Composed) -> list[Figure]:
    return [figure for figure in printed(report) if not figure.reference.startswith(READINGS)]


class TestAReportAsPublished:
    def test_has_the_same_blocks(self, published: Composed, ours: Composed) -> None:
        kinds = [[type(b) for b in report.document.blocks()] for report in (published, ours)]
        assert kinds[0] == kinds[1]
        assert [f.reference for f in figures(published)] == [f.reference for f in figures(ours)]

    def test_prints_the_published_scores(self, published: Composed) -> None:
        scores = {row["指标"]: row["公布得分"] for row in rows(SAMPLE / "published.csv")}
        shown = {f.reference: f.text for f in figures(published) if "得分：" in f.reference}
        misprinted = {row["引用"] for row in rows(SAMPLE / "report" / "misprints.csv")}
        for path, score in scores.items():
            reference = f"得分：{path}"
            if reference not in misprinted:
                assert float(shown[reference]) == float(score), path

    def test_does_not_say_how_rules_were_read(self, published: Composed, ours: Composed) -> None:
        told = [
            [figure.text for figure in printed(report) if figure.reference.startswith(READINGS)]
            for report in (published, ours)
        ]
        assert told[0] == []
        assert told[1]
        assert all("分" in text for text in told[1])

    def test_prints_the_published_total(self, published: Composed) -> None:
        totals = {f.text for f in figures(published) if f.reference == "总分"}
        assert totals == {"81.78"}

    def test_prints_every_misprint_in_its_place_and_only_there(
        self, published: Composed, ours: Composed
    ) -> None:
        wanted = rows(SAMPLE / "report" / "misprints.csv")
        assert len(wanted) >= 30
        told = [(a, b) for a, b in zip(figures(published), figures(ours), strict=True)]
        for row in wanted:
            hits = [a for a, b in told if b.reference == row["引用"] and a.text == row["印出"]]
            assert hits, row

    def test_differs_from_ours_by_nothing_else(self, published: Composed, ours: Composed) -> None:
        misprinted = {row["引用"] for row in rows(SAMPLE / "report" / "misprints.csv")}
        for theirs, mine in zip(figures(published), figures(ours), strict=True):
            if theirs.text == mine.text:
                continue
            scored = ("得分", "扣分", "总分", "等级")
            assert mine.reference in misprinted or mine.reference.startswith(scored), mine

    def test_is_not_what_is_written_without_the_switch(self, ours: Composed) -> None:
        assert {f.text for f in figures(ours) if f.reference == "总分"} == {"81.77"}
