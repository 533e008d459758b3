"""The figures of an evaluation folder, read as a stranger would: with csv, and nothing of ours."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

FACTOR = {
    "元": Fraction(1),
    "万元": Fraction(10**4),
    "亿元": Fraction(10**8),
    "%": Fraction(1, 100),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Fraction | None:
    bare = text.replace(",", "")
    return Fraction(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None


class PlainSource:
    """facts.csv and tables/*.csv as text."""

    def __init__(self, folder: Path) -> None:
        self.facts = {
            row["数据项"]: (row["数值"], row["单位"]) for row in rows(folder / "facts.csv")
        }
        self.tables: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
        for path in sorted((folder / "tables").glob("*.csv")):
            self.tables[path.stem] = {
                next(iter(row.values())): {
                    re.sub(r"（[^（）]*）$", "", header): (cell, unit_in(header))
                    for header, cell in row.items()
                }
                for row in rows(path)
            }

    def fact(self, name: str) -> tuple[str, str] | None:
        return self.facts.get(name)

    def cell(self, table: str, key: str, column: str) -> tuple[str, str]:
        return self.tables[table][key][column]

    def column(self, table: str, column: str) -> list[tuple[str, str]]:
        return [row[column] for row in self.tables[table].values()]


def unit_in(header: str) -> str:
    """The unit in a header, nothing when the brackets hold something else."""
    match = re.search(r"（([^（）]*)）$", header)
    return match[1] if match else ""


def half_up(value: Fraction, places: int) -> str:
    """Round half up, independently of the product."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def says(printed: str, value: str, unit: str) -> bool:
    """Tell whether a printed figure is a value, in its own unit or in another."""
    wanted = number(value)
    if wanted is None:
        return same_text(printed, value)
    match = re.fullmatch(r"(-?[\d.]+)(.*)", printed)
    if match is None:
        return False
    shown = Fraction(match[1])
    if match[2] in ("", unit):
        places = len(match[1].partition(".")[2])
        return shown == wanted or Fraction(half_up(wanted, places)) == shown
    places = len(match[1].partition(".")[2])
    moved = wanted * FACTOR[unit] / FACTOR[match[2]]
    return Fraction(half_up(moved, places)) == shown


def same_text(printed: str, value: str) -> bool:
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    if day is not None:
        value = f"{day[1]}年{int(day[2])}月{int(day[3])}日"
    return "".join(printed.split()) == "".join(value.split())
