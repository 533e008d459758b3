"""Leaves that are measured from money, staff, projects and questionnaires (比率指标)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from tests.made.candidate import (
    ASSETS,
    BANDS,
    EFFECT,
    MONEY,
    OUTPUT,
    Candidate,
    Path,
    Readings,
    banded,
    bands,
    because,
    bounded,
    said,
)
from tests.made.draft import Draft, Leaf
from tests.made.style import DEPARTMENT, THREE_PUBLIC


@dataclass(frozen=True, slots=True)
class _Scored:
    """A rule, its readings, and what the measure earns under them."""

    rule: Mapping[str, object]
    earned: Fraction
    readings: Mapping[str, Mapping[str, object]]


Score = Callable[[Draft, Fraction, Fraction], _Scored]
"""From draft, measure and points."""


@dataclass(frozen=True, slots=True)
class _Ratio:
    """A ratio of two items (比率)."""

    name: str
    topics: tuple[str, ...]
    top: str
    bottom: str
    meaning: str
    score: Score
    area: str = MONEY


def _completion(_: Draft, x: Fraction, points: Fraction) -> _Scored:
    return _Scored({"use": "completion"}, points * bounded(x, Fraction(1)), {})


def _banded(draft: Draft, x: Fraction, points: Fraction) -> _Scored:
    floors = draft.chance.choice(BANDS)
    by_share = draft.chance.random() < 0.5
    rule = {"use": "bands", "bands": bands(floors, None if by_share else points)}
    return _Scored(rule, points * banded(floors, x), {})


def _at_most_all(draft: Draft, x: Fraction, points: Fraction) -> _Scored:
    """Take away for every started percent above 100 %; below it is read as full."""
    open_side = draft.chance.random() < 0.5
    rule: dict[str, object] = {
        "use": "steps",
        "base": "100%",
        "side": "above",
        "each": "1%",
        "lose": points / 10,
        "open_side": open_side,
    }
    readings: Readings = {"partial": because("started", "每超过一个百分点，不足的按一步计。")}
    if open_side:
        readings["other_side"] = because("full", "低于预算属于控制有效。")
    over = max(Fraction(0), (x - 1) * 100)
    return _Scored(rule, bounded(points - points / 10 * -(-over // 1), points), readings)


def _at_least_all(draft: Draft, x: Fraction, points: Fraction) -> _Scored:
    """Take away for every whole percent below 100 %."""
    del draft
    lose = points / 5
    rule = {"use": "steps", "base": "100%", "side": "below", "each": "1%", "lose": lose}
    readings: Readings = {"partial": because("whole", "不足一个百分点的不扣分。")}
    steps = max(Fraction(0), (1 - x) * 100) // 1
    return _Scored(rule, bounded(points - lose * steps, points), readings)


def _from_nothing(draft: Draft, x: Fraction, points: Fraction) -> _Scored:
    """Take away for every five percent above nothing."""
    use = draft.chance.choice(["whole", "pro-rata"])
    lose = points / 5
    rule = {"use": "steps", "base": "0%", "side": "above", "each": "5%", "lose": lose}
    ratio = x * 20
    steps = Fraction(ratio // 1) if use == "whole" else ratio
    readings: Readings = {"partial": because(use, "按评分标准的通常理解。")}
    return _Scored(rule, bounded(points - lose * steps, points), readings)


def _pass(_: Draft, x: Fraction, points: Fraction) -> _Scored:
    rule = {"use": "pass-fail", "when": "x ≤ 100%"}
    return _Scored(rule, points if x <= 1 else Fraction(0), {})


_RATIOS = (
    _Ratio(
        "在职人员控制率", ("staff", "cost"), "在职人员数", "编制数",
        "年末在职人员数占编制数的比例，反映对人员规模的控制程度。", _pass,
    ),
    _Ratio(
        "预算完成率", ("budget",), "全年支出决算数", "全年预算数",
        "支出决算数占全年预算数的比例，反映预算的执行程度。", _banded,
    ),
    _Ratio(
        "结转结余率", ("budget",), "年末结转结余", "全年预算数",
        "年末结转结余占全年预算数的比例，反映对资金结存规模的控制程度。", _from_nothing,
    ),
    _Ratio(
        "项目支出执行率", ("budget",), "项目支出决算数", "项目支出全年预算数",
        "项目支出决算数占项目全年预算数的比例，反映项目预算的执行程度。", _completion,
    ),
    _Ratio(
        "政府采购执行率", ("budget", "cost"), "实际政府采购金额", "政府采购预算数",
        "实际采购金额占采购预算的比例，反映采购预算的执行程度。", _completion,
    ),
    _Ratio(
        "公用经费控制率", ("cost", "budget"), "公用经费实际支出数", "公用经费预算安排数",
        "公用经费实际支出占预算安排的比例，反映运转成本的控制程度。", _at_most_all,
    ),
    _Ratio(
        "固定资产利用率", ("asset-use", "assets", "cost"), "在用固定资产总额", "固定资产总额",
        "在用固定资产占全部固定资产的比例，反映资产的使用效率。", _at_least_all, ASSETS,
    ),
)  # fmt: skip

_THREE = _Ratio(
    "“三公”经费控制率", ("cost", "budget"), "三公经费实际支出数", "三公经费预算安排数",
    "“三公”经费实际支出占预算安排的比例，反映对“三公”经费的约束程度。", _at_most_all,
)  # fmt: skip

_OF_PROJECT = (
    _Ratio(
        "资金到位率", ("arrival",), "实际到位资金", "全年预算数",
        "实际到位资金占预算资金的比例，反映资金落实情况。", _completion,
    ),
    _Ratio(
        "预算执行率", ("arrival",), "实际支出资金", "实际到位资金",
        "实际支出占实际到位资金的比例，反映预算的执行程度。", _banded,
    ),
    _Ratio(
        "成本控制率", ("cost",), "实际成本", "计划成本",
        "实际成本占计划成本的比例，反映成本的控制程度。", _at_most_all,
    ),
)  # fmt: skip


def ratio_candidates(draft: Draft, satisfaction: tuple[str, ...]) -> list[Candidate]:
    """Return the measured leaves that the data of the style can carry."""
    if draft.style.kind == DEPARTMENT:
        ratios: tuple[_Ratio, ...] = (
            (*_RATIOS, _THREE) if draft.style.has(THREE_PUBLIC) else _RATIOS
        )
        others = [
            Candidate("预算调整率", ("budget",), _adjusted),
            Candidate("项目支付进度率", ("budget",), _all_paid),
            *_tasks("项目", "重点工作"),
        ]
    else:
        ratios = _OF_PROJECT
        others = _tasks("分项工程", "分项工程")
    measured = [Candidate(each.name, each.topics, partial(_ratio, each)) for each in ratios]
    found = [*measured, *others]
    draft.chance.shuffle(found)
    asked = [Candidate(each, ("satisfaction",), partial(_satisfied, each)) for each in satisfaction]
    return [*found, *asked]


def _ratio(ratio: _Ratio, draft: Draft, path: Path, points: Fraction) -> Leaf:
    x = Fraction(draft.figures[ratio.top], draft.figures[ratio.bottom])
    scored = ratio.score(draft, x, points)
    readings = dict(scored.readings)
    if not draft.items[ratio.bottom].above_zero:
        readings["zero_base"] = because("full", "没有安排预算的，不涉及执行。")
    return Leaf(
        path=path,
        points=points,
        meaning=ratio.meaning,
        rule=scored.rule,
        earned=scored.earned,
        fault=(
            f"{ratio.name}为{said('指标值', path)}，"
            f"其中{ratio.top}{{{{ {ratio.top} }}}}，{ratio.bottom}{{{{ {ratio.bottom} }}}}"
        ),
        area=ratio.area,
        advice=f"按月分析{ratio.name}，偏离计划的及时调整安排",
        measure=f"{ratio.top} / {ratio.bottom}",
        measure_name=ratio.name,
        readings=readings,
        evidence=("部门决算报表",) if draft.style.kind == DEPARTMENT else ("资金台账",),
    )


def _adjusted(draft: Draft, path: Path, points: Fraction) -> Leaf:
    figures = draft.figures
    net = figures["全年预算数"] - figures["年初预算数"] - figures["上级专项新增数"]
    gross = figures["追加预算总额"] + figures["调减预算总额"] - figures["上级专项新增数"]
    use = draft.chance.choice(["净额", "总额"])
    x = Fraction(net if use == "净额" else gross, figures["年初预算数"])
    readings: Readings = {
        "measure": because(use, "评分标准未写明追加与追减是相加还是相抵。"),
        "negative": because("absolute", "调减与调增均为偏差。"),
    }
    if draft.style.open_points:
        other = "总额" if use == "净额" else "净额"
        readings["measure"] = {**readings["measure"], "also": [other]}
    return Leaf(
        path=path,
        points=points,
        meaning="预算调整数占年初预算数的比例，上级新下达的专项予以剔除，反映预算编制的准确程度。",
        rule={"use": "deduct-share"},
        earned=bounded(points - points * abs(x), points),
        fault=f"预算调整率为{said('指标值', path)}，年度中间追加{{{{ 追加预算总额 }}}}",
        area=MONEY,
        advice="编制年初预算时充分考虑可预见的支出，减少年中追加",
        measure={
            "净额": "(全年预算数 - 年初预算数 - 上级专项新增数) / 年初预算数",
            "总额": "(追加预算总额 + 调减预算总额 - 上级专项新增数) / 年初预算数",
        },
        measure_name="预算调整率",
        readings=readings,
        evidence=("预算批复", "追加文件"),
    )


def _cells(draft: Draft, table: str, column: str) -> list[str]:
    made = draft.tables[table]
    place = [each.name for each in made.columns].index(column)
    return [row[place] for row in made.rows]


def _all_paid(draft: Draft, path: Path, points: Fraction) -> Leaf:
    local = draft.style.local
    rows = zip(
        _cells(draft, "项目", "级次"),
        _cells(draft, "项目", "年中追加"),
        _cells(draft, "项目", "状态"),
        strict=True,
    )
    done = {"否": True, "是": True}
    for level, late, state in rows:
        if level == local and state != "已完成":
            done[late] = False
    parts, earned = [], Fraction(0)
    for late, text in (("否", "年初安排的本级项目全部完成"), ("是", "年中追加的本级项目全部完成")):
        among = f"级次 = “{local}” 且 年中追加 = “{late}”"
        when = f"count(项目, {among} 且 状态 = “已完成”) = count(项目, {among})"
        parts.append({"text": text, "points": points / 2, "when": when})
        earned += points / 2 if done[late] else 0
    listed = f"{{{{ 名单：项目.名称，级次 = “{local}” 且 状态 ≠ “已完成” }}}}"
    return Leaf(
        path=path,
        points=points,
        meaning="分别考核年初安排和年中追加的本级项目是否全部完成，反映资金支付进度。",
        rule={"use": "split", "parts": parts},
        earned=earned,
        fault=f"未完成的本级项目为：{listed}",
        area=MONEY,
        advice="按项目制定支付计划，逐月通报支付进度",
        evidence=("项目支付台账",),
    )


def _tasks(table: str, noun: str) -> list[Candidate]:
    """Return the leaves that count or rate the rows of a table of tasks."""
    return [
        Candidate(
            f"{noun}实际完成情况",
            ("tasks", "output"),
            partial(_unmet, _Unmet(table, "状态", "已完成", "状态 ≠ “已完成”", "未完成")),
        ),
        Candidate(
            f"{noun}完成及时情况",
            ("tasks", "timely"),
            partial(_unmet, _Unmet(table, "按时完成", "是", "按时完成 = “否”", "未按时完成")),
        ),
        Candidate(f"{noun}按期完成率", ("timely", "tasks"), partial(_rate_of_rows, table)),
    ]


def _rate_of_rows(table: str, draft: Draft, path: Path, points: Fraction) -> Leaf:
    answers = _cells(draft, table, "按时完成")
    x = Fraction(answers.count("是"), len(answers))
    floors = BANDS[1]
    return Leaf(
        path=path,
        points=points,
        meaning="按期完成的任务数占全部任务数的比例，反映工作时效。",
        rule={"use": "bands", "bands": bands(floors, points)},
        earned=points * banded(floors, x),
        fault=f"按期完成率为{said('指标值', path)}，部分任务晚于计划时间完成",
        area=OUTPUT,
        advice="倒排工期，提前做好采购和用地等前期准备",
        measure=f"count({table}, 按时完成 = “是”) / count({table})",
        measure_name="按期完成率",
        readings={"zero_base": because("full", "没有任务的不涉及。")},
        evidence=("任务台账",),
    )


@dataclass(frozen=True, slots=True)
class _Unmet:
    """What is counted: rows of a table that are not as they should be (未完成的任务)."""

    table: str
    column: str
    good: str
    where: str
    said: str


def _unmet(counted: _Unmet, draft: Draft, path: Path, points: Fraction) -> Leaf:
    table, said_of = counted.table, counted.said
    count = sum(cell != counted.good for cell in _cells(draft, table, counted.column))
    lose = points / 20
    return Leaf(
        path=path,
        points=points,
        meaning=f"年度任务中{said_of}的项数，反映任务的完成程度。",
        rule={"use": "per-task", "lose": lose, "noun": f"任务{said_of}"},
        earned=bounded(points - lose * count, points),
        fault=f"{said_of}的任务为：{{{{ 名单：{table}.名称，{counted.where} }}}}",
        area=OUTPUT,
        advice=f"对{said_of}的任务逐项列出原因和时间表",
        measure=f"count({table}, {counted.where})",
        measure_name=f"{said_of}的任务数",
        evidence=("任务台账", "验收资料"),
    )


def _satisfied(item: str, draft: Draft, path: Path, points: Fraction) -> Leaf:
    floors = draft.chance.choice(BANDS)
    return Leaf(
        path=path,
        points=points,
        meaning=f"问卷调查得出的{item}，反映服务对象的认可程度。",
        rule={"use": "satisfaction", "bands": bands(floors, None)},
        earned=points * banded(floors, draft.shares[item]),
        fault=f"{item}为{{{{ {item} }}}}，仍有提升空间",
        area=EFFECT,
        advice="梳理问卷中反映集中的意见，逐条回应并公开办理结果",
        measure=item,
        measure_name=item,
        evidence=("调查问卷",),
    )
