"""Totals of tables: which rows a total adds up, and what does not close."""

from collections.abc import Sequence
from pathlib import Path

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules import table_sums
from steelyard.intake.reading.read_file import read_file

Rows = Sequence[Sequence[str | None]]


def checked(rows: Rows, header_rows: int = 1) -> tuple[list[Finding], Ledger]:
    return run(table_sums.check, document(table(rows, "表 1 支出情况", header_rows=header_rows)))


def told(rows: Rows, header_rows: int = 1) -> list[tuple[Severity, str]]:
    return [(f.severity, f.computed) for f in checked(rows, header_rows)[0]]


FLAT: Rows = [
    ["项目名称", "预算数", "执行数", "执行率"],
    ["道路养护", "120.50", "118.20", "98.09%"],
    ["桥梁加固", "60.00", "54.30", "90.50%"],
    ["标志更新", "19.50", "—", "—"],
    ["合计", "200.00", "172.50", "86.25%"],
]


class TestATotalOfAllRows:
    def test_that_closes_verifies_every_cell(self) -> None:
        findings, ledger = checked(FLAT)
        assert not findings
        assert ledger.counts() == {State.VERIFIED: 7, State.UNCHECKED: 3}

    def test_that_does_not_close_is_an_error_where_another_column_does(self) -> None:
        rows = [*FLAT[:4], ["合计", "200.00", "182.50", "91.25%"]]
        assert told(rows) == [(Severity.ERROR, "2行之和172.50")]

    def test_is_a_question_where_it_is_the_only_column(self) -> None:
        rows = [["项目", "金额"], ["甲", "30"], ["乙", "45"], ["合计", "85"]]
        assert told(rows) == [(Severity.QUESTION, "2行之和75")]

    def test_points_at_the_total_and_both_ends_of_the_rows(self) -> None:
        rows = [["项目", "金额"], ["甲", "30"], ["乙", "45"], ["丙", "1"], ["合计", "86"]]
        (finding,) = checked(rows)[0]
        assert [place.cell for place in finding.places] == ["R5C2", "R2C2", "R4C2"]
        assert finding.message == "“金额”各行之和为76，“合计”印作86，相差10。"

    def test_may_stand_on_top(self) -> None:
        rows = [["科目", "金额"], ["总计", "75"], ["甲", "30"], ["乙", "45"]]
        assert not told(rows)
        assert told([*rows[:3], ["乙", "44"]]) == [(Severity.QUESTION, "2行之和74")]

    def test_with_dashes_or_without_numbers_is_skipped(self) -> None:
        rows = [["项目", "金额"], ["甲", "30"], ["乙", "45"], ["合计", "—"]]
        assert not told(rows)

    def test_of_rates_and_prices_is_never_made(self) -> None:
        rows = [
            ["项目", "数量", "单价", "完成率"],
            ["甲", "3", "10.00", "80.00%"],
            ["乙", "4", "20.00", "90.00%"],
            ["合计", "7", "15.71", "85.00%"],
        ]
        assert not told(rows)

    def test_is_doubted_where_a_row_stands_there_twice(self) -> None:
        rows = [*FLAT[:3], FLAT[2], *FLAT[3:]]
        assert {severity for severity, _ in told(rows)} <= {Severity.QUESTION}


class TestRounding:
    def test_of_few_rows_is_a_hint(self) -> None:
        rows = [["项目", "金额"], ["甲", "1.11"], ["乙", "2.22"], ["合计", "3.34"]]
        assert told(rows) == [(Severity.HINT, "2行之和3.33")]

    def test_of_many_rows_may_be_more_but_not_at_will(self) -> None:
        many = [[f"项目{n}号", "1.01"] for n in range(12)]
        assert told([["项目", "金额"], *many, ["合计", "12.14"]]) == [
            (Severity.HINT, "12行之和12.12")
        ]
        assert told([["项目", "金额"], *many, ["合计", "12.18"]]) == [
            (Severity.QUESTION, "12行之和12.12")
        ]

    def test_is_unlikely_between_round_amounts(self) -> None:
        rows = [
            ["项目", "金额"],
            ["甲", "20.00"],
            ["乙", "30.10"],
            ["丙", "5.50"],
            ["合计", "55.61"],
        ]
        assert told(rows) == [(Severity.QUESTION, "3行之和55.60")]

    def test_to_other_decimals_needs_no_word(self) -> None:
        rows = [["项目", "金额"], ["甲", "1.104"], ["乙", "2.2"], ["合计", "3.3"]]
        findings, ledger = checked(rows)
        assert not findings
        assert ledger.counts() == {State.CONSISTENT: 3}

    def test_is_no_excuse_for_a_score_that_is_a_tenth_off(self) -> None:
        many = [[f"指标{n}号", "0.7"] for n in range(30)]
        rows = [["指标", "得分"], *many, ["末项", "1.25"], ["合计", "22.35"]]
        assert told(rows) == [(Severity.QUESTION, "31行之和22.25")]

    def test_of_scores_comes_after_they_are_added_up(self) -> None:
        many = [[f"指标{n}号", "1.33"] for n in range(9)]
        assert told([["指标", "得分"], *many, ["合计", "12.00"]]) == [
            (Severity.HINT, "9行之和11.97")
        ]

    def test_does_not_explain_whole_numbers(self) -> None:
        rows = [["项目", "户数"], ["甲", "11"], ["乙", "22"], ["合计", "34"]]
        assert [severity for severity, _ in told(rows)] == [Severity.QUESTION]


GROUPED: Rows = [
    ["类别", "项目", "金额"],
    ["民生", "甲", "30"],
    [None, "乙", "45"],
    ["小计", "", "75"],
    ["建设", "丙", "20"],
    [None, "丁", "5"],
    ["小计", "", "25"],
    ["合计", "", "100"],
]


class TestSubtotals:
    def test_and_the_grand_total_close_together(self) -> None:
        findings, ledger = checked(GROUPED)
        assert not findings
        assert ledger.counts() == {State.VERIFIED: 7}

    def test_may_have_the_name_of_the_grand_total(self) -> None:
        rows = [[("合计" if cell == "小计" else cell) for cell in row] for row in GROUPED]
        assert not told(rows)
        assert told([*rows[:-1], ["合计", "", "110"]]) == [(Severity.QUESTION, "4行之和100")]

    def test_of_sections_take_in_the_subtotals_since_the_last_section(self) -> None:
        section = [["小计", "3"], ["甲", "1"], ["乙", "2"]]
        rows = [
            ["项目", "数量"],
            *section,
            *section,
            ["合计", "6"],
            *section,
            *section,
            ["合计", "6"],
        ]
        assert not told(rows)

    def test_are_known_by_the_label_and_not_by_what_they_stand_under(self) -> None:
        rows = [
            ["名称", "上级", "金额", "结余"],
            ["全部", "—", "100", "7"],
            ["基本", "总计", "60", "7"],
            ["人员", "基本", "50", "7"],
            ["公用", "基本", "10", "—"],
            ["项目", "总计", "40", "—"],
        ]
        assert not told(rows)

    def test_of_a_form_stand_with_their_own_rows(self) -> None:
        rows = [
            ["项目名称", "预算数", "执行数"],
            ["甲", "10.00", "9.00"],
            ["乙", "20.00", "19.00"],
            ["合计", "30.00", "28.00"],
            ["一级指标", "分值", "得分"],
            ["产出", "50", "45"],
            ["效益", "50", "44"],
            ["总计", "100", "88"],
        ]
        assert told(rows) == [(Severity.ERROR, "2行之和89")]


NUMBERED: Rows = [
    ["序号", "名称", "预算数", "决算数"],
    ["一", "基本支出", "30.5", "30.1"],
    ["1", "人员经费", "20.5", "20.1"],
    ["2", "公用经费", "10.0", "10.0"],
    ["2.1", "其中：三公经费", "3.0", "2.5"],
    ["二", "项目支出", "69.5", "60.0"],
    ["1", "本级", "40.0", "35.0"],
    ["2", "上级", "29.5", "25.0"],
    ["总计", "", "100.0", "90.1"],
]


class TestSerialNumbers:
    def changed(self, row: int, column: int, text: str) -> Rows:
        rows = [list(each) for each in NUMBERED]
        rows[row][column] = text
        return rows

    def test_say_what_belongs_to_what(self) -> None:
        findings, ledger = checked(NUMBERED)
        assert not findings
        # All but the part of which only one is named: it does not exhaust its parent.
        assert ledger.counts() == {State.VERIFIED: 14, State.UNCHECKED: 2}

    def test_show_which_parent_does_not_add_up(self) -> None:
        assert told(self.changed(7, 3, "26.0")) == [(Severity.ERROR, "2行之和61.0")]

    def test_let_a_part_be_smaller_but_not_larger_than_its_whole(self) -> None:
        assert not told(self.changed(4, 2, "9.9"))
        assert (Severity.ERROR, "10.4>10.0") in told(self.changed(4, 2, "10.4"))


POINTED: Rows = [
    ["一级指标", "二级指标", "分值", "得分"],
    ["投入（10 分）", "目标", "4", "3"],
    [None, "预算", "6", "6"],
    ["过程（20 分）", "制度", "8", "8"],
    [None, "执行", "12", "10"],
    ["合计", "", "30", "27"],
]


class TestPointsInLabels:
    def test_are_the_sum_of_the_rows_beside_them(self) -> None:
        findings, ledger = checked(POINTED)
        assert not findings
        assert ledger.counts() == {State.VERIFIED: 12}

    def test_that_are_not_are_asked_about(self) -> None:
        rows = [*POINTED[:3], ["过程（15 分）", *POINTED[3][1:]], *POINTED[4:]]
        (finding,) = checked(rows)[0]
        assert (finding.rule, finding.computed) == ("R05", "8+12=20")

    def test_that_every_page_repeats_are_one(self) -> None:
        rows = [*POINTED[:2], ["投入（10 分）", *POINTED[2][1:]], *POINTED[3:]]
        assert not told(rows)

    def test_stand_in_cells_of_their_own_too(self) -> None:
        rows: Rows = [
            ["一级指标", "分值", "二级指标", "分值"],
            ["投入", "10", "目标", "4"],
            [None, None, "预算", "6"],
            ["过程", "21", "制度", "8"],
            [None, None, "执行", "12"],
        ]
        assert told(rows) == [(Severity.QUESTION, "8+12=20")]


class TestForms:
    def form(self, spent: str, share: str) -> list[tuple[str, str]]:
        rows = [
            ["总收入", "150.5", "财政拨款收入", "140.5", "其他收入", "10"],
            ["总支出", "120.0", "基本支出", "70.0", "项目支出", spent],
            ["项目数", "28", "抽查项目数", "9", "抽查占比", share],
        ]
        return [(f.rule, f.computed) for f in checked(rows, 0)[0]]

    def test_say_a_whole_and_its_parts_in_one_row(self) -> None:
        assert not self.form("50.0", "32.14%")

    def test_whose_parts_do_not_add_up_are_asked_about(self) -> None:
        assert self.form("51.0", "32.14%") == [("R10", "70.0+51.0=121")]

    def test_whose_rate_does_not_hold_are_asked_about(self) -> None:
        assert self.form("50.0", "33.14%") == [("R01", "9÷28=32.14%")]


class TestTheRealReport:
    def test_has_one_total_that_its_rows_miss(self, case_dir: Path) -> None:
        findings, _ = run(table_sums.check, read_file(case_dir / "report.docx"))
        assert not [f for f in findings if f.severity is Severity.ERROR]
        places = [(f.places[0].exact, f.computed) for f in findings]
        assert ("3404.29", "30行之和3404.27") in places
