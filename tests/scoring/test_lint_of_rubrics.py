"""What is wrong in a rubric itself, and which reading settles it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard.evaluation.folder import load_book
from steelyard.framework.indicator import Choice, Framework, Grade, Group, Leaf, Term
from steelyard.framework.load import find_framework
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.lint import Flaw, lint

Declared = Callable[..., Leaf]
Understood = Callable[..., Rubric]
Linted = Callable[..., tuple[Flaw, ...]]

COMPLETION = {"use": "completion"}
THREE = {"use": "checklist", "points": [{"text": "要点", "points": Fraction("0.6")}] * 5}
GAPPED = {
    "use": "bands",
    "bands": [{"at": "100%", "points": 2}, {"from": "60%", "below": "100%", "points": 1}],
}
OPEN = {"use": "steps", "base": "100%", "each": "1%", "lose": 1, "open_side": True}
PROMISED = {"use": "steps", "base": "100%", "side": "below", "each": "1%", "lose": 1, "full": 2}


@pytest.fixture(scope="session")
def flaws(leaf: Declared, rubric: Understood) -> Linted:
    """What lint finds in a rubric of one leaf."""

    def found(*declared: Any, **other: Any) -> tuple[Flaw, ...]:
        return lint(rubric(leaf(*declared, **other)))

    return found


class TestAFlaw:
    @pytest.mark.parametrize(
        ("rule", "points", "measure", "code", "what", "axis"),
        [
            (THREE, 1, "", "sub-points", "5个要点合计3分，与分值1分不符。", "fit=scale"),
            (THREE, 1, "", "sub-points", "5个要点合计3分，与分值1分不符。", "fit=cap"),
            (GAPPED, 2, "率", "uncovered-values", "“＜60%”不在任何一档之内。", "uncovered=zero"),
            (OPEN, 2, "率", "uncovered-values", "标准没有写测算率低于100%时如何计分。",
             "other_side=full"),
            (PROMISED, 1, "率", "promised-points", "标准写明最多得2分，分值只有1分。",
             "promise=cap"),
            (COMPLETION, 2, "甲 / 乙", "zero-denominator",
             "测算率的分母可能为零，标准没有写如何计分。", "zero_base=zero"),
        ],
    )  # fmt: skip
    def test_is_found_and_settled_by_an_explicit_reading(
        self,
        flaws: Linted,
        *,
        rule: dict[str, Any],
        points: int,
        measure: str,
        code: str,
        what: str,
        axis: str,
    ) -> None:
        key, _, use = axis.partition("=")
        found = next(each for each in flaws(rule, points, measure) if each.code == code)
        assert (found.path, found.line, found.what) == ("过程/样例", 1, what)
        assert not found.is_settled
        settled = flaws(rule, points, measure, {key: Choice(use, "财政部门解释。")})
        again = next(each for each in settled if (each.code, each.what) == (code, what))
        assert again.is_settled
        assert again.settled.startswith("口径：")
        assert again.settled.endswith("（财政部门解释）")

    @pytest.mark.parametrize(
        ("rule", "measure", "code", "what"),
        [
            (
                {"use": "checklist-share", "points": [{"text": "要点", "share": "40%"}] * 2},
                "",
                "sub-shares",
                "各要点权重合计80%，应为100%。",
            ),
            (
                {
                    "use": "checklist-defects",
                    "points": [{"text": "要点", "share": "60%"}] * 2,
                    "lose": "20%",
                },
                "",
                "sub-shares",
                "各要点权重合计120%，应为100%。",
            ),
            (
                {"use": "split", "parts": [{"text": "部分", "points": 3, "when": "甲 > 0万元"}]},
                "",
                "sub-points",
                "各部分合计3分，与分值2分不符。",
            ),
            (
                {
                    "use": "bands",
                    "bands": [{"from": "0%", "points": 3}, {"below": "0%", "points": 0}],
                },
                "率",
                "promised-points",
                "最高一档得3分，分值为2分。",
            ),
        ],
    )
    def test_that_no_reading_can_settle_stays_an_error(
        self, flaws: Linted, *, rule: dict[str, Any], measure: str, code: str, what: str
    ) -> None:
        (found,) = flaws(rule, 2, measure)
        assert (found.code, found.severity, found.what) == (code, "error", what)
        assert not found.is_settled

    def test_in_overlapping_bands_is_settled_by_their_order(self, flaws: Linted) -> None:
        rule = {"use": "bands", "bands": [{"from": "50%", "points": 2}, {"to": "60%", "points": 1}]}
        (found,) = flaws(rule, 2, "率")
        assert (found.code, found.severity) == ("overlapping-bands", "warning")
        assert found.what == "“50%≤测算率≤60%”同时落在两档之内。"
        assert found.settled == "口径：按写在前面的一档计分"

    def test_is_also_found_behind_a_veto(self, flaws: Linted) -> None:
        veto = {"use": "veto", "text": "重大问题", "then": THREE}
        assert [each.code for each in flaws(veto, 1)] == ["sub-points"]

    def test_may_be_a_word_that_nobody_defined(self, flaws: Linted) -> None:
        stated = "调整数 / 预算数"
        (first, second) = flaws(COMPLETION, 2, "率", stated=stated)
        assert first.what == "原文算式中的“调整数”没有定义。"
        assert second.what == "原文算式中的“预算数”没有定义。"
        terms = (Term("调整数", "甲"), Term("预算数", "乙", defined=False, why="未写年初或全年。"))
        (settled,) = flaws(COMPLETION, 2, "率", stated=stated, terms=terms)
        assert settled.what == "原文算式中的“预算数”没有写明口径。"
        assert settled.settled == "口径：取“乙”（未写年初或全年）"
        assert flaws(COMPLETION, 2, "率", stated="甲 / 乙") == ()

    def test_may_be_a_stated_formula_that_cannot_be_read(self, flaws: Linted) -> None:
        (found,) = flaws(COMPLETION, 2, "率", stated="调整数除以（预算数")
        assert found.code == "stated-formula"

    def test_is_settled_by_a_reading_of_the_evaluation_too(
        self, leaf: Declared, rubric: Understood
    ) -> None:
        understood = rubric(leaf(THREE, 1, readings={"fit": Choice("scale", "折算")}))
        own = {"过程/样例": {"fit": Choice("cap", "照标准")}}
        (found,) = lint(understood, own)
        assert found.settled == "口径：各要点照标准计分，以分值为限（照标准）"
        (bare,) = lint(rubric(leaf(THREE, 1)), own)
        assert bare.is_settled


class TestSums:
    def test_that_do_not_add_up_are_named_from_the_top(
        self, leaf: Declared, rubric: Understood
    ) -> None:
        leaves = (
            leaf(COMPLETION, 3, "率", path="过程/一"),
            leaf(COMPLETION, 4, "率", path="产出/二"),
        )
        groups = (
            Group(path=("过程",), points=Fraction(5)),
            Group(path=("产出",), points=Fraction(4)),
        )
        framework = Framework(
            id="sample", version="1", title="样例", points=Fraction(10), groups=groups,
            grades=(Grade("优", Fraction(0)),), leaves=leaves,
        )  # fmt: skip
        found = lint(compile_framework(framework, rubric(*leaves).dictionary))
        assert [(each.code, each.path, each.what) for each in found] == [
            ("points-sum", "", "各指标分值合计7分，应为10分。"),
            ("points-sum", "过程", "下级指标分值合计3分，标明5分。"),
        ]


class TestACleanRubric:
    def test_has_no_flaws(self, leaf: Declared, rubric: Understood) -> None:
        full = {
            "use": "bands",
            "bands": [{"from": "60%", "points": 2}, {"below": "60%", "points": 0}],
        }
        even = {"use": "checklist", "points": [{"text": "要点", "points": 1}] * 2}
        leaves = (
            leaf(COMPLETION, 2, "率", path="过程/一"),
            leaf(full, 2, "率", path="过程/二"),
            leaf(even, 2, path="过程/三"),
            leaf({"use": "steps", "base": "0%", "each": "1%", "lose": 1}, 2, "率", path="过程/四"),
            leaf(COMPLETION, 2, "甲 / 100万元", path="过程/五"),
        )
        assert lint(rubric(*leaves)) == ()


class TestTheQiannanRubric:
    def test_has_seven_flaws_all_settled(self) -> None:
        rubric = load_book(find_framework("qiannan-2023")).rubric
        found = [(flaw.path.rpartition("/")[2], flaw.code) for flaw in lint(rubric)]
        assert found == [
            ("全年预算完成率", "uncovered-values"),
            ("预算调整率", "undefined-term"),
            ("结转结余控制率", "undefined-term"),
            ("公用经费控制率", "uncovered-values"),
            ("“三公”经费控制率", "uncovered-values"),
            ("资金使用合规性", "sub-points"),
            ("固定资产利用率", "promised-points"),
        ]
        assert all(flaw.is_settled for flaw in lint(rubric))

    def test_places_each_at_its_line(self) -> None:
        folder = find_framework("qiannan-2023")
        lines = (Path(folder) / "framework.toml").read_text(encoding="utf-8").splitlines()
        for flaw in lint(load_book(folder).rubric):
            following = "\n".join(lines[flaw.line - 1 : flaw.line + 2])
            assert f'path = "{flaw.path}"' in following
