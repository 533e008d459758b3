"""Numbers in sentences that report somebody else's figures."""

import pytest
from tests.doctor.made_documents import document

from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import view_of


def quoted(text: str) -> list[bool]:
    (passage,) = view_of([document(text)]).passages
    return [is_quoted(passage, figure.start) for figure in passage.claims]


@pytest.mark.parametrize(
    "text",
    [
        "自评报告中填报的支出为 86.50 万元。",
        "完成率误填为 86.50%。",
        "该栏应为 86.50%，却填 68.50%。",
        "两张表的金额不一致，相差 86.50 万元。",
    ],
)
def test_a_sentence_about_a_slip_quotes_all_its_numbers(text: str) -> None:
    assert all(quoted(text))


@pytest.mark.parametrize(
    "text", ["支出为 86.50 万元。", "自评得分为 86.50 分。", "填表 86 份，资料一致。"]
)
def test_other_sentences_quote_nothing(text: str) -> None:
    assert not any(quoted(text))


def test_only_the_sentence_of_a_number_counts() -> None:
    assert quoted("预算为 90 万元。自评表填报的预算为 80 万元；支出 70 万元。结余 20 万元。") == [
        False,
        True,
        True,
        False,
    ]
