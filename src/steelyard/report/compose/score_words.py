"""What references say of scores (得分类引用): 得分：本项, 扣分说明：…, 总分.

Every word has its meaning here, taken from the outcome; nothing is added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from steelyard.evaluation.evaluation import Outcome
from steelyard.framework.indicator import Group, Leaf
from steelyard.measure.number import trimmed
from steelyard.report.compose import leaf_words
from steelyard.report.compose.here import Here
from steelyard.report.compose.scores import Scores, Subject, subject_named
from steelyard.report.proof.tables import LEVELS
from steelyard.report.proof.text import points_text, rate_text

TOTAL_DOOR = "合计"


@dataclass(frozen=True, slots=True)
class Said:
    """What a word comes to (说法): text and door, or what is missing."""

    text: str = ""
    door: str = ""
    gap: str = ""


def is_built_in(name: str) -> bool:
    """Tell whether a word is about the whole evaluation."""
    return name in _BUILT_IN


def say_score(
    outcome: Outcome, kind: str, target: str, here: Here, *, as_published: bool = False
) -> Said:
    """Return what a word says of an indicator.

    Args:
        outcome: The result of the evaluation.
        kind: One of ``KINDS``.
        target: 本项, 全部, a path or its end.
        here: What is in hand.
        as_published: Whether published scores are taken instead of ours.

    Raises:
        UnknownSubject: There is no such indicator.
    """
    scores = Scores(outcome, as_published)
    subject = subject_named(scores.framework, target, here)
    text = KINDS[kind](scores, subject)
    name = "总分" if subject is None else subject.path[-1]
    if text is None:
        return Said(gap=f"{name}的{kind}")
    return Said(text, TOTAL_DOOR if subject is None else subject.text)


def _earned(scores: Scores, subject: Subject) -> str | None:
    earned = scores.earned(subject)
    return None if earned is None else trimmed(earned, scores.framework.places)


def _lost(scores: Scores, subject: Subject) -> str | None:
    earned = scores.earned(subject)
    if earned is None:
        return None
    return trimmed(scores.points(subject) - earned, scores.framework.places)


def _rate(scores: Scores, subject: Subject) -> str | None:
    earned = scores.earned(subject)
    return None if earned is None else rate_text(earned / scores.points(subject))


def _points(scores: Scores, subject: Subject) -> str:
    return points_text(scores.points(subject))


def _name(scores: Scores, subject: Subject) -> str:
    return scores.framework.title if subject is None else subject.path[-1]


def _situation(scores: Scores, subject: Subject) -> str:
    """Say 投入情况, and not 过紧日子情况情况."""
    name = _name(scores, subject)
    return name if name.endswith("情况") else f"{name}情况"


def _make_up(scores: Scores, subject: Subject) -> str:
    """Say how many indicators of each level there are: 2个二级指标、3个三级指标."""
    depth = 0 if subject is None else len(subject.path)
    every: list[Leaf | Group] = [*scores.framework.groups, *scores.framework.leaves]
    below = [each for each in every if subject is None or each.path[:depth] == subject.path]
    counts = Counter(len(each.path) for each in below if len(each.path) > depth)
    return "、".join(f"{counts[level]}个{LEVELS[level - 1]}" for level in sorted(counts))


def _shares(scores: Scores, subject: Subject) -> str:
    """Say the points of the groups below: 投入11分、过程27分."""
    depth = 0 if subject is None else len(subject.path)
    groups = [g for g in scores.framework.groups if len(g.path) == depth + 1]
    below = [g for g in groups if subject is None or g.path[:depth] == subject.path]
    return "、".join(f"{g.path[-1]}{points_text(g.points)}分" for g in below)


KINDS: dict[str, Callable[[Scores, Subject], str | None]] = {
    "分值": _points,
    "得分": _earned,
    "扣分": _lost,
    "得分率": _rate,
    "名称": _name,
    "情况": _situation,
    "含义": leaf_words.meaning,
    "评分标准": leaf_words.wording,
    "得分说明": leaf_words.because,
    "计分过程": leaf_words.reckoned,
    "扣分说明": leaf_words.why_lost,
    "算式": leaf_words.equation,
    "指标值": leaf_words.measured,
    "目标值": leaf_words.target,
    "实际值": leaf_words.actual,
    "完成率": leaf_words.completion,
    "构成": _make_up,
    "分值构成": _shares,
    "口径": leaf_words.readings,
    "折算": leaf_words.reconciled,
    "评判说明": leaf_words.judged,
}
"""Words about an indicator, as written before the colon."""


def built_in(outcome: Outcome, name: str, *, as_published: bool = False) -> Said | None:
    """Return what a word about the whole evaluation says; None when it is none of them."""
    maker = _BUILT_IN.get(name)
    if maker is None:
        return None
    scores = Scores(outcome, as_published)
    text = maker(scores)
    if not text:
        return Said(gap=name)
    return Said(text, TOTAL_DOOR if name in _OF_SCORE else "")


def _grade(scores: Scores) -> str | None:
    total = scores.earned(None)
    if total is None:
        return None
    grades = scores.framework.grades
    return next((g.name for g in grades if total >= g.floor), grades[-1].name)


def _grades(scores: Scores) -> str:
    """Say the grades with their bounds: 90分（含）以上为优."""
    grades, top = scores.framework.grades, scores.framework.points
    said = []
    for index, grade in enumerate(grades):
        upper = top if index == 0 else grades[index - 1].floor
        if index == len(grades) - 1:
            said.append(f"{points_text(upper)}分以下为“{grade.name}”")
        elif index == 0:
            said.append(
                f"{points_text(grade.floor)}分（含）至{points_text(upper)}分为“{grade.name}”"
            )
        else:
            said.append(
                f"{points_text(grade.floor)}分（含）至{points_text(upper)}分（不含）为“{grade.name}”"
            )
    return "，".join(said)


def _reach(scores: Scores) -> str | None:
    reach, places = scores.outcome.envelope, scores.framework.places
    if reach is None:
        return None
    return f"{trimmed(reach.low, places)}～{trimmed(reach.high, places)}分"


def _reach_said(scores: Scores) -> str | None:
    """Say the reach in a sentence, or that nothing is open."""
    reach = scores.outcome.envelope
    if reach is None:
        return None
    if reach.low == reach.high:
        return "本次评价没有未决的数据和口径，总分确定。"
    said = f"尚有数据或口径未定，按各种可能取值，总分最低、最高为{_reach(scores)}"
    if len(reach.grades) > 1:
        named = "、".join(f"“{grade}”" for grade in reach.grades)
        return f"{said}，涉及{named}等级，定稿前应先予确定。"
    return f"{said}，等级不变。"


def _distance(scores: Scores) -> str | None:
    standing, places = scores.outcome.card.standing, scores.framework.places
    if standing is None:
        return None
    said = []
    if standing.to_lower is not None:
        said.append(f"高出“{standing.grade.name}”的下限{trimmed(standing.to_lower, places)}分")
    if standing.to_higher is not None:
        grades = scores.framework.grades
        above = grades[grades.index(standing.grade) - 1].name
        said.append(f"距“{above}”还差{trimmed(standing.to_higher, places)}分")
    return "，".join(said)


_BUILT_IN: dict[str, Callable[[Scores], str | None]] = {
    "部门": lambda scores: scores.outcome.evaluation.department,
    "年度": lambda scores: str(scores.outcome.evaluation.year),
    "评价机构": lambda scores: scores.outcome.evaluation.agency,
    "评价名称": lambda scores: scores.outcome.evaluation.title,
    "指标体系": lambda scores: scores.framework.title,
    "指标数": lambda scores: str(len(scores.framework.leaves)),
    "总分": lambda scores: _earned(scores, None),
    "满分": lambda scores: points_text(scores.framework.points),
    "等级": _grade,
    "等级标准": _grades,
    "得分区间": _reach,
    "得分区间说明": _reach_said,
    "等级距离": _distance,
}
_OF_SCORE = ("总分", "等级", "得分区间", "得分区间说明", "等级距离")
