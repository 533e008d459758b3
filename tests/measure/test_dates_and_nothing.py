"""Days, and the three kinds of nothing."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.measure.dates import NotADate, read_date, say_date
from steelyard.measure.nothing import DASHES, MISSING, NOT_APPLICABLE, Nothing
from steelyard.measure.quantity import Quantity


class TestReadDate:
    @pytest.mark.parametrize(
        "text",
        [
            "2024-09-04",
            "2024-9-4",
            "2024/9/4",
            "2024.09.04",
            "2024年9月4日",
            "2024 年 9 月 4 日",
            "２０２４年９月４日",
            " 2024-09-04 ",
        ],
    )
    def test_takes_a_day_as_papers_write_it(self, text: str) -> None:
        assert read_date(text) == date(2024, 9, 4)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2024",
            "2024-09",
            "04/09/2024",
            "9月4日",
            "2024-13-01",
            "2023-02-29",
            "0000-01-01",
            "2024-09-04 12:00",
            "45539",
            "二〇二四年九月四日",
            "2024-9-⁴",
            "2024-9-④",
        ],
    )
    def test_refuses_what_is_no_day_of_the_calendar(self, text: str) -> None:
        with pytest.raises(NotADate) as caught:
            read_date(text)
        assert "2023-11-21" in caught.value.mend

    @given(st.dates())
    def test_reads_what_was_printed(self, day: date) -> None:
        assert read_date(day.isoformat()) == day
        if day.year >= 1000:
            assert read_date(say_date(day)) == day

    @given(st.text(alphabet="0123456789-/.年月日 ２", max_size=14))
    def test_raises_nothing_but_its_own_error(self, text: str) -> None:
        with contextlib.suppress(NotADate):
            assert read_date(text).year > 0


class TestNothing:
    def test_has_kinds_that_are_never_mixed(self) -> None:
        """空 ≠ — ≠ 0"""
        zero = Quantity.of(0)
        assert len({MISSING, NOT_APPLICABLE, zero}) == 3
        assert MISSING is not NOT_APPLICABLE
        assert str(MISSING) == ""
        assert str(NOT_APPLICABLE) == "—"

    def test_prints_not_applicable_as_a_mark_that_is_read_again(self) -> None:
        assert str(NOT_APPLICABLE) in DASHES
        assert "" not in DASHES
        assert "0" not in DASHES
        assert len(Nothing) == 2
