"""What is missing, what does not apply, what divides by nothing, and what does not fit."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from steelyard.errors import Gathered
from steelyard.framework.indicator import Choice, Leaf
from steelyard.scoring.award import Award
from steelyard.scoring.compile import UnknownReading
from steelyard.scoring.score import Scorecard, score

Scored = Callable[..., Award]
Carded = Callable[..., Scorecard]
Declared = Callable[..., Leaf]
Complained = Callable[..., str]

COMPLETION = {"use": "completion"}
LIST = {"use": "checklist", "points": [{"text": "有制度", "points": 2}]}


class TestAMissingFact:
    def test_leaves_its_leaf_unscored_and_is_named(self, award: Scored) -> None:
        found = award(COMPLETION, 2, "甲 / 乙", {"甲": "1"})
        assert (found.state, found.earned, found.exact, found.lost) == ("missing", None, None, None)
        assert found.missing == ("乙",)
        assert found.because == "未评分：缺少乙。"

    def test_is_named_once_for_each_that_is_missing(self, award: Scored) -> None:
        assert award(COMPLETION, 2, "(甲 - 乙) / 乙").missing == ("甲", "乙")

    def test_may_be_a_judgement(self, award: Scored) -> None:
        found = award(LIST)
        assert found.because == "未评分：缺少评判①有制度。"

    def test_may_be_a_whole_table(self, award: Scored) -> None:
        found = award({"use": "per-task", "lose": 1, "noun": "未完成"}, 2, "count(项目)")
        assert found.because == "未评分：缺少表“项目”。"

    def test_leaves_the_total_unknown_but_not_what_is_known(
        self, card: Carded, leaf: Declared
    ) -> None:
        whole = card(
            leaf(COMPLETION, 2, "甲 / 乙", path="过程/一"),
            leaf(COMPLETION, 3, "率", path="过程/二"),
            facts={"率": "50"},
        )
        assert (whole.total, whole.standing) == (None, None)
        assert whole.so_far == Fraction("1.5")
        assert [each.leaf.text for each in whole.unscored] == ["过程/一"]

    def test_is_asked_for_even_where_it_would_not_have_mattered(self, award: Scored) -> None:
        either = {"use": "pass-fail", "when": "x ≤ 100% 或 甲 > 0万元"}
        assert award(either, 2, "率", {"率": "90"}).missing == ("甲",)
        assert award(either, 2, "率", {"率": "120"}).missing == ("甲",)
        assert award(either, 2, "率", {"率": "90", "甲": "0"}).earned == 2
        veto = {"use": "veto", "text": "重大问题", "then": COMPLETION}
        assert award(veto, 2, "率", judgements={"否决": True}).missing == ("率",)
        assert award(veto, 2, "率", {"率": "90"}).missing == ("评判否决重大问题",)


class TestADash:
    @pytest.mark.parametrize(
        ("rule", "measure"),
        [
            (COMPLETION, "率"),
            (COMPLETION, "甲 / 乙"),
            ({"use": "pass-fail", "when": "x = 100%"}, "率"),
            ({"use": "pass-fail", "when": "x ≠ 0%"}, "率"),
            ({"use": "bands", "bands": [{"at": "100%", "points": 2}]}, "率"),
            ({"use": "steps", "base": "0%", "each": "1%", "lose": 1}, "率"),
        ],
    )
    @pytest.mark.parametrize(("reading", "earned"), [("error", None), ("full", 2), ("zero", 0)])
    def test_is_read_as_the_leaf_says(
        self,
        award: Scored,
        *,
        rule: dict[str, Any],
        measure: str,
        reading: str,
        earned: int | None,
    ) -> None:
        facts = {"率": "—", "甲": "—", "乙": "3"}
        found = award(rule, 2, measure, facts, readings={"not_applicable": reading})
        assert found.earned == earned
        if earned is None:
            assert found.state == "missing"
            assert found.because.endswith("填“—”（不适用），口径没有写明这时如何计分。")
        else:
            assert found.because.endswith(f"数据不适用，按口径得{earned}分。")

    def test_in_a_sum_is_passed_over(self, award: Scored) -> None:
        found = award(COMPLETION, 2, "(甲 + 丙) / 乙", {"甲": "1", "丙": "—", "乙": "2"})
        assert found.earned == 1

    def test_gives_way_to_a_veto(self, award: Scored) -> None:
        rule = {"use": "veto", "text": "重大问题", "then": COMPLETION}
        found = award(
            rule,
            2,
            "率",
            {"率": "—"},
            judgements={"否决": True},
            readings={"not_applicable": "full"},
        )
        assert found.earned == 0


class TestAZeroDenominator:
    @pytest.mark.parametrize(("reading", "earned"), [("full", 2), ("zero", 0)])
    def test_is_read_as_the_leaf_says(self, award: Scored, reading: str, earned: int) -> None:
        facts = {"甲": "1", "乙": "0"}
        found = award(COMPLETION, 2, "甲 / 乙", facts, readings={"zero_base": reading})
        assert found.earned == earned
        assert found.because.endswith(f"分母为零，按口径得{earned}分。")

    def test_that_nobody_read_stops_its_leaf_alone(self, award: Scored) -> None:
        found = award(COMPLETION, 2, "甲 / 乙", {"甲": "1", "乙": "0"})
        assert (found.state, found.earned) == ("failed", None)
        assert found.because.startswith("未评分：“甲÷乙”的分母“乙”为零")

    def test_may_be_any_of_several(self, award: Scored) -> None:
        facts = {"甲": "1", "乙": "5", "丙": "0"}
        found = award(COMPLETION, 2, "甲 / 乙 + 甲 / 丙", facts, readings={"zero_base": "full"})
        assert found.earned == 2

    def test_gives_way_to_a_veto(self, award: Scored) -> None:
        rule = {"use": "veto", "text": "重大问题", "then": COMPLETION}
        found = award(
            rule,
            2,
            "甲 / 乙",
            {"甲": "1", "乙": "0"},
            judgements={"否决": True},
            readings={"zero_base": "full"},
        )
        assert found.earned == 0
        assert found.because.endswith("重大问题，分值全部扣除。")

    def test_in_the_condition_of_a_count_is_no_rate(self, award: Scored) -> None:
        rule = {"use": "per-task", "lose": 1, "noun": "金额过小"}
        found = award(rule, 2, "count(项目, 甲 / 金额 > 2)", {"甲": "1"}, rows=())
        assert found.because == "测算率=0；没有金额过小的，得满分2分。"

    def test_in_a_figure_that_nobody_came_to_is_only_mentioned(self, award: Scored) -> None:
        either = {"use": "pass-fail", "when": "x ≤ 100% 或 甲 / 乙 > 1"}
        found = award(either, 2, "率", {"率": "90", "甲": "1", "乙": "0"})
        assert found.earned == 2


class TestALeafThatCannotBeUnderstood:
    @pytest.mark.parametrize(
        ("rule", "measure", "readings", "said"),
        [
            ({"use": "complete"}, "率", {}, "没有评分规则“complete”。是否想写“completion”？"),
            ({}, "率", {}, "没有评分规则“”。可用：completion、"),
            ({"use": "completion", "to": 1}, "率", {}, "不认识的项“to”"),
            (COMPLETION, "", {}, "规则要用测算值，但没有写算式。"),
            (LIST, "率", {}, "规则不用测算值，却写了算式。"),
            (COMPLETION, "甲", {}, "算式“甲”的结果带单位，不能计分。"),
            (COMPLETION, "甲 / 丁", {}, "数据字典中没有“丁”。"),
            (COMPLETION, "甲 +", {}, "算式"),
            (COMPLETION, "率", {"fit": "scale"}, "这项指标没有口径“fit”。"),
            (COMPLETION, "率", {"rate": "3"}, "没有读法“3”。可选：exact（不舍入）、2（"),
            ({"use": "bands", "bands": []}, "率", {}, "没有任何一档"),
            ({"use": "bands", "bands": [{"from": "9%", "below": "1%", "points": 1}]}, "率", {},
             "下限高于上限"),
            ({"use": "bands", "bands": [{"from": "9%"}]}, "率", {}, "points 或 share 之一"),
            ({"use": "pass-fail", "when": "x ≤"}, "率", {}, "算式"),
            ({"use": "pass-fail", "when": "x + 1"}, "率", {}, "条件"),
            ({"use": "pass-fail"}, "率", {}, "缺少“when”"),
            ({"use": "completion-growth"}, "率", {}, "缺少“target”"),
            ({"use": "completion-growth", "target": "甲 +"}, "率", {}, "算式却到此为止"),
            ({"use": "split", "parts": [{"text": "部分", "points": 1, "when": "甲 >"}]}, "", {},
             "算式却到此为止"),
            ({"use": "completion-growth", "target": "甲"}, "率", {}, "不能相加减或比较"),
            ({"use": "steps", "base": "0%", "each": 0, "lose": 1}, "率", {}, "“each”应大于零"),
            ({"use": "steps", "base": "0%", "each": 1, "lose": -1}, "率", {}, "“lose”应大于零"),
            ({"use": "steps", "base": "0%", "each": 1, "lose": 1, "full": 0}, "率", {},
             "“full”应大于零"),
            ({"use": "steps", "base": "0%", "each": 1, "lose": 1, "side": "up"}, "率", {},
             "不认识的方向“up”"),
            ({"use": "per-task", "lose": 1}, "率", {}, "缺少“noun”"),
            ({"use": "checklist", "points": []}, "", {}, "要点应为1至20个"),
            ({"use": "defects", "lose": 1}, "", {}, "items（20项以内）或 count 之一"),
            ({"use": "defects", "lose": 1, "items": ["甲"], "count": "数"}, "", {}, "之一"),
            ({"use": "split", "parts": []}, "", {}, "没有任何部分"),
            ({"use": "split", "parts": [{"text": "部分", "points": 1, "when": "甲"}]}, "", {},
             "条件"),
            ({"use": "veto", "text": "重大问题"}, "", {}, "没有评分规则“”"),
        ],
    )  # fmt: skip
    def test_is_refused_with_its_place(
        self,
        complaint: Complained,
        leaf: Declared,
        *,
        rule: dict[str, Any],
        measure: str,
        readings: dict[str, str],
        said: str,
    ) -> None:
        text = complaint(leaf(rule, 2, measure, readings))
        assert said in text
        assert text.startswith("framework.toml 第1行 › 过程/样例")

    def test_is_refused_together_with_all_others(
        self, complaint: Complained, leaf: Declared
    ) -> None:
        text = complaint(
            leaf({"use": "a"}, path="过程/一"),
            leaf({"use": "b"}, path="过程/二"),
            leaf(COMPLETION, 2, "率", path="过程/三"),
        )
        assert [line.split("：")[0] for line in text.splitlines()] == [
            "framework.toml 第1行 › 过程/一 › rule",
            "framework.toml 第1行 › 过程/二 › rule",
        ]

    def test_may_not_be_read_in_a_way_that_an_evaluation_invents(
        self, rubric: Callable[..., Any], leaf: Declared, ledger: Callable[..., Any]
    ) -> None:
        understood = rubric(leaf(COMPLETION, 2, "率"))
        with pytest.raises(Gathered) as caught:
            score(understood, ledger({"率": "1"}), {}, {"过程/样例": {"rate": Choice("5")}})
        assert [type(error) for error in caught.value.errors] == [UnknownReading]
