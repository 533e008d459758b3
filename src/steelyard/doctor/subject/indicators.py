"""The indicators of a report (指标), gathered from score tables, rubric and prose.

One indicator stands in a chapter's table, in the annex with its rule, and in a
section of its own. Names differ a little between them; parents and order help.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources

from steelyard.doctor.quantities.likeness import bare, containment
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_LIKE = 0.75
_FEWEST_ROWS = 2
_SHORTEST_NAME = 2
_LONGEST_NAME = 30
"""A longer text is the names of several, run together where a table was flattened."""

Amount = tuple[Passage, Figure]
"""A number with where it stands."""


@dataclass(frozen=True)
class Words:
    """Patterns of indicators.toml."""

    points: re.Pattern[str]
    earned: re.Pattern[str]
    lost: re.Pattern[str]
    reason: re.Pattern[str]
    rule: re.Pattern[str]
    actual: re.Pattern[str]
    goal: re.Pattern[str]
    level: re.Pattern[str]
    triple: re.Pattern[str]
    block: re.Pattern[str]


@cache
def words() -> Words:
    """Return the vocabulary of indicators.toml; # in a sentence pattern is an amount."""
    text = resources.files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8")
    data = {name: pattern.replace("#", "\ue000") for name, pattern in tomllib.loads(text).items()}
    return Words(**{name: re.compile(pattern) for name, pattern in data.items()})


@dataclass(frozen=True)
class Entry:
    """One place that gives an indicator's points (出处)."""

    name: str
    path: tuple[str, ...]
    points: Amount | None
    earned: Amount | None
    lost: Amount | None = None
    rule: Passage | None = None
    reason: Passage | None = None
    actual: Passage | None = None
    """The cell of its row that says what came out."""
    goal: Passage | None = None
    table: int = 0
    """Which table, counted from 1; 0 for a sentence."""
    section: tuple[str, ...] = ()
    summed: bool = False
    """One of several that a sentence sums up: 投入 11 分，得 9 分；过程…"""
    top: bool = False
    """A row of a table that holds the first level only."""
    moved: bool = False
    """Its row bears the name of the row beside it."""
    titled: bool = False
    """Its sentence begins with its name: 目标明确性：分值 4 分，得 3 分."""


@dataclass
class Indicator:
    """One indicator with all places that speak of it (指标)."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    prose: list[Passage] = field(default_factory=list)
    """Paragraphs of its own section."""

    @property
    def rule(self) -> Passage | None:
        """The cell with its scoring rule."""
        return next((each.rule for each in self.entries if each.rule is not None), None)

    @property
    def actuals(self) -> list[Passage]:
        """Cells that say what came out."""
        return list(dict.fromkeys(e.actual for e in self.entries if e.actual is not None))

    @property
    def reasons(self) -> list[Passage]:
        """Cells that say why points were lost."""
        return [each.reason for each in self.entries if each.reason is not None]

    def points(self) -> list[Amount]:
        """Return every mention of what it can earn."""
        return [each.points for each in self.entries if each.points is not None]

    def earned(self) -> list[Amount]:
        """Return every mention of what it earned."""
        return [each.earned for each in self.entries if each.earned is not None]


@lru_cache(maxsize=1)
def indicators(view: View) -> tuple[Indicator, ...]:
    """Return the indicators of a view in the order in which they are first named."""
    found: list[Indicator] = []
    by_name: dict[str, list[Indicator]] = defaultdict(list)

    def add(entry: Entry) -> None:
        home = _home(entry, by_name, found)
        if home is None:
            home = Indicator(entry.name)
            found.append(home)
            by_name[bare(entry.name)].append(home)
        home.entries.append(entry)

    for entry in _from_tables(view):
        add(entry)
    names = _section_names(found)
    for entry in _from_prose(view, names):
        add(entry)
    _uncross(found)
    _add_prose(view, found)
    return tuple(found)


def _uncross(found: list[Indicator]) -> None:
    """Give rows back that bear each other's names.

    Two neighbours of one table whose points and scores are, everywhere else, exactly
    those of the other: their labels slipped, as they do where a page cuts a table.
    """
    rows = {
        (entry.table, entry.points[0].cell.row): (indicator, entry)
        for indicator in found
        for entry in indicator.entries
        if entry.points is not None and entry.points[0].cell is not None
    }
    for (table, row), (one, upper) in rows.items():
        other, lower = rows.get((table, row + 1), (one, upper))
        if other is one or _worth(upper) == _worth(lower):
            continue
        if _elsewhere(one, upper) == {_worth(lower)} and _elsewhere(other, lower) == {
            _worth(upper)
        }:
            one.entries[one.entries.index(upper)] = replace(lower, moved=True)
            other.entries[other.entries.index(lower)] = replace(upper, moved=True)


def _worth(entry: Entry) -> tuple[Fraction | None, Fraction | None]:
    return (
        entry.points[1].value if entry.points else None,
        entry.earned[1].value if entry.earned else None,
    )


def _elsewhere(indicator: Indicator, entry: Entry) -> set[tuple[Fraction | None, Fraction | None]]:
    """Return what other places say that an indicator is worth and earned."""
    return {_worth(each) for each in indicator.entries if each.table != entry.table}


def _section_names(found: list[Indicator]) -> dict[str, str]:
    """Return for the name of a section which indicator it is about.

    A section may bear the name of the level above when that has one indicator only.
    """
    names = {bare(indicator.name): indicator.name for indicator in found}
    below: dict[str, set[str]] = defaultdict(set)
    for indicator in found:
        for entry in indicator.entries:
            for parent in entry.path[:-1]:
                below[bare(_POINTED.sub("", parent))].add(indicator.name)
    for parent, children in below.items():
        if len(children) == 1 and parent not in names:
            names[parent] = next(iter(children))
    return names


def _home(
    entry: Entry, by_name: dict[str, list[Indicator]], found: list[Indicator]
) -> Indicator | None:
    """Return the indicator that an entry is of: by name, by a like name, among free ones."""

    def free(indicator: Indicator) -> bool:
        return all(each.table != entry.table or not entry.table for each in indicator.entries) and (
            bool(entry.table) or not any(not each.table for each in indicator.entries)
        )

    named = [each for each in by_name[bare(entry.name)] if _same_height(each, entry)]
    exact = [each for each in named if free(each) or entry.summed or entry.titled]
    if exact:
        return next((e for e in exact if _same_parent(e, entry)), exact[0])
    ranked = sorted(
        (
            (containment(entry.name, each.name), -index)
            for index, each in enumerate(found)
            if free(each) and _same_height(each, entry)
        ),
        reverse=True,
    )[:2]
    if not ranked or ranked[0][0] < _LIKE:
        return None
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        return None
    return found[-ranked[0][1]]


def _same_height(indicator: Indicator, entry: Entry) -> bool:
    """Say whether an entry may be of an indicator: a chapter is none of its own leaves."""
    if not entry.table:
        return True
    return all(each.top == entry.top for each in indicator.entries if each.table)


def _same_parent(indicator: Indicator, entry: Entry) -> bool:
    parents = {bare(name) for name in (*entry.path[:-1], *entry.section)}
    return any(
        {bare(name) for name in (*each.path[:-1], *each.section)} & parents
        for each in indicator.entries
    )


def _from_tables(view: View) -> Iterator[Entry]:
    w = words()
    for number, grid in enumerate(view.grids, 1):
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE:
            continue
        points = _column(grid, w.points)
        earned = _column(grid, w.earned)
        ruled = bool(grid.columns_named(w.rule.pattern))
        if points is None or points == earned:
            continue
        if len(list(grid.rows())) < (1 if ruled else _FEWEST_ROWS):
            continue
        if earned is None:
            again = [c for c in grid.columns_named(w.points.pattern) if c > points]
            earned = again[0] if again and again[0] in grid.value_columns else None
        rule = next(iter(grid.columns_named(w.rule.pattern)), None)
        reason = next((c for c in grid.columns_named(w.reason.pattern) if c != rule), None)
        lost = _column(grid, w.lost)
        actual, goal = (_other_column(grid, p, (rule, reason)) for p in (w.actual, w.goal))
        named = [h.rsplit("›", 1)[-1] for h in grid.headers[:points]]
        only_first = any(h.startswith("一级") for h in named) and not any(
            h[:2] in ("二级", "三级", "四级") for h in named
        )
        for row in grid.rows():
            path = tuple(
                text
                for column in range(points)
                if (text := grid.text(row, column))
                and column not in grid.serial_columns
                and not grid.is_dash(row, column)
            )
            name = path[-1] if path else ""
            if not _SHORTEST_NAME <= len(bare(name)) <= _LONGEST_NAME:
                continue
            reason_at = grid.at(row, reason) if reason is not None else None
            torn = reason_at is not None and reason_at.text.startswith("分")
            yield Entry(
                top=only_first,
                name=_POINTED.sub("", name),
                path=path,
                points=_amount(grid.value(row, points), row),
                earned=_amount(grid.value(row, earned), row)
                if earned is not None and not torn
                else None,
                lost=_amount(grid.value(row, lost), row) if lost is not None else None,
                rule=_rule(grid, row, rule),
                reason=reason_at,
                actual=grid.at(row, actual) if actual is not None else None,
                goal=grid.at(row, goal) if goal is not None else None,
                table=number,
                section=grid.section,
            )


_SCORING = re.compile(r"(?:计|得|扣)\d[^，。；]*分|得满分|按比例得")


def _rule(grid: Grid, row: int, column: int | None) -> Passage | None:
    """Return the cell with the rule of a row; in a guessed grid it may have slipped."""
    cell = grid.at(row, column) if column is not None else None
    if cell is None or grid.table.certain or _SCORING.search(cell.text):
        return cell
    beside = (grid.at(row, c) for c in range(grid.table.width))
    return next((each for each in beside if each and _SCORING.search(each.text)), cell)


def _column(grid: Grid, pattern: re.Pattern[str]) -> int | None:
    fitting = [c for c in grid.columns_named(pattern.pattern) if c in grid.value_columns]
    return fitting[0] if fitting else None


def _other_column(grid: Grid, pattern: re.Pattern[str], taken: tuple[object, ...]) -> int | None:
    """Return the column of a header that is neither rule nor reason."""
    fitting = [c for c in grid.columns_named(pattern.pattern) if c not in taken]
    return fitting[0] if fitting else None


def _amount(value: Value | None, row: int) -> Amount | None:
    return (value.passage, value.figure) if value is not None and value.row == row else None


_POINTED = re.compile(r"（\d+(?:\.\d+)?分）$")


def _from_prose(view: View, names: dict[str, str]) -> Iterator[Entry]:
    for passage in view.prose:
        if not passage.section:
            continue
        skeleton = passage.skeleton
        chapter = words().block.search(skeleton.text)
        for match in words().triple.finditer(skeleton.text):
            if chapter is not None and chapter.start() <= match.start() < chapter.end():
                continue
            given = {
                key: (passage, skeleton.figure_at(match.start(key)))
                for key in ("points", "lost", "earned")
                if match[key]
            }
            title = _title(skeleton.text, match.start())
            if title:
                yield Entry(
                    name=title,
                    path=(*passage.section, title),
                    points=given.get("points"),
                    earned=given.get("earned"),
                    lost=given.get("lost"),
                    section=passage.section,
                    titled=True,
                )
                continue
            named = _BEFORE.search(skeleton.text, 0, match.start())
            own = named["name"] if named and not _GENERIC.search(named["name"]) else ""
            yield Entry(
                name=own or _subject(passage.section, names),
                path=passage.section,
                points=given.get("points"),
                earned=given.get("earned"),
                lost=given.get("lost"),
                section=passage.section[:-1],
                summed=bool(own),
            )


def _title(text: str, offset: int) -> str:
    """Return the name that the sentence up to a place begins with, empty when it has none."""
    match = _TITLE.search(text, 0, offset)
    return match["name"] if match and not _NO_TITLE.search(match["name"]) else ""


def _subject(section: tuple[str, ...], names: dict[str, str]) -> str:
    """Return the indicator that a section is of: the innermost heading that names one."""
    return next(
        (names[bare(each)] for each in reversed(section) if bare(each) in names), section[-1]
    )


_BEFORE = re.compile("(?:^|[，。；：、])(?P<name>[\u4e00-\u9fff“”]{2,16})$")
_GENERIC = re.compile("指标$|评分|标准|根据|按照")
_TITLE = re.compile(
    "(?:^|[。；])(?:（[一二三四五六七八九十\\d]+）|[①-⑳]|\\d{1,2}[.．、])?"
    "(?P<name>[\u4e00-\u9fff“”]{3,20})：[^。；：]*$"
)
_NO_TITLE = re.compile(
    "指标$|评分|标准|根据|按照|原因|说明|情况|依据|结果|分析|得分|扣分|分值|其中|如下"
)
"""Before a colon: it heads what is said and is no indicator."""


def _add_prose(view: View, found: list[Indicator]) -> None:
    homes: dict[tuple[str, ...], Indicator] = {}
    for indicator in found:
        for entry in indicator.entries:
            if not entry.table:
                homes[*entry.section, entry.path[-1]] = indicator
    for passage in view.prose:
        indicator = homes.get(passage.section)  # type: ignore[assignment]
        if indicator is not None:
            indicator.prose.append(passage)
