"""Rates in sentences carry their per cent sign."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.quantities.units import check


@pytest.mark.parametrize(
    "text", ["任务完成率105.26。", "培训合格率为 98.40，效果较好。", "资金到位率达到 88.5。"]
)
def test_a_rate_without_its_sign_is_asked_about(text: str) -> None:
    (finding,) = run(check, document(text))[0]
    assert (finding.rule, finding.severity) == ("R16", Severity.QUESTION)
    assert finding.message.endswith("似缺“%”。")


@pytest.mark.parametrize(
    "text",
    [
        "任务完成率105.26%。",
        "任务完成率为 0.85。",
        "任务完成率提高 12 个百分点。",
        "该企业年利率 4.35，汇率 7.12。",
        "任务完成率 4 分，合格率 3 分。",
        "死亡率 3.5 例，机组功率 75 千瓦，容积率 2.5，分辨率 1080。",
    ],
    ids=["its sign", "a share of one", "points", "interest", "scores", "measures"],
)
def test_other_numbers_are_passed_over(text: str) -> None:
    assert not run(check, document(text))[0]


def test_a_table_may_have_the_sign_in_its_header() -> None:
    rows = [["指标", "完成率（%）"], ["任务", "105.26"], ["说明", "完成率105.26"]]
    assert not run(check, document(table(rows, header_rows=1)))[0]
