"""Text outside tables: lines put together again as paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.reading.pdf.paper import Page, pdf

from steelyard.intake.reading.document import Block, Document, Paragraph, Role
from steelyard.intake.reading.pdf.read_pdf import read_pdf

FULL = "评价工作组按照规定的程序和方法开展了现场核查并逐项核对资料"
"""29 characters: at 10 points from 50 to 340, the whole width."""


def read(*pages: Page) -> Document:
    return read_pdf("文.pdf", pdf(*pages))


def texts(document: Document) -> list[str]:
    return [words_of(block) for block in document.blocks]


def words_of(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return block.words.text


def page(lines: Sequence[tuple[float, str]], top: float = 420) -> Page:
    """A page with lines 20 points apart, each with its left end."""
    made = Page()
    for n, (x, words) in enumerate(lines):
        made.text(x, top - 20 * n, words)
    return made


class TestParagraphs:
    def test_full_lines_go_on_in_the_next(self) -> None:
        document = read(
            page(
                [
                    (70, FULL[:27]),
                    (50, FULL),
                    (50, "结束。"),
                    (70, FULL[:27]),
                    (50, "又一段。"),
                ]
            )
        )
        assert texts(document) == [FULL[:27] + FULL + "结束。", FULL[:27] + "又一段。"]

    def test_an_indented_line_begins_a_paragraph_though_the_last_was_full(self) -> None:
        lines = [(70, FULL[:27]), (50, FULL), (70, FULL[:27]), (50, FULL)]
        assert texts(read(page(lines))) == [FULL[:27] + FULL] * 2

    def test_a_number_begins_a_paragraph_after_a_full_stop(self) -> None:
        lines = [(50, FULL[:-1] + "。"), (50, "1．" + FULL[:27]), (50, FULL[:-1] + "；")]
        assert texts(read(page(lines))) == [FULL[:-1] + "。", "1．" + FULL[:27] + FULL[:-1] + "；"]

    def test_go_on_over_page_ends_without_headers_and_numbers(self) -> None:
        pages = [
            page([(70, FULL[:27]), (50, FULL), (50, FULL)]).text(100, 470, "绩效评价报告", 8)
            .text(180, 30, f"— {n} —")
            for n in (1, 2, 3)
        ]  # fmt: skip
        pages[1].content.pop(0)
        assert texts(read(*pages)) == [FULL[:27] + FULL * 4, FULL[:27] + FULL * 2]

    def test_say_page_and_box_of_each_line(self) -> None:
        (block,) = read(page([(70, FULL[:27]), (50, FULL)])).blocks
        assert isinstance(block, Paragraph)
        assert [spot.offset for spot in block.words.spots] == [0, 27]
        first, second = (spot.box for spot in block.words.spots)
        assert first is not None
        assert second is not None
        assert (first[0], first[2], second[0], second[2]) == (70, 340, 50, 340)
        assert first[1] > second[3]

    def test_of_other_type_size_stay_apart(self) -> None:
        made = page([(50, FULL)]).text(50, 440, FULL[:20], 14)
        assert texts(read(made)) == [FULL[:20], FULL]


class TestBlanks:
    def test_are_not_invented_between_chinese_and_figures(self) -> None:
        made = (
            Page().text(50, 400, "全年预算数").text(102.5, 400, "7479.37").text(140.5, 400, "万元")
        )
        assert texts(read(made)) == ["全年预算数7479.37万元"]

    def test_stand_for_the_gap_between_columns(self) -> None:
        made = Page().text(50, 400, "项目").text(120, 400, "12.5").text(200, 400, "30.0")
        assert texts(read(made)) == ["项目 12.5 30.0"]

    def test_keep_broken_words_apart_and_broken_numbers_together(self) -> None:
        wide = "x" * 50
        lines = [(50, wide + " the"), (50, "end " + "y" * 52), (50, "z."), (50, " ")]
        (text,) = texts(read(page(lines)))
        assert " the end " in text
        number = [(50, FULL[:24] + "12345678"), (50, "90.12元，" + FULL[:20])]
        assert "1234567890.12元" in texts(read(page(number)))[0]

    def test_bold_type_that_is_printed_twice_is_read_once(self) -> None:
        made = Page().text(50, 400, "合计").text(50.3, 400, "合计")
        assert texts(read(made)) == ["合计"]

    def test_radicals_are_the_characters_that_they_look_like(self) -> None:
        assert texts(read(Page().text(50, 400, "\u2f2f程"))) in (["工程"], ["\u2f2f程"])


class TestLinesThatSayNothing:
    def test_lines_of_the_contents_are_marked(self) -> None:
        made = page([(50, "一、基本情况" + "." * 40 + "1"), (50, "二、评价结论" + "…" * 20 + "12")])
        document = read(made)
        assert [b.role for b in document.blocks if isinstance(b, Paragraph)] == [Role.CONTENTS] * 2

    def test_page_numbers_of_every_kind_are_dropped(self) -> None:
        for form in ("— {} —", "第 {} 页", "第 {} 页 共 3 页", "{}", "{} / 3", "- {} -"):
            pages = [page([(50, "正文。")]).text(190, 30, form.format(n)) for n in (1, 2, 3)]
            assert texts(read(*pages)) == ["正文。"] * 3, form

    def test_page_numbers_are_kept_beside_the_text(self) -> None:
        covers = [page([(50, "封面")]), page([(50, "目录")])]
        bodies = [page([(50, FULL)]).text(195, 10, f"— {n} —") for n in (1, 2, 3)]
        document = read(*covers, *bodies)
        assert document.printed == ("", "", "1", "2", "3")
        assert [document.printed_on(page) for page in (2, 5, 6)] == ["", "3", ""]

    def test_a_single_figure_at_the_foot_of_one_page_is_kept(self) -> None:
        assert texts(read(page([(50, "正文。")]).text(50, 30, "2023"))) == ["正文。", "2023"]

    def test_slanted_words_are_left_out_with_a_remark(self) -> None:
        made = page([(50, FULL)]).text(80, 100, "内部资料", 40, turned="0.7 0.7 -0.7 0.7")
        document = read(made)
        assert texts(document) == [FULL]
        assert "斜排" in document.remarks[0]

    def test_words_beside_the_page_are_not_seen(self) -> None:
        assert texts(read(page([(50, FULL)]).text(50, -50, "页外"))) == [FULL]
