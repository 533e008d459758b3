"""The boxes in which comments are shown (批注框), drawn in VML.

Such a part may hold buttons as well, and is not always well-formed: it is never
parsed, only added to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steelyard.intake.reading.flat.lines import width_of
from steelyard.intake.reading.sheets.sheet import LAST_COLUMN, LAST_ROW
from steelyard.intake.returned.layout import Layout
from steelyard.intake.returned.placing import Cell

_VML, _OFFICE, _EXCEL = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"{}><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202"{spaces} style="position:absolute;'
    'width:{width}px;height:{height}px;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False"
    "</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<xml\b[^>]*>")
_ENDS = re.compile(rb"</xml\s*>\s*\Z")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_NOTE = re.compile(
    rb"<((?:\w{1,20}:)?)ClientData\s[^>]{0,300}?ObjectType=[\"']Note[\"'][^>]{0,300}>"
    rb"(.{0,4000}?)</(?:\w{1,20}:)?ClientData>",
    re.DOTALL,
)
_PLACE = tuple(
    re.compile(rb"<(?:\w{1,20}:)?" + tag + rb">\s*(\d{1,7})\s*</") for tag in (b"Row", b"Column")
)
_ANCHOR = re.compile(rb"(<(?:\w{1,20}:)?Anchor>)([^<]{0,200})(</)")
_MARKUP = re.compile(r"<[^>]*>")

_WIDTH, _TALLEST, _LINE, _PADDING = 284, 640, 16, 12
"""Pixels."""
_ASIDE = 15
_ACROSS = 44
"""Half-width characters in a line."""
_FARTHEST = 200
"""Rows or columns that a box may reach over."""
_FIRST_NUMBER, _IN_A_BLOCK = 1025, 1024


@dataclass(frozen=True, slots=True)
class Box:
    """Room for one comment (批注框)."""

    words: str
    """All that it shows."""
    edge: int
    """The column in which its cell ends: of merged cells the last."""
    changed: bool
    """We say something in it; a box that is there and not changed is left alone."""

    @property
    def height(self) -> int:
        """Pixels that the words need."""
        lines = _MARKUP.sub("", self.words).split("\n")
        count = sum(max(-(-width_of(line) // _ACROSS), 1) for line in lines)
        return min(count * _LINE + _PADDING, _TALLEST)


def no_boxes() -> bytes:
    """Return the part of a sheet that had no boxes."""
    return f"<xml {_VML} {_OFFICE} {_EXCEL}></xml>".encode()


def with_boxes(content: bytes, layout: Layout, boxes: Mapping[Cell, Box]) -> bytes | None:
    """Return a drawing part with a box for each comment, large enough for it.

    Args:
        content: The part; what it holds stays.
        layout: The sheet that it belongs to.
        boxes: The comments that need one.

    Returns:
        None when nothing can be added to the part.
    """
    begins, ends = _BEGINS.match(content), _ENDS.search(content, max(len(content) - 200, 0))
    if begins is None or ends is None or ends.start() < begins.end():
        return None
    declared = all(each.encode() in begins[0] for each in (_VML, _OFFICE, _EXCEL))
    spaces = "" if declared else f" {_VML} {_OFFICE} {_EXCEL}"
    seen: set[Cell] = set()

    def grown(found: re.Match[bytes]) -> bytes:
        cell = _cell_of(found[2])
        box = boxes.get(cell) if cell else None
        if cell is None or box is None or cell in seen:
            return found[0]
        seen.add(cell)
        return _grown(found, layout, cell, box) if box.changed else found[0]

    inside = _NOTE.sub(grown, content[begins.end() : ends.start()])
    missing = [(cell, box) for cell, box in boxes.items() if cell not in seen]
    first = max((int(each) for each in _NUMBER.findall(content)), default=0) + 1
    first = max(first, _FIRST_NUMBER)
    new = "" if b"_x0000_t202" in content or not missing else _SHAPE_TYPE.format(spaces)
    if b"shapelayout" not in content and missing:
        blocks = range(first // _IN_A_BLOCK, (first + len(missing)) // _IN_A_BLOCK + 1)
        listed = ",".join(map(str, blocks))
        new = (
            f'<o:shapelayout v:ext="edit"{spaces}><o:idmap v:ext="edit" data="{listed}"/>'
            f"</o:shapelayout>{new}"
        )
    shapes = [
        _shape(number, spaces, layout, cell, box)
        for number, (cell, box) in enumerate(missing, start=first)
    ]
    return b"".join([begins[0], inside, new.encode(), *shapes, content[ends.start() :]])


def _shape(number: int, spaces: str, layout: Layout, cell: Cell, box: Box) -> bytes:
    row, column = cell
    top, down = (row - 1, 10) if row else (0, 2)
    corner = (_begin(layout, box), _ASIDE, top, down)
    anchor = _reaching(layout, corner, _WIDTH, box.height)
    return _SHAPE.format(
        number=number,
        spaces=spaces,
        width=_WIDTH,
        height=box.height,
        anchor=_listed(anchor),
        row=row,
        column=column,
    ).encode()


def _grown(found: re.Match[bytes], layout: Layout, cell: Cell, box: Box) -> bytes:
    """Return the settings of a box that was there, with room for our words as well."""
    inner = found[2]
    there = _ANCHOR.search(inner)
    numbers = [int(each) for each in re.findall(rb"\d{1,7}", there[2])] if there else []
    corner = (_begin(layout, box), _ASIDE, max(cell[0] - 1, 0), 10)
    across, down = _WIDTH, box.height
    if len(numbers) == 8 and numbers[0] < LAST_COLUMN and numbers[2] < LAST_ROW:
        left, dx, top, dy, right, dx2, bottom, dy2 = numbers
        corner = (left, dx, top, dy)
        right, bottom = min(right, left + _FARTHEST), min(bottom, top + _FARTHEST)
        old_width = sum(layout.widths[left:right]) - dx + dx2
        old_height = sum(layout.height(row) for row in range(top, bottom)) - dy + dy2
        across, down = max(across, old_width), max(down, old_height)
    anchor = _listed(_reaching(layout, corner, across, down)).encode()
    if there:
        inner = inner[: there.start(2)] + anchor + inner[there.end(2) :]
    else:
        inner += b"<%sAnchor>%s</%sAnchor>" % (found[1], anchor, found[1])
    begin, end = found.start(2) - found.start(), found.end(2) - found.start()
    return found[0][:begin] + inner + found[0][end:]


def _begin(layout: Layout, box: Box) -> int:
    """Return the column in which a box begins: beside its cell, if there is room to be seen."""
    left = min(box.edge + 1, LAST_COLUMN - 1)
    room = sum(layout.widths[left : left + _FARTHEST])
    for _ in range(_FARTHEST):
        if room >= _WIDTH + _ASIDE or not left:
            break
        left -= 1
        room += layout.widths[left]
    return left


def _reaching(
    layout: Layout, corner: tuple[int, int, int, int], across: int, down: int
) -> Sequence[int]:
    """Return the corners of a box of some size in pixels: cell and way into it, twice."""
    left, dx, top, dy = corner
    right, rest = left, dx + across
    while rest > layout.widths[right] and right < min(left + _FARTHEST, LAST_COLUMN - 1):
        rest -= layout.widths[right]
        right += 1
    bottom, under = top, dy + down
    while under > layout.height(bottom) and bottom < min(top + _FARTHEST, LAST_ROW - 1):
        under -= layout.height(bottom)
        bottom += 1
    rest, under = min(rest, layout.widths[right]), min(under, layout.height(bottom))
    return left, dx, top, dy, right, rest, bottom, under


def _listed(anchor: Sequence[int]) -> str:
    return ", ".join(map(str, anchor))


def _cell_of(inner: bytes) -> Cell | None:
    row, column = (pattern.search(inner) for pattern in _PLACE)
    return (int(row[1]), int(column[1])) if row and column else None
