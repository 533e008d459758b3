"""Deductions that are counted: so many items, so many points."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules.counted import check

RULE = "重点工作全部完成得满分，每有一项工作未完成扣0.5分，扣完为止。"


def scored(earned: str, undone: int = 2, rule: str = RULE) -> tuple[list[Finding], Ledger]:
    rows = [
        ["一级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"],
        ["产出", "重点工作完成数", "4", rule, earned, "部分工作没有完成"],
        ["产出", "档案规范性", "2", "酌情评分", "2", "—"],
    ]
    names = ["水渠修缮", "林区防火", "苗圃建设", "村道硬化", "电站检修", "桥梁加固"]
    works = [
        ["项目名称", "完成情况"],
        *([name, "未完成" if n < undone else "已完成"] for n, name in enumerate(names)),
    ]
    return run(
        check,
        document(
            table(rows, title="附件 1：评分表", header_rows=1),
            table(works, title="附件 2：项目清单", header_rows=1),
        ),
    )


class TestTheNumberOfItems:
    def test_that_the_list_has_is_verified(self) -> None:
        findings, ledger = scored("3.0")
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 1

    def test_that_is_less_than_the_list_has_is_asked_about(self) -> None:
        (finding,) = scored("3.5")[0]
        assert (finding.rule, finding.severity) == ("R08", Severity.QUESTION)
        assert finding.computed == "1项<2项"
        assert [place.exact for place in finding.places[-2:]] == ["未完成", "未完成"]

    def test_that_is_more_is_passed_over(self) -> None:
        assert not scored("2.0")[0]

    def test_that_is_not_whole_is_asked_about(self) -> None:
        (finding,) = scored("3.30")[0]
        assert finding.severity is Severity.QUESTION
        assert finding.computed == "0.7÷0.5"


class TestPassedOver:
    def test_a_score_without_deduction(self) -> None:
        assert not scored("4")[0]

    def test_a_score_of_nothing(self) -> None:
        assert not scored("0")[0]

    def test_a_rule_about_other_things_than_work(self) -> None:
        assert not scored("3.5", rule="资料齐全得满分，每缺少一份资料扣0.5分。")[0]
        assert not scored("3.5", rule="资料齐全得满分，每发现一处错漏扣0.5分。")[0]
