"""Annexes and numbered tables (附件与附表): R26 and R22.

What is listed or referred to has to be there, under its name, with something
in it. A picture has no text: an annex that seems empty is a question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_HAN = "一二三四五六七八九十"
_LEAST_TABLES = 3
_LEAST_ANNEXES = 2
_ALIKE = 0.7
_LEAST_TITLE = 6
_LINES_OF_A_LIST = 80


@dataclass(frozen=True)
class _Words:
    list: re.Pattern[str]
    item: re.Pattern[str]
    heading: re.Pattern[str]
    sends_to: re.Pattern[str]
    signs: re.Pattern[str]
    refers: re.Pattern[str]
    caption: re.Pattern[str]
    tail: re.Pattern[str]
    continued: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("annexes.toml").read_text(encoding="utf-8")
    return _Words(**{name: re.compile(words) for name, words in tomllib.loads(text).items()})


@dataclass(frozen=True, slots=True)
class _Annex:
    """An annex as listed, or its heading (附件)."""

    number: int
    title: str
    place: Place


def check(view: View, pen: Pen) -> None:
    """Compare the annexes and tables that a report names with those it has."""
    for document in view.documents:
        if document.kind == CASE:
            continue
        passages = [each for each in view.passages if each.document is document]
        listed, after = _listed(passages)
        headings = [each for each in _headings(passages) if each.place.passage.index >= after]
        _compare(listed, headings, pen)
        _empty(headings, passages, pen)
        first = headings[0].place.passage.index if headings else None
        body = [p for p in passages if first is None or p.index < first]
        _sent_to({*listed, *(heading.number for heading in headings)}, body, pen)
        _tables(body, pen)


def _listed(passages: list[Passage]) -> tuple[dict[int, _Annex], int]:
    """Return the list of annexes by number, and the passage behind it."""
    for start, passage in enumerate(passages):
        match = _words().list.match(passage.text) if passage.cell is None else None
        if match is None:
            continue
        if not match[0].endswith("：") or passage.text.endswith("："):
            lines = passages[start : start + _LINES_OF_A_LIST]
            found = _items(lines, match.end())
            if found:
                last = max(annex.place.passage.index for annex in found.values())
                return found, last + 1
    return {}, 0


def _items(lines: list[Passage], start: int) -> dict[int, _Annex]:
    """Read 1．… 2．… of a list of annexes; a long title goes on in the next line."""
    found: dict[int, _Annex] = {}
    number = 1 if lines[0].text[start:] else 0
    if number:
        found[1] = _Annex(1, lines[0].text[start:], Place(lines[0], start, len(lines[0].text)))
    for line in lines[1:]:
        match = _words().item.match(line.text)
        if line.cell is not None or (not match and _words().signs.search(line.text)):
            break
        if match:
            number = int(match["number"])
            found[number] = _Annex(number, match["title"], Place(line, *match.span("title")))
        elif number:
            found[number] = _Annex(number, found[number].title + line.text, found[number].place)
    return found


def _headings(passages: list[Passage]) -> Iterator[_Annex]:
    """Yield the headings of annexes; one that stands twice in a row counts once."""
    last = 0
    for passage in passages:
        match = _words().heading.match(passage.text) if passage.cell is None else None
        if match:
            number = _whole(match["number"])
            if number != last:
                yield _Annex(number, match["title"], Place(passage, 0, len(passage.text)))
            last = number


def _whole(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, _, ones = number.rpartition("十")
    if "十" not in number:
        return _HAN.index(number[-1]) + 1
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)


def _compare(listed: dict[int, _Annex], headings: list[_Annex], pen: Pen) -> None:
    if not listed or not headings:
        return
    there = {heading.number: heading for heading in headings}
    missing = [annex for number, annex in listed.items() if number not in there]
    if missing:
        numbers = "、".join(str(annex.number) for annex in missing)
        pen.find(
            "R26",
            Severity.QUESTION,
            f"附件清单列有附件{numbers}，文中没有以此为题的附件；如为图片或另附，请核对是否齐全。",
            [annex.place for annex in missing],
        )
    for number, heading in there.items():
        annex = listed.get(number)
        if annex is None:
            message = f"附件{number}“{heading.title}”不在附件清单中。"
            pen.find("R26", Severity.QUESTION, message, [heading.place])
        elif not _is_same(annex.title, title := _own_title(heading.title, annex.title)):
            pen.find(
                "R22",
                Severity.QUESTION,
                f"附件{number}在清单中为“{annex.title}”，在附件处为“{title}”，名称不一致。",
                [heading.place, annex.place],
            )


def _own_title(heading: str, listed: str) -> str:
    """Return the title of a heading with which layout joined the one of its form."""
    rest = heading.removesuffix(listed)
    return rest if rest != heading and containment(rest, listed) >= _ALIKE else heading


def _is_same(listed: str, heading: str) -> bool:
    """Say whether two titles are the same, one a part of the other.

    Layout may have joined the heading to what follows: then it begins as the
    listed title ends.
    """
    left, right = bare(listed), bare(heading)
    if left in right or right in left:
        return True
    return any(left.endswith(right[:size]) for size in range(_LEAST_TITLE, len(right)))


def _empty(headings: list[_Annex], passages: list[Passage], pen: Pen) -> None:
    """Find annexes that end where they begin."""
    if not headings:
        return
    position = {passage.index: index for index, passage in enumerate(passages)}
    ends = [position[each.place.passage.index] for each in headings[1:]] + [len(passages)]
    empty = [
        heading
        for heading, end in zip(headings, ends, strict=True)
        if not any(
            passage.text and not _words().heading.match(passage.text)
            for passage in passages[position[heading.place.passage.index] + 1 : end]
        )
    ]
    # Headings in a row are a list of annexes, not annexes.
    if len(empty) * 2 > len(headings) and len(empty) > 1:
        return
    if not empty:
        return
    named = "、".join(f"附件{heading.number}“{heading.title}”" for heading in empty)
    pen.find(
        "R26",
        Severity.QUESTION,
        f"{named}题下没有文字；如为图片，请核对内容是否齐全。",
        [heading.place for heading in empty],
    )


def _sent_to(there: set[int], passages: list[Passage], pen: Pen) -> None:
    """Find annexes that the text sends to and that neither list nor heading names."""
    if len(there) < _LEAST_ANNEXES:
        return
    absent: dict[int, list[Place]] = {}
    for passage in passages:
        if "附" not in passage.text:
            continue
        for match in _words().sends_to.finditer(passage.text):
            number, (start, end) = _whole(match["number"]), match.span("number")
            if number in there:
                pen.consistent("R26", [f for f in passage.figures if start <= f.start < end])
            else:
                absent.setdefault(number, []).append(Place(passage, *match.span()))
    for number, places in absent.items():
        pen.find(
            "R26",
            Severity.QUESTION,
            f"文中说见附件{number}，清单和题名中都没有附件{number}。",
            places,
        )


def _tables(passages: list[Passage], pen: Pen) -> None:
    """Look at the numbers of tables and figures, and at what refers to them."""
    captions: dict[str, dict[str, list[Place]]] = {}
    titles: dict[Place, str] = {}
    for place, kind, number, title in _captions(passages):
        captions.setdefault(kind, {}).setdefault(number, []).append(place)
        titles[place] = title
    for kind, found in captions.items():
        if len(found) >= _LEAST_TABLES:
            _twice(kind, found, titles, pen)
            _gaps(kind, found, pen)
            _referred(kind, found, passages, pen)


def _captions(passages: list[Passage]) -> Iterator[tuple[Place, str, str, str]]:
    for passage in passages:
        if passage.cell is not None:
            continue
        match = _words().caption.match(passage.text)
        if match and not _words().continued.search(passage.text):
            yield (
                Place(passage, 0, len(passage.text)),
                match["kind"],
                match["number"],
                match["title"],
            )
        elif not match:
            tail = _words().tail.search(passage.text)
            if tail and not _words().refers.search(passage.text, max(tail.start() - 4, 0)):
                yield Place(passage, *tail.span()), tail["kind"], tail["number"], ""


def _twice(kind: str, found: dict[str, list[Place]], titles: dict[Place, str], pen: Pen) -> None:
    for number, places in found.items():
        named = {bare(titles[place]): place for place in places if titles[place]}
        if len(named) > 1:
            said = "”与“".join(titles[place] for place in named.values())
            pen.find(
                "R22",
                Severity.QUESTION,
                f"两处都编为{kind}{number}：“{said}”。",
                named.values(),
            )


def _gaps(kind: str, found: dict[str, list[Place]], pen: Pen) -> None:
    """Find numbers that a run of tables leaves out."""
    there = sorted(int(number) for number in found if number.isdigit())
    if len(there) < _LEAST_TABLES or there[0] != 1:
        return
    missing = sorted(set(range(1, there[-1])) - set(there))
    if missing and len(missing) * 4 <= len(there):
        behind = str(next(number for number in there if number > missing[0]))
        before = str(max(number for number in there if number < missing[0]))
        pen.find(
            "R22",
            Severity.QUESTION,
            f"{kind}的编号不连续，没有{kind}{'、'.join(map(str, missing))}。",
            [found[behind][0], found[before][0]],
        )


def _referred(kind: str, found: dict[str, list[Place]], passages: list[Passage], pen: Pen) -> None:
    """Find references to tables that are not there; those that are agree."""
    absent: dict[str, list[Place]] = {}
    for passage in passages:
        if kind not in passage.text:
            continue
        for match in _words().refers.finditer(passage.text):
            if match["kind"] != kind:
                continue
            if match["number"] in found:
                start, end = match.span("number")
                figures = [f for f in passage.figures if start <= f.start < end]
                pen.consistent("R22", figures)
            else:
                absent.setdefault(match["number"], []).append(Place(passage, *match.span()))
    for number, places in absent.items():
        pen.find(
            "R22",
            Severity.QUESTION,
            f"文中说见{kind}{number}，而没有{kind}{number}。",
            places,
        )
