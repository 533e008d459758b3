"""Reading the findings of an evaluation folder (读取问题与建议).

Reads findings.csv and recommendations.csv. Every link must lead somewhere: a
leaf that the framework has not, or a finding that was not written, is refused
with its place. What was merely left empty is no mistake here; see ``gaps``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.rows import Row, load_rows
from steelyard.findings.finding import Finding, Recommendation
from steelyard.framework.indicator import Framework, UnknownIndicator
from steelyard.measure.nothing import DASHES

FINDING_COLUMNS = ("编号", "类别", "问题", "表现", "简述", "原因", "指标", "证据")
RECOMMENDATION_COLUMNS = ("编号", "建议", "内容", "简述", "问题", "责任单位", "期限")

_BETWEEN = re.compile(r"([、，,；;\n]+)")
"""What separates the entries of a list; 、 is the one we print."""

_APART = re.compile(r"[、，,；;\s]")
"""What a number may not hold, or no list could name it."""


class NotSaid(SteelyardError):
    """A finding or a recommendation lacks its number, category or title."""

    code = "findings.not-said"


class DoubledNumber(SteelyardError):
    """Two findings, or two recommendations, have one number."""

    code = "findings.doubled-number"

    def __init__(self, number: str, first: str) -> None:
        super().__init__(what=f"编号“{number}”重复，已见于{first}。", mend="请改用不同的编号。")


class UnusableNumber(SteelyardError):
    """A number that no list could name."""

    code = "findings.unusable-number"

    def __init__(self, number: str) -> None:
        shown = " ".join(number.split())[:40]
        super().__init__(
            what=f"编号“{shown}”中有空格、换行或分隔符号，无法引用。",
            mend="请改用 W01 这样的编号。",
        )


class NotOneLine(SteelyardError):
    """A title, category or brief has several lines."""

    code = "findings.not-one-line"

    def __init__(self, header: str) -> None:
        super().__init__(what=f"“{header}”有多行。", mend="请改为一行；详细内容写在其他栏。")


class NamedTwice(SteelyardError):
    """One cell names the same leaf, or the same finding, twice."""

    code = "findings.named-twice"

    def __init__(self, name: str) -> None:
        super().__init__(what=f"“{name}”写了两次。", mend="请只留一处。")


class UnknownFinding(SteelyardError):
    """A recommendation names a finding that was not written."""

    code = "findings.unknown-finding"

    def __init__(self, number: str, known: Iterable[str]) -> None:
        by_case = {each.casefold(): each for each in known}
        near = difflib.get_close_matches(number.casefold(), list(by_case), n=1)
        if near:
            mend = f"是否想写“{by_case[near[0]]}”？"
        elif by_case:
            mend = f"可填的编号：{'、'.join(list(by_case.values())[:20])}。"
        else:
            mend = "请先在 findings.csv 中写明问题。"
        super().__init__(what=f"findings.csv 中没有问题“{number[:40]}”。", mend=mend)


def load_findings(path: Path, framework: Framework, problems: Problems) -> tuple[Finding, ...]:
    """Read findings.csv; an absent file means no findings.

    Args:
        path: The file.
        framework: Where the leaves are looked up.
        problems: Takes every mistake, with its line and column.

    Returns:
        The findings as written; one with a mistake keeps what could be read
        of it, so that recommendations still find it.
    """
    found: list[Finding] = []
    if not path.exists():
        return ()
    taken: dict[str, str] = {}
    with problems.catch():
        for row in load_rows(path, FINDING_COLUMNS[:3], FINDING_COLUMNS[3:]):
            number = _number(row, taken, problems)
            finding = Finding(
                number=number,
                category=_title(row, "类别", "请填写类别，如“绩效管理方面”。", problems),
                title=_title(row, "问题", "请用一句短语概括问题。", problems),
                description=_text(row, "表现"),
                brief=_line(row, "简述", problems),
                cause=_text(row, "原因"),
                leaves=_leaves(row, framework, problems),
                evidence=_text(row, "证据"),
                where=row.where(),
            )
            if number:
                found.append(finding)
    return tuple(found)


def load_recommendations(
    path: Path, known: Iterable[str] | None, problems: Problems
) -> tuple[Recommendation, ...]:
    """Read recommendations.csv; an absent file means no recommendations.

    Args:
        path: The file.
        known: Numbers of the findings; None when those could not be read, so
            that nothing is said about links to them.
        problems: Takes every mistake, with its line and column.
    """
    found: list[Recommendation] = []
    if not path.exists():
        return ()
    numbers = None if known is None else dict.fromkeys(known)
    taken: dict[str, str] = {}
    with problems.catch():
        for row in load_rows(path, RECOMMENDATION_COLUMNS[:2], RECOMMENDATION_COLUMNS[2:]):
            number = _number(row, taken, problems)
            recommendation = Recommendation(
                number=number,
                title=_title(row, "建议", "请用一句短语概括建议。", problems),
                content=_text(row, "内容"),
                brief=_line(row, "简述", problems),
                findings=_answered(row, numbers, problems),
                responsible=_text(row, "责任单位"),
                deadline=_text(row, "期限"),
                where=row.where(),
            )
            if number:
                found.append(recommendation)
    return tuple(found)


def _text(row: Row, header: str) -> str:
    """Return a cell; a dash says nothing here either."""
    return "" if row[header] in DASHES else row[header]


def _line(row: Row, header: str, problems: Problems) -> str:
    """Return a cell that is printed within one line."""
    text = _text(row, header)
    if "\n" in text:
        problems.add(NotOneLine(header).at(row.where(header)))
    return text


def _title(row: Row, header: str, mend: str, problems: Problems) -> str:
    """Return a cell that is one line and must say something."""
    text = _line(row, header, problems)
    if not text:
        problems.add(NotSaid(what=f"“{header}”是空的。", where=row.where(header), mend=mend))
    return text


def _number(row: Row, taken: dict[str, str], problems: Problems) -> str:
    """Return the number of a row and take it; empty when it cannot be used."""
    number = _text(row, "编号")
    with problems.catch(row.where("编号")):
        if not number:
            raise NotSaid(what="没有编号。", mend="请给每行一个不同的编号。")
        if _APART.search(number):
            raise UnusableNumber(number)
        if number in taken:
            raise DoubledNumber(number, taken[number])
        taken[number] = row.where()
        return number
    return ""


def _leaves(row: Row, framework: Framework, problems: Problems) -> tuple[str, ...]:
    paths: list[str] = []
    for name in _listed(_text(row, "指标"), framework):
        with problems.catch(row.where("指标")):
            path = framework.leaf(name).text
            if path in paths:
                raise NamedTwice(path)
            paths.append(path)
    return tuple(paths)


def _listed(cell: str, framework: Framework) -> Iterator[str]:
    """Yield the names that a cell lists; a leaf may have a separator in its own name."""
    pieces = _BETWEEN.split(cell)
    most = max((len(_BETWEEN.findall(leaf.text)) for leaf in framework.leaves), default=0)
    at = 0
    while at < len(pieces):
        # Names stand at even places, separators between them: the longest name first.
        ends = range(min(at + 2 * most + 1, len(pieces)), at + 1, -2)
        end = next((end for end in ends if _leads("".join(pieces[at:end]), framework)), at + 1)
        name = "".join(pieces[at:end]).strip()
        if name:
            yield name
        at = end + 1


def _leads(name: str, framework: Framework) -> bool:
    try:
        framework.leaf(name)
    except UnknownIndicator:
        return False
    return True


def _answered(row: Row, known: dict[str, None] | None, problems: Problems) -> tuple[str, ...]:
    numbers: list[str] = []
    for number in (piece.strip() for piece in _BETWEEN.split(_text(row, "问题"))[::2]):
        if not number:
            continue
        with problems.catch(row.where("问题")):
            if known is not None and number not in known:
                raise UnknownFinding(number, known)
            if number in numbers:
                raise NamedTwice(number)
            numbers.append(number)
    return tuple(numbers)
