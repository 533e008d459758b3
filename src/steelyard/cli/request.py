"""The command that asks a department for its figures (资料采集命令)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.chinese import ChineseCommand
from steelyard.cli.doors import FOLDER, JSON, door, say_json

if TYPE_CHECKING:
    from steelyard.intake.request.ask import Request, Share
    from steelyard.scoring.compiled import CompiledLeaf, Rubric

LIST = "资料清单.docx"

_UNSAFE = re.compile(r"[\x00-\x1f\\/:*?\"<>|]+")


@click.command("request", cls=ChineseCommand)
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件夹。")
@click.option("--due", metavar="日期", help="要求交回的日期，如 2024-10-15。")
@click.option("--force", is_flag=True, help="覆盖输出文件夹里已有的同名文件。")
@JSON
@door
def request(folder: Path, out: Path, due: str | None, *, force: bool, as_json: bool) -> int:
    """向被评价单位要数据：每个提供部门一份资料采集表，另有一份 Word 资料清单。

    评价文件夹里已有的数据预先填好，只需核对和补齐。填好的表用 steelyard take 收回，
    排序、隐藏、插入行列都不影响读取。
    """
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.files.text import write_file
    from steelyard.intake.request.ask import what_to_ask
    from steelyard.intake.request.workbook import request_workbook
    from steelyard.measure.dates import read_date
    from steelyard.report.compose.request_list import request_list
    from steelyard.report.word.writer import word_file

    for part in ("tables", "report"):
        if out.resolve().is_relative_to((folder / part).resolve()):
            raise click.UsageError(f"不能写进评价文件夹的 {part} 里，请换一个输出文件夹。")
    day = None if due is None else read_date(due)
    evaluation = load_evaluation(folder)
    names = indicator_names(evaluation.rubric)
    asked = what_to_ask(
        evaluation.ledger.dictionary,
        uses_of(evaluation.rubric, names),
        title=evaluation.title,
        department=evaluation.department,
        year=evaluation.year,
        framework=evaluation.rubric.framework.reference,
        ledger=evaluation.ledger,
        due=day,
    )
    files = file_names([share.supplier for share in asked.shares])
    targets = [*(out / name for name in files.values()), out / LIST]
    _refuse_overwriting(targets, force=force)
    evidence = {
        names[each.leaf.text]: each.leaf.evidence
        for each in evaluation.rubric.leaves
        if each.leaf.evidence
    }
    # Made before any is written: no new file beside an old one.
    contents = [request_workbook(asked, share) for share in asked.shares]
    contents.append(word_file(request_list(asked, files, evidence, agency=evaluation.agency)))
    for path, content in zip(targets, contents, strict=True):
        write_file(path, content)
    if as_json:
        say_json(_record(asked, files, out))
    else:
        click.echo("\n".join(_lines(asked, files, out)))
    return 0


def indicator_names(rubric: Rubric) -> dict[str, str]:
    """Return what each indicator is called, by its path; a shared name gets its group's."""
    last = [each.leaf.name for each in rubric.leaves]
    return {
        each.leaf.text: each.leaf.name
        if last.count(each.leaf.name) == 1 or len(each.leaf.path) < 2
        else f"{each.leaf.name}（{each.leaf.path[-2]}）"
        for each in rubric.leaves
    }


def uses_of(rubric: Rubric, names: dict[str, str]) -> dict[str, list[str]]:
    """Return which indicators are scored on each item and table, whatever the reading.

    What an item is computed from counts as well.
    """
    uses: dict[str, list[str]] = {}
    for each in rubric.leaves:
        for name in _read_by(each, rubric):
            uses.setdefault(name, []).append(names[each.leaf.text])
    return uses


def _read_by(compiled: CompiledLeaf, rubric: Rubric) -> list[str]:
    """Return the items and tables that an indicator is scored on."""
    from steelyard.formula.tree import needs

    dictionary = rubric.dictionary
    found: dict[str, None] = {}
    usual = {axis.key: axis.default for axis in compiled.axes}
    # Other readings of the measure read other figures; the other axes round and guard.
    pending = [compiled.needs(usual)]
    for axis in compiled.axes:
        if axis.key == "measure":
            pending += [compiled.needs({**usual, axis.key: use}) for use in axis.choices]
    while pending:
        need = pending.pop()
        tables = [table for table, _ in need.columns]
        outer = [
            name
            for table, name in need.columns
            if name and dictionary.tables[table].column(name) is None
        ]
        for name in (*need.names, *outer):
            item = dictionary.items.get(name)
            if name not in found and item is not None and item.formula is not None:
                pending.append(needs(item.formula))
            found[name] = None
        found.update(dict.fromkeys(tables))
    goal = dictionary.goals.get(compiled.leaf.goal)
    if goal is not None:
        found.update(dict.fromkeys((goal.target, goal.actual)))
    return list(found)


def file_names(suppliers: Sequence[str]) -> dict[str, str]:
    """Return the name of each supplier's workbook, safe for every file system."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for supplier in suppliers:
        safe = _UNSAFE.sub("-", supplier).strip(" .")[:40] or "其他"
        name, number = f"资料采集表-{safe}.xlsx", 2
        while name.casefold() in taken:
            name, number = f"资料采集表-{safe}（{number}）.xlsx", number + 1
        taken.add(name.casefold())
        names[supplier] = name
    return names


def _refuse_overwriting(paths: Sequence[Path], *, force: bool) -> None:
    from steelyard.files.text import WouldOverwrite

    for path in paths:
        # A folder in the place of a file is never replaced.
        if path.is_dir() or (path.exists() and not force):
            error = WouldOverwrite(path)
            error.mend = "请换一个输出文件夹，或加 --force 覆盖。"
            raise error


def _record(asked: Request, files: dict[str, str], out: Path) -> dict[str, object]:
    return {
        "due": None if asked.due is None else asked.due.isoformat(),
        "list": str(out / LIST),
        "workbooks": [
            {
                "supplier": share.supplier,
                "file": str(out / files[share.supplier]),
                "figures": len(share.figures),
                "goals": len(share.goals),
                "tables": len(share.tables),
                "asked": share.asked,
                "given": share.given,
            }
            for share in asked.shares
        ],
    }


def _lines(asked: Request, files: dict[str, str], out: Path) -> list[str]:
    lines = [f"已写出 {out / files[share.supplier]}：{_amount(share)}" for share in asked.shares]
    lines.append(f"已写出 {out / LIST}")
    waiting = sum(share.asked - share.given for share in asked.shares)
    count = len(asked.shares)
    lines.append(f"共{count}份资料采集表，待填{waiting}处；交回后用 steelyard take 收取。")
    return lines


def _amount(share: Share) -> str:
    parts = (
        (len(share.figures), "项数据"),
        (len(share.goals), "个绩效目标"),
        (len(share.tables), "张表"),
    )
    said = "、".join(f"{count}{what}" for count, what in parts if count)
    return f"{said}；已有{share.given}处，待填{share.asked - share.given}处"
