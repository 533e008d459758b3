"""Where a figure came from (来源).

An origin names a document and the place in it, closely enough for a stranger
to find the figure again. It never holds the figure itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document that figures were taken from (来源文件)."""

    id: str
    title: str
    file: str = ""
    """Path inside the evaluation folder, when the document is kept there."""

    sha256: str = ""
    """Fingerprint of that file, so that a changed document is noticed."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of one figure (出处): document, place in it, quoted text."""

    source: str = ""
    """The document: a source's id, or a title."""

    place: str = ""
    """Inside the document: 表14, 支出!C14, 第7页, 附件2 总计行."""

    quote: str = ""
    """The text that stands there."""

    record: str = ""
    """Where the evaluation folder records it: facts.csv 第12行."""

    def __str__(self) -> str:
        """Return the way from the document to the figure."""
        parts = [part for part in (self.source, self.place) if part]
        return " › ".join(parts) or self.record

    def within(self, place: str) -> Origin:
        """Return the origin of something at ``place`` inside this one.

        A place that names the outer one already is not put inside it again.
        """
        named = bool(self.place) and place.startswith(self.place)
        outer = "" if named else self.place
        inner = " › ".join(part for part in (outer, place) if part)
        return Origin(self.source, inner, self.quote, self.record)


NO_ORIGIN = Origin()
"""What is known of the origin of a figure that came from nowhere in particular."""
