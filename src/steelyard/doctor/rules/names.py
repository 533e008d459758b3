"""Names that stay the same (名称一致): R22.

A declared short name, the stages of the work, titles listed in two places:
what is one thing has one name.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, overlap
from steelyard.doctor.rules.marks import runs
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_TITLE = re.compile(r"《([^《》]{4,60})》(?!（[^（）]{0,16}号）)")
_ASCII_QUOTES = re.compile("['\"]")
_ALIKE = 0.2
_ALIKE_TITLES = 0.3
_LEAST_TITLES = 3
_MOST_LISTS = 60
_MOST_STAGES = 20
_MOST_CELLS = 200
_RUN_IN_LEVEL = 5
_NEAR_BLOCKS = 3
"""A table stands within so many blocks of the sentence that announces it."""


@dataclass(frozen=True)
class _Words:
    short: re.Pattern[str]
    office: str
    section: str
    stage: re.Pattern[str]
    stage_word: re.Pattern[str]
    table: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text)
    return _Words(
        re.compile(terms["short"]),
        terms["office"],
        terms["section"],
        re.compile(terms["stage"]),
        re.compile(terms["stage_word"]),
        re.compile(terms["table"]),
    )


def check(view: View, pen: Pen) -> None:
    """Compare names with how they were declared, counted off or listed before."""
    _short_names(view, pen)
    _stages(view, pen)
    _title_lists(view, pen)


def _short_names(view: View, pen: Pen) -> None:
    """Find a section named after an office whose name lost its last character."""
    all_runs = list(runs(each for each in view.passages if each.document.kind != CASE))
    names: dict[str, Place] = {}
    for run in all_runs:
        if "简称" in run.text:
            for match in _words().short.finditer(run.text):
                if match["name"][-1] in _words().office and len(match["name"]) > 2:
                    names.setdefault(match["name"], run.place(*match.span("name")))
    if not names:
        return
    stems = {name[:-1]: name for name in names}
    choice = "|".join(re.escape(stem) for stem in sorted(stems, key=len, reverse=True))
    pattern = re.compile(f"(?P<stem>{choice})(?![{_words().office}]){_words().section}")
    for run in all_runs:
        for match in pattern.finditer(run.text):
            name = stems[match["stem"]]
            pen.find(
                "R22",
                Severity.QUESTION,
                f"“{match[0]}”似应为“{name}{match['section']}”，简称已定为“{name}”。",
                [run.place(*match.span()), names[name]],
            )


def _stages(view: View, pen: Pen) -> None:
    """Compare stages counted off in a sentence with those of the table behind it."""
    for position, passage in enumerate(view.passages):
        if passage.cell is not None or passage.document.kind == CASE:
            continue
        if not _words().stage_word.search(passage.text):
            continue
        for start, end in passage.sentences():
            items = list(_counted_off(passage, start, end))
            if 3 <= len(items) <= _MOST_STAGES and _words().table.search(passage.text, end - 1):
                _compare_stages(items, list(_table_behind(view, position)), pen)


def _table_behind(view: View, position: int) -> Iterator[Passage]:
    """Yield the cells of the next table, or the lines that are left of it in a flat text."""
    passage = view.passages[position]
    behind = view.passages[position + 1 : position + 1 + _MOST_CELLS]
    near = [
        each.block
        for each in behind
        if each.cell is not None and each.block - passage.block <= _NEAR_BLOCKS
    ]
    for each in behind:
        if each.document is not passage.document or (near and each.block > near[0]):
            return
        if near and each.block == near[0]:
            yield each
        if not near:
            if each.cell is not None or 0 < each.level < _RUN_IN_LEVEL:
                return
            yield each


def _counted_off(passage: Passage, start: int, end: int) -> Iterator[Place]:
    """Yield the items ①… ②… of a sentence that are names of stages."""
    marks = list(_words().stage.finditer(passage.text, start, end))
    for index, mark in enumerate(marks):
        last = marks[index + 1].start() if index + 1 < len(marks) else end
        text = passage.text[mark.end() : last].rstrip("，、；。和及")
        word = _words().stage_word.search(text)
        if word and len(text) <= 16 and word.end() == len(text):
            yield Place(passage, mark.end(), mark.end() + len(text))


def _compare_stages(items: list[Place], cells: list[Passage], pen: Pen) -> None:
    # Cells are put together: layout often cuts a stage's name in two.
    together = "".join(cell.text for cell in cells)
    absent = [item for item in items if item.exact.replace(" ", "") not in together]
    if not absent or len(absent) * 2 >= len(items):
        return
    known = [item.exact.replace(" ", "") for item in items]
    others = [
        (name, place)
        for name, place in _other_stages(cells, together, known)
        if any(overlap(item.exact, name) > _ALIKE for item in absent)
    ]
    named = f"，表中另有“{others[0][0]}”" if others else ""
    said = "、".join(f"“{item.exact}”" for item in absent)
    pen.find(
        "R22",
        Severity.QUESTION,
        f"文中所列的{said}在随后的表中没有{named}，阶段名称应前后一致。",
        [*absent, *([others[0][1]] if others else [whole(cells[0])])],
    )


def _other_stages(
    cells: list[Passage], together: str, known: list[str]
) -> Iterator[tuple[str, Place]]:
    """Yield the stages of a table that a sentence does not count off."""
    starts: list[int] = []
    length = 0
    for cell in cells:
        starts.append(length)
        length += len(cell.text)
    for match in _words().stage_word.finditer(together):
        if any(together.endswith(name, 0, match.end()) for name in known):
            continue
        index = max(i for i, start in enumerate(starts) if start <= match.start())
        inner = match.start() - starts[index]
        cell = cells[index]
        if 2 <= inner <= 10:
            yield cell.text[: inner + len(match[0])], Place(cell, 0, inner + len(match[0]))
        elif inner == 0 and index and 2 <= len(cells[index - 1].text) <= 12:
            name, last = cells[index - 1].text, cells[index - 1]
            # Narrow columns break a name more than once.
            if len(name) < 4 and index > 1 and len(cells[index - 2].text) <= 4:
                name, last = cells[index - 2].text + name, cells[index - 2]
            yield name + match[0], whole(last)


def _title_lists(view: View, pen: Pen) -> None:
    """Compare lists of the same things whose titles differ in words."""
    lists: dict[int, list[dict[str, Place]]] = defaultdict(list)
    for passage in view.passages:
        if passage.document.kind == CASE or passage.text.count("《") < _LEAST_TITLES:
            continue
        titles: dict[str, Place] = {}
        for match in _TITLE.finditer(passage.text):
            titles.setdefault(bare(_ASCII_QUOTES.sub("", match[1])), Place(passage, *match.span()))
        if len(titles) >= _LEAST_TITLES:
            lists[len(titles)].append(titles)
    for same_length in lists.values():
        kept = same_length[:_MOST_LISTS]
        seen: set[frozenset[str]] = set()
        for index, one in enumerate(kept):
            for other in kept[index + 1 :]:
                both = frozenset([*one, "|", *other])
                if both not in seen:
                    seen.add(both)
                    _compare_titles(one, other, pen)


def _compare_titles(one: dict[str, Place], other: dict[str, Place], pen: Pen) -> None:
    left = [title for title in one if title not in other]
    right = [title for title in other if title not in one]
    if not left or len(left) * 2 > len(one):
        return
    pairs: list[tuple[str, str]] = []
    for title in left:
        best = max(right, key=lambda name: containment(title, name))
        if containment(title, best) < _ALIKE_TITLES:
            return
        right.remove(best)
        pairs.append((title, best))
    said = "；".join(f"{one[a].exact}与{other[b].exact}" for a, b in pairs)
    pen.find(
        "R22",
        Severity.QUESTION,
        f"两处各列{len(one)}个名称，其余相同，而{said}不同，应核对是否为同一事项。",
        [place for a, b in pairs for place in (one[a], other[b])],
    )
