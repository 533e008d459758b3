"""The report as a Word file (Word 报告): one block after the other.

Looks are decided here and in the modules beside; content never is. The same
document always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from steelyard.report.model.blocks import Document
from steelyard.report.word.body import Body
from steelyard.report.word.markup import NAMESPACES, legal
from steelyard.report.word.package import day, saved
from steelyard.report.word.paper import empty_footer, page_number_footer
from steelyard.report.word.record import attach
from steelyard.report.word.styles import Styles
from steelyard.report.word.template import Ground, ground

_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(
    document: Document,
    *,
    template: bytes | None = None,
    pages: Mapping[str, int] | None = None,
) -> bytes:
    """Return a report as the bytes of a .docx.

    Args:
        document: What is printed.
        template: A .docx whose styles, paper, header and footer are used.
        pages: The printed page number for the anchor of each heading, known from
            a finished PDF; without it the table of contents shows none.

    Returns:
        Always the same bytes for the same arguments.

    Raises:
        BadTemplate: The template is no .docx, has macros, is encrypted or too
            large.
        ValueError: The cells of a table do not fill its grid.
    """
    base = ground(template)
    styles = Styles(base.document.styles.element)
    numbered, blank_pages = _footers(base, styles)
    body = Body(
        document,
        base=base,
        styles=styles,
        pages=pages or {},
        numbered=numbered,
        unnumbered=blank_pages,
    )
    written = parse_xml(f"<w:body {NAMESPACES}>{body.markup()}</w:body>".encode())
    place = base.document.element.body
    for child in list(place):
        place.remove(child)
    for child in list(written):
        place.append(child)
    attach(body.record.as_json(), base.document.part, base.document.part.package)
    _about(base.document, document)
    return saved(base.document)


def _footers(base: Ground, styles: Styles) -> tuple[str, str]:
    """Return the references of sections with page numbers and of those without."""
    style = styles["Footer"]
    empty = _footer(base.document, empty_footer(style))
    without = "".join(
        f'<w:footerReference w:type="{kind}" r:id="{empty}"/>' for kind in ("default", "even")
    )
    if base.footers:
        return base.headers + base.footers, base.headers + without
    base.document.settings.odd_and_even_pages_header_footer = True
    odd = _footer(base.document, page_number_footer(style, even=False))
    even = _footer(base.document, page_number_footer(style, even=True))
    with_number = (
        f'<w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/>'
    )
    return base.headers + with_number, base.headers + without


def _footer(document: WordDocument, content: str) -> str:
    package = document.part.package
    name = package.next_partname("/word/footer%d.xml")
    return document.part.relate_to(
        Part(PackURI(name), _FOOTER, content.encode(), package), f"{_OFFICE}/footer"
    )


def _about(word: WordDocument, document: Document) -> None:
    """Fill the core properties: from the report, never from the clock."""
    about = word.core_properties
    about.title = legal(document.title)[:255]
    about.author = legal(document.author)[:255]
    about.last_modified_by = about.author
    about.created = about.modified = day(document.date)
    about.revision = 1
