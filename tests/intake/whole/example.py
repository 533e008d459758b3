"""The example's figures as its folder has them, for papers to be written with."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.intake.mess.grid import Cell

EXAMPLE = Path(__file__).parents[3] / "examples" / "qiannan-2023"

BARE = ("facts.csv", "sources.csv", "conflicts.csv")
"""What knows of figures, besides the tables."""


def records(name: str) -> list[dict[str, str]]:
    """Return the records of one of its files."""
    with (EXAMPLE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of one of its tables; a column goes by its name without the unit."""
    return [
        {heading.partition("（")[0]: text for heading, text in each.items()}
        for each in records(f"tables/{table}.csv")
    ]


@cache
def _facts() -> dict[str, dict[str, str]]:
    return {each["数据项"]: each for each in records("facts.csv")}


def names() -> Iterator[str]:
    """Yield the names of its facts."""
    yield from _facts()


def text(name: str) -> str:
    """Return what a fact is, without its unit."""
    return _facts()[name]["数值"]


def unit(name: str) -> str:
    """Return the unit of a fact, empty for a date or words."""
    return _facts()[name]["单位"]


def said(name: str) -> str:
    """Return a fact with its unit, as a form has it in one cell."""
    return text(name) + unit(name)


def yuan(name: str) -> str:
    """Return an amount in 元, as the final accounts print it: 50,697,700.00."""
    return in_yuan(text(name))


def in_yuan(amount: str) -> str:
    """Return an amount given in 万元 in 元."""
    cents = Fraction(amount) * 10**6
    assert cents.denominator == 1
    whole, rest = divmod(int(cents), 100)
    return f"{whole:,}.{rest:02}"


def amount(shown: str, *, bold: bool = False) -> Cell:
    """Return a figure as a workbook stores it; a dash and an empty cell stay words."""
    bare = shown.replace(",", "")
    if not bare or bare == "—":
        return Cell(words=shown, centred=True)
    places = len(bare.partition(".")[2])
    shape = ("#,##0" if "," in shown else "0") + ("." + "0" * places if places else "")
    return Cell(words=shown, stored=bare, shape=shape, bold=bold)
