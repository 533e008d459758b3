"""A copy of a PDF with highlights at the places (PDF 批注副本).

A highlight carries its text, as viewers show it when one points at it. The
original is not touched, and what is printed on the pages stays as it was.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from steelyard.doctor.finding import Severity
from steelyard.doctor.papers.pdf_quads import Piece, pieces, quad
from steelyard.doctor.papers.sentences import MOST_NOTES, note
from steelyard.doctor.papers.summary import Noted, Summary
from steelyard.errors import SteelyardError
from steelyard.intake.reading.document import Box, Document
from steelyard.intake.reading.pdf.glyphs import written
from steelyard.intake.reading.pdf.opened import PDFIUM

AUTHOR = "Steelyard 体检"

_COLOURS = {
    Severity.ERROR: (255, 140, 130),
    Severity.QUESTION: (255, 214, 90),
    Severity.HINT: (150, 200, 255),
}
_OPAQUE = 255
_PRINTED = 4
"""The flag of an annotation that is printed with its page."""


class NotSaved(SteelyardError):
    """PDFium cannot write a copy of a file that it could read."""

    code = "doctor.copy-not-saved"

    def __init__(self, name: str) -> None:
        super().__init__(
            what="这份 PDF 写不出批注副本。",
            where=name,
            mend="请用 PDF 阅读软件另存一份再检查，或不加 --out。",
        )


Marked = tuple[Noted, str, list[Piece]]
"""A finding, its text, and the pieces of one of its places on one page."""


def pdf_copy(
    content: bytes,
    document: Document,
    summary: Summary,
    *,
    files: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> bytes:
    """Return a copy of a PDF with highlights at the places of the findings.

    What a finding is about in one paragraph or table row is one highlight; it has
    highlights in the first three of these, which say how many places there are.

    Args:
        content: The file that the document was read from.
        document: As it was read.
        summary: What was found.
        files: Whether several files were checked, so that places name theirs.
        progress: Told how many pages are done, of how many.

    Raises:
        NotSaved: The copy cannot be written.
    """
    by_page = _by_page(document, summary, files=files)
    with PDFIUM:
        file = pypdfium2.PdfDocument(content)
    try:
        for done, (number, marks) in enumerate(sorted(by_page.items()), start=1):
            with PDFIUM:
                _mark_page(file, number - 1, marks)
            progress(done, len(by_page))
        with PDFIUM:
            out = io.BytesIO()
            file.save(out)
    except pypdfium2.PdfiumError as error:
        raise NotSaved(document.name) from error
    finally:
        with PDFIUM:
            file.close()
    return out.getvalue()


def _by_page(document: Document, summary: Summary, *, files: bool) -> dict[int, list[Marked]]:
    found: dict[int, list[Marked]] = defaultdict(list)
    for noted in summary.findings:
        for together in noted.apart(document, MOST_NOTES):
            of_page: dict[int, list[Piece]] = defaultdict(list)
            for piece in (each for at in together for each in pieces(noted.places[at])):
                of_page[piece.page].append(piece)
            text = "\n".join(note(noted, together[0], files=files))
            for page, parts in of_page.items():
                found[page].append((noted, text, parts))
    return found


def _mark_page(file: Any, index: int, marks: Sequence[Marked]) -> None:
    page = pdfium.FPDF_LoadPage(file.raw, index)
    if not page:
        return
    try:
        layout = written(page)
        if layout is None:
            return
        for noted, text, parts in marks:
            boxes = [quad(piece, layout) for piece in parts]
            _highlight(page, boxes, _COLOURS[noted.finding.severity], text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _highlight(page: Any, boxes: Sequence[Box], colour: tuple[int, int, int], text: str) -> None:
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        return
    try:
        around = (
            min(box[0] for box in boxes),
            max(box[3] for box in boxes),
            max(box[2] for box in boxes),
            min(box[1] for box in boxes),
        )
        pdfium.FPDFAnnot_SetRect(annotation, ctypes.byref(pdfium.FS_RECTF(*around)))
        for left, bottom, right, top in boxes:
            points = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.byref(points))
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, _OPAQUE)
        pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
        _say(annotation, b"T", AUTHOR)
        _say(annotation, b"Contents", text)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _say(annotation: Any, key: bytes, text: str) -> None:
    raw = (text + "\0").encode("utf-16-le", "replace")
    buffer = ctypes.create_string_buffer(raw, len(raw))
    pdfium.FPDFAnnot_SetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    )
