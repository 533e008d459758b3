"""The envelope against trying everything: every issue, every way, scored afresh.

Small random rubrics; readings and disputed figures, several of them meeting in the
same leaf, some of them leaving no score at all.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steelyard.facts.ledger import Conflict, Ledger, Target
from steelyard.framework.indicator import Choice, Leaf
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, unit_named
from steelyard.provenance.origin import NO_ORIGIN
from steelyard.scoring.alternatives import Alternative, alternatives
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.envelope import MOST_FLIPS, TooManyCombinations, effects, envelope
from steelyard.scoring.score import score, standing

YUAN = unit_named("万元")
RULES: list[tuple[dict[str, Any], str, dict[str, tuple[str, ...]]]] = [
    ({"use": "completion"}, "甲 / 乙", {"zero_base": ("error", "full", "zero")}),
    ({"use": "completion"}, "(甲 + 丙) / 乙", {"rate": ("exact", "0")}),
    ({"use": "deduct-share"}, "(甲 - 丙) / 乙", {"negative": ("absolute", "none")}),
    ({"use": "completion-reverse"}, "丙 / 乙", {"reverse": ("reciprocal", "two-minus")}),
    (
        {"use": "steps", "base": "0%", "each": "20%", "lose": 3},
        "率",
        {"partial": ("whole", "started", "pro-rata"), "rate": ("exact", "0")},
    ),
    (
        {"use": "steps", "base": "100%", "each": "5%", "lose": 2, "open_side": True},
        "甲 / 丙",
        {"other_side": ("full", "mirror", "zero")},
    ),
]


@dataclass(frozen=True)
class Case:
    """A rubric with its facts, its readings and its disputed figures."""

    rubric: Rubric
    ledger: Ledger
    ways: tuple[Alternative, ...]

    @property
    def total(self) -> Fraction | None:
        return score(self.rubric, self.ledger, {}).total

    def issues(self) -> list[list[Alternative]]:
        found: dict[str, list[Alternative]] = {}
        for way in self.ways:
            found.setdefault(way.issue, []).append(way)
        return list(found.values())

    def with_all(self, taken: tuple[Alternative, ...]) -> Fraction | None:
        """Score afresh with these ways taken, asking nothing of the envelope."""
        ledger = self.ledger
        choices: dict[str, dict[str, Choice]] = {}
        for way in taken:
            if way.conflict is not None:
                ledger = ledger.instead(way.conflict)
            else:
                choices.setdefault(way.leaf, {})[way.axis] = Choice(way.use)
        return score(self.rubric, ledger, {}, choices).total

    def everything(self) -> list[tuple[tuple[Alternative, ...], Fraction]]:
        """Every combination that leaves a total, with that total."""
        found = []
        for combination in itertools.product(*([None, *issue] for issue in self.issues())):
            taken = tuple(way for way in combination if way is not None)
            total = self.with_all(taken)
            if total is not None:
                found.append((taken, total))
        return found


@st.composite
def cases(
    draw: st.DrawFn,
    leaf: Callable[..., Leaf],
    rubric: Callable[..., Rubric],
    ledger: Callable[..., Ledger],
) -> Case:
    leaves = []
    for number in range(draw(st.integers(1, 4))):
        rule, measure, axes = draw(st.sampled_from(RULES))
        readings = {}
        for axis, uses in axes.items():
            use = draw(st.sampled_from(uses))
            also = tuple(other for other in uses if other != use and draw(st.booleans()))
            readings[axis] = Choice(use, "理由", also)
        points = draw(st.sampled_from([10, 20, 35]))
        leaves.append(leaf(rule, points, measure, readings, path=f"过程/{number}"))
    rest = 100 - sum(each.points for each in leaves)
    if rest > 0:
        leaves.append(leaf({"use": "bands", "bands": [{"from": "0%", "points": rest}]}, rest,
                           "目标率", path="过程/其余"))  # fmt: skip
    amounts = st.integers(0, 30).map(str)
    facts = {name: draw(amounts) for name in ("甲", "乙", "丙")}
    facts |= {"率": draw(st.integers(0, 130).map(str)), "目标率": "5"}
    conflicts = []
    for number in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(["甲", "乙", "丙", "率"]))
        unit = PERCENT if name == "率" else YUAN
        other: Value = Quantity.of(draw(st.integers(0, 40)), unit)
        if draw(st.integers(0, 9)) == 0:
            other = NOT_APPLICABLE
        conflicts.append(Conflict(f"{number}", Target(name), other, NO_ORIGIN, "理由", True))
    total = draw(st.sampled_from(["sum-of-rounded", "rounded-sum"]))
    understood, known = rubric(*leaves, total=total), ledger(facts)
    card = score(understood, known, {})
    ways = alternatives(understood, card, tuple(conflicts))
    return Case(understood, known, tuple(way for way in ways if way.open))


@pytest.fixture(scope="session")
def random_cases(
    leaf: Callable[..., Leaf], rubric: Callable[..., Rubric], ledger: Callable[..., Ledger]
) -> st.SearchStrategy[Case]:
    return cases(leaf, rubric, ledger)


class TestTheEnvelope:
    @settings(max_examples=100, deadline=None)
    @given(data=st.data())
    def test_is_what_trying_everything_finds(
        self, random_cases: st.SearchStrategy[Case], data: st.DataObject
    ) -> None:
        case = data.draw(random_cases)
        card = score(case.rubric, case.ledger, {})
        found = envelope(case.rubric, case.ledger, {}, card, case.ways)
        if card.total is None:
            assert found is None
            return
        assume(len(case.ways) <= 7)
        assert found is not None
        tried = case.everything()
        totals = [total for _, total in tried]
        assert (found.low, found.high) == (min(totals), max(totals))
        assert case.with_all(found.low_by) == found.low
        assert case.with_all(found.high_by) == found.high

        framework = case.rubric.framework
        grade_now = standing(framework, card.total).grade.name
        graded = [(taken, total, standing(framework, total).grade.name) for taken, total in tried]
        assert {grade for _, _, grade in graded} <= set(found.grades)

        flipping = [each for each in graded if each[2] != grade_now]
        if not flipping:
            assert found.flips == ()
            return
        smallest = min(len(taken) for taken, _, _ in flipping)
        assert {len(flip.alternatives) for flip in found.flips} == {smallest}
        wanted = {
            (frozenset(taken), total, grade)
            for taken, total, grade in flipping
            if len(taken) == smallest
        }
        listed = {(frozenset(f.alternatives), f.total, f.grade) for f in found.flips}
        assert len(listed) == len(found.flips) == min(len(wanted), MOST_FLIPS)
        assert listed <= wanted

    @settings(max_examples=100, deadline=None)
    @given(data=st.data())
    def test_tells_what_each_way_does_alone(
        self, random_cases: st.SearchStrategy[Case], data: st.DataObject
    ) -> None:
        case = data.draw(random_cases)
        card = score(case.rubric, case.ledger, {})
        found = effects(case.rubric, case.ledger, {}, card, case.ways)
        if card.total is None:
            assert found == ()
            return
        assert [each.alternative for each in found] == list(case.ways)
        for each in found:
            total = case.with_all((each.alternative,))
            assert each.total == total
            if total is not None:
                assert each.change == total - card.total
                assert each.grade == standing(case.rubric.framework, total).grade.name


class TestWaysThatLeaveNoTotal:
    def test_do_not_hide_a_flip_of_two(
        self,
        leaf: Callable[..., Leaf],
        rubric: Callable[..., Rubric],
        ledger: Callable[..., Ledger],
    ) -> None:
        """Each of two figures alone divides by nothing; both together do not."""
        divided = leaf({"use": "completion"}, 100, "甲 / (乙 - 丙)")
        understood, known = rubric(divided), ledger({"甲": "9", "乙": "12", "丙": "2"})
        card = score(understood, known, {})
        others = {"乙": 2, "丙": 12}
        disputed = tuple(
            Conflict(name, Target(name), Quantity.of(n, YUAN), NO_ORIGIN, "理由", True)
            for name, n in others.items()
        )
        ways = alternatives(understood, card, disputed)
        found = envelope(understood, known, {}, card, tuple(way for way in ways if way.open))
        assert found is not None
        assert (found.low, found.high) == (Fraction(0), Fraction(90))
        assert [len(flip.alternatives) for flip in found.flips] == [2]
        assert effects(understood, known, {}, card, ways[-2:])[0].total is None

    def test_leave_the_other_leaves_to_flip(
        self,
        leaf: Callable[..., Leaf],
        rubric: Callable[..., Rubric],
        ledger: Callable[..., Ledger],
    ) -> None:
        """No pair of ways gives a total with the first leaf alone; three ways do."""
        divided = leaf({"use": "completion"}, 5, "甲 / (乙 - 丙)", path="过程/一")
        other = leaf({"use": "completion"}, 95, "率", path="过程/二")
        understood = rubric(divided, other)
        known = ledger({"甲": "10", "乙": "12", "丙": "2", "率": "82"})
        card = score(understood, known, {})
        assert card.total == Fraction("82.9")
        disputed = [
            Conflict(name, Target(name), Quantity.of(n, unit), NO_ORIGIN, "理由", True)
            for name, n, unit in (("乙", 2, YUAN), ("丙", 12, YUAN), ("率", 79, PERCENT))
        ]
        ways = alternatives(understood, card, tuple(disputed))
        found = envelope(understood, known, {}, card, tuple(way for way in ways if way.open))
        assert found is not None
        (flip,) = found.flips
        assert [way.issue for way in flip.alternatives] == ["乙", "丙"]
        assert (flip.total, flip.grade) == (Fraction("77.9"), "差")
        assert found.low == Fraction("75.05")

    def test_may_lie_behind_a_computed_figure(
        self,
        leaf: Callable[..., Leaf],
        rubric: Callable[..., Rubric],
        ledger: Callable[..., Ledger],
    ) -> None:
        understood = rubric(leaf({"use": "completion"}, 100, "净数 / 乙"))
        known = ledger({"甲": "10", "乙": "10", "丙": "0"})
        card = score(understood, known, {})
        other = Conflict("1", Target("丙"), Quantity.of(3, YUAN), NO_ORIGIN, "理由", True)
        (way,) = (each for each in alternatives(understood, card, (other,)) if each.open)
        (found,) = effects(understood, known, {}, card, (way,))
        assert found.total == 70


class TestTooManyWays:
    def test_that_meet_in_one_leaf_are_refused_with_their_number(
        self,
        leaf: Callable[..., Leaf],
        rubric: Callable[..., Rubric],
        ledger: Callable[..., Ledger],
    ) -> None:
        one = leaf({"use": "completion"}, 100, "甲 / 乙")
        understood, known = rubric(one), ledger({"甲": "1", "乙": "2"})
        card = score(understood, known, {})
        many = tuple(
            Conflict(f"{n}", Target("甲" if n % 2 else "乙"), Quantity.of(n + 3, YUAN), NO_ORIGIN,
                     "理由", True)
            for n in range(300)
        )  # fmt: skip
        ways = tuple(way for way in alternatives(understood, card, many) if way.open)
        with pytest.raises(TooManyCombinations, match="有22801种组合"):
            envelope(understood, known, {}, card, ways)
