"""Small Word files, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

COMMENTS = "word/comments.xml"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def word_file(body: str, parts: Mapping[str, str] | None = None, space: str = W) -> bytes:
    """Return a .docx.

    Args:
        body: Paragraphs and tables, as XML.
        parts: Kinds of further parts, as footnotes or comments, with what stands
            in their root.
        space: The namespace of Word.
    """
    others = parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        types = "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
            for kind in others
        )
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"'
            ' ContentType="application/xml"/><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
            f"{types}</Types>",
        )
        package.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        targets = {kind: f"{kind}.xml" for kind in others}
        package.writestr("word/_rels/document.xml.rels", _relations(targets))
        names = f'xmlns:w="{space}" xmlns:wp="urn:drawing"'
        document = f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>"
        package.writestr("word/document.xml", document)
        for kind, inside in others.items():
            package.writestr(f"word/{kind}.xml", f"<w:{kind} {names}>{inside}</w:{kind}>")
        package.writestr("docProps/custom.bin", b"\0\1 as it was")
    return out.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
