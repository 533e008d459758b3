from pathlib import Path

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.dates import check
from steelyard.intake.reading.read_file import read_file


def found(*parts: str) -> list[Finding]:
    return run(check, document(*parts))[0]


class TestTheCalendar:
    @pytest.mark.parametrize(
        "date", ["2024年13月2日", "2024年6月31日", "2023年2月29日", "6月31日", "2024-11-31"]
    )
    def test_finds_days_that_do_not_exist(self, date: str) -> None:
        (finding,) = found(f"评价组于{date}到现场。")
        assert finding.severity is Severity.ERROR

    @pytest.mark.parametrize("date", ["2024年2月29日", "2月29日", "2024年1-6月", "2024.11.30"])
    def test_passes_over_days_that_do(self, date: str) -> None:
        assert not found(f"评价组于{date}到现场。")


class TestPeriods:
    def test_finds_an_end_before_the_beginning(self) -> None:
        (finding,) = found("项目期为2024年9月24日至2024年8月8日。")
        assert finding.severity is Severity.ERROR

    def test_asks_where_the_end_has_no_year(self) -> None:
        (finding,) = found("项目期为2024年11月至3月。")
        assert finding.severity is Severity.QUESTION

    def test_marks_a_period_in_order(self) -> None:
        findings, ledger = run(check, document("项目期为2024年9月24日至11月8日。"))
        assert not findings
        assert {entry.state for entry in ledger} == {State.CONSISTENT}


EVALUATED = "受托于2024年9月24日至2024年11月8日对县农业局开展了绩效评价。"


class TestTheOrder:
    def test_asks_about_an_opinion_on_a_report_not_yet_written(self) -> None:
        (finding,) = found(
            EVALUATED, "附件8：绩效评价报告部门反馈意见采纳情况", "填表时间：2024年11月1日"
        )
        assert finding.severity is Severity.QUESTION
        assert [place.exact for place in finding.places] == ["2024年11月1日", "2024年11月8日"]

    def test_passes_over_an_opinion_on_the_plan(self) -> None:
        assert not found(
            EVALUATED, "附件6：绩效评价方案部门征求意见采纳情况", "填表时间：2024年10月1日"
        )

    def test_asks_about_a_report_signed_before_the_end(self) -> None:
        (finding,) = found(EVALUATED, "2024年10月3日")
        assert "早于评价工作结束" in finding.message

    def test_passes_over_a_report_signed_later(self) -> None:
        assert not found(EVALUATED, "2025年4月3日")


class TestGoals:
    TITLE = "2023年部门整体支出绩效评价报告"

    def test_asks_about_a_goal_that_rests_on_its_own_year(self) -> None:
        (finding,) = found(
            self.TITLE,
            "提出55亿元的目标，是基于2023年完成41亿元的基础上提出的。全年仍保持8.4%的增长。",
        )
        assert [place.exact for place in finding.places] == ["基于2023年完成41亿元的基础", "8.4%"]

    @pytest.mark.parametrize(
        "text",
        [
            "提出55亿元的目标，是基于2022年完成41亿元的基础上提出的。",
            "2024年的目标为55亿元，是基于2023年完成41亿元的基础上提出的。",
        ],
    )
    def test_passes_over_a_goal_of_the_year_after(self, text: str) -> None:
        assert not found(self.TITLE, text)


def test_finds_the_goal_of_a_published_report(case_dir: Path) -> None:
    (finding,) = run(check, read_file(case_dir / "report.docx"))[0]
    assert finding.places[0].exact.startswith("基于2023年完成")
    assert finding.places[1].exact == "8.4%"


class TestTheDateOfTheReport:
    def test_is_asked_about_where_there_are_two(self) -> None:
        (finding,) = found("2024年12月3日", "一、基本情况", "2024年12月8日")
        assert (finding.rule, finding.severity) == ("R19", Severity.QUESTION)
        assert [place.exact for place in finding.places] == ["2024年12月3日", "2024年12月8日"]

    def test_may_be_repeated(self) -> None:
        assert not found("2024年12月3日", "一、基本情况", "2024年12月3日")

    def test_may_stand_behind_a_signature(self) -> None:
        (finding,) = found("2024年12月3日", "评价机构（盖章）：2024年12月8日")
        assert finding.message.startswith("报告有两个日期")

    def test_is_none_in_the_middle_of_a_sentence(self) -> None:
        assert not found("2024年12月3日", "现场核查到2024年12月8日为止。")

    def test_is_none_where_many_dates_stand_alone(self) -> None:
        assert not found("2024年12月3日", "2024年12月4日", "2024年12月5日", "2024年12月6日")


class TestAnOpinionOnTheReport:
    HEAD = "附件8：绩效评价报告部门反馈意见采纳情况"

    def test_is_asked_about_after_the_report(self) -> None:
        (finding,) = found("2024年12月3日", self.HEAD, "填表时间：2024年12月9日")
        assert "晚于报告日期2024年12月3日" in finding.message
        assert finding.severity is Severity.QUESTION

    def test_is_consistent_before_it(self) -> None:
        findings, ledger = run(
            check, document("2024年12月3日", self.HEAD, "填表时间：2024年11月29日")
        )
        assert not findings
        assert State.CONSISTENT in {entry.state for entry in ledger}


class TestThePeriodOfTheEvaluation:
    @pytest.mark.parametrize(
        "text",
        [
            "评价工作自2024年9月2日起，至2024年11月8日结束。",
            "评价自2024年9月2日开始，至11月8日结束。",
            "现场核查时间：2024年9月2日至2024年11月8日。",
        ],
    )
    def test_ends_before_the_report_is_signed(self, text: str) -> None:
        (finding,) = found(text, "2024年10月3日")
        assert "早于评价工作结束的2024年11月8日" in finding.message

    def test_is_not_that_of_a_project(self) -> None:
        assert not found("水库工期自2024年9月2日起，至2024年11月8日。", "2024年10月3日")

    def test_with_a_comma_ends_after_it_begins(self) -> None:
        (finding,) = found("项目自2024年9月24日起，至2024年8月8日完工。")
        assert finding.severity is Severity.ERROR
