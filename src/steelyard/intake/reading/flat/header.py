"""The header of a flattened table (表头): which words head which columns.

A header is found by its words alone. Where it ends is not certain, so several
readings are handed on, and the rows decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from steelyard.intake.reading.flat.atoms import Atom, Gap, atoms_of
from steelyard.intake.reading.flat.lines import Line
from steelyard.intake.reading.flat.terms import (
    Kind,
    bare,
    beginnings,
    group_terms,
    guessed,
    known,
    total_words,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column as its header names it (列)."""

    name: str
    kind: Kind
    sure: bool
    """The name is a known one, not guessed by its ending."""
    atoms: tuple[Atom, ...] = ()
    group: int | None = None
    """Which of the header's groups stands above it."""


@dataclass(frozen=True, slots=True)
class Header:
    """One reading of a header."""

    columns: tuple[Column, ...]
    lines: int
    """How many lines it takes."""
    groups: tuple[tuple[Atom, ...], ...] = ()
    """Words above several columns each, from left to right."""


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    cost: int


_MOST_LINES = 40
_MOST_PIECES = 9
_FIGURE = re.compile(r"[≥≤=＞＜<>+-]?[\d,.]+%?[^（(]{0,3}|[—–/／-]+|[①-⑳].*|\d+[.．、].*")
_SHARE = re.compile(r"[（(][\d.]+分[）)]")
"""Points behind a label: a row has begun."""
_SENTENCE = re.compile(r"[。；！？;，]|[^单位]：$")
_LEAST_LIKENESS = 6
_MOST_GROUPED = 24
"""Columns, with the words above them, that are tried as two rows."""
_FOREIGN = 45
"""Cost of a name that is neither known nor ends like one; only under a caption."""


def opens_header(line: Line) -> bool:
    """Say whether a line may be the first of a header, at a glance."""
    first = bare(line.text.split(maxsplit=1)[0])
    return first in beginnings() or bare(line.text) in beginnings() or known(first) is not None


def headers_at(lines: Sequence[Line], start: int, *, titled: bool) -> list[Header]:
    """Return the readings of a header that begins at a line, the longest first.

    Args:
        lines: All lines.
        start: Index of the first line of the header.
        titled: A caption stands above, so that foreign words may head columns.
    """
    block: list[Line] = []
    seen: set[str] = set()
    for line in lines[start : start + _MOST_LINES]:
        if not _may_head(line) or (len(line.text.split()) > 1 and line.text in seen):
            break  # a header does not say the same twice: another table begins
        seen.add(line.text)
        block.append(line)
    if not block:
        return []
    atoms = atoms_of(block)
    best = _named(atoms)
    readings: list[Header] = []
    taken = 0
    for count, line in enumerate(block, start=1):
        while taken < len(atoms) and atoms[taken].number <= line.number:
            taken += 1
        names = _path(best, taken)
        if names is None or not _acceptable(atoms, names, titled=titled):
            continue
        readings.append(Header(tuple(_columns(atoms, names)), count))
    return readings[::-1]


def _may_head(line: Line) -> bool:
    if line.contents or _SENTENCE.search(line.text) or line.width > 110:
        return False
    pieces = line.text.split()
    if bare(line.text) in total_words() or pieces[0] in total_words() - {
        "合计",
        "小计",
        "总计",
        "总分",
    }:
        return False
    figures = sum(1 for piece in pieces if _FIGURE.fullmatch(piece))
    return not figures and len(pieces) <= 24


def _named(atoms: Sequence[Atom]) -> list[tuple[int, _Name | None]]:
    """Return, for each count of atoms, the cheapest way to read them as names."""
    best: list[tuple[int, _Name | None]] = [(0, None)]
    for end in range(1, len(atoms) + 1):
        options: list[tuple[int, _Name | None]] = []
        for start in range(max(0, end - _MOST_PIECES), end):
            cost = _cost(atoms[start:end])
            if cost is not None:
                options.append((best[start][0] + cost, _Name(start, end, cost)))
        best.append(min(options, key=lambda option: option[0]))
    return best


def _cost(atoms: Sequence[Atom]) -> int | None:
    name = "".join(atom.text for atom in atoms)
    if len(name) > 22:
        return None if len(atoms) > 1 else _FOREIGN * 2
    closed = any(atom.gap is Gap.CLOSED for atom in atoms[1:])
    if closed and any(len(atom.text) > 1 for atom in atoms):
        return None
    if name.count("（") != name.count("）") or name.count("(") != name.count(")"):
        return None if len(atoms) > 1 else _FOREIGN * 2
    if _SHARE.search(name):
        return None if len(atoms) > 1 else _FOREIGN * 2
    if known(name):
        return 0
    joins = len(atoms) - 1
    if guessed(name):
        return 12 + 10 * joins
    return _FOREIGN + 30 * joins


def _path(best: Sequence[tuple[int, _Name | None]], end: int) -> list[_Name] | None:
    names: list[_Name] = []
    while end:
        name = best[end][1]
        if name is None:
            return None
        names.append(name)
        end = name.start
    return names[::-1]


def _acceptable(atoms: Sequence[Atom], names: Sequence[_Name], *, titled: bool) -> bool:
    if len(names) < 2 or len(names) > 24:
        return False
    sure = sum(1 for name in names if name.cost == 0)
    foreign = sum(1 for name in names if name.cost >= _FOREIGN)
    if titled:
        one_line = all(atom.gap is not Gap.LINE for atom in atoms[1 : names[-1].end])
        return foreign * 3 <= len(names) or (one_line and sure >= 1)
    if len(names) == 2 and not _heads_figures(atoms, names):
        return False
    return foreign == 0 and sure >= 2 and sure * 3 >= len(names) * 2


def _heads_figures(atoms: Sequence[Atom], names: Sequence[_Name]) -> bool:
    texts = ("".join(atom.text for atom in atoms[name.start : name.end]) for name in names)
    return any(known(text) in (Kind.NUMBER, Kind.PERCENT) for text in texts)


def _columns(atoms: Sequence[Atom], names: Sequence[_Name]) -> list[Column]:
    columns: list[Column] = []
    for index, name in enumerate(names):
        own = tuple(atoms[name.start : name.end])
        text = "".join(atom.text for atom in own)
        kind = known(text)
        sure = kind is not None
        kind = kind or guessed(text) or Kind.ANY
        if index == 0 and kind in (Kind.NUMBER, Kind.PERCENT, Kind.ANY, Kind.VALUE):
            kind = Kind.NAME  # what a row is called stands first
        columns.append(Column(text, kind, sure, own))
    return columns


def grouped(header: Header, width: int) -> Header | None:
    """Return the reading of a header in two rows, for rows of ``width`` cells (两级表头).

    The words of the upper row come first, those of the lower row follow. Which
    of the upper ones stand above others is told by the words they share.
    """
    columns = header.columns
    above = len(columns) - width
    if not 1 <= above <= 4 or len(columns) > _MOST_GROUPED:
        return None
    best: tuple[int, list[tuple[int, int, int]]] | None = None
    for lower in range(2 * above, width + 1):
        upper = len(columns) - lower
        if upper < above:
            break
        found = _assigned(columns[:upper], columns[upper:], above)
        # The fewest words below that explain the words above.
        if found:
            scored = (found[0] - 5 * lower, found[1])
            best = scored if best is None or scored[0] > best[0] else best
    if best is None:
        return None
    return _in_two_rows(header, best[1])


def _assigned(
    upper: Sequence[Column], lower: Sequence[Column], above: int
) -> tuple[int, list[tuple[int, int, int]]] | None:
    """Give each of ``above`` upper words, in order, at least two of the lower ones."""
    table: dict[tuple[int, int, int], tuple[int, list[tuple[int, int, int]]]] = {(0, 0, 0): (0, [])}
    for position in range(len(upper)):
        for used in range(len(lower) + 1):
            for groups in range(above + 1):
                state = table.get((position, used, groups))
                if state is None:
                    continue
                score, spans = state
                _keep(table, (position + 1, used, groups), score, spans)
                for end in range(used + 2, min(len(lower), used + 6) + 1):
                    gain = _likeness(upper[position], lower[used:end])
                    if gain < _LEAST_LIKENESS:
                        continue
                    span = (position, used, end)
                    _keep(table, (position + 1, end, groups + 1), score + gain, [*spans, span])
    return table.get((len(upper), len(lower), above))


def _keep(
    table: dict[tuple[int, int, int], tuple[int, list[tuple[int, int, int]]]],
    key: tuple[int, int, int],
    score: int,
    spans: list[tuple[int, int, int]],
) -> None:
    if key not in table or score > table[key][0]:
        table[key] = (score, spans)


def _likeness(group: Column, below: Sequence[Column]) -> int:
    name = bare(group.name)
    if group.kind in (Kind.LEVEL, Kind.INDEX) and name not in group_terms():
        return 0
    score = 6 if name in group_terms() else 0
    return score + sum(_shared(name, column.name) for column in below)


@lru_cache(maxsize=4096)
def _shared(name: str, below: str) -> int:
    """Return what a word below shares with the word above it."""
    letters = {name[at : at + 2] for at in range(len(name) - 1)}
    pair = any(below[at : at + 2] in letters for at in range(len(below) - 1))
    return 4 * pair + 2 * len(set("调结转追减增") & set(name) & set(below))


def _in_two_rows(header: Header, spans: Sequence[tuple[int, int, int]]) -> Header:
    upper = len(header.columns) - sum(end - start for _, start, end in spans)
    lower = header.columns[upper:]
    by_position = {position: (start, end) for position, start, end in spans}
    columns: list[Column] = []
    groups: list[tuple[Atom, ...]] = []
    for position, column in enumerate(header.columns[:upper]):
        if position not in by_position:
            columns.append(column)
            continue
        start, end = by_position[position]
        columns += [
            Column(below.name, below.kind, below.sure, below.atoms, len(groups))
            for below in lower[start:end]
        ]
        groups.append(column.atoms)
    return Header(tuple(columns), header.lines, tuple(groups))
