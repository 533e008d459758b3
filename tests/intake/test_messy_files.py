"""Random messy files, taken and judged by their truth: nothing silently wrong, and most arrives.

The floor only rises. ``scripts/messy.py --files 2000`` takes more and says where the rest is.
"""

from __future__ import annotations

import pytest
from tests.intake.taking import Result, take_messy

FILES = 30
"""Of each kind."""

ARRIVED = 0.95
"""Share of the values that must arrive without a question."""


KINDS = ("xlsx", "docx", "pdf")


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """What became of the same files in every run."""
    return [take_messy(seed, kind) for kind in KINDS for seed in range(5000, 5000 + FILES)]


def test_no_messy_file_is_misread_in_silence(results: list[Result]) -> None:
    assert [
        f"{each.messy.kind} {each.messy.seed}: {slip}"
        for each in results
        for slip in each.verdict.wrong
    ] == []


def test_most_values_arrive_without_a_question(results: list[Result]) -> None:
    sure = sum(len(each.messy.sure) for each in results)
    right = sum(len(each.verdict.right) for each in results)
    assert sure > 5000
    assert right >= ARRIVED * sure


@pytest.mark.parametrize("kind", KINDS)
def test_the_rest_is_asked_about_or_told_at_a_place(kind: str) -> None:
    for seed in range(5000, 5000 + FILES // 4):
        seen = take_messy(seed, kind).seen
        places = [each.place for each in seen.questions] + [each.place for each in seen.mistakes]
        assert all(place.cell or place.row is not None for place in places)
