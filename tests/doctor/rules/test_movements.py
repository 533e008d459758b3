"""Movements of the budget told in sentences: opened, added and cut make the year's."""

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.movements import check

HEAD = "二、预算安排情况"
TOLD = "年初预算数为 800.00 万元，追加预算 150.00 万元，调减资金 30.00 万元，全年预算数为 {} 万元。"


class TestTheMovementsOfASection:
    def test_that_make_the_budget_are_verified(self) -> None:
        findings, ledger = run(check, document(HEAD, TOLD.format("920.00")))
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 4

    def test_that_do_not_are_asked_about(self) -> None:
        (finding,) = run(check, document(HEAD, TOLD.format("950.00")))[0]
        assert (finding.rule, finding.severity) == ("R09", Severity.QUESTION)
        assert finding.computed == "800.00+150.00-30.00"
        assert "相差30万元" in finding.message

    def test_may_stand_in_several_paragraphs(self) -> None:
        parts = [f"{part}。" for part in TOLD.format("950.00").strip("。").split("，")]
        (finding,) = run(check, document(HEAD, *parts))[0]
        assert [place.exact for place in finding.places] == [
            "800.00 万元",
            "150.00 万元",
            "30.00 万元",
            "950.00 万元",
        ]


class TestPassedOver:
    @pytest.mark.parametrize(
        "text",
        [
            "年初预算数为 800.00 万元，全年预算数为 950.00 万元。",
            "年初预算数为 800.00 万元，追加预算 150.00 万元，全年支出 910.00 万元。",
            "追加预算 150.00 万元，全年预算数为 930.00 万元。",
        ],
        ids=["nothing added", "no budget of the year", "no opening"],
    )
    def test_what_cannot_be_added_up(self, text: str) -> None:
        assert not run(check, document(HEAD, text))[0]

    def test_differences_that_rounding_makes(self) -> None:
        text = "年初预算数为 800.44 万元，追加预算 150.44 万元，全年预算数为 950.9 万元。"
        assert not run(check, document(HEAD, text))[0]
