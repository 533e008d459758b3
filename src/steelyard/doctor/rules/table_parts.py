"""Tables inside tables (表中的表): blocks under header rows of their own.

A form of self-evaluation is often one table: its funds stand under one row of
headers, its indicators under another. Each block is read as a table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import CASE, View

_FEWEST_HEADERS = 3
_LONGEST_HEADER = 18


@dataclass(frozen=True, eq=False)
class Part(Grid):
    """Rows of a table under one row of headers (分块)."""

    home: Grid
    heads: range
    lines: range

    @property
    def body(self) -> range:
        """Rows below its headers."""
        return self.lines

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """For each column its header texts, joined as in a table."""
        if self.heads == range(self.table.header_rows):
            return self.home.headers
        return tuple(self.text(self.heads[0], column) for column in range(self.table.width))

    @cached_property
    def values(self) -> dict[tuple[int, int], Value]:
        """Those of the table."""
        return self.home.values

    @cached_property
    def serial_columns(self) -> frozenset[int]:
        """Those of the table that number the rows of the block as well."""
        return frozenset(
            column
            for column in self.home.serial_columns
            if all(text.isdigit() for row in self.lines if (text := self.text(row, column)))
        )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = resources.files(__package__).joinpath("table_parts.toml").read_text(encoding="utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


def tables(view: View) -> Iterator[Grid]:
    """Yield the tables that are examined, whether their columns are sure or guessed."""
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is not None and first.document.kind != CASE:
            yield grid


def blocks(view: View) -> Iterator[Grid]:
    """Yield the tables whose columns are sure, block by block, without those of surveys."""
    for grid in tables(view):
        if grid.table.certain and not any(map(_words()["survey"].search, grid.headers)):
            yield from parts(grid)


def parts(grid: Grid) -> list[Grid]:
    """Return the blocks of a table; the table itself where it has one row of headers."""
    inner = [row for row in grid.body if _is_header(grid, row)]
    if not inner:
        return [grid]
    starts = [*inner, grid.table.height]
    top = range(grid.table.header_rows)
    found = [_part(grid, top, range(len(top), starts[0]))]
    for row, after in zip(inner, starts[1:], strict=True):
        found.append(_part(grid, range(row, row + 1), range(row + 1, after)))
    return [part for part in found if part.lines]


def _part(grid: Grid, heads: range, lines: range) -> Part:
    return Part(grid.table, grid.passages, grid.section, grid.block, grid, heads, lines)


def _is_header(grid: Grid, row: int) -> bool:
    """Say whether a row in the middle names columns: words only, some of them usual."""
    texts = []
    for column in range(grid.table.width):
        passage = grid.at(row, column)
        if passage is None or passage.cell is None or passage.cell.column != column:
            continue
        if grid.value(row, column) or len(passage.text) > _LONGEST_HEADER:
            return False
        if passage.text and passage.cell.row == row:
            texts.append(passage.text)
    usual = [text for text in texts if _words()["header"].search(text)]
    return (
        len(texts) >= _FEWEST_HEADERS
        and len(usual) * 2 >= len(texts)
        and len(usual) >= _FEWEST_HEADERS
        and row + 1 < grid.table.height
    )
