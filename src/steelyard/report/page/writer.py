"""The report as one HTML file (网页报告): read like paper, every figure a door.

The file stands alone as the proof page does, and holds the same drawer. A
masked copy holds no proof: its records could name those who were masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from steelyard.checks.sentence import sentence
from steelyard.evaluation.evaluation import Outcome
from steelyard.report.model.blocks import Contents, Document, Missing
from steelyard.report.page.parts import Layout, entries, gap_id
from steelyard.report.proof.alone import page_alone
from steelyard.report.proof.drawer import Asked, addresses, drawer
from steelyard.report.proof.issues import issues_of
from steelyard.report.proof.text import Plain

_HOME = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class GapLine:
    """One line of the list of gaps: what, where, how to fill it."""

    missing: Missing
    href: str
    """Where it is marked; empty when nothing in the text marks it."""


def page_file(
    document: Document, outcome: Outcome | None, asked: Mapping[str, Asked] | None = None
) -> str:
    """Return a report as one HTML document (网页报告).

    Args:
        document: The report.
        outcome: What the evaluation came to: it gives the proofs behind the
            figures. Without it, and in a masked copy, figures are text.
        asked: Figures that the report computed besides, by their address.

    Returns:
        The document; to be written as UTF-8. The same report always gives the
        same page.
    """
    records: Plain | None = None
    doors: frozenset[str] = frozenset()
    if outcome is not None and not document.masked:
        records = _records(outcome, asked)
        doors = addresses(outcome, records)
    layout = Layout(document, doors)
    sections = layout.sections()
    return page_alone(
        "report.html.jinja",
        home=_HOME,
        styles=("drawer.css", "report.css"),
        scripts=("report.js",) if records is None else ("drawer.js", "report.js"),
        context={
            "document": document,
            "sections": sections,
            "entries": tuple(entries(document, _levels(document))),
            "gaps": tuple(_gap_line(missing, layout) for missing in document.gaps),
            "records": records,
        },
    )


def _records(outcome: Outcome, asked: Mapping[str, Asked] | None) -> Plain:
    """Return the records of the drawer, every check with its sentence."""
    records = drawer(outcome, issues_of(outcome), asked)
    checks = records["checks"]
    if isinstance(checks, list):
        for check, result in zip(checks, outcome.results, strict=True):
            check["sentence"] = sentence(result)
    return records


def _levels(document: Document) -> int:
    return next((b.levels for b in document.blocks() if isinstance(b, Contents)), 3)


def _gap_line(missing: Missing, layout: Layout) -> GapLine:
    marked = layout.gaps[missing.what] > 0
    return GapLine(missing, "#" + quote(gap_id(missing.what, 1)) if marked else "")
