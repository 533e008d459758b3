"""The PDF set by Typst: every word as written, on official paper."""

from __future__ import annotations

import pytest
import typst
from tests.report.pdf.hostile import EMOJI, HOSTILE, LONG, hostile_document
from tests.report.pdf.paper import Sheet, bare, sheets, words_of
from tests.report.sample_document import sample_document

from steelyard.report.model.blocks import Heading
from steelyard.report.pdf.faces import FACES
from steelyard.report.pdf.pages import page_count
from steelyard.report.pdf.typeset import NoChineseFont, Typeset, TypesetFailed, pdf_by_typst


@pytest.fixture(scope="module")
def typeset() -> Typeset:
    return pdf_by_typst(sample_document())


@pytest.fixture(scope="module")
def paper(typeset: Typeset) -> list[Sheet]:
    return sheets(typeset.pdf)


class TestTheTypesetReport:
    def test_holds_every_word_of_every_block(self, paper: list[Sheet]) -> None:
        text = "".join(sheet.text for sheet in paper)
        assert [words for words in words_of(sample_document()) if words not in text] == []

    def test_is_on_official_paper(self, typeset: Typeset, paper: list[Sheet]) -> None:
        assert page_count(typeset.pdf) == len(paper) > 10
        turned = [sheet for sheet in paper if (sheet.width, sheet.height) == (842, 595)]
        assert len(turned) == 1
        assert bare("附件1：指标体系") in turned[0].text
        assert {(s.width, s.height) for s in paper} == {(842, 595), (595, 842)}

    def test_counts_its_pages_from_the_body_odd_right_even_left(self, paper: list[Sheet]) -> None:
        assert [sheet.number for sheet in paper] == [None] * 3 + list(range(1, len(paper) - 2))
        sides = ["right" if sheet.number % 2 else "left" for sheet in paper if sheet.number]
        assert [sheet.number_at for sheet in paper if sheet.number] == sides

    def test_has_the_real_pages_in_its_contents(self, typeset: Typeset, paper: list[Sheet]) -> None:
        contents = next(sheet for sheet in paper if sheet.text.startswith("目录"))
        for block in sample_document().blocks():
            if isinstance(block, Heading) and block.anchor != "摘要":
                page = typeset.pages[block.anchor]
                assert f"{page}" in contents.text.split(bare(block.text))[1][:200]
                assert bare(block.text) in next(s for s in paper if s.number == page).text

    def test_repeats_the_head_of_a_long_table(self, paper: list[Sheet]) -> None:
        assert sum("年初全年" in sheet.text for sheet in paper) > 5

    def test_is_the_same_each_time(self, typeset: Typeset) -> None:
        assert pdf_by_typst(sample_document()).pdf == typeset.pdf

    def test_says_which_fonts_stand_in(self, typeset: Typeset) -> None:
        assert {use.wanted for use in typeset.fonts} == {face.names[0] for face in FACES}
        assert all(use.used for use in typeset.fonts)
        for use, note in zip((u for u in typeset.fonts if u.replaced), typeset.notes, strict=True):
            assert note == f"{use.wanted} → {use.used}（本机未安装）"


class TestHostileWords:
    def test_come_out_as_written(self) -> None:
        text = "".join(sheet.text for sheet in sheets(pdf_by_typst(hostile_document()).pdf))
        for words in (*HOSTILE, LONG, "去处"):
            assert bare(words) in text
        assert EMOJI[:2] in text

    def test_do_not_run_off_the_paper(self) -> None:
        for sheet in sheets(pdf_by_typst(hostile_document()).pdf):
            assert sheet.inside == sheet.text


class TestAMachine:
    def test_without_chinese_fonts_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Bare:
            def families(self) -> list[str]:
                return ["DejaVu Sans"]

        monkeypatch.setattr(typst, "Fonts", Bare)
        with pytest.raises(NoChineseFont, match="没有可用的中文字体"):
            pdf_by_typst(sample_document())

    def test_whose_typst_refuses_is_told_its_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> bytes:
            raise typst.TypstError("out of luck", "")

        monkeypatch.setattr(typst, "compile", refuse)
        with pytest.raises(TypesetFailed, match="out of luck"):
            pdf_by_typst(sample_document())
