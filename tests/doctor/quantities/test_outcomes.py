"""What came out: a sentence gives the outcome that the table of goals gives."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.quantities.outcomes import check

ROWS = [
    ["指标名称", "目标值", "实际完成值"],
    ["新增高标准农田面积", "320 亩", "305 亩"],
    ["农村公路养护里程", "150 公里", "162 公里"],
    ["职业技能培训人数", "900 人", "880 人"],
    ["林业病虫害防治面积", "410 亩", "455 亩"],
]


def said(text: str, rows: int = len(ROWS)) -> tuple[list[Finding], Ledger]:
    goals = table(ROWS[:rows], title="表 3 绩效目标完成情况", header_rows=1)
    return run(check, document("一、目标完成情况", goals, "二、产出分析", text))


class TestAnOutcomeInASentence:
    def test_that_is_the_tables_is_consistent(self) -> None:
        findings, ledger = said("全年实际完成职业技能培训人数 880 人。")
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 1

    def test_that_is_another_is_asked_about_with_both_places(self) -> None:
        (finding,) = said("全年实际完成职业技能培训人数 808 人。")[0]
        assert (finding.rule, finding.severity) == ("R11", Severity.QUESTION)
        assert [place.exact for place in finding.places] == ["808 人", "880 人"]

    def test_is_asked_about_once_however_often_it_is_said(self) -> None:
        text = "全年实际完成职业技能培训人数 808 人。"
        (finding,) = said(text + text)[0]
        assert len(finding.places) == 3


class TestATargetInASentence:
    def test_that_is_another_is_asked_about(self) -> None:
        (finding,) = said("计划完成农村公路养护里程 105 公里。")[0]
        assert "目标值为150公里" in finding.message

    def test_is_not_held_against_the_outcome(self) -> None:
        assert not said("计划完成农村公路养护里程 150 公里。")[0]

    def test_may_be_one_of_two(self) -> None:
        assert not said("确保实现农村公路养护里程 140 公里，力争实现农村公路养护里程 170 公里。")[0]


class TestPassedOver:
    def test_other_things(self) -> None:
        assert not said("全年实际完成桥梁加固座数 12 座。")[0]

    def test_rates_of_an_amount(self) -> None:
        assert not said("全年实际完成职业技能培训人数的 97.78%。")[0]

    def test_tables_of_few_rows(self) -> None:
        assert not said("全年实际完成新增高标准农田面积 808 亩。", rows=3)[0]
