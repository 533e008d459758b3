"""Pieces of WordprocessingML as text (标记): names, escaping, runs, paragraphs.

Body XML is built as strings and parsed once: that is many times quicker than
building elements. The order of children is the order of the standard; Word
refuses other orders without saying where.
"""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:c="{C}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Word sets these in the Latin font unless it is told that they are Chinese.
_BETWEEN_SCRIPTS = re.compile("[“”‘’—…·×÷±°§‰①-⑳Ⅰ-Ⅻ]")
_CONTROLS = re.compile("([\t\n])")
_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}

NO_INDENT = (
    '<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0"'
    ' w:firstLineChars="0" w:firstLine="0"/>'
)


def legal(text: str) -> str:
    """Return a text without the characters that XML cannot hold.

    >>> legal("a" + chr(1) + "b")
    'ab'
    """
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Return a text as it stands in XML, in an attribute as well.

    >>> escaped('人<&>"')
    '人&lt;&amp;&gt;&quot;'
    """
    text = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def look(text: str, *, strong: bool = False, size: int = 0, highlight: bool = False) -> str:
    """Return the properties of a run, or nothing when the style says it all."""
    return "".join(
        (
            '<w:rFonts w:hint="eastAsia"/>' if _BETWEEN_SCRIPTS.search(text) else "",
            "<w:b/><w:bCs/>" if strong else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
            '<w:highlight w:val="yellow"/>' if highlight else "",
        )
    )


def run(text: str, properties: str = "") -> str:
    """Return a run; tabs and new lines become their marks."""
    if not text:
        return ""
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = (
        _MARKS.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>'
        for piece in _CONTROLS.split(legal(text))
        if piece
    )
    return f"<w:r>{shape}{''.join(pieces)}</w:r>"


def words(text: str, *, strong: bool = False, size: int = 0) -> str:
    """Return words as a run with the looks that they need."""
    return run(text, look(text, strong=strong, size=size))


def complex_field(instruction: str, shown: str) -> str:
    r"""Return a field with its stored result, so that nothing need be updated.

    Args:
        instruction: ``REF _Ref00001 \h``.
        shown: Runs of the result; may be empty.
    """
    return begin_field(instruction) + shown + END_FIELD


def begin_field(instruction: str) -> str:
    """Return a field up to where its result begins."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """Return a paragraph; properties follow the style in the standard's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'
