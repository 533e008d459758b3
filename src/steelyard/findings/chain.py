"""The links from deductions to recommendations, both ways (问题链).

A chain answers by looking, in the order in which findings were written. It
judges nothing: what is missing in it is found by ``gaps``.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.findings.finding import Finding, Recommendation


@dataclass(frozen=True, slots=True)
class Chain:
    """Findings and recommendations of one evaluation (问题链).

    Numbers are unique, and recommendations name findings that are there;
    ``load`` has refused all else.

    >>> late = Finding(number="W01", category="管理", title="公开不及时", leaves=("过程/公开",))
    >>> remind = Recommendation(number="J01", title="按时公开", findings=("W01",))
    >>> chain = Chain((late,), (remind,))
    >>> [each.number for each in chain.findings_on("过程/公开")]
    ['W01']
    >>> chain.recommendations_for(late) == (remind,), chain.findings_behind(remind) == (late,)
    (True, True)
    """

    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found and nothing recommended."""
        return not self.findings and not self.recommendations

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories in the order of print: that of their first finding."""
        return tuple(dict.fromkeys(each.category for each in self.findings))

    def findings_in(self, category: str) -> tuple[Finding, ...]:
        """Return the findings of a category."""
        return tuple(each for each in self.findings if each.category == category)

    def findings_on(self, leaf: str) -> tuple[Finding, ...]:
        """Return the findings for which a leaf lost points; ``leaf`` is its full path.

        The way back is ``Finding.leaves``.
        """
        return tuple(each for each in self.findings if leaf in each.leaves)

    def recommendations_for(self, finding: Finding) -> tuple[Recommendation, ...]:
        """Return the recommendations that answer a finding."""
        return tuple(each for each in self.recommendations if finding.number in each.findings)

    def findings_behind(self, recommendation: Recommendation) -> tuple[Finding, ...]:
        """Return the findings that a recommendation answers."""
        return tuple(each for each in self.findings if each.number in recommendation.findings)
