"""Points in sentences and tables (分值与得分): R03, R04, R05, R14.

The same indicator has the same weight and score in its section, in the table of
its chapter, and in the annex; a chapter's sections add up to what the chapter
says, and the grade follows from the total.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from fractions import Fraction

from steelyard.doctor.arithmetic import same_amount, shown
from steelyard.doctor.finding import Place, ScoreEffect, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.subject.indicators import Amount, Entry, Indicator, indicators, words
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View
from steelyard.measure.rounding import half_unit

_PAIR = re.compile(
    f"(?:赋分|分值|满分|权重)(?:为)?(?P<points>{NUMBER})，(?:实际)?得分(?:为)?(?P<earned>{NUMBER})"
)
_TOTAL = re.compile(
    f"(?:最终|综合|评价|合计|总)(?:评价)?(?:得分|分)(?:为|：|共)*(?P<total>{NUMBER})"
)
_FEWEST = 2
_TABLE_PLACES = 6
_NEAR = 12
"""Characters between the last block and the total."""


def check(view: View, pen: Pen) -> None:
    """Compare points between sections, tables and chapters."""
    known = indicators(view)
    for indicator in known:
        _triples(indicator, pen)
        _agree(indicator, "points", "分值", pen)
        _agree(indicator, "earned", "得分", pen)
    _moved(known, pen)
    _blocks(view, known, pen)
    for passage in view.passages:
        if len(passage.claims) > _FEWEST:
            _listed(passage, pen)


def _triples(indicator: Indicator, pen: Pen) -> None:
    """Hold points, loss and score of a row or sentence against each other."""
    for entry in indicator.entries:
        if entry.points is None or entry.earned is None:
            continue
        points, earned = entry.points[1], entry.earned[1]
        if earned.value > points.value:
            pen.find(
                "R03",
                Severity.ERROR,
                f"“{indicator.name}”得分{earned.digits}高于分值{points.digits}。",
                [place_of(*entry.earned), place_of(*entry.points)],
                figures=[points, earned],
            )


def _moved(known: tuple[Indicator, ...], pen: Pen) -> None:
    """Tell of rows that bear each other's names, both in one finding."""
    found = [
        (entry, indicator)
        for indicator in known
        for entry in indicator.entries
        if entry.moved and entry.points is not None and entry.earned is not None
    ]
    found.sort(key=lambda each: (each[0].table, _row(each[0])))
    for (upper, one), (lower, other) in zip(found[::2], found[1::2], strict=False):
        amounts = [a for e in (upper, lower) for a in (e.points, e.earned) if a is not None]
        elsewhere = [a for each in (one, other) for a in (*each.points(), *each.earned())]
        others = [amount for amount in elsewhere if amount not in amounts]
        pen.find(
            "R22",
            Severity.ERROR,
            f"“{one.name}”与“{other.name}”两行的分值和得分在此表中互换了位置，与其余各处相反。",
            [place_of(*amount) for amount in (*amounts, *others)],
            figures=[figure for _, figure in amounts],
        )


def _row(entry: Entry) -> int:
    cell = entry.points[0].cell if entry.points is not None else None
    return cell.row if cell is not None else -1


def _agree(indicator: Indicator, key: str, what: str, pen: Pen) -> None:
    """Compare one amount of an indicator over all places."""
    said: list[tuple[Entry, Amount]] = [
        (entry, amount)
        for entry in indicator.entries
        if (amount := getattr(entry, key)) is not None
    ]
    groups: list[list[tuple[Entry, Amount]]] = []
    for each in said:
        home = next((g for g in groups if same_amount(g[0][1][1], each[1][1])), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    groups.sort(key=len, reverse=True)
    for group in groups:
        if len(group) > 1:
            pen.consistent("R04", [amount[1] for _, amount in group])
    for odd in groups[1:]:
        usual = groups[0]
        between_tables = all(entry.table for entry, _ in (*odd, *usual))
        if between_tables:
            continue
        (_, one), (_, other) = odd[0], usual[0]
        where = "正文" if not odd[0][0].table else "表中"
        pen.find(
            "R04",
            Severity.ERROR,
            f"“{indicator.name}”的{what}{where}为{one[1].digits}，"
            f"另{len(usual)}处为{other[1].digits}。",
            [place_of(*amount) for _, amount in (*odd, *usual)][:_TABLE_PLACES],
            figures=[amount[1] for _, amount in odd],
        )


Part = tuple[Indicator, Entry, Amount]


def _blocks(view: View, known: tuple[Indicator, ...], pen: Pen) -> None:
    """Add up the sections of a chapter and compare with what the chapter says of itself."""
    said: dict[str, list[tuple[Indicator, Entry]]] = defaultdict(list)
    for indicator in known:
        for entry in indicator.entries:
            if not entry.table:
                for name in entry.section:
                    said[name].append((indicator, entry))
    for passage in view.prose:
        if not passage.section or passage.section[-1] not in said:
            continue
        match = words().block.search(passage.skeleton.text)
        if match is None:
            continue
        below = said[passage.section[-1]]
        _chapter(passage, match, known, pen)
        for key, what in (("points", "分值"), ("earned", "得分")):
            claimed = passage.skeleton.figure_at(match.start(key))
            parts = [(i, e, a) for i, e in below if (a := getattr(e, key)) is not None]
            if len(parts) >= _FEWEST:
                _block(place_of(passage, claimed), claimed, parts, what, pen)


def _chapter(
    passage: Passage, match: re.Match[str], known: tuple[Indicator, ...], pen: Pen
) -> None:
    """Compare what a chapter says of itself with the row of the table of chapters."""
    named = [
        indicator
        for indicator in known
        if bare(indicator.name) and bare(passage.section[-1]).startswith(bare(indicator.name))
    ]
    for key, what in (("points", "分值"), ("earned", "得分")):
        claimed = passage.skeleton.figure_at(match.start(key))
        for indicator in named[:1]:
            said = indicator.points() if key == "points" else indicator.earned()
            said = [amount for amount in said if amount[0].cell is not None]
            if not said:
                continue
            if same_amount(said[0][1], claimed):
                pen.consistent("R04", [claimed, said[0][1]])
            else:
                pen.find(
                    "R04",
                    Severity.ERROR,
                    f"“{indicator.name}”的{what}本章印作{claimed.digits}，"
                    f"得分表为{said[0][1].digits}。",
                    [place_of(passage, claimed), place_of(*said[0])],
                    figures=[claimed, said[0][1]],
                )


def _block(place: Place, claimed: Figure, parts: list[Part], what: str, pen: Pen) -> None:
    added = sum((amount[1].value for _, _, amount in parts), Fraction(0))
    if added == claimed.value:
        pen.verified("R04", [claimed, *(amount[1] for _, _, amount in parts)])
        return
    # Scores are rounded one by one, and their sum may be that of the exact ones.
    places = max(claimed.places, *(amount[1].places for _, _, amount in parts))
    hidden = len(parts) * half_unit(places) if places else Fraction(0)
    if what == "得分" and abs(added - claimed.value) <= hidden:
        pen.consistent("R04", [claimed, *(amount[1] for _, _, amount in parts)])
        return
    culprits = [part for part in parts if _differs(part, what)]
    named = "、".join(f"“{indicator.name}”" for indicator, _, _ in culprits)
    because = f"；与得分表不同的是{named}" if named else ""
    stale = bool(culprits) and _as_in_tables(parts, what) == claimed.value
    if stale:
        because = f"，按得分表则相符：正文与得分表不一致的是{named}"
    chapter = place.passage.section[-1]
    shown_places = [place_of(*amount) for _, _, amount in culprits or parts[:1]]
    pen.find(
        "R04",
        Severity.ERROR if culprits else Severity.QUESTION,
        f"“{chapter}”各指标{what}之和为{shown(added)}，本章印作{claimed.digits}{because}。",
        [place, *shown_places],
        computed=f"{len(parts)}项之和{shown(added)}",
        figures=[claimed],
        score=ScoreEffect(chapter, claimed.value, added)
        if what == "得分" and culprits and not stale
        else None,
    )


def _as_in_tables(parts: list[Part], what: str) -> Fraction:
    """Return what the parts come to with the amounts that most tables give them.

    Where that is what the chapter says, sentences are stale and no score is wrong.
    """
    total = Fraction(0)
    for indicator, _, amount in parts:
        said = indicator.points() if what == "分值" else indicator.earned()
        tables = Counter(figure.value for passage, figure in said if passage.cell is not None)
        total += tables.most_common(1)[0][0] if tables else amount[1].value
    return total


def _differs(part: Part, what: str) -> bool:
    """Say whether a table gives an indicator another amount than its sentence."""
    indicator, _, amount = part
    others = indicator.points() if what == "分值" else indicator.earned()
    return any(not same_amount(other[1], amount[1]) for other in others)


def _listed(passage: Passage, pen: Pen) -> None:
    """Add up a sentence that lists points and scores of blocks before the total."""
    skeleton = passage.skeleton
    for total in _TOTAL.finditer(skeleton.text):
        start = skeleton.text.rfind("。", 0, total.start()) + 1
        pairs = list(_PAIR.finditer(skeleton.text, start, total.start()))
        if len(pairs) < _FEWEST or total.start() - pairs[-1].end() > _NEAR:
            continue
        claimed = skeleton.figure_at(total.start("total"))
        parts = [skeleton.figure_at(match.start("earned")) for match in pairs]
        added = sum((figure.value for figure in parts), Fraction(0))
        if added == claimed.value:
            pen.verified("R05", [claimed, *parts])
        else:
            _off(passage, claimed, parts, added, pen)


def _off(passage: Passage, claimed: Figure, parts: list[Figure], added: Fraction, pen: Pen) -> None:
    place: list[Place] = [place_of(passage, claimed), place_of(passage, *parts)]
    pen.find(
        "R05",
        Severity.ERROR,
        f"各部分得分之和为{shown(added)}分，总分印作{claimed.digits}分。",
        place,
        computed="+".join(figure.digits for figure in parts) + f"={shown(added)}",
        figures=[claimed, *parts],
    )
