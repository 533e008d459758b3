"""Printed calculations: every side of an equation is worked out."""

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.claims.equations import check
from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State


class TestAnEquation:
    @pytest.mark.parametrize(
        "text",
        [
            "合计1200+350=1550万元。",
            "完成率=1260÷1500×100%=84%。",
            "得分=84%×5分=4.2分。",
            "结余1500.75-1260.25=240.5万元。",
        ],
    )
    def test_that_holds_is_verified(self, text: str) -> None:
        findings, ledger = run(check, document(text))
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 3

    def test_that_does_not_is_an_error_with_what_is_due(self) -> None:
        (finding,) = run(check, document("合计1200+350=1560万元。"))[0]
        assert (finding.rule, finding.severity) == ("R02", Severity.ERROR)
        assert finding.places[0].exact == "1560万元"
        assert "算得1550万元" in finding.message

    def test_of_two_formulas_is_an_error_with_both_values(self) -> None:
        (finding,) = run(check, document("核对：1200+350=1300+240。"))[0]
        assert "左边为1550，右边为1540" in finding.message


class TestARoundedOperand:
    def test_may_stand_for_any_value_that_is_printed_so(self) -> None:
        text = "变动率=3107.9÷15000×100%=20.72%，超出20.72%÷5%=4.1439个档次。"
        findings, ledger = run(check, document(text))
        assert not findings
        assert ledger.counts()[State.CONSISTENT] >= 1

    def test_that_was_not_worked_out_before_is_taken_as_printed(self) -> None:
        (finding,) = run(check, document("超出20.72%÷5%=4.1439个档次。"))[0]
        assert finding.severity is Severity.ERROR

    def test_reaches_no_further_than_its_rounding(self) -> None:
        text = "变动率=3107.9÷15000×100%=20.72%，超出20.72%÷5%=4.1339个档次。"
        assert len(run(check, document(text))[0]) == 1


class TestTheDefinitionOfARate:
    def test_is_multiplied_by_a_hundred_per_cent(self) -> None:
        findings, ledger = run(check, document("完成率=（实际数÷计划数）×100%。"))
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 1

    def test_by_another_rate_is_an_error(self) -> None:
        (finding,) = run(check, document("完成率=（实际数÷计划数）×10%。"))[0]
        assert finding.severity is Severity.ERROR
