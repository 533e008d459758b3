"""Numbers as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.measure.number import (
    NotANumber,
    Number,
    places_needed,
    plain,
    read_number,
    trimmed,
)


class TestReadNumber:
    @pytest.mark.parametrize(
        ("text", "value", "places"),
        [
            ("7,479.370", "7479.37", 3),
            ("72.50", "72.5", 2),
            ("0", "0", 0),
            ("-0.0", "0", 1),
            ("+3", "3", 0),
            ("−12.5", "-12.5", 1),
            (" 12 ", "12", 0),
            ("\u300012\u3000", "12", 0),
            ("１２３．４５", "123.45", 2),
            ("－１，２３４", "-1234", 0),
            ("007", "7", 0),
            ("999,999,999,999.99", "999999999999.99", 2),
        ],
    )
    def test_takes_a_number_with_its_precision(self, text: str, value: str, places: int) -> None:
        assert read_number(text) == Number(Fraction(value), places)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-",
            "—",
            "1,23",
            "1,2345",
            ",123",
            "1.",
            ".5",
            "1e3",
            "12万",
            "12%",
            "1/2",
            "½",
            "十二",
            "--1",
            "1 2",
            "1.2.3",
            "0x10",
            "nan",
            "inf",
            "1_000",
            "=A1",
            "12\n13",
            "٣",
        ],
    )
    def test_refuses_what_is_not_wholly_a_number(self, text: str) -> None:
        with pytest.raises(NotANumber) as caught:
            read_number(text)
        assert "不是数" in caught.value.what
        assert "单位栏" in caught.value.mend

    @pytest.mark.parametrize("text", ["5²", "③", "1⁰", "₂", "Ⅳ", "㊿"])
    def test_never_guesses_what_a_raised_or_circled_digit_means(self, text: str) -> None:
        with pytest.raises(NotANumber):
            read_number(text)

    def test_refuses_a_number_longer_than_any_amount(self) -> None:
        assert read_number("9" * 30).value == 10**30 - 1
        with pytest.raises(NotANumber) as caught:
            read_number("9" * 5000)
        assert len(caught.value.what) < 60

    @given(st.text(max_size=40))
    def test_reads_or_refuses_any_text(self, text: str) -> None:
        try:
            number = read_number(text)
        except NotANumber:
            return
        assert number.places >= 0


class TestPrinting:
    @given(st.integers(-(10**20), 10**20), st.integers(0, 8))
    def test_and_reading_again_changes_nothing(self, units: int, places: int) -> None:
        value = Fraction(units, 10**places)
        assert read_number(plain(value, places)) == Number(value, places)

    @pytest.mark.parametrize(
        ("value", "places", "text"),
        [
            ("0.005", 2, "0.01"),
            ("-0.004", 2, "0.00"),
            ("-0.005", 2, "-0.01"),
            ("1234.5", 0, "1235"),
            ("7", 2, "7.00"),
            ("-0.5", 0, "-1"),
        ],
    )
    def test_keeps_exactly_the_places_asked_for(self, value: str, places: int, text: str) -> None:
        assert plain(Fraction(value), places) == text

    @pytest.mark.parametrize(
        ("value", "text"), [("1.80", "1.8"), ("100", "100"), ("0", "0"), ("-0.001", "0")]
    )
    def test_trims_needless_zeros_only_behind_the_point(self, value: str, text: str) -> None:
        assert trimmed(Fraction(value), 2) == text

    def test_never_shows_an_exponent(self) -> None:
        assert plain(Fraction(1, 10**12), 12) == "0.000000000001"
        assert plain(Fraction(10**25), 0) == "1" + "0" * 25

    def test_knows_how_many_places_are_needed(self) -> None:
        assert [places_needed(Fraction(text)) for text in ("3", "0.5", "0.125", "1/3")] == [
            0,
            1,
            3,
            12,
        ]
