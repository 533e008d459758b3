"""Begin and end in one sentence."""

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Severity
from steelyard.doctor.rules.date_order import check


@pytest.mark.parametrize(
    "text",
    [
        "评价自2024年4月8日开始，2024年3月28日完成现场核查，2024年5月31日形成初稿。",
        "评价自2024年4月8日开始，2024年4月28日完成现场核查，2024年3月31日形成初稿。",
        "工程于2023年9月开工，2023年6月完工。",
        "工程于2023年9月5日开工，2023年6月1日竣工验收。",
        "开工时间2023年5月1日，竣工时间2023年4月1日。",
    ],
)
def test_an_end_before_its_begin_is_wrong(text: str) -> None:
    assert [f.severity for f in run(check, document(text))[0]] == [Severity.ERROR]


def test_an_end_without_its_year_may_lie_in_the_next() -> None:
    (finding,) = run(check, document("工程于2023年9月开工，6月完工。"))[0]
    assert finding.severity is Severity.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "工程于2023年9月开工，2023年12月完工。",
        "甲工程于2023年9月开工，乙工程2023年6月完工。",
        "2023年9月开工的项目3个，2022年6月完工的项目4个。",
        "开工时间2023年5月1日，竣工时间2023年12月1日。",
    ],
)
def test_other_dates_are_left_alone(text: str) -> None:
    assert not run(check, document(text))[0]
