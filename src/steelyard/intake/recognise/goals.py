"""Goals with target and actual (绩效目标表): the block of a self-evaluation form."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.facts.dictionary import Goal, Item, items_of
from steelyard.facts.ledger import Target
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.cells import unit_in
from steelyard.intake.recognise.heading import Heading
from steelyard.intake.recognise.pen import IGNORE, Pen
from steelyard.intake.recognise.values import AT_LEAST, AT_MOST
from steelyard.intake.sighting import Doubt
from steelyard.intake.wording import ACTUALS, TARGETS, UNITS_COLUMN, label_of, tight
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import UNITS, Unit


def read_goals(pen: Pen) -> bool:
    """Take targets and actuals; tell whether the table has columns for them."""
    targets = [h for h in pen.frame.headings if any(core in TARGETS for core in h.cores)]
    actuals = [h for h in pen.frame.headings if any(core in ACTUALS for core in h.cores)]
    if not targets and not actuals:
        return False
    found = False
    for row in pen.frame.body:
        for cell, goal in _goals(pen, row):
            found = True
            after = _until_next(pen, row, cell)
            before = len(pen.seen.sightings)
            _take(pen, row, goal, cell, _usable(pen, targets, after), is_target=True)
            _take(pen, row, goal, cell, _usable(pen, actuals, after), is_target=False)
            _compare(pen, goal, cell, before)
    return found


def _compare(pen: Pen, goal: Goal, cell: Cell, before: int) -> None:
    """Ask when target and actual of a goal that chooses its unit are of two kinds."""
    taken = pen.seen.sightings[before:]
    kinds = {each.value.dimension for each in taken if isinstance(each.value, Quantity)}
    # Whether 100% is a share done or the figure itself shows in the other side alone.
    lone = goal.any_unit and len(taken) == 1 and tight(taken[0].quote).endswith("%")
    if len(kinds) < 2 and not lone:
        return
    del pen.seen.sightings[before:]
    said = "、".join(each.quote for each in taken)
    pen.ask(
        Doubt.UNIT,
        f"{pen.frame.title}|{goal.name}|单位不同",
        f"“{goal.name}”的目标和实际（{said}）不是同一种单位，是什么单位？",
        (),
        cell,
        *(each.target for each in taken),
    )


def _goals(pen: Pen, row: int) -> Iterator[tuple[Cell, Goal]]:
    for cell in pen.frame.filled(row):
        goal = pen.context.names.goal(label_of(cell.words.text))
        if goal is not None and cell.row == row:
            yield cell, goal


def _until_next(pen: Pen, row: int, cell: Cell) -> range:
    """Return the columns that belong to a goal: to the next goal of the row."""
    later = [other.column for other, _ in _goals(pen, row) if other.column > cell.column]
    return range(cell.column + cell.columns, min(later, default=pen.frame.table.width))


def _usable(pen: Pen, headings: list[Heading], columns: range) -> list[Heading]:
    year = pen.context.year
    return [each for each in headings if each.column in columns and each.of(year)]


def _take(
    pen: Pen, row: int, goal: Goal, label: Cell, headings: list[Heading], *, is_target: bool
) -> None:
    item = items_of(goal)[0 if is_target else 1]
    cells = [(each, pen.frame.table.grid.get((row, each.column))) for each in headings]
    filled = [(each, cell) for each, cell in cells if cell is not None and cell.words.text.strip()]
    # A value over several rows belongs to the goal only when its label does too.
    filled = [(each, cell) for each, cell in filled if cell.rows <= label.rows]
    # A value under a heading over two columns is one value.
    filled = [pair for n, pair in enumerate(filled) if pair[1] not in [c for _, c in filled[:n]]]
    if not filled:
        return
    name = f"{goal.name}·{filled[0][0].core}"
    if len(filled) > 1:
        answer = pen.context.answers.get(f"{pen.frame.title}|{name}")
        chosen = [cell for _, cell in filled if cell.words.text.strip() == answer]
        if not chosen:
            if answer != IGNORE:
                texts = tuple(cell.words.text.strip() for _, cell in filled)
                pen.ask(
                    Doubt.VALUE,
                    f"{pen.frame.title}|{name}",
                    f"“{item.name}”有几列，用哪一个？",
                    (*texts, IGNORE),
                    filled[0][1],
                    Target(item.name),
                )
            return
        cell = chosen[0]
    else:
        cell = filled[0][1]
    heading = filled[0][0]
    unit = _unit(pen, row, label, heading, item)
    before = len(pen.seen.sightings)
    reading = pen.take(Target(item.name), item, cell, unit, label=name, sign_allowed=is_target)
    if reading is None or not reading.sign or len(pen.seen.sightings) == before:
        return
    against = (reading.sign in AT_LEAST and goal.sign in AT_MOST) or (
        reading.sign in AT_MOST and goal.sign in AT_LEAST
    )
    if against:
        pen.seen.sightings.pop()
        pen.ask(
            Doubt.VALUE,
            f"{pen.frame.title}|{name}|{cell.words.text.strip()}",
            f"“{goal.name}”在指标体系里是“{goal.sign}”，这里写的是“{reading.sign}”，是同一个目标吗？",
            (cell.words.text.strip().lstrip("<>=≤≥"), IGNORE),
            cell,
            Target(item.name),
        )


def _unit(pen: Pen, row: int, label: Cell, heading: Heading, item: Item) -> Unit | None:
    for other in pen.frame.headings:
        if other.core in UNITS_COLUMN and other.column > label.column:
            cell = pen.frame.table.grid.get((row, other.column))
            found = unit_in(cell.words.text) if cell is not None else None
            if found is not None:
                return found
    stated = label_of(label.words.text).unit
    if not item.any_unit and not stated:
        over = UNITS.get(heading.unit) if heading.unit else None
        return over or pen.frame.unit_for(item.unit)
    return UNITS.get(stated) if stated else None
