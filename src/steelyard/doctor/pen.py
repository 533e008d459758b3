"""What a check writes with (诊断记录): findings, and the state of numbers."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.doctor.finding import Finding, Place, ScoreEffect, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.view.figure import Figure


class Pen:
    """Takes down what the checks of one examination see."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.findings: list[Finding] = []
        self._suspects: list[tuple[str, tuple[Figure, ...]]] = []

    def verified(self, rule: str, figures: Iterable[Figure]) -> None:
        """Note that numbers were recomputed and hold."""
        self.ledger.mark(figures, State.VERIFIED, rule)

    def consistent(self, rule: str, figures: Iterable[Figure]) -> None:
        """Note that numbers agree with their other mentions."""
        self.ledger.mark(figures, State.CONSISTENT, rule)

    def find(
        self,
        rule: str,
        severity: Severity,
        message: str,
        places: Iterable[Place],
        *,
        computed: str = "",
        figures: Iterable[Figure] = (),
        suspects: Iterable[Figure] = (),
        score: ScoreEffect | None = None,
    ) -> None:
        """Take down what does not hold.

        Args:
            rule: R01 to R31.
            severity: An error only where both values cannot be right whatever
                the truth is; otherwise a question.
            message: One or two Chinese sentences with both values.
            places: Where it shows, most telling first.
            computed: The calculation in figures.
            figures: Numbers that cannot all be right; an error marks them so.
            suspects: Numbers of which one may be wrong instead; those that nothing
                else confirms are marked in the end.
            score: What it does to one indicator's score.
        """
        wrong, maybe = tuple(figures), tuple(suspects)
        named = (*wrong, *maybe)
        finding = Finding(rule, severity, message, tuple(places), computed, named, score)
        self.findings.append(finding)
        if severity is Severity.ERROR:
            self.ledger.mark(wrong, State.CONTRADICTED, rule)
            self._suspects.append((rule, maybe))

    def settle(self) -> None:
        """Mark the suspects that no other check has confirmed, when all have looked."""
        open_ones = [
            (rule, [f for f in maybe if self.ledger.entry(f).state < State.VERIFIED])
            for rule, maybe in self._suspects
        ]
        for rule, unproven in open_ones:
            self.ledger.mark(unproven, State.CONTRADICTED, rule)
        self._suspects.clear()
