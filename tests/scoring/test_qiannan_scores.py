"""The sample evaluation, leaf by leaf, as worked in docs/algorithms/qiannan-2023-worked.md."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.evaluation.evaluation import Outcome, evaluate, reach_of_all
from steelyard.evaluation.folder import load_evaluation
from steelyard.scoring.alternatives import Alternative
from steelyard.scoring.envelope import Effect

ROOT = Path(__file__).resolve().parents[2]

EARNED = {
    "绩效目标合理性": "2.00",
    "绩效指标明确性": "3.00",
    "在职人员控制率": "4.00",
    "管理制度健全性": "2.50",
    "预算绩效管理执行情况": "1.50",
    "全年预算完成率": "0.00",
    "预算调整率": "1.28",
    "项目支付进度率": "2.00",
    "结转结余控制率": "0.00",
    "公用经费控制率": "2.00",
    "“三公”经费控制率": "2.00",
    "政府采购执行率": "2.00",
    "资金使用合规性": "1.00",
    "预决算信息公开性": "1.00",
    "基础信息完善性": "1.00",
    "资产管理制度健全性": "1.00",
    "资产管理安全性": "0.80",
    "固定资产利用率": "1.00",
    "工业总产值完成额": "1.17",
    "规模工业增加值增长": "0.70",
    "新增规模工业企业数量": "1.80",
    "培育优质中小企业数量": "2.00",
    "电池新材料产业产值完成额": "1.29",
    "全州工业投资额": "1.80",
    "园区产值完成占比": "2.00",
    "园区招商项目数量": "2.00",
    "电煤保供": "2.00",
    "重点工作实际完成情况": "1.60",
    "重点工作完成及时情况": "1.50",
    "重点工作质量达标率": "2.00",
    "落实过紧日子要求": "10.00",
    "全州工业税收": "4.57",
    "规上工业企业利润": "2.53",
    "全州规模企业总户数": "4.93",
    "新增就业": "4.00",
    "重点任务的可持续影响": "3.00",
    "部门履职满意度": "2.40",
    "受益对象满意度": "2.40",
}
BATTERY, PROJECT = "电池新材料产业产值完成额.实际值", "项目[30].计入支付进度"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return evaluate(load_evaluation(ROOT / "examples" / "qiannan-2023"))


def effect_of(outcome: Outcome, issue: str) -> Effect:
    return next(each for each in outcome.effects if each.alternative.issue == issue)


def issues(alternatives: tuple[Alternative, ...]) -> set[str]:
    return {each.issue for each in alternatives}


class TestTheSample:
    def test_scores_every_leaf_as_worked_by_hand(self, outcome: Outcome) -> None:
        earned = {award.leaf.name: award.earned for award in outcome.card.awards}
        assert earned == {name: Fraction(points) for name, points in EARNED.items()}

    def test_adds_up_every_level(self, outcome: Outcome) -> None:
        top = {
            level.group.text: level.earned
            for level in outcome.card.levels
            if len(level.group.path) == 1
        }
        assert top == {
            "投入": Fraction("9.00"),
            "过程": Fraction("19.08"),
            "产出": Fraction("19.86"),
            "过紧日子情况": Fraction("10.00"),
            "效益": Fraction("23.83"),
        }

    def test_comes_to_a_total_and_a_grade(self, outcome: Outcome) -> None:
        standing = outcome.card.standing
        assert outcome.card.total == Fraction("81.77")
        assert standing is not None
        assert standing.grade.name == "良"
        assert (standing.to_lower, standing.to_higher) == (Fraction("1.77"), Fraction("8.23"))

    def test_says_why_the_budget_adjustment_lost_points(self, outcome: Outcome) -> None:
        assert outcome.card.award("预算调整率").because == (
            "全年预算数=7479.37万元，年初预算数=4501.85万元，上级专项新增数=1358.72万元；"
            "预算调整率=（7479.37-4501.85-1358.72）÷4501.85×100%=35.96%；得分=2-2×35.96%=1.28分。"
        )

    def test_reads_the_adjustment_as_gross_when_told_so(self, outcome: Outcome) -> None:
        gross = effect_of(outcome, "过程/预算执行/预算调整率#measure")
        assert gross.leaves[0][2] == Fraction("1.14")


class TestThePublishedScores:
    def test_are_met_in_all_leaves_but_one(self, outcome: Outcome, case_dir: Path) -> None:
        with (case_dir / "indicators.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(outcome.card.awards) == 38
        differing = []
        for row, award in zip(rows, outcome.card.awards, strict=True):
            name = row["level3"] if row["level4"] == "—" else row["level4"]
            assert (name, Fraction(row["weight"])) == (award.leaf.name, award.points)
            if Fraction(row["published_score"]) != award.earned:
                differing.append((name, award.earned, Fraction(row["published_score"])))
        assert differing == [("工业总产值完成额", Fraction("1.17"), Fraction("1.18"))]

    def test_are_told_apart_by_the_outcome_itself(self, outcome: Outcome) -> None:
        (found,) = outcome.differing
        assert found[0].endswith("/工业总产值完成额")
        assert found[1:] == (Fraction("1.17"), Fraction("1.18"))


class TestTheEnvelopeOfTheSample:
    def test_reaches_from_medium_to_good(self, outcome: Outcome) -> None:
        reach = outcome.envelope
        assert reach is not None
        assert (reach.low, reach.high) == (Fraction("79.95"), Fraction("81.93"))
        assert reach.grades == ("良", "中")
        assert issues(reach.low_by) == {BATTERY, PROJECT}
        assert issues(reach.high_by) == {"过程/资产管理/资产管理安全性#base"}

    def test_keeps_its_grade_with_either_figure_alone(self, outcome: Outcome) -> None:
        battery, project = effect_of(outcome, BATTERY), effect_of(outcome, PROJECT)
        assert (battery.total, battery.grade) == (Fraction("80.95"), "良")
        assert (project.total, project.grade) == (Fraction("80.77"), "良")

    def test_falls_a_grade_with_both_and_with_nothing_less(self, outcome: Outcome) -> None:
        assert outcome.envelope is not None
        (flip,) = outcome.envelope.flips
        assert issues(flip.alternatives) == {BATTERY, PROJECT}
        assert (flip.total, flip.grade) == (Fraction("79.95"), "中")

    @pytest.mark.parametrize(
        ("figure", "change"),
        [
            ("全州工业投资额.实际值", "-0.51"),
            ("全州工业税收.实际值", "-0.01"),
            ("部门履职满意度", "0.60"),
            ("受益对象满意度", "-0.60"),
            ("项目[25].按时完成", "-0.50"),
            ("项目[15].按时完成", "0.50"),
            ("项目[25].状态", "0.10"),
        ],
    )
    def test_tells_what_settled_figures_would_change(
        self, outcome: Outcome, figure: str, change: str
    ) -> None:
        assert effect_of(outcome, figure).change == Fraction(change)

    def test_is_wider_still_when_all_is_reopened(self, outcome: Outcome) -> None:
        wide = reach_of_all(outcome)
        assert wide is not None
        assert wide.low < Fraction("79.95")
        assert wide.high > Fraction("81.93")
