"""Counts of indicators: sentences against score tables, tables against each other."""

from pathlib import Path

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import score_levels
from steelyard.intake.reading.document import Block, Document
from steelyard.intake.reading.read_file import read_file

BRANCHES = table(
    [
        ["一级指标", "分值", "得分", "得分率"],
        ["产出", "10", "8", "80%"],
        ["效益", "6", "6", "100%"],
        ["合计", "16", "14", "—"],
    ],
    title="表 1 综合得分表",
    header_rows=1,
)
OUTPUT = table(
    [
        ["二级指标", "三级指标", "四级指标", "分值", "得分", "扣分说明"],
        ["产出数量（7分）", "入户走访", "走访户数", "3", "3", "—"],
        [None, None, "走访次数", "2", "1", "少走访一次"],
        [None, "培训", "—", "2", "2", "—"],
        ["产出质量（3分）", "验收合格率", "—", "3", "2", "一项返工"],
        ["合计", "—", "—", "10", "8", "—"],
    ],
    title="表 2 产出得分情况表",
    header_rows=1,
)
BENEFIT = table(
    [
        ["二级指标", "三级指标", "分值", "得分", "扣分说明"],
        ["社会效益", "受益人数", "3", "3", "—"],
        ["满意度", "居民满意度", "3", "3", "—"],
    ],
    title="表 3 效益得分情况表",
    header_rows=1,
)


def report(output: str, *more: str | list[Block]) -> Document:
    return document(
        "一、综合结论",
        BRANCHES,
        "二、指标分析",
        "（一）产出情况分析",
        output,
        OUTPUT,
        "（二）效益情况分析",
        "效益指标由 2 个二级指标、2 个三级指标构成，分值 6 分，得分 6 分。",
        BENEFIT,
        *more,
    )


def found(made: Document) -> list[Finding]:
    return run(score_levels.check, made)[0]


class TestACountOfALevel:
    def test_is_verified_by_the_names_in_the_table_of_the_chapter(self) -> None:
        made = report("产出指标由 2 个二级指标，3 个三级指标，2 个四级指标构成，分值 10 分。")
        findings, ledger = run(score_levels.check, made)
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 5

    def test_does_not_count_a_dash_or_take_leaves_for_the_third_level(self) -> None:
        findings = found(report("产出指标由 2 个二级指标、4 个三级指标构成，分值 10 分。"))
        assert [f.severity for f in findings] == [Severity.ERROR]
        assert findings[0].message == "“产出”三级指标印作4个，指标表中为3个。"
        assert findings[0].places[0].exact == "4 个"

    def test_of_all_chapters_is_the_sum_of_their_tables(self) -> None:
        said = "产出指标由 2 个二级指标构成，分值 10 分。"
        good = "三、指标体系", "指标体系由 2 个一级指标、4 个二级指标、5 个三级指标构成。"
        bad = "三、指标体系", "指标体系共设定三级指标 6 个。"
        assert not found(report(said, *good))
        assert [f.rule for f in found(report(said, *bad))] == ["R14"]

    def test_of_goals_is_only_asked_about(self) -> None:
        said = "产出指标由 2 个二级指标构成，分值 10 分。"
        made = report(said, "三、绩效目标", "对绩效目标梳理后，共设定三级指标 6 个。")
        assert [f.severity for f in found(made)] == [Severity.QUESTION]

    def test_says_nothing_without_a_table(self) -> None:
        assert not found(document("一、指标体系", "由 3 个一级指标、9 个二级指标构成。"))

    def test_with_a_name_that_is_only_the_word_indicator_is_counted(self) -> None:
        own = table(
            [
                ["二级指标", "三级指标", "分值", "得分"],
                ["绩效目标", "目标（2分）", "2", "2"],
                [None, "指标（3分）", "3", "3"],
            ],
            header_rows=1,
        )
        said = "决策指标由 1 个二级指标、2 个三级指标构成，分值 5 分，得分 5 分。"
        branch = table(
            [["一级指标", "分值", "得分"], ["决策", "5", "5"], ["产出", "1", "1"]], header_rows=1
        )
        assert not found(document("一、结论", branch, "二、决策情况", said, own))


class TestABranch:
    goals = table(
        [
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出", "产出数量", "走访户数", "≥30户"],
            [None, None, "走访次数", "≥2次"],
            [None, "产出时效", "培训", "2场"],
            [None, "产出质量", "验收合格率", "100%"],
        ],
        header_rows=1,
    )

    def test_with_other_second_levels_in_another_table_is_asked_about(self) -> None:
        said = "产出指标由 2 个二级指标构成，分值 10 分。"
        findings = found(report(said, "三、目标", self.goals))
        assert [(f.rule, f.severity) for f in findings] == [("R22", Severity.QUESTION)]
        assert "一处2个" in findings[0].message
        assert "一处3个" in findings[0].message
        assert findings[0].places[0].exact == "2 个"

    def test_of_fewer_rows_is_not_compared(self) -> None:
        cut = table(
            [
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出", "产出数量", "走访户数", "≥30户"],
                [None, None, "走访次数", "≥2次"],
            ],
            header_rows=1,
        )
        assert not found(report("产出指标由 2 个二级指标构成，分值 10 分。", "三、目标", cut))


class TestAPublishedReport:
    def test_counts_right_in_every_chapter_and_wrong_for_its_goals(self, case_dir: Path) -> None:
        findings, ledger = run(score_levels.check, read_file(case_dir / "report.docx"))
        assert [(f.rule, f.places[0].exact) for f in findings] == [("R14", "33个")]
        assert ledger.counts()[State.VERIFIED] == 11
