"""Levels, totals, grades and the distance to their neighbours."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.framework.indicator import Framework, Grade, Group, Leaf, UnknownIndicator
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.score import Scorecard, score, standing

Carded = Callable[..., Scorecard]
Declared = Callable[..., Leaf]

COMPLETION = {"use": "completion"}
GRADES = tuple(
    Grade(name, Fraction(floor)) for name, floor in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
)
FRAMEWORK = Framework(id="sample", version="1", title="样例", grades=GRADES, groups=(), leaves=())


class TestATotal:
    def test_adds_what_the_leaves_print(self, card: Carded, leaf: Declared) -> None:
        leaves = [leaf(COMPLETION, 1, "率", path=f"过程/{n}") for n in "一二三"]
        third = {"率": Fraction(1, 3)}
        assert card(*leaves, facts=third).total == Fraction("0.99")
        assert card(*leaves, facts=third, total="rounded-sum").total == 1

    def test_of_exact_scores_rounds_once_half_up(self, card: Carded, leaf: Declared) -> None:
        leaves = [leaf(COMPLETION, 1, "率", path=f"过程/{n}") for n in "一二三四五"]
        whole = card(*leaves, facts={"率": Fraction("0.333")}, total="rounded-sum", places=2)
        assert whole.total == Fraction("1.67")
        assert card(*leaves, facts={"率": Fraction("0.333")}, places=2).total == Fraction("1.65")

    @settings(max_examples=60, deadline=None)
    @given(
        thousandths=st.lists(st.integers(0, 10_000), min_size=1, max_size=4),
        places=st.integers(0, 4),
    )
    def test_is_one_sum_or_the_other(
        self, card: Carded, leaf: Declared, thousandths: list[int], places: int
    ) -> None:
        exact = [Fraction(n, 1000) for n in thousandths]
        leaves = [
            leaf(
                {"use": "bands", "bands": [{"from": "0%", "points": points}]},
                10,
                "率",
                path=f"过程/{number}",
            )
            for number, points in enumerate(exact)
        ]

        def kept(value: Fraction) -> Fraction:
            return Fraction((value * 10**places * 2 + 1) // 2, 10**places)

        apart = card(*leaves, facts={"率": "50"}, places=places)
        assert apart.total == sum(kept(value) for value in exact)
        together = card(*leaves, facts={"率": "50"}, places=places, total="rounded-sum")
        assert together.total == kept(sum(exact, Fraction(0)))


class TestALevel:
    def test_adds_its_leaves_and_stays_unknown_with_any_of_them(
        self, leaf: Declared, ledger: Callable[..., object], rubric: Callable[..., Rubric]
    ) -> None:
        leaves = (
            leaf(COMPLETION, 2, "率", path="过程/执行/一"),
            leaf(COMPLETION, 4, "甲 / 乙", path="过程/执行/二"),
            leaf(COMPLETION, 4, "率", path="过程/资产/三"),
        )
        groups = tuple(
            Group(path=tuple(path.split("/")), points=Fraction(points))
            for path, points in (("过程", 10), ("过程/执行", 6), ("过程/资产", 4))
        )
        understood = rubric(*leaves)
        framework = Framework(
            id="sample", version="1", title="样例", grades=GRADES, groups=groups, leaves=leaves
        )
        whole = score(
            compile_framework(framework, understood.dictionary),
            ledger({"率": "50", "甲": "1"}),  # type: ignore[arg-type]  # a ledger
            {},
        )
        assert [(level.earned, level.so_far) for level in whole.levels] == [
            (None, Fraction(3)),
            (None, Fraction(1)),
            (Fraction(2), Fraction(2)),
        ]
        assert [level.rate for level in whole.levels] == [None, None, Fraction(1, 2)]
        assert whole.award("三").earned == 2
        with pytest.raises(UnknownIndicator):
            whole.award("四")


class TestAGrade:
    @pytest.mark.parametrize(
        ("total", "grade", "to_lower", "to_higher"),
        [
            ("100", "优", "10", None),
            ("90", "优", "0", None),
            ("89.99", "良", "9.99", "0.01"),
            ("81.77", "良", "1.77", "8.23"),
            ("80", "良", "0", "10"),
            ("79.99", "中", "19.99", "0.01"),
            ("60", "中", "0", "20"),
            ("59.99", "差", None, "0.01"),
            ("0", "差", None, "60"),
        ],
    )
    def test_begins_at_its_floor_and_ends_before_the_next(
        self, total: str, grade: str, to_lower: str | None, to_higher: str | None
    ) -> None:
        found = standing(FRAMEWORK, Fraction(total))
        assert found.grade.name == grade
        assert found.to_lower == (None if to_lower is None else Fraction(to_lower))
        assert found.to_higher == (None if to_higher is None else Fraction(to_higher))

    @pytest.mark.parametrize(
        ("share", "total", "grade"),
        [("79.995", "80", "良"), ("79.9949", "79.99", "中"), ("80", "80", "良")],
    )
    def test_is_given_to_the_total_as_printed(
        self,
        leaf: Declared,
        ledger: Callable[..., object],
        rubric: Callable[..., Rubric],
        *,
        share: str,
        total: str,
        grade: str,
    ) -> None:
        one = leaf(COMPLETION, 100, "率")
        framework = Framework(
            id="sample", version="1", title="样例", grades=GRADES, groups=(), leaves=(one,)
        )
        understood = compile_framework(framework, rubric(one).dictionary)
        whole = score(understood, ledger({"率": share}), {})  # type: ignore[arg-type]  # a ledger
        assert whole.total == Fraction(total)
        assert whole.standing is not None
        assert whole.standing.grade.name == grade
