"""Where quoted characters stand on a page of a PDF (字符位置), in the file's own measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from steelyard.doctor.finding import Place
from steelyard.intake.reading.document import Box, Spot
from steelyard.intake.reading.pdf.glyphs import Glyph, Written
from steelyard.intake.reading.pdf.view import View

_REACH = 1
"""Points by which a character may stand out of the box of its line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """As much of a place as stands in one printed line (一行中的一段)."""

    page: int
    """Counted from 1."""
    box: Box
    """Of the whole line, on the page as it is shown."""
    line: str
    """All that the line says, without blanks."""
    start: int
    """First character of the piece in ``line``."""
    end: int


def pieces(place: Place) -> Iterator[Piece]:
    """Yield the pieces of a place that have a page and a box."""
    words = place.passage.words
    start, end = place.passage.plain.stretch(place.start, place.end)
    spots = words.spots
    for spot in words.spots_in(start, max(end, start + 1)):
        if spot.page is None or spot.box is None:
            continue
        until = _until(spots, spot, len(words.text))
        before = words.text[spot.offset : max(start, spot.offset)]
        inside = words.text[max(start, spot.offset) : min(end, until)]
        skipped, length = len(_bare(before)), len(_bare(inside))
        if length:
            line = _bare(words.text[spot.offset : until])
            yield Piece(spot.page, spot.box, line, skipped, skipped + length)


def quad(piece: Piece, written: Written) -> Box:
    """Return the box of a piece in the file's own measure.

    Where the characters of the line are not found as the reader told them, it is
    the box of the whole line.
    """
    view = written.view
    row = _row(piece.box, written)
    said = "".join(glyph.text for glyph in row)
    at = _found(piece, said)
    if at is None:
        return on_file(replace(view, upright=view.shown), piece.box)
    taken = row[at : at + piece.end - piece.start]
    box = (
        min(glyph.left for glyph in taken),
        min(glyph.bottom for glyph in taken),
        max(glyph.right for glyph in taken),
        max(glyph.top for glyph in taken),
    )
    return on_file(view, box)


def on_file(view: View, box: Box) -> Box:
    """Return a box that is told with the words upright as the file counts it."""
    left, bottom, right, top = replace(view, shown=0).on_page(box)
    return (left + view.left, bottom + view.bottom, right + view.left, top + view.bottom)


def _row(box: Box, written: Written) -> list[Glyph]:
    """Return the characters inside the box of a line, in order, without blanks."""
    left, bottom, right, top = box
    found = []
    for glyph in written.glyphs:
        if glyph.text.isspace():
            continue
        shown = written.view.on_page((glyph.left, glyph.bottom, glyph.right, glyph.top))
        across, up = (shown[0] + shown[2]) / 2, (shown[1] + shown[3]) / 2
        if left - _REACH <= across <= right + _REACH and bottom - _REACH <= up <= top + _REACH:
            found.append(glyph)
    return sorted(found, key=attrgetter("left"))


def _found(piece: Piece, said: str) -> int | None:
    """Return where a piece begins in what stands inside the box of its line."""
    if said == piece.line:
        return piece.start
    wanted = piece.line[piece.start : piece.end]
    before = piece.line[: piece.start].count(wanted)
    at = said.find(wanted)
    for _ in range(before):
        later = said.find(wanted, at + 1)
        at = later if later >= 0 else at
    return at if at >= 0 else None


def _until(spots: Sequence[Spot], spot: Spot, length: int) -> int:
    index = spots.index(spot)
    return spots[index + 1].offset if index + 1 < len(spots) else length


def _bare(text: str) -> str:
    return "".join(text.split())
