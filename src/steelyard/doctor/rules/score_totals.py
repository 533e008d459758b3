"""The total of an evaluation (评价总分): R05.

What sentences and forms say as the total is what the total row of the score
table holds. A table is that of the whole where its points come to full marks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.quantities.mention import mentions
from steelyard.doctor.rules.score_grades import stated
from steelyard.doctor.rules.table_parts import parts, tables
from steelyard.doctor.subject.indicators import indicators
from steelyard.doctor.subject.indicators import words as indicator_words
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import CASE, View

_FULL_MARKS = 100
_LABEL_COLUMNS = 4
_LONGEST_CELL = 200
_MOST_PLACES = 4
_FEWEST = 2
_CLAUSE = re.compile("[，。；！？：]")


@dataclass(frozen=True)
class Words:
    """Patterns of score_totals.toml."""

    row: re.Pattern[str]
    label: re.Pattern[str]
    said: re.Pattern[str]
    of_full: re.Pattern[str]
    other: re.Pattern[str]
    self: re.Pattern[str]
    own_report: re.Pattern[str]


@cache
def words() -> Words:
    """Return the vocabulary of score_totals.toml."""
    text = resources.files(__package__).joinpath("score_totals.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Words(
        re.compile(data["row"]),
        re.compile(data["label"]),
        re.compile(f"(?:{data['total']}){data['link']}(?P<total>{NUMBER})"),
        re.compile(data["of_full"].replace("#", NUMBER)),
        re.compile(data["other"]),
        re.compile(data["self"]),
        re.compile(data["own_report"]),
    )


@dataclass(frozen=True)
class Total:
    """One place that says a total (总分)."""

    passage: Passage
    figure: Figure
    of_self: bool
    """Of the department's own evaluation."""
    grid: Grid | None = None
    """The score table whose total row it stands in; None for a sentence or form."""
    added: Fraction | None = None
    """Of a table: what its rows come to, where they are all numbers."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.passage, self.figure)


def check(view: View, pen: Pen) -> None:
    """Hold every total that is said against the total rows of the score tables."""
    for of_self in (False, True):
        said = [each for each in said_totals(view) if each.of_self is of_self]
        rows = [each for each in table_totals(view) if each.of_self is of_self]
        if not rows and of_self and not any(not each.of_self for each in said_totals(view)):
            # The form of a self-evaluation need not say so in every table.
            rows = [each for each in table_totals(view) if _is_own(view)]
        if rows:
            _compare(said, rows, pen)
            _tables_agree(rows, pen)


def _is_own(view: View) -> bool:
    """Say whether what is examined is a self-evaluation by its title."""
    head = [each.text for each in view.passages[:_MOST_PLACES] if each.cell is None]
    return any(words().own_report.search(text) for text in head)


# --------------------------------------------------------------------- tables


@lru_cache(maxsize=1)
def table_totals(view: View) -> tuple[Total, ...]:
    """Return the totals of the score tables that come to full marks."""
    return tuple(
        total
        for grid in tables(view)
        if grid.table.certain
        for part in parts(grid)
        for total in _of_table(part)
    )


def _of_table(grid: Grid) -> Iterator[Total]:
    w = indicator_words()
    points = [c for c in grid.columns_named(w.points.pattern) if c in grid.value_columns]
    earned = [
        c
        for c in grid.columns_named(w.earned.pattern)
        if c in grid.value_columns and c not in points
    ]
    if not points:
        return
    for row in grid.body:
        if not any(
            words().row.search(grid.text(row, c)) for c in range(min(_LABEL_COLUMNS, points[0]))
        ):
            continue
        full = grid.value(row, points[0])
        if full is None or full.figure.value != _FULL_MARKS:
            continue
        for column in earned:
            value = grid.value(row, column)
            if value is None or value.row != row or value.figure.unit not in ("分", ""):
                continue
            about = f"{grid.headers[column]}{grid.table.title}"
            of_self = bool(words().self.search(about))
            added = _added(grid, column)
            yield Total(value.passage, value.figure, of_self, grid, added)


def _added(grid: Grid, column: int) -> Fraction | None:
    """Return what the rows of a column come to, None where that cannot be said."""
    values = [grid.value(row, column) for row in grid.rows()]
    given = list(dict.fromkeys(value for value in values if value is not None))
    if len(given) < _FEWEST:
        return None
    return sum((value.figure.value for value in given), Fraction(0))


# ------------------------------------------------------------- sentences, forms


@lru_cache(maxsize=1)
def said_totals(view: View) -> tuple[Total, ...]:
    """Return the totals that sentences and forms say, in reading order."""
    names = frozenset(
        name
        for indicator in indicators(view)
        for entry in indicator.entries
        for each in (indicator.name, *entry.path)
        if len(name := bare(each).removesuffix("指标")) >= _FEWEST
    )
    found: dict[Figure, Total] = {}
    under = {each.figure: each.under for each in mentions(view) if each.passage.cell is not None}
    for said in stated(view):
        _take(found, said.passage, said.total, under.get(said.total, ""), names)
    for passage in view.passages:
        in_cell = passage.cell is not None
        if passage.document.kind == CASE or (in_cell and len(passage.text) > _LONGEST_CELL):
            continue
        if not passage.claims or passage.is_heading:
            continue
        for pattern in (words().said, words().of_full):
            for match in pattern.finditer(passage.skeleton.text):
                figure = passage.skeleton.figure_at(match.start("total"))
                if pattern is words().of_full and not _is_full(passage, match):
                    continue
                _take(found, passage, figure, under.get(figure, ""), names)
    for mention in mentions(view):
        if mention.passage.cell is None or mention.passage.document.kind == CASE:
            continue
        label = mention.under.rsplit("›", 1)[-1]
        if not mention.column and not mention.name and words().label.fullmatch(label):
            _take(found, mention.passage, mention.figure, label, names)
    return tuple(sorted(found.values(), key=lambda each: (each.passage.index, each.figure.start)))


def _is_full(passage: Passage, match: re.Match[str]) -> bool:
    return passage.skeleton.figure_at(match.start("full")).value == _FULL_MARKS


def _take(
    found: dict[Figure, Total],
    passage: Passage,
    figure: Figure,
    label: str,
    names: frozenset[str],
) -> None:
    """Add a score to the totals unless its words show that it is that of something else."""
    if figure.unit not in ("分", "") or figure.kind is not Kind.QUANTITY or figure in found:
        return
    if not 0 < figure.value < _FULL_MARKS or is_quoted(passage, figure.start):
        return
    text = passage.text[: figure.start]
    clause = text[max((stop.end() for stop in _CLAUSE.finditer(text)), default=0) :]
    if words().other.search(clause) or (words().other.search(text[-_LONGEST_CELL:]) and not clause):
        return
    if any(clause.startswith(name) for name in names):
        return
    sections = "".join(passage.section)
    of_self = any(words().self.search(each) for each in (clause, label, sections))
    found[figure] = Total(passage, figure, of_self)


# ------------------------------------------------------------------ comparison


def _compare(said: list[Total], rows: list[Total], pen: Pen) -> None:
    wrong: dict[Fraction, list[Total]] = {}
    for each in said:
        same = [row for row in rows if same_amount(each.figure, row.figure)]
        if same:
            pen.consistent("R05", [each.figure, *(row.figure for row in same)])
        # A total row that its own rows deny is accused of that.
        elif not any(row.added == each.figure.value for row in rows):
            wrong.setdefault(each.figure.value, []).append(each)
    different = {row.figure.value for row in rows}
    for group in wrong.values():
        one, row = group[0], rows[0]
        sure = len(different) == 1 and len(wrong) == 1
        others = f"（共{len(group)}处）" if len(group) > 1 else ""
        tables_say = "、".join(dict.fromkeys(f"{each.figure.digits}分" for each in rows))
        pen.find(
            "R05",
            Severity.ERROR if sure else Severity.QUESTION,
            f"总分此处为{one.figure.digits}分{others}，得分表的合计为{tables_say}。",
            [*(each.place for each in group[:_MOST_PLACES]), *(each.place for each in rows)],
            computed=f"{one.figure.digits}≠{row.figure.digits}",
            figures=[each.figure for each in group],
        )


def _tables_agree(rows: list[Total], pen: Pen) -> None:
    """Compare the totals of the table of chapters and of the table of all indicators."""
    if len(rows) != _FEWEST:
        return
    one, other = rows
    if same_amount(one.figure, other.figure):
        pen.consistent("R05", [one.figure, other.figure])
        return
    if any(row.added is not None and row.added != row.figure.value for row in rows):
        return
    pen.find(
        "R05",
        Severity.QUESTION,
        f"两张得分表的合计不同：一处为{one.figure.digits}分，另一处为{other.figure.digits}分。",
        [one.place, other.place],
        computed=f"{one.figure.digits}≠{other.figure.digits}",
        figures=[one.figure, other.figure],
    )
