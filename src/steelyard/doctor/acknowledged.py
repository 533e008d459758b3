"""Errors that the report itself points out (已指出): no errors of the report.

An evaluation reprints what a department filled in, slips and all, and says in
its findings that they are slips. Who reads on knows; there is nothing to mend.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.quantities.likeness import containment
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import View

_NAMED = re.compile(r"“([^”]{2,60})”")
_LIKE = 0.6
_COMPARED = ("R11", "R12", "R16")
_REASON = re.compile(
    "小数取舍|四舍五入|尾差|口径不(?:同|一)|统计口径|差异(?:系|是|原因|主要)|"
    "相差[^。]{0,20}(?:系|原因|因为|由于)|(?:多|少)[^。；]{0,12}(?:系|属|原因|因为|由于)"
    "|单位(?:有误|误|错|应为|印)|(?:应为|应是)[^，。；]{0,12}(?:万元|亿元|元)"
)


def with_acknowledged(view: View, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; errors that the report points out elsewhere become hints."""
    quoted = _quoted(view)
    explained = _explained(view)
    for finding in findings:
        if finding.rule in _COMPARED and _is_explained(finding, explained):
            yield replace(
                finding,
                severity=Severity.HINT,
                message=f"{finding.message}文中已说明差异的原因。",
            )
        elif finding.severity is Severity.ERROR and _is_pointed_out(finding, quoted):
            yield replace(
                finding,
                severity=Severity.HINT,
                message=f"{finding.message}报告在别处已经指出。",
            )
        else:
            yield finding


def _explained(view: View) -> list[frozenset[tuple[str, str]]]:
    """Return the numbers of each paragraph that says why numbers differ, or a unit is wrong.

    What it speaks of may stand in the paragraph before.
    """
    found = []
    for before, passage in pairwise(view.passages):
        if passage.cell is None and _REASON.search(passage.text):
            own = (*before.claims, *passage.claims) if before.cell is None else passage.claims
            if any(figure in passage.claims for figure in own):
                found.append(frozenset((figure.digits, figure.unit) for figure in own))
    return found


def _is_explained(finding: Finding, explained: list[frozenset[tuple[str, str]]]) -> bool:
    """Say whether one paragraph names the numbers that differ and says why."""
    compared = [
        next((f for f in place.passage.claims if place.start <= f.start < place.end), None)
        for place in finding.places[:2]
    ]
    one, other = [*compared, None, None][:2]
    if one is None or other is None or one is other:
        return False
    return any(
        (one.digits, one.unit) in numbers and any(digits == other.digits for digits, _ in numbers)
        for numbers in explained
    )


def _quoted(view: View) -> dict[str, list[tuple[int, str]]]:
    """Return the sentences about others' figures by each number in them."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for passage in view.passages:
        for figure in passage.claims:
            if is_quoted(passage, figure.start):
                found[figure.digits + figure.unit].append((passage.index, passage.text))
    return found


def _is_pointed_out(finding: Finding, quoted: dict[str, list[tuple[int, str]]]) -> bool:
    first = finding.places[0]
    names = [*_NAMED.findall(finding.message), *first.passage.section[-1:]]
    shown = [each for each in finding.figures if each.start == first.start]
    for figure in shown:
        for index, sentence in quoted.get(figure.digits + figure.unit, ()):
            if index != first.passage.index and any(
                containment(name, sentence) >= _LIKE for name in names
            ):
                return True
    return False
