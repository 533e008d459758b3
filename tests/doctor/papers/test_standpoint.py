"""此处 is always where the note hangs."""

from __future__ import annotations

import pytest
from tests.doctor.made_documents import document
from tests.doctor.papers.made_examination import begun, ended

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.papers.standpoint import told_at
from steelyard.doctor.papers.summary import summary_of


def told(message: str, *texts: str) -> list[str]:
    """What a finding says at the first number of each text."""
    view, pen = begun([document(*texts)])
    places = [place_of(each, each.claims[0]) for each in view.passages]
    pen.find("R11", Severity.QUESTION, message, places)
    (noted,) = summary_of(ended(view, pen)).findings
    return [told_at(noted, at) for at in range(len(texts))]


@pytest.mark.parametrize(
    ("message", "turned"),
    [
        ("执行数此处为81万元，另1处为80万元。", "执行数〔文本第1行〕为81万元，此处为80万元。"),
        ("此处为81万元，另有3处为80万元。", "〔文本第1行〕为81万元，此处等3处为80万元。"),
        ("此处为81万元，别处为80万元（共2处）。", "〔文本第1行〕为81万元，此处为80万元（共2处）。"),
        ("正文为81万元，另1处为80万元。", "正文为81万元，此处为80万元。"),
    ],
    ids=["one other", "several others", "elsewhere", "no place of its own"],
)  # fmt: skip
def test_at_the_other_place_the_words_are_turned(message: str, turned: str) -> None:
    assert told(message, "执行81万元。", "执行80万元。") == [message, turned]


def test_at_a_place_with_the_same_number_they_stay() -> None:
    message = "执行数此处为81万元，另1处为80万元。"
    assert told(message, "执行81万元。", "支出81万元。", "执行80万元。")[1] == message


def test_where_another_number_stands_nothing_is_claimed_of_it() -> None:
    message = "执行数此处为81万元，另1处为80万元。"
    assert told(message, "执行81万元。", "预算800万元。")[1].endswith("另1处为80万元。")
