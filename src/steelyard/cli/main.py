"""The command line (命令行). Thin doors: each command reads, calls, prints.

Results go to stdout, complaints to stderr. Exit 0: done; 1: done, and errors
were found; 2: the input cannot be read. Heavy modules are imported by the
command that needs them, so that help is quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from steelyard.cli.check import check
from steelyard.cli.chinese import ChineseGroup, usage_error
from steelyard.cli.doors import FOLDER, JSON, door, say_json
from steelyard.cli.framework import framework
from steelyard.cli.report import report
from steelyard.cli.request import request
from steelyard.cli.take import sources, take, undo


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="steelyard", message="steelyard %(version)s", help="显示版本。")
def cli() -> None:
    """权衡 Steelyard：每一分都有出处的预算绩效评价。

    退出码：0 完成；1 完成，但发现了错误；2 输入无法读取。
    """


@cli.command()
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="写出 scores.xlsx 和 proof.html。")
@click.option("--force", is_flag=True, help="覆盖输出文件夹里已有的同名文件。")
@JSON
@door
def evaluate(folder: Path, out: Path | None, *, force: bool, as_json: bool) -> int:
    """给一个评价文件夹评分：得分、依据、等级、区间、核对。"""
    from steelyard.cli import as_json as records
    from steelyard.cli import as_text
    from steelyard.evaluation.evaluation import evaluate as weigh
    from steelyard.evaluation.folder import load_evaluation

    outcome = weigh(load_evaluation(folder))
    if out is not None:
        for path in _write(outcome, out, force=force):
            click.echo(f"已写出 {path}", err=True)
    if as_json:
        say_json(records.outcome_record(outcome))
    else:
        click.echo(as_text.outcome_text(outcome))
    return 1 if outcome.has_errors else 0


def _write(outcome: object, out: Path, *, force: bool) -> list[Path]:
    from steelyard.evaluation.evaluation import Outcome
    from steelyard.files.text import WouldOverwrite, write_file
    from steelyard.report.proof.page import proof_page
    from steelyard.report.workbook.score_workbook import score_workbook

    if not isinstance(outcome, Outcome):
        raise TypeError(outcome)
    targets = [out / "scores.xlsx", out / "proof.html"]
    for path in targets:
        if path.exists() and not force:
            error = WouldOverwrite(path)
            error.mend = "请换一个输出文件夹，或加 --force 覆盖。"
            raise error
    # Made before any is written: no new file beside an old one.
    contents: tuple[bytes | str, ...] = (score_workbook([outcome]), proof_page(outcome))
    for path, content in zip(targets, contents, strict=True):
        write_file(path, content)
    return targets


@cli.command()
@FOLDER
@click.argument("path")
@JSON
@door
def explain(folder: Path, path: str, *, as_json: bool) -> int:
    """说明一项指标的得分：推导、数据出处、口径。PATH 是指标路径或其末段。"""
    from steelyard.cli import as_json as records
    from steelyard.cli import as_text
    from steelyard.evaluation.evaluation import evaluate as weigh
    from steelyard.evaluation.folder import load_evaluation

    outcome = weigh(load_evaluation(folder))
    award = outcome.card.award(path)
    if as_json:
        record = records.award_record(award, outcome)
        proof = award.proof
        record["derivation"] = None if proof is None else records.derivation_record(proof)
        say_json(record)
    else:
        click.echo(as_text.explain_text(award, outcome))
    return 0 if award.earned is not None else 1


@cli.command()
@FOLDER
@JSON
@door
def envelope(folder: Path, *, as_json: bool) -> int:
    """得分区间：未决的口径和数据会让总分在哪里，什么会改变等级。"""
    from steelyard.cli import as_json as records
    from steelyard.cli import as_text
    from steelyard.evaluation.evaluation import evaluate as weigh
    from steelyard.evaluation.evaluation import reach_of_all
    from steelyard.evaluation.folder import load_evaluation

    outcome = weigh(load_evaluation(folder))
    everything = reach_of_all(outcome)
    places = outcome.card.framework.places
    if as_json:
        known = outcome.envelope
        record = {} if known is None else records.envelope_record(known, places)
        record["total"] = records.points(outcome.card.total, places)
        record["effects"] = [records.effect_record(effect, places) for effect in outcome.effects]
        record["everything"] = (
            None if everything is None else records.envelope_record(everything, places)
        )
        say_json(record)
    else:
        click.echo(as_text.envelope_text(outcome, everything))
    return 1 if outcome.envelope is None else 0


@cli.command()
@FOLDER
@click.option("--all", "all_of_them", is_flag=True, help="相符的也列出。")
@JSON
@door
def verify(folder: Path, *, all_of_them: bool, as_json: bool) -> int:
    """核对数据之间的勾稽关系；每项一句话，写明两边的数。"""
    from steelyard.checks.tie_out import errors_among, run_checks
    from steelyard.cli import as_json as records
    from steelyard.cli import as_text
    from steelyard.evaluation.folder import load_evaluation

    evaluation = load_evaluation(folder)
    results = run_checks(evaluation.checks, evaluation.ledger)
    if as_json:
        say_json([records.check_record(result) for result in results])
    else:
        click.echo(as_text.checks_text(results, all_of_them=all_of_them))
    return 1 if errors_among(results) else 0


@cli.command()
@FOLDER
@JSON
@door
def findings(folder: Path, *, as_json: bool) -> int:
    """问题链：扣分、问题、原因、建议如何对应，哪里还有缺口。"""
    from steelyard.cli import findings_view as view
    from steelyard.evaluation.evaluation import evaluate as weigh
    from steelyard.evaluation.folder import load_evaluation

    outcome = weigh(load_evaluation(folder))
    if as_json:
        say_json(view.findings_record(outcome))
    else:
        click.echo(view.findings_text(outcome))
    return 0 if all(gap.is_hint for gap in outcome.chain_gaps) else 1


@cli.command()
@FOLDER
@click.option("--framework", "reference", required=True, help="指标体系编号，或以 ./ 开头的路径。")
@click.option("--department", default="被评价单位", show_default=True, help="被评价单位名称。")
@click.option("--year", type=int, help="评价年度；不写则用指标体系的年度。")
@JSON
@door
def init(folder: Path, *, reference: str, department: str, year: int | None, as_json: bool) -> int:
    """按指标体系新建评价文件夹，列出每一项要填的数据和要评判的要点。"""
    from steelyard.evaluation.begin import begin
    from steelyard.evaluation.folder import load_book
    from steelyard.framework.load import find_framework, shipped

    source = find_framework(reference)
    book = load_book(source)
    named = book.rubric.framework.reference
    if source not in shipped():
        # From the folder to the framework: both may move together.
        named = Path(os.path.relpath(source.resolve(), folder.resolve())).as_posix()
    files = begin(
        folder,
        book,
        reference=named,
        department=department,
        year=year or book.rubric.framework.year,
    )
    if as_json:
        say_json({"folder": str(folder), "files": [str(path) for path in files]})
    else:
        click.echo(f"已建立 {folder}，共{len(files)}个文件：")
        for path in files:
            click.echo(f"  {path}")
        click.echo(f"填好后运行：steelyard evaluate {folder}")
    return 0


cli.add_command(check)
cli.add_command(framework)
cli.add_command(report)
cli.add_command(request)
cli.add_command(take)
cli.add_command(undo)
cli.add_command(sources)


def main() -> None:
    """Run the command line; say in Chinese how a command should have been called."""
    try:
        sys.exit(cli(standalone_mode=False))
    except click.UsageError as error:
        click.echo(usage_error(error), err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("已中止。", err=True)
        sys.exit(130)
