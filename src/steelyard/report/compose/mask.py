"""The copy for publication (发布稿): persons, phones and addresses taken out.

Names are those that the evaluation itself holds in columns and words for
persons; the rest is found by its shape. Figures are never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from steelyard.evaluation.evaluation import Evaluation
from steelyard.report.model.blocks import (
    Block,
    Caption,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
)
from steelyard.report.model.runs import Figure, Run, Runs, Text

PERSON_COLUMNS = ("姓名", "联系人", "经办人", "负责人", "签字人", "主评人", "受访人", "填表人")
"""Columns of tables, and words, that hold names of persons."""

NAME = "某"
STARS = "*" * 10

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SHAPES = (
    ("身份证号", re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])"), "*" * 18),
    (
        "手机号",
        re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d.])"),
        f"1{STARS}",
    ),
    ("固定电话", re.compile(r"(?<![\d.])0\d{2,3}[-－ ]?[1-9]\d{6,7}(?![\d.])"), STARS),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), STARS),
    (
        "IP地址",
        # 问卷星 puts province and city behind it.
        re.compile(
            rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\d.])(?:[（(][^（）()]{{1,20}}[）)])?"
        ),
        "*.*.*.*",
    ),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A publication copy, and what was taken out of it (隐去结果)."""

    document: Document
    counts: Mapping[str, int]
    """How often each kind was masked."""


def mask(document: Document, evaluation: Evaluation, words: Mapping[str, str]) -> Masked:
    """Return the publication copy of a document.

    Args:
        document: The report.
        evaluation: Whose tables say which names are persons'.
        words: Words of the folder; those for persons are masked as well.

    Returns:
        The copy, without what would lead back to the folder, and counts.
    """
    masker = _Masker(persons(evaluation, words))
    sections = tuple(
        replace(section, blocks=tuple(masker.block(block) for block in section.blocks))
        for section in document.sections
    )
    masked = replace(document, sections=sections, passages={}, masked=True)
    return Masked(masked, dict(masker.counts))


def persons(evaluation: Evaluation, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of persons that an evaluation holds, longest first."""
    cells = [
        name
        for table in evaluation.ledger.tables.values()
        for row in table.rows
        for column in PERSON_COLUMNS
        if isinstance(name := row.cell(column), str)
    ]
    said = [words[name] for name in PERSON_COLUMNS if name in words and "{{" not in words[name]]
    names = {part.strip() for text in (*cells, *said) for part in re.split("[、，,；;/]", text)}
    kept = {name for name in names if len(name) > 1}
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


class _Masker:
    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> str:
        for name in self.names:
            times = text.count(name)
            if times:
                self.counts["姓名"] += times
                text = text.replace(name, NAME * len(name))
        if any(c.isdigit() for c in text) or "@" in text:
            for kind, shape, instead in _SHAPES:
                text, times = shape.subn(instead, text)
                self.counts[kind] += times
        return text

    def run(self, run: Run) -> Run:
        if isinstance(run, Text) or (isinstance(run, Figure) and not run.numeric):
            return replace(run, text=self.text(run.text))
        return run

    def runs(self, runs: Runs) -> Runs:
        return tuple(self.run(run) for run in runs)

    def caption(self, caption: Caption | None) -> Caption | None:
        return None if caption is None else replace(caption, runs=self.runs(caption.runs))

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, runs=self.runs(block.runs), passage="")
            case Table():
                rows = tuple(
                    tuple(
                        replace(cell, lines=tuple(self.runs(line) for line in cell.lines))
                        for cell in row
                    )
                    for row in block.rows
                )
                notes = tuple(self.runs(note) for note in block.notes)
                return replace(block, rows=rows, notes=notes, caption=self.caption(block.caption))
            case Chart():
                notes = tuple(self.runs(note) for note in block.notes)
                categories = tuple(self.text(each) for each in block.categories)
                caption = replace(block.caption, runs=self.runs(block.caption.runs))
                return replace(
                    block,
                    caption=caption,
                    categories=categories,
                    alt=self.text(block.alt),
                    notes=notes,
                )
            case _:
                return block
