"""What an examination came to (体检小结): findings in order, coverage, effect on scores.

Every paper shows the same numbers of findings: finding 12 of the list is
finding 12 of the workbook, of the page and of the comments.
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

SEVERITIES = tuple(Severity)
"""Errors before questions before hints."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with the number that it has on every paper (编号的发现)."""

    number: int
    finding: Finding
    rule: Rule
    places: tuple[Place, ...]
    """Those of the finding, each stretch of text once."""


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
    """By kind of check; in each errors, then questions, then hints, in reading order."""

    claims: Counter[State]
    """Numbers that say how much there is of something, by what became of them."""

    by_kind: dict[Kind, Counter[State]]
    """All numbers, dates and marks too."""

    reckoned: tuple[Reckoned, ...]
    """Indicators whose score does not follow, each printed and computed pair once."""

    effect: str = ""
    """Where the total stands, and what the certain errors do to it and to the grade."""

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

    def groups(self) -> list[tuple[str, list[Noted]]]:
        """Return the findings by kind of check; kinds without any are left out."""
        found: dict[str, list[Noted]] = {}
        for noted in self.findings:
            found.setdefault(noted.rule.group, []).append(noted)
        return list(found.items())


def summary_of(examination: Examination) -> Summary:
    """Return what all papers tell of an examination."""
    ranked = sorted(
        examination.findings,
        key=lambda each: (
            GROUPS.index(rule_named(each.rule).group),
            SEVERITIES.index(each.severity),
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
