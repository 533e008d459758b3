"""Tables of a report (列表): rows of facts or of indicators, laid out by an outline.

An outline names columns; levels of indicators become merged cells, bands
become two header rows. What a framework has not is left out; what a folder has
not yet given is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from steelyard.facts.ledger import TableRow
from steelyard.framework.indicator import Group, Leaf
from steelyard.report.compose.here import Here
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.outline import ColumnPart, Levels, TablePart
from steelyard.report.model.blocks import Align, Block, Caption, Cell, Paragraph, Row, Table
from steelyard.report.model.runs import Figure, Run, Runs, Text, plain_text
from steelyard.report.proof.tables import LEVELS

DASH = "—"
LEAVES, GROUPS, IN_HAND = "指标", "一级指标", "本组行"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is printed: of an outline, or one level of the framework."""

    part: ColumnPart
    title: str
    level: int = -1
    """Place in the path of a leaf; -1 for a column with a template."""


def table_blocks(work: Manuscript, part: TablePart, here: Here) -> tuple[Block, ...]:
    """Return a table part as blocks: nothing, a table, or a sentence in its stead."""
    if part.of not in (LEAVES, GROUPS, IN_HAND) and not work.references.has(part.of):
        return ()
    rows = _rows(work, part, here)
    columns = _columns(work, part, here, rows)
    missing = rows is None
    if missing and part.optional:
        return ()
    if rows == () and part.empty:
        return (Paragraph(runs=work.runs(part.empty, here)),)
    caption = _caption(work, part, here)
    name = plain_text(work.runs(part.caption, here)) or here.place or part.of
    unit = work.references.unit(part.unit) if part.unit and work.references.has(part.unit) else ""
    place = replace(here, place=name, unit=unit)
    if missing:
        gap = work.gap(f"表“{part.of}”", name, f"请填写 tables/{part.of}.csv。")
        body: tuple[Row, ...] = ((Cell(lines=((gap,),), across=len(columns)),),)
    elif not rows:
        body = (tuple(Cell(lines=((Text(DASH),),)) for _ in columns),)
    else:
        body = _body(work, columns, rows, place)
        body += _total(work, part, columns, replace(place, row=_shared(rows), table=rows[0].table))
    return (
        Table(
            columns=tuple(column.part.width for column in columns),
            head=_head(work, columns, here),
            rows=body,
            caption=caption,
            unit=f"单位：{unit}" if unit else "",
            notes=tuple(work.runs(note, place) for note in part.notes),
            size=part.size,
        ),
    )


def _shared(rows: tuple[Here, ...]) -> TableRow | None:
    """Return what all rows have in common: a total speaks of no single one."""
    given = [row.row for row in rows if row.row is not None]
    if len(given) < len(rows):
        return None
    first = given[0]
    same = {
        column: value
        for column, value in first.cells.items()
        if all(row.cells.get(column) == value for row in given)
    }
    return replace(first, cells=same)


def _caption(work: Manuscript, part: TablePart, here: Here) -> Caption | None:
    follows = part.follows and work.references.has(part.follows)
    if not part.caption or follows:
        return None
    return work.caption("表", part.caption, part.name, here)


def _rows(work: Manuscript, part: TablePart, here: Here) -> tuple[Here, ...] | None:
    """Return what each row is about; None when the folder has not given the table."""
    framework = work.outcome.card.framework
    if part.of == LEAVES:
        leaves = (
            framework.below(here.subject) if isinstance(here.subject, Group) else framework.leaves
        )
        kept = [leaf for leaf in leaves if leaf.path[0] not in part.without]
        return tuple(replace(here, subject=leaf) for leaf in kept)
    if part.of == GROUPS:
        groups = (group for group in framework.groups if len(group.path) == 1)
        return tuple(replace(here, subject=group) for group in groups)
    if part.of == IN_HAND:
        return tuple(replace(here, row=row) for row in here.rows)
    table = work.outcome.evaluation.ledger.tables.get(part.of)
    if table is None:
        return None
    rows = work.references.rows_of(part.of, part.where, table.rows)
    return tuple(replace(here, table=part.of, row=row) for row in rows)


def rows_in_hand(work: Manuscript, table: str, where: str) -> tuple[TableRow, ...] | None:
    """Return the rows of a table of facts that a condition lets through."""
    known = work.outcome.evaluation.ledger.tables.get(table)
    return None if known is None else work.references.rows_of(table, where, known.rows)


def _columns(
    work: Manuscript, part: TablePart, here: Here, rows: tuple[Here, ...] | None
) -> tuple[_Column, ...]:
    columns: list[_Column] = []
    for each in part.columns:
        if each.levels:
            columns.extend(_levels(each, here, rows or ()))
        elif work.has(each.needs) and _known(work, part, each):
            title = plain_text(work.runs(each.title, here))
            columns.append(_Column(each, title))
    return tuple(columns)


def _known(work: Manuscript, part: TablePart, column: ColumnPart) -> bool:
    """Tell whether a bare column of the table is one that its dictionary has."""
    spec = work.outcome.evaluation.ledger.dictionary.tables.get(part.of)
    if spec is None:
        return True
    name = column.text.strip("{} ").partition("|")[0].strip()
    plain = column.text.startswith("{{") and column.text.count("{{") == 1
    is_name = plain and all(c not in name for c in "+-*/×÷（(：:[")
    return not is_name or spec.column(name) is not None or work.references.has(name)


def _levels(column: ColumnPart, here: Here, rows: Sequence[Here]) -> list[_Column]:
    depth = max((len(r.subject.path) for r in rows if r.subject is not None), default=1)
    first = _first_level(column.levels, here, depth)
    return [_Column(column, LEVELS[level], level) for level in range(first, depth)]


def _first_level(levels: Levels, here: Here, depth: int) -> int:
    if levels == "below" and here.subject is not None:
        return len(here.subject.path)
    return max(depth - 2, 0) if levels == "last" else 0


def _head(work: Manuscript, columns: tuple[_Column, ...], here: Here) -> tuple[Row, ...]:
    """Return one header row, or two when some columns stand under a band."""

    def label(text: str, *, across: int = 1, down: int = 1) -> Cell:
        return Cell(lines=((Text(text),),), head=True, across=across, down=down)

    if not any(column.part.band for column in columns):
        return (tuple(label(column.title) for column in columns),)
    upper: list[Cell] = []
    lower: list[Cell] = []
    for band, group in groupby(columns, key=lambda column: column.part.band):
        members = list(group)
        if band:
            upper.append(label(plain_text(work.runs(band, here)), across=len(members)))
            lower.extend(label(column.title) for column in members)
        else:
            upper.extend(label(column.title, down=2) for column in members)
    return tuple(upper), tuple(lower)


def _body(
    work: Manuscript, columns: tuple[_Column, ...], rows: tuple[Here, ...], here: Here
) -> tuple[Row, ...]:
    grid: list[list[Cell | None]] = [[None] * len(columns) for _ in rows]
    for at, column in enumerate(columns):
        if column.level >= 0:
            for number, cell in _level_cells(work, column.level, rows, here.place):
                grid[number][at] = cell
            continue
        for number, row in enumerate(rows):
            inside = replace(row, place=here.place, unit=here.unit)
            runs = work.runs(column.part.text, inside)
            grid[number][at] = Cell(lines=lines_of(runs), align=column.part.align)
        if column.part.merge:
            _merge(grid, at)
    return tuple(tuple(cell for cell in row if cell is not None) for row in grid)


def _level_cells(
    work: Manuscript, level: int, rows: tuple[Here, ...], place: str
) -> Iterator[tuple[int, Cell]]:
    """Yield the names of one level with the row where each begins, one for each group."""
    number = 0
    while number < len(rows):
        subject = rows[number].subject
        path = () if subject is None else subject.path
        if len(path) <= level + 1:
            # The leaf itself, or a place that its short path leaves empty.
            yield number, Cell(lines=((Text(path[level] if level < len(path) else DASH),),))
            number += 1
            continue
        same = number
        while same < len(rows) and _inside(rows[same].subject, path[: level + 1]):
            same += 1
        groups = work.outcome.card.framework.groups
        group = next(each for each in groups if each.path == path[: level + 1])
        said = work.references.run("分值：本组", Here(subject=group, place=place))
        lines: tuple[Runs, ...] = ((Text(group.path[-1]),), (Text("（"), *said, Text("分）")))
        yield number, Cell(lines=lines, down=same - number)
        number = same


def _inside(subject: Leaf | Group | None, path: tuple[str, ...]) -> bool:
    return (
        subject is not None and subject.path[: len(path)] == path and len(subject.path) > len(path)
    )


def _merge(grid: list[list[Cell | None]], at: int) -> None:
    """Make one cell of equal neighbours below each other."""
    number = 0
    while number < len(grid):
        cell = grid[number][at]
        end = number + 1
        while end < len(grid) and _same(grid[end][at], cell):
            grid[end][at] = None
            end += 1
        if cell is not None:
            grid[number][at] = replace(cell, down=end - number)
        number = end


def _same(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and other is not None and one.text == other.text


def _total(
    work: Manuscript, part: TablePart, columns: tuple[_Column, ...], here: Here
) -> tuple[Row, ...]:
    """Return the total row, its label over all columns before the first total."""
    if not part.total and not any(column.part.total for column in columns):
        return ()
    if not part.total:
        cells = (lines_of(work.runs(column.part.total, here)) for column in columns)
        return (tuple(Cell(lines=lines) for lines in cells),)
    label = next((n for n, column in enumerate(columns) if column.part.total), len(columns))
    row = [Cell(lines=((Text(part.total),),), across=max(label, 1), strong=True)]
    for column in columns[max(label, 1) :]:
        runs = work.runs(column.part.total or DASH, here)
        row.append(Cell(lines=lines_of(runs), align=_align(column, runs)))
    return (tuple(row),)


def _align(column: _Column, runs: Runs) -> Align:
    return column.part.align if any(isinstance(run, Figure) for run in runs) else "center"


def lines_of(runs: Sequence[Run]) -> tuple[Runs, ...]:
    """Return runs as the paragraphs of a cell: cut at new lines, empty ones left out."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        pieces = [first, *rest] if isinstance(run, Text | Figure) else [run.text]
        for number, piece in enumerate(pieces):
            if number:
                lines.append([])
            if not piece:
                continue
            lines[-1].append(replace(run, text=piece) if isinstance(run, Text | Figure) else run)
    kept = [tuple(line) for line in lines if line]
    return tuple(kept) or ((),)
