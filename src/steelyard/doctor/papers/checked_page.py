"""The documents as one page, checked (核对页): numbers by state, findings in the margin.

The page stands alone: style and script are inside it, nothing is fetched. It
may be sent, printed and opened from a disk.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import SEVERITY_NAMES
from steelyard.doctor.ledger import STATE_NAMES, State
from steelyard.doctor.papers.catalogue import GROUPS
from steelyard.doctor.papers.marked_text import SEVERITY_CLASSES, STATE_CLASSES
from steelyard.doctor.papers.page_blocks import note_of, sheets
from steelyard.doctor.papers.sentences import coverage, effect_of, share, tally
from steelyard.doctor.papers.summary import Summary, summary_of
from steelyard.doctor.view.figure import KIND_NAMES

_HOME = Path(__file__).parent / "templates"
_ORDER = (State.VERIFIED, State.CONSISTENT, State.CONTRADICTED, State.UNCHECKED)
_BAR = 1000
"""Width of the bar of coverage in its own units."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of the bar of coverage (一段)."""

    look: str
    name: str
    count: int
    share: str
    start: int
    length: int


def checked_page(examination: Examination, *, errors_only: bool = False) -> str:
    """Return the documents as one HTML page with what was found (核对页).

    Args:
        examination: What came out.
        errors_only: Leave questions and hints out.

    Returns:
        The page; to be written as UTF-8. The same examination always gives
        the same page.
    """
    environment = Environment(
        loader=FileSystemLoader(_HOME),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    summary = summary_of(examination, errors_only=errors_only)
    documents = examination.view.documents
    style = (_HOME / "checked.css").read_text(encoding="utf-8")
    script = (_HOME / "checked.js").read_text(encoding="utf-8")
    several = len(documents) > 1
    return environment.get_template("checked.html.jinja").render(
        documents=documents,
        summary=summary,
        coverage=coverage(summary),
        tally=tally(summary),
        effects=[
            *([summary.effect] if summary.effect else []),
            *(effect_of(each) for each in summary.reckoned),
        ],
        bar=tuple(_bar(summary)),
        kinds=tuple(_kinds(summary)),
        states=[STATE_NAMES[state] for state in _ORDER],
        severity_names=SEVERITY_NAMES,
        severity_classes=SEVERITY_CLASSES,
        group_numbers={group: number for number, group in enumerate(GROUPS)},
        groups=summary.groups(),
        kinds_of_check=[(kind, counts.total()) for kind, counts in summary.kinds().items()],
        homeless=[
            note_of(each, 0, several=several) for each in summary.findings if not each.places
        ],
        sheets=sheets(examination, summary),
        style=Markup(style),  # noqa: S704 - our own file, no word of a document in it
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_digest(style),
        script_hash=_digest(script),
        version=version("steelyard"),
    )


def _bar(summary: Summary) -> Iterator[Stretch]:
    total = max(summary.total, 1)
    done = 0
    for state in _ORDER:
        count = summary.claims[state]
        start, done = done, done + count
        yield Stretch(
            STATE_CLASSES[state],
            STATE_NAMES[state],
            count,
            share(count, summary.total),
            start * _BAR // total,
            done * _BAR // total - start * _BAR // total,
        )


def _kinds(summary: Summary) -> Iterator[tuple[str, int, list[int]]]:
    for kind, name in KIND_NAMES.items():
        if kind in summary.by_kind:
            states = summary.by_kind[kind]
            yield name, states.total(), [states[state] for state in _ORDER]


def _digest(text: str) -> str:
    """Return the digest by which the policy of the page admits a style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
