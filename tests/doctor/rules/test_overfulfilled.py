"""Goals that are said to be reached."""

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.rules.overfulfilled import check

GOALS = table(
    [
        ["指标", "计划值", "实际值"],
        ["河道治理长度", "12公里", "10.2公里"],
        ["水库加固", "5座", "5座"],
    ],
    header_rows=1,
)


@pytest.mark.parametrize(
    "text",
    [
        "治理河道12公里的目标，实际治理10.2公里，超额完成年度目标。",
        "计划治理河道12公里，实际完成10.2公里，超额完成目标任务。",
        "计划治理河道12公里，实际完成10.2公里，完成率85%，全面完成任务。",
    ],
)
def test_below_the_target_of_the_sentence_they_are_not(text: str) -> None:
    assert [f.severity for f in run(check, document(text))[0]] == [Severity.ERROR]


def test_below_the_target_of_a_table_they_are_not() -> None:
    text = "治理河道10.2公里，超额完成年度目标。"
    (finding,) = run(check, document("一、产出", text, GOALS))[0]
    assert "目标为12公里" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "计划治理河道12公里，实际完成13公里，超额完成年度目标。",
        "水库加固5座，全面完成年度任务。",
        "计划成本12万元，实际成本10.2万元，超额完成年度目标。",
    ],
)
def test_where_they_are_nothing_is_said(text: str) -> None:
    assert not run(check, document("一、产出", text, GOALS))[0]
