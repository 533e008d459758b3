"""Points in the label of a level are the same wherever the label stands."""

from __future__ import annotations

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.rules.level_points import check


def found(*labels: str) -> list[Finding]:
    tables = [
        table([["一级指标", "三级指标", "分值"], [label, "预算完成率", "4"]], header_rows=1)
        for label in labels
    ]
    return run(check, document(*tables))[0]


class TestALabelWithPoints:
    def test_that_differs_from_many_is_an_error(self) -> None:
        (finding,) = found("投入（11分）", "投入（11分）", "投入（11分）", "投入（71分）")
        assert finding.severity is Severity.ERROR
        assert finding.places[0].passage.text == "投入（71分）"

    def test_that_differs_from_two_is_a_question(self) -> None:
        (finding,) = found("投入（11分）", "投入（12分）", "投入（11分）")
        assert finding.severity is Severity.QUESTION

    def test_of_two_things_of_one_name_is_passed_over(self) -> None:
        assert not found("满意度（6分）", "满意度（6分）", "满意度（2分）", "满意度（2分）")

    def test_of_another_name_is_not_compared(self) -> None:
        assert not found("投入（11分）", "过程（27分）", "过程（27分）")
