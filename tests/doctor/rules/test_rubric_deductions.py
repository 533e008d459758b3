"""Losses that a rule allows: sums of criteria, whole numbers of defects, all or nothing."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import rubric_deductions
from steelyard.intake.reading.document import Document

POINTS = "①制度健全计1分；②制度合法计1分；③制度得到执行计1分。"
SHARES = "①真实；②完整；③准确。以上三项权重分别为40%、30%、30%，一项不符扣减本项分值。"


def rubric(rule: str, points: str, earned: str, reason: str = "—") -> Document:
    rows = [
        ["一级指标", "二级指标", "分值", "评分标准", "得分", "扣分原因"],
        ["过程", "被评指标", points, rule, earned, reason],
        ["过程", "另一指标", "2", "酌情评分", "2", "—"],
    ]
    return document(table(rows, header_rows=1))


class TestALoss:
    @pytest.mark.parametrize(
        ("rule", "points", "earned"),
        [
            (POINTS, "3", "2"),
            (POINTS, "3", "1"),
            (SHARES, "1", "0.6"),
            (SHARES, "1", "0.3"),
            ("满分3分，缺少一项管理制度扣0.5分。", "3", "2.5"),
            ("每有一处不符扣减本项分值的20%，扣完为止。", "1", "0.8"),
            ("每一项任务未完成扣0.225分，扣完为止。", "4.5", "4.28"),
            ("①真实；②完整，两项权重均为50%，每有一处不符扣减本项分值的20%。", "2", "1.8"),
        ],
    )
    def test_that_the_rule_allows_is_consistent(self, rule: str, points: str, earned: str) -> None:
        findings, ledger = run(rubric_deductions.check, rubric(rule, points, earned, "一项不符"))
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 1

    @pytest.mark.parametrize(
        ("rule", "points", "earned"),
        [(POINTS, "3", "2.4"), ("满分3分，缺少一项管理制度扣0.5分。", "3", "2.7")],
    )
    def test_that_no_criterion_gives_is_asked_about(
        self, rule: str, points: str, earned: str
    ) -> None:
        findings, _ = run(rubric_deductions.check, rubric(rule, points, earned, "一项不符"))
        assert [(f.rule, f.severity) for f in findings] == [("R08", Severity.QUESTION)]
        assert findings[0].places[0].exact == earned

    def test_left_to_the_evaluator_is_passed_over(self) -> None:
        rule = "①健全计1分；②合法计1分；③执行计1分。执行不到位的酌情扣分。"
        assert not run(rubric_deductions.check, rubric(rule, "3", "2.4"))[0]

    def test_of_criteria_that_do_not_make_up_the_points_is_passed_over(self) -> None:
        assert not run(rubric_deductions.check, rubric(POINTS, "4", "2.4"))[0]


class TestAllOrNothing:
    rule = "在职人员控制率≤100%得满分，在职人员控制率＞100%不得分。"

    def test_is_earned_on_the_right_side_of_the_edge(self) -> None:
        findings, ledger = run(
            rubric_deductions.check, rubric(self.rule, "4", "4", "在职人员控制率95.59%。")
        )
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 3

    def test_is_asked_about_on_the_wrong_side(self) -> None:
        made = rubric(self.rule, "4", "4", "在职人员控制率为102.5%。")
        findings, _ = run(rubric_deductions.check, made)
        assert [f.severity for f in findings] == [Severity.QUESTION]
        assert findings[0].score is not None
        assert findings[0].score.computed == 0

    def test_is_no_rule_with_bands_between(self) -> None:
        rule = "执行率≥90%的，得满分；80%≤执行率<90%的，得分值的75%；执行率<60%的，不得分。"
        made = rubric(rule, "4", "3", "预算执行率87.29%。")
        assert not run(rubric_deductions.check, made)[0]
