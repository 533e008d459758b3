"""The number ledger (数字台账): every number of a document and what became of it.

“Every number was checked” is a claim too. The ledger makes it one that can be
tested: it holds each number once and says how it ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View


class State(IntEnum):
    """What became of a number (核对状态); a higher one stands over a lower."""

    UNCHECKED = 0
    """未核对: nothing in the documents says more about it."""
    CONSISTENT = 1
    """一致: every other mention agrees."""
    VERIFIED = 2
    """已核实: recomputed from other numbers, or found in the data."""
    CONTRADICTED = 3
    """矛盾: another number denies it."""


STATE_NAMES = {
    State.UNCHECKED: "未核对",
    State.CONSISTENT: "一致",
    State.VERIFIED: "已核实",
    State.CONTRADICTED: "矛盾",
}


@dataclass(slots=True)
class Entry:
    """One number of the ledger."""

    passage: Passage
    figure: Figure
    state: State = State.UNCHECKED
    rules: list[str] = field(default_factory=list)
    """Checks that looked at it, in order."""


class Ledger:
    """Every claim of a view with its state (台账)."""

    def __init__(self, view: View) -> None:
        self._entries: dict[Figure, Entry] = {
            figure: Entry(passage, figure)
            for passage in view.passages
            for figure in passage.figures
        }

    def mark(self, figures: Iterable[Figure], state: State, rule: str) -> None:
        """Raise the state of numbers; a state is never lowered."""
        for figure in figures:
            entry = self._entries.get(figure)
            if entry is not None:
                entry.state = max(entry.state, state)
                if rule not in entry.rules:
                    entry.rules.append(rule)

    def entry(self, figure: Figure) -> Entry:
        """Return what is known of a number."""
        return self._entries[figure]

    def __iter__(self) -> Iterator[Entry]:
        """Yield every number of the documents in reading order; data is not examined."""
        return (entry for entry in self._entries.values() if entry.passage.document.kind != CASE)

    def claims(self) -> Iterator[Entry]:
        """Yield the numbers that say how much there is of something."""
        return (entry for entry in self if entry.figure.is_claim)

    def counts(self) -> Counter[State]:
        """Return how many claims ended in each state."""
        return Counter(entry.state for entry in self.claims())

    def counts_by_kind(self) -> dict[Kind, Counter[State]]:
        """Return how many numbers of each kind ended in each state."""
        found: dict[Kind, Counter[State]] = {}
        for entry in self:
            found.setdefault(entry.figure.kind, Counter())[entry.state] += 1
        return found
