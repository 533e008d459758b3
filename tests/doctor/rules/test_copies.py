from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.rules.copies import check
from steelyard.intake.reading.document import Block

SAME = (
    "一是重点企业运行不佳，受需求减弱、价格下滑影响，部分企业压力较大；"
    "二是行业下行面广，在统企业多数下降。"
)


def found(*parts: str | list[Block]) -> list[Finding]:
    return run(check, document(*parts))[0]


class TestCopies:
    def test_hints_at_one_account_of_two_projects(self) -> None:
        (finding,) = found(
            "一、项目自评",
            "（一）甲项目",
            f"（1）实施情况：{SAME}",
            "（二）乙项目",
            f"（1）实施情况：{SAME}",
        )
        assert finding.severity is Severity.HINT
        assert len(finding.places) == 2

    def test_hints_at_one_reason_in_two_rows(self) -> None:
        rows = table(
            [["任务", "未完成原因"], ["甲任务", SAME], ["乙任务", SAME]],
            title="表1 任务完成情况表",
            header_rows=1,
        )
        assert len(found(rows)) == 1

    def test_passes_over_rules(self) -> None:
        rows = table(
            [["指标", "评分标准"], ["甲指标", SAME], ["乙指标", SAME]],
            title="表1 指标体系",
            header_rows=1,
        )
        assert not found(rows)

    def test_passes_over_a_summary_that_repeats_the_body(self) -> None:
        assert not found("一、摘要", "（一）问题", SAME, "二、正文", "（一）问题", SAME)
