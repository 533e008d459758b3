"""Why each rule gave what it gave: sentences worked out by hand."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from tests.scoring.sample_rules import (
    BANDS,
    CARRIED,
    COMPLETION,
    COUNTED,
    GROWTH,
    IN_USE,
    ITEMS,
    LIST,
    OPEN_STEPS,
    PASS,
    POINT_DEFECTS,
    REVERSE,
    SATISFACTION,
    SHARE,
    SHARES,
    SPLIT,
    STEPS,
    TASKS,
    VETO,
)

from steelyard.scoring.award import Award

Scored = Callable[..., Award]

LATE = "count(项目, 状态 = “未完成”)"
ROWS = (("甲项目", "未完成"), ("乙项目", "已完成"), ("丙项目", "未完成"))


def because(award: Scored, rule: dict[str, Any], points: int | str, x: str, **readings: str) -> str:
    """Why, for a leaf whose measure is the rate as written; the facts are left off."""
    said = award(rule, points, "率", {"率": x, "目标率": "10"}, readings=readings).because
    return said.rpartition(f"测算率={x}%；")[2]


class TestBecauseOfARate:
    @pytest.mark.parametrize(
        ("rule", "points", "x", "readings", "said"),
        [
            (COMPLETION, 2, "58.36", {}, "得分=2×58.36%=1.17分。"),
            (COMPLETION, 2, "120", {}, "达到目标，得满分2分。"),
            (COMPLETION, 2, "0", {}, "未有进展，不得分。"),
            (REVERSE, 2, "80", {}, "未超过目标，得满分2分。"),
            (REVERSE, 2, "125", {}, "得分=2×1÷125%=1.6分。"),
            (REVERSE, 2, "125", {"reverse": "two-minus"}, "得分=2×（2-125%）=1.5分。"),
            (
                REVERSE,
                2,
                "200",
                {"reverse": "two-minus"},
                "达到目标的两倍以上，扣完为止，不得分。",
            ),
            (GROWTH, 2, "3.5", {}, "得分=2×3.5%÷10%=0.7分。"),
            (GROWTH, 2, "4.5", {"growth": "index"}, "得分=2×（1+4.5%）÷（1+10%）=1.9分。"),
            (GROWTH, 2, "10", {}, "达到目标，得满分2分。"),
            (GROWTH, 2, "-1", {}, "没有增长，不得分。"),
            (BANDS, 2, "95.59", {}, "95.59%落在“90%≤测算率＜100%”一档，得1.5分。"),
            (BANDS, 2, "100", {}, "100%落在“=100%”一档，得2分。"),
            (BANDS, 2, "50", {}, "50%落在“≤50%”一档，不得分。"),
            (
                BANDS,
                2,
                "113.33",
                {"uncovered": "top"},
                "113.33%不在任何一档之内，按口径按最高一档，得2分。",
            ),
            (
                BANDS,
                2,
                "113.33",
                {"uncovered": "zero"},
                "113.33%不在任何一档之内，按口径不得分。",
            ),
            (SATISFACTION, 3, "82.86", {}, "82.86%落在“80%≤测算率＜95%”一档，得分=3×80%=2.4分。"),
            (SATISFACTION, 3, "95", {}, "95%落在“≥95%”一档，得3分。"),
            (PASS, 4, "95.59", {}, "符合“≤100%”，得满分4分。"),
            (PASS, 4, "101", {}, "不符合“≤100%”，不得分。"),
            (STEPS, 2, "98.65", {}, "不扣分，得满分2分。"),
            (
                STEPS,
                2,
                "103.5",
                {},
                "超过100%，（103.5%-100%）÷1%=3.5步，不足一步不计，计3步，应扣0.2×3=0.6分，得1.4分。",
            ),
            (
                STEPS,
                2,
                "103.5",
                {"partial": "started"},
                (
                    "超过100%，（103.5%-100%）÷1%=3.5步，不足一步按一步，计4步，"
                    "应扣0.2×4=0.8分，得1.2分。"
                ),
            ),
            (
                STEPS,
                2,
                "103.5",
                {"partial": "pro-rata"},
                "超过100%，（103.5%-100%）÷1%=3.5步，计3.5步，应扣0.2×3.5=0.7分，得1.3分。",
            ),
            (
                CARRIED,
                3,
                "47.53",
                {},
                (
                    "超过0%，47.53%÷5%=9.51步，不足一步不计，计9步，应扣0.5×9=4.5分，"
                    "扣完为止，不得分。"
                ),
            ),
            (
                OPEN_STEPS,
                2,
                "98",
                {"other_side": "full"},
                "低于100%，标准未写，按口径视同满分，得2分。",
            ),
            (OPEN_STEPS, 2, "98", {"other_side": "zero"}, "低于100%，标准未写，按口径不得分。"),
            (
                OPEN_STEPS,
                2,
                "98",
                {"other_side": "mirror"},
                "低于100%，绝对值（98%-100%）÷1%=2步，计2步，应扣0.2×2=0.4分，得1.6分。",
            ),
            (
                IN_USE,
                1,
                "98",
                {"promise": "cap"},
                "低于100%，（100%-98%）÷1%=2步，计2步，应扣0.2×2=0.4分，得0.6分。",
            ),
            (
                IN_USE,
                1,
                "98",
                {"promise": "scale"},
                "低于100%，（100%-98%）÷1%=2步，计2步，应扣0.1×2=0.2分，得0.8分。",
            ),
            (SHARE, 2, "35.96", {}, "得分=2-2×35.96%=1.28分。"),
            (SHARE, 2, "-30", {}, "得分=2-2×绝对值（-30%）=1.4分。"),
            (SHARE, 2, "-30", {"negative": "none"}, "不扣分，得满分2分。"),
            (SHARE, 2, "0", {}, "不扣分，得满分2分。"),
            (SHARE, 2, "130", {}, "得分=2-2×130%，扣完为止，不得分。"),
        ],
    )
    def test_says_what_counted(
        self,
        award: Scored,
        *,
        rule: dict[str, Any],
        points: int,
        x: str,
        readings: dict[str, str],
        said: str,
    ) -> None:
        assert because(award, rule, points, x, **readings) == said

    def test_prints_as_many_digits_as_the_steps_need(self, award: Scored) -> None:
        assert because(award, CARRIED, 3, "9.998") == (
            "超过0%，9.998%÷5%=1.9996步，不足一步不计，计1步，应扣0.5×1=0.5分，得2.5分。"
        )

    def test_does_not_say_that_a_target_was_reached_which_was_only_neared(
        self, award: Scored
    ) -> None:
        said = award(GROWTH, 2, "率", {"率": "9.999", "目标率": "10"}).because
        assert "达到目标" not in said
        assert said.endswith("=2分。")


class TestBecauseOfAMeasure:
    def test_puts_the_figures_in(self, award: Scored) -> None:
        said = award(
            SHARE, 2, "(甲 - 乙 - 丙) / 乙", {"甲": "7479.37", "乙": "4501.85", "丙": "1358.72"}
        ).because
        assert said == (
            "甲=7479.37万元，乙=4501.85万元，丙=1358.72万元；"
            "测算率=（7479.37-4501.85-1358.72）÷4501.85×100%=35.96%；得分=2-2×35.96%=1.28分。"
        )

    def test_rounds_a_rate_first_where_so_read(self, award: Scored) -> None:
        said = award(
            COMPLETION, 2, "甲 / 乙", {"甲": "933.73", "乙": "1600"}, readings={"rate": "0"}
        ).because
        assert said == (
            "甲=933.73万元，乙=1600万元；测算率=四舍五入（933.73÷1600，2位小数）×100%=58%；"
            "得分=2×58%=1.16分。"
        )

    @pytest.mark.parametrize(("rate", "kept"), [("2", "98.44"), ("0", "98")])
    def test_rounds_a_percent_to_decimals_of_a_percent(
        self, award: Scored, rate: str, kept: str
    ) -> None:
        found = award(COMPLETION, 1, "率", {"率": "98.4375"}, readings={"rate": rate}, places=4)
        assert found.exact == Fraction(kept) / 100

    def test_says_a_rate_that_is_itself_computed(self, award: Scored) -> None:
        facts = {"甲": "120", "乙": "200", "丙": "20"}
        assert award(COMPLETION, 2, "增长率", facts).because == (
            "增长率=50%；测算率=50%；得分=2×50%=1分。"
        )
        assert award(COMPLETION, 2, "净数 / 乙", facts).because == (
            "净数=100万元，乙=200万元；测算率=100÷200×100%=50%；得分=2×50%=1分。"
        )

    def test_names_the_rows_that_counted(self, award: Scored) -> None:
        assert award(TASKS, 2, LATE, rows=ROWS).because == (
            "测算率=2；2项工作任务未完成（甲项目、丙项目），扣0.1×2=0.2分，得1.8分。"
        )
        assert award(TASKS, 2, LATE, rows=()).because == (
            "测算率=0；没有工作任务未完成的，得满分2分。"
        )
        assert award({**TASKS, "lose": 1}, 2, LATE, rows=ROWS).because.endswith(
            "扣1×2=2分，扣完为止，不得分。"
        )


class TestBecauseOfJudgements:
    @pytest.mark.parametrize(
        ("rule", "points", "judgements", "said"),
        [
            (LIST, 3, {"①": True, "②": True}, "2项要点均符合，得满分3分。"),
            (
                LIST,
                3,
                {"①": True, "②": (False, "没有量化。")},
                "不符合：②指标明确（没有量化）；扣2分，得1分。",
            ),
            (
                LIST,
                3,
                {"①": (False, "无依据"), "②": False},
                "不符合：①目标合理（无依据）；②指标明确；扣3分，得0分。",
            ),
            (LIST, 3, {"①": "—", "②": True}, "不适用：①目标合理；扣1分，得2分。"),
            (SHARES, 1, {"①": True, "②": True}, "2项要点均符合，得满分1分。"),
            (
                SHARES,
                1,
                {"①": True, "②": (False, "逾期")},
                "不符合：②公开及时（逾期）；扣0.6分，得0.4分。",
            ),
            (POINT_DEFECTS, 1, {"①": 0, "②": 0}, "2项要点均无不符，得满分1分。"),
            (
                POINT_DEFECTS,
                1,
                {"①": 0, "②": (1, "账账不符")},
                "不符之处：②账实相符，1处（账账不符）；扣0.2分，得0.8分。",
            ),
            (ITEMS, 3, {"①": True, "②": True}, "没有不符合要求的，得满分3分。"),
            (
                ITEMS,
                3,
                {"①": True, "②": (False, "未提供")},
                "不符合：②合同制度（未提供）；扣0.5分，得2.5分。",
            ),
            (COUNTED, 10, {"①": 0}, "没有不符合要求的，得满分10分。"),
            (
                COUNTED,
                10,
                {"①": (3, "超标")},
                "不符合：①不符合要求的项数，3处（超标）；扣1.5分，得8.5分。",
            ),
            (VETO, 10, {"否决": False, "①": 0}, "没有不符合要求的，得满分10分。"),
            (VETO, 10, {"否决": (True, "挪用。"), "①": 0}, "发生重大问题（挪用），分值全部扣除。"),
        ],
    )
    def test_says_what_was_found(
        self,
        award: Scored,
        rule: dict[str, Any],
        points: int,
        judgements: dict[str, object],
        said: str,
    ) -> None:
        assert award(rule, points, judgements=judgements).because == said

    def test_does_not_call_a_point_met_that_the_cap_made_up_for(self, award: Scored) -> None:
        three = {"use": "checklist", "points": [{"text": "要点", "points": 1}] * 3}
        found = award(
            three, 2, judgements={"①": True, "②": True, "③": (False, "缺")}, readings={"fit": "cap"}
        )
        assert found.because == "不符合：③要点（缺）；未影响得分，得满分2分。"

    def test_says_that_the_points_themselves_fall_short(self, award: Scored) -> None:
        found = award(LIST, 5, judgements={"①": True, "②": True}, readings={"fit": "cap"})
        assert found.because == "2项要点均符合，合计不足分值，得3分。"

    def test_says_which_parts_hold(self, award: Scored) -> None:
        assert award(SPLIT, "1.5", facts={"甲": "2", "乙": "0"}).because == (
            "甲=2万元，乙=0万元；年初项目完成（2≥1）：得1分；年中项目完成（0≥1）：不成立，不得分；合计得1分。"
        )

    def test_sums_what_has_no_rows_to_nought(self, award: Scored) -> None:
        part = {"text": "有支出", "points": 2, "when": "sum(项目.金额) > 0万元"}
        assert award({"use": "split", "parts": [part]}, 2, rows=()).because.endswith("合计得0分。")

    def test_says_the_veto_and_no_zero_denominator(self, award: Scored) -> None:
        rule = {"use": "veto", "text": "发生重大问题", "then": COMPLETION}
        found = award(rule, 2, "甲 / 乙", {"甲": "1", "乙": "2"}, judgements={"否决": True})
        assert found.because == "甲=1万元，乙=2万元；发生重大问题，分值全部扣除。"
