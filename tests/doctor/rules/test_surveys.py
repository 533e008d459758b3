"""Questionnaires: counts, shares, filters, and the satisfaction that prose makes of them."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import survey_claims, survey_tables
from steelyard.intake.reading.document import Block


def question(*rows: tuple[str, str, str], answers: str) -> list[Block]:
    return table([["选项", "小计", "比例"], *rows, ["本题有效填写人次", answers, ""]])


GOOD = question(
    ("非常满意", "22", "53.66%"),
    ("满意", "9", "21.95%"),
    ("一般", "7", "17.07%"),
    ("不满意", "3", "7.32%"),
    answers="41",
)


class TestTables:
    def test_whose_counts_and_shares_hold_are_verified(self) -> None:
        findings, ledger = run(survey_tables.check, document("第 1 题：总体满意度如何？", GOOD))
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 9

    def test_whose_shares_are_rounded_half_up_hold(self) -> None:
        made = question(("满意", "50", "78.13%"), ("不满意", "14", "21.88%"), answers="64")
        assert not run(survey_tables.check, document(made))[0]

    def test_with_a_wrong_share_or_count_are_told(self) -> None:
        share = question(("满意", "30", "75%"), ("不满意", "11", "26.83%"), answers="41")
        count = question(("满意", "31", "75.61%"), ("不满意", "11", "26.83%"), answers="41")
        assert [f.computed for f in run(survey_tables.check, document(share))[0]] == ["30÷41=73%"]
        assert "31+11=42" in [f.computed for f in run(survey_tables.check, document(count))[0]]

    def test_that_only_some_were_asked_have_no_more_answers_than_they(self) -> None:
        gate = question(("是", "27", "65.85%"), ("否", "14", "34.15%"), answers="41")
        findings, _ = run(
            survey_tables.check,
            document(
                "第 4 题：您是否参与了培训？",
                gate,
                "第 5 题：若参与了培训，您对培训效果满意吗？",
                GOOD,
            ),
        )
        assert [(f.rule, f.computed) for f in findings] == [("R17", "41>27")]


class TestSatisfaction:
    def said(self, text: str) -> list[tuple[Severity, str]]:
        findings, _ = run(
            survey_claims.check,
            document("一、满意度", text, "附件 1：问卷", "第 1 题：您的总体满意度如何？", GOOD),
        )
        return [(f.severity, f.computed) for f in findings]

    def test_that_a_question_gives_holds(self) -> None:
        assert not self.said("收回有效问卷 41 份，75.61%的受访者表示满意。")

    def test_that_no_question_gives_is_asked_about(self) -> None:
        assert self.said("收回有效问卷 41 份，满意度为 82.93%。") == [
            (Severity.QUESTION, "满意占比75.61%")
        ]

    def test_that_no_number_of_people_gives_is_asked_about_without_tables_too(self) -> None:
        text = "共发放 64 份，收回有效问卷 64 份，满意度为 82.86%。"
        findings, _ = run(survey_claims.check, document(text))
        assert [f.severity for f in findings] == [Severity.QUESTION]

    def test_that_is_weighted_may_be_a_mean_of_points(self) -> None:
        # (22×4 + 9×3 + 7×2 + 3×1) ÷ (41×4) = 132 ÷ 164
        text = "收回有效问卷 41 份，按加权平均计算，满意度为 84.39%。"
        made = question(
            ("非常满意", "22", "53.66%"),
            ("满意", "9", "21.95%"),
            ("一般", "7", "17.07%"),
            ("不满意", "2", "4.88%"),
            ("非常不满意", "1", "2.44%"),
            answers="41",
        )
        # 5 to 1 over 5: (110 + 36 + 21 + 4 + 1) ÷ 205 = 83.90 %
        findings, _ = run(
            survey_claims.check,
            document(text.replace("84.39", "83.90"), "附件 1：问卷", "第 1 题：总体评价？", made),
        )
        assert not findings


class TestASampleInASentence:
    def found(self, text: str) -> list[Severity]:
        return [f.severity for f in run(survey_claims.check, document(text))[0]]

    def test_is_seen_over_a_rate_in_between(self) -> None:
        text = "回收有效问卷113份，回收率94.17%，满意度91.43%。"
        assert self.found(text) == [Severity.QUESTION]

    def test_may_be_people_that_were_asked(self) -> None:
        assert self.found("共调查50人，满意度为91.5%。") == [Severity.QUESTION]

    def test_that_gives_the_share_is_left_alone(self) -> None:
        assert not self.found("共调查50人，满意度为92%。")
        assert not self.found("回收有效问卷113份，回收率94.17%，满意度91.15%。")
