"""The names of a data dictionary, as labels call them (名称索引).

A label means a data item when it says its name or one of its aliases, and
nothing else. What is merely like a name is a candidate for a question.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from steelyard.facts.dictionary import Dictionary, Goal, Item, items_of
from steelyard.intake.wording import Label, label_of, without_time

_LIKE = 0.66
_MOST = 4


@dataclass(frozen=True)
class Names:
    """Names of items and goals with what they stand for (名称索引)."""

    dictionary: Dictionary
    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    goals: dict[str, Goal] = field(default_factory=dict)

    def item(self, label: Label) -> Item | None:
        """Return the item that a label names beyond doubt, else None."""
        return self.named(label.core)

    def named(self, core: str) -> Item | None:
        """Return the only item of a name without anything around it, else None."""
        for said in (core, without_time(core)):
            found = self.items.get(said, ())
            if len(found) == 1:
                return found[0]
        return None

    def goal(self, label: Label) -> Goal | None:
        """Return the goal that a label names beyond doubt, else None."""
        return self.goals.get(label.core)

    def near(self, core: str) -> tuple[str, ...]:
        """Return names that a label may mean, the likeliest first."""
        several = self.items.get(core, ())
        if several:
            return tuple(item.name for item in several)
        # A goal without columns for target and actual says nothing of either.
        if len(core) < 3 or core in self.goals:
            return ()
        known = {**self.items, **dict.fromkeys(self.goals, ())}
        close = difflib.get_close_matches(core, known, n=_MOST, cutoff=_LIKE)
        close += [name for name in known if len(name) > 3 and name in core and name not in close]
        names = [
            name
            for said in close[:_MOST]
            for name in [item.name for item in self.items.get(said, ())] or [said]
        ]
        return tuple(dict.fromkeys(names))


def names_of(dictionary: Dictionary) -> Names:
    """Return the index of a dictionary: items that somebody types, and goals."""
    names = Names(dictionary)
    sides = {item.name for goal in dictionary.goals.values() for item in items_of(goal)}
    for item in dictionary.items.values():
        if item.formula is None:
            for said in _cores([item.name, *item.aliases]):
                names.items[said].append(item)
    for goal in dictionary.goals.values():
        for said in _cores([goal.name, *goal.aliases]):
            names.goals[said] = goal
    for side in sides & set(dictionary.items):
        item = dictionary.items[side]
        bare = side.replace(".", "")
        if item not in names.items.get(bare, ()):
            names.items[bare].append(item)
    return names


def _cores(names: Iterable[str]) -> set[str]:
    return {label_of(name).core for name in names}
