"""One cell as a value: read exactly, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from tests.intake.recognise.sheets import HEADS, MONEY

from steelyard.facts.dictionary import Item, Kind
from steelyard.intake.recognise.values import Unclear, Wrong, read_cell
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.units import PERCENT, unit_named

AMOUNT = Item(name="预算数", unit=MONEY)
STAFF = Item(name="人数", unit=HEADS)
RATE = Item(name="满意度", unit=PERCENT)
DAY = Item(name="日期", kind=Kind.DATE)
TRUTH = Item(name="公开", kind=Kind.TEXT, choices=("是", "否"))


def amount(text: str, stored: str = "") -> str:
    return str(read_cell(text, AMOUNT, MONEY, stored=stored).value)


class TestANumber:
    @pytest.mark.parametrize(
        ("text", "value"),
        [("１２３．４０", "123.40万元"), ("1,234.5", "1234.5万元"), (" 8 ", "8万元"),
         ("-3.2", "-3.2万元"), ("3 842.60", "3842.60万元"),
         ("1,234.5万", "1234.5万元"), ("0.5亿元", "5000万元"), ("80000元", "8万元"), ("0", "0万元"),
         ("８万元", "8万元"), ("=8", "8万元")],
    )  # fmt: skip
    def test_is_read_as_people_write_it(self, text: str, value: str) -> None:
        assert amount(text) == value

    @pytest.mark.parametrize(
        ("stored", "value"),
        [("1234.56005859375", "1234.56万元"), ("12.3456789012345", "12.3456789012345万元"),
         ("1234.5600000000002", "1234.56万元"), ("0.30000000000000004", "0.3万元"),
         ("12.3456", "12.3456万元"), ("1234.56789012", "1234.56789012万元")],
    )  # fmt: skip
    def test_loses_the_residue_of_reckoning_and_nothing_else(self, stored: str, value: str) -> None:
        assert amount(stored) == value

    def test_is_the_stored_one_where_a_format_shows_fewer_decimals(self) -> None:
        reading = read_cell("12.35", AMOUNT, MONEY, stored="12.3456")
        assert (str(reading.value), reading.note) == ("12.3456万元", "单元格显示“12.35”")

    @pytest.mark.parametrize("text", ["约8", "8左右", "8余", "无", "(8)", "12 34"])
    def test_that_can_be_read_in_two_ways_is_asked_about(self, text: str) -> None:
        with pytest.raises(Unclear):
            amount(text)

    @pytest.mark.parametrize("text", ["八", "8;9", "见附件", "#REF!", "≥8", "8个月", "1.2.3"])
    def test_that_is_none_is_a_mistake(self, text: str) -> None:
        with pytest.raises(Wrong):
            amount(text)

    def test_keeps_three_kinds_of_nothing_apart(self) -> None:
        values = [read_cell(text, AMOUNT, MONEY).value for text in ("", "—", "/", "－")]
        assert values == [MISSING, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE]


class TestAPerCent:
    @pytest.mark.parametrize("text", ["90%", "９０％", "90.00%"])
    def test_with_its_sign_is_plain(self, text: str) -> None:
        assert read_cell(text, RATE, None).value == read_cell("90%", RATE, None).value

    @pytest.mark.parametrize("unit", [None, PERCENT])
    def test_below_one_without_its_sign_is_asked_about(self, unit: object) -> None:
        with pytest.raises(Unclear) as caught:
            read_cell("0.0900000762939453", RATE, unit)  # type: ignore[arg-type]
        assert caught.value.candidates[1] == "0.0900000762939453%"

    def test_behind_a_format_is_the_stored_share(self) -> None:
        reading = read_cell("9%", RATE, None, stored="0.0900000762939453")
        assert str(reading.value) == "9%"

    def test_above_one_is_a_per_cent(self) -> None:
        assert str(read_cell("92.5", RATE, None).value) == "92.5%"


class TestOthers:
    @pytest.mark.parametrize("text", ["2023-11-21", "2023.11.21", "2023年11月21日", "2023/11/21"])
    def test_a_day_is_read_in_every_form(self, text: str) -> None:
        assert read_cell(text, DAY, None).value == date(2023, 11, 21)

    def test_a_serial_number_of_a_day_is_asked_about(self) -> None:
        with pytest.raises(Unclear):
            read_cell("45251", DAY, None)

    @pytest.mark.parametrize(("text", "value"), [("√", "是"), ("×", "否"), (" 是 ", "是")])
    def test_a_mark_is_the_choice_that_it_stands_for(self, text: str, value: str) -> None:
        assert read_cell(text, TRUTH, None).value == value

    def test_a_text_that_is_no_choice_is_a_mistake(self) -> None:
        with pytest.raises(Wrong, match="不是可填的内容"):
            read_cell("也许", TRUTH, None)

    def test_a_unit_in_the_cell_is_believed_before_the_header(self) -> None:
        assert str(read_cell("8人", STAFF, unit_named("万元")).value) == "8人"
