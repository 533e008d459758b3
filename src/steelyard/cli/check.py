"""The command that examines finished documents (体检命令)."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.chinese import ChineseCommand
from steelyard.cli.doors import JSON, door, say_json
from steelyard.cli.progress import WHOLE, Bar

if TYPE_CHECKING:
    from steelyard.intake.reading.document import Document

_READ, _CHECKED = 400, 700
"""Thousandths of the work that are done when all is read, and when it is checked."""


@click.command("check", cls=ChineseCommand)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option(
    "--case",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="用这个评价文件夹的数据核对。",
)
@click.option("--out", type=click.Path(path_type=Path), help="写出发现清单、核对页和批注副本。")
@click.option("--each", is_flag=True, help="逐份检查，互不核对；文件夹指其中的文件。")
@click.option("--errors-only", is_flag=True, help="只列错误，写出的文件也只写错误。")
@click.option("--verbose", is_flag=True, help="分类列出数的核对状态，列出每一处。")
@click.option("--force", is_flag=True, help="覆盖输出文件夹里已有的同名文件。")
@JSON
@door
def check(
    files: Sequence[Path],
    case: Path | None,
    out: Path | None,
    *,
    each: bool,
    errors_only: bool,
    verbose: bool,
    force: bool,
    as_json: bool,
) -> int:
    """给写好的报告体检：核对每个数，列出不一致之处。

    可以同时检查几份文件（报告、自评表、资金台账），它们之间也互相核对。
    几十份互不相干的报告，加 --each 逐份检查，列出汇总表。
    支持 Word、PDF、工作簿和纯文本。--out 写出 findings.xlsx、checked.html，
    Word 和 PDF 另有带批注的副本；原文件不动。
    """
    shown = not as_json and sys.stderr.isatty()
    if each:
        if case is not None:
            raise click.UsageError("--each 逐份检查不同单位的文件，不能与 --case 一起用。")
        return _each(files, out, shown, errors_only=errors_only, force=force, as_json=as_json)
    from steelyard.cli.check_files import given, told_apart
    from steelyard.cli.check_papers import folder_for, targets_for, write_papers
    from steelyard.doctor.examine import CHECKS, examine
    from steelyard.doctor.papers.as_records import as_records
    from steelyard.doctor.papers.listing import listing
    from steelyard.intake.reading.read_file import read_files

    files = given(files)
    out = out if out is None else folder_for(out)
    with Bar(shown=shown) as bar:
        documents = [
            replace(document, name=name)
            for document, name in zip(
                read_files(files, bar.counting("读取", 0, _READ, of=len(files))),
                told_apart(files),
                strict=True,
            )
        ]
        targets = {} if out is None else targets_for(files, documents, out, force=force)
        data, department = (None, "") if case is None else _data(case)
        _warn(documents, department)
        step = bar.counting("核对", _READ, _CHECKED)
        done = iter(range(len(CHECKS)))
        examination = examine(documents, lambda _: step(next(done, 0), len(CHECKS)), data)
        told = bar.counting("写出", _CHECKED, WHOLE, of=len(targets))
        originals = list(zip(files, documents, strict=True))
        written = write_papers(examination, originals, targets, told, errors_only=errors_only)
    for path in written:
        click.echo(f"已写出 {path}", err=True)
    if as_json:
        say_json(as_records(examination, errors_only=errors_only))
    else:
        columns = shutil.get_terminal_size((100, 24)).columns
        click.echo(listing(examination, columns=columns, errors_only=errors_only, verbose=verbose))
    return int(any(finding.severity == "error" for finding in examination.findings))


def _data(case: Path) -> tuple[Document, str]:
    """Return an evaluation folder as a document, and the department that it is about."""
    from steelyard.doctor.case import case_document
    from steelyard.evaluation.evaluation import evaluate
    from steelyard.evaluation.folder import load_evaluation

    evaluation = load_evaluation(case)
    return case_document(evaluate(evaluation), case.name), evaluation.department


def _warn(documents: list[Document], department: str) -> None:
    """Say over all else that papers of different departments were taken together."""
    from steelyard.doctor.papers.departments import of_several

    warning = of_several(documents, department)
    if warning:
        first = documents[0]
        documents[0] = replace(first, remarks=(warning, *first.remarks))


def _each(
    paths: Sequence[Path],
    out: Path | None,
    shown: bool,
    *,
    errors_only: bool,
    force: bool,
    as_json: bool,
) -> int:
    from steelyard.cli.check_each import check_each
    from steelyard.cli.check_files import opened
    from steelyard.doctor.papers.batch import batch_listing

    files = opened(paths)
    with Bar(shown=shown) as bar:
        told = bar.counting("逐份检查", 0, WHOLE)
        checked = check_each(files, out, told, errors_only=errors_only, force=force)
    if checked.written:
        place = checked.written[-1]
        click.echo(f"已写出 {place}；各份的结果在它旁边的文件夹里。", err=True)
    if as_json:
        say_json(list(checked.records))
    else:
        columns = shutil.get_terminal_size((100, 24)).columns
        click.echo(batch_listing(checked.lines, columns=columns))
    return checked.code
