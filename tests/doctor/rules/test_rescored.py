"""A score worked out again from its rule and its figure."""

from fractions import Fraction
from typing import NamedTuple

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules.rescored import check

HEAD = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"]


def scored(rule: str, points: str, earned: str, reason: str) -> tuple[list[Finding], Ledger]:
    row = ["过程", "预算执行", "预算执行率", points, rule, earned, reason]
    other = ["过程", "预算管理", "制度健全性", "2", "制度健全的计2分", "2", "—"]
    return run(check, document(table([HEAD, row, other], title="附件 1：评分表", header_rows=1)))


class Example(NamedTuple):
    """A rule with the figure it is applied to, the score it gives and another."""

    rule: str
    points: str
    reason: str
    right: str
    wrong: str


BANDS = "≥95%的得5分；90%≤执行率<95%的得4分；80%≤执行率<90%的得3分；低于80%不得分"
STEPS = "结转结余率为0的计满分，每超过1%扣0.5分"
PROPORTION = "新建泵站≥12座得满分，未达到的按比例计分"
EXAMPLES = {
    "product": Example("得分=预算执行率×权重", "5", "预算执行率为82%", "4.1", "3.9"),
    "product above one": Example("得分=预算执行率×权重", "5", "预算执行率为104%", "5", "5.2"),
    "steps": Example(STEPS, "4", "结转结余率为3%", "2.5", "1"),
    "steps to nothing": Example(STEPS, "4", "结转结余率为12%", "0", "0.5"),
    "loss": Example("扣分=变动率×权重", "4", "变动率为25%", "3", "1"),
    "band": Example(BANDS, "5", "执行率为82%", "3", "4"),
    "edge of a band": Example(BANDS, "5", "执行率为90%", "4", "3"),
    "below all bands": Example(BANDS, "5", "执行率为71%", "0", "3"),
    "proportion": Example(PROPORTION, "6", "实际完成9座", "4.5", "4"),
}
every_shape = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


class TestARuleThatParses:
    @every_shape
    def test_verifies_the_score_it_gives(self, example: Example) -> None:
        findings, ledger = scored(example.rule, example.points, example.right, example.reason)
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 2

    @every_shape
    def test_finds_another_score_and_says_which_is_due(self, example: Example) -> None:
        (finding,) = scored(example.rule, example.points, example.wrong, example.reason)[0]
        assert (finding.rule, finding.severity) == ("R08", Severity.ERROR)
        assert f"应得{example.right}分，印作{example.wrong}分" in finding.message
        assert finding.score is not None
        assert finding.score.computed == Fraction(example.right)


class TestARuleOfSeveralReadings:
    @pytest.mark.parametrize("earned", ["2.5", "2.75", "3"])
    def test_is_right_in_any_of_them(self, earned: str) -> None:
        assert not scored(STEPS, "4", earned, "结转结余率为2.5%")[0]

    def test_asks_where_all_of_them_fail(self) -> None:
        (finding,) = scored(STEPS, "4", "1", "结转结余率为2.5%")[0]
        assert finding.severity is Severity.QUESTION
        assert finding.score is None


class TestPassedOver:
    def test_a_rule_in_words(self) -> None:
        assert not scored("制度健全、执行到位的得满分", "5", "3", "执行率为82%")[0]

    def test_a_figure_that_is_not_a_rate(self) -> None:
        assert not scored("得分=预算执行率×权重", "5", "3", "另有82%的材料未归档")[0]

    def test_a_score_rounded_to_its_decimals(self) -> None:
        assert not scored("得分=预算执行率×权重", "5", "4.1", "预算执行率为82.34%")[0]


class TestARowWithWhatCameOut:
    HEAD = ("三级指标", "分值", "目标值", "实际值", "评分标准", "得分")

    def found(self, *cells: str) -> list[Severity]:
        other = ["制度健全性", "2", "", "健全", "健全的计2分", "2"]
        rows = [list(self.HEAD), list(cells), other]
        return [f.severity for f in run(check, document(table(rows, header_rows=1)))[0]]

    @pytest.mark.parametrize(
        "rule",
        [
            "得分=完成率×权重",
            "指标得分=完成率×指标分值",
            "完成率×权重分",
            "实际完成率*6",
            "按完成率计分：得分=完成率×分值",
        ],
    )
    def test_gives_the_score_by_a_product(self, rule: str) -> None:
        assert self.found("河流治理完成率", "6", "", "85%", rule, "5.40") == [Severity.ERROR]
        assert not self.found("河流治理完成率", "6", "", "85%", rule, "5.10")

    def test_gives_the_rate_by_its_target(self) -> None:
        assert self.found("治理长度", "6", "12公里", "10.2公里", "完成率×权重", "5.40") == [
            Severity.ERROR
        ]

    def test_is_asked_about_where_the_rule_only_says_in_proportion(self) -> None:
        assert self.found("治理完成率", "6", "", "85%", "按完成比例得分", "5.40") == [
            Severity.QUESTION
        ]

    def test_is_asked_about_where_another_rate_was_aimed_at(self) -> None:
        assert self.found("满意率", "10", "≥95%", "91%", "满意率×分值", "9.2") == [
            Severity.QUESTION
        ]
        assert not self.found("满意率", "10", "≥95%", "91%", "满意率×分值", "9.58")

    def test_loses_what_each_point_under_a_hundred_costs(self) -> None:
        steps = "每低1%扣0.5分，扣完为止"
        assert self.found("预算执行率", "6", "", "92.14%", steps, "6") == [Severity.QUESTION]
        assert not self.found("预算执行率", "6", "", "92.14%", steps, "2.5")

    def test_loses_from_the_edge_that_gives_full_marks(self) -> None:
        steps = "≤5%得满分；每超1%扣0.2分，扣完为止"
        assert not self.found("预算调整率", "4", "", "15.84%", steps, "2")
        assert self.found("预算调整率", "4", "", "15.84%", steps, "3.5") == [Severity.QUESTION]
