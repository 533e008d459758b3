"""A table whose form is known (按表样取数): only the cells that the form names.

A final account of one kind of money has rows called like the department's, and a
form of one project has its goals: what a form does not name is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.facts.ledger import Target
from steelyard.intake.forms.sections import HEAD, Part, parts_of
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.cells import is_figure, unit_in
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.goals import read_goals
from steelyard.intake.recognise.heading import Heading, is_aside
from steelyard.intake.recognise.one_project import read_project
from steelyard.intake.recognise.pen import IGNORE, Pen
from steelyard.intake.recognise.rows import fits, read_rows
from steelyard.intake.sighting import Doubt
from steelyard.intake.wording import UNITS_COLUMN, Label, is_total, label_of
from steelyard.measure.number import narrow

_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
"""A figure, though it may look like a year or a month: 2000, 4998.49."""


def read_by_form(pen: Pen, known: dict[str, dict[str, str]]) -> None:
    """Take what the form of a table names, and nothing else.

    Args:
        pen: Takes the cells; its form is known.
        known: Names of the rows that the evaluation has: by table, then key.
    """
    form = pen.form
    if form is None:
        return
    pens = [_inner(pen, part) for part in parts_of(pen.frame.table, form.sections)]
    if form.one_project:
        read_project(pen, pens, known)
        return
    if (form.tables or _is_of_the_dictionary(pen)) and read_rows(pen, known):
        return
    for part in pens:
        if part.part != HEAD:
            _read(part)
            if form.goals:
                read_goals(part)


def _is_of_the_dictionary(pen: Pen) -> bool:
    """Tell whether a table is one of the dictionary's beyond doubt, whatever its title."""
    specs = tuple(pen.context.dictionary.tables.values())
    return any(fit.sure for fit in fits(pen.frame, specs, pen.context.year))


def _inner(pen: Pen, part: Part) -> Pen:
    frame = Frame(
        pen.frame.document, part.table, pen.frame.number, pen.frame.lead, above=part.above
    )
    return Pen(frame, pen.context, pen.seen, form=pen.form, part=part.name)


def _read(pen: Pen) -> None:
    for row in pen.frame.body:
        for label, cell in _figures(pen, row):
            heading = pen.frame.headings[cell.column] if pen.frame.headed else Heading(0, ())
            if heading.of(pen.context.year) and label.of(pen.context.year):
                _take(pen, label, heading, cell)


def _figures(pen: Pen, row: int) -> Iterator[tuple[Label, Cell]]:
    """Yield the figures of a row, each with the label before it."""
    label = label_of("")
    for cell in pen.frame.filled(row):
        text = cell.words.text
        heading = pen.frame.headings[cell.column] if pen.frame.headed else Heading(0, ())
        # 单位 is over units of measure, or over the names of institutions.
        names = heading.core in UNITS_COLUMN and unit_in(text) is None
        if is_aside(heading) and not names:
            # 合计 often stands in the column of running numbers.
            label = label_of(text) if is_total(text) else label
            continue
        if is_figure(text) or _AMOUNT.fullmatch(narrow(text)):
            yield label, cell
        elif unit_in(text) is None:
            label = label_of(text)


def _take(pen: Pen, label: Label, heading: Heading, cell: Cell) -> None:
    form, dictionary = pen.form, pen.context.dictionary
    found = form.meant(label.core, heading.cores, dictionary) if form is not None else None
    if found is None and form is not None and form.crossed and label.core:
        both = [pen.context.names.named(label.core + core) for core in heading.cores if core]
        found = next(((item, True) for item in both if item is not None), None)
    if found is None:
        return
    item, certain = found
    name = f"{label.core}·{heading.text}" if label.core else heading.text
    key = f"{pen.frame.title}|{name}"
    answer = pen.context.answers.get(key)
    if answer is not None and answer in dictionary.items:
        item, certain = dictionary.item(answer), True
    if certain:
        pen.take(Target(item.name), item, cell, pen.unit_of(item, label, heading), label=name)
    elif answer != IGNORE:
        pen.ask(
            Doubt.ITEM,
            key,
            f"“{name}”下的数是不是“{item.name}”？",
            (item.name, IGNORE),
            cell,
            Target(item.name),
        )
