"""The table of contents (目录): a whole field with all its entries.

Page numbers come from a finished PDF; until then an entry has none. It stays a
field, so that Word can count again with the fonts that it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.report.model.blocks import Block, Contents, Document, Heading
from steelyard.report.word.bookmarks import Places
from steelyard.report.word.markup import (
    END_FIELD,
    begin_field,
    complex_field,
    escaped,
    paragraph,
    words,
)
from steelyard.report.word.styles import Styles

TITLE = "目　录"
"""Printed where no heading stands before the table of contents."""


def own_title(blocks: tuple[Block, ...], place: int) -> bool:
    """Tell whether the block at a place is the title of the table of contents.

    Such a heading is not listed in what it names.
    """
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return isinstance(block, Heading) and isinstance(after, Contents)


def listed(document: Document, levels: int) -> Iterator[Heading]:
    """Yield the headings of a table of contents."""
    for section in document.sections:
        for place, block in enumerate(section.blocks):
            if (
                isinstance(block, Heading)
                and block.level <= levels
                and not own_title(section.blocks, place)
            ):
                yield block


def entries(
    headings: tuple[Heading, ...],
    *,
    levels: int,
    places: Places,
    styles: Styles,
    width: int,
    pages: Mapping[str, int],
) -> str:
    """Return the field of a table of contents.

    Args:
        headings: What is listed, in order.
        levels: How many levels Word lists when it counts again.
        places: Knows the bookmarks of the headings.
        styles: Gives the ids of the styles.
        width: Of the type area, in twips; page numbers end there.
        pages: The printed page number for each anchor; may lack any.
    """
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    shown = []
    for place, heading in enumerate(headings):
        name = places.headings[heading.anchor]
        page = pages.get(heading.anchor)
        number = complex_field(f"PAGEREF {name} \\h", "" if page is None else words(str(page)))
        link = (
            f'<w:hyperlink w:anchor="{escaped(name)}" w:history="1">'
            f"{words(heading.text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>"
        )
        begin = begin_field(f'TOC \\o "1-{levels}" \\h \\z \\u') if place == 0 else ""
        end = END_FIELD if place == len(headings) - 1 else ""
        shown.append(paragraph(styles[f"TOC{min(heading.level, 3)}"], begin + link + end, tabs))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{''.join(shown)}"
        "</w:sdtContent></w:sdt>"
    )
