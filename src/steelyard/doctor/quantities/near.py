"""Numbers that are nearly those of the same name (近似笔误): R11.

A slip of the hand changes one digit, drops one, or turns two round. Where two
numbers stand under like names and differ by just that, one of them is likely a
slip. Which, only the sources can say; the one that stands alone comes first.
Equal numbers under like names confirm each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, pairs
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.quantities.row_parts import row_parts
from steelyard.doctor.view.figure import Kind
from steelyard.doctor.view.view import View

_LIKE = 0.6
_VERY_LIKE = 0.8
_LARGEST_GROUP = 60
_GENERIC = 4
"""A name with more different numbers than this names nothing in particular."""
_SHORT = 2
"""Digits that are too few to tell a slip from another number, unless names are alike."""
_SURE_DIGITS = 4
_OFTEN = 3
"""A number of few digits that stands so often may be compared under any of its names."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A mention with the words that tell what it is."""

    mention: Mention
    digits: str
    topics: tuple[str, ...]
    """Names, innermost first: of its clause, its row, its heading, its column."""
    whole: int
    """Its digits with all its decimals, without sign: pairs are many, and whole numbers quick."""

    @property
    def key(self) -> object:
        """What makes it the same number as another."""
        figure = self.mention.figure
        return self.digits.rstrip("0"), figure.unit in ("%", "‰"), figure.dimension

    @property
    def row(self) -> tuple[int, int] | None:
        """Its table and row, None outside tables."""
        cell = self.mention.passage.cell
        return (id(self.mention.passage.table), cell.row) if cell is not None else None

    @property
    def home(self) -> int:
        """What it may not be compared within: its table, or its paragraph."""
        passage = self.mention.passage
        return id(passage.table) if passage.table is not None else id(passage)


def check(view: View, pen: Pen) -> None:
    """Compare numbers that are equal or one slip apart, by what they are called."""
    parts = row_parts(view)
    pen.verified("R10", parts)
    named = list(_named(view))
    generic = _generic_names(named)
    named = [_without(each, generic) for each in named]
    _confirm(named, pen)
    _suspect([each for each in named if each.mention.figure not in parts], pen)


def _named(view: View) -> Iterator[Named]:
    for mention in mentions(view):
        figure = mention.figure
        if figure.kind is Kind.RANGE or figure.value == 0:
            continue
        digits = figure.digits.lstrip("-").replace(".", "").lstrip("0") or "0"
        names = (mention.name, *reversed(mention.under.split("›")), mention.whole)
        topics = tuple(dict.fromkeys(name for name in names if len(bare(name)) > 1))
        yield Named(mention, digits, topics, int(abs(figure.value) * 10**figure.places))


def _generic_names(named: list[Named]) -> frozenset[str]:
    """Return the names under which many different numbers stand: 分值, 执行率."""
    values: dict[str, set[str]] = defaultdict(set)
    tables: dict[str, set[int]] = defaultdict(set)
    for each in named:
        if each.mention.name:
            values[each.mention.name].add(each.digits)
        elif each.mention.passage.cell is not None:
            for topic in each.topics:
                tables[topic].add(each.home)
    generic = {name for name, digits in values.items() if len(digits) > _GENERIC}
    return frozenset(generic | {name for name, homes in tables.items() if len(homes) > _GENERIC})


def _without(named: Named, generic: frozenset[str]) -> Named:
    """Drop a generic name where something tells more; keep it as what is measured."""
    topics = tuple(topic for topic in named.topics if topic not in generic)
    return replace(named, topics=topics)


def _likeness(one: Named, other: Named) -> float:
    """Return how alike the names of two numbers are: their best pair of topics.

    Columns and generic names have to fit too where both have one.
    """
    best = max(
        (
            containment(a, b)
            for a in one.topics
            for b in other.topics
            if min(len(pairs(a)), len(pairs(b))) > 1
        ),
        default=0.0,
    )
    if one.mention.role and other.mention.role and one.mention.role != other.mention.role:
        return 0.0
    return best


def _comparable(one: Named, other: Named) -> bool:
    left, right = one.mention.figure, other.mention.figure
    if one.home == other.home:
        return False
    if (left.unit in ("%", "‰")) != (right.unit in ("%", "‰")):
        return False
    if not (left.has_unit and right.has_unit):
        return True
    if not (left.dimension and right.dimension):
        return left.factor == right.factor  # 80 亿 leaves its unit to the reader
    return left.dimension == right.dimension and left.factor == right.factor


def _confirm(named: list[Named], pen: Pen) -> None:
    groups: dict[str, list[Named]] = defaultdict(list)
    for each in named:
        groups[each.digits.rstrip("0")].append(each)
    for group in groups.values():
        for bunch in _bunches(group):
            for index, one in enumerate(bunch):
                for other in bunch[index + 1 :]:
                    if (
                        _comparable(one, other)
                        and same_amount(one.mention.figure, other.mention.figure)
                        and _likeness(one, other) >= _LIKE
                    ):
                        pen.consistent("R11", [one.mention.figure, other.mention.figure])


def _bunches(group: list[Named]) -> Iterator[list[Named]]:
    """Yield a group as one bunch, or, when it is large, by exact topic."""
    if len(group) <= _LARGEST_GROUP:
        yield group
        return
    by_topic: dict[str, list[Named]] = defaultdict(list)
    for each in group:
        for topic in each.topics:
            by_topic[topic].append(each)
    for bunch in by_topic.values():
        if len(bunch) > 1:
            yield bunch[:_LARGEST_GROUP]


def _suspect(named: list[Named], pen: Pen) -> None:
    """Find numbers one slip apart."""
    times: dict[object, int] = defaultdict(int)
    keyed: dict[str, list[Named]] = defaultdict(list)
    for each in named:
        times[each.key] += 1
        for key in _slips(each.digits) | _slips(each.digits.rstrip("0")):
            keyed[key].append(each)
    rows: dict[tuple[int, int], set[object]] = defaultdict(set)
    for each in named:
        if each.row is not None and each.mention.column:
            rows[each.row].add(each.digits.rstrip("0"))
    best: dict[int, tuple[float, Named, Named]] = {}
    for group in keyed.values():
        for bunch in _bunches(group):
            for index, one in enumerate(bunch):
                for other in bunch[index + 1 :]:
                    if not _is_beside(one, other, rows):
                        _weigh(one, other, times, best)
    for _, odd, usual in best.values():
        _take_down(odd, usual, times, pen)


def _is_beside(one: Named, other: Named, rows: dict[tuple[int, int], set[object]]) -> bool:
    """Say whether a number of a row stands in the row of the other too: in another column."""
    return any(
        a.row is not None and b.row is not None and b.digits.rstrip("0") in rows[a.row]
        for a, b in ((one, other), (other, one))
    )


def _slips(digits: str) -> set[str]:
    """Return keys that two numbers share when one digit is other, missing or turned round."""
    if len(digits) < _SHORT:
        return set()
    keys = {f"{digits[:i]}*{digits[i + 1 :]}" for i in range(len(digits))}
    if len(digits) > _SHORT:
        keys.add(digits)
        keys |= {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
        keys |= {
            digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)
        }
    return keys


def _weigh(
    one: Named,
    other: Named,
    times: dict[object, int],
    best: dict[int, tuple[float, Named, Named]],
) -> None:
    left, right = _aligned(one, other)
    if left == right or not _is_slip(left, right):
        return
    if not _comparable(one, other):
        return
    odd, usual = sorted((one, other), key=lambda each: times[each.key])
    repeated = times[odd.key] > 1 and times[usual.key] > 1
    if repeated and not _last_digit(left, right):
        return
    if one.row is not None and other.row is not None:
        one, other = _of_row(one), _of_row(other)
    few = max(len(one.digits.rstrip("0")), len(other.digits.rstrip("0"))) <= _SHORT
    like = _likeness(one, other)
    if few and times[usual.key] < _OFTEN:
        like = _likeness(_innermost(one), _innermost(other))
    if like < (_VERY_LIKE if few or repeated else _LIKE):
        return
    if same_amount(one.mention.figure, other.mention.figure):
        return
    key = id(odd.mention.figure)
    if key not in best or best[key][0] < like:
        best[key] = (like, odd, usual)


def _last_digit(one: str, other: str) -> bool:
    """Say whether two long numbers differ by one in the last place: rounded apart."""
    return len(one) >= _SURE_DIGITS and abs(int(one) - int(other)) == 1


def _of_row(named: Named) -> Named:
    """Drop the levels over a row from its names: a level is none of the rows below it."""
    over = named.mention.under.split("›")[:-1]
    return replace(named, topics=tuple(topic for topic in named.topics if topic not in over))


def _innermost(named: Named) -> Named:
    """Return a number with only the nearest of its names: few digits need more likeness."""
    return replace(named, topics=named.topics[:1])


def _aligned(one: Named, other: Named) -> tuple[str, str]:
    """Return the digits of two numbers to the same number of decimals."""
    more = one.mention.figure.places - other.mention.figure.places
    left, right = one.whole * 10 ** max(-more, 0), other.whole * 10 ** max(more, 0)
    return str(left), str(right)


def _is_slip(one: str, other: str) -> bool:
    """Say whether two runs of digits are one slip apart."""
    if len(one) == len(other):
        unlike = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(unlike) == 1:
            return True
        return (
            len(unlike) == _SHORT
            and unlike[1] == unlike[0] + 1
            and one[unlike[0]] == other[unlike[1]]
            and one[unlike[1]] == other[unlike[0]]
        )
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _take_down(odd: Named, usual: Named, times: dict[object, int], pen: Pen) -> None:
    one, other = odd.mention, usual.mention
    name = other.subject or one.subject
    count = times[usual.key]
    pen.find(
        "R11",
        Severity.QUESTION,
        f"“{name}”此处为{one.figure.text}，别处为{other.figure.text}"
        f"{f'（共{count}处）' if count > 1 else ''}，只差一个数字，请核对哪个是笔误。",
        [place_of(one.passage, one.figure), place_of(other.passage, other.figure)],
        figures=[one.figure, other.figure],
    )
