"""What stands inside a line, as runs of Word (行内内容).

Figures look like any other words: what distinguishes them are hidden
bookmarks, and these only where people may edit.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.report.model.runs import Break, Figure, Gap, Link, Run, Runs, Text
from steelyard.report.word.bookmarks import FIGURE, Bookmarks, Places
from steelyard.report.word.markup import complex_field, escaped, look, run, words
from steelyard.report.word.record import Record


@dataclass(frozen=True, slots=True)
class Lines:
    """Turns runs of the model into runs of Word (行)."""

    bookmarks: Bookmarks
    places: Places
    record: Record

    def plain(self, runs: Runs, *, strong: bool = False, size: int = 0) -> str:
        """Return runs outside passages."""
        return "".join(self._shown(each, strong=strong, size=size) for each in runs)

    def heading(self, number: str, shown: str, anchor: str, *, size: int = 0) -> str:
        """Return the runs of a heading, inside the bookmark of the table of contents.

        Args:
            number: Printed before the text; references print its beginning.
            shown: The runs of the text.
            anchor: Of the heading.
            size: Of the number, in half points; 0 leaves it to the style.
        """
        start, end = self.bookmarks.named(self.places.headings[anchor])
        opened, closed = "", ""
        last = 0
        for label, name in sorted(self.places.labels[anchor].items(), key=lambda one: len(one[0])):
            begin, finish = self.bookmarks.named(name)
            opened += begin
            closed += words(number[last : len(label)], size=size) + finish
            last = len(label)
        return start + opened + closed + words(number[last:], size=size) + shown + end

    def marked(self, runs: Runs, *, heading: bool = False) -> tuple[str, list[list[object]]]:
        """Return runs inside a passage, and how the record remembers them."""
        shown, pieces = [], []
        for each in runs:
            strong = isinstance(each, Text | Figure) and each.strong and not heading
            one = self._shown(each, strong=strong)
            name = ""
            if isinstance(each, Figure | Link | Gap):
                name = self.bookmarks.next_name(FIGURE)
                start, end = self.bookmarks.named(name)
                one = start + one + end
                self.record.figure(name, each)
            shown.append(one)
            pieces.append([each.text, strong, name])
        return "".join(shown), pieces

    def _shown(self, each: Run, *, strong: bool, size: int = 0) -> str:
        match each:
            case Gap():
                return run(each.text, look(each.text, strong=strong, size=size, highlight=True))
            case Link():
                return self._link(each, words(each.text, strong=strong, size=size))
            case Break():
                return "<w:r><w:br/></w:r>"
            case Text() | Figure():
                return words(each.text, strong=strong or each.strong, size=size)

    def _link(self, link: Link, shown: str) -> str:
        """Return a reference: a field, a link, or the words where nothing is to be found."""
        if name := self.places.reference(link):
            return complex_field(f"REF {name} \\h", shown)
        if name := self.places.heading(link):
            return f'<w:hyperlink w:anchor="{escaped(name)}" w:history="1">{shown}</w:hyperlink>'
        return shown
