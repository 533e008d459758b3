"""The package of a Word file (文件包): opened from a template, saved as bytes.

The same parts always give the same bytes: no clock, no chance.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.opc.part import Part

from steelyard.report.word.markup import DECLARATION, NAMESPACES

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?|(\d{4})-(\d\d)-(\d\d)")


def _relationships(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>'


_COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
    f' w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
    )
)

_BLANK = {
    "[Content_Types].xml": (
        f'{DECLARATION}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>'
    ),
    "_rels/.rels": _relationships(
        (f"{_OFFICE}/officeDocument", "word/document.xml"),
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
    ),
    "word/_rels/document.xml.rels": _relationships(
        (f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/settings", "settings.xml")
    ),
    "word/document.xml": (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body><w:sectPr/></w:body></w:document>"
    ),
    "word/styles.xml": (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        ' w:eastAsia="宋体" w:cs="Times New Roman"/><w:kern w:val="2"/><w:sz w:val="21"/>'
        '<w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults></w:styles>"
    ),
    "word/settings.xml": (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        '<w:defaultTabStop w:val="640"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:useFELayout/>{_COMPATIBILITY}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ),
    "docProps/core.xml": (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    ),
}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, content)
    return out.getvalue()


def blank() -> WordDocument:
    """Return a Word document with nothing in it, not even styles."""
    parts = {name: content.encode() for name, content in _BLANK.items()}
    return docx.Document(io.BytesIO(_packed(parts)))


def day(printed: str) -> datetime:
    """Return the day of a printed date, or a fixed one where none is printed.

    >>> day("2025年4月3日").date().isoformat()
    '2025-04-03'
    >>> day("待定").year
    2000
    """
    found = _DAY.search(printed)
    numbers = [int(each) for each in found.groups() if each] if found else [2000]
    year, month, date = (*numbers, 1, 1)[:3]
    try:
        return datetime(year, month, date)  # noqa: DTZ001  # core properties take naive times
    except ValueError:
        return datetime(2000, 1, 1)  # noqa: DTZ001  # as above


def saved(document: WordDocument) -> bytes:
    """Return a document as the bytes of a .docx, without the time of day."""
    package = document.part.package
    parts: list[Part] = list(package.iter_parts())
    types = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
        if not part.partname.endswith(".rels")
    )
    contents: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'{DECLARATION}<Types xmlns="{_TYPES}"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": package.rels.xml,
    }
    for part in parts:
        contents[part.partname.membername] = part.blob
        if len(part.rels):
            contents[part.partname.rels_uri.membername] = part.rels.xml
    return _packed(contents)
