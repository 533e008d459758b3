"""Cell styles added to those of a workbook (样式): none of the sender's is changed.

A marked cell gets a twin of its style with a coloured ground, so that numbers,
borders and alignment stay as they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.intake.reading.sheets.sheet import FEWER, Unusable
from steelyard.intake.returned.marks import Kind
from steelyard.intake.returned.spliced import (
    DECLARATION,
    Gauge,
    Node,
    Splices,
    outline,
    with_attributes,
)

GROUNDS = {Kind.MISTAKE: "FFFFB3B3", Kind.QUESTION: "FFFFF2A8"}
"""Grounds of marked cells, on which dark letters are easily read."""

DARK_RED = "FF9C0006"
FONT = "宋体"

_MOST_STYLES = 64_000
"""Excel opens no workbook with more."""

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_FIRST = {
    "fonts": (f'<font><sz val="11"/><name val="{FONT}"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
"""What every list begins with: programs take these for granted, whatever stands there."""

_LIGHTEST = 160
_WHITE_OF_PALETTE, _WHITE_OF_THEME = ("1", "9"), ("0", "2")
_OPENING = re.compile(r"(</?)(?=[a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of ours looks (外观)."""

    bold: bool = False
    underlined: bool = False
    size: int = 11
    colour: str = "FF000000"
    ground: str = ""
    boxed: bool = False
    wrapped: bool = False
    across: str = "left"
    down: str = "center"


class Styles:
    """The styles of a workbook, to which some are added (样式表)."""

    def __init__(self, content: bytes, gauge: Gauge) -> None:
        """Read the styles.

        Raises:
            Unusable: They are damaged, or too many.
        """
        self._content = content
        self._root = outline(content, gauge, levels=4)
        if self._root.tag != "styleSheet":
            raise Unusable("其中的样式表已经损坏")
        self._prefix = self._root.prefix
        self._lists = {tag: self._list(tag) for tag in _FIRST}
        self._added = {
            tag: [self._ours(each) for each in first[len(self._lists[tag]) :]]
            for tag, first in _FIRST.items()
        }
        self._marked: dict[tuple[int, Kind], int] = {}
        self._looks: dict[Look, int] = {}
        self._kept: dict[tuple[str, bytes], int] = {}

    def marked(self, base: int, kind: Kind) -> int:
        """Return the style like another on the ground of a kind of mark."""
        if (base, kind) not in self._marked:
            known = self._lists["cellXfs"]
            node = known[base] if base < len(known) else known[0] if known else None
            raw = self._raw(node) if node else self._added["cellXfs"][0]
            at = node.inside - node.start if node else len(raw)
            changes: dict[str, str | None] = {
                "fillId": str(self._fill(GROUNDS[kind])),
                "applyFill": "1",
            }
            font = (node.attributes.get("fontId", "0") if node else "0")[:8]
            dark = self._dark_font(int(font) if font.isdecimal() else 0)
            if dark is not None:
                changes |= {"fontId": str(dark), "applyFont": "1"}
            self._marked[base, kind] = self._add("cellXfs", _retagged(raw, at, changes))
        return self._marked[base, kind]

    def look(self, look: Look) -> int:
        """Return the style of a look."""
        if look not in self._looks:
            font = (
                f"<font>{'<b/>' if look.bold else ''}{'<u/>' if look.underlined else ''}"
                f'<sz val="{look.size}"/><color rgb="{look.colour}"/>'
                f'<name val="{FONT}"/><family val="3"/><charset val="134"/></font>'
            )
            line = '{} style="thin"><color rgb="FFA6A6A6"/></{}>'
            sides = "".join(
                f"<{line.format(side, side)}" for side in ("left", "right", "top", "bottom")
            )
            border = f"<border>{sides}<diagonal/></border>"
            numbers = {
                # Letters stay letters when somebody types into the cell.
                "numFmtId": "49",
                "fontId": str(self._keep("fonts", self._ours(font))),
                "fillId": str(self._fill(look.ground)) if look.ground else "0",
                "borderId": str(self._keep("borders", self._ours(border))) if look.boxed else "0",
            }
            said = " ".join(f'{name}="{number}"' for name, number in numbers.items())
            applied = ("NumberFormat", "Font", "Fill", "Border", "Alignment")
            said += "".join(f' apply{each}="1"' for each in applied)
            wrap = ' wrapText="1"' if look.wrapped else ""
            place = f'<alignment horizontal="{look.across}" vertical="{look.down}"{wrap}/>'
            self._looks[look] = self._add("cellXfs", self._ours(f"<xf {said}>{place}</xf>"))
        return self._looks[look]

    def saved(self) -> bytes:
        """Return the part with what was added."""
        splices = Splices()
        missing: dict[str, bytes] = {}
        for tag, added in self._added.items():
            if not added:
                continue
            new = b"".join(added)
            node = self._root.child(tag)
            count = str(len(self._lists[tag]) + len(added))
            if node is not None:
                splices.append(self._content, node, new, count=count)
            else:
                name = f"{self._prefix}{tag}"
                missing[tag] = f'<{name} count="{count}">'.encode() + new + f"</{name}>".encode()
        # Lists that come after the same one are put in at one place, in their order.
        for tag, block in missing.items():
            before = [self._root.child(each) for each in _ORDER[: _ORDER.index(tag)]]
            ends = [node.end for node in before if node is not None]
            if ends:
                splices.put(max(ends), block)
            elif self._root.closed:
                everything = b"".join(missing.values())
                splices.append(self._content, self._root, everything)
                break
            else:
                splices.put(self._root.inside, block)
        return splices.applied(self._content)

    # ------------------------------------------------------------------ adding

    def _list(self, tag: str) -> list[Node]:
        node = self._root.child(tag)
        return list(node.all(tag[:-1] if tag != "cellXfs" else "xf")) if node else []

    def _raw(self, node: Node) -> bytes:
        return self._content[node.start : node.end]

    def _ours(self, xml: str) -> bytes:
        return _OPENING.sub(rf"\g<1>{self._prefix}", xml).encode()

    def _add(self, tag: str, raw: bytes) -> int:
        number = len(self._lists[tag]) + len(self._added[tag])
        if number >= _MOST_STYLES:
            raise Unusable("单元格样式过多", FEWER)
        self._added[tag].append(raw)
        return number

    def _keep(self, tag: str, raw: bytes) -> int:
        """Add something that several styles share, once."""
        if (tag, raw) not in self._kept:
            self._kept[tag, raw] = self._add(tag, raw)
        return self._kept[tag, raw]

    def _fill(self, colour: str) -> int:
        fill = (
            f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/>'
            '<bgColor indexed="64"/></patternFill></fill>'
        )
        return self._keep("fills", self._ours(fill))

    def _dark_font(self, number: int) -> int | None:
        """Return a dark twin of a font in light colour, None for any other.

        White letters, as of a heading on blue, could not be read on our ground.
        """
        fonts = self._lists["fonts"]
        node = fonts[number] if number < len(fonts) else None
        colour = node.child("color") if node else None
        if node is None or colour is None or not _is_light(colour):
            return None
        new = self._ours(f'<color rgb="{DARK_RED}"/>')
        raw = self._content[node.start : colour.start] + new
        return self._keep("fonts", raw + self._content[colour.end : node.end])


def empty_styles(space: str) -> bytes:
    """Return the styles of a workbook that has none."""
    usual = (
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles>"
    )
    return DECLARATION + f'<styleSheet xmlns="{space}">{usual}</styleSheet>'.encode()


def _retagged(raw: bytes, at: int, changes: dict[str, str | None]) -> bytes:
    return with_attributes(raw[:at], changes) + raw[at:]


def _is_light(colour: Node) -> bool:
    said = colour.attributes
    rgb = said.get("rgb", "")[-6:]
    if re.fullmatch("[0-9A-Fa-f]{6}", rgb):
        red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
        return 299 * red + 587 * green + 114 * blue > 1000 * _LIGHTEST
    return said.get("theme") in _WHITE_OF_THEME or said.get("indexed") in _WHITE_OF_PALETTE
