"""Findings of one cause (同一问题): several checks that see one slip say it once.

Two findings are one where their rules look for the same kind of thing, they share a
place, and their numbers are the same; or they accuse the same number, and the numbers
of the one are among those of the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from steelyard.doctor.finding import Finding, Place, Severity

_FAMILIES = (
    # What is worked out, and what is compared.
    frozenset({"R01", "R02", "R03", "R05", "R09", "R10"}),
    frozenset({"R04", "R05", "R11", "R12", "R16", "R30"}),
    frozenset({"R17"}),
    frozenset({"R19"}),
)
_ORDER = list(Severity)


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that say again what another says, the gravest kept."""
    found: list[Finding] = []
    by_passage: dict[int, list[int]] = {}
    for each in _alike(findings):
        near = {at for place in each.places for at in by_passage.get(place.passage.index, ())}
        home = next((at for at in sorted(near) if _is_one(found[at], each)), None)
        if home is None:
            home = len(found)
            found.append(each)
        else:
            found[home] = _together(found[home], each)
        for place in each.places:
            homes = by_passage.setdefault(place.passage.index, [])
            if home not in homes:
                homes.append(home)
    return found


def _alike(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings that say the same of several places as one."""
    found: dict[tuple[object, ...], Finding] = {}
    for each in findings:
        key = (each.rule, each.severity, each.message, each.computed)
        known = found.get(key)
        found[key] = each if known is None else _together(known, each)
    return list(found.values())


def _is_one(one: Finding, other: Finding) -> bool:
    if not any(one.rule in family and other.rule in family for family in _FAMILIES):
        return False
    if not any(_overlap(a, b) for a in one.places for b in other.places):
        return False
    left, right = _values(one), _values(other)
    if not (left and right):
        return False
    accused = _overlap(one.places[0], other.places[0])
    return left == right or (accused and (left <= right or right <= left))


def _overlap(one: Place, other: Place) -> bool:
    return one.passage is other.passage and one.start < other.end and other.start < one.end


def _values(finding: Finding) -> frozenset[Fraction]:
    """Return the numbers at the places of a finding, as printed."""
    return frozenset(
        figure.value
        for place in finding.places
        for figure in place.passage.figures
        if place.start <= figure.start < place.end
    )


def _together(one: Finding, other: Finding) -> Finding:
    """Return the graver of two findings, with the places and numbers of both."""
    main, more = sorted((one, other), key=lambda each: _ORDER.index(each.severity))
    return replace(
        main,
        places=tuple(dict.fromkeys((*main.places, *more.places))),
        figures=tuple(dict.fromkeys((*main.figures, *more.figures))),
        computed=main.computed or more.computed,
        score=main.score or more.score,
    )
