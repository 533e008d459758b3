"""Which mentions of a term are the department's: the words in front of it say so."""

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.quantities.terms import check

WHOLE = "全年预算数为 920.50 万元。"


def found(text: str) -> list[Finding]:
    return run(check, document("一、基本情况", WHOLE, "二、过程分析", WHOLE, "三、结论", text))[0]


class TestATerm:
    def test_of_one_value_is_consistent(self) -> None:
        findings, ledger = run(check, document("一、基本情况", WHOLE, "二、过程分析", WHOLE))
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 2

    def test_of_another_value_is_an_error_where_two_agree(self) -> None:
        (finding,) = found("全年预算数为 902.50 万元。")
        assert (finding.rule, finding.severity) == ("R11", Severity.ERROR)
        assert finding.places[0].exact == "902.50 万元"

    def test_of_two_values_is_asked_about_where_one_stands_against_one(self) -> None:
        text = "全年预算数为 902.50 万元。"
        (finding,) = run(check, document("一、基本情况", WHOLE, "二、结论", text))[0]
        assert finding.severity is Severity.QUESTION

    def test_may_be_printed_in_another_unit(self) -> None:
        assert not found("全年预算数为 9205000 元。")


class TestAPartOfTheMoney:
    @pytest.mark.parametrize(
        "text",
        [
            "项目支出全年预算数为 310.20 万元。",
            "县级财政全年预算数为 310.20 万元。",
            "专项经费全年预算数为 310.20 万元。",
            "追加预算总额为 310.20 万元。",
            "公用经费年初预算数为 310.20 万元，上级年初预算数为 95.60 万元。",
        ],
    )
    def test_is_not_the_departments(self, text: str) -> None:
        assert not found(text)

    def test_is_told_from_the_whole(self) -> None:
        assert found("整体支出全年预算数为 310.20 万元。")


class TestPassedOver:
    @pytest.mark.parametrize(
        "text",
        [
            "自评表填报的全年预算数为 902.50 万元。",
            "全年预算数为 85.20%。",
            "全年预算数≥902.50 万元。",
        ],
        ids=["what others filled in", "another kind of number", "a target"],
    )
    def test_what_is_no_statement_of_the_term(self, text: str) -> None:
        assert not found(text)
