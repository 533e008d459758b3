"""Problems that are announced, and the points that follow."""

from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.stated_points import check


def found(*parts: str) -> list[Finding]:
    return run(check, document(*parts))[0]


def test_asks_about_problems_that_were_not_written() -> None:
    (finding,) = found(
        "一、存在的问题",
        "评价发现存在三个方面的问题。",
        "（一）预算编制不合理",
        "正文。",
        "（二）执行进度慢",
        "正文。",
    )
    assert (finding.severity, finding.computed) == (Severity.QUESTION, "2≠3")


def test_is_sure_behind_a_colon() -> None:
    (finding,) = found(
        "评价发现以下四个方面的问题：", "（一）指标未量化。", "（二）执行慢。", "（三）调整大。"
    )
    assert finding.severity is Severity.ERROR
    assert "列出3条" in finding.message


def test_verifies_a_number_that_is_right() -> None:
    text = "存在以下2个方面的问题："
    findings, ledger = run(check, document(text, "（一）指标未量化。", "（二）执行慢。"))
    assert not findings
    assert next(iter(ledger)).state is State.VERIFIED


def test_counts_no_points_of_another_chapter() -> None:
    assert not found(
        "一、存在的问题",
        "存在以下2个方面的问题：",
        "（一）指标未量化。",
        "（二）执行慢。",
        "二、建议",
        "（三）细化指标。",
    )
