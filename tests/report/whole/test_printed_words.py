"""What the Word report says is in its PDF, to the last comma."""

from __future__ import annotations

import io
import re
import shutil

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.report.whole.sample_report import sample

from steelyard.report.pdf.writer import Printed, pdf_by_office
from steelyard.report.word.writer import word_file


@pytest.fixture(scope="module")
def printed() -> Printed:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    document = sample()[1].document
    return pdf_by_office(lambda pages: word_file(document, pages=pages), document)


class TestTheSampleInPrint:
    def test_takes_two_conversions_and_its_pages_stand_still(self, printed: Printed) -> None:
        assert printed.conversions == 2
        assert printed.restless == ()

    def test_has_every_line_of_the_body(self, printed: Printed) -> None:
        """A line that spans two pages has the number of the page in it: that is taken out."""
        pages = pypdfium2.PdfDocument(printed.pdf)
        whole = "".join(page.get_textpage().get_text_bounded() for page in pages)
        whole = re.sub(r"—\s*\d+\s*—|\s", "", whole)
        body = docx.Document(io.BytesIO(printed.docx)).element.body
        lost = []
        for paragraph in body.iterchildren(qn("w:p")):
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            text = re.sub(r"\s", "", text)
            if text and text not in whole:
                lost.append(text)
        assert lost == []
