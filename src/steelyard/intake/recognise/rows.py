"""Tables of the dictionary (明细表): columns by their headings, rows by their keys.

Rows that add up others are no rows; a note between rows is none; a row whose
key stands in the evaluation under another name is asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.facts.ledger import Target
from steelyard.intake.forms.form import Form
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.cells import is_figure
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.heading import Heading
from steelyard.intake.recognise.pen import IGNORE, Pen
from steelyard.intake.sighting import Doubt
from steelyard.intake.wording import ABOUT_FORM, TOTALS, is_total, label_of, tight
from steelyard.measure.nothing import DASHES
from steelyard.measure.units import UNITS, Unit

_ENOUGH = 2
"""Columns that must be found besides the key."""

_LOOKED_AT = 60
"""Rows in which the name of a data item would stand."""

_NAME = "名称"

_ORDINAL = ("序号", "题号")
"""End the name of a column of running numbers: a merged one is of all its rows."""


@dataclass(frozen=True)
class Fit:
    """How a table of the dictionary fits a table of a file (对应)."""

    spec: TableSpec
    columns: dict[str, Heading]
    """Column of the dictionary → heading over it."""
    doubled: tuple[str, ...]
    """Columns that several headings name."""
    missing: tuple[str, ...]
    """Columns that are needed and not there."""
    named: bool
    """Whether the title names the table."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """How well it fits, to compare."""
        return (self.named, len(self.columns), -len(self.missing))

    @property
    def sure(self) -> bool:
        """Whether it is this table beyond doubt."""
        needed = [c for c in self.spec.columns if not c.optional]
        most = 2 * (len(needed) - len(self.missing)) > len(needed)
        return self.spec.key in self.columns and (self.named or (most and not self.missing))


def fits(
    frame: Frame, specs: tuple[TableSpec, ...], year: int, form: Form | None = None
) -> list[Fit]:
    """Return the tables of the dictionary that a table may be, the best first."""
    if not frame.headed:
        return []
    found = [fit for spec in specs if (fit := _fit(frame, spec, year, form)) is not None]
    return sorted(found, key=lambda fit: fit.rank, reverse=True)


def _fit(frame: Frame, spec: TableSpec, year: int, form: Form | None) -> Fit | None:
    columns: dict[str, Heading] = {}
    doubled: list[str] = []
    known = form.tables.get(spec.name, {}) if form is not None else {}
    for column in spec.columns:
        said = _said(column) | known.get(column.name, frozenset())
        over = [h for h in frame.headings if h.of(year) and any(c in said for c in h.cores)]
        exact = [h for h in over if h.cores and h.cores[0] in said]
        over = exact or over
        if len(over) == 1:
            columns[column.name] = over[0]
        elif over:
            doubled.append(column.name)
    named = bool(known) or any(tight(n) in frame.title for n in (spec.name, *spec.aliases))
    own = [name for name in columns if name != spec.key]
    if len(own) < _ENOUGH and not (named and own):
        return None
    heading = _names_rows(frame, spec, columns)
    if heading is not None:
        columns[_NAME] = heading
    shared = [h.column for h in columns.values()]
    if len(set(shared)) < len(shared):
        return None
    missing = tuple(
        column.name
        for column in spec.columns
        if column.name not in columns and not column.optional and column.name not in doubled
    )
    return Fit(spec, columns, tuple(doubled), missing, named)


def _names_rows(frame: Frame, spec: TableSpec, columns: dict[str, Heading]) -> Heading | None:
    """Return the only heading that says whose name stands under it: 项目名称 for 名称."""
    if _NAME in columns or spec.column(_NAME) is None:
        return None
    taken = frozenset().union(*(_said(column) for column in spec.columns)) | ABOUT_FORM
    over = [h for h in frame.headings if h.core.endswith(_NAME) and h.core not in taken]
    return over[0] if len(over) == 1 else None


@cache
def _said(column: Column) -> frozenset[str]:
    return frozenset(label_of(name).core for name in (column.name, *column.aliases))


def read_rows(pen: Pen, known: dict[str, dict[str, str]]) -> bool:
    """Take the rows of a table; tell whether it is one of the dictionary's.

    Args:
        pen: Takes the cells.
        known: Names of the rows that the evaluation has: by table, then key.
    """
    specs = tuple(pen.context.dictionary.tables.values())
    found = fits(pen.frame, specs, pen.context.year, pen.form)
    if not found or not _is_likely(pen, found[0]):
        return False
    fit = _chosen(pen, found)
    if fit is None:
        return True
    _told(pen, fit)
    columns = tuple(_columns(pen, fit))
    rows = [row for row in pen.frame.body if pen.frame.year_of_row(row) in (None, pen.context.year)]
    doubled = _doubled(pen, fit, rows)
    for row in rows:
        if row not in doubled:
            _row(pen, fit, row, known.get(fit.spec.name, {}), columns)
    return True


def _doubled(pen: Pen, fit: Fit, rows: list[int]) -> frozenset[int]:
    """Ask once about keys that several unlike rows have, and return those rows."""
    heading = fit.columns.get(fit.spec.key)
    if heading is None:
        return frozenset()
    found: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for row in rows:
        cell = pen.frame.table.grid.get((row, heading.column))
        key = tight(cell.stored or cell.words.text) if cell is not None else ""
        if key and key not in DASHES and not _adds_up(pen, fit, row, cell):
            found[key][row] = tuple(each.words.text for each in pen.frame.filled(row))
    # A row that came again after a page end says the same.
    unlike = {key: list(said) for key, said in found.items() if len(set(said.values())) > 1}
    if not unlike:
        return frozenset()
    first = pen.frame.table.grid[next(iter(unlike.values()))[1], heading.column]
    names = "、".join(f"“{key}”" for key in list(unlike)[:6]) + ("等" if len(unlike) > 6 else "")
    pen.ask(
        Doubt.ROW,
        f"{pen.frame.title}|{fit.spec.name}|键重复",
        f"“{fit.spec.name}”里{fit.spec.key}{names}不止一行，各是哪一行？请改成各行不同后再交。",
        (IGNORE,),
        first,
        *(Target(fit.spec.name, key, name) for key in unlike for name in fit.columns),
    )
    return frozenset(row for several in unlike.values() for row in several)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the file with all that its cells share (列)."""

    name: str
    column: Column
    unit: Unit | None
    label: str


def _columns(pen: Pen, fit: Fit) -> Iterator[_Column]:
    for name, heading in fit.columns.items():
        column = fit.spec.column(name)
        if column is not None:
            unit = UNITS.get(heading.unit) if heading.unit else pen.frame.unit_for(column.unit)
            yield _Column(name, column, unit, f"{fit.spec.name}·{name}")


def _is_likely(pen: Pen, best: Fit) -> bool:
    """Tell whether a table is worth asking about, and no list of data items.

    金额 and 备注 stand over many tables; the names of items beside them say more.
    """
    if best.sure or best.named:
        return True
    if best.spec.key not in best.columns:
        return False
    named = pen.context.names
    labels = (
        label_of(cell.words.text)
        for row in pen.frame.body[:_LOOKED_AT]
        for cell in pen.frame.filled(row)
    )
    return not any(named.item(label) or named.goal(label) for label in labels)


def _chosen(pen: Pen, found: list[Fit]) -> Fit | None:
    """Return the table that it is; None when that was asked or is to be ignored."""
    best = found[0]
    key = f"{pen.frame.title}|表"
    answer = pen.context.answers.get(key)
    if answer is not None:
        return next((fit for fit in found if fit.spec.name == answer), None)
    # Without a title, one table of the dictionary may hold the columns of another.
    rivals = [fit for fit in found[1:] if fit.sure and (fit.rank >= best.rank or not best.named)]
    if best.sure and not rivals:
        return best
    head = pen.frame.filled(pen.frame.head.start if pen.frame.head else 0)[0]
    names = tuple(fit.spec.name for fit in found[:4])
    pen.ask(
        Doubt.ITEM,
        key,
        f"这张表是不是“{best.spec.name}”？",
        (*names, IGNORE),
        head,
        *(Target(best.spec.name, "", name) for name in best.columns),
    )
    return None


def _told(pen: Pen, fit: Fit) -> None:
    """Ask about columns that several headings name, and tell of those that none does."""
    if fit.missing:
        names = "、".join(f"“{name}”" for name in fit.missing)
        pen.seen.remarks.append(
            f"{pen.frame.document.name}：{pen.frame.name}里没有找到“{fit.spec.name}”的列{names}。"
        )
    for name in fit.doubled:
        heads = [
            h for h in pen.frame.headings
            if any(c in _said_of(fit.spec, name) for c in h.cores)
        ]  # fmt: skip
        # A table that goes on with the headings of another has none of its own.
        row = pen.frame.head.stop - 1 if pen.frame.head else next(iter(pen.frame.body), 0)
        cell = pen.frame.table.grid.get((row, heads[0].column)) if heads else None
        if cell is not None:
            pen.ask(
                Doubt.ITEM,
                f"{pen.frame.title}|{fit.spec.name}|{name}",
                f"“{fit.spec.name}”的“{name}”有几列，用哪一列？",
                tuple(h.text for h in heads),
                cell,
                Target(fit.spec.name, "", name),
            )


def _said_of(spec: TableSpec, name: str) -> frozenset[str]:
    column = spec.column(name)
    return _said(column) if column is not None else frozenset()


def _row(pen: Pen, fit: Fit, row: int, known: dict[str, str], columns: tuple[_Column, ...]) -> None:
    """Take one row."""
    grid = pen.frame.table.grid
    cells = {
        name: cell
        for name, heading in fit.columns.items()
        if (cell := grid.get((row, heading.column))) is not None and cell.words.text.strip()
    }
    key_cell = cells.get(fit.spec.key)
    if _adds_up(pen, fit, row, key_cell):
        return
    if key_cell is None or (key_cell.columns > 1 and len(cells) == 1):
        _keyless(pen, fit, cells)
        return
    key = tight(key_cell.stored or key_cell.words.text)
    if len(pen.frame.filled(row)) == 1 and not is_figure(key):
        return
    key_column = fit.spec.column(fit.spec.key)
    if key in DASHES or (key_column is not None and label_of(key).core in _said(key_column)):
        return
    if not _is_same_row(pen, fit, cells, key, known):
        return
    for each in columns:
        found = cells.get(each.name)
        if found is None:
            continue
        column = each.column
        target = Target(fit.spec.name, key, column.name)
        ordinal = column.name.endswith(_ORDINAL)
        if found.rows > 1 and column.kind is Kind.NUMBER and not ordinal:
            pen.ask(
                Doubt.VALUE,
                f"{pen.frame.title}|{column.name}|{key}|合并",
                f"“{column.name}”的一个数合并在几行上，是哪一行的？",
                (IGNORE,),
                found,
                target,
            )
            continue
        pen.take(target, column, found, each.unit, label=each.label)


def _adds_up(pen: Pen, fit: Fit, row: int, key: Cell | None) -> bool:
    """Tell whether a row adds up others, or is a part of one."""
    first = [cell.words.text for cell in pen.frame.filled(row)[:4]]
    if not any(_MAY_ADD_UP.search(text) for text in first):
        return False
    words = [text for text in first if not is_figure(text)]
    if words and label_of(words[0]).part and (key is None or not is_figure(key.words.text)):
        return True
    totals = any(is_total(text) for text in words[:2])
    if any(choice in TOTALS for column in fit.spec.columns for choice in column.choices):
        # Rows of this table may say that they are totals; those without a key only add up.
        return key is None and totals
    return totals


_MAY_ADD_UP = re.compile("[合总小共累汇其]")


def _keyless(pen: Pen, fit: Fit, cells: dict[str, Cell]) -> None:
    """Tell of a row that holds figures and has no key."""
    figures = [
        cell for name, cell in cells.items() if is_figure(cell.words.text) and name != fit.spec.key
    ]
    if len(figures) < 1 or len(cells) < _ENOUGH:
        return
    cell = figures[0]
    words = "·".join(tight(each.words.text) for each in cells.values())
    pen.ask(
        Doubt.ROW,
        f"{pen.frame.title}|{fit.spec.name}|{words}",
        f"这一行没有“{fit.spec.key}”，是“{fit.spec.name}”的哪一行？",
        (IGNORE,),
        cell,
        Target(fit.spec.name),
    )


def _is_same_row(
    pen: Pen, fit: Fit, cells: dict[str, Cell], key: str, known: dict[str, str]
) -> bool:
    """Tell whether a row may be the one that the evaluation has under its key."""
    name_column = name_of_rows(fit.spec)
    before = known.get(key)
    cell = cells.get(name_column or "")
    if before is None or cell is None or tight(before) == tight(cell.words.text):
        return True
    question = f"{pen.frame.title}|{fit.spec.name}|{key}|{tight(cell.words.text)}"
    answer = pen.context.answers.get(question)
    if answer == "是":
        return True
    if answer != IGNORE:
        pen.ask(
            Doubt.ROW,
            question,
            f"“{fit.spec.name}”里{fit.spec.key}“{key}”原是“{before[:30]}”，"
            f"这里是“{cell.words.text.strip()[:30]}”，是同一行吗？",
            ("是", IGNORE),
            cell,
            Target(fit.spec.name, key),
        )
    return False


def name_of_rows(spec: TableSpec) -> str | None:
    """Return the column that names the rows of a table besides its key, None if none does."""
    for column in spec.columns:
        if column.name != spec.key and column.kind is Kind.TEXT and "名称" in column.name:
            return column.name
    return None
