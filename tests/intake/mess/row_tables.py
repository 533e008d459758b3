"""Tables of the dictionary: one row a project, school or question (明细表).

Totals, notes, repeated headers and hidden rows stand between the rows; long
tables are continued elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, Line, other_than
from tests.intake.mess.figures import BLANK, Written, write_value
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.row_plan import TablePlan, head_rows, plan_table

from steelyard.facts.dictionary import Column, Kind
from steelyard.measure.quantity import Quantity, Value

_TITLES = ("{}{}表", "{}{}情况表", "附表3  {}{}", "表4 {}{}", "{}{}明细表", "{}{}")


def row_table(desk: Desk, name: str) -> list[Block]:
    """Lay out a table of the dictionary, in two blocks where it is continued."""
    clerk = desk.clerk
    spec, lines = desk.evaluation.dictionary.table(name), desk.evaluation.tables[name]
    title = _title(desk, name)
    plan = plan_table(desk, spec, lines, titled=bool(title))
    if len(lines) > 5 and clerk.does(Mess.RESTARTED_KEYS):
        half = len(lines) // 2
        lines = [
            *lines[:half],
            *(_again(plan, new, old) for new, old in zip(lines[half:], lines, strict=False)),
        ]
        plan.shaky = frozenset(line.key for line in lines[half:])
    heads = head_rows(desk, plan)
    body = [_line(desk, plan, line) for line in lines]
    _merge(desk, plan, lines, body)
    cut = len(body)
    if len(body) > 6 and clerk.does(Mess.SPLIT, 0.7):
        cut = clerk.chance.randint(3, len(body) - 2)
        while cut < len(body) and _inside_merge(body, cut):
            cut += 1
    blocks = []
    for part, rows in enumerate((body[:cut], body[cut:])):
        if not rows:
            continue
        last = part == 1 or cut == len(body)
        laid = _between(desk, plan, lines, rows, heads, last=last)
        grid = Grid(plan.width, [*heads, *laid], heads=len(heads))
        order = plan.order()
        grid.hidden_columns |= {n for n, each in enumerate(order) if str(each).startswith("|")}
        if not part and cut == len(body):
            _hide(desk, plan, lines, grid)
        words = title
        if part:
            words = f"{title}（续表）" if title else "续表"
        block = Block(grid, title=words, wide=plan.width > 7)
        blocks.append(desk.finish(block, plan.units))
    if len(blocks) > 1:
        # Both parts say their unit in the same place.
        blocks[1].lines, blocks[1].inside = list(blocks[0].lines), blocks[0].inside
        if plan.units.way is Mess.UNIT_IN_NOTE:
            blocks[0].notes.clear()
    return blocks


def _title(desk: Desk, name: str) -> str:
    clerk, known = desk.clerk, desk.evaluation
    if not (desk.dated or desk.office) and clerk.does(Mess.LOST_TITLE, 0.8):
        return ""
    year = f"{known.year}年度" if desk.dated or desk.office or clerk.odds(0.5) else ""
    return clerk.pick(_TITLES).format(desk.office + year, name).replace("明细明细", "明细")


def _again(plan: TablePlan, new: Line, old: Line) -> Line:
    """Return a row under the key of an earlier one, as where each group counts from one."""
    return Line(old.key, {**new.cells, plan.spec.key: old.key})


def _line(desk: Desk, plan: TablePlan, line: Line) -> Row:
    """Write one row of the table and record what it states."""
    row: Row = {}
    stored = desk.clerk.odds(0.6)
    for number, each in enumerate(plan.order()):
        if isinstance(each, str):
            row[number] = _extra(desk, plan, each, line)
        elif each.name == plan.spec.key:
            digits = line.key if stored and line.key.isdigit() else ""
            row[number] = Cell(words=line.key, stored=digits)
            _record(desk, plan, line, each, Written(cell=row[number], value=line.key))
        else:
            written = _cell(desk, plan, each, line.cells[each.name])
            _record(desk, plan, line, each, written)
            row[number] = written.cell
    return row


def _record(desk: Desk, plan: TablePlan, line: Line, column: Column, written: Written) -> None:
    if not written.stated:
        return
    marks = [*written.marks]
    marks += [Mess.LOST_TITLE] * (not plan.sure) + [Mess.LOST_KEY] * plan.keyless
    shaky = line.key in plan.shaky
    marks += [Mess.RESTARTED_KEYS] * shaky
    desk.tally.state(
        f"{plan.spec.name}[{line.key}].{column.name}",
        written.value,
        layout="row table",
        # The key says which row it is; a reader need not hand it over once more.
        sure=written.sure and plan.sure and not shaky and column.name != plan.spec.key,
        marks=marks,
    )


def _cell(desk: Desk, plan: TablePlan, column: Column, value: Value) -> Written:
    if column.name in plan.ticks and isinstance(value, str):
        if desk.clerk.does(Mess.BLANK_CELLS, 0.05):
            return BLANK
        words = plan.ticks[column.name][value == "否"]
        # An empty cell among ticks says 否 to most people, but nobody wrote it.
        written = Written(cell=Cell(words=words, centred=True), value=value, sure=bool(words))
        return written.with_marks(Mess.TICKS)
    return desk.figure(value, plan.places.get(column.name))


def _extra(desk: Desk, plan: TablePlan, words: str, line: Line) -> Cell:
    """Write a cell of a further column."""
    meant = [column for column in plan.columns if words.endswith(column.name)]
    if meant:
        column = max(meant, key=lambda each: len(each.name))
        why = "hidden column" if words.startswith("|") else "last year's column"
        key = f"{plan.spec.name}[{line.key}].{column.name}"
        return desk.beside(key, line.cells[column.name], plan.places.get(column.name), why)
    if words == "备注":
        return desk.remark()
    if words in ("负责科室", "联系人"):
        return Cell(words=desk.clerk.pick(("办公室", "规划科", "财务科", "李某某")))
    return desk.percent()


def _merge(desk: Desk, plan: TablePlan, lines: Sequence[Line], body: list[Row]) -> None:
    """Merge equal values of a column over the rows that follow each other."""
    if not desk.clerk.does(Mess.MERGED_VALUES):
        return
    places = {each.name: n for n, each in enumerate(plan.order()) if isinstance(each, Column)}
    # The number of a question or a project over two rows is that of both.
    numbers = [
        column
        for column in plan.columns
        if column.kind is Kind.NUMBER and not column.name.endswith(("序号", "题号"))
    ]
    if numbers and desk.clerk.does(Mess.MERGED_VALUES, 0.3):
        # One amount over two rows: the sum of both, or each? Nobody can tell.
        column, row = desk.clerk.pick(numbers), desk.clerk.chance.randint(0, len(body) - 2)
        place = places[column.name]
        body[row][place] = replace(body[row][place], rows=2)
        body[row + 1].pop(place)
        for line in lines[row : row + 2]:
            key = f"{plan.spec.name}[{line.key}].{column.name}"
            desk.tally.state(key, None, layout="row table", marks=(Mess.MERGED_VALUES,))
    for column in plan.columns:
        if column.kind is not Kind.TEXT or column.name == plan.spec.key:
            continue
        if column.name in plan.ticks:
            continue
        place, start = places[column.name], 0
        for end in range(1, len(body) + 1):
            same = end < len(body) and (
                lines[end].cells[column.name] == lines[start].cells[column.name]
                and bool(body[start][place].words)
            )
            if same:
                continue
            if end - start > 1:
                body[start][place] = replace(body[start][place], rows=end - start)
                for row in range(start + 1, end):
                    filled = bool(body[row].pop(place).words)
                    key = f"{plan.spec.name}[{lines[row].key}].{column.name}"
                    if not filled:
                        # It was left blank, and the merged cell now says it.
                        value = lines[row].cells[column.name]
                        sure = plan.sure and lines[row].key not in plan.shaky
                        desk.tally.state(key, value, layout="row table", sure=sure)
            start = end


def _inside_merge(body: Sequence[Row], cut: int) -> bool:
    return any(
        number + cell.rows > cut for number, row in enumerate(body[:cut]) for cell in row.values()
    )


def _between(
    desk: Desk,
    plan: TablePlan,
    lines: Sequence[Line],
    rows: Sequence[Row],
    heads: Sequence[Row],
    *,
    last: bool,
) -> list[Row]:
    """Return rows with what stands between and below them."""
    clerk, width = desk.clerk, plan.width
    laid: list[Row] = []
    if clerk.does(Mess.COLUMN_NUMBERS, 0.6):
        laid.append({0: Cell(words="栏次"), **{n: Cell(words=str(n)) for n in range(1, width)}})
    if clerk.does(Mess.TOTAL_ROWS, 0.3) and _may_total(plan):
        laid.append(_total(desk, plan, lines, "合计"))
    for number, row in enumerate(rows):
        free = number and not _inside_merge(rows, number)
        if free and number % 7 == 0 and clerk.does(Mess.REPEATED_HEADER, 0.8):
            laid += heads
        if free and clerk.does(Mess.SECTION_ROWS, 0.15):
            words = clerk.pick(("一、本级", "（二）县级", "三、其他", "第二批"))
            laid.append({0: Cell(words=words, columns=width, bold=True)})
        laid.append(row)
        open_below = not _inside_merge(rows, number + 1)
        if open_below and clerk.does(Mess.OF_WHICH_ROWS, 0.1):
            laid.append(_total(desk, plan, lines[:2], "其中：本级安排"))
        if open_below and clerk.does(Mess.NOTE_ROWS, 0.1):
            words = f"注：上述数据含以前年度结转{clerk.chance.randint(2, 700)}万元。"
            laid.append({0: Cell(words=words, columns=width)})
        if open_below and clerk.does(Mess.BLANK_ROWS, 0.08):
            laid.append({})
        if open_below and number % 5 == 4 and clerk.does(Mess.TOTAL_ROWS, 0.5) and _may_total(plan):
            laid.append(_total(desk, plan, lines, "小计"))
    if last and clerk.does(Mess.TOTAL_ROWS) and _may_total(plan):
        laid.append(_total(desk, plan, lines, clerk.pick(("合计", "合 计", "总 计"))))
    return laid


def _may_total(plan: TablePlan) -> bool:
    """Refuse a total that would be an item of the whole department."""
    whole = "整体" in plan.spec.meaning
    return not whole and not any(
        "总计" in c.choices or "合计" in c.choices for c in plan.spec.columns
    )


def _total(desk: Desk, plan: TablePlan, lines: Sequence[Line], words: str) -> Row:
    """Return a row of sums, its label in the first column that holds words."""
    row: Row = {}
    for number, each in enumerate(plan.order()):
        if not isinstance(each, Column) or each.unit.dimension != MONEY:
            continue
        amounts = [v for line in lines if isinstance(v := line.cells[each.name], Quantity)]
        total = Quantity(sum((v.base for v in amounts), Fraction()), MONEY, each.unit)
        desk.tally.decoy(each.name, total, f"row {words}")
        place = plan.places[each.name]
        row[number] = write_value(desk.clerk, total, place.unit, named=place.named).cell
    texts = [n for n in range(plan.width) if n not in row and n < 2]
    if len(texts) == 2 and desk.clerk.odds(0.4):
        return {0: Cell(words=words, columns=2, bold=True, centred=True), **row}
    where = desk.clerk.pick(texts or [0])
    return {**row, where: Cell(words=words, bold=True, centred=True)}


def _hide(desk: Desk, plan: TablePlan, lines: Sequence[Line], grid: Grid) -> None:
    """Leave an earlier version of a row in the table, hidden."""
    if not desk.clerk.does(Mess.HIDDEN_ROWS, 0.8):
        return
    line = desk.clerk.pick(lines)
    row: Row = {}
    for number, each in enumerate(plan.order()):
        if isinstance(each, Column):
            value = line.cells[each.name]
            key = f"{plan.spec.name}[{line.key}].{each.name}"
            old = other_than(desk.clerk, value) if each.name != plan.spec.key else value
            place = plan.places.get(each.name)
            unit = place.unit if place is not None else None
            desk.tally.decoy(key, old, "hidden row")
            row[number] = write_value(
                desk.clerk, old, unit, named=place is None or place.named
            ).cell
    grid.rows.append(row)
    grid.hidden_rows.add(len(grid.rows) - 1)
