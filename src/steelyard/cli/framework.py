"""Commands about frameworks (指标体系命令)."""

from __future__ import annotations

import click

from steelyard.cli.chinese import ChineseGroup
from steelyard.cli.doors import JSON, door, say_json

REFERENCE = click.argument("reference")


@click.group("framework", cls=ChineseGroup)
def framework() -> None:
    """指标体系：列出、查看、体检、比较。"""


@framework.command("list")
@JSON
@door
def list_frameworks(*, as_json: bool) -> int:
    """列出自带的指标体系。"""
    from steelyard.cli.as_text import table
    from steelyard.framework.load import load_framework, shipped

    known = [load_framework(folder) for folder in shipped()]
    if as_json:
        say_json(
            [
                {
                    "reference": each.reference,
                    "title": each.title,
                    "kind": each.kind,
                    "place": each.place,
                    "year": each.year,
                    "indicators": len(each.leaves),
                }
                for each in known
            ]
        )
        return 0
    rows = [(each.reference, each.kind, str(len(each.leaves)), each.title) for each in known]
    click.echo(table(("编号", "类型", "指标数", "名称"), rows, right=(2,)))
    return 0


@framework.command()
@REFERENCE
@JSON
@door
def show(reference: str, *, as_json: bool) -> int:
    """查看一套指标体系：分值、算式、评分标准、口径。"""
    from steelyard.cli import framework_view as view
    from steelyard.evaluation.folder import load_book
    from steelyard.framework.load import find_framework

    rubric = load_book(find_framework(reference)).rubric
    if as_json:
        say_json(view.rubric_record(rubric))
    else:
        click.echo(view.rubric_text(rubric))
    return 0


@framework.command()
@REFERENCE
@JSON
@door
def lint(reference: str, *, as_json: bool) -> int:
    """体检：分值、要点、档次、口径有没有问题，各由什么口径确定。"""
    from steelyard.cli import as_json as records
    from steelyard.cli.as_text import flaws_text
    from steelyard.evaluation.folder import load_book
    from steelyard.framework.load import find_framework
    from steelyard.scoring.lint import lint as find_flaws

    flaws = find_flaws(load_book(find_framework(reference)).rubric)
    if as_json:
        say_json([records.flaw_record(flaw) for flaw in flaws])
    else:
        click.echo(flaws_text(flaws))
    open_errors = [flaw for flaw in flaws if flaw.severity == "error" and not flaw.is_settled]
    return 1 if open_errors else 0


@framework.command()
@click.argument("old")
@click.argument("new")
@JSON
@door
def diff(old: str, new: str, *, as_json: bool) -> int:
    """比较两版指标体系：增删、分值、算式、评分标准、口径。"""
    from steelyard.cli import framework_view as view
    from steelyard.evaluation.folder import load_book
    from steelyard.framework.load import find_framework
    from steelyard.scoring.compare import compare

    books = [load_book(find_framework(each)) for each in (old, new)]
    changes = compare(books[0].rubric, books[1].rubric)
    if as_json:
        say_json([view.change_record(change) for change in changes])
    else:
        click.echo(view.changes_text(changes))
    return 0
