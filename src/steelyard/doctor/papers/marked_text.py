"""Text with its numbers and places marked (标记的文字), ready for a page.

A number is a ``u`` whose class says what became of it. What a finding is about
is a ``mark`` that names the findings, and begins with their numbers as links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from steelyard.doctor.finding import SEVERITY_NAMES, Severity
from steelyard.doctor.ledger import STATE_NAMES, Entry, State
from steelyard.doctor.papers.summary import SEVERITIES, Noted
from steelyard.doctor.view.passage import Passage

STATE_CLASSES = {
    State.VERIFIED: "v",
    State.CONSISTENT: "c",
    State.CONTRADICTED: "x",
    State.UNCHECKED: "n",
}
SEVERITY_CLASSES = {Severity.ERROR: "e", Severity.QUESTION: "q", Severity.HINT: "h"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of a finding within one passage (标记)."""

    noted: Noted
    at: int
    """Which of the finding's places it is."""

    card: int
    """Which of them the note stands at that tells of this one."""

    start: int
    """In the words of the passage, as printed."""
    end: int


def mark_of(noted: Noted, at: int, card: int) -> Mark:
    """Return the mark of one place of a finding, and of the place with its note."""
    place = noted.places[at]
    start, end = place.passage.plain.stretch(place.start, place.end)
    return Mark(noted, at, card, start, end)


def marked_text(passage: Passage, entries: Iterable[Entry], marks: Sequence[Mark]) -> Markup:
    """Return the words of a passage as HTML.

    Args:
        passage: What stands there.
        entries: Its numbers in the ledger.
        marks: Places of findings in it.
    """
    figures = [each for each in entries if _is_shown(each)]
    text = passage.words.text
    if not figures and not marks:
        return escape(text)
    spans = [(*passage.plain.stretch(each.figure.start, each.figure.end), each) for each in figures]
    cuts = {0, len(text)}
    cuts.update(edge for start, end, _ in spans for edge in (start, end))
    cuts.update(edge for mark in marks for edge in (mark.start, mark.end))
    edges = sorted(cuts)
    parts: list[str] = []
    next_span = 0
    for start, end in zip(edges, edges[1:] + edges[-1:], strict=True):
        parts += [_badge(mark) for mark in marks if mark.start == start]
        if start == end:
            continue
        while next_span < len(spans) and spans[next_span][1] <= start:
            next_span += 1
        inside = next_span < len(spans) and spans[next_span][0] <= start
        piece = str(escape(text[start:end]))
        if inside:
            piece = _number(spans[next_span][2], piece)
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        parts.append(_marked(over, piece) if over else piece)
    return Markup("".join(parts))  # noqa: S704 - every word was escaped above


def _is_shown(entry: Entry) -> bool:
    """Say whether a number is marked: dates and list marks only if a check looked at them."""
    return entry.figure.is_claim or entry.state is not State.UNCHECKED


def _number(entry: Entry, piece: str) -> str:
    told = f' title="{STATE_NAMES[entry.state]}：{"、".join(entry.rules)}"' if entry.rules else ""
    return f"<u class={STATE_CLASSES[entry.state]}{told}>{piece}</u>"


def _marked(over: Sequence[Mark], piece: str) -> str:
    gravest = min((mark.noted.finding.severity for mark in over), key=SEVERITIES.index)
    numbers = " ".join(dict.fromkeys(str(mark.noted.number) for mark in over))
    return f'<mark class={SEVERITY_CLASSES[gravest]} data-f="{numbers}">{piece}</mark>'


def _badge(mark: Mark) -> str:
    noted = mark.noted
    severity = noted.finding.severity
    sign = "?" if severity is Severity.QUESTION else ""
    return (
        f'<a class="b {SEVERITY_CLASSES[severity]}" data-b={noted.number}'
        f" id=p{noted.number}-{mark.at} href=#f{noted.number}-{mark.card}"
        f' title="{SEVERITY_NAMES[severity]}">{noted.number}{sign}</a>'
    )
