"""Frameworks and their differences, as text and as records (指标体系输出)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.cli.as_json import Record, points
from steelyard.formula.say import say
from steelyard.scoring.compare import Change
from steelyard.scoring.compiled import CompiledLeaf, Rubric


def rubric_record(rubric: Rubric) -> Record:
    """Return a framework as a record."""
    framework = rubric.framework
    return {
        "reference": framework.reference,
        "title": framework.title,
        "kind": framework.kind,
        "points": points(framework.points),
        "grades": [
            {"name": grade.name, "floor": points(grade.floor)} for grade in framework.grades
        ],
        "groups": [
            {"path": group.text, "points": points(group.points)} for group in framework.groups
        ],
        "indicators": [_leaf_record(each) for each in rubric.leaves],
    }


def _leaf_record(compiled: CompiledLeaf) -> Record:
    leaf = compiled.leaf
    return {
        "path": leaf.text,
        "points": points(leaf.points),
        "meaning": leaf.meaning,
        "measure": {name: say(node) for name, node in compiled.measures.items()},
        "rule": compiled.wording(),
        "asks": [{"key": ask.key, "text": ask.text} for ask in compiled.asks()],
        "reading": {
            axis.key: {
                "question": axis.question,
                "use": axis.choices[compiled.choices[axis.key].use],
                "why": compiled.choices[axis.key].why,
                "also": [axis.choices[use] for use in compiled.choices[axis.key].also],
            }
            for axis in compiled.axes
        },
        "basis": list(leaf.basis),
        "evidence": list(leaf.evidence),
    }


def rubric_text(rubric: Rubric) -> str:
    """Return a framework as an indented tree."""
    return "\n".join(_rubric(rubric))


def _rubric(rubric: Rubric) -> Iterator[str]:
    framework = rubric.framework
    yield f"{framework.title}（{framework.reference}）"
    grades = "，".join(f"{grade.name} ≥{points(grade.floor, 0)}" for grade in framework.grades)
    yield f"满分{points(framework.points, 0)}分；等级：{grades}。"
    groups = {group.path: group for group in framework.groups}
    shown: set[tuple[str, ...]] = set()
    for compiled in rubric.leaves:
        leaf = compiled.leaf
        for depth in range(1, len(leaf.path)):
            path = leaf.path[:depth]
            if path not in shown:
                shown.add(path)
                group = groups.get(path)
                worth = "" if group is None else f"（{points(group.points)}分）"
                yield f"{'  ' * (depth - 1)}{path[-1]}{worth}"
        indent = "  " * (len(leaf.path) - 1)
        yield f"{indent}{leaf.name}　{points(leaf.points)}分"
        if leaf.meaning:
            yield f"{indent}  解释：{leaf.meaning}"
        for name, node in compiled.measures.items():
            named = f"（{name}）" if name else ""
            yield f"{indent}  算式{named}：{leaf.measure_name}={say(node)}"
        yield f"{indent}  标准：{compiled.wording()}"
        for axis in compiled.axes:
            choice = compiled.choices[axis.key]
            if choice.why or choice.also or axis.key in leaf.readings:
                why = f"（{choice.why}）" if choice.why else ""
                yield f"{indent}  口径：{axis.question}：{axis.choices[choice.use]}{why}"


def change_record(change: Change) -> Record:
    """Return one difference as a record."""
    return {
        "path": change.path,
        "what": change.what,
        "before": change.before,
        "after": change.after,
    }


def changes_text(changes: Sequence[Change]) -> str:
    """List differences: what, before, after."""
    if not changes:
        return "两版没有差别。"
    lines = []
    for change in changes:
        lines.append(f"{change.path or '整体'}　{change.what}")
        if change.before:
            lines.append(f"  - {change.before}")
        if change.after:
            lines.append(f"  + {change.after}")
    return "\n".join([*lines, f"共{len(changes)}处差别。"])
