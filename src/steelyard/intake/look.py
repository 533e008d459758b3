"""Looking through what was handed in (通读材料): every file read and recognised."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.errors import Problems
from steelyard.facts.ledger import Ledger
from steelyard.intake.handed_in import HandedIn
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.many_objects import many_objects
from steelyard.intake.reading.read_file import read_content
from steelyard.intake.reading.sheets.sheet import Progress, unwatched
from steelyard.intake.recognise.pen import Context
from steelyard.intake.recognise.recognise import recognise
from steelyard.intake.recognise.rows import name_of_rows
from steelyard.intake.request.read_own import read_own
from steelyard.intake.self_evaluation.check_forms import check_forms
from steelyard.intake.sighting import Mistake, Place, Seen


def look_through(
    files: Sequence[HandedIn],
    context: Context,
    ledger: Ledger,
    progress: Progress = unwatched,
    *,
    whole: bool = True,
) -> Seen:
    """Return what was seen in all files, in their order.

    Args:
        files: What was handed in.
        context: Dictionary, year, department, and what people answered before.
        ledger: What the evaluation has: rows of its tables are told apart by name.
        progress: Told while each file is read.
        whole: Whether a file that cannot be read stops all; else it is a mistake.

    Raises:
        Gathered: Some files cannot be read; each is told.
    """
    rows = _rows(ledger)
    seen = Seen()
    problems = Problems()
    for each in files:
        with problems.catch(), many_objects():
            document = read_content(each.name, each.content, progress)
            found = _own(document, context)
            if found is None:
                found = recognise(document, context, rows)
                found.contradictions += check_forms(document, context, ledger)
            seen.add(found)
    if whole:
        problems.settle()
    for error in problems.errors:
        name = error.where or "材料"
        seen.mistakes.append(Mistake(what=error.what, mend=error.mend, place=Place(file=name)))
    return seen


def _own(document: Document, context: Context) -> Seen | None:
    """Return what a workbook of ours says, None for a foreign file."""
    return read_own(
        document,
        context.dictionary,
        answers=context.answers,
        department=context.department,
        year=context.year,
    )


def _rows(ledger: Ledger) -> dict[str, dict[str, str]]:
    """Return the names of the rows that there are: by table, then key."""
    found: dict[str, dict[str, str]] = {}
    for table in ledger.tables.values():
        column = name_of_rows(ledger.dictionary.tables[table.name])
        if column is not None:
            found[table.name] = {row.key: str(row.cell(column) or "") for row in table.rows}
    return found
