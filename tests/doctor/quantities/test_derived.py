"""Rates that follow from quantities in other chapters."""

from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Severity
from steelyard.doctor.quantities.derived import check

FUNDS = "全年预算数6719.57万元，全年支出6191.29万元。"


def test_are_asked_about_where_they_do_not() -> None:
    text = "年末结转结余528.28万元。结转结余率8.86%。"
    (finding,) = run(check, document("一、预算", FUNDS, text))[0]
    assert (finding.severity, finding.computed) == (
        Severity.QUESTION,
        "528.28÷6719.57=7.86%",
    )


def test_may_have_either_of_the_usual_denominators() -> None:
    for rate in ("7.86", "8.53"):
        text = f"年末结转结余528.28万元。结转结余率{rate}%。"
        assert not run(check, document("一、预算", FUNDS, text))[0]


def test_of_something_less_are_left_alone() -> None:
    text = "年初预算数5800.70万元。剔除上级追加后，预算调整率3.00%。"
    assert not run(check, document("一、预算", FUNDS, text))[0]


def test_growth_is_held_against_the_spending_of_the_year() -> None:
    text = "2022年支出5630.00万元，2023年支出比上年增长{}%。"
    assert not run(check, document("一、预算", FUNDS, text.format("9.97")))[0]
    (finding,) = run(check, document("一、预算", FUNDS, text.format("9.07")))[0]
    assert "应为9.97%" in finding.message
