"""What a number looks like in its cell."""

import pytest

from steelyard.intake.reading.sheets.number_format import number_format, plain_number

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


class TestAFormat:
    @pytest.mark.parametrize(
        ("code", "stored", "seen"),
        [
            ("0.00%", "0.9", "90.00%"),
            ("#,##0.00", "1234567.891", "1,234,567.89"),
            ("0.0_);[Red]\\(0.0\\)", "-3.25", "(3.3)"),
            (ACCOUNTING, "-1234.5", "-1,234.50"),
            ('0.00"万元"', "3.1", "3.10万元"),
            ("[$¥-804]#,##0.00", "3", "¥3.00"),
            ("000", "7", "007"),
            ("0.##", "3", "3"),
            ("0年", "3", "3年"),
            ("yyyy/m/d h:mm", "45251.60416666666", "2023/11/21 14:30"),
            ('[$-804]yyyy"年"m"月";@', "45251", "2023年11月"),
            ("yyyy.mm", "45251", "2023.11"),
            ("mm:ss", "0.01", "14:24"),
            ("yyyy-mm-dd", "59", "1900-02-28"),
        ],
    )
    def test_is_followed_where_it_is_plain(self, code: str, stored: str, seen: str) -> None:
        form = number_format(code)
        assert form is not None
        assert form.shown(stored) == seen

    @pytest.mark.parametrize("code", ["m/d/yy", "d-mmm-yy", "mm/dd/yyyy", "dddd, mmmm d"])
    def test_with_the_day_or_a_name_first_gives_a_date_nobody_mistakes(self, code: str) -> None:
        form = number_format(code)
        assert form is not None
        assert form.shown("45251") == "2023-11-21"

    @pytest.mark.parametrize("code", ["General", "@", ""])
    def test_of_no_form_is_none(self, code: str) -> None:
        assert number_format(code) is None

    @pytest.mark.parametrize(
        "code", ["0.00E+00", "# ?/?", "[>=100]0.0;0", "0,", "[DBNum1]0", ";;;", "[h]:mm"]
    )
    def test_that_is_not_plain_is_not_followed_and_said_so(self, code: str) -> None:
        form = number_format(code)
        assert form is not None
        assert form.shown("4.5E3") == "4500"
        assert form.stored("4.5E3", "4500") == "4500"

    def test_never_loses_the_figure(self) -> None:
        """An accounting format shows a dash for zero."""
        form = number_format(ACCOUNTING)
        assert form is not None
        assert form.shown("0") == "0"

    def test_rounds_half_away_from_zero_after_fifteen_digits(self) -> None:
        form = number_format("0.00")
        assert form is not None
        assert [form.shown(each) for each in ("2.675", "0.2849999999999999", "-0.125")] == [
            "2.68", "0.29", "-0.13",
        ]  # fmt: skip

    def test_leaves_what_is_no_number(self) -> None:
        form = number_format("0.00")
        assert form is not None
        assert [form.shown(each) for each in ("x", "nan", "1e999")] == ["x", "nan", "1e999"]

    def test_leaves_a_day_that_there_is_not(self) -> None:
        form = number_format("yyyy-mm-dd")
        assert form is not None
        assert [form.shown(each) for each in ("-1", "9999999")] == ["-1", "9999999"]


class TestAPlainNumber:
    @pytest.mark.parametrize(
        ("stored", "plain"),
        [
            ("0.10000000000000001", "0.1"),
            ("0.0900000762939453", "0.0900000762939453"),
            ("300.0", "300"),
            ("4.5E-2", "0.045"),
            ("1E+21", "1000000000000000000000"),
            ("-0", "0"),
            ("INF", "INF"),
        ],
    )
    def test_has_every_digit_and_no_exponent(self, stored: str, plain: str) -> None:
        assert plain_number(stored) == plain
