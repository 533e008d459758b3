"""Where a place is, in words that lead a reader there."""

from __future__ import annotations

from dataclasses import replace

from tests.doctor.made_documents import document, table
from tests.doctor.papers.made_examination import passage_with

from steelyard.doctor.finding import whole
from steelyard.doctor.papers.places import heading_above, page_said, where
from steelyard.doctor.view.view import view_of
from steelyard.intake.reading.document import Block, Document, Paragraph, Spot, Words

ROWS = [["项目", "金额"], ["甲", "12"]]
BODY = "全年按计划推进各项工作，资金使用合规，绩效目标基本完成，群众反映良好。"


def said(words: str, *parts: str | list[Block]) -> str:
    """Where some words stand, in a file that knows neither pages nor lines."""
    made = document(*parts)
    blocks = tuple(_without_line(block) for block in made.blocks)
    return where(whole(passage_with(view_of([replace(made, blocks=blocks)]), words)))


def _without_line(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, words=Words(block.words.text, (Spot(0),)))
    return block


class TestAPlaceInATable:
    def test_is_told_by_title_row_and_column(self) -> None:
        assert said("12", table(ROWS, title="表1 资金表")) == "表1 资金表　第2行第2列"

    def test_without_a_title_is_told_by_the_heading(self) -> None:
        found = said("12", "一、资金情况", BODY, table(ROWS))
        assert found == "“一、资金情况”下的表格　第2行第2列"

    def test_is_counted_among_several_without_a_title(self) -> None:
        other = table([["项目", "人数"], ["乙", "34"]])
        found = said("34", "一、资金情况", BODY, table(ROWS), BODY, other)
        assert found == "“一、资金情况”下第2个无题表格　第2行第2列"


class TestAPlaceInTheText:
    def test_stands_under_the_nearest_heading(self) -> None:
        assert said("12户", "一、产出", "（一）数量", "完成12户。") == "“（一）数量”下"

    def test_stands_under_a_short_line_that_heads_a_paragraph(self) -> None:
        found = said("12户", "一、产出", "改造户数", f"完成12户。{BODY}")
        assert found == "“改造户数”下"

    def test_does_not_stand_under_a_line_torn_off_a_paragraph(self) -> None:
        torn = "建议州工业和信息化局按照政府信息公开管理的相关规"
        found = said("12户", "五、相关建议", torn, f"定公开12户的情况。{BODY}")
        assert found == "“五、相关建议”下"

    def test_does_not_stand_under_half_a_title_of_a_law(self) -> None:
        torn = "5.《省财政厅关于印发〈全面实施预算绩效管理"
        found = said("12号", "（二）评价依据", torn, "实施方案〉的通知》，共12号文件。")
        assert found == "“（二）评价依据”下"


class TestAPage:
    def numbered(self, *printed: str) -> Document:
        words = Words("完成12户。", (Spot(0, page=2),))
        return Document("报告.pdf", "pdf", "", (Paragraph(words),), pages=2, printed=printed)

    def test_is_told_as_the_paper_numbers_it_too(self) -> None:
        place = whole(view_of([self.numbered("", "37")]).passages[0])
        assert page_said(place) == "第2页（印作第37页）"

    def test_is_told_once_where_both_agree(self) -> None:
        place = whole(view_of([self.numbered("1", "2")]).passages[0])
        assert page_said(place) == "第2页"


def test_a_place_before_all_headings_has_none() -> None:
    (passage,) = view_of([document("完成12户。")]).passages
    assert heading_above(whole(passage)) == ""
