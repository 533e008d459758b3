"""The framework of a made folder (指标体系): frames, chosen leaves, points that add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.made.candidate import Candidate
from tests.made.draft import Draft
from tests.made.goal_leaves import goal_candidates
from tests.made.judged_leaves import judged_candidates
from tests.made.ratio_leaves import ratio_candidates


@dataclass(frozen=True, slots=True)
class Second:
    """A group of the second level, and what kinds of leaves it takes (二级指标)."""

    name: str
    thirds: tuple[str, ...]
    """Its groups, when the framework has four levels."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class First:
    """A group of the first level with its points (一级指标)."""

    name: str
    points: int
    seconds: tuple[Second, ...]


_SETTING = (
    Second("目标设定", ("目标管理", "指标管理"), ("goal",)),
    Second("预算配置", ("预算编制", "人员配置"), ("input", "staff")),
)
_PROCESS = (
    Second("预算执行", ("执行进度", "支出控制"), ("budget", "cost")),
    Second("预算管理", ("资金使用", "信息管理"), ("funds",)),
    Second("组织管理", ("制度建设", "内部监督"), ("system",)),
    Second("资产管理", ("资产使用", "资产安全"), ("asset-use", "assets")),
)
_OUTPUT = (
    Second("产出数量", ("重点业务", "日常业务"), ("output",)),
    Second("产出质量", ("业务质量", "验收质量"), ("quality",)),
    Second("产出时效", ("按期完成", "办理时限"), ("tasks", "timely")),
)
_EFFECT = (
    Second("履职效益", ("经济社会效益", "安全效益"), ("effect",)),
    Second("可持续影响", ("长效机制", "队伍建设"), ("lasting",)),
    Second("满意度", ("问卷满意度", "服务评价"), ("satisfaction", "service")),
)

FRAMES: dict[str, tuple[First, ...]] = {
    "决策": (
        First("决策", 15, _SETTING),
        First("过程", 30, _PROCESS),
        First("产出", 30, _OUTPUT),
        First("效益", 25, _EFFECT),
    ),
    "投入": (
        First("投入", 12, _SETTING),
        First("过程", 28, _PROCESS),
        First("产出", 35, _OUTPUT),
        First("效果", 25, _EFFECT),
    ),
    "紧日子": (
        First("投入", 11, _SETTING),
        First("过程", 27, _PROCESS[:1] + _PROCESS[1:3]),
        First("产出", 26, _OUTPUT),
        First(
            "过紧日子情况", 10, (Second("过紧日子", ("厉行节约", "资产盘活"), ("cost", "assets")),)
        ),
        First("效益", 26, _EFFECT),
    ),
    "2018": (
        First(
            "运行成本",
            14,
            (
                Second("人员成本", ("人员规模", "人员结构"), ("staff", "cost")),
                Second("公用成本", ("日常公用", "专项公用"), ("cost", "asset-use", "timely")),
            ),
        ),
        First(
            "管理效率",
            26,
            (
                Second("目标和预算编制", ("目标管理", "预算编制"), ("goal", "input")),
                Second("预算执行", ("执行进度", "支出控制"), ("budget",)),
                Second("财务管理", ("资金使用", "会计核算"), ("funds",)),
                Second("内部管理", ("制度建设", "资产管理"), ("system", "assets")),
            ),
        ),
        First("履职效能", 30, _OUTPUT),
        First("社会效应", 12, (Second("社会影响", ("服务社会", "社会安全"), ("effect",)),)),
        First("可持续发展能力", 8, (Second("发展能力", ("发展规划", "人才支撑"), ("lasting",)),)),
        First(
            "服务对象满意度",
            10,
            (Second("满意程度", ("问卷满意度", "服务评价"), ("satisfaction", "service")),),
        ),
    ),
    "2020": (
        First(
            "决策",
            16,
            (
                Second("项目立项", ("立项依据", "立项程序"), ("initiation",)),
                Second("绩效目标", ("目标", "指标"), ("goal",)),
                Second("资金投入", ("预算编制", "资金分配"), ("input",)),
            ),
        ),
        First(
            "过程",
            22,
            (
                Second("资金管理", ("资金到位", "资金使用"), ("arrival", "funds")),
                Second("组织实施", ("制度建设", "制度执行"), ("system",)),
            ),
        ),
        First(
            "产出",
            34,
            (*_OUTPUT, Second("产出成本", ("成本控制", "成本节约"), ("cost",))),
        ),
        First("效益", 28, _EFFECT),
    ),
}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A leaf with its place, before it has points."""

    first: First
    second: Second
    candidate: Candidate


def make_tree(draft: Draft, satisfaction: tuple[str, ...]) -> None:
    """Choose the leaves, give them points, and add them with their groups."""
    pool = [
        *ratio_candidates(draft, satisfaction),
        *judged_candidates(draft),
        *goal_candidates(draft),
    ]
    chosen = _choose(draft, FRAMES[draft.style.frame], pool)
    assert len(chosen) == draft.style.leaves, (len(chosen), draft.style.leaves)
    points = _points(draft, chosen)
    for each, path, worth in zip(chosen, _paths(draft, chosen), points, strict=True):
        for depth in range(1, len(path)):
            draft.groups.setdefault(path[:depth], Fraction(0))
            draft.groups[path[:depth]] += worth
        draft.leaves.append(each.candidate.make(draft, path, worth))


def _choose(draft: Draft, frame: tuple[First, ...], pool: list[Candidate]) -> list[_Chosen]:
    """Fill the groups in turn until there are enough leaves.

    A first level takes no more leaves than it has points.
    """
    quota = _quotas(draft, frame)
    taken: dict[tuple[str, str], list[Candidate]] = {
        (first.name, second.name): [] for first in frame for second in first.seconds
    }
    left = list(pool)
    for limit in (quota, {first.name: first.points for first in frame}):
        while draft.style.leaves > sum(map(len, taken.values())):
            before = len(left)
            for first in frame:
                for second in first.seconds:
                    inside = sum(len(taken[first.name, each.name]) for each in first.seconds)
                    whole = sum(map(len, taken.values()))
                    if inside < limit[first.name] and whole < draft.style.leaves:
                        _take(left, second, taken[first.name, second.name])
            if len(left) == before:
                break
    return [
        _Chosen(first, second, each)
        for first in frame
        for second in first.seconds
        for each in taken[first.name, second.name]
    ]


def _take(left: list[Candidate], second: Second, into: list[Candidate]) -> None:
    """Move the most fitting candidate into a group, when there is one."""
    for topic in second.topics:
        for each in left:
            if topic in each.topics:
                left.remove(each)
                into.append(each)
                return


def _quotas(draft: Draft, frame: tuple[First, ...]) -> dict[str, int]:
    """Share the leaves out by the points of the first levels."""
    many = draft.style.leaves
    return {first.name: max(1, min(first.points, many * first.points // 100)) for first in frame}


def _points(draft: Draft, chosen: list[_Chosen]) -> list[Fraction]:
    """Give every leaf a point, and the rest of its first level by chance."""
    step = draft.style.step
    points = [Fraction(1)] * len(chosen)
    for first in dict.fromkeys(each.first for each in chosen):
        inside = [n for n, each in enumerate(chosen) if each.first == first]
        rest = (first.points - len(inside)) / step
        for _ in range(int(rest)):
            points[draft.chance.choice(inside)] += step
    missing = 100 - sum(points, Fraction(0))
    assert missing == 0, missing
    return points


def _paths(draft: Draft, chosen: list[_Chosen]) -> Iterator[tuple[str, ...]]:
    """Yield the path of every leaf, as deep as the style says.

    In an uneven framework the last first level is a level flatter.
    """
    last = chosen[-1].first
    for number, each in enumerate(chosen):
        depth = draft.style.depth - (draft.style.uneven and each.first == last)
        groups: tuple[str, ...] = (each.first.name,)
        if depth >= 3:
            groups += (each.second.name,)
        if depth >= 4:
            alike = [n for n, other in enumerate(chosen) if other.second == each.second]
            alike = [n for n in alike if chosen[n].first == each.first]
            thirds = each.second.thirds
            place = alike.index(number) * len(thirds) // len(alike)
            groups += (thirds[min(place, len(thirds) - 1)],)
        yield (*groups, each.candidate.name)
