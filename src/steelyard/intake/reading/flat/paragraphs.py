"""Wrapped lines as paragraphs again (合段).

A line that is nearly full goes on in the next one. How wide full is shows in the
lines around it: a page may hold texts of several widths. A text whose lines are
paragraphs already has no such width and stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from steelyard.intake.reading.document import Paragraph, Role
from steelyard.intake.reading.flat.atoms import lead_width, woven
from steelyard.intake.reading.flat.lines import Line
from steelyard.intake.reading.flat.terms import bare
from steelyard.intake.reading.headings import TABLE_TITLE, heading_level, may_be_title

_NEAR = 12
"""Lines above and below that show how wide a full line is."""
_LONG = 36
"""Half characters: shorter lines are too often cells and headings."""
_SLACK = 3
"""Half characters by which full lines differ: punctuation is set narrower."""
_INDENT = 4
"""Half characters that the first line of a paragraph is shorter."""

_ENDED = re.compile(r"[。！？!?；;：:][”’）)》」]*$")
_AGAIN = 6
"""Characters by which a repeated title is known."""
_FORM = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]\s*\S")

_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"[（(][{_HAN}\d]{{1,3}}[）)]|[①-⑳]|\d{{1,2}}[．、](?!\d)|\d{{1,2}}\.(?!\d)|第[{_HAN}]{{1,3}}[章节条]"
    rf"|[{_HAN}]{{1,3}}、|[·•●■◆]|[图表]\s*\d{{1,3}}(?:[-—.．]\d{{1,2}})?\s+\S"
    r"|附[件表录]\s*\d{1,2}\s*[：:]|(?:目标|任务|问题|建议)\s*\d{1,2}\s*[：:．.、]"
)


def paragraphs_of(
    lines: Sequence[Line], measure: int | None, titles: frozenset[str] = frozenset()
) -> list[Paragraph]:
    """Return lines as paragraphs, each with a spot per line (分段).

    Args:
        lines: Lines in their order, all of running text.
        measure: Where the full lines of the whole text end, in half characters;
            None when its lines are paragraphs already.
        titles: What the contents name: such a line is whole.
    """
    found: list[Paragraph] = []
    group: list[Line] = []
    for index, line in enumerate(lines):
        first = len(group) == 1
        if group and (
            measure is None
            or (first and _is_whole_title(group[0], line, measure, titles))
            or not _goes_on(lines, index - 1, measure, first=first)
        ):
            found.append(_paragraph(group))
            group = []
        group.append(line)
    if group:
        found.append(_paragraph(group))
    return found


def measure_of(lines: Sequence[Line]) -> int | None:
    """Return where full lines end in a wrapped text, None for one that is not (行宽).

    Cut lines end inside a sentence and are equally long; paragraphs are not.
    """
    long = [line for line in lines if line.width >= _LONG and not line.contents]
    open_ended = [line.edge for line in long if not _ENDED.search(line.text)]
    if len(open_ended) < 2 or len(open_ended) * 5 < len(long):
        return None
    edges = Counter(open_ended)
    fullest = max(edges, key=lambda edge: (sum(edges[edge - less] for less in range(5)), edge))
    near = sum(edges[fullest - less] for less in range(5))
    return fullest if near * 4 >= len(open_ended) else None


_CALCULATES = re.compile(r"\d.*[=＝+＋×÷-]$")
"""A line that ends within a calculation."""


def begins_anew(line: Line) -> bool:
    """Say whether a line begins a paragraph by its first words."""
    text = line.text
    return bool(_MARK.match(text)) or bool(TABLE_TITLE.fullmatch(text)) or bool(heading_level(text))


def _is_whole_title(line: Line, after: Line, measure: int, titles: frozenset[str]) -> bool:
    """Say whether nothing of a title stands in the line after it.

    The contents name it so, or what follows says the title again or fills in a form.
    """
    heads = heading_level(line.text) > 0
    if heads and bare(line.text) in titles:
        return True
    full = line.edge >= measure - _INDENT - _SLACK
    if not heads and (full or not may_be_title(line.text)):
        return False
    title = bare(_MARK.sub("", line.text, count=1))
    again = len(title) > _AGAIN and bare(after.text).startswith(title[:_AGAIN])
    return again or bool(_FORM.match(after.text))


def _goes_on(lines: Sequence[Line], index: int, measure: int, *, first: bool) -> bool:
    """Say whether a line goes on in the next one."""
    line, after = lines[index], lines[index + 1]
    if line.contents or after.contents:
        return False
    if _CALCULATES.search(line.text) and after.text[:1].isdigit():
        return True
    if begins_anew(after):
        return False
    near = lines[max(0, index - _NEAR) : index + _NEAR + 1]
    # Where blanks at the front are lost, a first line only looks shorter.
    indent = _INDENT if first and not any(each.indent for each in near) else 0
    full = _full_edge(near, line)
    if heading_level(line.text) or full is None:
        full = measure if full is None or full < measure else full
    open_ended = not _ENDED.search(line.text)
    slack = indent + (_SLACK if open_ended else 0) + 1
    if line.edge + min(lead_width(after.text), 8) < full - slack:
        return False
    if after.indent >= line.indent + 2 and not first:
        return False  # only a first line stands further in
    if open_ended:
        return not (heading_level(line.text) and line.edge < full - _SLACK - indent)
    # A full last line looks like any other: the next one tells by its indent.
    if line.indent or after.indent:
        return after.indent < line.indent or (not first and after.indent == line.indent)
    if indent and line.edge < full - 1:
        return after.edge >= full - 1
    return not full - _INDENT - 1 <= after.edge <= full - _INDENT + 1


def _full_edge(near: Sequence[Line], line: Line) -> int | None:
    """Return where full lines end hereabouts, None when there are none."""
    if line.width < _LONG:
        return None
    edges = sorted((each.edge for each in near if each.edge >= line.edge - _SLACK), reverse=True)
    # One line that is wider than all others is a row, not the measure.
    for most, next_one in pairwise(edges):
        if most - next_one <= _SLACK:
            full = [edge for edge in edges if most - edge <= _SLACK]
            return full[len(full) // 2]
    return None


def _paragraph(group: Sequence[Line]) -> Paragraph:
    words = woven((line.text, line.number) for line in group)
    return Paragraph(words, Role.CONTENTS if group[0].contents else Role.BODY)
