"""The layout of annex sheets, read from the document (附件的版面).

An annex becomes a sheet when one of its tables prints figures of the
evaluation's tables. Every cell keeps what it was printed from; nothing is
looked up or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.dictionary import Kind
from steelyard.facts.ledger import Ledger, TableRow, Target
from steelyard.formula.parse import parse
from steelyard.formula.tree import Node
from steelyard.report.compose.grammar import split
from steelyard.report.compose.printed import Format, read_format
from steelyard.report.model.blocks import Block, Cell, Document, Heading, Paragraph, Table
from steelyard.report.model.runs import Figure, Gap, Text, plain_text
from steelyard.report.workbook.annex_rules import count_column, shares
from steelyard.report.workbook.book import free_name

SCORE = "得分"
"""The reference by which a table of scores is known."""

USUAL_NAMES = {"资金": "资金汇总表", "抽样项目": "抽样明细表"}
"""Names of sheets by the table that they print; others take the annex's own."""

SCORE_NAME, SURVEY_NAME = "指标体系及评分表", "问卷汇总表"

AS_WRITTEN = Format()

Look = OneOf["title", "unit", "band", "note", "head", "cell"]

_LOOKS: dict[str, Look] = {"unit": "unit", "lead": "band", "plain": "band", "subhead": "band"}
"""Looks of the paragraphs between tables, by role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a printed figure was printed from (出处): a cell of a table, or a formula."""

    target: Target | None = None
    formula: Node | None = None
    table: str = ""
    row: TableRow | None = None
    """The row that the formula is about."""

    how: Format = AS_WRITTEN
    against: str = ""
    """The data item that the formula should come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A cell of a sheet, with all that it covers (占位)."""

    row: int
    column: int
    last_row: int
    last_column: int
    cell: Cell
    look: Look = "cell"
    cited: Cited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexSheet:
    """One annex as a sheet (附件表)."""

    name: str
    widths: tuple[int, ...]
    repeated: int
    """The last row that is printed on every page."""

    rows: int
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The annex sheets of a document (附件册)."""

    scores: str
    """Name of the sheet of scores; empty when no annex prints them."""

    names: tuple[str, ...]
    """All sheets in order, that of the scores among them."""

    sheets: tuple[AnnexSheet, ...]


@dataclass(frozen=True, slots=True)
class _Annex:
    heading: Heading
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(each for each in self.blocks if isinstance(each, Table))


def plan(document: Document, evaluation: Evaluation, taken: Sequence[str]) -> Plan:
    """Return the annex sheets of a document.

    Args:
        document: The report, or its annexes alone.
        evaluation: Whose figures it prints.
        taken: Names that no annex sheet may have.
    """
    names: list[str] = []
    sheets: list[AnnexSheet] = []
    scores = ""
    for annex in _annexes(document):
        number = annex.heading.number.rstrip("：:") or "附件"
        if not scores and _prints_scores(annex):
            scores = free_name(f"{number} {SCORE_NAME}", (*taken, *names))
            names.append(scores)
        elif printed := _tables_printed(annex, evaluation.ledger):
            short = _short_name(annex, printed, evaluation.ledger)
            name = free_name(f"{number} {short}", (*taken, *names))
            names.append(name)
            sheets.append(_Layout(annex, evaluation).sheet(name))
    return Plan(scores=scores, names=tuple(names), sheets=tuple(sheets))


def _annexes(document: Document) -> Iterator[_Annex]:
    heading: Heading | None = None
    blocks: list[Block] = []
    for block in document.blocks():
        if isinstance(block, Heading) and block.look != "chapter":
            if heading is not None:
                yield _Annex(heading, tuple(blocks))
            heading, blocks = (block if block.look == "annex" else None), []
        elif heading is not None and not (isinstance(block, Table) and block.look == "form"):
            blocks.append(block)
    if heading is not None:
        yield _Annex(heading, tuple(blocks))


def _figures(annex: _Annex) -> Iterator[Cell]:
    for table in annex.tables:
        for row in table.rows:
            yield from row


def _prints_scores(annex: _Annex) -> bool:
    return any(
        isinstance(run, Figure) and run.reference.partition("：")[0] == SCORE
        for cell in _figures(annex)
        for line in cell.lines
        for run in line
    )


def _tables_printed(annex: _Annex, ledger: Ledger) -> list[str]:
    """Return the tables whose figures an annex prints."""
    found = [cited(cell, ledger) for cell in _figures(annex)]
    names = [each.target.item for each in found if each is not None and each.target is not None]
    return list(dict.fromkeys(names))


def _short_name(annex: _Annex, tables: Sequence[str], ledger: Ledger) -> str:
    if all(count_column(ledger.dictionary.table(table)) for table in tables):
        return SURVEY_NAME
    text = plain_text(annex.heading.runs)
    return USUAL_NAMES.get(tables[0], text) if len(tables) == 1 else text


def cited(cell: Cell, ledger: Ledger) -> Cited | None:
    """Return what a cell was printed from, when it is one figure and nothing else."""
    runs = [run for line in cell.lines for run in line]
    if len(runs) != 1:
        return None
    run = runs[0]
    if isinstance(run, Gap):
        target = _target(run.what, ledger)
        return None if target is None else Cited(target=target)
    if not isinstance(run, Figure):
        return None
    body, *formats = [part.strip() for part in split(run.reference)]
    try:
        how = read_format(formats)
        target = _target(body, ledger)
        if target is not None:
            return Cited(target=target, how=how)
        if not run.numeric:
            return None
        table, row, text = _about(body, ledger)
        return Cited(formula=parse(text), table=table, row=row, how=how)
    except SteelyardError:
        return None


def _target(text: str, ledger: Ledger) -> Target | None:
    """Read ``表[行].列`` of a column of numbers."""
    before, _, column = text.rpartition("].")
    table, _, key = before.partition("[")
    known = ledger.tables.get(table)
    spec = ledger.dictionary.tables.get(table)
    kept = None if spec is None else spec.column(column.strip())
    if known is None or kept is None or kept.kind is not Kind.NUMBER or known.row(key) is None:
        return None
    return Target(table, key, kept.name)


def _about(text: str, ledger: Ledger) -> tuple[str, TableRow | None, str]:
    """Split ``表[行]：算式``; a formula may be about no row."""
    before, mark, formula = text.partition("]：")
    table, _, key = before.partition("[")
    known = ledger.tables.get(table)
    row = known.row(key) if known is not None and mark else None
    return (table, row, formula) if row is not None else ("", None, text)


class _Layout:
    """Lays out one annex (排版)."""

    def __init__(self, annex: _Annex, evaluation: Evaluation) -> None:
        self.annex = annex
        self.evaluation = evaluation
        self.columns = max(len(table.columns) for table in annex.tables)
        self.next = 0
        self.spreads: list[Spread] = []

    def sheet(self, name: str) -> AnnexSheet:
        """Return the sheet: title, then every block below the other."""
        leads = [b for b in self.annex.blocks if isinstance(b, Paragraph) and b.role == "lead"]
        title = leads[0].text if len(leads) == 1 else plain_text(self.annex.heading.runs)
        self.line(title, "title")
        tables = self.annex.tables
        shared = len({_look_of_head(table) for table in tables}) == 1
        if shared:
            self.head(tables[0])
        repeated = self.next - 1
        for block in self.annex.blocks:
            if isinstance(block, Paragraph) and [block] != leads:
                self.line(block.text, _LOOKS.get(block.role, "note"))
            elif isinstance(block, Table):
                if not shared:
                    self.head(block)
                self.body(block)
        widths = [0] * self.columns
        for table in tables:
            for column, width in enumerate(table.columns):
                widths[column] = max(widths[column], width)
        return AnnexSheet(
            name=name,
            widths=tuple(widths),
            repeated=repeated,
            rows=self.next,
            spreads=tuple(self.spreads),
        )

    def line(self, text: str, look: Look) -> None:
        """Put a text over the whole width."""
        for part in text.split("\n") if look == "unit" else [text]:
            self.put(self.next, 0, Cell(lines=((Text(part),),), across=self.columns), look)
            self.next += 1

    def put(
        self, row: int, column: int, cell: Cell, look: Look, source: Cited | None = None
    ) -> None:
        """Put a cell."""
        self.spreads.append(
            Spread(
                row=row,
                column=column,
                last_row=row + cell.down - 1,
                last_column=column + cell.across - 1,
                cell=cell,
                look=look,
                cited=source,
            )
        )

    def head(self, table: Table) -> None:
        """Put the unit and the headings of a table."""
        if table.unit:
            self.line(table.unit, "unit")
        for row, column, cell in table.placed():
            if row < len(table.head):
                self.put(self.next + row, column, cell, "head")
        self.next += len(table.head)

    def body(self, table: Table) -> None:
        """Put the rows of a table, the shares of its total, its notes."""
        ledger, skipped = self.evaluation.ledger, len(table.head)
        first = self.next - skipped
        placed = [(r, c, cell) for r, c, cell in table.placed() if r >= skipped]
        columns: dict[tuple[str, str], list[int]] = {}
        for row, column, cell in placed:
            source = cited(cell, ledger)
            self.put(first + row, column, cell, "cell", source)
            if source is not None and source.target is not None:
                columns.setdefault((source.target.item, source.target.column), []).append(column)
        self.next = first + skipped + len(table.rows)
        for name in dict.fromkeys(item for item, _ in columns):
            self.shares(name, columns, len(table.columns))
        for note in table.notes:
            self.line(plain_text(note), "note")

    def shares(self, table: str, columns: dict[tuple[str, str], list[int]], width: int) -> None:
        """Put a row for each item that is the share of a column's total in something else."""
        rows = len(self.evaluation.ledger.tables[table].rows)
        for share in shares(self.evaluation, table):
            stands = columns.get((table, share.column), [])
            if len(stands) < rows or len(set(stands)) != 1 or not stands[0]:
                continue
            column = stands[0]
            label = Cell(lines=((Text(share.item),),), across=column, strong=True)
            how = Format(places=share.places, unit="%")
            source = Cited(formula=share.formula, how=how, against=share.item)
            self.put(self.next, 0, label, "cell")
            self.put(self.next, column, Cell(), "cell", source)
            if column + 1 < width:
                rest = Cell(across=width - column - 1)
                self.put(self.next, column + 1, rest, "cell")
            self.next += 1


def _look_of_head(table: Table) -> tuple[object, ...]:
    head = tuple((cell.text, cell.across, cell.down) for row in table.head for cell in row)
    return (table.columns, table.unit, head)
