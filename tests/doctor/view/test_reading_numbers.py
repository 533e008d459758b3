"""What is a number, of what kind, in which unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.doctor.view.plain import plain
from steelyard.doctor.view.read_figures import read_figures


def kinds(text: str) -> list[tuple[str, str]]:
    return [(each.text, each.kind.value) for each in read_figures(plain(text).text)]


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("完成 63 户", [("63户", "quantity")]),
            ("占比 91%", [("91%", "percentage")]),
            ("≥70 户", [("≥70户", "target")]),
            ("80%以上", [("≥80%", "target")]),
            ("不超过 5 次", [("≤5次", "target")]),
            ("为 100%的计 2 分", [("=100%", "target"), ("2分", "quantity")]),
            ("2～3 个产业", [("2", "range"), ("3个", "range")]),
            ("63/70=90%", [("63", "equation"), ("70", "equation"), ("90%", "equation")]),
            ("2024 年 9 月 24 日", [("2024", "date"), ("9", "date"), ("24", "date")]),
            ("2017—2020 年度", [("2017", "date"), ("2020", "date")]),
            ("3 月底前", [("3", "date")]),
            ("财预〔2020〕10 号", [("2020", "document"), ("10", "document")]),
            ("详见表 14", [("14", "reference")]),
            ("第 31 届", [("31", "reference")]),
            ("1．基本情况", [("1", "list")]),
            ("（2）绩效目标", [("2", "list")]),
            ("15.2022 年财源建设资金", [("15", "list"), ("2022", "date")]),
            ("PM2.5 浓度", [("2.5", "name")]),
            ("对连续在库时间 3 年及以上", [("≥3年", "target")]),
        ],
    )
    def test_are_told_by_the_words_around(self, text: str, expected: list[tuple[str, str]]) -> None:
        assert kinds(text) == expected

    def test_of_a_telephone_is_that_of_a_document(self) -> None:
        assert {kind for _, kind in kinds("电话 0854-8222222，手机 13800000000")} == {"document"}


class TestUnits:
    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("93.8万吨", "万吨"),
            ("80亿以上", "亿"),
            ("7,479.37 万元", "万元"),
            ("21.6 个百分点", "个百分点"),
            ("3 分别为", ""),
            ("5 人均", ""),
            ("122 家", "家"),
        ],
    )
    def test_are_the_longest_that_fit_and_no_part_of_a_word(self, text: str, unit: str) -> None:
        assert read_figures(plain(text).text)[0].unit == unit

    def test_give_an_amount_in_the_base_of_its_dimension(self) -> None:
        left, right = read_figures("1.5亿元和15000万元")
        assert left.base == right.base


class TestPlainText:
    def test_knows_where_every_character_stood(self) -> None:
        words = "完成 ８，５００ 户（ 95 ％）"
        found = plain(words)
        start = found.text.index("95%")
        assert words[slice(*found.stretch(start, start + 3))] == "95 ％"

    def test_keeps_two_numbers_apart(self) -> None:
        assert plain("3 2.5 不一致").text == "3 2.5不一致"

    @given(st.text(max_size=80))
    def test_of_anything_leads_back_into_what_was_read(self, text: str) -> None:
        found = plain(text)
        assert len(found.text) == len(found.origins)
        assert list(found.origins) == sorted(found.origins)

    @given(st.text(alphabet="0123456789.,%年月日号〔〕（）-—～第表万亿元户以上=×/ ", max_size=40))
    def test_of_any_signs_gives_numbers_in_order(self, text: str) -> None:
        simple = plain(text).text
        figures = read_figures(simple)
        assert all(each.start < each.digits_end <= each.end for each in figures)
        assert [each.start for each in figures] == sorted({each.start for each in figures})
