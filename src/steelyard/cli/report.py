"""Commands about the report (报告命令): write it, take edited narrative back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.chinese import ChineseGroup
from steelyard.cli.doors import FOLDER, JSON, door, say_json

if TYPE_CHECKING:
    from steelyard.evaluation.evaluation import Outcome
    from steelyard.report.compose.composer import Composed
    from steelyard.report.model.blocks import Document

KINDS = ("docx", "pdf", "html", "xlsx")
MOST_SHOWN = 60
"""Gaps and typed numbers listed at most; the rest are counted."""


class ReportGroup(ChineseGroup):
    """The group ``report``: what is none of its commands is a folder to write."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``write`` before a folder."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group("report", cls=ReportGroup)
def report() -> None:
    """报告：写出整份报告，或取回在 Word 里改过的叙述。

    steelyard report 文件夹 --out 目录 [--docx --pdf --html --xlsx]
    各选项见 steelyard report write --help。
    """


@report.command("write")
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件夹。")
@click.option("--docx", "kinds", flag_value="docx", multiple=True, help="写 Word 报告。")
@click.option("--pdf", "kinds", flag_value="pdf", multiple=True, help="写 PDF 报告。")
@click.option("--html", "kinds", flag_value="html", multiple=True, help="写网页报告，数字可点开。")
@click.option("--xlsx", "kinds", flag_value="xlsx", multiple=True, help="写附表工作簿，带公式。")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="用这份 .docx 的样式。",
)
@click.option("--masked", is_flag=True, help="写发布稿：隐去姓名、电话、IP 等，不写工作簿。")
@click.option("--as-published", is_flag=True, hidden=True, help="照印公布稿的数，供核对测试用。")
@click.option("--force", is_flag=True, help="覆盖输出文件夹里已有的同名文件。")
@JSON
@door
def write_report(
    folder: Path,
    out: Path,
    kinds: Sequence[str],
    template: Path | None,
    *,
    masked: bool,
    as_published: bool,
    force: bool,
    as_json: bool,
) -> int:
    """写出整份报告；不选格式就写全部四种。有缺口也写，缺处标明，退出码为 1。"""
    from steelyard.evaluation.evaluation import evaluate
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.report.compose.composer import compose
    from steelyard.report.compose.load_outline import find_outline
    from steelyard.report.compose.mask import mask
    from steelyard.report.compose.material import load_material

    wanted = tuple(kind for kind in KINDS if kind in kinds) or KINDS
    if masked:
        if "xlsx" in kinds:
            raise click.UsageError("发布稿不附工作簿，--masked 不能与 --xlsx 同用。")
        wanted = tuple(kind for kind in wanted if kind != "xlsx")
    printed = ("docx" in wanted or "pdf" in wanted) + ("html" in wanted) + ("xlsx" in wanted)
    for part in ("tables", "report"):
        if out.resolve().is_relative_to((folder / part).resolve()):
            raise click.UsageError(f"报告不能写进评价文件夹的 {part} 里，请换一个输出文件夹。")
    say = _Steps(2 + printed, quiet=as_json)
    name = "report-masked" if masked else "report-as-published" if as_published else "report"
    targets = {kind: out / f"{name}.{kind}" for kind in wanted}
    _refuse_overwriting(list(targets.values()), force=force)
    say("读取评价文件夹，评分")
    outcome = evaluate(load_evaluation(folder))
    material = load_material(folder)
    outline = find_outline(material.outline, outcome.card.framework.kind, folder)
    say("编排报告")
    composed = compose(outcome, material, outline, as_published=as_published)
    document = composed.document
    counts: dict[str, int] = {}
    if masked:
        copy = mask(document, outcome.evaluation, material.words)
        document, counts = copy.document, dict(copy.counts)
    house = None if template is None else template.read_bytes()
    written, notes = _made(replace(composed, document=document), outcome, wanted, house, say)
    from steelyard.files.text import write_file

    for kind, content in written.items():
        write_file(targets[kind], content)
    files = [targets[kind] for kind in written]
    if as_json:
        say_json(_record(composed, outcome, [str(path) for path in files], notes, counts))
    else:
        shown = counts if masked else None
        click.echo(_text(composed, outcome, files, notes, shown))
    return 1 if document.is_draft else 0


class _Steps:
    """Tells on stderr which step of how many is under way."""

    def __init__(self, steps: int, *, quiet: bool) -> None:
        self.steps = steps
        self.quiet = quiet
        self.at = 0

    def __call__(self, what: str) -> None:
        self.at += 1
        if not self.quiet:
            click.echo(f"[{self.at}/{self.steps}] {what}……", err=True)


def _refuse_overwriting(paths: Sequence[Path], *, force: bool) -> None:
    from steelyard.files.text import WouldOverwrite

    for path in paths:
        # A folder in the place of a file is never replaced.
        if path.is_dir() or (path.exists() and not force):
            error = WouldOverwrite(path)
            error.mend = "请换一个输出文件夹，或加 --force 覆盖。"
            raise error


def _made(
    composed: Composed,
    outcome: Outcome,
    wanted: Sequence[str],
    template: bytes | None,
    say: Callable[[str], None],
) -> tuple[dict[str, bytes | str], list[str]]:
    """Return the files, made before any is written, and what must be said of them."""
    document = composed.document
    made: dict[str, bytes | str] = {}
    notes: list[str] = []
    if "docx" in wanted or "pdf" in wanted:
        made, notes = _printed(document, wanted, template, say)
    if "html" in wanted:
        from steelyard.report.page.writer import page_file

        say("网页")
        shown = None if document.masked else outcome
        made["html"] = page_file(document, shown, composed.asked)
    if "xlsx" in wanted:
        from steelyard.report.workbook.annex_workbook import report_workbook

        say("附表工作簿")
        made["xlsx"] = report_workbook(outcome, document)
    return made, notes


def _printed(
    document: Document, wanted: Sequence[str], template: bytes | None, say: Callable[[str], None]
) -> tuple[dict[str, bytes | str], list[str]]:
    """Return Word and PDF; page numbers of the contents come from LibreOffice."""
    from steelyard.report.pdf.fonts import font_lines
    from steelyard.report.pdf.office import OfficeMissing
    from steelyard.report.pdf.writer import pdf_by_office
    from steelyard.report.word.writer import word_file

    say("、".join(_NAMES[kind] for kind in _NAMES if kind in wanted) + "，由 LibreOffice 排版")
    try:
        printed = pdf_by_office(
            lambda pages: word_file(document, template=template, pages=pages), document
        )
    except OfficeMissing:
        return _without_office(document, wanted, template)
    made: dict[str, bytes | str] = {"docx": printed.docx, "pdf": printed.pdf}
    fonts = font_lines(printed.fonts)
    notes = [_REPLACED + "；".join(fonts)] if fonts and "pdf" in wanted else []
    notes += [note for note in printed.notes if note not in fonts]
    return {kind: made[kind] for kind in wanted if kind in made}, notes


def _without_office(
    document: Document, wanted: Sequence[str], template: bytes | None
) -> tuple[dict[str, bytes | str], list[str]]:
    from steelyard.report.pdf.typeset import NoChineseFont, pdf_by_typst
    from steelyard.report.word.writer import word_file

    made: dict[str, bytes | str] = {}
    notes = []
    if "docx" in wanted:
        made["docx"] = word_file(document, template=template)
        notes.append("本机没有 LibreOffice：Word 目录没有页码，请在 Word 中按 F9 更新。")
    if "pdf" not in wanted:
        return made, notes
    try:
        typeset = pdf_by_typst(document)
    except NoChineseFont as error:
        if len(wanted) == 1:
            raise
        # The other files are worth having without it.
        return made, [*notes, f"没有写 PDF：{error}"]
    made["pdf"] = typeset.pdf
    notes.append("本机没有 LibreOffice：PDF 改用内置排版，版面与 Word 略有不同。")
    if typeset.notes:
        notes.append(_REPLACED + "；".join(typeset.notes))
    return made, notes


_REPLACED = "PDF 中替换的字体（Word 文件不受影响）："
_NAMES = {"docx": "Word 报告", "pdf": "PDF 报告"}


def _record(
    composed: Composed,
    outcome: Outcome,
    files: list[str],
    notes: list[str],
    counts: dict[str, int],
) -> dict[str, object]:
    return {
        "files": files,
        "draft": composed.document.is_draft,
        "gaps": [
            {"what": gap.what, "where": gap.where, "mend": gap.mend}
            for gap in composed.document.gaps
        ],
        "typed": [
            {"number": each.number, "where": each.where, "items": list(each.items)}
            for each in composed.typed
        ],
        "masked": counts,
        "broken": sum(result.is_error for result in outcome.results),
        "notes": notes,
    }


def _text(
    composed: Composed,
    outcome: Outcome,
    files: list[Path],
    notes: list[str],
    counts: dict[str, int] | None,
) -> str:
    lines = [f"已写出 {path}" for path in files]
    lines += notes
    if counts is not None:
        said = "、".join(f"{kind}{times}处" for kind, times in counts.items() if times)
        lines.append(f"发布稿已隐去：{said or '没有发现姓名、电话、IP 等'}。")
        lines.append("只认得登记在“姓名”等列和“联系人”等用语里的人名，发布前请再通读一遍。")
    if composed.typed:
        lines.append(f"叙述中有{len(composed.typed)}个手写的数，数据变动时它们不会跟着变：")
        lines += [f"  {each}" for each in composed.typed[:MOST_SHOWN]]
        lines += _more(len(composed.typed))
    broken = sum(result.is_error for result in outcome.results)
    if broken:
        lines.append(f"数据核对有{broken}处错误，报告照数据印出；见 steelyard verify。")
    if not composed.document.is_draft:
        lines.append("报告完整，没有待补之处。")
        return "\n".join(lines)
    return "\n".join([*lines, *_gaps(composed, outcome)])


def _gaps(composed: Composed, outcome: Outcome) -> list[str]:
    """List what is missing, by what has to be done about it."""
    gaps = composed.document.gaps
    lines = [f"这是草稿：有{len(gaps)}处待补，报告中已在原处标明。"]
    if outcome.card.unscored:
        waiting = dict.fromkeys(name for each in outcome.card.unscored for name in each.missing)
        lines.append(
            f"  {len(outcome.card.unscored)}项指标还没有得分，缺：{'、'.join(waiting)}。"
            "补齐后得分、合计和等级自动得出。"
        )
    by_mend: dict[str, list[str]] = {}
    for gap in gaps:
        by_mend.setdefault(gap.mend or "请补齐。", []).append(gap.what)
    for mend, names in by_mend.items():
        lines.append(f"  {mend}（{len(names)}处）{'、'.join(names)}")
    return lines


def _more(count: int) -> list[str]:
    return [f"  ……另有{count - MOST_SHOWN}处，未列出。"] if count > MOST_SHOWN else []


@report.command("begin")
@FOLDER
@JSON
@door
def begin(folder: Path, *, as_json: bool) -> int:
    """为还没有写的叙述建好文件和标题，列出每段写什么；已写的不动。"""
    from steelyard.evaluation.evaluation import evaluate
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.report.compose.begin import begin_report
    from steelyard.report.compose.composer import compose
    from steelyard.report.compose.load_outline import find_outline
    from steelyard.report.compose.material import load_material

    outcome = evaluate(load_evaluation(folder))
    material = load_material(folder)
    outline = find_outline(material.outline, outcome.card.framework.kind, folder)
    files = begin_report(folder, compose(outcome, material, outline), material, outline)
    if as_json:
        say_json({"files": [str(path) for path in files]})
    else:
        click.echo("\n".join(f"已写 {path}" for path in files))
    return 0


@report.command("take")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    show_default="当前文件夹",
    help="评价文件夹。",
)
@click.option("--dry-run", is_flag=True, help="只说会改什么，不写。")
@JSON
@door
def take_back(file: Path, folder: Path, *, dry_run: bool, as_json: bool) -> int:
    """取回在 Word 里改过的叙述：文字照收，改动的数不收并列出。"""
    from steelyard.evaluation.evaluation import evaluate
    from steelyard.evaluation.folder import load_evaluation
    from steelyard.files.text import FileMissing
    from steelyard.report.compose.composer import compose
    from steelyard.report.compose.load_outline import find_outline
    from steelyard.report.compose.material import load_material
    from steelyard.report.taken.take import take, write
    from steelyard.report.word.read_back import read_back

    if not (folder / "evaluation.toml").is_file():
        raise FileMissing(folder / "evaluation.toml")
    returned = read_back(file.read_bytes())
    # What comes back is measured by the folder's own report, not by what the file says.
    outcome = evaluate(load_evaluation(folder))
    material = load_material(folder)
    outline = find_outline(material.outline, outcome.card.framework.kind, folder)
    taken = take(returned, material, compose(outcome, material, outline).document)
    written = () if dry_run else write(taken, folder)
    if as_json:
        say_json(
            {
                "edited": [
                    {"key": e.key, "file": e.file, "before": e.before, "after": e.after}
                    for e in taken.edited
                ],
                "refused": list(taken.refused),
                "clashes": list(taken.clashes),
                "left": list(taken.left),
                "dropped": list(taken.dropped),
                "remarks": list(taken.remarks),
                "written": [str(path) for path in written],
            }
        )
        return 0 if taken.is_clean else 1
    verb = "将改写" if dry_run else "已改写"
    lines = [f"{verb}{len(taken.edited)}段叙述。"]
    lines += [f"  {each.file} › {each.key.partition('/')[2]}" for each in taken.edited]
    for title, said in (
        ("改动了数字，未采用", taken.refused),
        ("两处都改过", taken.clashes),
        ("整段未采用", taken.left),
        ("随文字删去的引用", taken.dropped),
        ("未读入", taken.remarks),
    ):
        if said:
            lines.append(f"{title}：")
            lines += [f"  {each}" for each in said]
    click.echo("\n".join(lines))
    return 0 if taken.is_clean else 1
