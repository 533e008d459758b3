"""Grades: they follow from the score by the printed bands, and the bands meet."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import score_grades
from steelyard.intake.reading.document import Document

BANDS = (
    "综合得分在 90～100 分（含 90 分）为优；80～90 分（含 80 分）为良；"
    "60～80 分（含 60 分）为中；60 分以下为差。"
)


def found(made: Document) -> list[Finding]:
    return run(score_grades.check, made)[0]


class TestAGrade:
    def test_follows_from_its_score(self) -> None:
        made = document(BANDS, "评价得分 80 分，评价等级为“良”。最终得分：59.99 分，等级为：差。")
        findings, ledger = run(score_grades.check, made)
        assert not findings
        assert ledger.counts()[State.CONSISTENT] >= 2

    def test_of_another_band_is_an_error(self) -> None:
        findings = found(document(BANDS, "评价得分 89.5 分，评价等级为“优”。"))
        assert [(f.rule, f.severity) for f in findings] == [("R05", Severity.ERROR)]
        assert findings[0].message == "89.5分按所印等级标准应为“良”，印作“优”。"
        assert findings[0].places[0].exact == "优"

    def test_is_only_asked_about_when_no_bands_are_printed(self) -> None:
        findings = found(document("评价得分 89.5 分，评价等级为优秀。"))
        assert [f.severity for f in findings] == [Severity.QUESTION]

    def test_may_have_another_name(self) -> None:
        assert not found(document("评价得分 85 分，评价等级为良好。"))

    def test_stands_beside_its_score_in_a_form(self) -> None:
        form = [["自评方式", "部门自评", "自评分值", "82.50", "自评等级", "{}"]]
        good = table([[each.replace("{}", "良") for each in form[0]], ["评价年度", "2023年"]])
        bad = table([[each.replace("{}", "优") for each in form[0]], ["评价年度", "2023年"]])
        assert not found(document(good))
        assert [f.places[1].exact for f in found(document(bad))] == ["82.50"]


class TestBands:
    @pytest.mark.parametrize(
        "text",
        [
            BANDS,
            "90分（含）至100分为“优”，80分（含）至90分（不含）为“良”，60分（含）至80分（不含）为“中”，60分以下为“差”。",
            "95～100分为优，85～95分为良，75～85分为中，60～75分为及格，60分以下为差。",
            "90—100分为优秀，80—89分为良好，60—79分为合格，60分以下为不合格。",
        ],
    )
    def test_that_meet_are_verified(self, text: str) -> None:
        findings, ledger = run(score_grades.check, document(text))
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 6

    def test_with_a_gap_or_an_overlap_are_an_error(self) -> None:
        gap = "90～100分为优，80～85分为良，60～80分为中，60分以下为差。"
        overlap = "90～100分为优，80～95分为良，60～80分为中，60分以下为差。"
        assert [f.message for f in found(document(gap))] == [
            "等级“优”与“良”之间有空档：90分与85分。"
        ]
        assert [f.message for f in found(document(overlap))] == ["等级“优”与“良”重叠：90分与95分。"]

    def test_that_both_take_an_edge_are_an_error(self) -> None:
        both = "90～100分（含90分）为优，80～90分（含90分）为良，60～80分为中，60分以下为差。"
        assert [f.rule for f in found(document(both))] == ["R07"]

    def test_of_percentages_are_something_else(self) -> None:
        shares = "90%～100%为优，80%～85%为良，60%～80%为中，60%以下为差。"
        assert not found(document(shares))


class TestAGradeWithoutItsScore:
    SAID = "评价得分 85 分，评价等级为“良”。"

    def test_is_asked_about_when_it_is_another(self) -> None:
        findings = found(document(self.SAID, "综上，评价等级为“中”。"))
        assert [(f.rule, f.severity) for f in findings] == [("R05", Severity.QUESTION)]
        assert [place.exact for place in findings[0].places] == ["中", "良"]

    @pytest.mark.parametrize(
        "text",
        ["综上，评价等级为“良”。", "评价结果等级为“良好”。", "部门自评的评价等级为“优”。"],
        ids=["the same", "the same by another name", "somebody else's"],
    )
    def test_is_passed_over_when_it_is_not(self, text: str) -> None:
        assert not found(document(self.SAID, text))

    def test_is_not_compared_where_two_grades_are_stated(self) -> None:
        other = "上年得分 92 分，评价等级为“优”。"
        assert not found(document(self.SAID, other, "综上，评价等级为“中”。"))
