"""Forms of a report (表单): labels and contents beside each other."""

from __future__ import annotations

from dataclasses import replace

from steelyard.report.compose.findings_parts import brief_lines
from steelyard.report.compose.here import Here
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.outline import FormCell, FormPart
from steelyard.report.compose.tables import lines_of
from steelyard.report.model.blocks import Block, Cell, Heading, Paragraph, Table
from steelyard.report.model.runs import Runs, Text


def form_blocks(work: Manuscript, part: FormPart, here: Here) -> tuple[Block, ...]:
    """Return a form; rows that speak of what the framework has not are left out."""
    caption = work.caption("表", part.caption, "", here) if part.caption else None
    rows = tuple(
        tuple(_cell(work, cell, here) for cell in row)
        for row in part.rows
        if _fits(work, row, here)
    )
    return (Table(columns=part.columns, rows=rows, caption=caption, look="form"),)


def _fits(work: Manuscript, row: tuple[FormCell, ...], here: Here) -> bool:
    """Tell whether the framework has anything that the row shows."""
    contents = [cell.text for cell in row if not cell.label and cell.text]
    return not contents or any(work.fitting(text, here) for text in contents)


def _cell(work: Manuscript, cell: FormCell, here: Here) -> Cell:
    return Cell(
        lines=_lines(work, cell, here),
        across=cell.across,
        down=cell.down,
        align=cell.align,
        head=cell.label,
    )


def _lines(work: Manuscript, cell: FormCell, here: Here) -> tuple[Runs, ...]:
    at = replace(here, place="概要")
    if cell.findings:
        return brief_lines(work, cell.findings, at)
    if cell.passage:
        return _of(work.passage(cell.passage, "", at, again=True))
    if cell.chapter:
        return _of(chapter_blocks(work, cell.chapter, "", at, again=True))
    if not work.fitting(cell.text, here):
        return ((Text("—"),),)
    return lines_of(work.runs(cell.text, at, strong=False))


def _of(blocks: tuple[Block, ...]) -> tuple[Runs, ...]:
    """Return the lines of narrative that stands in a cell."""
    lines: list[Runs] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append((Text(block.number, strong=True), *block.runs))
        elif isinstance(block, Paragraph):
            lines.append(block.runs)
    return tuple(lines) or ((),)


def chapter_blocks(
    work: Manuscript, file: str, hint: str, here: Here, *, again: bool = False
) -> tuple[Block, ...]:
    """Return all passages of a file, each under a heading of the second level."""
    written = work.material.chapter(file)
    if not written:
        gap = work.gap(f"“{file}”", file, f"请在 report/{file}.md 中写明{hint or '本章内容'}。")
        return (Paragraph(runs=(gap,)),)
    blocks: list[Block] = []
    # What is printed a second time must not count the headings of its surroundings.
    kept = list(work.numbering.headings)
    for number, each in enumerate(written, start=1):
        if again:
            work.numbering.headings[1] = number - 1
        title = each.key.partition("/")[2]
        heading = work.heading((Text(title),), 2)
        if again:
            blocks.append(Paragraph(runs=(Text(heading.text, strong=True),)))
        else:
            blocks.append(heading)
        blocks.extend(
            _unlisted(block) if again else block
            for block in work.passage(each.key, "", here, again=again)
        )
    if again:
        work.numbering.headings = kept
    return tuple(blocks)


def _unlisted(block: Block) -> Block:
    """Return a heading as a bold line, for places that the contents do not list."""
    if isinstance(block, Heading):
        return Paragraph(runs=(Text(block.text, strong=True),))
    return block
