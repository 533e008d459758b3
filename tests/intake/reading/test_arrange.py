"""Headings, titles, units and header rows, found alike in every format."""

import pytest

from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Cell, Paragraph, Role, Spot, Table, Words
from steelyard.intake.reading.headings import heading_level, unit_line


def paragraph(text: str) -> Paragraph:
    return Paragraph(Words(text, (Spot(0),)))


def table(*rows: list[str]) -> Table:
    cells = tuple(
        Cell(r, c, Words(text, (Spot(0),)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(cells, len(rows), len(rows[0]))


class TestHeadings:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("一、基本情况", 1),
            ("附件 2：资金情况汇总表", 1),
            ("摘 要", 1),
            ("（三）存在的问题", 2),
            ("2．预算配置", 3),
            ("7.2023 年产业发展资金", 3),
            ("（1）在职人员控制率", 4),
            ("1．《中华人民共和国预算法》；", 0),
            ("（5）未完成原因：无", 0),
            ("根据评分标准，该指标分值为 3 分。", 0),
        ],
    )
    def test_are_told_by_numbering_and_length(self, text: str, level: int) -> None:
        assert heading_level(text) == level

    def test_of_a_style_are_kept(self) -> None:
        styled = Paragraph(Words("职能"), Role.HEADING, 2)
        assert arranged([styled]) == (styled,)


class TestTitles:
    def test_and_units_are_found_above_a_table(self) -> None:
        title, unit, found = arranged(
            [
                paragraph("表 3 收支表"),
                paragraph("单位：万元"),
                table(["项目", "金额"], ["甲", "3"]),
            ]
        )
        assert isinstance(found, Table)
        assert (found.title, found.unit) == ("表 3 收支表", "万元")
        assert isinstance(title, Paragraph)
        assert isinstance(unit, Paragraph)
        assert title.role is unit.role is Role.CAPTION

    def test_are_not_sentences(self) -> None:
        _, found = arranged(
            [paragraph("详细情况见下表，共有三项。"), table(["甲", "乙"], ["1", "2"])]
        )
        assert isinstance(found, Table)
        assert not found.title

    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("金额单位：元", "元"),
            ("填报单位：某局", None),
            ("编制：某局　单位：亿元", "亿元"),
            ("单位：万元、个", ""),
        ],
    )
    def test_of_units_name_one_or_none(self, text: str, unit: str | None) -> None:
        assert unit_line(text) == unit


class TestHeaderRows:
    def test_are_the_words_above_the_figures(self) -> None:
        (found,) = arranged([table(["项目", "预算", "执行"], ["甲", "3", "2"], ["乙", "1", "1"])])
        assert isinstance(found, Table)
        assert found.header_rows == 1

    def test_are_none_where_the_first_row_holds_figures(self) -> None:
        (found,) = arranged([table(["甲", "3"], ["乙", "1"])])
        assert isinstance(found, Table)
        assert found.header_rows == 0
