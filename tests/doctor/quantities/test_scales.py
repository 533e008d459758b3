"""The unit over a table: its digits do not stand elsewhere for other amounts."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.quantities.scales import check

ROWS = [
    ["项目名称", "预算数", "支出数"],
    ["苗圃建设", "386.52", "371.48"],
    ["电站检修", "1254.37", "1198.65"],
]
TEXT = "苗圃建设预算为 386.52 {0}，支出 371.48 {0}；电站检修预算为 1254.37 {0}。"


def found(unit: str, text: str) -> list[Finding]:
    amounts = table(ROWS, title="表 4 项目支出情况", unit=unit, header_rows=1)
    return run(check, document("一、项目情况", f"单位：{unit}", amounts, "二、分析", text))[0]


def test_a_unit_that_the_text_denies_is_asked_about() -> None:
    (finding,) = found("元", TEXT.format("万元"))
    assert (finding.rule, finding.severity) == ("R16", Severity.QUESTION)
    assert "有3个数在别处按另一单位列出" in finding.message
    assert {"386.52", "386.52 万元"} <= {place.exact for place in finding.places}


def test_a_unit_that_the_text_has_too_is_passed_over() -> None:
    assert not found("万元", TEXT.format("万元"))


def test_one_amount_that_fits_is_enough() -> None:
    assert not found("元", TEXT.format("万元") + "另有电站检修支出 1198.65 元。")


def test_one_number_in_another_unit_is_chance() -> None:
    assert not found("元", "苗圃建设预算为 386.52 万元。")


def test_short_numbers_say_nothing() -> None:
    rows = [["项目名称", "预算数"], ["苗圃建设", "386"], ["电站检修", "1254"]]
    amounts = table(rows, title="表 4 项目支出情况", unit="元", header_rows=1)
    text = "苗圃建设预算为 386 万元，电站检修预算为 1254 万元。"
    assert not run(check, document("一、项目情况", amounts, "二、分析", text))[0]
