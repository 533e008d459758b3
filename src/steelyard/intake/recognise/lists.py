"""Data items in lists, forms and matrices (清单、表单和交叉表): label and figure side by side.

A figure belongs to the nearest label on its left. What stands over it decides
whether it is the item itself, a composite such as 基本支出 × 决算数, another
year's, or nothing that may be taken without asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.facts.dictionary import Item, Kind
from steelyard.facts.ledger import Target
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.across import read_across
from steelyard.intake.recognise.cells import is_day, is_figure, unit_in
from steelyard.intake.recognise.heading import Heading, is_aside
from steelyard.intake.recognise.pen import IGNORE, Pen
from steelyard.intake.recognise.titles import body_in, is_own
from steelyard.intake.sighting import Doubt
from steelyard.intake.wording import (
    ABOUT_FORM,
    ACTUALS,
    TARGETS,
    UNITS_COLUMN,
    VALUES,
    YEARS,
    Label,
    label_of,
    stem,
    tight,
)
from steelyard.measure.units import UNITS, Unit

_LONGEST_SECTION = 24
_MOST_BESIDE = 60
"""Figures beside one label; no list has more columns."""

_OTHERS = re.compile(r"下属|所属|不计入|不含|其他(?:单位|部门)")
"""In the heading of a part of a table: its figures are not the department's own."""

_NOTE = re.compile(r"注|说明|备注|[(（]其中|.*[。；;]")


def read_lists(pen: Pen) -> None:
    """Take what stands beside labels, and under headings of a table with one row."""
    if _is_form(pen):
        pen = pen.over(pen.frame.without_head())
    frame = pen.frame
    if frame.headed and read_across(pen):
        return
    elsewhen = False
    for row in frame.body:
        section = _section(pen, row)
        if section is not None:
            body = body_in(f"单位：{section.core}")
            others = bool(body and pen.context.department) and not is_own(
                body, pen.context.department
            )
            elsewhen = others or not section.of(pen.context.year)
            elsewhen = elsewhen or bool(_OTHERS.search(section.core))
        elif not elsewhen and not _others_row(pen, row):
            for label, values in _pairs(pen, row):
                _take(pen, row, label, values)


def _others_row(pen: Pen, row: int) -> bool:
    """Tell whether a row says that it is of another body or another year."""
    frame = pen.frame
    if not frame.headed:
        return False
    if frame.year_of_row(row) not in (None, pen.context.year):
        return True
    for cell in frame.filled(row)[:2]:
        core = frame.headings[cell.column].core
        body = body_in(f"单位：{tight(cell.words.text)}") if core in _BODIES else ""
        if body and pen.context.department and not is_own(body, pen.context.department):
            return True
    return False


_BODIES = frozenset({"单位", "部门", "单位名称", "部门名称", "填报单位", "预算单位"})


def _is_form(pen: Pen) -> bool:
    """Tell whether the first row is no heading but pairs of label and value, as those below."""
    frame = pen.frame
    if len(frame.head) != 1 or not frame.body:
        return False
    if any(_KNOWN_HEADINGS.intersection(heading.cores) for heading in frame.headings):
        return False
    first = frame.filled(frame.head.start)
    if any(_is_named(pen, cell) for cell in first[1::2]):
        return False
    labels = first[::2]
    about = [label_of(cell.words.text).core for cell in labels]
    return (any(core in ABOUT_FORM for core in about) or len(_label_columns(pen)) > 1) and all(
        _is_named(pen, cell) or core in ABOUT_FORM | YEARS
        for cell, core in zip(labels, about, strict=True)
    )


_KNOWN_HEADINGS = (VALUES - YEARS) | UNITS_COLUMN | TARGETS | ACTUALS


def _section(pen: Pen, row: int) -> Label | None:
    """Return the label of a row that heads the rows under it, None for other rows."""
    filled = pen.frame.filled(row)
    text = filled[0].words.text.strip()
    if len(filled) != 1 or is_figure(text) or len(text) > _LONGEST_SECTION or _NOTE.match(text):
        return None
    return label_of(text)


def _pairs(pen: Pen, row: int) -> Iterator[tuple[Cell, list[Cell]]]:
    """Yield the labels of a row, each with the cells up to the next label."""
    frame = pen.frame
    label: Cell | None = None
    values: list[Cell] = []
    for cell in frame.filled(row):
        heading = frame.headings[cell.column] if frame.headed else None
        if heading is not None and is_aside(heading):
            if heading.core in UNITS_COLUMN and label is not None:
                values.append(cell)
            continue
        if is_figure(cell.words.text) or (label is not None and _is_value(pen, label, cell)):
            if label is not None:
                values.append(cell)
            continue
        if label is not None and not values and _explains(pen, label, cell):
            continue
        if label is not None and values:
            yield label, values
        label, values = cell, []
    if label is not None:
        yield label, values


def _explains(pen: Pen, label: Cell, cell: Cell) -> bool:
    """Tell whether words between a name and its figure explain the name."""
    return (
        pen.frame.headed
        and _is_named(pen, label)
        and not _is_named(pen, cell)
        and cell.column not in _label_columns(pen)
    )


def _is_named(pen: Pen, cell: Cell) -> bool:
    return pen.context.names.item(label_of(cell.words.text)) is not None


def _is_value(pen: Pen, label: Cell, cell: Cell) -> bool:
    """Tell whether words beside a label are its unit or its value, no label themselves."""
    if unit_in(cell.words.text) is not None:
        return True
    item = pen.context.names.item(label_of(label.words.text))
    if item is None or cell.column in _label_columns(pen):
        return False
    if pen.frame.headed:
        # Words where a number should stand are told, as 七千 or 见附件.
        return any(core in VALUES for core in pen.frame.headings[cell.column].cores)
    return item.kind is not Kind.NUMBER and cell.column == label.column + label.columns


def _label_columns(pen: Pen) -> frozenset[int]:
    """Return the columns in which labels stand, names of data items among them."""
    if pen.label_columns is None:
        pen.label_columns = frozenset(
            cell.column
            for row in pen.frame.body
            for cell in pen.frame.filled(row)
            if pen.context.names.item(label_of(cell.words.text)) is not None
        )
    return pen.label_columns


def _take(pen: Pen, row: int, cell: Cell, values: list[Cell]) -> None:
    label = label_of(cell.words.text)
    if not label.of(pen.context.year) and pen.context.names.item(label) is None:
        return
    if _elsewhen_before(pen, row, cell):
        return
    unit_cell = next((each for each in values if _is_unit_cell(each)), None)
    figures = [each for each in values if each is not unit_cell]
    if not figures or len(figures) > _MOST_BESIDE:
        return
    row_unit = unit_in(unit_cell.words.text) if unit_cell is not None else None
    meant = [(each, _meaning(pen, label, each, figures)) for each in figures]
    for each, (item, clear) in meant:
        if item is None:
            continue
        unit = row_unit or pen.unit_of(item, label, _over(pen, each))
        name = _name(pen, label, each)
        answer = pen.context.answers.get(f"{pen.frame.title}|{name}")
        sure = clear and each.rows <= cell.rows and not _clash(pen, label, each, row_unit)
        outcome = pen.frame.is_budget and _OUTCOME.search(item.name)
        if (sure and not outcome) or answer == item.name:
            pen.take_item(item, each, unit, name)
        elif answer is not None and answer in pen.context.dictionary.items:
            chosen = pen.context.dictionary.item(answer)
            pen.take_item(chosen, each, unit, name)
        elif answer != IGNORE:
            pen.ask(
                Doubt.ITEM,
                f"{pen.frame.title}|{name}",
                f"“{name}”下的数是不是“{item.name}”？",
                (item.name, IGNORE),
                each,
                Target(item.name),
                synonym=True,
            )
    if all(item is None for _, (item, _) in meant):
        _like(pen, label, figures)


_OUTCOME = re.compile(r"决算|执行|完成|实际|支出数$")


def _clash(pen: Pen, label: Label, cell: Cell, row_unit: Unit | None) -> bool:
    """Tell whether a label, its row and the heading state amounts of different size."""
    heading = _over(pen, cell)
    said = [row_unit, UNITS.get(label.unit) if label.unit else None]
    said += [UNITS.get(heading.unit) if heading is not None and heading.unit else None]
    units = [unit for unit in said if unit is not None]
    return len({(unit.dimension, unit.factor) for unit in units}) > len(
        {unit.dimension for unit in units}
    )


def _elsewhen_before(pen: Pen, row: int, cell: Cell) -> bool:
    """Tell whether the labels right before one put the row into another time."""
    before = [each for each in pen.frame.filled(row) if each.column < cell.column]
    for each in reversed(before):
        text = each.words.text
        aside = pen.frame.headed and is_aside(pen.frame.headings[each.column])
        if aside or is_figure(text) or is_day(text):
            return False
        if not label_of(text).of(pen.context.year):
            return True
    return False


def _is_unit_cell(cell: Cell) -> bool:
    return unit_in(cell.words.text) is not None


def _over(pen: Pen, cell: Cell) -> Heading | None:
    return pen.frame.headings[cell.column] if pen.frame.headed else None


def _name(pen: Pen, label: Label, cell: Cell) -> str:
    heading = pen.frame.headings[cell.column].text if pen.frame.headed else ""
    return f"{label.core}·{heading}" if heading else label.core


def _meaning(pen: Pen, label: Label, cell: Cell, figures: list[Cell]) -> tuple[Item | None, bool]:
    """Return which item a figure is, and whether that is beyond doubt."""
    names = pen.context.names
    itself = names.item(label)
    if not pen.frame.headed:
        if itself is None or (not label.of(pen.context.year) and itself is None):
            return None, False
        return itself, cell is figures[0] and len(figures) == 1
    heading = pen.frame.headings[cell.column]
    if not heading.of(pen.context.year):
        return None, False
    if pen.form is not None:
        meant = pen.form.item(label.core, heading.cores, pen.context.dictionary)
        if meant is not None:
            return meant, True
    composite = _composite(pen, label, heading)
    if composite is not None:
        return composite, True
    if itself is None or heading.compares:
        return None, False
    others = [pen.frame.headings[each.column] for each in figures if each is not cell]
    if not heading.labels or any(core in VALUES for core in heading.cores):
        rivals = [
            each
            for each in others
            if each.of(pen.context.year) and any(core in VALUES for core in each.cores)
        ]
        return itself, not rivals and (bool(heading.labels) or not others)
    if heading.is_total:
        return itself, not any(other.is_total for other in others)
    if itself.kind is not Kind.NUMBER and not is_figure(cell.words.text):
        return itself, len(figures) == 1
    if heading.core and heading.core in _said(itself):
        return itself, not any(other.core and other.core in _said(itself) for other in others)
    if any(other.is_total or any(c in VALUES for c in other.cores) for other in others):
        return None, False
    if others and any(_composite(pen, label, other) for other in others):
        return None, False
    return itself, False


def _said(item: Item) -> str:
    return " ".join((item.name, *item.aliases))


def _composite(pen: Pen, label: Label, heading: Heading) -> Item | None:
    for core in heading.cores:
        for said in (label.core + core, core + label.core):
            found = pen.context.names.named(said)
            if found is not None and core:
                return found
    return None


def _like(pen: Pen, label: Label, figures: list[Cell]) -> None:
    """Ask about a label that is like a name, once for its row."""
    if not label.of(pen.context.year):
        return
    candidates = pen.context.names.near(label.core)
    if candidates and label.compares and not _is_synonym(label.core, candidates[0]):
        # 占比, 增长率: something about an item, not the item.
        return
    usable = [
        each
        for each in figures
        if not pen.frame.headed or pen.frame.headings[each.column].of(pen.context.year)
    ]
    if not candidates or not usable:
        return
    key = f"{pen.frame.title}|{label.core}"
    answer = pen.context.answers.get(key)
    item = pen.context.dictionary.items.get(answer or "")
    if item is not None and len(usable) == 1:
        unit = pen.unit_of(item, label, _over(pen, usable[0]))
        pen.take_item(item, usable[0], unit, label.core)
    elif answer != IGNORE:
        pen.ask(
            Doubt.ITEM,
            key,
            f"“{label.core}”是哪一项数据？",
            (*candidates, IGNORE),
            usable[0],
            *(Target(name) for name in candidates),
            synonym=_is_synonym(label.core, candidates[0]),
        )


def _is_synonym(core: str, name: str) -> bool:
    """Tell whether a label may well be another word for a name, not for a part of it."""
    return stem(core) == stem(name) or (core not in name and name not in core)
