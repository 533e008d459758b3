"""The arithmetic of a self-evaluation (表内核对): funds, points, scores, total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.intake.self_evaluation.claim import Block, check, known_claims
from steelyard.intake.self_evaluation.entry import Entry, as_share
from steelyard.intake.self_evaluation.form import FundRow, Leaf, SelfEvaluation
from steelyard.intake.sighting import Contradiction
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value

_AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
_FULL = 100
_WITHOUT_EXECUTION = 90
"""What indicators have together where the execution rate has points elsewhere."""

_GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def check_arithmetic(form: SelfEvaluation, about: str) -> Iterator[Contradiction]:
    """Yield what does not add up inside a form.

    Args:
        form: As it was filled in.
        about: Begins each message: which project.
    """
    for row in [form.total, *form.parts]:
        if row is not None:
            yield from _row(row, about)
    for column in _AMOUNTS:
        yield from _parts(form, column, about)
    yield from _points(form, about)
    yield from _total(form, about)
    yield from _grade(form, about)


def _claims(name: str, block: Block) -> Iterator[Contradiction]:
    for claim in known_claims():
        if claim.block == name:
            found = check(claim, block)
            if found is not None:
                yield found


def _row(row: FundRow, about: str) -> Iterator[Contradiction]:
    """Yield what is wrong in one row of the funds."""
    entries: dict[str, Entry | Value] = dict(row.cells)
    where = f"{about}{row.label}的" if row.label else about
    rate = row.cells.get("执行率")
    found: list[list[Contradiction]] = []
    for reading in as_share(rate) if rate is not None else ():
        block = Block({**entries, "执行率": reading}, about=where)
        found.append(list(_claims("资金", block)))
    if not found:
        found.append(list(_claims("资金", Block(entries, about=where))))
    # A rate without a percent sign holds when one of its readings does.
    yield from min(found, key=len)


def _parts(form: SelfEvaluation, column: str, about: str) -> Iterator[Contradiction]:
    """Yield a total of funds that its parts do not make up."""
    whole = form.total.cells.get(column) if form.total is not None else None
    if whole is None:
        return
    cells = [row.cells[column] for row in form.parts if column in row.cells]
    given = [cell for cell in cells if cell.number is not None]
    if not given:
        return
    numbers = [cell.number for cell in (whole, *given)]
    fine = any(number is not None and number.places for number in numbers)
    # Among amounts with decimals a whole number is exact; among whole ones it may be rounded.
    whole = replace(whole, rounded=not fine)
    rows = [{"金额": replace(cell, rounded=not fine)} for cell in given]
    block = Block(
        {"总额": whole}, {"其中": rows}, about, {"总额": f"年度资金总额（{column}）"}
    )  # fmt: skip
    unread = len(given) < sum(cell.value is not NOT_APPLICABLE for cell in cells)
    for found in _claims("资金列", block):
        # A blank row may hold the difference, and rows of parts of parts count twice.
        yield replace(found, certain=not unread and not form.nested)


def _points(form: SelfEvaluation, about: str) -> Iterator[Contradiction]:
    pointed = [leaf for leaf in form.leaves if _number(leaf.points) is not None]
    for level in form.levels:
        rows = [{"分值": leaf.points} for leaf in pointed if leaf.level == level.name]
        block = Block({"层级分值": level.points}, {"指标": _entries(rows)}, about,
                      {"层级分值": f"{level.name}的分值"})  # fmt: skip
        if rows:
            yield from _claims("层级", block)
    if len(pointed) < 2 or len(pointed) < len(form.leaves):
        return
    execution = form.total.cells.get("分值") if form.total is not None else None
    together = sum((number.base for leaf in pointed if (number := _number(leaf.points))), start=0)
    bare = execution is None or execution.number is None or _says_execution(form, execution)
    full: Entry | Value = form.full or Quantity.of(_FULL)
    if form.full is None and bare and together == _WITHOUT_EXECUTION:
        full = Quantity.of(_WITHOUT_EXECUTION)
    if form.full is not None and form.full.number is None:
        return
    entries: dict[str, Entry | Value] = {"满分": full, "执行分值": execution or NOT_APPLICABLE}
    if bare:
        entries["执行分值"] = NOT_APPLICABLE
    rows = [{"分值": leaf.points} for leaf in pointed]
    for found in _claims("分值", Block(entries, {"指标": _entries(rows)}, about)):
        # Where no total is printed, the form may go on in another table.
        yield replace(found, certain=not form.loose and (form.full is not None or together > _FULL))


def _says_execution(form: SelfEvaluation, execution: Entry) -> bool:
    """Tell whether the execution rate stands among the indicators once more."""
    return any(
        "执行率" in leaf.name.text and (number := _number(leaf.points)) is not None
        and execution.number is not None and number.base == execution.number.base
        for leaf in form.leaves
    )  # fmt: skip


def _total(form: SelfEvaluation, about: str) -> Iterator[Contradiction]:
    if form.sum is None or form.sum.number is None or not form.leaves:
        return
    scored = [leaf for leaf in form.leaves if _number(leaf.score) is not None]
    missing = [leaf for leaf in form.leaves if leaf.score is None or not _settled(leaf)]
    execution = form.total.cells.get("得分") if form.total is not None else None
    pointed = form.total.cells.get("分值") if form.total is not None else None
    open_execution = pointed is not None and pointed.number is not None and (
        execution is None or execution.number is None
    )  # fmt: skip
    if missing or open_execution:
        return
    first: Entry | Value = NOT_APPLICABLE
    again = pointed is not None and _says_execution(form, pointed)
    if execution is not None and execution.number is not None and not again:
        first = execution
    rows = [{"得分": leaf.score} for leaf in scored]
    block = Block({"总分": form.sum, "执行得分": first}, {"指标": _entries(rows)}, about)
    for found in _claims("总分", block):
        yield replace(found, certain=not form.loose)


def _settled(leaf: Leaf) -> bool:
    """Tell whether a leaf has a score, or says that it needs none."""
    return leaf.score is not None and not (leaf.score.blank or _unread(leaf.score))


def _unread(entry: Entry) -> bool:
    return entry.number is None and entry.value is not NOT_APPLICABLE


def _number(entry: Entry | None) -> Quantity | None:
    return entry.number if entry is not None else None


def _entries(rows: list[dict[str, Entry | None]]) -> list[dict[str, Entry]]:
    return [{key: entry for key, entry in row.items() if entry is not None} for row in rows]


def _grade(form: SelfEvaluation, about: str) -> Iterator[Contradiction]:
    """Yield a grade that the total does not have."""
    total = _number(form.sum)
    if form.grade is None or form.sum is None or total is None or not 0 <= total.base <= _FULL:
        return
    if form.full is not None and form.full.number is not None and form.full.number.base != _FULL:
        return
    right = next(name for least, name in _GRADES if total.base >= least)
    said = form.grade.said
    if right != said:
        yield Contradiction(
            what=f"{about}总分{form.sum.said}分应为“{right}”，等级写的是“{said}”。",
            mend="请核对总分和等级；等级标准另有规定的，请注明。",
            places=(form.grade.place, form.sum.place),
            quotes=(said, form.sum.said),
        )
