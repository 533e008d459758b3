"""Other ways to settle what is open (另一取法).

An issue is one ambiguous point of a rule, or one figure with two sources; an
alternative is another way to settle it. ``Scale`` scores leaves again under
alternatives. Nothing here decides which way is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.facts.ledger import Conflict, Ledger
from steelyard.formula.tree import needs
from steelyard.framework.indicator import Choice
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.scoring.award import Award
from steelyard.scoring.compile import reading_of
from steelyard.scoring.compiled import CompiledLeaf, Rubric
from steelyard.scoring.score import Judgements, Scorecard
from steelyard.scoring.weigh import Weight, weigh


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to settle one issue (另一取法)."""

    issue: str
    """What is at issue: two alternatives of one issue exclude each other."""

    text: str
    """What would be taken instead, in Chinese."""

    why: str
    """Why the way in use was chosen."""

    open: bool
    leaf: str = ""
    axis: str = ""
    use: str = ""
    conflict: Conflict | None = None


def alternatives(
    rubric: Rubric, scorecard: Scorecard, conflicts: tuple[Conflict, ...]
) -> tuple[Alternative, ...]:
    """Return every other way: readings of all axes, and conflicts.

    Readings named as still admissible and undecided conflicts are ``open``.
    """
    found: list[Alternative] = []
    might_gap = any(_is_gap(conflict.other) for conflict in conflicts)
    for compiled in rubric.leaves:
        path = compiled.leaf.text
        for axis in compiled.axes:
            choice = scorecard.choices[path][axis.key]
            # How a gap is read matters only where there is one, or might come to be one.
            idle = axis.key in ("zero_base", "not_applicable") and not might_gap
            idle = idle and applies(scorecard.award(path))
            for use, said in axis.choices.items():
                if use == choice.use or (idle and use not in choice.also):
                    continue
                found.append(
                    Alternative(
                        issue=f"{path}#{axis.key}",
                        text=f"{compiled.leaf.name}：{axis.question}，改为{said}",
                        why=choice.why,
                        open=use in choice.also,
                        leaf=path,
                        axis=axis.key,
                        use=use,
                    )
                )
    found.extend(
        Alternative(
            issue=str(conflict.target),
            text=f"{conflict.target}改取{conflict.other}（{conflict.origin}）",
            why=conflict.reason,
            open=conflict.open,
            conflict=conflict,
        )
        for conflict in conflicts
    )
    return tuple(found)


def _is_gap(value: Value) -> bool:
    """Tell whether a figure is nought or a dash, which a denominator must not be."""
    return value is NOT_APPLICABLE or (isinstance(value, Quantity) and value.base == 0)


def applies(one: Award) -> bool:
    """Tell whether the measure of a leaf had a value, so that no gap had to be read."""
    return one.measure is not None and isinstance(one.measure.value, Quantity)


class Scale:
    """Scores leaves again under alternatives, remembering what was scored."""

    def __init__(
        self, rubric: Rubric, ledger: Ledger, judgements: Judgements, card: Scorecard
    ) -> None:
        self.rubric = rubric
        self.ledger = ledger
        self.judgements = judgements
        self.card = card
        self.now = {each.leaf.text: each for each in card.awards}
        self.leaves = {each.leaf.text: each for each in rubric.leaves}
        self.known: dict[tuple[str, tuple[int, ...]], Weight] = {}
        self.readers = {path: self._reads(each) for path, each in self.leaves.items()}

    def _reads(self, compiled: CompiledLeaf) -> set[str]:
        """Return every item and table column that a leaf rests on, under any reading."""
        choices = self.card.choices[compiled.leaf.text]
        reads: set[str] = set()
        for measure in tuple(compiled.measures) or ("",):
            reading = reading_of(choices)
            if measure in compiled.measures and len(compiled.measures) > 1:
                reading["measure"] = measure
            need = compiled.needs(reading)
            pending = list(need.names)
            reads.update(f"{table}.{column}" for table, column in need.columns)
            # A plain name in a condition may also be an outer data item.
            pending.extend(column for _, column in need.columns)
            while pending:
                name = pending.pop()
                if name in reads:
                    continue
                reads.add(name)
                item = self.rubric.dictionary.items.get(name)
                if item is not None and item.formula is not None:
                    inner = needs(item.formula)
                    pending.extend(inner.names)
                    pending.extend(column for _, column in inner.columns)
                    reads.update(f"{table}.{column}" for table, column in inner.columns)
        return reads

    def touched(self, alternative: Alternative) -> tuple[str, ...]:
        """Return the leaves that an alternative can move."""
        if alternative.conflict is None:
            return (alternative.leaf,)
        read = alternative.conflict.target.read
        return tuple(path for path, reads in self.readers.items() if read in reads)

    def again(self, path: str, taken: tuple[tuple[int, Alternative], ...]) -> Award | Weight:
        """Return what a leaf weighs when some alternatives are taken."""
        relevant = tuple(
            (number, each)
            for number, each in taken
            if (each.conflict is None and each.leaf == path)
            or (each.conflict is not None and each.conflict.target.read in self.readers[path])
        )
        if not relevant:
            return self.now[path]
        key = (path, tuple(number for number, _ in relevant))
        if key not in self.known:
            ledger = self.ledger
            choices: dict[str, Choice] = dict(self.card.choices[path])
            for _, each in relevant:
                if each.conflict is not None:
                    ledger = ledger.instead(each.conflict)
                else:
                    choices[each.axis] = Choice(each.use)
            self.known[key] = weigh(
                self.leaves[path],
                ledger,
                self.judgements.get(path, {}),
                reading_of(choices),
                self.rubric.framework.places,
            )
        return self.known[key]

    def worth(self, one: Award | Weight) -> Fraction | None:
        """Return what a leaf adds to the total."""
        return one.exact if self.rubric.framework.total == "rounded-sum" else one.earned
