"""Links settled (交叉引用的落实): each gets the number of what it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from steelyard.errors import Problems
from steelyard.report.compose.grammar import UnknownReference
from steelyard.report.model.blocks import (
    Block,
    Caption,
    Cell,
    Chart,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from steelyard.report.model.runs import Link, Run, Runs


def settled(
    sections: tuple[Section, ...], labels: Mapping[str, str], problems: Problems
) -> tuple[Section, ...]:
    """Return the sections with the text of every link.

    Args:
        sections: Composed sections.
        labels: What links print, by anchor.
        problems: Where links to nothing are gathered.
    """
    settler = _Settler(labels, problems)
    return tuple(
        replace(section, blocks=tuple(settler.block(block) for block in section.blocks))
        for section in sections
    )


class _Settler:
    def __init__(self, labels: Mapping[str, str], problems: Problems) -> None:
        self.labels = labels
        self.problems = problems

    def run(self, run: Run) -> Run:
        if not isinstance(run, Link):
            return run
        label = self.labels.get(run.target)
        if label is None:
            kind, _, name = run.target.partition(":")
            known = tuple(each.replace(":", "：", 1) for each in self.labels)
            self.problems.add(UnknownReference(f"{kind}：{name}", known))
            return run
        return Link(run.target, label)

    def runs(self, runs: Runs) -> Runs:
        if not any(isinstance(run, Link) for run in runs):
            return runs
        return tuple(self.run(run) for run in runs)

    def row(self, row: Row) -> Row:
        return tuple(self.cell(cell) for cell in row)

    def cell(self, cell: Cell) -> Cell:
        lines = tuple(self.runs(line) for line in cell.lines)
        return cell if lines == cell.lines else replace(cell, lines=lines)

    def caption(self, caption: Caption) -> Caption:
        return replace(caption, runs=self.runs(caption.runs))

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, runs=self.runs(block.runs))
            case Table():
                head = tuple(self.row(row) for row in block.head)
                rows = tuple(self.row(row) for row in block.rows)
                notes = tuple(self.runs(note) for note in block.notes)
                caption = None if block.caption is None else self.caption(block.caption)
                return replace(block, head=head, rows=rows, notes=notes, caption=caption)
            case Chart():
                notes = tuple(self.runs(note) for note in block.notes)
                return replace(block, notes=notes, caption=self.caption(block.caption))
            case _:
                return block
