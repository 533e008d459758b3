"""Numbers without a source, where the data of the evaluation is at hand."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules.sources import check
from steelyard.doctor.view.view import CASE
from steelyard.intake.reading.document import Document

DATA = table(
    [
        ["数据项", "值"],
        ["全年预算数", "920.50万元"],
        ["苗圃育苗株数", "1365株"],
        ["合作社家数", "37家"],
    ],
    title="数据",
    header_rows=1,
)


def told(*sentences: str) -> tuple[list[Finding], Ledger]:
    data = Document("评价数据", CASE, "", tuple(DATA))
    return run(check, document("一、基本情况", *sentences), data)


class TestANumber:
    def test_that_the_data_calls_alike_is_verified(self) -> None:
        findings, ledger = told("全年预算数 920.50 万元，苗圃育苗株数为 1365 株。")
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 2

    def test_may_be_printed_less_precisely_or_in_another_unit(self) -> None:
        findings, ledger = told("全年预算数 921 万元，即全年预算数 9205000 元。")
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 2

    def test_of_many_digits_under_another_name_is_consistent(self) -> None:
        findings, ledger = told("年内共栽下 1365 株。")
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 1

    def test_of_few_digits_under_another_name_is_asked_about(self) -> None:
        (finding,) = told("现场走访商户 37 家。")[0]
        assert (finding.rule, finding.severity) == ("R26", Severity.QUESTION)

    @pytest.mark.parametrize(
        "sentence",
        ["核定副局长 3 名，司机 1 名。", "综合得分在 90 分以上为优，80 分以上为良。"],
        ids=["a count of one digit", "points of a grade"],
    )
    def test_that_is_small_or_belongs_to_the_scoring_is_not_asked_about(
        self, sentence: str
    ) -> None:
        assert not told(sentence)[0]

    def test_that_is_nowhere_in_the_data_is_asked_about(self) -> None:
        (finding,) = told("电站检修支出 347.16 万元。")[0]
        assert [place.exact for place in finding.places] == ["347.16 万元"]


class TestAFile:
    TEXTS = (
        "电站检修支出 347.16 万元。",
        "二、产出",
        "桥梁加固支出 58.29 万元。",
        "管护道路 416 公里。",
    )

    def test_is_asked_about_once_with_counts_by_chapter(self) -> None:
        (finding,) = told(*self.TEXTS)[0]
        assert finding.message.startswith("有3个数在评价数据中没有来源")
        assert "“基本情况”1个（347.16万元）；“产出”2个（58.29万元、416公里）" in finding.message

    def test_is_shown_where_each_number_stands(self) -> None:
        (finding,) = told(*self.TEXTS)[0]
        assert [place.exact for place in finding.places] == [
            "347.16 万元",
            "58.29 万元",
            "416 公里",
        ]


def test_nothing_is_asked_without_data() -> None:
    assert not run(check, document("一、基本情况", "电站检修支出 347.16 万元。"))[0]
