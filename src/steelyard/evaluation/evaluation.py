"""The evaluation of one department's year, and the one call that weighs it.

(评价). An evaluation gathers framework, facts, judgements and readings;
``evaluate`` is pure: the same evaluation always comes to the same result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.checks.tie_out import Result, TieOut, errors_among, run_checks
from steelyard.errors import SteelyardError
from steelyard.facts.ledger import Conflict, Ledger
from steelyard.findings.chain import Chain
from steelyard.findings.gaps import ChainGap, gaps
from steelyard.provenance.origin import Source
from steelyard.scoring.alternatives import alternatives
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.envelope import (
    Effect,
    Envelope,
    TooManyCombinations,
    effects,
    envelope,
)
from steelyard.scoring.lint import Flaw, lint
from steelyard.scoring.score import Choices, Judgements, Scorecard, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that is weighed (评价): one department, one year."""

    title: str
    department: str
    year: int
    rubric: Rubric
    ledger: Ledger
    checks: tuple[TieOut, ...] = ()
    judgements: Judgements = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    published: Mapping[str, Fraction] = field(default_factory=dict)
    """Scores that others printed, by leaf path."""

    published_total: Fraction | None = None
    """The total that others printed."""

    chain: Chain = field(default_factory=Chain)
    """Findings, causes and recommendations behind the lost points."""

    agency: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an evaluation comes to (评价结果)."""

    evaluation: Evaluation
    card: Scorecard
    results: tuple[Result, ...]
    flaws: tuple[Flaw, ...]
    envelope: Envelope | None
    """Over what is open; None while there is no total."""

    effects: tuple[Effect, ...]
    """What each other way alone does, open or settled."""

    problem: SteelyardError | None = None
    """Why there is no envelope over what is open, when there is a total."""

    chain_gaps: tuple[ChainGap, ...] = ()
    """Where the chain of findings does not close; no matter of the score."""

    @property
    def differing(self) -> tuple[tuple[str, Fraction, Fraction], ...]:
        """Leaves whose score differs from the published one: path, ours, theirs."""
        found = []
        for award in self.card.awards:
            published = self.evaluation.published.get(award.leaf.text)
            if published is not None and award.earned not in (None, published):
                found.append((award.leaf.text, award.earned or Fraction(0), published))
        return tuple(found)

    @property
    def has_errors(self) -> bool:
        """Tell whether something must be put right before this is signed."""
        open_flaws = any(f.severity == "error" and not f.is_settled for f in self.flaws)
        return bool(self.card.unscored or errors_among(self.results) or open_flaws)


def evaluate(evaluation: Evaluation) -> Outcome:
    """Weigh an evaluation.

    Args:
        evaluation: Framework, facts, judgements, readings.

    Returns:
        Awards with proof, sums, total, grade, checks, flaws of the rubric,
        how far the total could move, and where the chain of findings is open.

    Raises:
        UnknownReading: The evaluation chose a reading that is not there.
    """
    rubric, ledger, judgements = evaluation.rubric, evaluation.ledger, evaluation.judgements
    card = score(rubric, ledger, judgements, evaluation.choices)
    ways = alternatives(rubric, card, evaluation.conflicts)
    problem: SteelyardError | None = None
    reach = None
    try:
        reach = envelope(rubric, ledger, judgements, card, tuple(w for w in ways if w.open))
    except TooManyCombinations as error:
        problem = error
    return Outcome(
        evaluation=evaluation,
        card=card,
        results=run_checks(evaluation.checks, ledger),
        flaws=lint(rubric, evaluation.choices),
        envelope=reach,
        effects=effects(rubric, ledger, judgements, card, ways),
        problem=problem,
        chain_gaps=gaps(evaluation.chain, card),
    )


def reach_of_all(outcome: Outcome) -> Envelope | None:
    """Return how far the total could move if what was settled were reopened, too.

    Slower than the envelope over what is open; None when there is no total or
    there are too many combinations.
    """
    evaluation = outcome.evaluation
    ways = tuple(effect.alternative for effect in outcome.effects)
    try:
        return envelope(
            evaluation.rubric, evaluation.ledger, evaluation.judgements, outcome.card, ways
        )
    except TooManyCombinations:
        return None
