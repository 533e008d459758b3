"""Reading a framework from its directory (读取指标体系).

Only shape is checked here: fields, kinds, paths. Whether a rule exists and
its parameters fit is for ``scoring``; whether the rubric holds together is
for ``lint``.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.records import Record, load_record
from steelyard.framework.indicator import Choice, Framework, Grade, Group, Leaf, Term

CATALOGUE = Path(__file__).parent / "catalogue"
"""The frameworks that are shipped."""


class UnknownFramework(SteelyardError):
    """No framework has that name."""

    code = "framework.unknown"

    def __init__(self, reference: str) -> None:
        names = [path.name for path in shipped()]
        near = difflib.get_close_matches(reference.partition("@")[0], names, n=1)
        hint = f"是否想写“{near[0]}”？" if near else ""
        known = "、".join(names) or "（无）"
        super().__init__(
            what=f"没有指标体系“{reference[:80]}”。",
            mend=f"{hint}可用：{known}；也可给出指标体系文件夹的路径（以 ./ 开头）。",
        )


class UnknownVersion(SteelyardError):
    """A framework is there, but not in that version."""

    code = "framework.unknown-version"

    def __init__(self, name: str, wanted: str, found: str) -> None:
        super().__init__(
            what=f"指标体系“{name}”没有第{wanted}版，现有第{found}版。",
            mend="请用 steelyard framework diff 比较两版后，改写版本。",
        )


class BadPath(SteelyardError):
    """An indicator path is empty, doubled or leads through a leaf."""

    code = "framework.bad-path"


def shipped() -> list[Path]:
    """Return the directories of the shipped frameworks, by name."""
    return sorted(path.parent for path in CATALOGUE.glob("*/framework.toml"))


def find_framework(reference: str, base: Path = Path()) -> Path:
    """Return the directory of a framework.

    Args:
        reference: ``id``, ``id@version``, or a path (with a separator or dot).
        base: Where a relative path starts.

    Raises:
        UnknownFramework: Nothing is there.
        UnknownVersion: It is there in another version.
    """
    if "/" in reference or "\\" in reference or reference.startswith("."):
        folder = base / reference
        try:
            found = (folder / "framework.toml").is_file()
        except OSError as error:
            raise UnknownFramework(reference) from error
        if found:
            return folder
        raise UnknownFramework(reference)
    wanted, _, version = reference.partition("@")
    for folder in shipped():
        if folder.name == reference:
            return folder
        if folder.name == wanted:
            if version not in ("", _version(folder)):
                raise UnknownVersion(wanted, version, _version(folder))
            return folder
    raise UnknownFramework(reference)


def _version(folder: Path) -> str:
    """Return the version that a shipped framework declares."""
    return load_record(folder / "framework.toml", Problems()).text("version", "")


def load_framework(folder: Path) -> Framework:
    """Read ``framework.toml`` of a directory.

    Raises:
        Gathered: Every mistake of the file, with line, field and mend.
    """
    problems = Problems()
    record = load_record(folder / "framework.toml", problems)
    framework = Framework(
        id=record.text("id"),
        version=record.text("version"),
        title=record.text("title"),
        kind=record.text("kind", ""),
        place=record.text("place", ""),
        year=_whole(record, "year", 0),
        points=record.number("points", 100),
        places=_whole(record, "places", 2),
        total=record.text("total", "sum-of-rounded"),
        grades=tuple(_grade(each) for each in record.records("grade")),
        groups=tuple(_group(each) for each in record.records("group")),
        leaves=tuple(_leaf(each) for each in record.records("leaf")),
        basis=record.texts("basis"),
        folder=folder,
    )
    record.finish()
    _check(framework, record, problems)
    problems.settle()
    return framework


def _whole(record: Record, key: str, default: int) -> int:
    number = record.number(key, default)
    if number.denominator != 1:
        record.wrong(key, f"“{key}”应为整数。", f"例如 {key} = {default or 2023}。")
    return int(number)


def _path(record: Record) -> tuple[str, ...]:
    text = record.text("path")
    parts = tuple(part.strip() for part in text.split("/"))
    record.name = text or record.name
    if text and not all(parts):
        record.wrong("path", f"路径“{text}”有空的一级。", "请写成“一级/二级/三级”。")
    return parts


def _grade(record: Record) -> Grade:
    grade = Grade(record.text("name"), record.number("floor"))
    record.finish()
    return grade


def _group(record: Record) -> Group:
    group = Group(path=_path(record), points=record.number("points"))
    record.finish()
    return group


def _leaf(record: Record) -> Leaf:
    path = _path(record)
    leaf = Leaf(
        path=path,
        points=record.number("points"),
        meaning=record.text("meaning", ""),
        stated=record.text("stated", ""),
        terms=_terms(record.record("term")),
        measures=_measures(record),
        measure_name=record.text("measure_name", path[-1]),
        rule=_rule(record),
        readings=_readings(record.record("reading")),
        basis=record.texts("basis"),
        evidence=record.texts("evidence"),
        goal=record.text("goal", ""),
        line=record.line,
    )
    if leaf.points <= 0:
        record.wrong("points", "分值应大于零。", "请写明这项指标的分值。")
    record.finish()
    return leaf


def _rule(record: Record) -> dict[str, object]:
    rule = record.raw("rule")
    if not isinstance(rule, dict) or not isinstance(rule.get("use"), str):
        record.wrong("rule", "缺少评分规则。", "请写 [leaf.rule] 和 use = …。")
        return {}
    return rule


def _measures(record: Record) -> dict[str, str]:
    value = record.raw("measure")
    if value is None:
        return {}
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()) and value:
        return dict(value)
    record.wrong("measure", "算式应为文字，或几种读法的表。", '例如 measure = "甲 / 乙"。')
    return {}


def _terms(record: Record) -> tuple[Term, ...]:
    terms: list[Term] = []
    for name in list(record.fields):
        inner = record.record(name)
        terms.append(
            Term(
                name=name,
                item=inner.text("item"),
                defined=inner.flag("defined", default=True),
                why=inner.text("why", ""),
            )
        )
        inner.finish()
    return tuple(terms)


def _readings(record: Record) -> dict[str, Choice]:
    readings: dict[str, Choice] = {}
    for axis in list(record.fields):
        if isinstance(record.fields[axis], str):
            readings[axis] = Choice(record.text(axis))
            continue
        inner = record.record(axis)
        readings[axis] = Choice(inner.text("use"), inner.text("why", ""), inner.texts("also"))
        inner.finish()
    return readings


def _check(framework: Framework, record: Record, problems: Problems) -> None:
    if not framework.leaves:
        record.wrong("leaf", "没有任何指标。", "请至少写一项 [[leaf]]。")
    if not framework.grades:
        record.wrong("grade", "没有等级。", "请写明各等级的下限。")
    floors = [grade.floor for grade in framework.grades]
    if floors != sorted(floors, reverse=True) or len(set(floors)) != len(floors):
        record.wrong("grade", "等级应由高到低，下限不重复。", "请调整顺序。")
    if floors and floors[-1] > 0:
        record.wrong("grade", "最低一档等级的下限应为0。", "低于它的总分也要有等级。")
    if framework.total not in ("sum-of-rounded", "rounded-sum"):
        record.wrong("total", f"不认识“{framework.total}”。", "用 sum-of-rounded 或 rounded-sum。")
    if not 0 <= framework.places <= 6:
        record.wrong("places", "得分保留位数应为0至6。", "通常为2。")
    if not re.fullmatch(r"[\w.-]+", framework.id):
        record.wrong("id", "编号只用字母、数字、连字符。", "例如 sample-2023。")
    _check_paths(framework, problems)


def _check_paths(framework: Framework, problems: Problems) -> None:
    seen: dict[tuple[str, ...], int] = {}
    leaves = {leaf.path for leaf in framework.leaves}
    for leaf in framework.leaves:
        where = f"framework.toml 第{leaf.line}行 › {leaf.text}"
        if leaf.path in seen:
            problems.add(
                BadPath(
                    what=f"指标路径与第{seen[leaf.path]}行重复。",
                    where=where,
                    mend="同名指标请写全上级，或改名。",
                )
            )
        seen.setdefault(leaf.path, leaf.line)
        for depth in range(1, len(leaf.path)):
            if leaf.path[:depth] in leaves:
                problems.add(
                    BadPath(
                        what=f"“{'/'.join(leaf.path[:depth])}”既是评分指标又有下级。",
                        where=where,
                        mend="只有末级指标评分，请改其中一处路径。",
                    )
                )
    for group in framework.groups:
        for depth in range(1, len(group.path) + 1):
            if group.path[:depth] in leaves:
                problems.add(
                    BadPath(
                        what=f"“{'/'.join(group.path[:depth])}”既是评分指标又是上级指标。",
                        where=f"framework.toml › {group.text}",
                        mend="只有末级指标评分，请改其中一处路径。",
                    )
                )
    doubled = [
        g.text for g in framework.groups if [o.path for o in framework.groups].count(g.path) > 1
    ]
    for path in dict.fromkeys(doubled):
        problems.add(
            BadPath(what=f"上级指标“{path}”写了两次。", where="framework.toml", mend="请删去一处。")
        )
