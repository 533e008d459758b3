"""The body of a Word file (正文): blocks become paragraphs, tables and charts.

Also kept here is where passages begin and end, and what stands outside them:
people may edit passages in Word, and what they did is read back.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from steelyard.report.model.blocks import (
    Block,
    Caption,
    Chart,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from steelyard.report.model.runs import Runs
from steelyard.report.word.bookmarks import BORDER, PASSAGE, Bookmarks, Places
from steelyard.report.word.charts import chart_extent, chart_markup, chart_part
from steelyard.report.word.contents import TITLE, entries, listed, own_title
from steelyard.report.word.lines import Lines
from steelyard.report.word.markup import NO_INDENT, complex_field, words
from steelyard.report.word.paper import section_properties
from steelyard.report.word.record import Record
from steelyard.report.word.styles import Styles
from steelyard.report.word.tables import TableRows
from steelyard.report.word.template import Ground

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_ROLES = {
    "body": "NormalIndent",
    "reckoning": "NormalIndent",
    "item": "NormalIndent",
    "plain": "Normal",
    "subhead": "SySubhead",
    "lead": "SyLead",
    "note": "SyNote",
    "unit": "SyUnit",
    "signature": "SySignature",
    "title": "Title",
    "cover-title": "SyCover",
    "cover-line": "SyCoverLine",
}

_PART_SIZE = 36
"""Half points of 摘要 and its like: 小二."""


class Body:
    """The body in the making (正文)."""

    def __init__(
        self,
        document: Document,
        *,
        base: Ground,
        styles: Styles,
        pages: Mapping[str, int],
        numbered: str,
        unnumbered: str,
    ) -> None:
        """Begin.

        Args:
            document: What is printed.
            base: Where it is written; receives the parts of charts.
            styles: Gives the ids of the styles.
            pages: The printed page number for the anchor of each heading.
            numbered: References of sections with page numbers.
            unnumbered: References of those without.
        """
        self.record = Record(document)
        self._document = document
        self._base = base
        self._styles = styles
        self._pages = pages
        self._references = {True: numbered, False: unnumbered}
        self._bookmarks = Bookmarks()
        self._places = Places(document)
        self._lines = Lines(self._bookmarks, self._places, self.record)
        self._paper = base.paper
        self._parts: list[str] = []
        self._new_page = False
        self._opening = ""
        """Bookmarks that the next paragraph begins with."""

        self._passage = ("", "", "")
        """Key and name of the open passage, and what ends it."""

        self._charts = 0
        self._counted = {"表": 0, "图": 0}

    def markup(self) -> str:
        """Return what stands inside the body."""
        last = len(self._document.sections) - 1
        for number, section in enumerate(self._document.sections):
            self._paper = self._base.paper.turned() if section.landscape else self._base.paper
            for place, block in enumerate(section.blocks):
                self._follow_passage(block)
                self._block(block, section, place)
            self._close_passage()
            self._new_page = False
            properties = section_properties(
                self._paper,
                references=self._references[section.numbered],
                restart=section.restart,
                landscape=self._paper.width > self._paper.height,
                first=number == 0,
            )
            if number == last:
                if self._opening:
                    self._add("SySpacer", "", '<w:spacing w:line="20" w:lineRule="exact"/>')
                self._parts.append(properties)
            else:
                self._end_section(properties)
        if not self._document.sections:
            self._parts.append("<w:sectPr/>")
        return "".join(self._parts)

    # ------------------------------------------------------------ paragraphs

    def _add(self, style: str, inner: str, properties: str = "") -> None:
        """Add a paragraph; bookmarks and page breaks that wait are put into it."""
        if self._new_page:
            # Before what a style or block may have said; keepNext stands first.
            keep = "<w:keepNext/>" if properties.startswith("<w:keepNext/>") else ""
            properties = f"{keep}<w:pageBreakBefore/>{properties[len(keep) :]}"
            self._new_page = False
        opening, self._opening = self._opening, ""
        self._parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="{self._styles[style]}"/>{properties}</w:pPr>'
            f"{opening}{inner}</w:p>"
        )

    def _end_section(self, properties: str) -> None:
        """End a section in its last paragraph: one more could fall on a page of its own."""
        last = self._parts[-1] if self._parts else ""
        if not last.startswith("<w:p>") or "<w:sectPr>" in last:
            self._add("SySpacer", "", '<w:spacing w:line="20" w:lineRule="exact"/>')
            last = self._parts[-1]
        self._parts[-1] = last.replace("</w:pPr>", f"{properties}</w:pPr>", 1)

    # -------------------------------------------------------------- passages

    def _follow_passage(self, block: Block) -> None:
        key = ""
        if isinstance(block, Paragraph) or (isinstance(block, Heading) and block.level >= 3):
            key = block.passage
        if key == self._passage[0]:
            return
        self._close_passage()
        if key:
            name = self._bookmarks.next_name(PASSAGE)
            begin, end = self._bookmarks.named(name)
            self._opening += begin
            self._passage = (key, name, end)
            self.record.passage(name, key)

    def _close_passage(self) -> None:
        key, _, end = self._passage
        if not key:
            return
        self._passage = ("", "", "")
        # The mark ends at the beginning of what follows: LibreOffice loses a full
        # stop that hangs behind the last line when a mark ends there, too. People go
        # on writing at the end of a passage: the next paragraph that is not theirs
        # bears a mark of its own, so that the end is known.
        begin, finish = self._bookmarks.named(self._bookmarks.next_name(BORDER))
        self._opening += end + begin + finish

    def _inside(self, level: int, number: str, runs: Runs) -> str:
        """Return runs of the open passage, or of none, and record them."""
        key, name, _ = self._passage
        if key:
            shown, pieces = self._lines.marked(runs, heading=level > 0)
            self.record.paragraph(name, level, number, pieces)
            return shown
        self.record.outside(number + "".join(each.text for each in runs))
        return ""

    # ---------------------------------------------------------------- blocks

    def _block(self, block: Block, section: Section, place: int) -> None:
        match block:
            case Heading():
                self._heading(block, is_title=own_title(section.blocks, place))
            case Paragraph():
                before, after = _beside(section.blocks, place)
                self._paragraph(block, before, after)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Contents():
                self._contents(block, titled=place > 0 and own_title(section.blocks, place - 1))
            case PageBreak():
                self._new_page = True

    def _heading(self, heading: Heading, *, is_title: bool) -> None:
        inside = self._inside(heading.level, heading.number, heading.runs)
        part = heading.look == "part" and not is_title
        size = _PART_SIZE if part else 0
        shown = self._lines.heading(
            heading.number,
            inside or self._lines.plain(heading.runs, size=size),
            heading.anchor,
            size=size,
        )
        # A template's headings may number themselves; ours bear their numbers.
        properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        properties = properties if self._base.foreign else ""
        if part:
            properties += (
                '<w:spacing w:before="0" w:after="300" w:line="720" w:lineRule="exact"/>'
                f'{NO_INDENT}<w:jc w:val="center"/>'
            )
        elif heading.look == "annex":
            properties += NO_INDENT
        style = "TOCHeading" if is_title else f"Heading{min(heading.level, 4)}"
        self._add(style, shown, properties)

    def _paragraph(self, block: Paragraph, before: Block | None, after: Block | None) -> None:
        shown = self._inside(0, "", block.runs)
        if not self._passage[0]:
            shown = self._lines.plain(block.runs)
        # What names a table, and the lines above a signature, do not part from it.
        bare = isinstance(after, Table) and after.caption is None and block.role != "unit"
        signed = isinstance(after, Paragraph) and after.role == "signature"
        properties = "<w:keepNext/>" if bare or signed else ""
        properties += '<w:spacing w:after="100"/>' if bare else ""
        properties += '<w:jc w:val="left"/>' if block.role == "reckoning" else ""
        role = before.role if isinstance(before, Paragraph) else ""
        # A cover: the title in the upper third, who and when further down.
        if block.role == "cover-title" and role != "cover-title":
            properties = '<w:spacing w:before="2800"/>'
        if block.role == "cover-line" and role == "cover-title":
            properties = '<w:spacing w:before="3600"/>'
        self._add(_ROLES[block.role], shown, properties)

    def _contents(self, block: Contents, *, titled: bool) -> None:
        if not titled:
            self.record.outside(TITLE)
            self._add("TOCHeading", words(TITLE))
        headings = tuple(listed(self._document, block.levels))
        if headings:
            self._parts.append(
                entries(
                    headings,
                    levels=block.levels,
                    places=self._places,
                    styles=self._styles,
                    width=self._paper.text_width,
                    pages=self._pages,
                )
            )

    def _caption(self, caption: Caption, properties: str = "") -> None:
        count = self._counted[caption.kind] + 1
        # When Word counts again it must find the number that is printed.
        reset = "" if caption.number == count else f" \\r {caption.number}"
        self._counted[caption.kind] = caption.number
        label = words(caption.kind) + complex_field(
            f"SEQ {caption.kind} \\* ARABIC{reset}", words(str(caption.number))
        )
        name = self._places.labels[caption.anchor].get(caption.label)
        if name:
            begin, end = self._bookmarks.named(name)
            label = begin + label + end
        self.record.outside(caption.text)
        self._add("Caption", f"{label}{words(' ')}{self._lines.plain(caption.runs)}", properties)

    def _notes(self, notes: tuple[Runs, ...]) -> None:
        for note in notes:
            self.record.outside("".join(each.text for each in note))
            self._add("SyNote", self._lines.plain(note))

    def _table(self, table: Table) -> None:
        if table.caption is not None:
            self._caption(table.caption, "<w:keepNext/>")
        if table.unit:
            self.record.outside(table.unit)
            self._add("SyUnit", words(table.unit))
        elif self._new_page or self._opening:
            self._add("SySpacer", "", '<w:spacing w:line="20" w:lineRule="exact"/>')
        rows = TableRows(
            table,
            lines=self._lines,
            styles=self._styles,
            width=self._paper.text_width,
            page=self._paper.text_height,
            outside=self.record.outside,
        )
        self._parts.append(rows.markup())
        self._notes(table.notes)
        if not table.notes:
            # Tables that touch would become one.
            self._add("SySpacer", "")

    def _chart(self, chart: Chart) -> None:
        self._charts += 1
        extent = chart_extent(chart, self._paper.text_width, self._paper.text_height)
        part = self._base.document.part
        package = part.package
        content, book = chart_part(chart, extent, "rId1")
        drawn = Part(
            PackURI(package.next_partname("/word/charts/chart%d.xml")), _CHART, content, package
        )
        relationship = part.relate_to(drawn, f"{_OFFICE}/chart")
        name = PackURI(f"/word/embeddings/chart{self._charts}.xlsx")
        drawn.relate_to(Part(name, _BOOK, book, package), f"{_OFFICE}/package")
        shown = chart_markup(
            chart, relationship=relationship, number=9000 + self._charts, extent=extent
        )
        self._add("SyChart", shown)
        self._caption(chart.caption)
        self._notes(chart.notes)


def _beside(blocks: tuple[Block, ...], place: int) -> tuple[Block | None, Block | None]:
    """Return the blocks before and after one."""
    before = blocks[place - 1] if place else None
    return before, blocks[place + 1] if place + 1 < len(blocks) else None
