"""Paper and sections (纸张, 节): margins, turning, page numbers.

GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm; the page number stands
outside, below the type area.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from steelyard.report.word.markup import DECLARATION, NAMESPACES

MM = 1440 * 10
"""Twips in 254 mm: lengths are counted in whole twips."""


def twips(millimetres: int) -> int:
    """Return the nearest number of twips.

    >>> twips(210)
    11906
    """
    return (millimetres * MM + 127) // 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet and its margins (版面), in twips."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    gutter: int = 0

    @property
    def text_width(self) -> int:
        """The width of the type area."""
        return self.width - self.left - self.right - self.gutter

    @property
    def text_height(self) -> int:
        """The height of the type area."""
        return self.height - self.top - self.bottom

    def turned(self) -> Paper:
        """Return the sheet lying: what was the binding side is at the top."""
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=self.left,
            right=self.top,
            bottom=self.right,
            left=self.bottom,
            header=min(self.header, self.left // 2),
            # The number stays between the type area and the edge.
            footer=min(self.footer, max(self.right - twips(12), twips(8))),
        )


OFFICIAL = Paper(
    width=twips(210),
    height=twips(297),
    top=twips(37),
    right=twips(26),
    bottom=twips(35),
    left=twips(28),
    header=twips(15),
    footer=twips(23),
)
"""GB/T 9704-2012, 5.2 and 7.2."""


def section_properties(
    paper: Paper, *, references: str, restart: bool, landscape: bool, first: bool
) -> str:
    """Return the properties of a section.

    Args:
        paper: As it lies.
        references: To its headers and footers; without them a section takes
            those of the section before.
        restart: Whether its pages are counted from 1.
        landscape: Whether it is turned.
        first: Whether it is the first of the document.
    """
    turned = ' w:orient="landscape"' if landscape else ""
    kind = "" if first else '<w:type w:val="nextPage"/>'
    count = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        f"<w:sectPr>{references}{kind}"
        f'<w:pgSz w:w="{paper.width}" w:h="{paper.height}"{turned}/>'
        f'<w:pgMar w:top="{paper.top}" w:right="{paper.right}" w:bottom="{paper.bottom}"'
        f' w:left="{paper.left}" w:header="{paper.header}" w:footer="{paper.footer}"'
        f' w:gutter="{paper.gutter}"/>{count}<w:cols w:space="425"/></w:sectPr>'
    )


def page_number_footer(style: str, *, even: bool) -> str:
    """Return a footer with “— 1 —”: right on odd pages, left on even ones."""
    # One character of room outside: 4号 is 14 points.
    indent = (
        '<w:ind w:leftChars="0" w:left="280"/><w:jc w:val="left"/>'
        if even
        else '<w:ind w:rightChars="0" w:right="280"/><w:jc w:val="right"/>'
    )
    # The digits are those of 宋体; this much is said here, for any template.
    shape = (
        '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:hint="eastAsia"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    )

    def run(inner: str) -> str:
        return f"<w:r>{shape}{inner}</w:r>"

    number = "".join(
        (
            run('<w:fldChar w:fldCharType="begin"/>'),
            run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            run('<w:fldChar w:fldCharType="separate"/>'),
            run("<w:t>1</w:t>"),
            run('<w:fldChar w:fldCharType="end"/>'),
        )
    )
    dash = run('<w:t xml:space="preserve">— </w:t>')
    close = run('<w:t xml:space="preserve"> —</w:t>')
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/>{indent}'
        f"</w:pPr>{dash}{number}{close}</w:p></w:ftr>"
    )


def empty_footer(style: str) -> str:
    """Return a footer with nothing in it, for pages without number."""
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
        "</w:ftr>"
    )
