"""Whether a rebuilt table can be relied on (可信).

Its own totals confirm it, or no other reading was possible: each row has one
piece for each typed column. Anything else is a guess, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from steelyard.intake.reading.document import Table
from steelyard.intake.reading.flat.kinds import NUMBER, PERCENT, is_dash
from steelyard.intake.reading.flat.terms import Kind, bare, known, total_words

_FIGURE_BEHIND = re.compile(r"\d\.\d+$")
_FOREIGN_HEAD = re.compile(r"(?:合计|小计|总计)[\u4e00-\u9fff]{2}")
_TYPED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.CHOICE, Kind.INDEX})


def is_certain(table: Table, kinds: Sequence[Kind], *, whole: bool, easy: bool) -> bool:
    """Say whether a table's grid is confirmed by its own contents.

    Args:
        table: The grid, header rows included.
        kinds: What stands in each column.
        whole: Nothing of it seems to stand above or below.
        easy: No row was hard to fit.
    """
    if not whole or not _figures_only(table, kinds):
        return False
    if any(_is_glued(table, kinds, row) for row in _body(table)):
        return False
    closing = [_closes(table, kinds, row) for row in _total_rows(table)]
    known = [each for each in closing if each is not None]
    if known:
        return all(known)
    return easy and _each_typed_once(table, kinds)


def _body(table: Table) -> range:
    return range(table.header_rows, table.height)


def _figures_only(table: Table, kinds: Sequence[Kind]) -> bool:
    """Say whether columns of figures hold nothing else, as 10— from two cells."""
    return all(
        not text or is_dash(text) or NUMBER.fullmatch(text) or PERCENT.fullmatch(text)
        for column, kind in enumerate(kinds)
        if kind in (Kind.NUMBER, Kind.PERCENT)
        for text in (bare(table.text_at(row, column)) for row in _body(table))
    )


def _is_glued(table: Table, kinds: Sequence[Kind], row: int) -> bool:
    """Say whether a label holds what belongs to other cells."""
    for column, kind in enumerate(kinds):
        if kind not in (Kind.NAME, Kind.LEVEL, Kind.ANY):
            continue
        text = bare(table.text_at(row, column))
        if _FIGURE_BEHIND.search(text) or (column < 2 and _FOREIGN_HEAD.match(text)):
            return True
        if known(text) in (Kind.DATE, Kind.NOTE, Kind.INDEX, Kind.CHOICE):
            return True
    return False


def _total_rows(table: Table) -> list[int]:
    found: list[int] = []
    for row in _body(table):
        label = bare(table.text_at(row, 0) or table.text_at(row, 1)).strip("：:")
        if label in total_words() or bare(table.text_at(row, 1)) in total_words():
            found.append(row)
    return found


def _closes(table: Table, kinds: Sequence[Kind], total: int) -> bool | None:
    """Say whether most columns add up to a total, None when none can be asked."""
    held = asked = 0
    for column, kind in enumerate(kinds):
        stated = _value(table.text_at(total, column))
        if kind is not Kind.NUMBER or stated is None:
            continue
        parts = [_value(table.text_at(row, column)) for row in _parts(table, total)]
        numbers = [part for part in parts if part is not None]
        if not numbers:
            continue
        asked += 1
        held += _adds_up(numbers, stated) or _adds_up(_top_level(table, column, total), stated)
    return None if not asked else held * 2 > asked


def _parts(table: Table, total: int) -> list[int]:
    """Rows above a total, or below it when it stands first."""
    if total > table.header_rows:
        return list(range(table.header_rows, total))
    return list(range(total + 1, table.height))


def _top_level(table: Table, column: int, total: int) -> list[Fraction]:
    """Return the numbers of the rows numbered 一, 二: the others are parts of them."""
    found: list[Fraction] = []
    for row in _parts(table, total):
        if re.fullmatch(r"[一二三四五六七八九十]+、?", bare(table.text_at(row, 0))):
            value = _value(table.text_at(row, column))
            if value is not None:
                found.append(value)
    return found


def _adds_up(parts: Sequence[Fraction], stated: Fraction) -> bool:
    # Each part may have been rounded by half a hundredth.
    return bool(parts) and abs(sum(parts) - stated) <= Fraction(len(parts), 200)


def _value(text: str) -> Fraction | None:
    text = bare(text)
    if not NUMBER.fullmatch(text):
        return None
    plain = text.replace(",", "").replace("，", "").replace("－", "-")
    return Fraction(plain) if plain.strip("+-") else None


def _each_typed_once(table: Table, kinds: Sequence[Kind]) -> bool:
    typed = [column for column, kind in enumerate(kinds) if kind in _TYPED]
    if not typed or any(kind in (Kind.ANY, Kind.VALUE) for kind in kinds):
        return False
    wordy = sum(1 for kind in kinds if kind is Kind.NOTE)
    return (
        table.height - table.header_rows >= 2
        and wordy <= 1
        and all(table.text_at(row, column).strip() for row in _body(table) for column in typed)
    )
