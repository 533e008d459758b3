"""Where in a Word file a comment begins and ends (批注的起止).

Runs are split exactly at the words that are meant; both halves keep what the
run said of itself. What cannot be split is taken whole.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from steelyard.doctor.finding import Place
from steelyard.intake.reading.document import Spot, Words
from steelyard.intake.reading.word.names import Element, attribute, full, short
from steelyard.intake.reading.word.visible import run_stretches

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_SIMPLE = {
    "w:rPr",
    "w:t",
    "w:tab",
    "w:ptab",
    "w:br",
    "w:cr",
    "w:noBreakHyphen",
    "w:softHyphen",
    "w:sym",
    "w:lastRenderedPageBreak",
}
"""What a run may hold if it is to be split."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a comment is about, in one part (批注范围)."""

    part: str
    first: int
    """Paragraph of the part."""
    start: int
    """Visible characters of it that stand before."""
    last: int
    end: int


def reach_of(place: Place) -> Reach | None:
    """Return where a place stands in its Word file; None when the file does not say."""
    words = place.passage.words
    start, end = place.passage.plain.stretch(place.start, place.end)
    first = words.spot_at(start)
    last = words.spot_at(max(end - 1, start))
    if first.paragraph is None or last.paragraph is None or first.part != last.part:
        return None
    return Reach(
        first.part,
        first.paragraph,
        _inner(words, first, start),
        last.paragraph,
        _inner(words, last, max(end - 1, start)) + (1 if end > start else 0),
    )


def _inner(words: Words, spot: Spot, offset: int) -> int:
    """Return the visible characters before an offset; an automatic number has none."""
    inner = spot.inner + offset - spot.offset
    index = words.spots.index(spot) + 1
    if index < len(words.spots):
        after = words.spots[index]
        if (after.part, after.paragraph) == (spot.part, spot.paragraph):
            return min(inner, after.inner)
    return inner


def bounded(first: Element, start: int, last: Element, end: int) -> tuple[Element, Element] | None:
    """Return the first and last run of a stretch, split off from what stands around it.

    Args:
        first: The ``w:p`` that it begins in.
        start: Visible characters before it.
        last: The ``w:p`` that it ends in.
        end: Visible characters of that paragraph up to its end.

    Returns:
        None when there is no run at all.
    """
    _split(last, end)
    _split(first, start)
    begins = next((run for run, _, until in run_stretches(first) if until > start), None)
    ends = [run for run, since, _ in run_stretches(last) if since < end]
    if begins is None or not ends:
        return None
    return begins, ends[-1]


def outside(paragraph: Element, root: Element) -> Element | None:
    """Return the run in the text that carries a text box, or calls a note.

    Word takes no comments in either. The run is the innermost that stands in
    neither.

    Args:
        paragraph: A ``w:p``, or what stands in one.
        root: Of the document part.

    Returns:
        None when it stands in the text itself, or nothing calls the note.
    """
    carrier: Element | None = None
    for each in paragraph.iterancestors():
        name = short(each)
        if name == "w:txbxContent":
            carrier = next((run for run in each.iterancestors() if short(run) == "w:r"), None)
        elif name in ("w:footnote", "w:endnote"):
            number = attribute(each, "id")
            marks = root.iter(*full(f"{name}Reference"))
            mark = next((mark for mark in marks if attribute(mark, "id") == number), None)
            if mark is None:
                return None
            further = outside(mark, root)
            return mark.getparent() if further is None else further
    return carrier


def _split(paragraph: Element, at: int) -> None:
    """Make a run end at a place, if one goes on across it and can be split."""
    for run, start, end in run_stretches(paragraph):
        if start < at < end:
            if short(run) == "w:r" and all(short(each) in _SIMPLE for each in run):
                _split_run(run, at - start, end - start)
            return


def _split_run(run: Element, at: int, total: int) -> None:
    lengths = [_length(run, each) for each in run]
    if sum(lengths) != total:
        return
    properties = [each for each in run if short(each) == "w:rPr"]
    second = etree.Element(run.tag, run.attrib, run.nsmap)
    second.extend(deepcopy(each) for each in properties)
    before = 0
    for each, length in zip(list(run), lengths, strict=True):
        if short(each) != "w:rPr":
            if before >= at:
                second.append(each)
            elif before + length > at:
                second.append(_cut(each, at - before))
        before += length
    second.tail, run.tail = run.tail, None
    run.addnext(second)


def _length(run: Element, piece: Element) -> int:
    """Return how many visible characters a part of a run has."""
    paragraph = etree.Element(run.tag[:-1] + "p")
    alone = etree.SubElement(paragraph, run.tag)
    alone.extend(deepcopy(each) for each in run if short(each) == "w:rPr")
    alone.append(deepcopy(piece))
    stretches = run_stretches(paragraph)
    return stretches[-1][2] if stretches else 0


def _cut(text: Element, at: int) -> Element:
    """Cut a ``w:t`` after so many visible characters; return the second half."""
    whole = text.text or ""
    if text.get(_SPACE) != "preserve":
        whole = whole.strip(_BLANKS)
    place = seen = 0
    while seen < at:
        seen += whole[place] != "\N{SOFT HYPHEN}"
        place += 1
    second = etree.Element(text.tag, text.attrib, text.nsmap)
    text.text, second.text = whole[:place], whole[place:]
    for half in (text, second):
        if half.text[:1] in _BLANKS or half.text[-1:] in _BLANKS:
            half.set(_SPACE, "preserve")
    return second
