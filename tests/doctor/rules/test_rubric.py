"""Scoring rules on their own: criteria, shares, bands."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import rubric
from steelyard.intake.reading.document import Document

CRITERIA = "①符合规定计{0}分；②手续完整计{0}分；③经过论证计{0}分；④符合用途计{0}分。"
BANDS = (
    "满意度≥95%，得满分；85%≤满意度＜95%，得权重的90%；"
    "{}≤满意度＜85%，得权重的80%；满意度＜80%，不得分。"
)


def rule(text: str, points: str = "2") -> Document:
    rows = [
        ["一级指标", "三级指标", "分值", "评分标准", "得分"],
        ["过程", "被评指标", points, text, points],
        ["过程", "另一指标", "2", "酌情评分", "2"],
    ]
    return document(table(rows, header_rows=1))


def found(made: Document) -> list[Finding]:
    return run(rubric.check, made)[0]


class TestCriteria:
    def test_that_make_up_the_points_hold(self) -> None:
        assert not found(rule(CRITERIA.format("0.5")))

    def test_that_add_up_to_more_are_an_error(self) -> None:
        findings = found(rule(CRITERIA.format("0.6")))
        assert [(f.rule, f.severity) for f in findings] == [("R06", Severity.ERROR)]
        assert findings[0].computed == "0.6+0.6+0.6+0.6=2.4"

    @pytest.mark.parametrize("points", ["2", "1.5"])
    def test_that_are_alternatives_are_not_added(self, points: str) -> None:
        text = f"完成率=100%得{points}分，90%以上得1分，80%以上得0.5分，低于80%不得分。"
        assert not found(rule(text, points))

    def test_may_not_give_more_than_the_points(self) -> None:
        findings = found(rule("利用率为100%的计2分，每低于1%扣0.2分，扣完为止。", "1"))
        assert [f.severity for f in findings] == [Severity.ERROR]
        assert findings[0].places[0].exact == "2分"


class TestShares:
    @pytest.mark.parametrize(
        "shares", ["三项权重分别为40%，30%，30%", "三项权重分别为30%、30%和40%"]
    )
    def test_that_make_a_hundred_hold(self, shares: str) -> None:
        assert not found(rule(f"①真实；②完整；③准确。以上{shares}，三项都符合得满分。"))

    def test_that_make_less_are_an_error(self) -> None:
        findings = found(rule("①真实；②完整；③准确。以上三项权重分别为40%，30%，20%。"))
        assert [(f.rule, f.computed) for f in findings] == [("R06", "90%")]

    def test_of_another_number_of_criteria_are_an_error(self) -> None:
        findings = found(rule("①真实；②完整；③准确；④及时。以上五项权重均为20%。"))
        assert ["“以上五项”" in f.message for f in findings] == [True]


class TestBands:
    def test_without_gap_or_overlap_hold(self) -> None:
        assert not found(rule(BANDS.format("80%")))

    def test_with_a_gap_are_told(self) -> None:
        findings = found(rule(BANDS.format("82%")))
        assert [f.rule for f in findings] == ["R07"]


class TestSharesOfTheirOwn:
    """①…，占40%；②…，占30%: each criterion says its share itself."""

    TEXT = "①制度健全，占40%；②流程合规，占30%；③资料完整，占{}%。"

    def test_that_make_a_hundred_are_verified(self) -> None:
        findings, ledger = run(rubric.check, rule(self.TEXT.format(30)))
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 3

    def test_that_make_less_are_an_error(self) -> None:
        findings = found(rule(self.TEXT.format(20)))
        assert [(f.rule, f.severity, f.computed) for f in findings] == [
            ("R06", Severity.ERROR, "90%")
        ]

    def test_are_not_added_where_a_criterion_has_none(self) -> None:
        assert not found(rule("①制度健全，占40%；②流程合规，占30%；③资料完整。"))


class TestEqualSteps:
    LADDER = "完成率=100%得2分，90%以上得1.5分，{}%以上得1分，70%以上得0.5分，70%以下不得分。"

    def test_asks_about_the_one_between_that_breaks_them(self) -> None:
        findings = found(rule(self.LADDER.format(82)))
        assert any("似应为80%" in finding.message for finding in findings)

    def test_passes_over_steps_that_are_equal(self) -> None:
        assert not [f for f in found(rule(self.LADDER.format(80))) if "等距" in f.message]
