"""Errors that the report points out itself are none of its own."""

from tests.doctor.made_documents import document

from steelyard.doctor.acknowledged import with_acknowledged
from steelyard.doctor.finding import Finding, Severity, place_of
from steelyard.doctor.view.view import view_of

FORM = "苗圃建设项目全年预算数 86.50 万元。"


def shown(severity: Severity, *parts: str) -> Finding:
    """Return a finding on the first number of the second part, after acknowledging."""
    view = view_of([document(*parts)])
    passage = view.passages[1]
    figure = passage.claims[0]
    finding = Finding(
        "R11",
        severity,
        "“苗圃建设项目”在两处的数不同。",
        (place_of(passage, figure),),
        figures=(figure,),
    )
    (after,) = with_acknowledged(view, [finding])
    return after


class TestAnError:
    def test_that_the_report_points_out_is_a_hint(self) -> None:
        told = "苗圃建设项目的预算误填为 86.50 万元。"
        after = shown(Severity.ERROR, "一、自评情况", FORM, "二、存在问题", told)
        assert after.severity is Severity.HINT
        assert after.message.endswith("报告在别处已经指出。")

    def test_stays_one_where_the_sentence_speaks_of_another_thing(self) -> None:
        told = "电站检修经费误填为 86.50 万元。"
        after = shown(Severity.ERROR, "一、自评情况", FORM, "二、存在问题", told)
        assert after.severity is Severity.ERROR

    def test_stays_one_where_the_sentence_has_another_number(self) -> None:
        told = "苗圃建设项目的预算误填为 85.60 万元。"
        after = shown(Severity.ERROR, "一、自评情况", FORM, "二、存在问题", told)
        assert after.severity is Severity.ERROR

    def test_stays_one_where_the_sentence_finds_no_fault(self) -> None:
        told = "苗圃建设项目的预算为 86.50 万元。"
        after = shown(Severity.ERROR, "一、自评情况", FORM, "二、存在问题", told)
        assert after.severity is Severity.ERROR


def test_a_question_stays_a_question() -> None:
    told = "苗圃建设项目的预算误填为 86.50 万元。"
    after = shown(Severity.QUESTION, "一、自评情况", FORM, "二、存在问题", told)
    assert after.severity is Severity.QUESTION


def test_a_difference_that_the_text_explains_is_a_hint() -> None:
    view = view_of(
        [
            document(
                "基本支出20.27万元。",
                "另一表所列为20.28万元，比本项的20.27万元多0.01万元，属小数取舍。",
                "基本支出20.28万元。",
            )
        ]
    )
    places = [place_of(p, p.claims[0]) for p in (view.passages[0], view.passages[2])]
    finding = Finding("R11", Severity.QUESTION, "两处不同。", tuple(places))
    (told,) = with_acknowledged(view, [finding])
    assert told.severity is Severity.HINT
