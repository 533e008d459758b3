"""Points in sentences and tables: one indicator, one weight, one score."""

from pathlib import Path

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules import scores
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.read_file import read_file

TABLE = table(
    [
        ["二级指标", "三级指标", "分值", "得分", "扣分说明"],
        ["预算执行（5分）", "预算执行率", "3", "2.4", "执行率80%"],
        [None, "公用经费控制率", "2", "2", "—"],
        ["合计", "—", "5", "4.4", "—"],
    ],
    title="表 2 过程得分情况表",
    header_rows=1,
)
RUBRIC = table(
    [
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"],
        ["过程", "预算执行", "预算执行率", "3", "得分=执行率×权重", "2.4", "执行率80%"],
        [None, None, "公用经费控制率", "2", "为100%的计2分", "2", "—"],
    ],
    title="附件 1：评分表",
    header_rows=1,
)


def report(
    chapter: str = "过程指标由 1 个二级指标，2 个三级指标构成，权重 5 分，实际得分 4.4 分。",
    rate: str = "该指标分值为 3 分，扣 0.6 分，实际得分 2.4 分。",
    upkeep: str = "该指标分值为 2 分，扣 0 分，实际得分 2 分。",
) -> Document:
    return document(
        "四、指标分析",
        "（一）过程情况分析",
        chapter,
        TABLE,
        "1．预算执行",
        "（1）预算执行率",
        rate,
        "（2）公用经费控制率",
        upkeep,
        RUBRIC,
    )


def found(made: Document) -> list[Finding]:
    return run(scores.check, made)[0]


class TestAnIndicator:
    def test_that_says_the_same_everywhere_is_consistent(self) -> None:
        findings, ledger = run(scores.check, report())
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 6

    def test_with_another_weight_in_its_section_is_told_with_both_places(self) -> None:
        findings = found(report(upkeep="该指标权重为 1 分，扣 0 分，得分 1 分。"))
        odd = [f for f in findings if "公用经费控制率”的" in f.message]
        assert {f.rule for f in odd} == {"R04"}
        assert {f.severity for f in odd} == {Severity.ERROR}
        assert odd[0].places[0].exact == "1 分"
        assert odd[0].places[1].cell

    def test_may_be_printed_with_more_decimals(self) -> None:
        assert not found(report(rate="该指标分值为 3.0 分，扣 0.60 分，实际得分 2.40 分。"))

    def test_never_earns_more_than_its_points(self) -> None:
        rows = [["三级指标", "分值", "得分"], ["预算执行率", "3", "3.5"], ["结转率", "2", "2"]]
        assert [f.rule for f in found(document(table(rows, header_rows=1)))] == ["R03"]


class TestAChapter:
    def test_whose_sections_do_not_add_up_is_told_with_the_culprits(self) -> None:
        findings = found(report(upkeep="该指标分值为 1 分，扣 0 分，实际得分 1 分。"))
        sums = [f for f in findings if "之和" in f.message]
        assert [f.computed for f in sums] == ["2项之和4", "2项之和3.4"]
        assert all("公用经费控制率" in f.message for f in sums)

    def test_that_misstates_its_own_sum_is_at_least_asked_about(self) -> None:
        chapter = "过程指标由 1 个二级指标，2 个三级指标构成，权重 6 分，实际得分 4.4 分。"
        assert [f.severity for f in found(report(chapter))] == [Severity.QUESTION]


class TestASentenceThatSumsUp:
    def test_adds_up_to_the_total(self) -> None:
        text = "投入赋分 11 分，得分 9 分；过程赋分 27 分，得分 19.08 分，最终得分：{} 分。"
        good, ledger = run(scores.check, document("一、结论", text.format("28.08")))
        assert not good
        assert ledger.counts()[State.VERIFIED] == 3
        bad = found(document("一、结论", text.format("29.08")))
        assert [(f.rule, f.severity) for f in bad] == [("R05", Severity.ERROR)]
        assert bad[0].computed == "9+19.08=28.08"


class TestAPublishedReport:
    def test_has_a_chapter_whose_sections_fall_short(self, case_dir: Path) -> None:
        findings = found(read_file(case_dir / "report.docx"))
        sums = [f for f in findings if f.computed.startswith("15项之和")]
        assert [f.computed for f in sums] == ["15项之和23", "15项之和16.08"]
        assert {f.severity for f in sums} == {Severity.ERROR}

    def test_has_an_indicator_of_two_weights(self, case_dir: Path) -> None:
        findings = found(read_file(case_dir / "report.docx"))
        odd = next(f for f in findings if f.message.startswith("“结转结余控制率”的分值"))
        assert [place.exact for place in odd.places] == ["2分", "3", "3"]
