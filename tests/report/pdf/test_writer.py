"""The PDF by way of the Word file: two rounds, and page numbers that are true."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.report.pdf.hostile import HOSTILE, hostile_document
from tests.report.pdf.paper import Sheet, bare, sheets, words_of
from tests.report.sample_document import sample_document

from steelyard.report.model.blocks import Document, Heading, Section
from steelyard.report.model.runs import Text
from steelyard.report.pdf.pages import HeadingsDiffer, heading_pages, moved
from steelyard.report.pdf.typeset import pdf_by_typst
from steelyard.report.pdf.writer import Printed, pdf_by_office
from steelyard.report.word.writer import word_file

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice is not installed",
)


def printed_of(document: Document) -> Printed:
    """The document, printed through LibreOffice."""

    def builder(pages: Mapping[str, int] | None) -> bytes:
        return word_file(document, pages=pages)

    return pdf_by_office(builder, document)


@pytest.fixture(scope="module")
def printed() -> Printed:
    return printed_of(sample_document())


@pytest.fixture(scope="module")
def paper(printed: Printed) -> list[Sheet]:
    return sheets(printed.pdf)


@needs_office
class TestThePrintedReport:
    def test_takes_two_conversions(self, printed: Printed) -> None:
        assert printed.conversions == 2
        assert printed.restless == ()
        assert printed.docx == word_file(sample_document(), pages=printed.pages)

    def test_holds_every_word_of_every_block(self, paper: list[Sheet]) -> None:
        text = "".join(sheet.text for sheet in paper)
        assert [words for words in words_of(sample_document()) if words not in text] == []

    def test_is_on_official_paper(self, paper: list[Sheet]) -> None:
        turned = [sheet for sheet in paper if (sheet.width, sheet.height) == (842, 595)]
        assert len(turned) == 1
        assert {(s.width, s.height) for s in paper} == {(842, 595), (595, 842)}

    def test_counts_its_pages_from_the_body_odd_right_even_left(self, paper: list[Sheet]) -> None:
        assert [sheet.number for sheet in paper] == [None] * 3 + list(range(1, len(paper) - 2))
        sides = ["right" if sheet.number % 2 else "left" for sheet in paper if sheet.number]
        assert [sheet.number_at for sheet in paper if sheet.number] == sides

    def test_has_the_real_pages_in_its_contents(self, printed: Printed, paper: list[Sheet]) -> None:
        contents = next(sheet for sheet in paper if sheet.text.startswith("目录")).text
        for block in sample_document().blocks():
            if isinstance(block, Heading) and block.anchor != "摘要":
                page = printed.pages[block.anchor]
                after = contents.split(bare(block.text))[1].lstrip(".…·")
                assert after.startswith(str(page))
                assert bare(block.text) in next(s for s in paper if s.number == page).text

    def test_says_which_fonts_stand_in(self, printed: Printed) -> None:
        wanted = {use.wanted for use in printed.fonts}
        assert {"仿宋_GB2312", "黑体", "Times New Roman"} <= wanted
        assert "zh-CN" not in wanted
        for use in printed.fonts:
            assert not use.replaced or f"{use.wanted} → {use.used}（本机未安装）" in printed.notes

    def test_holds_hostile_words_as_written(self) -> None:
        text = "".join(sheet.text for sheet in sheets(printed_of(hostile_document()).pdf))
        assert [words for words in HOSTILE if bare(words) not in text] == []


class TestRounds:
    def numbers(self, *rounds: int) -> Printed:
        """A report whose heading is on these pages, one round after the other."""
        document = Document(
            title="",
            author="",
            date="",
            sections=(
                Section(blocks=(Heading(level=1, runs=(Text("一"),), anchor="h"),), restart=True),
            ),
        )
        left = list(rounds)
        with pytest.MonkeyPatch.context() as patch:
            module = "steelyard.report.pdf.writer"
            patch.setattr(f"{module}.pdf_from_word", lambda *_, **__: b"")
            patch.setattr(f"{module}.heading_pages", lambda *_: {"h": left.pop(0)})
            patch.setattr(f"{module}.fonts_wanted", lambda _: ())
            patch.setattr(f"{module}.fonts_of", lambda _: ())
            return pdf_by_office(
                lambda pages: repr(pages).encode(), document, office=Path("office")
            )

    def test_end_when_the_numbers_are_true(self) -> None:
        printed = self.numbers(3, 3)
        assert (printed.docx, printed.conversions, printed.notes) == (b"{'h': 3}", 2, ())

    def test_go_on_once_when_the_numbers_moved_the_text(self) -> None:
        printed = self.numbers(3, 4, 4)
        assert (printed.docx, printed.conversions, printed.notes) == (b"{'h': 4}", 3, ())

    def test_say_when_the_text_never_rests(self) -> None:
        printed = self.numbers(3, 4, 3)
        assert printed.restless == ("h",)
        assert "有1个标题的页码与实际不符" in printed.notes[0]


class TestPagesOfHeadings:
    def test_refuse_an_outline_that_names_others(self) -> None:
        pdf = pdf_by_typst(sample_document()).pdf
        with pytest.raises(HeadingsDiffer, match=r"第1条是“摘要”.*标题是“#panic"):
            heading_pages(pdf, hostile_document())

    def test_are_counted_where_no_number_is_printed(self) -> None:
        document = sample_document()
        pdf = pdf_by_typst(document).pdf
        numbered = [
            Section(blocks=each.blocks, landscape=each.landscape) for each in document.sections
        ]
        claimed = Document(title="", author="", date="", sections=tuple(numbered))
        assert heading_pages(pdf, claimed)["摘要"] == 1

    @pytest.mark.parametrize("foot", ["诚信会计师事务所 · 机密", "第{PAGE}页 共{NUMPAGES}页"])
    def test_are_found_with_a_house_footer(self, foot: str) -> None:
        document = sample_document()
        template = _house(foot)
        printed = pdf_by_office(
            lambda pages: word_file(document, template=template, pages=pages), document
        )
        assert printed.pages["h1"] == 1
        assert printed.pages["附件:1"] > printed.pages["h4"] >= 2

    def test_are_compared_heading_by_heading(self) -> None:
        assert moved({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ("b", "c")


def _house(foot: str) -> bytes:
    """A template with a footer of its own; {PAGE} and {NUMPAGES} are fields."""
    document = docx.Document()
    paragraph = document.sections[0].footer.paragraphs[0]
    for part in re.split(r"[{}]", foot):
        run = paragraph.add_run()
        if part in ("PAGE", "NUMPAGES"):
            for kind in ("begin", "separate", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                if kind == "separate":
                    code = OxmlElement("w:instrText")
                    code.text = part
                    run._r.append(code)  # noqa: SLF001 - python-docx has no fields
                run._r.append(mark)  # noqa: SLF001 - as above
        else:
            run.text = part
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
