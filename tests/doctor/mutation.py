"""One digit of one number changed (改动一位): was it noticed?

The honest measure of a number ledger: whoever changes a digit somewhere has
made an error, and the doctor either sees one more thing to look at there or
does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from steelyard.doctor.examine import Examination, examine
from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import Passage
from steelyard.intake.reading.document import Block, Cell, Document, Paragraph, Table, Words

Examine = Callable[[Sequence[Document]], Examination]


@dataclass(frozen=True, slots=True)
class Change:
    """One digit of one number (改动)."""

    passage: Passage
    figure: Figure
    document: Document
    """With the digit changed."""
    printed: str
    """The number as it stands now."""


@dataclass
class Tally:
    """How many changes were noticed, by kind of number (成绩)."""

    made: Counter[Kind] = field(default_factory=Counter)
    noticed: Counter[Kind] = field(default_factory=Counter)
    missed: list[Change] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of the changes that were noticed, for a table of results."""
        return self.noticed.total() / (self.made.total() or 1)


def changes(document: Document, examined: Examination, seed: int) -> Iterator[Change]:
    """Yield random changes of the amounts of a document, each of another number.

    Dates, list marks, numbers of documents and references are left alone.
    """
    rng = Random(seed)
    claims = [entry for entry in examined.ledger.claims() if entry.passage.document is document]
    rng.shuffle(claims)
    for entry in claims:
        yield _changed(document, entry.passage, entry.figure, rng)


def _changed(document: Document, passage: Passage, figure: Figure, rng: Random) -> Change:
    start, end = passage.plain.stretch(figure.start, figure.digits_end)
    text = passage.words.text
    places = [index for index in range(start, end) if text[index].isdigit()]
    index = rng.choice(places)
    others = [digit for digit in "0123456789" if digit != text[index]]
    if index == places[0] and len(places) > 1:
        others = [digit for digit in others if digit != "0"]
    words = replace(passage.words, text=text[:index] + rng.choice(others) + text[index + 1 :])
    blocks = list(document.blocks)
    blocks[passage.block] = _with_words(blocks[passage.block], passage.cell, words)
    return Change(passage, figure, replace(document, blocks=tuple(blocks)), words.text[start:end])


def _with_words(block: Block, cell: Cell | None, words: Words) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, words=words)
    cells = tuple(replace(each, words=words) if each is cell else each for each in block.cells)
    return Table(
        cells,
        block.height,
        block.width,
        block.title,
        block.unit,
        block.header_rows,
        block.certain,
        block.caption,
    )


def tally(document: Document, number: int, seed: int, run: Examine = examine) -> Tally:
    """Make a number of changes, one at a time, and count what was noticed."""
    before = run([document])
    known = set().union(*map(_marks, before.findings))
    result = Tally()
    for change, _ in zip(changes(document, before, seed), range(number), strict=False):
        kind = change.figure.kind
        result.made[kind] += 1
        after = run([change.document])
        if any(_marks_about(finding, change, after.ledger) - known for finding in after.findings):
            result.noticed[kind] += 1
        else:
            result.missed.append(change)
    return result


Mark = tuple[str, str, int, int]
"""Rule, message, passage and start of a place that a finding points at."""


def _marks(finding: Finding) -> set[Mark]:
    return {
        (finding.rule, finding.message, each.passage.index, each.start) for each in finding.places
    }


def _marks_about(finding: Finding, change: Change, ledger: Ledger) -> set[Mark]:
    """Return where a finding that asks for more than style is about the changed number.

    Either it points at the number, or the number is one of those that cannot all
    be right, as in a sum.
    """
    if finding.severity is Severity.HINT:
        return set()
    if any(
        ledger.entry(figure).passage.index == change.passage.index
        and figure.start < change.figure.end + 1
        and figure.end > change.figure.start - 1
        for figure in finding.figures
    ):
        return _marks(finding)
    return {
        (finding.rule, finding.message, place.passage.index, place.start)
        for place in finding.places
        if place.passage.index == change.passage.index
        and place.start < change.figure.end + 1
        and place.end > change.figure.start - 1
    }
