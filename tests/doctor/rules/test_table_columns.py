"""Columns that belong together: known relations, and those that the rows teach."""

from collections.abc import Sequence

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules import table_columns

Rows = Sequence[Sequence[str | None]]


def checked(rows: Rows, header_rows: int = 1, unit: str = "") -> tuple[list[Finding], Ledger]:
    made = table(rows, "表 1 资金情况", unit, header_rows)
    return run(table_columns.check, document(made))


def told(rows: Rows, header_rows: int = 1) -> list[tuple[str, Severity, str]]:
    return [(f.rule, f.severity, f.computed) for f in checked(rows, header_rows)[0]]


BUDGET: Rows = [
    [
        "名称",
        "年初预算数",
        None,
        "预算调整情况",
        None,
        "全年预算数",
        "本年支出决算",
        "年末结转结余",
    ],
    [None, "年初结转结余", "预算批复数", "追加预算", "调减预算", None, None, None],
    ["基本支出", "—", "80.10", "5.05", "—", "85.15", "84.15", "1.00"],
    ["项目支出", "12.30", "100.00", "40.00", "2.30", "150.00", "120.50", "29.50"],
]


class TestBudgets:
    def test_that_hold_are_verified_to_the_last_cell(self) -> None:
        findings, ledger = checked(BUDGET, 2)
        assert not findings
        assert ledger.counts() == {State.VERIFIED: 12}

    def test_with_a_wrong_year_end_are_told(self) -> None:
        rows = [*BUDGET[:3], [*BUDGET[3][:7], "29.05"]]
        assert told(rows, 2) == [("R09", Severity.ERROR, "150.00-120.50=29.50")]

    def test_with_a_wrong_addition_are_told(self) -> None:
        rows = [*BUDGET[:2], ["基本支出", "—", "80.10", "5.50", *BUDGET[2][4:]], BUDGET[3]]
        assert told(rows, 2) == [("R09", Severity.ERROR, "80.10+5.50=85.60")]

    def test_with_a_column_of_another_name_are_not_judged_without_it(self) -> None:
        rows = [
            ["名称", "年初预算", "追加预算", "划转", "全年预算数"],
            ["甲", "10.0", "5.0", "—", "15.0"],
            ["乙", "20.0", "6.0", "2.5", "23.5"],
            ["丙", "30.0", "—", "—", "30.0"],
        ]
        assert not told(rows)

    def test_that_fail_in_every_row_may_mean_something_else(self) -> None:
        rows = [
            ["名称", "年初预算", "追加预算", "全年预算数"],
            ["甲", "10.0", "5.0", "25.0"],
            ["乙", "20.0", "6.0", "46.0"],
        ]
        assert {severity for _, severity, _ in told(rows)} == {Severity.QUESTION}


class TestRates:
    def rows(self, rate: str, header: str = "执行率") -> Rows:
        return [
            ["项目名称", "全年预算数", "全年执行数", header],
            ["甲", "35.00", "35.00", "100%"],
            ["乙", "15.00", "13.76", rate],
        ]

    @pytest.mark.parametrize("rate", ["92%", "91.7%", "91.73%"])
    def test_hold_at_their_own_precision(self, rate: str) -> None:
        assert not told(self.rows(rate))

    def test_that_do_not_hold_are_told(self) -> None:
        (finding,) = checked(self.rows("93%"))[0]
        assert (finding.rule, finding.severity) == ("R01", Severity.ERROR)
        assert finding.message == "“乙”的执行率印作93%，按同一行应为92%。"
        assert [place.cell for place in finding.places] == ["R3C4", "R3C2", "R3C3"]

    def test_may_leave_the_sign_to_the_header(self) -> None:
        assert not told(
            [
                ["项目名称", "预算数", "执行数", "执行率（%）"],
                ["甲", "35.00", "35.00", "100"],
                ["乙", "15.00", "13.76", "91.73"],
            ]
        )

    def test_of_rounded_amounts_are_consistent_and_no_error(self) -> None:
        # 3.45 to 3.55 over 9.95 to 10.05 is 34.3 % to 35.7 %.
        rows = [["项目", "预算数", "执行数", "执行率"], ["甲", "10.0", "3.5", "35.21%"]]
        findings, ledger = checked(rows)
        assert not findings
        assert ledger.counts() == {State.CONSISTENT: 3}

    def test_of_nothing_planned_are_left_alone(self) -> None:
        rows = [["项目", "预算数", "执行数", "执行率"], ["甲", "0", "0", "100%"]]
        assert not told(rows)

    def test_of_growth_take_the_year_before_as_base(self) -> None:
        rows = [
            ["指标", "上年数", "本年数", "增长率"],
            ["甲", "80", "100", "25%"],
            ["乙", "50", "45", "-10%"],
            ["丙", "40", "50", "20%"],
        ]
        assert told(rows) == [("R01", Severity.ERROR, "(50-40)÷40=25%")]

    def test_stand_under_a_header_inside_a_form_too(self) -> None:
        rows = [
            ["填报单位", "甲局", "", ""],
            ["资金情况", "", "", ""],
            ["项目名称", "全年预算数", "全年执行数", "执行率"],
            ["甲", "35.00", "35.00", "92%"],
            ["乙", "20.00", "10.00", "50%"],
        ]
        assert told(rows, 0) == [("R01", Severity.ERROR, "35.00÷35.00=100%")]


class TestPoints:
    def test_lost_and_earned_make_the_weight(self) -> None:
        rows = [
            ["指标", "分值", "得分", "扣分", "得分率"],
            ["投入", "10", "9", "1", "90.00%"],
            ["过程", "20", "15", "4", "75.00%"],
        ]
        assert told(rows) == [("R03", Severity.ERROR, "20-15=5")]

    def test_earned_are_no_more_than_the_weight(self) -> None:
        rows = [["指标", "分值", "得分"], ["投入", "10", "9"], ["过程", "20", "21"]]
        assert told(rows) == [("R03", Severity.ERROR, "21>20")]


class TestPartsAndWholes:
    def test_valid_forms_are_no_more_than_those_returned(self) -> None:
        rows = [
            ["对象", "发放问卷", "回收问卷", "有效问卷"],
            ["职工", "70", "66", "64"],
            ["企业", "45", "41", "43"],
        ]
        assert told(rows) == [("R15", Severity.ERROR, "43>41")]

    def test_done_may_be_more_than_planned(self) -> None:
        rows = [["任务", "计划数", "实际完成数"], ["培训", "15", "122"], ["宣传", "3", "2"]]
        assert not told(rows)


class TestLearnedRelations:
    def rows(self, last: str, number: int) -> Rows:
        # 11.25 + 31.50 = 42.75, 12.25 + 32.50 = 44.75 and so on.
        made = [
            (f"{'子丑寅卯辰巳午未'[n]}组", f"{n + 11}.25", f"{n + 31}.50", f"{2 * n + 42}.75")
            for n in range(number)
        ]
        return [["组别", "货币", "实物", "折合"], *made, ["末组", "10.10", "20.20", last]]

    def test_of_many_rows_make_the_odd_one_an_error(self) -> None:
        (finding,) = checked(self.rows("30.03", 8))[0]
        assert (finding.rule, finding.severity) == ("R09", Severity.ERROR)
        assert finding.computed == "10.10+20.20=30.30"
        assert finding.message.startswith("其余8行都是“货币+实物=折合”，“末组”一行不是")

    def test_of_few_rows_make_it_a_question(self) -> None:
        assert [s for _, s, _ in told(self.rows("30.03", 4))] == [Severity.QUESTION]

    def test_that_hold_everywhere_verify_the_cells(self) -> None:
        findings, ledger = checked(self.rows("30.30", 8))
        assert not findings
        assert ledger.counts() == {State.VERIFIED: 27}

    def test_are_not_learned_from_small_numbers(self) -> None:
        rows = [["乡镇", "甲", "乙", "丙"]]
        rows += [[f"{name}乡", "1", "1", "2"] for name in "东西南北中"]
        assert not told([*rows, ["上乡", "1", "1", "3"]])

    def test_of_shares_need_the_total(self) -> None:
        rows = [
            ["来源", "金额", "占比"],
            ["中央", "50.0", "50.00%"],
            ["省级", "25.0", "25.00%"],
            ["市级", "12.5", "12.50%"],
            ["县级", "10.0", "10.00%"],
            ["自筹", "2.5", "2.80%"],
            ["合计", "100.0", "100.00%"],
        ]
        assert told(rows) == [("R01", Severity.ERROR, "2.5÷100.0=2.50%")]


class TestSurveys:
    def test_are_counted_elsewhere(self) -> None:
        rows = [["选项", "小计", "比例"], ["满意", "30", "75%"], ["不满意", "11", "20%"]]
        assert not told(rows)


class TestATotalThatIsWrong:
    ROWS = (
        ["序号", "项目名称", "预算数", "执行数", "执行率"],
        ["1", "饮水安全工程", "100.00", "90.00", "90.00%"],
        ["2", "河流治理工程", "200.00", "150.00", "75.00%"],
        ["3", "水库加固工程", "100.00", "80.00", "80.00%"],
    )

    def test_is_accused_by_its_sum_and_not_by_its_rate(self) -> None:
        rows = [*self.ROWS, ["合计", "", "400.00", "302.00", "80.00%"]]
        assert not checked(rows)[0]

    def test_whose_rate_alone_is_wrong_is_called_by_its_name(self) -> None:
        rows = [*self.ROWS, ["合计", "", "400.00", "320.00", "81.00%"]]
        (finding,) = checked(rows)[0]
        assert "“合计”的执行率" in finding.message
