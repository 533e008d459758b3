"""The report while it is being composed (稿): what all parts share.

References, numbers, passages printed and mistakes found. Parts ask it for
runs and passages; it decides neither their order nor their looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from steelyard.errors import Problems, SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.report.compose.grammar import BRACES
from steelyard.report.compose.here import Here
from steelyard.report.compose.material import FOLDER, Material
from steelyard.report.compose.numbering import Numbering
from steelyard.report.compose.outline import Outline
from steelyard.report.compose.passage import Piece, Spans, pieces
from steelyard.report.compose.references import References
from steelyard.report.compose.typed import Typed, typed_numbers
from steelyard.report.model.blocks import (
    Block,
    Caption,
    Cell,
    Heading,
    Missing,
    Paragraph,
    Passage,
    Table,
)
from steelyard.report.model.runs import Break, Gap, Run, Runs, Text

WHOLE_WIDTH = 100
_BARE = re.compile(r"^#{3,4} [^\n]*\n*(?=#{3,4} |\Z)", re.MULTILINE)
_CUT = re.compile(r"[，、；：](?=\n\n|\s*\Z)")


@dataclass(slots=True)
class Manuscript:
    """Everything that parts share while a report is composed (稿)."""

    outcome: Outcome
    material: Material
    outline: Outline
    references: References
    numbering: Numbering = field(default_factory=Numbering)
    problems: Problems = field(default_factory=Problems)
    passages: dict[str, Passage] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Keys of written passages that were printed."""

    typed: list[Typed] = field(default_factory=list)
    """Numbers typed in the narrative."""

    def runs(self, template: str, here: Here, *, strong: bool = False) -> Runs:
        """Return a template of the outline with its references looked up."""
        return self.references.runs(self.fitting(template, here), here, strong=strong)

    def fitting(self, template: str, here: Here) -> str:
        """Return a template without the lines that speak of what the framework has not."""
        kept = [
            line
            for line in template.split("\n")
            if all(self.references.knows(m[1].strip(), here) for m in BRACES.finditer(line))
        ]
        if len(kept) == template.count("\n") + 1:
            return template
        # A sentence that lost its end ends where it now stops; a heading without text goes.
        return _BARE.sub("", _CUT.sub("。", "\n".join(kept)))

    def has(self, needs: Sequence[str]) -> bool:
        """Tell whether the framework has all that a part needs."""
        leaves = {leaf.name for leaf in self.outcome.card.framework.leaves}
        return all(
            any(self.references.has(name.strip()) or name.strip() in leaves for name in options)
            for options in (need.split(" 或 ") for need in needs)
        )

    def gap(self, what: str, where: str, mend: str = "") -> Gap:
        """Note a gap, and return its mark."""
        self.references.gaps.append(Missing(what, where, mend))
        return Gap(what)

    def heading(
        self, runs: Runs, level: int, *, numbered: bool = True, passage: str = ""
    ) -> Heading:
        """Return a heading with its number."""
        number = self.numbering.heading(level) if numbered else ""
        anchor = self.numbering.anchor()
        return Heading(level=level, number=number, runs=runs, anchor=anchor, passage=passage)

    def caption(self, kind: str, template: str, name: str, here: Here) -> Caption:
        """Return a numbered caption; ``name`` is what links call it."""
        runs = self.runs(template, here)
        said = self.runs(name or template, here)
        number, anchor = self.numbering.count(kind, "".join(run.text for run in said))
        return Caption(kind="表" if kind == "表" else "图", number=number, runs=runs, anchor=anchor)

    def passage(
        self, key: str, default: str, here: Here, *, again: bool = False, hint: str = ""
    ) -> tuple[Block, ...]:
        """Return the blocks of a passage: as written, else the default, else a gap."""
        here = replace(here, place=key)
        written = self.material.written.get(key)
        if written is not None and written.text.strip():
            self.used.add(key)
            source, file, line = written.text, written.file, written.line
        else:
            source = self.fitting(default, here).strip()
            file, line = f"{FOLDER}/{key.partition('/')[0]}.md", 1
        generated = written is None or not written.text.strip()
        if not source and default.strip():
            # All that it would say is about what the framework has not.
            return ()
        if not source:
            mend = f"请在 {file} 的“## {key.partition('/')[2]}”之下写明{hint}。"
            if not again:
                self.passages[key] = Passage(key=key, file=file, source="", generated=True)
            gap = self.gap(f"叙述“{key}”", key, mend)
            return (Paragraph(runs=(gap,), passage="" if again else key),)
        # What is printed again was looked at where it stands.
        problems = Problems() if again else self.problems
        found = pieces(source, problems, f"提纲 › {key}" if generated else file, line)
        keep = "" if again else key
        if not again:
            self.passages[key] = Passage(key=key, file=file, source=source, generated=generated)
        blocks = []
        for piece in found:
            place = f"{file} 第{line + piece.first}行"
            with problems.catch(place if not generated else f"提纲 › {key}"):
                blocks.append(self._printed(piece, here, keep))
            if not generated and not again:
                self.typed.extend(typed_numbers(piece, place, self.outcome))
        return tuple(blocks)

    def _printed(self, piece: Piece, here: Here, passage: str) -> Block:
        if piece.kind == "heading":
            return self.heading(self.spans(piece.spans, here), piece.level, passage=passage)
        if piece.kind == "table":
            return self._small_table(piece, here)
        runs = self.spans(piece.spans, here)
        if piece.kind == "item":
            runs = (Text(piece.mark), *runs) if piece.mark else runs
            return Paragraph(runs=runs, role="item", passage=passage)
        return Paragraph(runs=runs, passage=passage)

    def _small_table(self, piece: Piece, here: Here) -> Table:
        rows = [
            tuple(Cell(lines=(self.spans(cell, here),), head=index == 0) for cell in row)
            for index, row in enumerate(piece.rows)
        ]
        width = len(rows[0])
        return Table(
            columns=tuple(max(WHOLE_WIDTH // width, 1) for _ in range(width)),
            head=tuple(rows[:1]),
            rows=tuple(rows[1:]),
        )

    def spans(self, spans: Spans, here: Here) -> Runs:
        """Return the spans of a piece with its references looked up.

        Raises:
            SteelyardError: A reference leads to nothing.
        """
        runs: list[Run] = []
        for span in spans:
            match span.kind:
                case "text":
                    runs.extend(self.references.runs(span.text, here, strong=span.strong))
                case "reference":
                    runs.extend(self.references.run(span.text, here, strong=span.strong))
                case "break":
                    runs.append(Break())
        return tuple(runs)

    def try_runs(self, template: str, here: Here, where: str) -> Runs:
        """Return a template of the folder, its mistakes gathered at ``where``."""
        try:
            return self.references.runs(template, here)
        except SteelyardError as error:
            self.problems.add(error.at(where))
            return (Text(template),)
