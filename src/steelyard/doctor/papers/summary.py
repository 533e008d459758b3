"""What an examination came to (体检小结): findings in order, coverage, effect on scores.

Every paper shows the same findings in the same order with the same numbers:
finding 12 of the list is finding 12 of the workbook, of the page and of the
comments. Errors stand before questions before hints; of each the kinds of check
follow each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import Finding, Place, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.papers.catalogue import GROUPS, Rule, rule_named
from steelyard.doctor.view.figure import Kind
from steelyard.intake.reading.document import Document

SEVERITIES = tuple(Severity)
"""Errors before questions before hints."""

_QUOTED = 30
"""Characters around a place that its quote shows at least."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with the number that it has on every paper (编号的发现)."""

    number: int
    finding: Finding
    rule: Rule
    places: tuple[Place, ...]
    """Those of the finding, each stretch of text once."""

    @property
    def told(self) -> tuple[int, ...]:
        """Which places are told in words: none that stands in the quote of one before."""
        kept: list[int] = []
        for at, place in enumerate(self.places):
            if not any(_is_quoted(place, self.places[each]) for each in kept):
                kept.append(at)
        return tuple(kept)

    def apart(self, document: Document, most: int) -> tuple[tuple[int, ...], ...]:
        """Return the places in a document, those of one paragraph or table row together.

        Args:
            document: One of those that were checked.
            most: Paragraphs and rows that are wanted; the first ones are taken.
        """
        found: dict[tuple[int, int | None], list[int]] = {}
        for at, place in enumerate(self.places):
            passage = place.passage
            if passage.document is document:
                row = passage.index if passage.cell is None else passage.cell.row
                found.setdefault((passage.block, row), []).append(at)
        return tuple(map(tuple, found.values()))[:most]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the findings do to one indicator's score (得分影响)."""

    indicator: str
    printed: Fraction
    computed: Fraction


@dataclass(frozen=True)
class Summary:
    """What all papers tell (小结)."""

    findings: tuple[Noted, ...]
    """Errors, then questions, then hints; in each by kind of check, in reading order."""

    claims: Counter[State]
    """Numbers that say how much there is of something, by what became of them."""

    by_kind: dict[Kind, Counter[State]]
    """All numbers, dates and marks too."""

    reckoned: tuple[Reckoned, ...]
    """Indicators whose score does not follow, each printed and computed pair once."""

    effect: str = ""
    """Where the total stands, and what the certain errors do to it and to the grade."""

    left_out: int = 0
    """Questions and hints that were found and are not wanted."""

    is_partial: bool = False
    """Whether a reader said that it could not read, or left out, some of a file."""

    @property
    def total(self) -> int:
        """How many numbers say how much there is of something."""
        return self.claims.total()

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(noted.finding.severity for noted in self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return bool(self.severities[Severity.ERROR])

    def groups(self) -> list[tuple[Severity, str, list[Noted]]]:
        """Return the findings by severity, then by kind of check, those without any left out."""
        found: dict[tuple[Severity, str], list[Noted]] = {}
        for noted in self.findings:
            found.setdefault((noted.finding.severity, noted.rule.group), []).append(noted)
        return [(*key, some) for key, some in found.items()]

    def kinds(self) -> dict[str, Counter[Severity]]:
        """Return how many findings of each severity each kind of check has."""
        found: dict[str, Counter[Severity]] = {}
        for noted in sorted(self.findings, key=lambda each: GROUPS.index(each.rule.group)):
            found.setdefault(noted.rule.group, Counter())[noted.finding.severity] += 1
        return found


def summary_of(examination: Examination, *, errors_only: bool = False) -> Summary:
    """Return what all papers tell of an examination.

    Args:
        examination: What came out.
        errors_only: Leave questions and hints out; errors keep their numbers.
    """
    ranked = sorted(
        (
            each
            for each in examination.findings
            if not errors_only or each.severity is Severity.ERROR
        ),
        key=lambda each: (
            SEVERITIES.index(each.severity),
            GROUPS.index(rule_named(each.rule).group),
        ),
    )
    reckoned = dict.fromkeys(
        Reckoned(each.score.indicator, each.score.printed, each.score.computed)
        for each in ranked
        if each.score is not None and each.severity is Severity.ERROR
    )
    return Summary(
        findings=tuple(
            Noted(number, each, rule_named(each.rule), _apart(each.places))
            for number, each in enumerate(ranked, start=1)
        ),
        claims=examination.ledger.counts(),
        by_kind=examination.ledger.counts_by_kind(),
        reckoned=tuple(reckoned),
        effect=examination.effect,
        left_out=len(examination.findings) - len(ranked),
        is_partial=any(document.remarks for document in examination.view.documents),
    )


def _is_quoted(place: Place, by: Place) -> bool:
    """Say whether the quote of one place shows another too."""
    return (
        place.passage is by.passage
        and by.start - _QUOTED <= place.start
        and place.end <= by.end + _QUOTED
    )


def _apart(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places without those that overlap a more telling one."""
    kept: list[Place] = []
    for place in places:
        if not any(
            each.passage is place.passage and place.start < each.end and each.start < place.end
            for each in kept
        ):
            kept.append(place)
    return tuple(kept)
