"""How far the total could move (得分区间).

Every reading that stays admissible and every disputed fact is an issue with
alternatives. Issues that touch no common leaf do not influence each other, so
the lowest and the highest total, and the smallest set that changes the grade,
are found exactly without trying every combination of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from steelyard.errors import SteelyardError
from steelyard.facts.ledger import Ledger
from steelyard.measure.rounding import round_half_up
from steelyard.scoring.alternatives import Alternative, Scale
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.score import Judgements, Scorecard, standing

MOST_COMBINATIONS = 20_000
"""Combinations tried within one group of issues that influence each other."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one alternative alone does (单项影响)."""

    alternative: Alternative
    total: Fraction | None
    """None when the total cannot be had that way."""

    change: Fraction | None
    grade: str
    leaves: tuple[tuple[str, Fraction | None, Fraction | None], ...]
    """Path, score now, score then, for every leaf that moves."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest set of alternatives that changes the grade (翻转组合)."""

    alternatives: tuple[Alternative, ...]
    total: Fraction
    grade: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Lowest and highest total, and what gets there (得分区间)."""

    low: Fraction
    high: Fraction
    low_by: tuple[Alternative, ...]
    high_by: tuple[Alternative, ...]
    grades: tuple[str, ...]
    """Grades from that of the highest total to that of the lowest, best first."""

    flips: tuple[Flip, ...]
    without_total: tuple[tuple[Alternative, ...], ...] = ()
    """Ways that leave a leaf unscored and so give no total: the smallest of each group."""


class TooManyCombinations(SteelyardError):
    """So many issues meet in one leaf that they cannot all be combined."""

    code = "scoring.too-many-combinations"

    def __init__(self, count: int) -> None:
        super().__init__(
            what=f"同一组指标牵涉的未决事项有{count}种组合，无法逐一计算。",
            mend="请先把其中几项定下来（状态改为“已定”）。",
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """Issues that influence each other, and the leaves that they touch."""

    issues: tuple[tuple[tuple[int, Alternative], ...], ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One combination within a group: what it takes and what it changes."""

    taken: tuple[tuple[int, Alternative], ...]
    change: Fraction


def envelope(
    rubric: Rubric,
    ledger: Ledger,
    judgements: Judgements,
    card: Scorecard,
    ways: tuple[Alternative, ...],
) -> Envelope | None:
    """Return how far the total could move.

    Args:
        rubric: The framework, understood.
        ledger: The facts, as scored.
        judgements: The judgements, as scored.
        card: The scorecard of the ways in use.
        ways: The alternatives to walk, from ``alternatives``.

    Returns:
        The envelope; None while there is no total to start from.

    Raises:
        TooManyCombinations: Too many issues meet in the same leaves.
    """
    if card.total is None:
        return None
    scale = Scale(rubric, ledger, judgements, card)
    walked = [_ways(group, scale) for group in _groups(ways, scale)]
    groups = [found for found, _ in walked]
    start = sum((scale.worth(each) or Fraction(0) for each in card.awards), Fraction(0))
    lowest = [min(group, key=lambda way: (way.change, len(way.taken))) for group in groups]
    highest = [max(group, key=lambda way: (way.change, -len(way.taken))) for group in groups]
    places = rubric.framework.places
    low = round_half_up(start + sum((w.change for w in lowest), Fraction(0)), places)
    high = round_half_up(start + sum((w.change for w in highest), Fraction(0)), places)
    reach = [g.name for g in rubric.framework.grades if _reached(rubric, g.name, low, high)]
    return Envelope(
        low=low,
        high=high,
        low_by=_all_taken(lowest),
        high_by=_all_taken(highest),
        grades=tuple(reach),
        flips=tuple(_flips(rubric, card, groups, start)),
        without_total=tuple(unscored for _, unscored in walked if unscored),
    )


def effects(
    rubric: Rubric,
    ledger: Ledger,
    judgements: Judgements,
    card: Scorecard,
    ways: tuple[Alternative, ...],
) -> tuple[Effect, ...]:
    """Return what each alternative alone does to the total, in their order."""
    if card.total is None:
        return ()
    scale = Scale(rubric, ledger, judgements, card)
    start = sum((scale.worth(each) or Fraction(0) for each in card.awards), Fraction(0))
    return tuple(_effect(each, number, scale, start) for number, each in enumerate(ways))


def _reached(rubric: Rubric, name: str, low: Fraction, high: Fraction) -> bool:
    grades = [grade.name for grade in rubric.framework.grades]
    best = grades.index(standing(rubric.framework, high).grade.name)
    worst = grades.index(standing(rubric.framework, low).grade.name)
    return best <= grades.index(name) <= worst


def _all_taken(ways: list[_Way]) -> tuple[Alternative, ...]:
    return tuple(each for way in ways for _, each in way.taken)


def _groups(ways: tuple[Alternative, ...], scale: Scale) -> Iterator[_Group]:
    """Join issues that touch a common leaf."""
    issues: dict[str, list[tuple[int, Alternative]]] = {}
    for number, each in enumerate(ways):
        issues.setdefault(each.issue, []).append((number, each))
    pools: list[tuple[set[str], set[str]]] = []
    for name, members in issues.items():
        leaves = {path for _, each in members for path in scale.touched(each)}
        names = {name}
        rest = []
        for pool_names, pool_leaves in pools:
            if pool_leaves & leaves:
                names |= pool_names
                leaves |= pool_leaves
            else:
                rest.append((pool_names, pool_leaves))
        pools = [*rest, (names, leaves)]
    for names, leaves in pools:
        if not leaves:
            continue  # what touches no leaf moves nothing
        yield _Group(
            tuple(tuple(members) for name, members in issues.items() if name in names),
            tuple(path for path in scale.leaves if path in leaves),
        )


def _ways(group: _Group, scale: Scale) -> tuple[list[_Way], tuple[Alternative, ...]]:
    """Return every combination within a group that gives a total, doing nothing first.

    With it the smallest combination that gives none, empty when all do.
    """
    count = 1
    for members in group.issues:
        count *= len(members) + 1
    if count > MOST_COMBINATIONS:
        raise TooManyCombinations(count)
    now = [scale.worth(scale.now[path]) for path in group.leaves]
    found = []
    unscored: tuple[Alternative, ...] = ()
    for combination in product(*((None, *members) for members in group.issues)):
        taken = tuple(each for each in combination if each is not None)
        change: Fraction | None = Fraction(0)
        for path, before in zip(group.leaves, now, strict=True):
            after = scale.worth(scale.again(path, taken))
            if after is None or before is None or change is None:
                change = None
                break
            change += after - before
        if change is not None:
            found.append(_Way(taken, change))
        elif not unscored or len(taken) < len(unscored):
            unscored = tuple(each for _, each in taken)
    return found, unscored


def _effect(each: Alternative, number: int, scale: Scale, start: Fraction) -> Effect:
    """Return what one alternative alone does."""
    moved: list[tuple[str, Fraction | None, Fraction | None]] = []
    change: Fraction | None = Fraction(0)
    for path in scale.touched(each):
        before, after = scale.now[path], scale.again(path, ((number, each),))
        if after.earned != before.earned:
            moved.append((path, before.earned, after.earned))
        worth, then = scale.worth(before), scale.worth(after)
        if worth is None or then is None or change is None:
            change = None
        else:
            change += then - worth
    framework = scale.rubric.framework
    if change is None:
        return Effect(each, None, None, "", tuple(moved))
    total = round_half_up(start + change, framework.places)
    before_total = round_half_up(start, framework.places)
    grade = standing(framework, total).grade.name
    return Effect(each, total, total - before_total, grade, tuple(moved))


MOST_FLIPS = 12
"""Smallest sets that are listed at most."""


def _flips(
    rubric: Rubric, card: Scorecard, groups: list[list[_Way]], start: Fraction
) -> list[Flip]:
    """Return the smallest sets of alternatives that change the grade.

    The size is found exactly, from the lowest and the highest total that each
    number of alternatives can reach; then the sets of that size are listed.
    """
    places, framework = rubric.framework.places, rubric.framework
    now = standing(framework, card.total or Fraction(0)).grade.name

    def flip(taken: tuple[_Way, ...]) -> Flip | None:
        total = round_half_up(start + sum((w.change for w in taken), Fraction(0)), places)
        grade = standing(framework, total).grade.name
        return None if grade == now else Flip(_all_taken(list(taken)), total, grade)

    lowest, highest = _extremes(groups, -1), _extremes(groups, 1)
    for size in range(1, len(lowest)):
        ends = (lowest[size], highest[size])
        found = [flip(taken) for taken in ends if taken is not None]
        if not any(found):
            continue
        found.extend(flip(taken) for taken in _sets(groups, size))
        distinct = {each.alternatives: each for each in found if each is not None}
        ordered = sorted(
            distinct.values(), key=lambda each: abs(each.total - (card.total or Fraction(0)))
        )
        return ordered[::-1][:MOST_FLIPS]
    return []


def _extremes(groups: list[list[_Way]], sign: int) -> list[tuple[_Way, ...] | None]:
    """Return for each number of alternatives the ways that move the total most.

    Args:
        groups: The ways of every group of issues.
        sign: 1 for upwards, -1 for downwards.

    Returns:
        None at a number of alternatives that leaves no total, however they are picked.
    """
    best: list[tuple[_Way, ...] | None] = [()]
    for group in groups:
        most = max(len(way.taken) for way in group)
        options: list[list[tuple[_Way, ...]]] = [[] for _ in range(len(best) + most)]
        for size, so_far in enumerate(best):
            if so_far is None:
                continue
            for way in group:
                taken = (*so_far, way) if way.taken else so_far
                options[size + len(way.taken)].append(taken)
        best = [max(each, key=lambda t: sign * _change(t), default=None) for each in options]
    return best


def _change(taken: tuple[_Way, ...]) -> Fraction:
    return sum((way.change for way in taken), Fraction(0))


def _sets(groups: list[list[_Way]], size: int) -> Iterator[tuple[_Way, ...]]:
    """Yield sets of ways from distinct groups that take ``size`` alternatives in all.

    Ways that move nothing are left out; no more are tried than is bounded.
    """
    moving = [[way for way in group if way.change] for group in groups]
    moving = [group for group in moving if group]

    def grow(index: int, left: int, so_far: tuple[_Way, ...]) -> Iterator[tuple[_Way, ...]]:
        if left == 0:
            yield so_far
        elif index < len(moving):
            yield from grow(index + 1, left, so_far)
            for way in moving[index]:
                if len(way.taken) <= left:
                    yield from grow(index + 1, left - len(way.taken), (*so_far, way))

    yield from islice(grow(0, size, ()), MOST_COMBINATIONS)
