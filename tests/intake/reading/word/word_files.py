"""Small Word files, written as raw XML, and what is read from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from steelyard.intake.reading.document import Document, Paragraph, Table
from steelyard.intake.reading.word.names import STRICT_W, W
from steelyard.intake.reading.word.read_word import read_word

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, inside: str) -> str:
    return f"<w:{root} {NAMESPACES}>{inside}</w:{root}>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def parts_of(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a file: its body, and what is inside styles, numbering, footnotes."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
        f'<Relationship Id="r1" Type="{_MAIN}" Target="/word/document.xml"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    return files | {f"word/{kind}.xml": part(kind, inside) for kind, inside in others.items()}


def docx(body: str, **others: str) -> bytes:
    return packed(parts_of(body, **others))


def strict(body: str, **others: str) -> bytes:
    """The same as Strict Open XML."""
    files = parts_of(body, **others)
    return packed({name: str(text).replace(W, STRICT_W) for name, text in files.items()})


def read(body: str, **others: str) -> Document:
    return read_word("报告.docx", docx(body, **others))


def texts(document: Document) -> list[str]:
    return [block.words.text for block in document.blocks if isinstance(block, Paragraph)]


def lines(body: str, **others: str) -> list[str]:
    """The paragraphs of a body, as they are read."""
    return texts(read(body, **others))


def table(rows: str, **others: str) -> Table:
    return next(read(f"<w:tbl>{rows}</w:tbl>", **others).tables)


def run(text: str, properties: str = "") -> str:
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of a plain text."""
    looks = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{looks}{inside if inside.startswith('<') else run(inside)}</w:p>"


def root_of(body: str) -> etree._Element:
    return etree.fromstring(part("document", f"<w:body>{body}</w:body>"))
