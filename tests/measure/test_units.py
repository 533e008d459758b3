"""Units convert exactly, and never meet in a sum when they measure other things."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.measure.quantity import Quantity, UnitClash
from steelyard.measure.units import (
    PURE,
    UNITS,
    Unit,
    UnknownUnit,
    describe,
    multiply,
    unit_named,
)

WAN, YUAN, YI = unit_named("万元"), unit_named("元"), unit_named("亿元")
PEOPLE, PERCENT = unit_named("人"), unit_named("%")

units = st.sampled_from(list(UNITS.values()))
amounts = st.fractions(-(10**6), 10**6, max_denominator=1000)


class TestAUnit:
    @pytest.mark.parametrize(
        ("amount", "unit", "other", "expected"),
        [
            ("1.2", "亿元", "万元", "12000"),
            ("747937", "元", "万元", "74.7937"),
            ("35", "%", "", "0.35"),
            ("5", "‰", "%", "0.5"),
            ("3", "个百分点", "%", "3"),
            ("3", "亩", "平方米", "2000"),
            ("1500", "千克", "吨", "1.5"),
            ("2", "公里", "米", "2000"),
        ],
    )
    def test_converts_exactly(self, amount: str, unit: str, other: str, expected: str) -> None:
        given_in = Quantity.of(Fraction(amount), unit_named(unit))
        assert given_in.base / unit_named(other).factor == Fraction(expected)

    @pytest.mark.parametrize("name", [" 万元 ", "％", "百分点", "圆", ""])
    def test_is_found_by_the_names_that_people_use(self, name: str) -> None:
        assert unit_named(name).name in UNITS

    def test_that_nobody_declared_is_refused_with_a_near_name(self) -> None:
        with pytest.raises(UnknownUnit, match="不认识的单位“万圆整”") as caught:
            unit_named("万圆整")
        assert caught.value.mend == "请改用常用单位。"
        with pytest.raises(UnknownUnit) as caught:
            unit_named("万元整")
        assert caught.value.mend == "是否想写“万元”？"

    @given(amounts, units, units)
    def test_and_back_loses_nothing(self, amount: Fraction, one: Unit, other: Unit) -> None:
        if one.dimension == other.dimension:
            there = Quantity.of(amount, one).base / other.factor
            assert Quantity.of(there, other).base / one.factor == amount


class TestAQuantity:
    def test_equals_another_of_the_same_amount(self) -> None:
        """1.00万元 = 10000元"""
        one, other = Quantity.of(1, WAN, 2), Quantity.of(10_000, YUAN, 0)
        assert one == other
        assert one.same(other)
        assert one != Quantity.of(1, YUAN)
        assert Quantity.of(0, YUAN) != Quantity.of(0, PEOPLE)

    def test_prints_as_it_was_written(self) -> None:
        assert str(Quantity.of(Fraction("72.5"), WAN, 2)) == "72.50万元"
        assert str(Quantity.of(Fraction("72.5"), WAN)) == "72.5万元"
        assert str(Quantity.of(Fraction(2, 3), WAN)) == "0.67万元"

    def test_adds_amounts_of_two_units(self) -> None:
        total = Quantity.of(1, YI).plus(Quantity.of(5000, WAN))
        assert str(total) == "1.5亿元"
        assert Quantity.of(1, WAN).plus(Quantity.of(1, YUAN), -1).base == 9999

    @pytest.mark.parametrize("use", ["plus", "order"])
    def test_refuses_to_meet_another_thing(self, use: str) -> None:
        with pytest.raises(UnitClash) as caught:
            getattr(Quantity.of(1, WAN), use)(Quantity.of(1, PEOPLE))
        assert caught.value.what == "“元”与“人”不能相加减或比较。"
        with pytest.raises(UnitClash, match="无单位的数"):
            getattr(Quantity.of(1, WAN), use)(Quantity.of(1))

    def test_makes_a_new_dimension_when_multiplied(self) -> None:
        product = Quantity.of(2, WAN).times(Quantity.of(3, PEOPLE))
        assert product.base == 60_000
        assert describe(product.dimension) == "人·元"
        assert product.over(Quantity.of(3, PEOPLE)) == Quantity.of(2, WAN)

    def test_is_a_plain_number_when_its_unit_is_divided_away(self) -> None:
        share = Quantity.of(45, WAN).over(Quantity.of(600_000, YUAN))
        assert (share.base, share.dimension) == (Fraction(3, 4), PURE)

    def test_keeps_its_unit_through_a_share(self) -> None:
        assert str(Quantity.of(200, WAN).times(Quantity.of(35, PERCENT))) == "70万元"

    @given(amounts, units, amounts, units)
    def test_has_arithmetic_that_turns_back(
        self, first: Fraction, one: Unit, second: Fraction, other: Unit
    ) -> None:
        left, right = Quantity.of(first, one), Quantity.of(second, other)
        if right.base:
            assert left.times(right).over(right) == left
        if one.dimension == other.dimension:
            assert left.plus(right).plus(right, -1) == left
            assert left.order(right) == -right.order(left)

    @given(units, units)
    def test_has_dimensions_that_turn_back(self, one: Unit, other: Unit) -> None:
        product = multiply(one.dimension, other.dimension)
        assert multiply(product, other.dimension, -1) == one.dimension
