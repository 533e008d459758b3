"""Which places speak of one indicator."""

from tests.doctor.made_documents import document, table

from steelyard.doctor.subject.indicators import Indicator, indicators
from steelyard.doctor.view.view import view_of
from steelyard.intake.reading.document import Block

HEAD = ["二级指标", "三级指标", "分值", "得分", "扣分说明"]
SENTENCE = "根据评分标准，该指标分值为 {} 分，扣 {} 分，实际得分 {} 分。"


def gathered(*parts: str | list[Block]) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for each in indicators(view_of([document(*parts)])):
        found.setdefault(each.name, []).append(each)
    return found


def rows(*body: list[str | None]) -> list[Block]:
    return table([HEAD, *body], header_rows=1)


class TestASection:
    def test_may_bear_the_name_of_the_level_above_its_only_indicator(self) -> None:
        found = gathered(
            "一、分析",
            rows(
                ["可持续影响（3分）", "任务的长效", "3", "3", "—"], ["满意度", "居民", "2", "2", ""]
            ),
            "1．可持续影响",
            SENTENCE.format(3, 0, 3),
        )
        assert len(found["任务的长效"][0].entries) == 2

    def test_that_opens_with_a_short_line_is_still_that_of_its_heading(self) -> None:
        found = gathered(
            "一、分析",
            rows(["目标", "指标明确性", "4", "3", "—"], ["目标", "目标合理性", "3", "3", "—"]),
            "（1）指标明确性",
            "该局依据整体目标设立了指标",
            "指标清晰、可衡量，与年度任务数和计划数相对应，但没有细化分解为具体的工作任务。",
            SENTENCE.format(4, 1, 3),
        )
        assert len(found["指标明确性"][0].entries) == 2

    def test_sentence_of_a_chapter_is_no_indicator(self) -> None:
        found = gathered(
            "一、分析",
            "（一）过程情况分析",
            "过程指标由 2 个二级指标，3 个三级指标构成，权重 11 分，实际得分 9 分。",
        )
        assert not found


class TestARow:
    def test_under_the_name_of_its_neighbour_is_given_back(self) -> None:
        right = rows(["执行", "完成率", "2", "0", "低"], ["执行", "自评质量", "3", "1.5", "填错"])
        slipped = rows(["执行", "自评质量", "2", "0", "低"], ["执行", "完成率", "3", "1.5", "填错"])
        found = gathered(
            "一、分析",
            right,
            "（1）完成率",
            SENTENCE.format(2, 2, 0),
            "（2）自评质量",
            SENTENCE.format(3, 1.5, 1.5),
            "附件 1",
            slipped,
        )
        for name, points in (("完成率", 2), ("自评质量", 3)):
            assert {amount[1].value for amount in found[name][0].points()} == {points}
            assert [each.moved for each in found[name][0].entries].count(True) == 1

    def test_of_a_chapter_is_not_its_leaf_of_the_same_name(self) -> None:
        chapters = table(
            [["一级指标", "分值", "得分"], ["产出", "50", "45"], ["满意度", "10", "8"]],
            header_rows=1,
        )
        leaves = rows(["满意", "满意度", "2", "1.2", "—"], ["满意", "投诉率", "8", "6.8", "—"])
        assert len(gathered("一、结论", chapters, "二、分析", leaves)["满意度"]) == 2

    def test_whose_rule_ran_over_into_the_next_columns_gives_no_score(self) -> None:
        head = ["三级指标", "分值", "评分标准", "得分", "扣分原因"]
        torn = table(
            [
                head,
                ["利用率", "1", "为100%的计1分，每低于1%扣", "0.2", "分，扣完为止。"],
                ["安全性", "1", "酌情评分", "1", "—"],
            ],
            header_rows=1,
        )
        assert not gathered("附件 1", torn)["利用率"][0].earned()


class TestASumOfChapters:
    def test_may_be_repeated(self) -> None:
        chapters = table(
            [["一级指标", "分值", "得分"], ["投入", "11", "9"], ["过程", "27", "19"]], header_rows=1
        )
        text = "投入赋分 11 分，得分 9 分；过程赋分 27 分，得分 19 分，最终得分：28 分。"
        found = gathered("摘要", "一、概述", text, "二、结论", text, chapters)
        assert [len(each) for each in found.values()] == [1, 1]
        assert len(found["投入"][0].entries) == 3


def test_a_name_before_a_colon_is_the_subject_and_not_the_heading() -> None:
    text = "目标合理性：分值4分，扣0.5分，得3.5分。目标明确性：未量化，分值4分，扣1分，得3分。"
    chapters = table([["一级指标", "权重", "得分"], ["决策", "15", "13"], ["过程", "25", "20"]])
    found = indicators(view_of([document("（一）决策", text, chapters)]))
    said = {each.name: [a[1].digits for a in each.points()] for each in found}
    assert said == {"决策": ["15"], "过程": ["25"], "目标合理性": ["4"], "目标明确性": ["4"]}
