"""A published report with errors that people found: the doctor finds them where they stand.

The list of known errors gives lines of the text layer. A cell of a flattened
table spreads over lines, so a place counts when it comes within ten lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from steelyard.doctor.examine import Examination, examine
from steelyard.doctor.finding import Finding, Place, Severity
from steelyard.intake.reading.read_file import read_file

NEAR = 10
MOST_FALSE = 5


@dataclass(frozen=True)
class Known:
    """One error that people found."""

    id: str
    lines: tuple[int, ...]


@cache
def examined(path: Path) -> Examination:
    return examine([read_file(path)])


def known(case_dir: Path) -> Iterator[Known]:
    with (case_dir / "known-errors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines = tuple(int(row[key]) for key in ("line_1", "line_2") if row[key])
            yield Known(row["id"], lines)


def lines_of(place: Place) -> tuple[int, int]:
    start, end = place.passage.plain.stretch(place.start, place.end)
    spots = place.passage.words.spots_in(start, max(end, start + 1))
    lines = [spot.line for spot in spots if spot.line is not None]
    return (min(lines), max(lines)) if lines else (0, 0)


def points_at(finding: Finding, line: int) -> bool:
    return any(first - NEAR <= line <= last + NEAR for first, last in map(lines_of, finding.places))


class TestTheTextOfThePublishedReport:
    def test_gives_every_known_error_at_both_its_lines(self, case_dir: Path) -> None:
        findings = examined(case_dir / "report.txt").findings
        missed = [
            each.id
            for each in known(case_dir)
            if not any(all(points_at(f, line) for line in each.lines) for f in findings)
        ]
        assert missed == []

    def test_is_covered_for_the_most_part(self, case_dir: Path) -> None:
        counts = examined(case_dir / "report.txt").ledger.counts()
        unchecked = counts[min(counts)]
        assert unchecked * 4 < counts.total()

    def test_says_what_the_errors_do_to_score_and_grade(self, case_dir: Path) -> None:
        examination = examined(case_dir / "report.txt")
        assert "81.78" in examination.effect
        assert any("等级仍为良" in finding.effect for finding in examination.findings)

    def test_claims_no_other_grade_where_only_sentences_are_stale(self, case_dir: Path) -> None:
        examination = examined(case_dir / "report.txt")
        # The sections of one chapter add up to three points less; its tables do not.
        stale = [f for f in examination.findings if "按得分表则相符" in f.message]
        assert stale
        assert not any(finding.effect for finding in stale)


class TestTheSameReportTypeset:
    @pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
    def test_gives_what_does_not_hang_on_its_broken_tables(self, case_dir: Path, name: str) -> None:
        findings = examined(case_dir / name).findings
        errors = {f.rule for f in findings if f.severity is Severity.ERROR}
        assert {"R01", "R02", "R04", "R06", "R11", "R12", "R15", "R17", "R20", "R21"} <= errors

    def test_gives_the_same_in_word_and_pdf(self, case_dir: Path) -> None:
        word, pdf = (
            {(f.rule, f.message) for f in examined(case_dir / name).findings}
            for name in ("report.docx", "report.pdf")
        )
        assert len(word & pdf) * 10 >= len(word | pdf) * 8
