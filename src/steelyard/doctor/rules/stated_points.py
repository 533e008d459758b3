"""Announced points (归纳的条数): R14.

存在以下四个方面的问题 is followed by that many points: numbered headings, or
paragraphs that begin with their number.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.lists import mark_of, number_of
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_LONGEST = 60
"""Characters of a sentence that only announces."""
_FURTHEST = 400
"""Passages in which the points stand."""


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = resources.files(__package__).joinpath("lists.toml").read_text(encoding="utf-8")
    return {name: re.compile(tomllib.loads(text)[name]) for name in ("problems", "states")}


def check(view: View, pen: Pen) -> None:
    """Compare every announced number of points with the points below."""
    for document in view.documents:
        if document.kind == CASE:
            continue
        own = [each for each in view.passages if each.document is document]
        for position, passage in enumerate(own):
            if passage.cell is None and not passage.is_heading:
                _hold(own, position, pen)


def _hold(passages: list[Passage], position: int, pen: Pen) -> None:
    passage = passages[position]
    match = _words()["states"].search(passage.text)
    if match is None:
        return
    announces = passage.text.endswith("：") and len(passage.text) <= _LONGEST
    under = bool(passage.section and _words()["problems"].search(passage.section[-1]))
    if not announces and not (under and not mark_of(passage)):
        return
    points = _points(passages, position)
    stated = number_of(match["count"])
    figures = [f for f in passage.figures if match.start("count") <= f.start < match.end("count")]
    if len(points) < 2:
        return
    if len(points) == stated:
        pen.verified("R14", figures)
        return
    # A sentence that ends on a colon announces nothing else.
    pen.find(
        "R14",
        Severity.ERROR if announces else Severity.QUESTION,
        f"写明“{match[0]}”，而下面列出{len(points)}条。",
        [
            Place(passage, *match.span()),
            *(Place(each, 0, min(len(each.text), _LONGEST)) for each in (points[0], points[-1])),
        ],
        computed=f"{len(points)}≠{stated}",
        figures=figures,
    )


def _points(passages: list[Passage], position: int) -> list[Passage]:
    """Return the passages that begin with 1, 2, 3 … in one style behind an announcement."""
    found: list[Passage] = []
    level = 0
    home = passages[position].section
    for passage in passages[position + 1 : position + _FURTHEST]:
        mark = mark_of(passage) if passage.cell is None else None
        left = passage.section[: len(home)] != home
        outer = passage.is_heading and (mark is None or (level and mark[0] < level))
        if left or (outer and found):
            break
        if mark is None:
            if not found and passage.is_heading:
                break
            continue
        if not found:
            if mark[1] != 1:
                break
            level = mark[0]
        if mark[0] < level or (mark[0] == level and mark[1] != len(found) + 1):
            break
        if mark[0] == level:
            found.append(passage)
    return found
