"""A stranger with a pocket calculator comes to the same points."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.printed_equations import SCORE, computed, disagreements

from steelyard.evaluation.folder import load_evaluation
from steelyard.scoring.award import Award
from steelyard.scoring.score import score

Scored = Callable[..., Award]

ROOT = Path(__file__).resolve().parents[2]

amounts = st.integers(1, 999_999).map(lambda n: f"{n / 100:.2f}")
signed = st.integers(-99_999, 999_999).map(lambda n: f"{n / 100:.2f}")
percents = st.integers(-30_000, 30_000).map(lambda n: f"{n / 1000:.3f}")
points = st.sampled_from(["1", "2", "3", "5", "10", "0.75", "2.5"])
RULES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"use": "completion"}, {}),
    ({"use": "completion"}, {"rate": "2"}),
    ({"use": "completion"}, {"rate": "0"}),
    ({"use": "completion-reverse"}, {"reverse": "reciprocal"}),
    ({"use": "completion-reverse"}, {"reverse": "two-minus"}),
    ({"use": "completion-growth", "target": "目标率"}, {"growth": "ratio"}),
    ({"use": "completion-growth", "target": "目标率"}, {"growth": "index"}),
    ({"use": "deduct-share"}, {"negative": "absolute"}),
    ({"use": "deduct-share"}, {"negative": "none"}),
    ({"use": "steps", "base": "0%", "each": "5%", "lose": Fraction(1, 2)}, {"partial": "whole"}),
    ({"use": "steps", "base": "0%", "each": "5%", "lose": Fraction(1, 2)}, {"partial": "started"}),
    (
        {"use": "satisfaction", "bands": [{"from": "60%", "share": "85%"}]},
        {"uncovered": "top"},
    ),
]


class TestThePocketCalculator:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2-2×35.96%", "1.2808"),
            ("2×（1+4.5%）÷（1+10%）", "1.9"),
            ("2-2×绝对值（-30%）", "1.4"),
            ("7-4-1", "2"),
            ("8÷4÷2", "1"),
            ("四舍五入（1÷3，4位小数）×100%", "0.3333"),
            ("-2×-3", "6"),
        ],
    )
    def test_reckons_as_people_do(self, text: str, value: str) -> None:
        assert computed(text) == Fraction(value)

    def test_notices_a_result_that_does_not_follow(self) -> None:
        assert disagreements("实际完成率=58.36%；得分=2×58.36%=1.18分。")
        assert disagreements("甲=1；测算率=1÷3×100%=33.34%；得分=3×33.34%=1分。")
        assert not disagreements("甲=1；测算率=1÷3×100%=33.33%；得分=3×33.33%=1分。")


class TestAPrintedEquation:
    @settings(max_examples=250, deadline=None)
    @given(rule=st.sampled_from(RULES), full=points, x=percents, target=st.integers(1, 40))
    def test_of_a_rate_gives_the_points(
        self, award: Scored, *, rule: tuple[dict[str, Any], dict[str, str]], full: str, x: str,
        target: int,
    ) -> None:  # fmt: skip
        declared, readings = rule
        found = award(declared, full, "率", {"率": x, "目标率": f"{target}"}, readings=readings)
        assert disagreements(found.because) == []
        for score_printed in SCORE.finditer(found.because):
            assert Fraction(score_printed["right"]) == found.earned

    @settings(max_examples=250, deadline=None)
    @given(rule=st.sampled_from(RULES), full=points, top=signed, bottom=amounts, part=signed)
    def test_of_a_measure_gives_the_rate_and_the_points(
        self, award: Scored, *, rule: tuple[dict[str, Any], dict[str, str]], full: str, top: str,
        bottom: str, part: str,
    ) -> None:  # fmt: skip
        declared, readings = rule
        facts = {"甲": top, "乙": bottom, "丙": part, "目标率": "8"}
        found = award(declared, full, "(甲 - 丙) / 乙", facts, readings=readings)
        assert disagreements(found.because) == []

    def test_holds_in_every_sentence_of_the_sample(self) -> None:
        evaluation = load_evaluation(ROOT / "examples" / "qiannan-2023")
        card = score(evaluation.rubric, evaluation.ledger, evaluation.judgements)
        printed = [award for award in card.awards if SCORE.search(award.because)]
        assert len(printed) == 11
        assert [disagreements(award.because) for award in card.awards] == [[]] * 38
