"""Random messy files, taken and judged by their truth: nothing silently wrong, and most arrives.

The floor only rises. ``scripts/messy.py --files 2000`` takes more and says where the rest is.
"""

from __future__ import annotations

import pytest
from tests.intake.taking import take_messy

FILES = 40
"""Of each kind."""

ARRIVED = 0.95
"""Share of the values that must arrive without a question."""


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_a_messy_file_is_never_misread_and_hardly_asked_about(kind: str) -> None:
    results = [take_messy(seed, kind) for seed in range(5000, 5000 + FILES)]
    wrong = [f"{kind} {each.messy.seed}: {slip}" for each in results for slip in each.verdict.wrong]
    assert wrong == []
    sure = sum(len(each.messy.sure) for each in results)
    right = sum(len(each.verdict.right) for each in results)
    assert sure > 1000
    assert right >= ARRIVED * sure


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_the_rest_is_asked_about_or_told_at_a_place(kind: str) -> None:
    for seed in range(5000, 5000 + FILES // 4):
        seen = take_messy(seed, kind).seen
        places = [each.place for each in seen.questions] + [each.place for each in seen.mistakes]
        assert all(place.cell or place.row is not None for place in places)
