"""A table as a self-evaluation (读取自评表)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib import resources

from steelyard.intake.forms.form import Form
from steelyard.intake.forms.sections import HEAD, parts_of
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.heading import Heading
from steelyard.intake.recognise.one_project import PROJECT_NAMES, beside
from steelyard.intake.self_evaluation.entry import Entry, entry_of, sign_named
from steelyard.intake.self_evaluation.form import FundRow, Leaf, Level, SelfEvaluation
from steelyard.intake.wording import is_total, label_of, tight
from steelyard.measure.units import PERCENT, PLAIN, UNITS, Unit

_RAW = tomllib.loads(
    resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
)


def _cores(names: Sequence[str]) -> frozenset[str]:
    return frozenset(label_of(name).core for name in names)


_FUNDS = {name: _cores(said) for name, said in _RAW["funds"].items()}
_TOTAL_ROWS = _cores(_RAW["rows"]["total"])
_COLUMNS = {name: _cores(said) for name, said in _RAW["indicators"].items()}
_TOTALS = _cores(_RAW["total"]["names"])
_GRADES = _cores(_RAW["grade"]["labels"])
NO_REASON = frozenset(tight(each) for each in _RAW["no_reason"]["texts"])

_AMOUNTS = frozenset({"年初预算数", "全年预算数", "全年执行数"})
_STATED = re.compile(r"[(（]?(\d+(?:\.\d+)?)\s*分[)）]?")
_GRADE = re.compile(r"[优良中差]")


def read_form(frame: Frame, form: Form) -> SelfEvaluation:
    """Return what a self-evaluation form says.

    Args:
        frame: The whole form.
        form: Which form it is; it has a block of funds.
    """
    read = SelfEvaluation(form.one_project)
    for part in parts_of(frame.table, form.sections):
        inner = Frame(frame.document, part.table, frame.number, above=part.above)
        if part.name == HEAD:
            name = beside(inner, PROJECT_NAMES)
            if name is not None:
                read.name = _entry(inner, name)
        elif part.name == "资金":
            _read_funds(inner, read)
        elif part.name == "指标":
            _read_indicators(inner, read)
    read.grade = _grade(frame)
    return read


def _entry(frame: Frame, cell: Cell, unit: Unit = PLAIN, *, rounded: bool = True) -> Entry:
    return entry_of(cell.words.text, frame.place(cell), unit=unit, rounded=rounded)


# -- funds ------------------------------------------------------------------------


def _read_funds(frame: Frame, read: SelfEvaluation) -> None:
    columns = {
        heading.column: name
        for name, said in _FUNDS.items()
        for heading in frame.headings
        if heading.core in said and _begins(frame, heading)
    }
    if len(set(columns.values())) < len(columns):
        return
    first = min(columns, default=0)
    groups = 0
    for row in frame.body:
        labels = [cell for cell in frame.filled(row) if cell.column < first and cell.row == row]
        if not labels:
            continue
        said = label_of(labels[-1].words.text)
        stated = UNITS.get(said.unit) if said.unit else frame.unit_for(UNITS["元"])
        unit = stated or PLAIN
        cells = _fund_cells(frame, row, columns, unit)
        if said.core in _TOTAL_ROWS and not said.part and read.total is None:
            read.unit = unit
            read.total = FundRow(said.core, False, cells)
        elif read.total is not None:
            groups += any(label_of(cell.words.text).part for cell in labels)
            read.parts.append(FundRow(said.core, True, cells))
    read.nested = groups > 1


def _fund_cells(frame: Frame, row: int, columns: dict[int, str], unit: Unit) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for column, name in columns.items():
        cell = frame.table.grid.get((row, column))
        if cell is None or cell.row != row:
            continue
        stated = frame.headings[column].unit
        own = UNITS.get(stated, unit) if stated else unit
        own = own if name in _AMOUNTS else PLAIN
        found[name] = _entry(frame, cell, own, rounded=name in _AMOUNTS or name == "执行率")
    return found


def _begins(frame: Frame, heading: Heading) -> bool:
    """Tell whether a column is the first one under its heading."""
    cell = frame.table.grid.get((frame.head.stop - 1, heading.column))
    return bool(heading.labels) and (cell is None or cell.column == heading.column)


# -- indicators -------------------------------------------------------------------


def _read_indicators(frame: Frame, read: SelfEvaluation) -> None:
    columns: dict[str, int] = {}
    for name, said in _COLUMNS.items():
        over = [h.column for h in frame.headings if h.core in said and _begins(frame, h)]
        if len(over) > 1 and name != "name":
            # Two halves side by side: which column goes with which is not certain.
            return
        if over:
            # A form with third and fourth levels names its leaves in the last of them.
            columns[name] = over[-1] if name == "name" else over[0]
    if "name" not in columns:
        return
    level = ""
    totals = 0
    for row in frame.body:
        core = label_of(frame.filled(row)[0].words.text).core
        if core in _TOTALS:
            totals += 1
            _read_total(frame, row, columns, read)
        # A subtotal is no indicator, and no total.
        if core in _TOTALS or is_total(core):
            continue
        above = _own(frame, row, columns.get("level"))
        if above is not None and not above.words.text.strip().startswith("注"):
            level = label_of(_STATED.sub("", above.words.text)).core
            stated = _STATED.search(above.words.text)
            if stated is not None:
                entry = entry_of(stated[1], frame.place(above), rounded=False)
                read.levels.append(Level(level, entry))
        leaf = _leaf(frame, row, columns, level)
        if leaf is not None and _stretches(frame, row, columns):
            read.loose = read.loose or bool(leaf.points and leaf.points.number)
        elif leaf is not None:
            read.leaves.append(leaf)
    if totals > 1:
        read.full = read.sum = None


def _stretches(frame: Frame, row: int, columns: dict[str, int]) -> bool:
    """Tell whether the name of a row lies over its level, too: a total, or a note."""
    name = _own(frame, row, columns["name"])
    over = name is not None and name.column < columns["name"]
    return over and name is not None and "执行率" not in name.words.text


def _read_total(frame: Frame, row: int, columns: dict[str, int], read: SelfEvaluation) -> None:
    points = _own(frame, row, columns.get("points"))
    score = _own(frame, row, columns.get("score"))
    label = frame.filled(row)[0]
    # One number under both headings is the score.
    if points is not None and points not in (label, score):
        read.full = _entry(frame, points, rounded=False)
    if score is not None and score is not label:
        read.sum = _entry(frame, score, rounded=False)


def _own(frame: Frame, row: int, column: int | None) -> Cell | None:
    """Return the cell of a column when it begins in the row and holds something."""
    cell = frame.table.grid.get((row, column)) if column is not None else None
    return cell if cell is not None and cell.row == row and cell.words.text.strip() else None


def _leaf(frame: Frame, row: int, columns: dict[str, int], level: str) -> Leaf | None:
    name = _own(frame, row, columns["name"])
    if name is None or name.columns == frame.table.width:
        return None
    unit_cell = _own(frame, row, columns.get("unit"))
    sign_cell = _own(frame, row, columns.get("sign"))
    text = tight(unit_cell.words.text) if unit_cell is not None else ""
    unit = UNITS.get("%" if text == "％" else text, PLAIN) if text else PLAIN
    sign = sign_named(sign_cell.words.text) if sign_cell is not None else ""
    found: dict[str, Entry | None] = {}
    for key in ("target", "actual", "points", "score", "reason"):
        column = columns.get(key)
        cell = frame.table.grid.get((row, column)) if column is not None else None
        if cell is None or cell.row != row or (cell.rows > name.rows and key != "reason"):
            found[key] = None
        elif key in ("points", "score"):
            found[key] = _points(frame, cell)
        else:
            own = unit if key in ("target", "actual") else PLAIN
            place = frame.place(cell)
            found[key] = entry_of(
                cell.words.text, place, unit=own, sign=sign if key == "target" else ""
            )
    return Leaf(_entry(frame, name), level, **found)


def _points(frame: Frame, cell: Cell) -> Entry:
    """Return points; 10% as the weight of an indicator are ten points."""
    entry = _entry(frame, cell, rounded=False)
    number = entry.number
    if number is not None and number.unit is PERCENT:
        bare = re.sub(r"[%％]", "", cell.words.text)
        return entry_of(bare, entry.place, rounded=False)
    return entry


def _grade(frame: Frame) -> Entry | None:
    cell = beside(frame, _GRADES)
    if cell is None or not _GRADE.fullmatch(tight(cell.words.text)):
        return None
    return _entry(frame, cell)
