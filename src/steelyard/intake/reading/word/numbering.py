"""Automatic numbers, counted as Word counts them (自动编号).

A number exists nowhere in the file: it follows from the lists that are defined
and from every numbered paragraph before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from steelyard.intake.reading.word.names import (
    Element,
    child,
    is_on,
    number,
    short,
    value,
)
from steelyard.intake.reading.word.numerals import numeral
from steelyard.intake.reading.word.signs import BULLET, sign_of
from steelyard.intake.reading.word.styles import ListPlace

_PLACE = re.compile(r"%([1-9])")
_LONGEST_TEXT = 255
_LEVELS = 9
_CLOSED = "、，。．：；）】〕》」』”’"
"""After these a reader sees a gap by itself."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (列表级别)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    """As ``（%1）``: %1 to %9 stand for the numbers of the levels."""

    gap: bool = True
    """Whether a tab or a space comes behind."""

    restart: int | None = None
    """Begin again after this level (from 1) or a higher one; 0 never; None after any."""

    legal: bool = False
    """Write the numbers of all levels in plain digits."""

    style: str = ""
    """The paragraph style that is bound to this level."""

    font: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    root: int
    """The definition whose count it shares."""

    levels: dict[int, Level]
    starts: dict[int, int]
    """Levels that begin anew where this list is first used, and from what."""


class Numbers:
    """Counts the numbered paragraphs of a file as they come (编号计数)."""

    def __init__(self, root: Element | None) -> None:
        self._roots: dict[int, Element] = {}
        self._bound: dict[str, int] = {}
        """List styles with the definitions that carry them."""
        self._nums: dict[int, Element] = {}
        for each in () if root is None else root:
            if short(each) == "w:abstractNum":
                name = number(each, "abstractNumId")
                if name is not None:
                    self._roots[name] = each
                    link = child(each, "w:styleLink")
                    if link is not None:
                        self._bound[value(link)] = name
            elif short(each) == "w:num":
                name = number(each, "numId")
                if name is not None:
                    self._nums[name] = each
        self._lists: dict[int, _List | None] = {}
        self._levels: dict[int, dict[int, Level]] = {}
        self._counts: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int, int]] = set()

    def next(self, place: ListPlace, story: str) -> str:
        """Return the number of the next paragraph, with what sets it off.

        Each story (the text, all its text boxes, each kind of notes) counts for
        itself, though all know the same lists.

        A gap (tab or space) is one space, and nothing behind ideographic marks
        such as 、 which bring their own. Empty when the paragraph has no number.
        """
        used = self._list(place.number_id) if place.number_id else None
        if used is None or place.number_id is None:
            return ""
        at = self._level(place, used)
        level = used.levels.get(at)
        if level is None:
            return ""
        counts = self._counts[story, used.root]
        if (story, place.number_id, at) not in self._begun:
            self._begun.add((story, place.number_id, at))
            if at in used.starts:
                counts.pop(at, None)
        counts[at] = counts[at] + 1 if at in counts else self._start(used, at)
        for above in range(at):
            # A level that is left out counts as if it had been there once.
            counts.setdefault(above, self._start(used, above))
        for deeper in [each for each in counts if each > at]:
            restart = used.levels.get(deeper, Level()).restart
            if at < (deeper if restart is None else restart):
                del counts[deeper]
        written = self._written(used, level, counts)
        gap = " " if written and level.gap and written[-1] not in _CLOSED else ""
        return written + gap

    def _start(self, used: _List, at: int) -> int:
        return used.starts.get(at, used.levels.get(at, Level()).start)

    def _level(self, place: ListPlace, used: _List) -> int:
        if place.style:
            for at, level in used.levels.items():
                if level.style == place.style:
                    return at
        return min(max(place.level or 0, 0), _LEVELS - 1)

    def _written(self, used: _List, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return "".join(sign_of(each, level.font) or BULLET for each in level.text[:1])

        def put(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = used.levels.get(at, Level()).form
            if form == "bullet":
                return ""
            count = counts.get(at, self._start(used, at))
            return numeral(max(count, 0), "decimal" if level.legal else form)

        return _PLACE.sub(put, level.text)

    # ------------------------------------------------------------- definitions

    def _list(self, name: int) -> _List | None:
        if name not in self._lists:
            self._lists[name] = self._defined(name)
        return self._lists[name]

    def _defined(self, name: int) -> _List | None:
        element = self._nums.get(name)
        root = self._root(number(child(element, "w:abstractNumId")))
        if element is None or root is None:
            return None
        if root not in self._levels:
            self._levels[root] = _levels(self._roots[root])
        levels = dict(self._levels[root])
        starts: dict[int, int] = {}
        for each in element:
            at = number(each, "ilvl") if short(each) == "w:lvlOverride" else None
            if at is None:
                continue
            own = child(each, "w:lvl")
            if own is not None:
                levels[at] = _level(own)
            start = number(child(each, "w:startOverride"))
            if start is not None:
                starts[at] = start
                levels[at] = replace(levels.get(at, Level()), start=start)
        return _List(root, levels, starts)

    def _root(self, name: int | None) -> int | None:
        """Follow a link to a list style, once: it leads to the real definition."""
        element = self._roots.get(-1 if name is None else name)
        link = child(element, "w:numStyleLink")
        if element is None or link is None:
            return None if element is None else name
        return self._bound.get(value(link))


def _levels(root: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for each in root:
        at = number(each, "ilvl") if short(each) == "w:lvl" else None
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _level(each)
    return found


def _level(element: Element) -> Level:
    form = child(element, "w:numFmt")
    if form is None:
        # A format of one's own has a plain one beside it, for older programs.
        form = child(element, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    start = number(child(element, "w:start"))
    fonts = child(element, "w:rPr", "w:rFonts")
    return Level(
        start=1 if start is None else start,
        form=value(form) or "decimal",
        text=value(child(element, "w:lvlText"))[:_LONGEST_TEXT],
        gap=value(child(element, "w:suff")) != "nothing",
        restart=number(child(element, "w:lvlRestart")),
        legal=is_on(child(element, "w:isLgl")),
        style=value(child(element, "w:pStyle")),
        font=value(fonts, "ascii"),
    )
