"""The name of an indicator is written the same everywhere."""

from __future__ import annotations

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.rules.indicator_names import check

HEADER = ["三级指标", "分值", "得分"]


def found(*names: str) -> list[Finding]:
    tables = [
        table([HEADER, [name, "4", "3"], ["公众满意程度", "6", "6"]], header_rows=1)
        for name in names
    ]
    return run(check, document(*tables))[0]


class TestANameThatStandsOnce:
    def test_with_a_character_less_is_asked_about(self) -> None:
        (finding,) = found("预算完成率", "预算完成率", "预算成率")
        assert finding.severity is Severity.QUESTION
        assert "“预算完成率”在此处写作“预算成率”" in finding.message
        assert finding.places[0].passage.text == "预算成率"

    def test_with_another_character_is_another_indicator(self) -> None:
        assert not found("预算完成率", "预算完成率", "决算完成率")

    def test_that_differs_in_marks_only_is_the_same(self) -> None:
        assert not found("预算完成率", "预算完成率", "—预算完成率")

    def test_is_not_judged_where_no_other_is_usual(self) -> None:
        assert not found("预算完成率", "预算成率")
