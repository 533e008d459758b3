"""One messy file from a seed (来文生成).

An evaluation is drawn, its items are dealt out to layouts, what else people
send is put between, and one of three writers makes the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.intake.mess.as_docx import write_docx
from tests.intake.mess.as_pdf import write_pdf
from tests.intake.mess.as_xlsx import write_xlsx
from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import draw_evaluation, other_than
from tests.intake.mess.foreign import filling_guide, foreign_table, project_form, prose
from tests.intake.mess.forms import across, pair_form
from tests.intake.mess.goals import goal_table
from tests.intake.mess.grid import Block, Grid, Paper, Sheet
from tests.intake.mess.kinds import Clerk, FileKind, Mess
from tests.intake.mess.labels import Names
from tests.intake.mess.lists import vertical_list
from tests.intake.mess.matrix import crossing_of, matrix
from tests.intake.mess.messy import Aside, Messy, Tally
from tests.intake.mess.row_tables import row_table

from steelyard.facts.dictionary import Goal
from steelyard.measure.quantity import Quantity

_WRITERS: dict[FileKind, Callable[[Paper], bytes]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "pdf": write_pdf,
}
_NAMES = (
    "{}绩效评价资料",
    "{}{}年基础数据",
    "附件：{}自评材料",
    "{}数据采集表（终稿）",
    "{}报送材料",
)
_LAYOUTS = {"list": 46, "pairs": 22, "double": 12, "row": 12, "roster": 8}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A table of ours that can be laid out once more, for another year or department."""

    block: Block
    keys: tuple[str, ...]
    lay_out: Callable[[Desk], Block]


def messy_file(seed: int, kind: FileKind) -> Messy:
    """Make one messy file.

    Args:
        seed: The same seed makes the same file.
        kind: Which sort of file.
    """
    clerk = Clerk(seed, kind)
    evaluation = draw_evaluation(clerk)
    tally = Tally()
    desk = Desk(clerk=clerk, evaluation=evaluation, names=Names(evaluation.dictionary), tally=tally)
    other_year = clerk.does(Mess.OTHER_YEAR, 0.8)
    desk.dated = other_year
    blocks, again = _own_blocks(desk)
    hidden = _hidden(desk, again, blocks)
    again += [_Listed(Block(Grid(0)), (), _repeat_rows(name)) for name in evaluation.tables]
    asides = _asides(desk, again, other_year=other_year)
    clerk.chance.shuffle(blocks)
    for aside in asides:
        blocks.insert(clerk.chance.randint(0, len(blocks)), aside)
    paper = _paper(desk, blocks, hidden)
    name = clerk.pick(_NAMES).format(evaluation.department, evaluation.year)
    return Messy(
        name=f"{name}.{kind}",
        kind=kind,
        seed=seed,
        content=_WRITERS[kind](paper),
        department=evaluation.department,
        year=evaluation.year,
        dictionary=evaluation.dictionary,
        truth=dict(tally.truth),
        unsure=frozenset(tally.unsure),
        decoys=tuple(tally.decoys),
        mess=tuple(str(mess) for mess in clerk.made),
        traps={key: tuple(marks) for key, marks in tally.traps.items()},
        layouts=dict(tally.layouts),
    )


def _lay_out(desk: Desk, kind: str, keys: Sequence[str]) -> Block:
    """Lay out items in one of the layouts."""
    if kind == "pairs":
        return pair_form(desk, keys)
    if kind in ("row", "roster"):
        return across(desk, keys, roster=kind == "roster")
    return vertical_list(desk, keys, double=kind == "double")


def _own_blocks(desk: Desk) -> tuple[list[list[Block]], list[_Listed]]:
    """Lay out all that the department knows.

    Returns:
        Blocks in groups that stay together, and how to lay out each list once more.
    """
    clerk, known = desk.clerk, desk.evaluation
    blocks: list[list[Block]] = []
    again: list[_Listed] = []
    keys = [key for key in known.values if "." not in key]
    goals = [goal for goal in known.dictionary.goals.values() if goal.target in known.values]
    crossing = crossing_of(desk, keys) if clerk.odds(0.75) else None
    crossed = matrix(desk, crossing) if crossing is not None else None
    if crossing is not None and crossed is not None:
        blocks.append([crossed])
        keys = [key for key in keys if key not in crossing.keys]
    outcomes = [key for key in keys if "决算数" in desk.item(key).meaning and key.endswith("费")]
    if len(outcomes) > 1 and clerk.does(Mess.PLAN_COLUMN):
        blocks.append([vertical_list(desk, outcomes, planned=True)])
        keys = [key for key in keys if key not in outcomes]
    if len(goals) > 2 and clerk.odds(0.15):
        # Some people put the two sides of a goal into the list of items.
        listed, goals = goals[:2], goals[2:]
        keys += [side for goal in listed for side in (goal.target, goal.actual)]
    for part in _dealt(clerk, keys):
        layout = _layout_for(clerk, part)
        again.append(_listed(desk, part, _repeat(layout, part)))
    halves = [goals[:5], goals[5:]] if len(goals) > 6 and clerk.odds(0.4) else [goals]
    for group in halves:
        if group:
            sides = [side for goal in group for side in (goal.target, goal.actual)]
            again.append(_listed(desk, sides, _repeat_goals(group)))
    blocks += [[each.block] for each in again]
    blocks += [row_table(desk, name) for name in known.tables]
    blocks += _said_again(desk, [key for key in keys if "." not in key])
    return blocks, again


def _listed(desk: Desk, keys: Sequence[str], lay_out: Callable[[Desk], Block]) -> _Listed:
    return _Listed(lay_out(desk), tuple(keys), lay_out)


def _repeat(layout: str, keys: Sequence[str]) -> Callable[[Desk], Block]:
    return lambda desk: _lay_out(desk, layout, keys)


def _repeat_goals(goals: Sequence[Goal]) -> Callable[[Desk], Block]:
    return lambda desk: goal_table(desk, goals)


def _repeat_rows(name: str) -> Callable[[Desk], Block]:
    return lambda desk: row_table(desk, name)[0]


def _dealt(clerk: Clerk, keys: Sequence[str]) -> list[list[str]]:
    """Deal items out to one, two or three tables."""
    if not keys:
        return []
    count = min(clerk.chance.choices((1, 2, 3), (50, 35, 15))[0], len(keys) // 3 or 1)
    cuts = sorted(clerk.chance.sample(range(1, len(keys)), count - 1)) if count > 1 else []
    edges = [0, *cuts, len(keys)]
    return [list(keys[a:b]) for a, b in pairwise(edges)]


def _layout_for(clerk: Clerk, keys: Sequence[str]) -> str:
    """Choose a layout that has room for so many items."""
    possible = dict(_LAYOUTS)
    if len(keys) > 8:
        del possible["row"], possible["roster"]
    if len(keys) < 4:
        possible.pop("double")
    if Mess.ROSTER in clerk.habits and "roster" in possible:
        possible["roster"] = 60
    return clerk.chance.choices(list(possible), list(possible.values()))[0]


def _said_again(desk: Desk, keys: Sequence[str]) -> list[list[Block]]:
    """Say some items a second time, alike or unlike."""
    clerk, known = desk.clerk, desk.evaluation
    numbers = [key for key in keys if isinstance(known.values[key], Quantity)]
    found: list[list[Block]] = []
    if len(numbers) > 4 and clerk.does(Mess.SAID_TWICE):
        found.append([vertical_list(desk, clerk.some(numbers, 4))])
    if len(numbers) > 4 and clerk.does(Mess.CONTRADICTION):
        some = clerk.some(numbers, 3)
        values = {**known.values, **{key: other_than(clerk, known.values[key]) for key in some}}
        desk.evaluation = replace(known, values=values)
        found.append([vertical_list(desk, some)])
        desk.evaluation = known
    return found


def _asides(desk: Desk, again: Sequence[_Listed], *, other_year: bool) -> list[list[Block]]:
    """Lay out what is no figure of ours: other years, other departments, other things."""
    clerk, known = desk.clerk, desk.evaluation
    found: list[list[Block]] = []
    if again and other_year:
        year = known.year - 1
        found.append([_aside(desk, clerk.pick(again).lay_out, year, "", "last year's table")])
    if again and clerk.does(Mess.OTHER_DEPARTMENT, 0.8):
        office = known.place + clerk.pick(("文化广电和旅游局", "市场监督管理局", "司法局"))
        found.append(
            [_aside(desk, clerk.pick(again).lay_out, known.year, office, f"table of {office}")]
        )
    if clerk.does(Mess.FOREIGN_TABLE):
        found.append([foreign_table(desk)])
    if clerk.does(Mess.PROJECT_FORM):
        found.append([project_form(desk)])
    return found


def _aside(desk: Desk, lay_out: Callable[[Desk], Block], year: int, office: str, why: str) -> Block:
    """Lay out a list once more, with values of another year or department."""
    other = replace(desk.evaluation.others(desk.clerk), year=year)
    aside = Aside(whole=desk.tally, why=why)
    # The same clerk, but what leaves doubts is left to our own tables.
    block = lay_out(
        Desk(
            clerk=desk.clerk,
            evaluation=other,
            names=desk.names,
            tally=aside,
            dated=True,
            office=office,
        )
    )
    block.aside = True
    return block


def _hidden(desk: Desk, again: Sequence[_Listed], blocks: list[list[Block]]) -> Block | None:
    """Lay out an earlier version of a list for a hidden sheet, or hide a list of ours."""
    if not again or not desk.clerk.does(Mess.HIDDEN_SHEET):
        return None
    if len(blocks) > 1 and desk.clerk.odds(0.3):
        mine = desk.clerk.pick(again)
        blocks[:] = [group for group in blocks if group != [mine.block]]
        for key in (key for key in mine.keys if key in desk.tally.layouts):
            # Nobody is shown these figures: whether they count must be asked.
            desk.tally.unsure.add(key)
            desk.tally.traps[key].append(str(Mess.HIDDEN_SHEET))
        return mine.block
    return _aside(desk, desk.clerk.pick(again).lay_out, desk.evaluation.year, "", "hidden sheet")


def _paper(desk: Desk, groups: Sequence[Sequence[Block]], hidden: Block | None) -> Paper:
    """Put blocks on sheets."""
    clerk, known = desk.clerk, desk.evaluation
    guided = [key for key in known.values if isinstance(known.values[key], Quantity)]
    if guided and groups and clerk.does(Mess.FILLING_GUIDE):
        clerk.pick(groups)[-1].notes += filling_guide(desk, guided)
    if groups and clerk.does(Mess.PROSE):
        clerk.pick(groups)[0].prose += prose(desk)
    sheets = _workbook_sheets(desk, groups) if clerk.workbook else [_one_sheet(groups)]
    if hidden is not None:
        name = clerk.pick(("旧数据", "Sheet9", "初稿"))
        sheets.insert(clerk.chance.randint(0, len(sheets)), Sheet(name, [[hidden]], hidden=True))
    heading = f"{known.department}{known.year}年度部门整体支出绩效评价材料"
    return Paper(
        sheets=sheets,
        heading=heading if clerk.odds(0.6) else "",
        foot="— {} —" if clerk.odds(0.7) else "",
        thin_rules=clerk.odds(0.4),
        torn=clerk.does(Mess.STRANGE_DRAWING),
        repeated_heads=clerk.odds(0.5),
    )


def _one_sheet(groups: Sequence[Sequence[Block]]) -> Sheet:
    return Sheet("", [[block] for group in groups for block in group])


def _workbook_sheets(desk: Desk, groups: Sequence[Sequence[Block]]) -> list[Sheet]:
    """Put blocks on sheets of a workbook, several on one where people do so."""
    clerk = desk.clerk
    sheets: list[Sheet] = []
    plain = clerk.does(Mess.SHEET_NAMES) or clerk.odds(0.4)
    share = 0.8 if Mess.SIDE_BY_SIDE in clerk.habits else 0.4
    for group in groups:
        whole = len(group) == 1 and not group[0].aside
        fits = bool(sheets) and not any(b.aside for band in sheets[-1].blocks for b in band)
        blocks = [*group, *(b for band in sheets[-1].blocks for b in band)] if fits else []
        fits = fits and not any(each.grid.hidden_columns for each in blocks)
        if whole and fits and group[0].title and clerk.odds(share):
            _join(desk, sheets[-1], group[0])
            continue
        for part, block in enumerate(group):
            number = len(sheets) + 1
            name = f"Sheet{number}" if plain else _sheet_name(block, number, part)
            sheet = Sheet(name, [[block]], gap=clerk.chance.randint(1, 3))
            if clerk.does(Mess.MOVED, 0.8):
                sheet.top, sheet.left = clerk.chance.randint(0, 4), clerk.chance.randint(0, 3)
            sheets.append(sheet)
    return sheets


def _join(desk: Desk, sheet: Sheet, block: Block) -> None:
    """Put a block beside or below the others on a sheet."""
    beside = sheet.blocks[-1]
    narrow = sum(each.grid.width for each in beside) + block.grid.width < 16
    # Hidden rows of one table would hide rows of its neighbour, hidden columns those below.
    seen = not any(each.grid.hidden_rows for each in (*beside, block))
    if narrow and seen and desk.clerk.does(Mess.SIDE_BY_SIDE, 0.8):
        beside.append(block)
    else:
        sheet.blocks.append([block])


def _sheet_name(block: Block, number: int, part: int) -> str:
    """Name a sheet by the title of its table."""
    words = "".join(sign for sign in block.title if sign not in "[]:*?/\\：（）() ")[:20]
    more = f"（{number}）" if words else f"表{number}"
    return (words + more + ("续" if part else ""))[:31]
