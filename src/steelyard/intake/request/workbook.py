"""The workbook that asks one supplier (资料采集表)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter

from steelyard.intake.request import ids
from steelyard.intake.request.ask import Request, Share
from steelyard.intake.request.figures_sheet import write_figures
from steelyard.intake.request.frame import Making, elsewhere
from steelyard.intake.request.goals_sheet import write_goals
from steelyard.intake.request.guide_sheet import write_guide
from steelyard.intake.request.looks import Looks, clean
from steelyard.intake.request.table_sheet import write_table

ABOUT = "steelyard"
"""Name of the hidden sheet that says what the workbook is for."""

_RESERVED = ("history", ABOUT)
"""Names that no table's sheet may have; the first is Excel's own."""

_LONGEST_NAME = 31


def request_workbook(request: Request, share: Share) -> bytes:
    """Return the workbook that asks one supplier for its share (资料采集表).

    Args:
        request: What the evaluation asks for.
        share: One of its shares.

    Returns:
        The bytes of an .xlsx file; the same request gives the same bytes.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    title = f"{request.department}{request.year}年资料采集表（{share.supplier}）"
    book.set_properties({"title": clean(title), "created": datetime(2000, 1, 1, tzinfo=UTC)})
    making = Making(book, request, share, Looks(book))
    subjects = [name for name, prompts in _subjects(share) if prompts]
    names = _sheet_names([ids.GUIDE, *subjects, *(each.spec.name for each in share.tables)])
    for name in (*names, ABOUT):
        book.add_worksheet(name)
    pending = iter(names[1:])
    if share.figures:
        write_figures(making, next(pending))
    if share.goals:
        write_goals(making, next(pending))
    for prompt in share.tables:
        write_table(making, next(pending), prompt)
    write_guide(making, names[0])
    _write_about(making)
    book.close()
    return out.getvalue()


def _subjects(share: Share) -> tuple[tuple[str, Sequence[object]], ...]:
    return ((ids.FIGURES, share.figures), (ids.GOALS, share.goals))


def _sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that a workbook takes, each once."""
    taken = set(_RESERVED)
    names: list[str] = []
    for each in wanted:
        name, number = each[:_LONGEST_NAME], 2
        while name.casefold() in taken:
            ending = f"（{number}）"
            name, number = each[: _LONGEST_NAME - len(ending)] + ending, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_about(making: Making) -> None:
    """Write what the workbook is for, and the lists that are too long for their cells."""
    sheet, request, share = making.sheet(ABOUT), making.request, making.share
    sheet.very_hidden()
    sheet.write_string(0, 0, str(ids.SheetMark(ids.ABOUT)))
    rows = (
        (ids.FRAMEWORK, request.framework),
        (ids.DEPARTMENT, request.department),
        (ids.YEAR, str(request.year)),
        (ids.SUPPLIER, share.supplier),
        (ids.FINGERPRINT, share.fingerprint),
    )
    for row, (key, text) in enumerate(rows, start=1):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, clean(text))
    # A column between them, so that the two are never taken for one table.
    for column, (choices, name) in enumerate(making.lists.known.items(), start=3):
        for row, choice in enumerate(choices, start=1):
            sheet.write_string(row, column, choice)
        area = elsewhere(ABOUT, (1, column), (len(choices), column))
        first, _, last = area.partition("!")[2].partition(":")
        making.book.define_name(name, f"={ABOUT}!{_fixed(first)}:{_fixed(last)}")


def _fixed(cell: str) -> str:
    """Return a reference that stays when cells are copied: $D$2."""
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell.removeprefix(letters)}"
