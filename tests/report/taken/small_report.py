"""A small report, its folder, and somebody who edits it in Word: quick tests of the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree
from tests.report.word.package_parts import edited, w

from steelyard.errors import Problems
from steelyard.report.compose.material import load_material
from steelyard.report.compose.passage import Piece, Spans, pieces
from steelyard.report.model.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Passage,
    Section,
    Table,
)
from steelyard.report.model.runs import Break, Figure, Gap, Link, Run, Runs, Text
from steelyard.report.taken.take import Taken, take, write
from steelyard.report.word.read_back import read_back
from steelyard.report.word.writer import word_file

FILE = "report/主要经验.md"
KEY = "主要经验/甲段"
TITLE = "甲局2023年部门整体支出绩效评价报告"
FIGURES = {"预算数": "7479.37万元", "决算数": "5069.77万元", "率": "67.78", "单位": "甲局"}

Edit = Callable[[etree._Element], None]  # noqa: SLF001  # lxml has no other name for it


def _run(reference: str, *, strong: bool) -> Run:
    if reference.startswith("表："):
        return Link(reference.replace("：", ":"), "表3")
    if reference not in FIGURES:
        return Gap(reference, reference)
    return Figure(FIGURES[reference], reference, strong=strong)


def _runs(spans: Spans) -> Runs:
    found: list[Run] = []
    for span in spans:
        match span.kind:
            case "text":
                found.append(Text(span.text, span.strong))
            case "reference":
                found.append(_run(span.text, strong=span.strong))
            case "break":
                found.append(Break())
    return tuple(found)


def _block(piece: Piece, key: str, anchor: str) -> Block:
    if piece.kind == "heading":
        number = "1．" if piece.level == 3 else "（1）"
        runs = _runs(piece.spans)
        return Heading(level=piece.level, number=number, runs=runs, anchor=anchor, passage=key)
    if piece.kind == "table":
        rows = [tuple(Cell(lines=(_runs(cell),)) for cell in row) for row in piece.rows]
        return Table(columns=(1,) * len(rows[0]), head=tuple(rows[:1]), rows=tuple(rows[1:]))
    mark = (Text(piece.mark),) if piece.mark else ()
    return Paragraph(runs=(*mark, *_runs(piece.spans)), passage=key)


def report_of(folder: Path, title: str = TITLE, defaults: dict[str, str] | None = None) -> Document:
    """Print the narrative of a folder; defaults stand where nothing is written."""
    sources = {key: (each.text, False) for key, each in load_material(folder).written.items()}
    for key, source in (defaults or {}).items():
        sources.setdefault(key, (source, True))
    blocks: list[Block] = []
    passages = {}
    for key, (source, generated) in sources.items():
        stem, _, name = key.partition("/")
        blocks.append(Heading(level=2, runs=(Text(name),), anchor=key))
        problems = Problems()
        found = pieces(source, problems)
        problems.settle()
        blocks += [_block(piece, key, f"{key}{n}") for n, piece in enumerate(found)]
        if not source:
            blocks.append(Paragraph(runs=(Gap(f"叙述“{key}”"),), passage=key))
        file = f"report/{stem}.md"
        passages[key] = Passage(key=key, file=file, source=source, generated=generated)
    # What follows the narrative bears the mark of its end.
    blocks.append(Paragraph(runs=(Text("附件目录"),)))
    sections = (Section(blocks=tuple(blocks)),)
    return Document(title=title, author="丁所", date="", sections=sections, passages=passages)


class SmallDesk:
    """A folder, its report in Word, and somebody who edits it."""

    def __init__(self, folder: Path, text: str, defaults: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.defaults = defaults
        self.path = folder / FILE
        self.path.parent.mkdir(parents=True)
        if text:
            self.path.write_text(text, encoding="utf-8")
        self.word = word_file(self.report())

    def report(self) -> Document:
        return report_of(self.folder, defaults=self.defaults)

    def edit(self, edit: Edit) -> None:
        self.word = edited(self.word, edit)

    def retype(self, old: str, new: str) -> None:
        """Replace words inside one run."""

        def edit(root: etree._Element) -> None:
            run = next(t for t in root.iter(w("t")) if old in (t.text or ""))
            run.text = (run.text or "").replace(old, new)

        self.edit(edit)

    def taken(self) -> Taken:
        return take(read_back(self.word), load_material(self.folder), self.report())

    def brought_back(self) -> str:
        """Take and write; return the file as it is then."""
        write(self.taken(), self.folder)
        return self.text

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def printed(self, key: str = KEY) -> list[str]:
        """Return the paragraphs of a passage as the report prints them now."""
        return [
            block.text
            for block in self.report().blocks()
            if isinstance(block, Paragraph | Heading) and block.passage == key
        ]


def paragraph_of(root: etree._Element, text: str) -> etree._Element:
    return next(p for p in root.iter(w("p")) if text in "".join(p.itertext(w("t"))))


def figure_in(paragraph: etree._Element, nth: int = 0) -> list[etree._Element]:
    """Return the start of a figure's bookmark, what it holds, and its end."""
    children = list(paragraph)
    starts = [
        each
        for each in children
        if each.tag == w("bookmarkStart") and each.get(w("name"), "").startswith("_SyF")
    ]
    first = children.index(starts[nth])
    number = starts[nth].get(w("id"))
    last = next(
        place
        for place, each in enumerate(children)
        if each.tag == w("bookmarkEnd") and each.get(w("id")) == number
    )
    return children[first : last + 1]
