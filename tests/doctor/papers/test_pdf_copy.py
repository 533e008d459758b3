"""Highlights on the very characters, with their text."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.doctor.papers.made_examination import begun, ended, figure

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.papers.pdf_copy import pdf_copy
from steelyard.doctor.papers.summary import summary_of
from steelyard.intake.reading.pdf.read_pdf import read_pdf

LINE = "Spent 85 of a budget of 97 in the year, as the form says."


def pdf(text: str = LINE, page: str = "") -> bytes:
    """Return a PDF of one line at 100, 700 in a type whose letters are all 6 points wide."""
    content = f"BT /F 10 Tf 100 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>" + page.encode() + b">>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(raw)
    return raw + head + table + tail


@dataclass
class Highlight:
    box: tuple[float, float, float, float]
    text: str
    author: str


def said(annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def highlights(raw: bytes) -> list[Highlight]:
    found = []
    with pypdfium2.PdfDocument(raw) as file:
        page = file[0]
        for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_HIGHLIGHT:
                rect = pdfium.FS_RECTF()
                pdfium.FPDFAnnot_GetRect(annotation, rect)
                box = (rect.left, rect.bottom, rect.right, rect.top)
                found.append(Highlight(box, said(annotation, b"Contents"), said(annotation, b"T")))
            pdfium.FPDFPage_CloseAnnot(annotation)
        page.close()
    return found


def copied(original: bytes, text: str = "85") -> bytes:
    document = read_pdf("report.pdf", original)
    view, pen = begun([document])
    passage = view.passages[0]
    pen.find("R11", Severity.ERROR, "两处不同。", [place_of(passage, figure(passage, text))])
    return pdf_copy(original, document, summary_of(ended(view, pen)))


class TestAHighlight:
    @pytest.mark.parametrize(("text", "letters"), [("85", 6), ("97", 24)])
    def test_covers_the_very_characters(self, text: str, letters: int) -> None:
        (found,) = highlights(copied(pdf(), text))
        left, bottom, right, top = found.box
        assert left == pytest.approx(100 + 6 * letters, abs=1)
        assert right == pytest.approx(100 + 6 * (letters + 2), abs=1)
        assert 690 < bottom < 700 < top < 715

    def test_carries_the_finding_in_chinese(self) -> None:
        (found,) = highlights(copied(pdf()))
        assert found.text == "［错误］R11 同一数据（第1条）\n两处不同。"
        assert found.author == "Steelyard 体检"

    @pytest.mark.parametrize("page", ["/Rotate 90", "/Rotate 180", "/CropBox[50 300 500 800]"])
    def test_is_in_place_however_the_page_is_shown(self, page: str) -> None:
        (found,) = highlights(copied(pdf(page=page)))
        assert found.box[0] == pytest.approx(136, abs=1)
        assert found.box[3] == pytest.approx(708, abs=5)

    def test_finds_the_second_of_two_alike(self) -> None:
        original = pdf("Out of 85 families we met 85 in the year of the report.")
        document = read_pdf("report.pdf", original)
        view, pen = begun([document])
        passage = view.passages[0]
        second = [each for each in passage.figures if each.text == "85"][1]
        pen.find("R11", Severity.HINT, "两处相同。", [place_of(passage, second)])
        (found,) = highlights(pdf_copy(original, document, summary_of(ended(view, pen))))
        assert found.box[0] == pytest.approx(100 + 6 * 26, abs=1)


class TestTheCopy:
    def test_shows_the_highlight_when_it_is_drawn(self) -> None:
        with pypdfium2.PdfDocument(copied(pdf())) as file:
            picture = file[0].render(may_draw_forms=False)
            pixels = bytes(picture.buffer)
        assert any(
            pixels[at : at + 3] not in (b"\xff" * 3, b"\0" * 3) for at in range(0, len(pixels), 3)
        )

    def test_says_what_the_original_says(self) -> None:
        before, after = read_pdf("report.pdf", pdf()), read_pdf("report.pdf", copied(pdf()))
        assert before.blocks == after.blocks

    def test_has_no_highlight_when_nothing_was_found(self) -> None:
        document = read_pdf("report.pdf", pdf())
        view, pen = begun([document])
        assert not highlights(pdf_copy(pdf(), document, summary_of(ended(view, pen))))
