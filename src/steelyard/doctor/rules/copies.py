"""The same text for different things (照抄): R29.

Two projects with one account of what was done: one of them was not looked at.
Rules, definitions and standing phrases are the same on purpose.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_LEAST = 40
"""Characters; shorter texts are alike by chance."""
_MOST = 6
"""Of places; what stands at more is the form's own text."""
_SHOWN = 24


@dataclass(frozen=True)
class _Words:
    standard: re.Pattern[str]
    formula: re.Pattern[str]
    label: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("copies.toml").read_text(encoding="utf-8")
    return _Words(**{name: re.compile(words) for name, words in tomllib.loads(text).items()})


def check(view: View, pen: Pen) -> None:
    """Find long texts that stand under sister headings or in one column."""
    found: dict[tuple[str, tuple[object, ...]], dict[str, Place]] = defaultdict(dict)
    for entry in [*_entries(view), *_cells(view)]:
        text = entry.passage.text[entry.label :]
        if len(text) >= _LEAST and not _words().formula.search(text):
            place = Place(entry.passage, entry.label, len(entry.passage.text))
            found[text, entry.home].setdefault(entry.item, place)
    for (text, _), by_item in found.items():
        places = list(by_item.values())
        if 1 < len(places) <= _MOST:
            pen.find(
                "R29",
                Severity.HINT,
                f"{len(places)}处不同事项的文字完全相同：“{text[:_SHOWN]}…”，请核对是否照抄。",
                places,
            )


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a form says of one thing (填写内容)."""

    passage: Passage
    home: tuple[object, ...]
    """Its form and the entry of the form."""
    item: str
    """The thing: a heading, or what names a row."""
    label: int = 0
    """Length of the label before it."""


def _entries(view: View) -> Iterator[_Entry]:
    """Yield the paragraphs under headings; sister headings make a form."""
    for passage in view.prose:
        if passage.document.kind == CASE or len(passage.section) < 2:
            continue
        match = _words().label.match(passage.text)
        label = match[0] if match else ""
        if not _words().standard.search(label + passage.section[-1]):
            home = (passage.document.name, *passage.section[:-1], label)
            yield _Entry(passage, home, passage.section[-1], len(label))


def _cells(view: View) -> Iterator[_Entry]:
    """Yield the cells of columns that are not of rules; a column is an entry."""
    for number, grid in enumerate(view.grids):
        if not grid.table.certain:
            continue
        for (row, column), passage in grid.passages.items():
            cell = passage.cell
            if cell is None or (row, column) != (cell.row, cell.column):
                continue
            if row < grid.body.start or passage.document.kind == CASE:
                continue
            # Long cells only: to name a row takes time.
            if len(passage.text) < _LEAST or _words().standard.search(grid.headers[column]):
                continue
            names = [name for name in grid.labels(row) if name != passage.text]
            yield _Entry(passage, (number, column), "›".join(names) or str(row))
