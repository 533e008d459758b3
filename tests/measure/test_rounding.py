"""The only rounding: half goes away from zero."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.measure.rounding import half_unit, round_half_up


class TestRoundHalfUp:
    @pytest.mark.parametrize(
        ("value", "places", "rounded"),
        [
            ("1.005", 2, "1.01"),
            ("-1.005", 2, "-1.01"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("0.5", 0, "1"),
            ("0.49", 0, "0"),
            ("-0.4", 0, "0"),
            ("89.995", 2, "90"),
            ("89.9949", 2, "89.99"),
        ],
    )
    def test_takes_the_half_away_from_zero(self, value: str, places: int, rounded: str) -> None:
        assert round_half_up(Fraction(value), places) == Fraction(rounded)

    def test_rounds_what_no_decimal_can_hold(self) -> None:
        assert round_half_up(Fraction(2, 3), 2) == Fraction(67, 100)

    @given(st.decimals(-(10**9), 10**9, allow_nan=False, places=6), st.integers(0, 6))
    def test_agrees_with_decimal_arithmetic(self, value: Decimal, places: int) -> None:
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        assert round_half_up(Fraction(value), places) == Fraction(expected)

    @given(st.fractions(), st.integers(0, 8))
    def test_moves_a_number_by_half_a_unit_at_most(self, value: Fraction, places: int) -> None:
        rounded = round_half_up(value, places)
        assert abs(rounded - value) <= half_unit(places)
        assert (rounded * 10**places).denominator == 1
        assert round_half_up(-value, places) == -rounded
