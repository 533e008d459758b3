"""Writing a paper as a Word file: merged cells, captions, repeated header rows.

The package around the text is python-docx's own; the tables are written as
XML, since setting cells one by one takes a second a file.
"""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from tests.intake.mess.grid import Block, Cell, Grid, Paper

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_STAMP = (2024, 3, 1, 8, 0, 0)
_BY = 'w:id="{}" w:author="财务科" w:date="2024-03-01T08:00:00Z"'
_CLOSE = '<w:spacing w:before="20" w:after="20" w:line="260" w:lineRule="auto"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@cache
def _package() -> tuple[tuple[str, bytes], ...]:
    """Return the parts of an empty Word file."""
    target = BytesIO()
    docx.Document().save(target)
    with zipfile.ZipFile(target) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def write_docx(paper: Paper) -> bytes:
    """Write a paper as a Word file."""
    body: list[str] = []
    if paper.heading:
        body.append(_paragraph(paper.heading, centred=True, bold=True, size=36))
    blocks = [block for sheet in paper.sheets for band in sheet.blocks for block in band]
    for block in blocks:
        body += _block(block, repeated=paper.repeated_heads)
    across = any(block.wide for block in blocks)
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if across else 'w:w="11906" w:h="16838"'
    body.append(
        f'<w:sectPr><w:pgSz {size}/><w:pgMar w:top="1440" w:right="1200" w:bottom="1440"'
        ' w:left="1200" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:document {_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _package():
            part = text.encode() if name == "word/document.xml" else content
            archive.writestr(zipfile.ZipInfo(name, _STAMP), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _block(block: Block, *, repeated: bool) -> list[str]:
    """Return the XML of a table with what stands around it."""
    parts = [_paragraph(words) for words in block.prose]
    above: list[tuple[str, str]] = []
    if block.inside:
        above = [(block.title, "")] * bool(block.title)
        above += [(left, right) for left, right in block.lines]
    else:
        if block.title:
            parts.append(_paragraph(block.title, centred=True, bold=True, size=28))
        for left, right in block.lines:
            words = f"{left}　　　　　　{right}" if left and right else left or right
            parts.append(_paragraph(words, right=not left))
    parts.append(_table(block.grid, above, repeated=repeated))
    parts += [_paragraph(words) for words in block.notes]
    # Two tables without a paragraph between them become one.
    parts.append("<w:p/>")
    return parts


def _run(words: str, *, bold: bool = False, size: int = 21, tag: str = "t") -> str:
    shape = f'<w:rPr>{"<w:b/>" * bold}<w:sz w:val="{size}"/></w:rPr>'
    lines = [
        f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' for line in words.split("\n")
    ]
    return f"<w:r>{shape}{'<w:br/>'.join(lines)}</w:r>"


def _paragraph(
    words: str,
    *,
    centred: bool = False,
    right: bool = False,
    bold: bool = False,
    size: int = 21,
    deleted: str = "",
) -> str:
    side = "center" if centred else "right" if right else "left"
    runs = _run(words, bold=bold, size=size) if words else ""
    if deleted:
        gone = f"<w:del {_BY.format(1)}>{_run(deleted, size=size, tag='delText')}</w:del>"
        runs = f"{gone}<w:ins {_BY.format(2)}>{runs}</w:ins>"
    return f'<w:p><w:pPr>{_CLOSE}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _table(grid: Grid, above: list[tuple[str, str]], *, repeated: bool) -> str:
    width = max(13600 // max(grid.width, 1), 600)
    columns = f'<w:gridCol w:w="{width}"/>' * grid.width
    rows = [_line_row(left, right, grid.width) for left, right in above]
    held: dict[int, Cell] = {}
    left_over: dict[int, int] = {}
    for number, row in enumerate(grid.rows):
        cells: list[str] = []
        column = 0
        while column < grid.width:
            if left_over.get(column, 0):
                left_over[column] -= 1
                cells.append(_cell(held[column], merge="<w:vMerge/>", empty=True))
                column += held[column].columns
                continue
            cell = row.get(column, Cell())
            start = ""
            if cell.rows > 1:
                held[column], left_over[column] = cell, cell.rows - 1
                start = '<w:vMerge w:val="restart"/>'
            cells.append(_cell(cell, merge=start))
            column += cell.columns
        head = number < grid.heads and repeated
        shape = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
        rows.append(f"<w:tr>{shape}{''.join(cells)}</w:tr>")
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _line_row(left: str, right: str, width: int) -> str:
    """Return a row above the header: one merged cell, or two."""
    if left and right and width > 1:
        half = width // 2
        pair = (Cell(words=left, columns=half), Cell(words=right, columns=width - half))
        return f"<w:tr>{''.join(_cell(each) for each in pair)}</w:tr>"
    return f"<w:tr>{_cell(Cell(words=left or right, columns=width, centred=not right))}</w:tr>"


def _cell(cell: Cell, *, merge: str = "", empty: bool = False) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    words = _paragraph(
        "" if empty else cell.words,
        centred=cell.centred,
        bold=cell.bold,
        deleted="" if empty else cell.deleted,
    )
    return f"<w:tc><w:tcPr>{span}{merge}{fill}</w:tcPr>{words}</w:tc>"
