"""The projects of a report (项目), as each list, form and sentence tells of them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, place_of, whole
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View

_FEWEST = 3

Amount = tuple[Passage, Figure]
"""A number with where it stands."""


@dataclass(frozen=True)
class Words:
    """Patterns of projects.toml."""

    budget: re.Pattern[str]
    spent: re.Pattern[str]
    name: re.Pattern[str]
    all_spent: re.Pattern[str]
    done: re.Pattern[str]
    not_done: re.Pattern[str]
    not_begun: re.Pattern[str]
    reason: re.Pattern[str]
    no_reason: re.Pattern[str]
    effect: re.Pattern[str]
    upper: re.Pattern[str]
    own: re.Pattern[str]


@cache
def words() -> Words:
    """Return the vocabulary of projects.toml."""
    text = resources.files(__package__).joinpath("projects.toml").read_text(encoding="utf-8")
    return Words(**{name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()})


@dataclass
class Project:
    """What one list says of one project (项目)."""

    name: str
    home: object
    """The table or the parent section that lists it."""
    place: Place
    budget: Amount | None = None
    spent: Amount | None = None
    states: list[Place] = field(default_factory=list)
    level: Place | None = None
    """Where it says whose money it is."""
    is_upper: bool | None = None


def projects(view: View) -> list[Project]:
    """Return every mention of a project: in tables, in forms, in sentences."""
    found = [*_from_tables(view), *_from_forms(view)]
    return found + _from_prose(view, found)


def _from_tables(view: View) -> Iterator[Project]:
    for grid in view.grids:
        names = grid.columns_named(words().name.pattern)
        if not names or len(list(grid.rows())) < _FEWEST - 1:
            continue
        budget = _column(grid, words().budget)
        spent = _column(grid, words().spent)
        added = [c for c in grid.columns_named("追加") if c in grid.value_columns]
        for row in grid.rows():
            passage = grid.at(row, names[0])
            if passage is None or len(bare(passage.text)) < _FEWEST:
                continue
            project = Project(passage.text, id(grid), whole(passage))
            budgets = [grid.value(row, c) for c in [*budget, *added]]
            paid = [grid.value(row, c) for c in spent]
            amounts = [v for v in budgets if v is not None and v.figure.value]
            if len(amounts) == 1:
                project.budget = (amounts[0].passage, amounts[0].figure)
            if paid and paid[0] is not None:
                project.spent = (paid[0].passage, paid[0].figure)
            for column in range(grid.table.width):
                each = grid.at(row, column)
                if each is not None and column not in names and _is_state(each.text):
                    project.states.append(whole(each))
            project.is_upper = _level("".join((grid.table.title, *grid.section[-1:])))
            yield project


def _column(grid: Grid, pattern: re.Pattern[str]) -> list[int]:
    return [c for c in grid.columns_named(pattern.pattern) if c in grid.value_columns][:1]


def _is_state(text: str) -> bool:
    w = words()
    return any(p.search(text) for p in (w.all_spent, w.done, w.not_done, w.not_begun))


def _level(text: str) -> bool | None:
    upper, own = words().upper.search(text), words().own.search(text)
    return None if bool(upper) == bool(own) else bool(upper)


def _from_forms(view: View) -> Iterator[Project]:
    """Yield projects that stand one after another, each under its own heading."""
    found: dict[tuple[str, tuple[str, ...]], Project] = {}
    for passage in view.passages:
        if passage.cell is not None or passage.is_heading or len(passage.section) < 2:
            continue
        match = _MONEY.search(passage.skeleton.text)
        key = (passage.document.sha256, passage.section)
        project = found.get(key)
        if match and project is None:
            project = Project(passage.section[-1], passage.section[:-1], whole(passage))
            found[key] = project
            budget = passage.skeleton.figure_at(match.start("budget"))
            spent = passage.skeleton.figure_at(match.start("spent"))
            project.budget, project.spent = (passage, budget), (passage, spent)
            project.place = place_of(passage, budget)
            source = passage.text[budget.end : spent.start]
            project.is_upper = _level(_NOUGHT.sub("", source))
            project.level = place_of(passage, budget)
        elif project is not None and _is_state(passage.text):
            project.states.append(_state_place(passage))
        elif project is not None and words().reason.search(passage.text):
            project.states.append(whole(passage))
    sisters = Counter((project.home, key[0]) for key, project in found.items())
    for key, project in found.items():
        if sisters[project.home, key[0]] >= _FEWEST:
            yield project


_NOUGHT = re.compile(r"[^，（：]*?(?<![\d.])0(?:\.0+)?(?:万元|元)")
"""A source that gives nothing: 本级安排 0 元."""
_MONEY = re.compile(
    "预算(?:数|金额|总额)?(?:为)?(?P<budget>\ue000)(?P<source>[^。；]{0,40}?)"
    "(?:执行|支出|使用)(?:数|金额)?(?:为)?(?P<spent>\ue000)"
)


_STEM_END = re.compile(r"(?:专项)?(?:资金|项目|经费|补助|奖补)+$")
_SHORTEST_STEM = 6
_SPENDING = re.compile(
    "^[^，。；]{0,4}，?预算(?:数|金额)?(?:为|共)?(?P<budget>\ue000)"
    "(?:，(?:实际)?(?:完成|执行|支出|支付)(?:数|金额)?(?:为)?(?P<spent>\ue000))?"
)


def _stem(name: str) -> str:
    return _STEM_END.sub("", name)


def _from_prose(view: View, known: list[Project]) -> list[Project]:
    """Return what sentences say of projects that some list names."""
    stems: dict[str, dict[str, str]] = {}
    for project in known:
        stem = _stem(project.name)
        if len(bare(stem)) >= _SHORTEST_STEM:
            stems.setdefault(stem[:4], {})[stem] = project.name
    formed = {passage.index for project in known for passage in (project.place.passage,)}
    found = []
    for passage in view.prose:
        if passage.index in formed or not stems:
            continue
        named = list(_named(passage.text, stems))
        for index, (start, end, name) in enumerate(named):
            project = Project(name, passage.section, Place(passage, start, end))
            _spending(project, passage, end)
            following = named[index + 1][0] if index + 1 < len(named) else len(passage.text)
            stop = min(_sentence_end(passage, end), following)
            for pattern in (words().not_begun, words().not_done):
                match = pattern.search(passage.text, end, stop)
                if match:
                    project.states.append(Place(passage, match.start(), match.end()))
            if project.states or project.budget:
                found.append(project)
    return found


def _named(text: str, stems: dict[str, dict[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the places where a text names a known project, the longest name first."""
    offset = 0
    while offset < len(text) - 4:
        fits = [s for s in stems.get(text[offset : offset + 4], ()) if text.startswith(s, offset)]
        if fits:
            longest = max(fits, key=len)
            yield offset, offset + len(longest), stems[longest[:4]][longest]
            offset += len(longest)
        else:
            offset += 1


def _sentence_end(passage: Passage, offset: int) -> int:
    """Return where what is said of a project ends: at the next 、； or full stop."""
    match = re.compile("[。；、]|，(?!在|于|直到|仍|尚|实际|目前|至今|该|并|但)").search(
        passage.text, offset
    )
    return match.start() if match else len(passage.text)


def _spending(project: Project, passage: Passage, end: int) -> None:
    figures = [figure for figure in passage.claims if figure.start >= end][:2]
    rest = passage.text[end : figures[-1].end] if figures else ""
    for figure in reversed(figures):
        rest = rest[: figure.start - end] + "\ue000" + rest[figure.end - end :]
    match = _SPENDING.match(_STEM_END_AT_START.sub("", rest))
    if match:
        project.budget = (passage, figures[0])
        if match["spent"]:
            project.spent = (passage, figures[1])


_STEM_END_AT_START = re.compile(r"^(?:专项)?(?:资金|项目|经费|补助|奖补|\[[^\]]*\]|（[^）]*）)*")


def _state_place(passage: Passage) -> Place:
    w = words()
    for pattern in (w.not_begun, w.not_done, w.all_spent, w.done):
        match = pattern.search(passage.text)
        if match:
            return Place(passage, match.start(), match.end())
    return whole(passage)
