"""Sums in sentences (分项合计): parts behind 其中, and parts before 共计.

R10. Parts that add up are verified. More than the whole is an error; less may
be meant, for 其中 need not name everything. R14 for counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.doctor.arithmetic import half_step, printed_as
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View

_OF_WHICH = re.compile("其中|包括|包含|分别为")
_WHOLE_BEFORE = re.compile(f"(?P<whole>{NUMBER})[^。；{NUMBER}]{{0,12}}[，。；（]?$")
_IN_ALL = re.compile(
    f"(?:共计|合计|总计|共有|总共|共|总分|总得分)[^。；，{NUMBER}]{{0,10}}(?P<whole>{NUMBER})"
)
_END = re.compile("[。；！？]")
_BOUNDS = (Kind.TARGET, Kind.RANGE)
_LINK = re.compile("(?:为|是|共|有|：|数)+$")
_NEAR = 20
"""Characters between the last part and the words that say in all."""
_FULL_MARKS = 100
_MANY = 3
"""So many parts are likely meant to be all."""
_NESTED = re.compile("包括|其中|含")
_OVERLAP = re.compile(
    "党员|女|男|少数民族|学历|本科|研究生|职称|岁|以上|以下|采购|同时|另|累计|较|比|占|剩余|结余|结转"
)
"""Parts that may be counted twice, or are no parts."""
_ENDING = 2
"""Characters on which the names of fellow parts end alike: 行政编制, 事业编制."""
_EXHAUSTIVE = re.compile(
    r"基本(?:支出)?.*项目(?:支出)?|项目(?:支出)?.*基本(?:支出)?|本级.*上级|上级.*本级"
    r"|财政拨款.*其他|中央.*省|收入.*结转|预算.*结转|人员经费.*公用经费|男.*女"
)
"""Parts that leave nothing out."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole with its parts (总分关系)."""

    whole: Figure
    parts: tuple[Figure, ...]
    words: str
    apart: bool
    """The parts begin a sentence of their own: what they are parts of is a guess."""
    bracketed: bool = False
    """The parts stand in brackets with nothing else: all of them are parts."""


def check(view: View, pen: Pen) -> None:
    """Add up the parts of every sentence that breaks a number down."""
    for passage in view.passages:
        if len(passage.claims) < 3:
            continue
        for breakdown in _of_which(passage):
            _add_up(passage, breakdown, pen, closed=False)
        for breakdown in _in_all(passage):
            _add_up(passage, breakdown, pen, closed=True)


def _of_which(passage: Passage) -> Iterator[Breakdown]:
    """Yield the wholes before 其中 with the parts behind it."""
    skeleton = passage.skeleton
    for match in _OF_WHICH.finditer(skeleton.text):
        before = _WHOLE_BEFORE.search(skeleton.text, max(match.start() - _NEAR, 0), match.start())
        if before is None:
            continue
        stop = _END.search(skeleton.text, match.end())
        end = stop.start() if stop else len(skeleton.text)
        closing = skeleton.text.find("）", match.end())
        bracketed = skeleton.text.count("（", before.start(), match.start()) == 1 and closing > 0
        end = min(end, closing) if bracketed else end
        nested = _NESTED.search(skeleton.text, match.end(), end)
        end = nested.start() if nested else end
        whole = skeleton.figure_at(before.start("whole"))
        inside = _between(passage, match.end(), end)
        parts = _alike(whole, inside, passage)
        if parts:
            apart = "。" in skeleton.text[before.start() : match.start()]
            words = skeleton.text[match.end() : end]
            bracketed = bracketed and len(parts) == len(inside)
            yield Breakdown(whole, tuple(parts), words, apart, bracketed)


def _in_all(passage: Passage) -> Iterator[Breakdown]:
    """Yield the parts of a sentence that ends in 共计 with its whole."""
    skeleton = passage.skeleton
    for match in _IN_ALL.finditer(skeleton.text):
        ends = [m.end() for m in _END.finditer(skeleton.text, 0, match.start())]
        start = ends[-1] if ends else 0
        inside = _between(passage, start, match.start())
        whole = skeleton.figure_at(match.start("whole"))
        parts = _alike(whole, inside, passage)
        last = skeleton.starts[skeleton.figures.index(parts[-1])] if parts else 0
        if len(parts) > 1 and len(parts) == len(inside) and match.start() - last <= _NEAR:
            yield Breakdown(whole, tuple(parts), skeleton.text[start : match.start()], apart=False)


def _between(passage: Passage, start: int, end: int) -> list[Figure]:
    skeleton = passage.skeleton
    return [
        figure
        for at, figure in zip(skeleton.starts, skeleton.figures, strict=True)
        if start <= at < end
    ]


def _alike(whole: Figure, parts: list[Figure], passage: Passage) -> list[Figure]:
    """Return the parts up to the first that is of another kind than the whole."""
    kept: list[Figure] = []
    for part in parts:
        bare = not part.unit and part.kind is Kind.QUANTITY
        if (part.dimension != whole.dimension and not bare) or part.kind in _BOUNDS:
            break
        if (part.unit in ("%", "‰")) != (whole.unit in ("%", "‰")):
            break
        if _is_inside_brackets(passage.text, part):
            continue
        kept.append(part)
    return kept


def _in_unit_of(whole: Figure, part: Figure) -> Figure:
    """Give a part without a unit that of its whole: 56 万元（其中：上级 40，本级 16）."""
    if part.unit or part.dimension == whole.dimension:
        return part
    return replace(part, factor=whole.factor, dimension=whole.dimension)


def _is_inside_brackets(text: str, figure: Figure) -> bool:
    """Say whether a number stands in brackets of its own: 13 名（含 3 名）."""
    before = text[: figure.start]
    opened = before.rfind("（")
    return opened > before.rfind("）") and not re.match(r"（?(?:其中|包括)", before[opened:])


def _add_up(passage: Passage, found: Breakdown, pen: Pen, *, closed: bool) -> None:
    whole, parts = found.whole, tuple(_in_unit_of(found.whole, part) for part in found.parts)
    shortest = len(parts) if found.bracketed else 1
    for end in range(len(parts), shortest - 1, -1):
        if sum((part.base for part in parts[:end]), Fraction(0)) == whole.base:
            pen.verified("R10", [whole, *found.parts[:end]])
            return
    total = sum((part.base for part in parts), Fraction(0))
    slack = sum(map(half_step, parts), half_step(whole))
    complete = len(parts) > 1 and (closed or bool(_EXHAUSTIVE.search(found.words)))
    complete = complete or (whole.unit == "分" and whole.value == _FULL_MARKS and len(parts) > 1)
    near = abs(total - whole.base) <= slack
    many = len(parts) >= _MANY
    if not (complete or near or many or total > whole.base):
        return
    if found.apart or (near and len(parts) == 1):
        return
    everything = [whole, *found.parts]
    finest = max(everything, key=lambda figure: figure.places)
    difference = printed_as(abs(total - whole.base), finest)
    maybe = "，可能是四舍五入" if near else ""
    pen.find(
        "R10",
        Severity.ERROR
        if not near and (complete or (total > whole.base and _are_fellows(passage, found)))
        else Severity.QUESTION,
        f"分项之和为{printed_as(total, finest)}，与总数{whole.text}相差{difference}{maybe}。",
        [place_of(passage, whole), place_of(passage, *found.parts)],
        computed="+".join(part.digits for part in parts) + f"={printed_as(total, finest)}",
        figures=everything,
    )


def _are_fellows(passage: Passage, found: Breakdown) -> bool:
    """Say whether the parts are named alike, so that none can be counted twice."""
    if _OVERLAP.search(found.words):
        return False
    if len(found.parts) == 1:
        return True
    previous, names = found.whole.end, []
    for part in found.parts:
        words = re.split("[，。；、：（）和及]", passage.text[previous : part.start])
        names.append(_LINK.sub("", words[-1]))
        previous = part.end
    return len({name[-_ENDING:] for name in names}) == 1 and all(names)
