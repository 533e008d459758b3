"""Columns and rows of a table that is fitted (列与行)."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.intake.reading.flat.terms import Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a column while rows are fitted to it (列形)."""

    kind: Kind
    sure: bool = True
    width: int | None = None
    """Half characters of its widest line, once learnt."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One cell of a fitted row: columns and pieces, ends excluded."""

    column: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One fitted row (一行)."""

    cells: tuple[Filled, ...]
    cost: int
    rest: bool
    """It is the rest of the row above, cut by a page end."""
    total: bool
