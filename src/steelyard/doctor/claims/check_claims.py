"""Claims held against the text (论断核对)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from steelyard.doctor.arithmetic import agreement, in_figures, printed_as, worked_out
from steelyard.doctor.claims.claim import Claim, claims
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import View

_FEWEST_SIGNS = 2


def check(view: View, pen: Pen) -> None:
    """Hold every sentence that is worded as a known claim against its formula."""
    for passage in view.passages:
        if len(passage.claims) < _FEWEST_SIGNS:
            continue
        skeleton = passage.skeleton.text
        for claim in claims():
            if skeleton.count(NUMBER) < len(claim.slots):
                continue
            for figures in _matches(claim, passage):
                _hold(claim, passage, figures, pen)


def _matches(claim: Claim, passage: Passage) -> Iterator[dict[str, Figure]]:
    skeleton = passage.skeleton
    offset = 0
    while match := claim.pattern.search(skeleton.text, offset):
        figures = _slots(claim, passage, match)
        if figures is None:
            offset = match.start() + 1
            continue
        yield figures
        offset = match.end() if claim.repeats else _end_of_sentence(skeleton.text, match.end())


def _slots(claim: Claim, passage: Passage, match: re.Match[str]) -> dict[str, Figure] | None:
    found = {}
    for slot in claim.slots:
        start = match.start(slot.name)
        if start < 0:
            return None
        figure = passage.skeleton.figure_at(start)
        if not slot.fits(figure):
            return None
        wanted = match[claim.units[slot.name]] if slot.name in claim.units else ""
        if not figure.unit.endswith(wanted):
            return None
        found[slot.name] = figure
    return found


def _end_of_sentence(text: str, offset: int) -> int:
    match = re.compile("[。；！？]").search(text, offset)
    return match.end() if match else len(text)


def _hold(claim: Claim, passage: Passage, figures: dict[str, Figure], pen: Pen) -> None:
    inputs = dict(figures)
    printed = inputs.pop(claim.printed)
    if printed.about or is_quoted(passage, printed.start):
        return
    everything = list(figures.values())
    found = agreement(claim.formula, inputs, printed)
    if found == "exact" or any(
        agreement(reading, inputs, printed) == "exact" for reading in claim.readings
    ):
        pen.verified(claim.rule, everything)
        return
    meant = _meant(claim, inputs, printed)
    if meant is None:
        return
    formula, computed = meant
    right = printed_as(computed, printed)
    severity = claim.severity
    if found == "rounded" or (claim.alone and _has_fellows(passage, inputs)):
        severity = max(severity, Severity.QUESTION, key=list(Severity).index)
    sum_text = f"{in_figures(formula, inputs)}={right}"
    pen.find(
        claim.rule,
        severity,
        f"{claim.title}印作{printed.digits}{printed.unit}，按同一句的数应为{right}。",
        [place_of(passage, printed), place_of(passage, *everything)],
        computed=sum_text,
        figures=everything,
    )


def _meant(claim: Claim, inputs: dict[str, Figure], printed: Figure) -> tuple[str, Fraction] | None:
    """Return the reading that comes nearest to what is printed, with its result."""
    values = {name: each.base for name, each in inputs.items()}
    found = [(each, worked_out(each, values)) for each in (claim.formula, *claim.readings)]
    worked = [(formula, value) for formula, value in found if value is not None]
    return min(worked, key=lambda each: abs(each[1] - printed.base), default=None)


def _has_fellows(passage: Passage, inputs: dict[str, Figure]) -> bool:
    """Say whether another amount of the kind goes before in the sentence: a part beside it."""
    first = min(inputs.values(), key=lambda each: each.start)
    start = next(s for s, e in passage.sentences() if s <= first.start < e)
    return any(
        each.dimension == first.dimension and each.unit not in ("%", "‰")
        for each in passage.figures_in(start, first.start)
    )
