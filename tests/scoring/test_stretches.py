"""Gaps and overlaps of bands, against looking at every point that matters."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.formula.tree import Constant
from steelyard.scoring.rules.interval import Interval, gaps, overlap

HALF = Fraction(1, 2)


@st.composite
def stretches(draw: st.DrawFn) -> Interval:
    """A stretch between whole numbers, open or closed, perhaps without bound."""
    low = draw(st.one_of(st.none(), st.integers(0, 6)))
    high = draw(st.one_of(st.none(), st.integers(low or 0, 7)))
    low_in, high_in = draw(st.booleans()), draw(st.booleans())
    if low is not None and low == high:
        low_in = high_in = True
    return Interval(
        None if low is None else Fraction(low),
        low_in,
        None if high is None else Fraction(high),
        high_in,
    )


# Bounds are whole: whole numbers and the halves between them stand for all.
POINTS = [Fraction(n, 2) for n in range(-4, 20)]


class TestGaps:
    @settings(max_examples=150, deadline=None)
    @given(found=st.lists(stretches(), min_size=1, max_size=6))
    def test_hold_just_the_points_that_no_stretch_holds(self, found: list[Interval]) -> None:
        left = gaps(found)
        for point in POINTS:
            covered = any(each.holds(point) for each in found)
            holding = [gap for gap in left if gap.holds(point)]
            assert len(holding) == (0 if covered else 1)

    @settings(max_examples=100, deadline=None)
    @given(found=st.lists(stretches(), min_size=1, max_size=6))
    def test_are_never_empty_and_leave_none_when_filled(self, found: list[Interval]) -> None:
        left = gaps(found)
        assert not any(gap.is_empty for gap in left)
        assert gaps([*found, *left]) == []


class TestAnOverlap:
    @settings(max_examples=150, deadline=None)
    @given(one=stretches(), other=stretches())
    def test_holds_just_the_points_that_both_hold(self, one: Interval, other: Interval) -> None:
        shared = overlap(one, other)
        assert shared == overlap(other, one)
        for point in POINTS:
            both = one.holds(point) and other.holds(point)
            assert both == (shared is not None and shared.holds(point))


class TestAStretch:
    def test_is_said_as_rubrics_do(self) -> None:
        said = {
            Interval(Fraction(1), True, Fraction(1), True): "=100%",
            Interval(Fraction(9, 10), True, Fraction(1), False): "90%≤x＜100%",
            Interval(Fraction(9, 10), False, Fraction(1), True): "90%＜x≤100%",
            Interval(None, False, HALF, False): "＜50%",
            Interval(None, False, HALF, True): "≤50%",
            Interval(HALF, True, None, False): "≥50%",
            Interval(HALF, False, None, False): "＞50%",
            Interval(): "任何值",
        }
        assert [stretch.text(True) for stretch in said] == list(said.values())
        assert Interval(Fraction(3), True, None, False).text(False) == "≥3"
        assert Interval().condition(True) == Constant(True)
