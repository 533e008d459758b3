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
    Missing,
    Paragraph,
    Row,
    Series,
    Table,
)
from steelyard.report.model.runs import Figure, Run, Runs, Text

PERSON_COLUMNS = ("姓名", "联系人", "经办人", "负责人", "签字人", "主评人", "受访人", "填表人")
"""Columns of tables, and words, that hold names of persons."""

NAME = "某"
STARS = "*" * 10

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_GAP = r"[- －—–]?"
_SHAPES = (
    ("身份证号", re.compile(r"(?<!\d)\d{6} ?\d{4} ?\d{4} ?\d{3}[\dXx](?![\dXx])"), "*" * 18),
    (
        "手机号",
        re.compile(rf"(?<![\d.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![\d.])"),
        f"1{STARS}",
    ),
    (
        "固定电话",
        re.compile(rf"(?<![\d.])\(?0\d{{2,3}}\)?{_GAP}[1-9]\d{{6,7}}(?![\d.])"),
        STARS,
    ),
    ("电子邮箱", re.compile(r"[A-Za-z0-9._%+-]+@[\w-]+(?:\.[\w-]+)+"), STARS),
    (
        "IP地址",
        # 问卷星 puts province and city behind it.
        re.compile(rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\d.])(?:\([^()]{{1,20}}\))?"),
        "*.*.*.*",
    ),
    (
        "IP地址",
        re.compile(
            r"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{1,4}:){3,7}(?::?[0-9A-Fa-f]{1,4})?(?![0-9A-Za-z:])"
        ),
        "*:*:*:*",
    ),
)
_HAN = re.compile(r"[\u4e00-\u9fff·]{2,15}")


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
    masked = replace(
        document,
        title=masker.text(document.title),
        author=masker.text(document.author),
        sections=sections,
        passages={},
        gaps=tuple(
            Missing(masker.text(gap.what), masker.text(gap.where), masker.text(gap.mend))
            for gap in document.gaps
        ),
        masked=True,
    )
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
    parts = [part for text in (*cells, *said) for part in re.split(r"[、，,；;/（(\n]", text)]
    # 张 三 is one name; 赵六 13812345678 holds one.
    names = {match[0] for part in parts for match in _HAN.finditer(part.replace(" ", ""))}
    kept = {name for name in names if len(name) > 1}
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


class _Masker:
    def __init__(self, names: Iterable[str]) -> None:
        # Between the characters of a name there may be blanks, to set names in line.
        self.names = tuple(
            (name, re.compile(r"[ 　]*".join(map(re.escape, name)))) for name in names
        )
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> str:
        """Return a text with all that must not be published taken out."""
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> list[str]:
        """Return what each character becomes: the first of a stretch all of it, the rest none."""
        pieces = list(text)
        # Full-width digits and signs count as their plain ones, each for each.
        plain = text.translate(_NARROW)
        for name, shape in self.names:
            for match in shape.finditer(plain):
                self._put(pieces, match, NAME * len(name), "姓名")
        for kind, shape, instead in _SHAPES:
            for match in shape.finditer(plain):
                self._put(pieces, match, instead, kind)
        return pieces

    def _put(self, pieces: list[str], match: re.Match[str], instead: str, kind: str) -> None:
        start, end = match.span()
        if not all(pieces[start:end]):
            return  # inside what was taken out before
        pieces[start:end] = [instead, *([""] * (end - start - 1))]
        self.counts[kind] += 1

    def runs(self, runs: Runs) -> Runs:
        """Return a line with its names masked, even those that stand in several runs."""
        # A number stands between what is left and right of it, and is never touched.
        joined = "".join(_text_of(run) for run in runs)
        pieces = self._pieces(joined)
        if "".join(pieces) == joined:
            return tuple(self._reference(run) for run in runs)
        masked: list[Run] = []
        at = 0
        for run in runs:
            length = len(_text_of(run))
            text = "".join(pieces[at : at + length])
            at += length
            if isinstance(run, Text):
                masked.append(replace(run, text=text))
            elif isinstance(run, Figure) and not run.numeric:
                masked.append(self._reference(replace(run, text=text)))
            else:
                masked.append(self._reference(run))
        return tuple(masked)

    def _reference(self, run: Run) -> Run:
        """Return a figure without names in what it refers to."""
        if not isinstance(run, Figure) or not run.reference:
            return run
        counted = Counter(self.counts)
        reference = self.text(run.reference)
        self.counts = counted  # nobody reads references: they do not count
        return run if reference == run.reference else replace(run, reference=reference, door="")

    def caption(self, caption: Caption | None) -> Caption | None:
        return None if caption is None else replace(caption, runs=self.runs(caption.runs))

    def rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            tuple(
                replace(cell, lines=tuple(self.runs(line) for line in cell.lines)) for cell in row
            )
            for row in rows
        )

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, runs=self.runs(block.runs), passage="")
            case Table():
                return replace(
                    block,
                    head=self.rows(block.head),
                    rows=self.rows(block.rows),
                    notes=tuple(self.runs(note) for note in block.notes),
                    caption=self.caption(block.caption),
                )
            case Chart():
                return replace(
                    block,
                    caption=replace(block.caption, runs=self.runs(block.caption.runs)),
                    categories=tuple(self.text(each) for each in block.categories),
                    series=tuple(
                        Series(self.text(each.name), each.points, each.tone)
                        for each in block.series
                    ),
                    alt=self.text(block.alt),
                    notes=tuple(self.runs(note) for note in block.notes),
                )
            case _:
                return block


_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _text_of(run: Run) -> str:
    """Return what is looked at: a number is a gap of one sign that no shape holds."""
    return "\x00" if isinstance(run, Figure) and run.numeric else run.text
