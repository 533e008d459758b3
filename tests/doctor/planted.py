"""Errors planted in a report that is right (植入错误): were they found?

Each error is planted alone in an untouched copy. It counts as found when an
error or a question that was not there before points at it, or names its number
among those that cannot all be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from tests.doctor.planting import figures, scores, words
from tests.doctor.planting.paper import Paper, Planted, Span
from tests.made.folder import make_folder
from tests.report.whole.sample_report import composed

from steelyard.doctor.examine import Examination, examine
from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.view.passage import Passage
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.word.read_word import read_word
from steelyard.report.word.writer import word_file

Planter = Callable[[Paper, Random], Iterator[Planted]]

PLANTERS: tuple[Planter, ...] = (
    figures.ratio_in_a_sentence,
    figures.ratio_in_a_column,
    figures.result_of_an_equation,
    scores.sentence_of_an_indicator,
    scores.cell_of_an_indicator,
    scores.total_cell,
    scores.group_points,
    scores.score_in_prose,
    scores.grade_word,
    scores.criterion,
    scores.band_edge,
    scores.points_of_a_band,
    scores.rate_of_a_rule,
    scores.score_everywhere,
    figures.cell_of_the_budget,
    figures.movement_in_prose,
    figures.cell_of_a_sum,
    figures.mention,
    figures.target_or_actual,
    figures.amount_of_a_project,
    figures.state_of_a_project,
    figures.stated_count,
    figures.part_above_the_whole,
    figures.unit,
    figures.unit_of_a_table,
    figures.survey_cell,
    figures.satisfaction,
    words.report_before_its_evaluation,
    words.dates_that_differ,
    words.opinion_after_the_report,
    words.end_before_begin,
    words.second_title,
    words.second_number,
    words.mark_lost,
    words.mark_doubled,
    words.phrase_doubled,
    words.annex_title,
    words.table_number,
    words.header_twice,
    words.heading_number,
    words.name_of_an_indicator,
    words.annex_emptied,
    words.annex_that_is_missing,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planted error (结果)."""

    planted: Planted
    found_by: tuple[str, ...]
    """Rules of the new findings about it."""


@dataclass
class Trial:
    """One report, its findings as it is, and what was planted in it (试验)."""

    name: str
    before: Examination
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def false_errors(self) -> list[Finding]:
        """Errors that were found where none was planted."""
        return [each for each in self.before.findings if each.severity is Severity.ERROR]


def made_report(folder: Path, seed: int) -> Document:
    """Return the report of a made evaluation, as it is read from its Word file."""
    made = make_folder(folder / f"evaluation-{seed}", seed)
    _, report = composed(made.folder)
    return read_word(f"report-{seed}.docx", word_file(report.document))


def plantings(document: Document, seed: int, each: int = 1) -> Iterator[Planted]:
    """Yield errors for a report, some of every kind that can stand in it.

    Args:
        document: A report that is right.
        seed: Chooses the places.
        each: How many of one kind.
    """
    paper = Paper(document)
    for planter in PLANTERS:
        rng = Random(f"{document.name} {seed} {planter.__name__}")
        yield from islice(planter(paper, rng), each)


def trial(document: Document, planted: Sequence[Planted]) -> Trial:
    """Examine a report as it is, and with each error in it."""
    before = examine([document])
    known = {mark for finding in before.findings for mark in _marks(finding)}
    result = Trial(document.name, before)
    for each in planted:
        after = examine([each.document])
        rules = [
            finding.rule
            for finding in after.findings
            if _is_about(finding, each, after) and _marks(finding) - known
        ]
        result.outcomes.append(Outcome(each, tuple(dict.fromkeys(rules))))
    return result


Mark = tuple[str, Severity, int, tuple[int, int] | None, int]
"""Rule, severity, block, cell and start of a place that a finding points at."""


def _marks(finding: Finding) -> set[Mark]:
    return {
        (finding.rule, finding.severity, place.passage.block, _cell(place.passage), place.start)
        for place in finding.places
    }


def _cell(passage: Passage) -> tuple[int, int] | None:
    return (passage.cell.row, passage.cell.column) if passage.cell else None


def _is_about(finding: Finding, planted: Planted, after: Examination) -> bool:
    if finding.severity is Severity.HINT:
        return False
    stretches = [(place.passage, place.start, place.end) for place in finding.places]
    stretches += [
        (after.ledger.entry(figure).passage, figure.start, figure.end) for figure in finding.figures
    ]
    return any(
        _meets(span, passage, start, end)
        for span in planted.spans
        for passage, start, end in stretches
    )


def _meets(span: Span, passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch of a passage touches where the error stands."""
    if span.place != (passage.block, _cell(passage)):
        return False
    first, last = passage.plain.stretch(start, end)
    return first <= span.end + 1 and last >= span.start - 1
