from pathlib import Path

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules import marks, repetition
from steelyard.doctor.view.view import View
from steelyard.intake.reading.read_file import read_file


def check(view: View, pen: Pen) -> None:
    marks.check(view, pen)
    repetition.check(view, pen)


def found(*parts: str) -> list[Finding]:
    return run(check, document(*parts))[0]


class TestPairedMarks:
    def test_finds_a_surplus_bracket(self) -> None:
        (finding,) = found("依据《关于加强管理的通知》）（财预〔2019〕12号）开展评价。")
        assert finding.severity is Severity.ERROR
        assert finding.places[0].exact == "）"

    def test_finds_a_bracket_that_stays_open_in_a_title(self) -> None:
        (finding,) = found("按照《县财政局关于印发资金管理办法（试行》的通知》要求支付。")
        assert "（ 没有收尾" in finding.message
        assert "多一个 》" in finding.message

    def test_finds_crossed_marks(self) -> None:
        (finding,) = found("完成了《“园区发展研究》《用工情况研究”》两项课题。")
        assert "交叉" in finding.message

    def test_finds_an_ascii_quote_that_closes_a_chinese_one(self) -> None:
        (finding,) = found("课题为‘以产聚人'研究。")
        assert "英文单引号" in finding.message

    @pytest.mark.parametrize(
        "text",
        [
            "按照《财政部关于印发〈办法〉的通知》（财预〔2020〕10号）执行。",
            "具体如下：1）资料收集；2）现场核查；a）访谈。",
            "得分落在[80，90）区间的为良。",
            "主要包括1）资料收集、2）现场核查。",
            "It's 50 (about half) of the total.",
            "设“优”“良”“中”（含）三档。",
        ],
    )
    def test_passes_over(self, text: str) -> None:
        assert not found(text)

    def test_passes_over_a_bracket_closed_in_the_next_line(self) -> None:
        assert not found("结转结余率=（年末结转", "结余数÷全年执行数）×100%。")

    def test_passes_over_a_bracket_closed_in_the_next_cell(self) -> None:
        cut = table([["名称", "金额"], ["专项资金（第", "5"], ["四批）", "6"]])
        assert not run(check, document(cut))[0]

    def test_asks_about_a_cell(self) -> None:
        cell = table([["名称", "金额"], ["专项资金（第四批", "5"]])
        (finding,) = run(check, document(cell))[0]
        assert finding.severity is Severity.QUESTION


class TestFragments:
    def test_finds_a_phrase_written_twice(self) -> None:
        (finding,) = found("根据评分标准 根据评分标准，该指标得2分。")
        assert finding.severity is Severity.ERROR
        assert finding.message == "“根据评分标准”连写了两遍。"

    def test_finds_a_phrase_on_both_sides_of_a_break(self) -> None:
        (finding,) = found("为增长提供了支撑。根据评分标准", "根据评分标准，该指标得2分。")
        assert len(finding.places) == 2

    @pytest.mark.parametrize(
        "text",
        [
            "目标未覆盖中长期规划。中长期规划的任务未列入目标。",
            "预算执行率 预算执行率=执行数÷预算数。",
            "提高资金使用效益，资金使用效益明显。",
            "人人有责，天天更新，刚刚完成。",
        ],
    )
    def test_passes_over(self, text: str) -> None:
        assert not found(text)

    @pytest.mark.parametrize("text", ["本年度因由于雨季延误。", "完成了的的任务。"])
    def test_finds_doubled_words(self, text: str) -> None:
        assert len(found(text)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "未完成原因：由于雨季。",
            "为了了解情况",
            "实现目的的措施",
            "关注的是是否完成",
            "存在在建工程",
            "以及及时拨付",
            "积极参与与会各方讨论",
        ],
    )
    def test_passes_over_words_that_only_seem_doubled(self, text: str) -> None:
        assert not found(text)

    def test_finds_doubled_punctuation(self) -> None:
        (finding,) = found("已经完成。。其余在建，、待验收。")
        assert finding.severity is Severity.HINT
        assert len(finding.places) == 2


class TestSlips:
    def test_finds_a_word_in_the_place_of_a_unit(self) -> None:
        (finding,) = found("全县产值实现458医院。", "目标为400亿元，实际产值458亿元。")
        assert finding.message == "“458医院”应为“458亿元”，别处即如此。"
        assert len(finding.places) == 2

    def test_passes_over_a_number_of_hospitals(self) -> None:
        assert not found("支持458医院建设，产值120亿元。")


def test_finds_the_slips_of_a_published_report(case_dir: Path) -> None:
    findings = run(check, read_file(case_dir / "report.docx"))[0]
    exact = {place.exact for finding in findings for place in finding.places}
    assert {"）", "》", "（", "因由于", "根据评分标准", "322医院"} <= exact
    assert sum(finding.severity is Severity.ERROR for finding in findings) <= 4


class TestAShortWordTwice:
    def test_is_asked_about_where_its_words_end(self) -> None:
        (finding,) = found("过程得分12.8分，得分率得分率80.00%。")
        assert "“得分率”似连写了两遍" in finding.message

    def test_may_begin_a_longer_name(self) -> None:
        assert not found("投入包括预算编制预算编制科学性两级。")
