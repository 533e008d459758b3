"""Reports in words: one statement of funds a project."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.self_evaluation.handed_in import (
    CONTEXT,
    NOTHING,
    ledger,
    said,
    words,
)

from steelyard.evaluation.folder import load_evaluation
from steelyard.intake.reading.read_file import read_file
from steelyard.intake.recognise.pen import Context
from steelyard.intake.self_evaluation.check_forms import check_forms

HEADS = ("# 某市水务局项目支出绩效自评报告", "### 1.2023年河道清淤工程")
FUNDS = (
    "（1）资金使用情况：全年预算数320万元（其中：财政拨款资金280万元，其他资金40万元），"
    "全年执行数{}，执行率{}。"
)
REASON = "（5）未完成原因：{}"


def _report(spent: str, rate: str, *rest: str, funds: str = FUNDS) -> tuple[str, ...]:
    return (*HEADS, funds.format(spent, rate), *rest)


class TestAStatementOfFunds:
    def test_that_agrees_is_passed(self) -> None:
        report = words(*_report("304万元", "95%", REASON.format("招标结余。")))
        assert check_forms(report, CONTEXT, ledger(rows={"2023年河道清淤工程": "304.00"})) == []

    def test_with_a_rate_that_is_not_the_quotient_is_a_contradiction(self) -> None:
        (found,) = check_forms(words(*_report("320万元", "92%")), CONTEXT, NOTHING)
        assert "项目“2023年河道清淤工程”：“执行率”为92%" in found.what
        assert found.certain

    def test_with_sources_that_do_not_make_it_up_is_a_contradiction(self) -> None:
        funds = FUNDS.replace("其他资金40万元", "其他资金4万元")
        report = words(*_report("320万元", "100%", funds=funds))
        assert "不等于各项资金来源之和" in said(check_forms(report, CONTEXT, NOTHING))

    def test_in_another_unit_than_its_row_is_a_contradiction(self) -> None:
        report = words(*_report("304元", "0%"))
        known = ledger(rows={"2023年河道清淤工程": "304.00"})
        assert "可能是单位写错了" in said(check_forms(report, CONTEXT, known))

    def test_not_spent_in_full_wants_a_reason(self) -> None:
        report = words(*_report("304万元", "95%", REASON.format("无。")))
        (found,) = check_forms(report, CONTEXT, NOTHING)
        assert "未完成原因写的是“无。”" in found.what
        assert not found.certain

    def test_followed_by_a_range_wants_the_result(self) -> None:
        report = words(*_report("320万元", "100%", "（2）项目实施情况：每月检查≥5次。"))
        (found,) = check_forms(report, CONTEXT, NOTHING)
        assert "“每月检查≥5次”，是一个范围" in found.what


class TestAPaperOfAnotherSort:
    def test_is_read_only_where_it_speaks_of_the_self_evaluation(self) -> None:
        report = words("# 一、基本情况", FUNDS.format("320万元", "92%"), name="评价报告.docx")
        assert check_forms(report, CONTEXT, NOTHING) == []

    def test_is_read_up_to_the_next_annex(self) -> None:
        annexes = ("# 附件9：部门绩效自评报告", "# 附件10：反馈表", FUNDS.format("320万元", "92%"))
        report = words(*annexes, name="评价报告.docx")
        assert check_forms(report, CONTEXT, NOTHING) == []


TRUE_ONES = (
    "“执行率”为100%，不等于全年执行数÷全年预算数（5149.39÷4501.85＝114.38%）",
    "自评的“全年预算数”是4501.85元，“全年预算数”是7479.37万元",
    "自评的“全年执行数”是5149.39元，“全年支出决算数”是5069.77万元",
    "项目“企业安全监管及煤炭民爆行业监管执法工作经费”：“执行率”为92%",
    "自评的“全年执行数”是220元，“项目[4].决算数”是220.00万元",
    "自评的“全年执行数”是10.7243元",
    "自评的“全年执行数”是56.72元",
)


@pytest.mark.parametrize("file", ["report.docx", "report.pdf", "report.txt"])
class TestThePublishedReport:
    def test_has_the_errors_found_by_hand_and_no_other(self, case_dir: Path, file: str) -> None:
        """Rates, budgets and units of annex 9, worked out from its thirty projects."""
        example = Path(__file__).parents[3] / "examples" / "qiannan-2023"
        known = load_evaluation(example)
        context = Context(known.ledger.dictionary, known.year, known.department)
        found = check_forms(read_file(case_dir / file), context, known.ledger)
        certain = [each.what for each in found if each.certain]
        for each in TRUE_ONES:
            assert any(each in what for what in certain), each
        assert len(certain) == 13
