"""How many indicators there are on each level (各级指标数): R14 and R22.

由 2 个二级指标、3 个三级指标构成 is held against the score tables: names are
counted, not rows, so that an indicator without a fourth level is still one of
the third. A branch has the same second level in every table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.subject.indicators import words
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import CASE, View

_LEVELS = "一二三四五"
_LEVEL = re.compile(f"([{_LEVELS}])级指标")
_SAID = re.compile(
    f"(?P<before>{NUMBER})（?(?P<level>[{_LEVELS}])级指标"
    f"|(?P<name>[{_LEVELS}])级指标（?(?:共|计|为|有)*(?P<after>{NUMBER})"
)
_POINTED = re.compile(r"（[^（）]*分）$")
_INDICATOR = re.compile("(?<=..)指标$")
_SHOWN = 4
_REACH = 12
"""Characters before a count in which the branch is named."""
_SCOPE_END = re.compile("[。；，：、]")


@dataclass(frozen=True)
class Tree:
    """One table of indicators (指标表)."""

    grid: Grid
    columns: dict[int, int]
    """For each level, counted from 1, its column."""
    scored: bool
    """Whether it gives points."""

    def names(self, level: int, branch: str = "") -> list[Passage]:
        """Return the cells that name the indicators of a level, each once.

        Args:
            level: Counted from 1.
            branch: Of this first-level indicator only; empty for all.
        """
        above = [self.columns[each] for each in sorted(self.columns) if each < level]
        found: list[Passage] = []
        last: tuple[str, ...] = ()
        open_above = [""] * len(above)
        for row in self.grid.rows():
            for index, column in enumerate(above):
                open_above[index] = _name(self.grid.text(row, column)) or open_above[index]
            cell = self.grid.at(row, self.columns[level])
            name = _name(cell.text) if cell is not None else ""
            if branch and 1 in self.columns and level > 1 and not _same(open_above[0], branch):
                continue
            if cell is None or not name or (*open_above, name) == last:
                continue
            last = (*open_above, name)
            found.append(cell)
        return found

    def leaves(self, branch: str = "") -> int:
        """Return how many rows a branch has."""
        first = ""
        number = 0
        for row in self.grid.rows():
            if 1 in self.columns:
                first = _name(self.grid.text(row, self.columns[1])) or first
            number += not branch or _same(first, branch)
        return number


@dataclass(frozen=True)
class Said:
    """A count in a sentence (正文中的个数)."""

    passage: Passage
    figure: Figure
    level: int
    branch: str
    """First-level indicator that it is about; empty for all."""


@dataclass(frozen=True)
class Count:
    """What one table, or the chapters' tables together, hold of a level (数出的个数)."""

    number: int
    places: tuple[Place, ...]
    certain: bool


def check(view: View, pen: Pen) -> None:
    """Compare counts in sentences with the tables, and the tables with each other."""
    trees = list(_trees(view))
    branches = _branches(trees)
    sentences: dict[str, Place] = {}
    for passage in view.prose:
        if passage.document.kind != CASE and "级指标" in passage.text:
            for said in _counts(passage, branches):
                _hold(said, trees, branches, pen)
                if said.level == 2:
                    sentences.setdefault(said.branch, place_of(passage, said.figure))
    for branch in branches:
        _second_levels(branch, trees, sentences.get(branch), pen)


def _trees(view: View) -> Iterator[Tree]:
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE:
            continue
        columns: dict[int, int] = {}
        for column, header in enumerate(grid.headers):
            match = _LEVEL.fullmatch(header.rsplit("›", 1)[-1])
            if match and column not in grid.value_columns:
                columns.setdefault(_LEVELS.index(match[1]) + 1, column)
        if columns:
            scored = any(
                c in grid.value_columns for c in grid.columns_named(words().points.pattern)
            )
            yield Tree(grid, columns, scored)


def _name(text: str) -> str:
    return bare(_INDICATOR.sub("", _POINTED.sub("", text)))


def _same(one: str, other: str) -> bool:
    return bool(one) and (one.startswith(other) or other.startswith(one))


def _branches(trees: list[Tree]) -> list[str]:
    """Return the first-level names, from the table of chapters if there is one."""
    scored = [tree for tree in trees if tree.scored and 1 in tree.columns]
    alone = [tree for tree in scored if set(tree.columns) == {1}]
    names = (_name(cell.text) for tree in alone or scored for cell in tree.names(1))
    return list(dict.fromkeys(names))


def _counts(passage: Passage, branches: list[str]) -> Iterator[Said]:
    """Yield every count; a branch named once holds for the counts that follow at once."""
    skeleton = passage.skeleton
    last_end = -1
    branch = ""
    for match in _SAID.finditer(skeleton.text):
        figure = skeleton.figure_at(match.start("before" if match["before"] else "after"))
        if figure.places or figure.bound or figure.unit not in ("个", "项", "条", ""):
            continue
        start = max(match.start() - _REACH, last_end, 0)
        near = _SCOPE_END.split(skeleton.text[start : match.start()])
        named = next((b for b in branches if near and b in bare(near[-1])), "")
        follows = last_end >= 0 and match.start() - last_end <= 2
        if not follows:
            section = next((bare(h) for h in passage.section[-1:]), "")
            branch = named or next((b for b in branches if section.startswith(b)), "")
        last_end = match.end()
        level = _LEVELS.index(match["level"] or match["name"]) + 1
        yield Said(passage, figure, level, branch)


def _hold(said: Said, trees: list[Tree], branches: list[str], pen: Pen) -> None:
    """Compare a count with every way of counting that the tables allow."""
    figure, level, branch = said.figure, said.level, said.branch
    found = list(_found(said, trees, branches))
    found = [count for count in found if count.certain] or found
    if not found:
        return
    if any(count.number == figure.value for count in found):
        pen.verified("R14", [figure])
        return
    numbers = {count.number for count in found}
    of_goals = "目标" in said.passage.text[: figure.start].rpartition("。")[2]
    agreed = bool(branch) or (len(found) > 1 and not of_goals)
    sure = len(numbers) == 1 and found[0].certain and agreed
    number = "或".join(str(each) for each in sorted(numbers))
    of = f"“{branch}”" if branch else ""
    pen.find(
        "R14",
        Severity.ERROR if sure else Severity.QUESTION,
        f"{of}{_LEVELS[level - 1]}级指标印作{figure.digits}个，指标表中为{number}个。",
        [place_of(said.passage, figure), *(count.places[0] for count in found if count.places)],
        computed=f"{figure.digits}≠{number}",
        figures=[figure],
    )


def _found(said: Said, trees: list[Tree], branches: list[str]) -> Iterator[Count]:
    """Yield the counts of a level in the tables of a branch, or of all branches."""
    level, branch = said.level, said.branch
    own = [tree for tree in trees if tree.grid.section == said.passage.section and not tree.scored]
    for tree in [tree for tree in trees if tree.scored] + own:
        if level in tree.columns and (1 in tree.columns or (tree in own and not branch)):
            yield _count(tree, level, branch if level > 1 else "")
    if branch:
        yield from _chapter(trees, level, branch)
    elif level > 1:
        parts = [next(_chapter(trees, level, each), None) for each in branches]
        if parts and all(parts):
            known = [part for part in parts if part is not None]
            yield Count(
                sum(part.number for part in known),
                tuple(place for part in known for place in part.places),
                all(part.certain for part in known),
            )


def _chapter(trees: list[Tree], level: int, branch: str) -> Iterator[Count]:
    """Yield the count of the score table in the chapter of a branch."""
    for tree in trees:
        inside = any(bare(heading).startswith(branch) for heading in tree.grid.section)
        if tree.scored and 1 not in tree.columns and inside:
            if level in tree.columns:
                yield _count(tree, level, "")
            elif level > max(tree.columns):
                yield Count(0, (), certain=tree.grid.table.certain)


def _count(tree: Tree, level: int, branch: str) -> Count:
    cells = tree.names(level, branch)
    return Count(len(cells), tuple(whole(cell) for cell in cells), tree.grid.table.certain)


def _second_levels(branch: str, trees: list[Tree], sentence: Place | None, pen: Pen) -> None:
    """Ask about a branch that has another number of second levels in another table.

    Only tables with as many leaves are compared: others are cut, or of something else.
    A guessed grid that shows one name only has lost the others.
    """
    said: dict[int, list[Passage]] = {}
    leaves: int | None = None
    for tree in sorted(trees, key=lambda each: 1 in each.columns):
        inside = any(bare(heading).startswith(branch) for heading in tree.grid.section)
        if 2 not in tree.columns or not (1 in tree.columns or (tree.scored and inside)):
            continue
        own = branch if 1 in tree.columns else ""
        cells = tree.names(2, own)
        number = tree.leaves(own)
        guessed = not tree.grid.table.certain and (tree.scored or len(cells) < 2)
        if not cells or guessed or (leaves is not None and leaves != number):
            continue
        leaves = number
        said.setdefault(len(cells), cells)
    if len(said) < 2:
        return
    listed = "；".join(
        f"一处{number}个（{'、'.join(_POINTED.sub('', cell.text) for cell in cells[:_SHOWN])}）"
        for number, cells in said.items()
    )
    pen.find(
        "R22",
        Severity.QUESTION,
        f"“{branch}”的二级指标各表不一：{listed}。",
        [
            *([sentence] if sentence is not None else []),
            *(whole(cell) for cells in said.values() for cell in cells[:_SHOWN]),
        ],
    )
