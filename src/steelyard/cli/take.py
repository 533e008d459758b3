"""The commands that take figures in, and tell where they came from (采集命令)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.chinese import ChineseCommand
from steelyard.cli.doors import FOLDER, JSON, door, say_json
from steelyard.cli.progress import WHOLE, Bar

if TYPE_CHECKING:
    from steelyard.intake.handed_in import HandedIn
    from steelyard.intake.sighting import Seen


_READ = 900
"""Thousandths of the work that are done when all is read."""


@click.command("take", cls=ChineseCommand)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option(
    "--into", "folder", required=True, type=click.Path(path_type=Path), help="评价文件夹。"
)
@click.option("--dry-run", is_flag=True, help="只看会怎样，不写入。")
@click.option(
    "--map",
    "answers_file",
    type=click.Path(path_type=Path),
    help="对照文件：疑问写在里面，答复从里面读。",
)
@click.option("--partial", is_flag=True, help="有错误时，仍写入没有错误的数据。")
@click.option(
    "--returns", type=click.Path(path_type=Path), help="把标注了错误的副本写到这个文件夹。"
)
@click.option("--force", is_flag=True, help="覆盖 --returns 文件夹里已有的同名文件。")
@JSON
@door
def take(
    files: Sequence[Path],
    folder: Path,
    answers_file: Path | None,
    returns: Path | None,
    *,
    dry_run: bool,
    partial: bool,
    force: bool,
    as_json: bool,
) -> int:
    """把交来的材料收进评价文件夹：认出数据项，先给出差异，再整批写入。

    支持 .xlsx、.xls、.csv、.docx、.pdf 和装有它们的 .zip。有把握的直接取，没有把握的提问；
    有错误时默认一个数也不写。写入的一批可用 steelyard undo 撤销。
    """
    from steelyard.cli.take_view import as_records, listing
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.intake.answers import load_answers, save_questions
    from steelyard.intake.batches.store import Lock, recover
    from steelyard.intake.batches.take import take as write
    from steelyard.intake.handed_in import handed_in
    from steelyard.intake.look import look_through
    from steelyard.intake.proposal import propose
    from steelyard.intake.recognise.pen import Context

    with Lock(folder):
        for said in recover(folder):
            click.echo(said, err=True)
        evaluation = load_evaluation(folder)
        answers = load_answers(answers_file) if answers_file is not None else {}
        with Bar(shown=not as_json and sys.stderr.isatty()) as bar:
            originals = handed_in(files)
            ledger = evaluation.ledger
            context = Context(ledger.dictionary, evaluation.year, evaluation.department, answers)
            step = bar.counting("读取", 0, _READ, of=len(originals))
            seen = look_through(originals, context, ledger, step, whole=not partial)
            proposal = propose(seen, evaluation.ledger, evaluation.sources, evaluation.conflicts)
            stopped = bool(seen.mistakes) and not partial
            batch = None
            if proposal.writes and not dry_run and not stopped:
                contents = [(each.name, each.content) for each in originals]
                batch = write(
                    proposal,
                    folder,
                    evaluation.ledger.dictionary,
                    contents,
                    bar.counting("写入", _READ, WHOLE),
                )
        if answers_file is not None:
            added = save_questions(answers_file, seen.questions, answers)
            if added:
                click.echo(f"{added}个疑问已写入 {answers_file}", err=True)
    written = _returned(originals, seen, returns, force=force) if returns is not None else []
    for path in written:
        click.echo(f"已写出 {path}", err=True)
    if as_json:
        say_json(as_records(proposal, batch))
    else:
        click.echo(listing(proposal, batch, dry_run=dry_run, stopped=stopped))
    return 1 if seen.mistakes or any(each.certain for each in seen.contradictions) else 0


def _returned(
    originals: Sequence[HandedIn], seen: Seen, returns: Path, *, force: bool
) -> list[Path]:
    """Write what goes back to the department; all of it or nothing.

    Raises:
        WouldOverwrite: Something of that name is there.
    """
    from steelyard.files.text import WouldOverwrite, write_file
    from steelyard.intake.returned.send_back import send_back

    papers = send_back(originals, seen)
    for paper in papers:
        path = returns / paper.name
        if path.is_dir() or (path.exists() and not force):
            error = WouldOverwrite(path)
            error.mend = "请换一个文件夹，或加 --force 覆盖（原文件从不覆盖）。"
            raise error
    for paper in papers:
        write_file(returns / paper.name, paper.content)
    return [returns / paper.name for paper in papers]


@click.command("undo", cls=ChineseCommand)
@FOLDER
@JSON
@door
def undo(folder: Path, *, as_json: bool) -> int:
    """撤销最近一批采集：被它改动的文件恢复原样。"""
    from steelyard.intake.batches.store import Lock, recover
    from steelyard.intake.batches.take import undo as take_back

    with Lock(folder):
        for said in recover(folder):
            click.echo(said, err=True)
        batch = take_back(folder)
    if as_json:
        say_json({"batch": batch.number, "values": len(batch.entries)})
    else:
        click.echo(f"已撤销第{batch.number}批：{len(batch.entries)}个数据恢复到写入之前。")
    return 0


@click.command("sources", cls=ChineseCommand)
@FOLDER
@JSON
@door
def sources(folder: Path, *, as_json: bool) -> int:
    """每个数据从哪里来：文件、工作表和单元格或页、原文，是第几批写入的。"""
    from steelyard.cli.take_view import source_records, source_text
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.intake.batches.batch import batches

    evaluation = load_evaluation(folder)
    records = source_records(evaluation.ledger, list(batches(folder)))
    if as_json:
        say_json({"facts": records})
    else:
        click.echo(source_text(records))
    return 0
