"""The total in sentences and forms, and the total row of the score table."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.effect import with_effects
from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import score_grades
from steelyard.doctor.rules.score_totals import check
from steelyard.doctor.view.view import view_of
from steelyard.intake.reading.document import Block

ROWS = [
    ["一级指标", "权重", "得分"],
    ["决策", "15", "13.00"],
    ["过程", "25", "21.53"],
    ["产出", "30", "29.28"],
    ["效益", "30", "23.14"],
    ["合计", "100", "86.95"],
]
SAID = (
    "绩效得分{}分，评价等级为“良”。",
    "综合得分为{}分。",
    "得分为{}分，评价结果为“良”。",
    "最终得分：{}分。评价等级为：良。",
    "满分100分，得分{}分。",
)


def score_table(header: str = "得分", total: str = "86.95") -> list[Block]:
    rows = [[*ROWS[0][:2], header], *ROWS[1:-1], [*ROWS[-1][:2], total]]
    return table(rows, title="表3 得分情况表", header_rows=1)


def found(sentence: str, *parts: str | list[Block]) -> list[Finding]:
    return run(check, document("三、结论", sentence, *(parts or (score_table(),))))[0]


class TestASentence:
    @pytest.mark.parametrize("words", SAID)
    def test_with_another_total_is_wrong(self, words: str) -> None:
        (finding,) = found("经评价，该部门" + words.format("86.59"))
        assert (finding.rule, finding.severity) == ("R05", Severity.ERROR)
        assert finding.computed == "86.59≠86.95"

    @pytest.mark.parametrize("words", SAID)
    def test_with_the_total_agrees(self, words: str) -> None:
        findings, ledger = run(check, document(words.format("86.95"), score_table()))
        assert not findings
        assert all(e.state for e in ledger if e.figure.digits == "86.95")

    def test_may_say_it_rounded(self) -> None:
        assert not found("综合得分为87分。")

    @pytest.mark.parametrize(
        "text",
        [
            "决策得分为13.50分，等级为“良”。",
            "上年综合得分为84.10分。",
            "自评得分90.00分，自评等级为“优”。",
            "该指标评价得分为5.50分。",
        ],
    )
    def test_of_something_else_is_left_alone(self, text: str) -> None:
        assert not found(text)

    def test_with_what_the_rows_add_up_to_is_not_the_wrong_one(self) -> None:
        assert not found("综合得分为86.95分。", score_table(total="86.59"))


class TestAForm:
    def test_with_another_total_is_wrong(self) -> None:
        form = table([["评价得分", "86.59", "评价等级", "良"], ["联系人", "李某", "电话", "—"]])
        (finding,) = found("见下表。", form, score_table())
        assert finding.computed == "86.59≠86.95"

    def test_keeps_the_own_score_of_a_department_apart(self) -> None:
        form = table([["自评分值", "90.50", "自评等级", "优"], ["联系人", "李某", "电话", "—"]])
        assert not found("见下表。", form, score_table())


class TestTheOwnScore:
    def test_is_compared_with_the_table_of_its_own_report(self) -> None:
        said = "自评得分90.50分，自评等级为“优”。"
        parts = ("2023年度部门整体支出绩效自评报告", said, score_table())
        (finding,) = run(check, document(*parts))[0]
        assert finding.computed == "90.50≠86.95"

    def test_is_compared_with_its_own_column(self) -> None:
        (finding,) = found("自评得分90.50分，自评等级为“优”。", score_table("自评得分"))
        assert finding.computed == "90.50≠86.95"


def test_a_grade_that_fits_says_nothing_of_the_total() -> None:
    _, ledger = run(score_grades.check, document("综合得分86.59分，等级为“良”。"))
    assert next(iter(ledger)).state is State.UNCHECKED


def test_the_head_prints_total_and_grade_as_they_stand() -> None:
    view = view_of([document("绩效得分86.59分，评价等级为“中”。", score_table())])
    assert with_effects(view, [])[1] == (
        "印出的总分86.59分（得分表合计86.95分），等级中，按等级标准应为良。"
    )
