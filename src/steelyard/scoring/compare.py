"""What differs between two versions of a framework (版本比较).

Compares what is scored: leaves, points, measures, rules, readings. Leaves are
matched by path; a renamed leaf is one gone and one new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.formula.say import say, say_points
from steelyard.scoring.compiled import CompiledLeaf, Rubric


@dataclass(frozen=True, slots=True)
class Change:
    """One difference (变化): where, what, before, after."""

    path: str
    what: str
    before: str
    after: str


def compare(old: Rubric, new: Rubric) -> tuple[Change, ...]:
    """Return every difference from ``old`` to ``new``, in the order of the leaves."""
    return tuple(_changes(old, new))


def _changes(old: Rubric, new: Rubric) -> Iterator[Change]:
    before = {each.leaf.text: each for each in old.leaves}
    after = {each.leaf.text: each for each in new.leaves}
    for name in ("title", "points", "places", "total"):
        first, second = getattr(old.framework, name), getattr(new.framework, name)
        if first != second:
            yield Change("", name, str(first), str(second))
    grades = [
        "、".join(f"{grade.name}≥{say_points(grade.floor)}" for grade in rubric.framework.grades)
        for rubric in (old, new)
    ]
    if grades[0] != grades[1]:
        yield Change("", "等级", *grades)
    for path, leaf in before.items():
        if path not in after:
            yield Change(path, "删去指标", f"{say_points(leaf.leaf.points)}分", "")
    for path, leaf in after.items():
        if path not in before:
            yield Change(path, "新增指标", "", f"{say_points(leaf.leaf.points)}分")
        else:
            yield from _of_leaf(path, before[path], leaf)


def _of_leaf(path: str, old: CompiledLeaf, new: CompiledLeaf) -> Iterator[Change]:
    pairs = (
        ("分值", say_points(old.leaf.points), say_points(new.leaf.points)),
        ("算式", _measures(old), _measures(new)),
        ("评分标准", old.wording(), new.wording()),
        ("口径", _readings(old), _readings(new)),
        ("指标解释", old.leaf.meaning, new.leaf.meaning),
    )
    for what, before, after in pairs:
        if before != after:
            yield Change(path, what, before, after)


def _measures(compiled: CompiledLeaf) -> str:
    said = [(name, say(node)) for name, node in compiled.measures.items()]
    return "；".join(f"{name}：{text}" if name else text for name, text in said)


def _readings(compiled: CompiledLeaf) -> str:
    parts = []
    for axis in compiled.axes:
        choice = compiled.choices[axis.key]
        parts.append(f"{axis.question}：{axis.choices[choice.use]}")
    return "；".join(parts)
