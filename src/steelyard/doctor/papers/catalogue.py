"""The checks by number (检查项): what each is called, and to which kind it belongs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the catalogue (检查项)."""

    name: str
    group: str
    """The kind of check, as findings are grouped."""


GROUPS = (
    "比率与得分",
    "评分规则",
    "预算",
    "一致性",
    "问卷",
    "日期",
    "文字",
    "证据",
    "逻辑",
    "程序",
    "其他",
)
"""Kinds of check, in the order in which they are shown."""

_RULES = {
    "R01": Rule("比率复算", "比率与得分"),
    "R02": Rule("得分算式", "比率与得分"),
    "R03": Rule("分值、扣分与得分", "比率与得分"),
    "R04": Rule("分值得分与评分表", "比率与得分"),
    "R05": Rule("得分合计与等级", "比率与得分"),
    "R06": Rule("评分要点分值", "评分规则"),
    "R07": Rule("评分规则取值", "评分规则"),
    "R08": Rule("按规则复算得分", "评分规则"),
    "R09": Rule("预算勾稽", "预算"),
    "R10": Rule("表内合计", "预算"),
    "R11": Rule("同一数据", "一致性"),
    "R12": Rule("项目台账", "一致性"),
    "R13": Rule("清单覆盖", "一致性"),
    "R14": Rule("个数", "一致性"),
    "R15": Rule("部分与总体", "一致性"),
    "R16": Rule("计量单位", "一致性"),
    "R17": Rule("问卷统计", "问卷"),
    "R18": Rule("问卷结论", "问卷"),
    "R19": Rule("日期先后", "日期"),
    "R20": Rule("文号与依据", "文字"),
    "R21": Rule("成对标点与残句", "文字"),
    "R22": Rule("名称一致", "文字"),
    "R23": Rule("前后矛盾", "逻辑"),
    "R24": Rule("满分与所述问题", "逻辑"),
    "R25": Rule("目标值出处", "逻辑"),
    "R26": Rule("证据支撑", "证据"),
    "R27": Rule("扣分、问题与建议", "逻辑"),
    "R28": Rule("零支出与目标作结果", "逻辑"),
    "R29": Rule("雷同文字", "文字"),
    "R30": Rule("重复段落", "文字"),
    "R31": Rule("评价程序", "程序"),
}


def rule_named(rule: str) -> Rule:
    """Return what is known of a check; one without an entry stands under 其他.

    >>> rule_named("R17").group, rule_named("R99").group
    ('问卷', '其他')
    """
    return _RULES.get(rule) or Rule(rule, GROUPS[-1])
