"""Errors that the report itself points out (已指出): no errors of the report.

An evaluation reprints what a department filled in, slips and all, and says in
its findings that they are slips. Who reads on knows; there is nothing to mend.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.quantities.likeness import containment
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import View

_NAMED = re.compile(r"“([^”]{2,60})”")
_LIKE = 0.6


def with_acknowledged(view: View, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; errors that the report points out elsewhere become hints."""
    quoted = _quoted(view)
    for finding in findings:
        if finding.severity is Severity.ERROR and _is_pointed_out(finding, quoted):
            yield replace(
                finding,
                severity=Severity.HINT,
                message=f"{finding.message}报告在别处已经指出。",
            )
        else:
            yield finding


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
