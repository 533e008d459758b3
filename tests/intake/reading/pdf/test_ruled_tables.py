"""Ruled tables, however their rules are drawn and wherever pages cut them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from tests.intake.reading.pdf.paper import Page, pdf

from steelyard.intake.reading.document import Document, Paragraph, Role, Table
from steelyard.intake.reading.pdf.read_pdf import read_pdf

ACROSS = [50.0, 150.0, 250.0, 350.0]
DOWN = [400.0, 380.0, 360.0]
ROWS = [["项目", "预算数", "执行数"], ["甲项目", "1234.56", "35%"]]


def read(*pages: Page) -> Document:
    return read_pdf("表.pdf", pdf(*pages))


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def rows(table: Table) -> list[list[str]]:
    """Every row with the words of the cells that begin in it."""
    return [
        [cell.words.text for cell in table.cells if cell.row == row] for row in range(table.height)
    ]


def spans(table: Table) -> set[tuple[int, int, int, int]]:
    return {
        (cell.row, cell.column, cell.rows, cell.columns)
        for cell in table.cells
        if cell.rows > 1 or cell.columns > 1
    }


def written(page: Page) -> Page:
    for row, words in enumerate(ROWS):
        for column, each in enumerate(words):
            page.text(ACROSS[column] + 3, DOWN[row + 1] + 5, each)
    return page


def stroked(page: Page) -> None:
    page.lines(ACROSS, DOWN)


def filled(page: Page) -> None:
    """As Word draws: a thin rectangle for each edge of each cell, and a square at corners."""
    for top, bottom in ((400, 380), (380, 360)):
        for x in ACROSS:
            page.draw(f"{x} {bottom + 0.5} 0.5 {top - bottom - 0.5} re f")
            page.draw(f"{x} {top} 0.5 0.5 re f")
    for y in DOWN:
        for left, right in pairwise(ACROSS):
            page.draw(f"{left + 0.5} {y} {right - left - 0.5} 0.5 re f")


def one_path(page: Page) -> None:
    page.draw(" ".join(f"{x} 360 0.6 40 re" for x in ACROSS))
    page.draw(" ".join(f"50 {y} 300 0.6 re" for y in DOWN) + " f")


def framed(page: Page) -> None:
    """Each cell a stroked rectangle, so that inner rules are drawn twice."""
    for top, bottom in ((400, 380), (380, 360)):
        for left, right in pairwise(ACROSS):
            page.draw(f"{left} {bottom} {right - left} {top - bottom} re S")


def doubled(page: Page) -> None:
    stroked(page)
    page.lines([x + 2 for x in ACROSS], [y - 2 for y in DOWN])


def dashed(page: Page) -> None:
    """Dashes drawn one by one, as dotted borders come out of Word."""
    for y in DOWN:
        page.draw(" ".join(f"{x} {y} 1.5 0.5 re" for x in range(50, 351, 3)) + " f")
    for x in ACROSS:
        page.draw(" ".join(f"{x} {y} 0.5 1.5 re" for y in range(360, 401, 3)) + " f")


def scaled(page: Page) -> None:
    """Drawn in another measure, moved into place."""
    page.draw("q 0.5 0 0 0.5 20 100 cm")
    page.lines([(x - 20) * 2 for x in ACROSS], [(y - 100) * 2 for y in DOWN])
    page.draw("Q")


class TestRules:
    @pytest.mark.parametrize(
        "draw",
        [stroked, filled, one_path, framed, doubled, dashed, scaled],
        ids=lambda f: f.__name__,
    )
    def test_make_the_same_table_however_they_are_drawn(self, draw: Callable[[Page], None]) -> None:
        page = Page()
        draw(page)
        assert rows(only_table(read(written(page)))) == ROWS

    def test_may_be_missing_at_the_sides(self) -> None:
        page = Page().lines(ACROSS[1:-1], DOWN)
        for y in DOWN:
            page.draw(f"50 {y} m 350 {y} l S")
        assert rows(only_table(read(written(page)))) == ROWS

    def test_of_an_underlining_part_no_cell(self) -> None:
        page = written(Page().lines(ACROSS, DOWN)).draw("53 364 m 90 364 l S")
        assert rows(only_table(read(page))) == ROWS

    def test_that_are_curves_or_shading_are_none(self) -> None:
        page = Page().draw("50 360 m 60 400 200 400 350 360 c S").draw("0.8 g 50 360 300 40 re f")
        assert not list(read(written(page)).tables)

    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_are_found_on_turned_pages(self, turn: int) -> None:
        page = Page(extra=b"/Rotate %d" % turn).cells(ACROSS, DOWN, ROWS)
        assert rows(only_table(read(page))) == ROWS

    @pytest.mark.parametrize("turn", [0, 90])
    def test_are_found_where_the_words_are_turned(self, turn: int) -> None:
        page = Page(extra=b"/Rotate %d" % turn)
        for y in ACROSS:
            page.draw(f"100 {y} m 140 {y} l S")
        for x in (100, 120, 140):
            page.draw(f"{x} 50 m {x} 350 l S")
        for row, words in enumerate(ROWS):
            for column, each in enumerate(words):
                page.text(100 + 20 * row + 14, ACROSS[column] + 3, each, turned="0 1 -1 0")
        table = only_table(read(page))
        assert rows(table) == ROWS
        box = table.cells[0].words.spots[0].box
        assert box is not None
        # On the page as it is shown: above each other, or beside each other when turned.
        assert (box[2] - box[0] > box[3] - box[1]) == (turn == 90)


class TestCells:
    def test_are_merged_where_an_inner_rule_is_missing(self) -> None:
        page = Page().draw("50 360 300 60 re S 150 360 m 150 420 l S")
        page.draw("250 360 m 250 400 l S 150 400 m 350 400 l S 150 380 m 350 380 l S")
        page.text(55, 385, "级别").text(200, 405, "合并的标题")
        page.text(155, 385, "一").text(255, 385, "二").text(155, 365, "三").text(255, 365, "四")
        table = only_table(read(page))
        assert rows(table) == [["级别", "合并的标题"], ["一", "二"], ["三", "四"]]
        assert spans(table) == {(0, 0, 3, 1), (0, 1, 1, 2)}

    def test_take_their_characters_by_place_not_by_order(self) -> None:
        page = Page().cells(ACROSS, DOWN, [["", "预算数", "执行数"], ["乙", "1", "2"]])
        page.text(83, 385, "”").text(63, 385, "转好").text(53, 385, "“")
        assert only_table(read(page)).text_at(0, 0).replace(" ", "") == "“转好”"

    def test_join_wrapped_lines_and_numbers_and_keep_paragraphs_apart(self) -> None:
        page = Page().lines([50, 106, 350], [420, 380, 340])
        page.text(53, 408, "全州工业投").text(53, 396, "资12345").text(53, 384, "6.78元")
        page.text(109, 408, "①短行。").text(109, 396, "②另一行。")
        page.text(53, 360, "甲").text(109, 360, "乙")
        table = only_table(read(page))
        assert table.text_at(0, 0) == "全州工业投资123456.78元"
        assert table.text_at(0, 1) == "①短行。\n②另一行。"
        assert [spot.offset for spot in table.cells[0].words.spots] == [0, 5, 11]

    def test_say_page_and_box_of_each_printed_line(self) -> None:
        table = only_table(read(Page().text(50, 400, "前一页的文字。"), written(framed_page())))
        spot = table.cells[4].words.spot_at(3)
        assert spot.page == 2
        assert spot.box is not None
        left, bottom, right, top = spot.box
        assert left == 153
        assert 180 < right < 195
        assert 360 < bottom < 366 < top < 380


def framed_page() -> Page:
    page = Page()
    framed(page)
    return page


class TestWhatIsNoTable:
    def test_one_frame_holds_paragraphs(self) -> None:
        page = Page().draw("50 300 300 60 re S").text(60, 340, "评价结论。").text(60, 320, "良好。")
        document = read(page)
        assert [b.words.text for b in document.blocks if isinstance(b, Paragraph)] == [
            "评价结论。",
            "良好。",
        ]
        assert not list(document.tables)

    def test_a_border_around_the_page_is_not_seen(self) -> None:
        page = Page().draw("10 10 380 480 re S").cells(ACROSS, DOWN, ROWS)
        assert rows(only_table(read(page))) == ROWS

    def test_a_chart_gives_labels(self) -> None:
        page = Page().draw("50 200 300 200 re S 80 230 m 80 390 l S")
        for n, y in enumerate(range(230, 391, 40)):
            page.draw(f"80 {y} m 340 {y} l S").text(60, y - 4, str(n * 10), 8)
        for n, height in enumerate((60, 130, 90)):
            page.draw(f"{110 + 80 * n} 230 30 {height} re B")
            page.text(110 + 80 * n, 215, "投入", 8)
        document = read(page.text(150, 180, "图 1 得分情况"))
        assert not list(document.tables)
        assert {b.role for b in document.blocks if isinstance(b, Paragraph)} == {
            Role.BOX,
            Role.CAPTION,
        }


class TestTablesOverPageEnds:
    """Two pages with the same columns; what is first on the second page goes on."""

    HEAD = ROWS[0]

    def pages(
        self, first: list[list[str]], second: list[list[str]], shift: float = 0
    ) -> list[Page]:
        # The first ends at the foot of its page, the second begins at the top of the next.
        below = [40.0 + 20 * n for n in range(len(first), -1, -1)]
        above = [480.0 - 20 * n for n in range(len(second) + 1)]
        return [
            Page().cells(ACROSS, below, first),
            Page().cells([x + shift for x in ACROSS], above, second),
        ]

    def test_are_joined_and_the_repeated_header_is_dropped(self) -> None:
        table = only_table(
            read(*self.pages([self.HEAD, ["甲", "1", "2"]], [self.HEAD, ["乙", "3", "4"]]))
        )
        assert rows(table) == [self.HEAD, ["甲", "1", "2"], ["乙", "3", "4"]]
        assert [cell.words.spots[0].page for cell in table.cells[-3:]] == [2, 2, 2]

    def test_are_joined_where_facing_pages_have_other_margins(self) -> None:
        pages = self.pages([self.HEAD, ["甲", "1", "2"]], [["乙", "3", "4"]], shift=15)
        assert only_table(read(*pages)).height == 3

    def test_are_joined_over_page_numbers(self) -> None:
        pages = self.pages([self.HEAD, ["甲", "1", "2"]], [["乙", "3", "4"]])
        pages[0].text(180, 20, "— 1 —")
        pages[1].text(180, 20, "— 2 —")
        assert only_table(read(*pages)).height == 3

    def test_are_joined_over_a_title_that_says_continued(self) -> None:
        first, _ = self.pages([self.HEAD, ["甲", "1", "2"]], [])
        second = Page().text(50, 470, "续表 1 情况表").cells(ACROSS, [460, 440], [["乙", "3", "4"]])
        assert only_table(read(first, second)).height == 3

    def test_stay_apart_where_a_title_stands_between(self) -> None:
        first, _ = self.pages([self.HEAD, ["甲", "1", "2"]], [])
        second = Page().text(50, 470, "表 2 另一张表")
        second.cells(ACROSS, [460, 440, 420], [self.HEAD, ["乙", "3", "4"]])
        assert len(list(read(first, second).tables)) == 2

    def test_stay_apart_where_the_columns_differ(self) -> None:
        first, _ = self.pages([self.HEAD, ["甲", "1", "2"]], [])
        second = Page().cells([50, 120, 250, 350], [480, 460, 440], [self.HEAD, ["乙", "3", "4"]])
        assert len(list(read(first, second).tables)) == 2

    def test_a_row_that_the_page_end_cut_is_mended(self) -> None:
        table = only_table(
            read(
                *self.pages(
                    [self.HEAD, ["甲", "1", "2"], ["乙项目的前半", "3", "4"]],
                    [self.HEAD, ["后半", "", ""], ["丙", "5", "6"]],
                )
            )
        )
        assert rows(table)[2:] == [["乙项目的前半后半", "3", "4"], ["丙", "5", "6"]]

    def test_a_total_is_never_the_rest_of_a_row(self) -> None:
        table = only_table(
            read(*self.pages([self.HEAD, ["甲", "1", "2"]], [["合计", "", "2"], ["", "", "注"]]))
        )
        assert rows(table)[2] == ["合计", "", "2"]

    def test_a_level_that_goes_on_is_one_cell(self) -> None:
        first = Page().lines(ACROSS, [80, 60])
        for x in ACROSS:
            first.draw(f"{x} 20 m {x} 80 l S")
        first.draw("150 40 m 350 40 l S 50 20 m 350 20 l S")
        for x, y, words in (
            (53, 65, "指标"), (153, 65, "名称"), (253, 65, "得分"), (53, 45, "投入"),
            (153, 45, "一"), (253, 45, "1"), (153, 25, "二"), (253, 25, "2"),
        ):  # fmt: skip
            first.text(x, y, words)
        second = Page().cells(ACROSS, [480, 460, 440], [["", "三", "3"], ["产出", "四", "4"]])
        table = only_table(read(first, second))
        assert rows(table) == [
            ["指标", "名称", "得分"],
            ["投入", "一", "1"],
            ["二", "2"],
            ["三", "3"],
            ["产出", "四", "4"],
        ]
        assert spans(table) == {(1, 0, 3, 1)}


class TestTablesWithoutUprightRules:
    def page(self) -> Page:
        page = Page().text(120, 420, "表 3 收支情况表")
        for y in (410, 390, 330):
            page.draw(f"50 {y} m 350 {y} l S")
        return page

    def test_are_parted_at_the_gaps_under_a_title(self) -> None:
        page = self.page()
        for y, row in zip(
            (396, 376, 356, 336),
            (["项目", "预算数", "决算数"], ["基本支出", "12.5", "12.0"], ["项目支出", "3.5", "3.0"],
             ["合计", "16.0", "15.0"]), strict=True,
        ):  # fmt: skip
            for x, words in zip((55, 160, 260), row, strict=True):
                page.text(x, y, words)
        table = only_table(read(page))
        assert table.title == "表 3 收支情况表"
        assert table.certain
        assert rows(table)[1:3] == [["基本支出", "12.5", "12.0"], ["项目支出", "3.5", "3.0"]]

    def test_are_uncertain_when_a_row_does_not_fill_all_columns(self) -> None:
        page = self.page().text(55, 396, "项目").text(160, 396, "预算数")
        page.text(55, 376, "基本支出").text(160, 376, "12.5").text(55, 356, "其中：人员")
        document = read(page)
        assert not only_table(document).certain
        assert any("没有竖线" in remark for remark in document.remarks)

    def test_are_not_looked_for_without_a_title(self) -> None:
        page = (
            Page().text(55, 396, "甲").text(160, 396, "乙").text(55, 376, "1").text(160, 376, "2")
        )
        for y in (410, 390, 370):
            page.draw(f"50 {y} m 350 {y} l S")
        assert not list(read(page).tables)
