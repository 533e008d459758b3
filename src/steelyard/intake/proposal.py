"""What taking would change (差异预览): sightings beside what the evaluation has.

New, changed, the same, or in conflict with another source. Nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Conflict, Ledger, Target
from steelyard.intake.sighting import Seen, Sighting
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import round_half_up
from steelyard.provenance.origin import NO_ORIGIN, Origin, Source


class State(StrEnum):
    """What a sighting does to the evaluation (差异)."""

    NEW = "新增"
    CHANGED = "变更"
    """The same source gives another value than before."""
    SAME = "不变"
    CONFLICT = "冲突"
    """Another source gave another value: both are kept, the first one stays in use."""


@dataclass(frozen=True, slots=True)
class Change:
    """One sighting and what it changes (一项差异)."""

    sighting: Sighting
    state: State
    before: Value = MISSING
    origin: Origin = NO_ORIGIN
    """Where the value before came from."""


@dataclass(frozen=True)
class Proposal:
    """All that taking would do (导入方案)."""

    changes: tuple[Change, ...]
    seen: Seen
    missing: tuple[str, ...]
    """Items and tables that stay without a value."""

    def count(self, state: State) -> int:
        """Return how many values are in a state."""
        return sum(change.state is state for change in self.changes)

    @property
    def per_table(self) -> Mapping[str, Counter[State]]:
        """How many values are in each state: by table, 数据项 for those in none."""
        counted: dict[str, Counter[State]] = {}
        for change in self.changes:
            target = change.sighting.target
            name = target.item if target.is_cell else "数据项"
            counted.setdefault(name, Counter())[change.state] += 1
        return counted

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return any(change.state is not State.SAME for change in self.changes)


def propose(
    seen: Seen,
    ledger: Ledger,
    sources: Mapping[str, Source],
    conflicts: Sequence[Conflict] = (),
) -> Proposal:
    """Return what taking what was seen would change.

    Args:
        seen: Of all files, in the order in which they were given: where two of
            them differ, the first is used.
        ledger: What the evaluation has.
        sources: Its registered documents, by their number.
        conflicts: Those that it knows; the other side of one is nothing new.
    """
    files = {source.title: _own_name(source.file) for source in sources.values()}
    changes: list[Change] = []
    first: dict[Target, Sighting] = {}
    values = _values(ledger)
    for sighting in seen.sightings:
        target = sighting.target
        earlier = first.get(target)
        if earlier is not None:
            origin = Origin(earlier.place.file, str(earlier.place), earlier.quote)
            state = State.SAME if alike(earlier.value, sighting.value) else State.CONFLICT
            changes.append(Change(sighting, state, earlier.value, origin))
            continue
        first[target] = sighting
        before, origin = values.get(target, (MISSING, NO_ORIGIN))
        if before is MISSING:
            state = State.NEW
        elif alike(before, sighting.value):
            state = State.SAME
        else:
            state = State.CONFLICT if _elsewhere(origin, sighting, files) else State.CHANGED
        if state is State.CONFLICT and _is_known(sighting, conflicts):
            state = State.SAME
        changes.append(Change(sighting, state, before, origin))
    return Proposal(tuple(changes), seen, _missing(ledger, first))


def _own_name(path: str) -> str:
    """Return what a kept file was called when it was handed in."""
    return _FINGERPRINT.sub("", path.rpartition("/")[2])


_FINGERPRINT = re.compile(r"^[0-9a-f]{8}-")


def _is_known(sighting: Sighting, conflicts: Sequence[Conflict]) -> bool:
    return any(
        each.target == sighting.target and alike(each.other, sighting.value) for each in conflicts
    )


def _values(ledger: Ledger) -> dict[Target, tuple[Value, Origin]]:
    found: dict[Target, tuple[Value, Origin]] = {
        Target(name): (fact.value, fact.origin) for name, fact in ledger.facts.items()
    }
    for name, table in ledger.tables.items():
        if not table.rows:
            # A row with a dash for its key says that there is nothing to list.
            key = ledger.dictionary.tables[name].key
            found[Target(name, str(NOT_APPLICABLE), key)] = (NOT_APPLICABLE, table.origin)
        for row in table.rows:
            for column, value in row.cells.items():
                if value is not MISSING:
                    found[Target(name, row.key, column)] = (value, row.origin)
    return found


def alike(before: Value, now: Value) -> bool:
    """Tell whether two values are one, or the coarser is the finer rounded."""
    if not isinstance(before, Quantity) or not isinstance(now, Quantity):
        return before == now and type(before) is type(now)
    if before.dimension != now.dimension:
        return False
    return before.base == now.base or _rounds(before, now) or _rounds(now, before)


def _rounds(coarse: Quantity, fine: Quantity) -> bool:
    """Tell whether an amount is another one, rounded to at least two decimals."""
    if coarse.places is None or coarse.places < 2 or (fine.places or 0) <= coarse.places:
        return False
    return round_half_up(fine.base / coarse.unit.factor, coarse.places) == coarse.amount


def _elsewhere(origin: Origin, sighting: Sighting, files: Mapping[str, str]) -> bool:
    """Tell whether a value came from another document than the sighting."""
    if not origin.source:
        return False
    name = files.get(origin.source) or origin.source
    return sighting.place.file not in (name, origin.source)


def _missing(ledger: Ledger, seen: Iterable[Target]) -> tuple[str, ...]:
    dictionary: Dictionary = ledger.dictionary
    found = {target.item for target in seen} | set(ledger.facts) | set(ledger.tables)
    typed = [item.name for item in dictionary.items.values() if item.formula is None]
    names: Sequence[str] = [*typed, *dictionary.tables]
    return tuple(name for name in names if name not in found)
