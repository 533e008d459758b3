"""What holds of every rule, whatever its figures."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.scoring.award import Award

Scored = Callable[..., Award]

rates = st.fractions(min_value=-3, max_value=5, max_denominator=400)
pairs = st.tuples(rates, rates).map(lambda pair: (min(pair), max(pair)))
points = st.sampled_from([1, 2, 3, 5, "0.75", "2.5"])
counts = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair)))
STEPS = {"use": "steps", "base": "100%", "each": "1%", "lose": Fraction(1, 5)}

quick = settings(max_examples=60, deadline=None)


def earned(award: Award) -> Fraction:
    assert award.earned is not None
    assert 0 <= award.earned <= award.points
    assert award.lost == award.points - award.earned
    return award.earned


class TestCompletion:
    @quick
    @given(pair=pairs, full=points)
    def test_never_falls_when_more_is_done(
        self, award: Scored, pair: tuple[Fraction, Fraction], full: str
    ) -> None:
        less, more = (earned(award({"use": "completion"}, full, "率", {"率": x})) for x in pair)
        assert less <= more

    @quick
    @given(pair=pairs, growth=st.sampled_from(["ratio", "index"]))
    def test_of_growth_never_falls_when_more_is_grown(
        self, award: Scored, pair: tuple[Fraction, Fraction], growth: str
    ) -> None:
        rule = {"use": "completion-growth", "target": "目标率"}
        less, more = (
            earned(award(rule, 2, "率", {"率": x, "目标率": "8"}, readings={"growth": growth}))
            for x in pair
        )
        assert less <= more

    @quick
    @given(pair=pairs, reverse=st.sampled_from(["reciprocal", "two-minus"]))
    def test_in_reverse_never_rises_with_an_excess(
        self, award: Scored, pair: tuple[Fraction, Fraction], reverse: str
    ) -> None:
        rule = {"use": "completion-reverse"}
        less, more = (
            earned(award(rule, 2, "率", {"率": x}, readings={"reverse": reverse})) for x in pair
        )
        assert less >= more


class TestADeduction:
    @quick
    @given(
        pair=pairs,
        partial=st.sampled_from(["whole", "started", "pro-rata"]),
        side=st.sampled_from(["above", "below"]),
    )
    def test_by_steps_grows_with_the_distance(
        self, award: Scored, pair: tuple[Fraction, Fraction], partial: str, side: str
    ) -> None:
        rule = {**STEPS, "side": side}
        low, high = (
            earned(award(rule, 2, "率", {"率": x}, readings={"partial": partial})) for x in pair
        )
        assert (low >= high) if side == "above" else (low <= high)

    @quick
    @given(x=rates, side=st.sampled_from(["above", "below"]))
    def test_for_started_steps_is_never_smaller_than_for_whole_ones(
        self, award: Scored, x: Fraction, side: str
    ) -> None:
        started, exactly, whole = (
            earned(award({**STEPS, "side": side}, 2, "率", {"率": x}, readings={"partial": each}))
            for each in ("started", "pro-rata", "whole")
        )
        assert started <= exactly <= whole

    @quick
    @given(pair=pairs)
    def test_by_share_grows_with_the_share(
        self, award: Scored, pair: tuple[Fraction, Fraction]
    ) -> None:
        low, high = (
            earned(award({"use": "deduct-share"}, 2, "率", {"率": abs(x)}))
            for x in sorted(pair, key=abs)
        )
        assert low >= high

    @quick
    @given(pair=counts, full=points, lose=st.sampled_from(["5%", "30%", Fraction(1, 2)]))
    def test_by_defects_grows_with_their_number(
        self, award: Scored, pair: tuple[int, int], full: str, lose: str | Fraction
    ) -> None:
        rule = {"use": "defects", "lose": lose, "count": "不符合的项数"}
        few, many = (earned(award(rule, full, judgements={"①": count})) for count in pair)
        assert few >= many

    @quick
    @given(pair=counts, lose=st.sampled_from(["10%", "20%", "70%"]))
    def test_by_defects_of_a_point_takes_no_more_than_its_share(
        self, award: Scored, pair: tuple[int, int], lose: str
    ) -> None:
        rule = {
            "use": "checklist-defects", "lose": lose,
            "points": [{"text": "完整", "share": "40%"}, {"text": "规范", "share": "60%"}],
        }  # fmt: skip
        few, many = (earned(award(rule, 10, judgements={"①": n, "②": 0})) for n in pair)
        assert few >= many >= 6


class TestAChecklist:
    @quick
    @given(
        worth=st.lists(st.integers(1, 30), min_size=1, max_size=6),
        full=points,
        data=st.data(),
    )
    def test_scaled_to_its_leaf_earns_all_when_all_is_met(
        self, award: Scored, worth: list[int], full: str, data: st.DataObject
    ) -> None:
        rule = {
            "use": "checklist",
            "points": [{"text": "要点", "points": Fraction(n, 10)} for n in worth],
        }
        fits = Fraction(sum(worth), 10) == Fraction(full)
        readings = {} if fits else {"fit": "scale"}
        met = dict.fromkeys("①②③④⑤⑥"[: len(worth)], True)
        assert earned(award(rule, full, judgements=met, readings=readings)) == Fraction(full)
        missed = data.draw(st.sampled_from(sorted(met)))
        fewer = award(rule, full, judgements={**met, missed: False}, readings=readings)
        assert earned(fewer) <= Fraction(full)


class TestPointsFinerThanAScore:
    def test_are_earned_in_full_and_never_exceeded(self, award: Scored) -> None:
        full = award({"use": "completion"}, "0.5", "率", {"率": "100"}, places=0)
        assert (full.earned, full.exact) == (Fraction(1, 2), Fraction(1, 2))
        assert full.because.endswith("达到目标，得满分0.5分。")
        part = award({"use": "completion"}, "1.255", "率", {"率": "99.9"})
        assert part.earned == Fraction("1.25")


class TestAnAwardBeyondThePoints:
    def test_is_refused_even_where_rounding_would_hide_it(self, award: Scored) -> None:
        rule = {"use": "bands", "bands": [{"from": "0%", "points": Fraction("2.004")}]}
        over = award(rule, 2, "率", {"率": "100"}, readings={"uncovered": "zero"})
        assert (over.state, over.earned) == ("failed", None)
        assert over.problem is not None
        assert over.problem.where == "过程/样例"
        assert "不在0至2分之间" in over.because

    def test_is_refused_below_nothing(self, award: Scored) -> None:
        rule = {"use": "bands", "bands": [{"at": "0%", "points": -1}, {"above": "0%", "points": 2}]}
        under = award(rule, 2, "率", {"率": "0"}, readings={"uncovered": "top"})
        assert (under.state, under.earned) == ("failed", None)
