"""Bookmarks (书签): the places that references lead to and edits come back from.

All names begin with ``_``, which hides them from the list that Word shows.
``_Toc`` are the headings, ``_Ref`` what the text refers to, ``_SyP`` passages,
``_SyF`` figures inside passages, ``_SyB`` the block after a passage.
"""

from __future__ import annotations

from steelyard.report.model.blocks import Chart, Document, Heading, Table, runs_of
from steelyard.report.model.runs import Link

PASSAGE, FIGURE, BORDER = "_SyP", "_SyF", "_SyB"


class Bookmarks:
    """Gives every bookmark its number (书签编号)."""

    def __init__(self) -> None:
        self._last = 1000  # headers of a template may have bookmarks of their own
        self._counts: dict[str, int] = {}

    def named(self, name: str) -> tuple[str, str]:
        """Return what stands at the start and at the end of a bookmark."""
        self._last += 1
        return (
            f'<w:bookmarkStart w:id="{self._last}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self._last}"/>',
        )

    def next_name(self, prefix: str) -> str:
        """Return a name not given out before: ``_SyF0001``."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}{self._counts[prefix]:04}"


class Places:
    """What can be referred to in a document, and by which bookmark (引用位置).

    A reference is a REF field only where its words are a caption's label or the
    beginning of a heading's number: then updating the fields changes nothing.
    """

    def __init__(self, document: Document) -> None:
        starts: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        for block in document.blocks():
            match block:
                case Heading():
                    starts[block.anchor] = block.number
                    self.headings[block.anchor] = f"_Toc{len(self.headings) + 1:08}"
                case Table(caption=caption) | Chart(caption=caption) if caption is not None:
                    starts[caption.anchor] = caption.label
                case _:
                    pass
        self.labels: dict[str, dict[str, str]] = {anchor: {} for anchor in starts}
        """For each anchor the beginnings referred to, with their bookmarks."""
        count = 0
        for block in document.blocks():
            for run in runs_of(block):
                if not isinstance(run, Link) or not run.text:
                    continue
                start = starts.get(run.target, "")
                known = self.labels.get(run.target, {})
                whole = run.target in self.headings or run.text == start
                if start.startswith(run.text) and whole and run.text not in known:
                    count += 1
                    known[run.text] = f"_Ref{count:08}"

    def reference(self, link: Link) -> str:
        """Return the bookmark around exactly these words, or nothing."""
        return self.labels.get(link.target, {}).get(link.text, "")

    def heading(self, link: Link) -> str:
        """Return the bookmark around the heading referred to, or nothing."""
        return self.headings.get(link.target, "")
