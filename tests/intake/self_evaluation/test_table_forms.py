"""Self-evaluation forms are checked against themselves when they come in."""

from __future__ import annotations

import pytest
from tests.intake.forms.drawn import KINDS
from tests.intake.forms.papers import ACCOUNTS, DEPARTMENT, MONITORING, PROJECT, SPLIT
from tests.intake.self_evaluation.handed_in import checked, said

LONG = "| ≥20公里 | 21公里 | 20 | 20 | |"
SAFE = "| ≥95% | 96% | 20 | 20 | |"
LAST = """| 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 93.5% | 10 | 10 | | < |
| 总分 | < | < | < | < | 100 | 98.3 | | < |
"""
MOVED = "| ≥5万人 | 4.8万人 | 30 | 28.8 | 两个村搬迁 |"


class TestACorrectForm:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(
        "art", [PROJECT, SPLIT, DEPARTMENT], ids=["project", "split targets in 元", "department"]
    )
    def test_has_no_contradiction(self, art: str, kind: str) -> None:
        assert checked(art, kind=kind) == []

    @pytest.mark.parametrize("art", [ACCOUNTS, MONITORING], ids=["accounts", "monitoring"])
    def test_of_another_sort_is_not_checked(self, art: str) -> None:
        assert checked(art) == []

    @pytest.mark.parametrize(("year", "said_of"), [("2023年度", 1), ("2022年度", 0)])
    def test_is_checked_when_it_is_of_the_year(self, year: str, said_of: int) -> None:
        wrong = ("95.00%", "92.00%")
        found = checked(PROJECT, wrong, title="项目支出绩效自评表", year=year)
        assert len(found) == said_of

    def test_of_another_year_says_so_in_a_row_of_its_own(self) -> None:
        across = " | <" * 8
        older = f"| （2022年度）{across} |\n{PROJECT}"
        assert checked(older, ("95.00%", "92.00%")) == []

    def test_may_round_every_addend_by_half_a_digit(self) -> None:
        rounded = ("| 300.00 | 320.00 | 304.00 |", "| 300.00 | 320.01 | 304.00 |")
        assert checked(PROJECT, rounded) == []

    def test_may_give_its_rate_as_a_share(self) -> None:
        assert checked(PROJECT, ("95.00%", "0.95")) == []

    def test_may_give_its_rate_without_a_sign(self) -> None:
        assert checked(PROJECT, ("95.00%", "95")) == []

    def test_may_leave_the_execution_rate_to_another_form(self) -> None:
        bare = PROJECT.replace("10 | 95.00% | 9.5", "— | 95.00% | —")
        assert checked(bare, ("| 100 | 98.3 |", "| 90 | 88.8 |")) == []


CERTAIN = {
    "a total of funds that its sources do not make up": (
        PROJECT, ("260.00 | 280.00 | 264.00", "260.00 | 270.00 | 264.00"),
        "320.00万元，不等于各项资金来源之和（270.00＋40.00＋0.00＝310万元）。",
    ),
    "sources in 元": (
        SPLIT, ("财政专户管理资金 | < | 0.00 | 0.00", "财政专户管理资金 | < | 0.00 | 200.00"),
        "“年度资金总额（全年预算数）”为1500000.00元，不等于",
    ),
    "a rate that its amounts do not give": (
        PROJECT, ("95.00%", "92.00%"),
        "“执行率”为92.00%，不等于全年执行数÷全年预算数（304.00÷320.00＝95%）。",
    ),
    "execution scored above its points": (
        PROJECT, ("95.00% | 9.5", "95.00% | 10.5"), "“得分”为10.5，超过分值（10）。",
    ),
    "points that are not a hundred": (
        PROJECT, (LONG, "| ≥20公里 | 21公里 | 25 | 25 | |"),
        "“满分”为100，不等于执行率和各指标的分值之和（10＋25＋20＋10＋30＋10＝105）。",
    ),
    "a level whose indicators have other points": (
        PROJECT, ("| 产出指标 |", "| 产出指标（60分） |"),
        "“产出指标的分值”为60，不等于本级各指标分值之和（20＋20＋10＝50）。",
    ),
    "a total that is not the sum": (
        PROJECT, ("| 100 | 98.3 |", "| 100 | 99.3 |"),
        "“总分”为99.3，不等于执行得分与各指标得分之和（9.5＋20＋20＋10＋28.8＋10＝98.3）。",
    ),
    "a grade that the total does not have": (
        DEPARTMENT, ("| 优 |", "| 良 |"), "总分99.8分应为“优”，等级写的是“良”。",
    ),
    "an indicator scored above its points": (
        PROJECT, (SAFE, "| ≥95% | 96% | 20 | 22 | |"), "“验收合格率”得22分，超过分值20分。",
    ),
    "full points without an actual value": (
        PROJECT, (SAFE, "| ≥95% | | 20 | 20 | |"), "“验收合格率”没有填实际完成值，却得20分",
    ),
    "full points for a missed target": (
        PROJECT, (LONG, "| ≥20公里 | 18公里 | 20 | 20 | |"),
        "“清淤长度”的指标值是“≥20公里”，实际完成“18公里”，没有达到，却得满分20分。",
    ),
    "full points above a ceiling": (
        SPLIT, ("| 50 | 万元 | 50 |", "| 50 | 万元 | 62 |"),
        "“每座造价”的指标值是“≤50”，实际完成“62”，没有达到，却得满分10分。",
    ),
    "a target copied as the result": (
        PROJECT, (SAFE, "| ≥95% | ≥95% | 20 | 20 | |"),
        "“验收合格率”的实际完成值填的是“≥95%”，与指标值相同，是一个范围",
    ),
}  # fmt: skip

ASKED = {
    "a rate that was cut off instead of rounded": (
        PROJECT, ("320.00 | 304.00 | 10 | 95.00%", "320.00 | 303.99 | 10 | 94%"),
        "“执行率”为94%，不等于",
    ),
    "points that are not a hundred yet, where no total is printed": (
        PROJECT, (LAST, ""), "“满分”为100，不等于",
    ),
    "execution scored otherwise than in proportion": (
        PROJECT, ("95.00% | 9.5", "95.00% | 10"), "“得分”为10，不等于分值×执行率",
    ),
    "a score below full without a reason": (
        PROJECT, (MOVED, "| ≥5万人 | 4.8万人 | 30 | 28.8 | 无 |"),
        "“受益人口”得28.8分，低于分值30分，没有写原因。",
    ),
    "a score above the share that was reached": (
        PROJECT, (MOVED, "| ≥5万人 | 4万人 | 30 | 28.8 | 两个村搬迁 |"),
        "“受益人口”没有达到指标值，按完成比例应得24分，得的是28.8分。",
    ),
    "a target exceeded by far": (
        PROJECT, (LONG, "| ≥20公里 | 31公里 | 20 | 20 | |"), "完成155%，超过130%，没有说明原因。",
    ),
    "two units": (
        PROJECT, (LONG, "| ≥20公里 | 3座 | 20 | 20 | |"), "单位不同：公里和座。",
    ),
    "sources of which one is blank": (
        PROJECT, ("260.00 | 280.00 | 264.00", "260.00 | | 264.00"), "不等于各项资金来源之和",
    ),
}  # fmt: skip


class TestAContradiction:
    @pytest.mark.parametrize("case", CERTAIN, ids=list(CERTAIN))
    def test_is_certain_where_no_rule_explains_it(self, case: str) -> None:
        art, change, words = CERTAIN[case]
        found = [each for each in checked(art, change) if words in each.what]
        assert [each.certain for each in found] == [True], said(checked(art, change))

    @pytest.mark.parametrize("case", ASKED, ids=list(ASKED))
    def test_is_a_question_where_a_rule_may_explain_it(self, case: str) -> None:
        art, change, words = ASKED[case]
        found = [each for each in checked(art, change) if words in each.what]
        assert [each.certain for each in found] == [False], said(checked(art, change))

    def test_names_the_project_and_both_places(self) -> None:
        (found,) = checked(PROJECT, ("95.00%", "92.00%"), kind="xlsx", title="项目支出绩效自评表")
        assert found.what.startswith("项目“河道清淤工程”：年度资金总额的")
        assert [place.cell for place in found.places] == ["H5", "F5", "E5"]
        assert found.quotes == ("92.00%", "304.00", "320.00")

    def test_counts_the_rows_of_the_whole_form_in_a_word_file(self) -> None:
        (found,) = checked(PROJECT, ("95.00%", "92.00%"))
        assert str(found.places[0]) == "第1张表 第4行第8列"

    def test_says_how_to_mend_it(self) -> None:
        (found,) = checked(PROJECT, ("| 100 | 98.3 |", "| 100 | 99.3 |"))
        assert found.mend == "请重新加总得分。"


class TestATotal:
    """A row of totals is read only where it is certain what it adds up."""

    def test_may_give_the_score_alone_under_both_headings(self) -> None:
        assert checked(PROJECT, ("| 100 | 98.3 | |", "| 98.3 | < | |")) == []

    def test_may_follow_subtotals(self) -> None:
        subtotal = "| 小计 | < | < | < | < | 50 | 50 | | < |"
        rows = PROJECT.replace("| 效益指标 |", f"{subtotal}\n| 效益指标 |")
        assert checked(rows) == []

    def test_stands_once(self) -> None:
        again = PROJECT + "| 合计 | < | < | < | < | 90 | 88.8 | | < |\n"
        assert [each for each in checked(again) if each.certain] == []

    def test_counts_the_execution_rate_once(self) -> None:
        rate = "| 预算执行 | 执行率 | 预算执行率 | ≥95% | 95% | 10 | 9.5 | 结余 | < |"
        first = "| 产出指标 | 数量指标 |"
        assert checked(PROJECT, (first, f"{rate}\n{first}")) == []

    def test_under_another_name_makes_no_sum_certain(self) -> None:
        found = checked(
            PROJECT, ("| 总分 |", "| 自评得分情况 |"), ("93.5% | 10 | 10", "93.5% | 9 | 9")
        )
        assert "“满分”为100，不等于" in said(found)
        assert not any(each.certain for each in found)


class TestTwoHalvesSideBySide:
    def test_are_not_added_up(self) -> None:
        halves = """
        | 项目名称 | < | 河道清淤 | < | 年度资金总额 | 全年执行数 |
        | 一级指标 | 三级指标 | 分值 | 一级指标 | 三级指标 | 分值 |
        | 产出指标 | 清淤长度 | 50 | 效益指标 | 受益人口 | 40 |
        | 产出指标 | 验收次数 | 5 | 效益指标 | 满意度 | 5 |
        | 总分 | < | 100 | < | < | < |
        """
        assert checked(halves) == []


class TestSourcesOfSources:
    def test_are_not_called_an_error(self) -> None:
        nested = ("| 上年结转资金 | < | 40.00", "| 其中：上级补助 | < | 60.00")
        assert all(not each.certain for each in checked(PROJECT, nested))


class TestAFormNotYetScored:
    def test_is_not_full_of_missing_values(self) -> None:
        blank = SPLIT
        scores = ("3 | 30 | 30", "100 | 20 | 20", "50 | 10 | 10", "8200 | 10 | 10", "95 | 10 | 10")
        for score in scores:
            points = score.split(" | ")[1]
            blank = blank.replace(f"| {score} |", f"| | {points} | |")
        assert checked(blank, ("| 100 | 100 | |", "| 100 | | |")) == []
