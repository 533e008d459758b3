"""What each rule says of itself."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.scoring.sample_rules import (
    BANDS,
    CARRIED,
    COMPLETION,
    COUNTED,
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


class TestWording:
    @pytest.mark.parametrize(
        ("rule", "points", "measure", "said"),
        [
            (COMPLETION, 2, "率", "得分=测算率×2分；达到或超过目标的，得满分。"),
            (REVERSE, 3, "率", "测算率≤100%的，得满分3分；超过的，按比例扣减，扣完为止。"),
            (
                {"use": "completion-growth", "target": "10%"},
                2,
                "率",
                "得分=测算率÷10%×2分；达到或超过目标的，得满分；负增长不得分。",
            ),
            (
                BANDS,
                2,
                "率",
                (
                    "测算率=100%的，得2分；90%≤测算率＜100%的，得1.5分；"
                    "50%＜测算率≤80%的，得1分；测算率≤50%的，不得分。"
                ),
            ),
            (
                SATISFACTION,
                3,
                "率",
                "测算率≥95%的，得满分；80%≤测算率＜95%的，得分值的80%；测算率＜80%的，不得分。",
            ),
            (PASS, 4, "率", "测算率≤100%的，得满分4分，否则不得分。"),
            (STEPS, 2, "率", "测算率≤100%的，计2分；每超过1%扣0.2分，扣完为止。"),
            (OPEN_STEPS, 2, "率", "测算率为100%的，计2分；每超过1%扣0.2分，扣完为止。"),
            (CARRIED, 3, "率", "测算率为0的，计3分；每超过5%扣0.5分，扣完为止。"),
            (IN_USE, 1, "率", "测算率≥100%的，计2分；每低于1%扣0.2分，扣完为止。"),
            (SHARE, 2, "率", "测算率为0的，得满分2分；否则扣减分数=测算率×2分，扣完为止。"),
            (
                TASKS,
                2,
                LATE,
                "没有工作任务未完成的，得满分2分；每一项工作任务未完成扣0.1分，扣完为止。",
            ),
            (LIST, 3, "", "①目标合理，计1分；②指标明确，计2分。"),
            (
                SHARES,
                1,
                "",
                "①内容合规，占40%；②公开及时，占60%。全部符合得满分，一项不符扣减该项分值。",
            ),
            (
                POINT_DEFECTS,
                1,
                "",
                "①保存完整，占40%；②账实相符，占60%。每有一处不符扣减本项分值的20%，扣完为止。",
            ),
            (ITEMS, 3, "", "①预算制度；②合同制度。满分3分，每缺少一项扣0.5分，扣完为止。"),
            (COUNTED, 10, "", "每有一项不符合要求扣5%的分值，扣完为止（不符合要求的项数）。"),
            (
                SPLIT,
                "1.5",
                "",
                "年初项目完成的，得1分，否则不得分；年中项目完成的，得0.5分，否则不得分。",
            ),
            (
                VETO,
                10,
                "",
                (
                    "每有一项不符合要求扣5%的分值，扣完为止（不符合要求的项数）。"
                    "发生重大问题的，分值全部扣除。"
                ),
            ),
        ],
    )
    def test_says_every_parameter(
        self, award: Scored, rule: dict[str, Any], points: int, measure: str, said: str
    ) -> None:
        assert award(rule, points, measure).wording == said
