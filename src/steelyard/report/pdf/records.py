"""The blocks of a report as plain records (记录), for the template of Typst.

Every kind has its name, every anchor a number of its own; nothing is written
as markup.
"""

from __future__ import annotations

from steelyard.report.charts.svg import chart_svg
from steelyard.report.model.blocks import (
    Block,
    Caption,
    Cell,
    Chart,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from steelyard.report.model.runs import Break, Gap, Link, Run, Runs, Text

Plain = dict[str, object]
"""A record of texts, numbers and lists, ready for JSON."""

_LONG = 400
"""Characters from which a cell may be split by the end of a page."""


class Records:
    """One pass over a document (记录)."""

    def __init__(self, document: Document, font: str) -> None:
        self.document = document
        self.font = font
        self.charts = 0
        self.anchors: dict[str, str] = {}
        for block in document.blocks():
            anchor = _anchor(block)
            if anchor:
                self.anchors[anchor] = f"at-{len(self.anchors) + 1}"

    def sections(self) -> list[Plain]:
        """Return all sections in order."""
        return [self._section(section) for section in self.document.sections]

    def _section(self, section: Section) -> Plain:
        return {
            "landscape": section.landscape,
            "numbered": section.numbered,
            "restart": section.restart,
            "blocks": [self._block(block) for block in section.blocks],
        }

    def _block(self, block: Block) -> Plain:
        match block:
            case Heading():
                return {
                    "kind": "heading",
                    "level": block.level,
                    "look": block.look,
                    "anchor": self.anchors[block.anchor],
                    "runs": self._runs((Text(block.number), *block.runs)),
                }
            case Paragraph():
                return {"kind": "paragraph", "role": block.role, "runs": self._runs(block.runs)}
            case Table():
                return {
                    "kind": "table",
                    "columns": list(block.columns),
                    "head": [self._row(row) for row in block.head],
                    "rows": [self._row(row) for row in block.rows],
                    "caption": None if block.caption is None else self._caption(block.caption),
                    "unit": block.unit,
                    "notes": [self._runs(note) for note in block.notes],
                    "look": block.look,
                    "size": block.size,
                }
            case Chart():
                return self._chart(block)
            case Contents():
                return {"kind": "contents", "levels": block.levels}
            case PageBreak():
                return {"kind": "break"}

    def _row(self, row: Row) -> list[Plain]:
        return [self._cell(cell) for cell in row]

    def _cell(self, cell: Cell) -> Plain:
        return {
            "across": cell.across,
            "down": cell.down,
            "align": cell.align,
            "head": cell.head,
            "strong": cell.strong,
            "short": cell.down == 1 and len(cell.text) < _LONG,
            "lines": [self._runs(line) for line in cell.lines],
        }

    def _chart(self, chart: Chart) -> Plain:
        self.charts += 1
        return {
            "kind": "chart",
            "svg": chart_svg(chart, prefix=f"chart-{self.charts}", alone=True, fonts=self.font),
            "alt": chart.alt,
            "caption": self._caption(chart.caption),
            "notes": [self._runs(note) for note in chart.notes],
        }

    def _caption(self, caption: Caption) -> Plain:
        return {
            "label": caption.label,
            "anchor": self.anchors[caption.anchor],
            "runs": self._runs(caption.runs),
        }

    def _runs(self, runs: Runs) -> list[Plain]:
        return [self._run(run) for run in runs]

    def _run(self, run: Run) -> Plain:
        kind, target = "text", ""
        match run:
            case Gap():
                kind = "gap"
            case Break():
                kind = "break"
            case Link() if run.target in self.anchors:
                kind, target = "link", self.anchors[run.target]
            case _:
                pass
        strong = getattr(run, "strong", False)
        return {"kind": kind, "text": run.text, "strong": strong, "target": target}


def _anchor(block: Block) -> str:
    match block:
        case Heading():
            return block.anchor
        case Table() if block.caption is not None:
            return block.caption.anchor
        case Chart():
            return block.caption.anchor
        case _:
            return ""
