"""Records (台账): what a report says of the same things in several lists.

A table has a thing in each row; a form has one under each heading. Where two
lists name the same things, columns that agree in most rows are meant to be the
same, whatever they are called, and the rows in which they differ are found.
R11 and R12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, differ_in_marks
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View

_FEWEST_ROWS = 4
_AGREEING = (7, 10)
"""Rows of ten that have to agree for two columns to be the same."""
_SURE_ROWS = 5
_MANY_ROWS = 10
"""Rows that have to agree before columns of other names are surely the same."""
_FEWEST_VALUES = 3
_LIKE = 0.75
_MARGIN = 0.15
_LONGEST_FORM = 400
_SLIPPED = "R22"
"""Rule under which numbers are marked that stand under another's name."""


@dataclass
class Source:
    """One list of things (清单)."""

    title: str
    rows: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """For each thing, for each column, the number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of one thing."""

    figure: Figure
    passage: Passage
    column: str
    """What its list calls it."""


@dataclass
class Told:
    """Numbers of which enough has been said (已指出的数)."""

    moved: set[Figure]
    """In rows whose names slipped: that is told where rows are compared."""
    numbers: set[Figure] = field(default_factory=set)

    def of(self, figures: list[Figure]) -> bool:
        """Say whether nothing is left to say of two numbers that differ."""
        return set(figures) <= self.numbers or bool(set(figures) & self.moved)


def check(view: View, pen: Pen) -> None:
    """Compare every two lists that name the same things."""
    sources = list(_sources(view))
    homes: dict[str, list[int]] = {}
    for index, source in enumerate(sources):
        for label in source.rows:
            homes.setdefault(bare(label)[:4], []).append(index)
    shared = Counter(
        (one, other)
        for indices in homes.values()
        for position, one in enumerate(sorted(set(indices)))
        for other in sorted(set(indices))[position + 1 :]
        if len(set(indices)) <= 40
    )
    # Rows whose names slipped are told of where rows are compared.
    moved = {entry.figure for entry in pen.ledger if _SLIPPED in entry.rules}
    told = Told(moved)
    for (one, other), number in shared.items():
        if number >= _FEWEST_ROWS - 1:
            _compare(sources[one], sources[other], told, pen)


def _sources(view: View) -> Iterator[Source]:
    for grid in view.grids:
        source = Source(grid.table.title or "表格")
        for row in grid.rows():
            label = grid.label(row)
            if len(bare(label)) < 2 or label in source.rows:
                continue
            cells = {}
            for column in grid.value_columns:
                value = grid.value(row, column)
                if value is not None and value.row == row:
                    header = grid.headers[column].rsplit("›", 1)[-1]
                    cells[f"{column}"] = Entry(value.figure, value.passage, header)
            if cells:
                source.rows[label] = cells
        if len(source.rows) >= _FEWEST_ROWS:
            yield source
    yield from _forms(view)


def _forms(view: View) -> Iterator[Source]:
    """Yield lists that stand as one section after another under one heading."""
    found: dict[tuple[str, ...], Source] = {}
    for mention in mentions(view):
        passage = mention.passage
        if passage.cell is not None or not passage.section or not mention.name:
            continue
        if mention.is_operand:
            continue
        source = found.setdefault(
            (passage.document.sha256, *passage.section[:-1]),
            Source("".join(passage.section[-2:-1])),
        )
        row = source.rows.setdefault(passage.section[-1], {})
        column = _column(mention)
        if len(row) < 40 and column not in row:
            row[column] = Entry(mention.figure, passage, mention.name)
    for source in found.values():
        if _FEWEST_ROWS <= len(source.rows) <= _LONGEST_FORM:
            yield source


def _column(mention: Mention) -> str:
    return f"{mention.whole}›{mention.name}" if mention.whole else mention.name


def _matched(one: Source, other: Source) -> list[tuple[str, str, bool]]:
    """Return which thing of one list is which of the other, and whether by its exact name."""
    exact = {bare(label): label for label in other.rows}
    pairs, left = [], []
    for label in one.rows:
        twin = exact.pop(bare(label), None)
        if twin is None:
            left.append(label)
        else:
            pairs.append((label, twin, True))
    open_labels = list(exact.values())
    if len(left) * len(open_labels) > 10_000:
        return pairs
    for label in left:
        ranked = sorted(
            (
                (containment(label, each), each)
                for each in open_labels
                if not differ_in_marks(label, each)
            ),
            reverse=True,
        )[:2]
        if ranked and ranked[0][0] >= _LIKE:
            second = ranked[1][0] if len(ranked) > 1 else 0.0
            if ranked[0][0] - second >= _MARGIN:
                pairs.append((label, ranked[0][1], False))
                open_labels.remove(ranked[0][1])
    return pairs


def _compare(one: Source, other: Source, told: Told, pen: Pen) -> None:
    things = _matched(one, other)
    if len(things) < _FEWEST_ROWS:
        return
    for left in _columns(one):
        candidates = []
        for right in _columns(other):
            rows = [
                Pair(a, one.rows[a][left], other.rows[b][right], exactly)
                for a, b, exactly in things
                if left in one.rows[a]
                and right in other.rows[b]
                and bool(one.rows[a][left].figure.value) == bool(other.rows[b][right].figure.value)
            ]
            same = [pair for pair in rows if pair.agrees]
            values = {pair.one.figure.base for pair in same}
            if (
                len(rows) >= _FEWEST_ROWS
                and len(values) >= _FEWEST_VALUES
                and len(same) * _AGREEING[1] >= len(rows) * _AGREEING[0]
            ):
                alike = rows[0].one.column == rows[0].other.column
                candidates.append(((alike, Fraction(len(same), len(rows)), len(same)), rows))
        if candidates:
            _hold(one, other, max(candidates, key=lambda each: each[0])[1], told, pen)


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in two lists."""

    label: str
    one: Entry
    other: Entry
    exactly: bool
    """Named alike to the letter."""

    @property
    def agrees(self) -> bool:
        """Whether both numbers can be one amount."""
        return same_amount(self.one.figure, self.other.figure)


def _opening(entry: Entry) -> bool:
    return "年初" in entry.column


def _columns(source: Source) -> list[str]:
    counts = Counter(column for row in source.rows.values() for column in row)
    return [column for column, count in counts.items() if count >= _FEWEST_ROWS]


def _hold(one: Source, other: Source, rows: list[Pair], told: Told, pen: Pen) -> None:
    """Mark the rows that agree and take down those that do not."""
    same = sum(pair.agrees for pair in rows)
    alike = bool(rows) and containment(rows[0].one.column, rows[0].other.column) >= _LIKE
    sure = same >= (_SURE_ROWS if alike else _MANY_ROWS)
    if rows and _opening(rows[0].one) != _opening(rows[0].other):
        sure = False  # What was budgeted in January may have been changed since.
    for pair in rows:
        figures = [pair.one.figure, pair.other.figure]
        if pair.agrees:
            pen.consistent("R12", figures)
        elif all(figure.value for figure in figures) and not told.of(figures):
            told.numbers |= set(figures)
            pen.find(
                "R12",
                Severity.ERROR if pair.exactly and sure else Severity.QUESTION,
                f"“{pair.label}”在两处的数不同：{one.title}“{pair.one.column}”为"
                f"{figures[0].text}，{other.title}“{pair.other.column}”为{figures[1].text}；"
                f"两处其余{same}行一致。",
                [place_of(each.passage, each.figure) for each in (pair.one, pair.other)],
                figures=figures,
            )
