"""The command that examines finished documents (体检命令)."""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from steelyard.cli.chinese import ChineseCommand
from steelyard.cli.doors import JSON, door, say_json
from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from steelyard.doctor.examine import Examination
    from steelyard.doctor.papers.summary import Summary
    from steelyard.intake.reading.document import Document

_COPIES = {"docx": (".docx", ".docm", ".dotx"), "pdf": (".pdf",)}
"""Kinds of which a copy with notes is written, with the endings that a copy keeps."""

_READ, _CHECKED, _WRITTEN = 400, 700, 1000
"""Thousandths of the work that are done when all is read, checked, and written."""

_PATIENCE = 1
"""Seconds before a bar is shown."""


class FileChanged(SteelyardError):
    """A file is not what it was when it was read."""

    code = "check.file-changed"

    def __init__(self, path: Path) -> None:
        super().__init__(
            what="文件在检查期间被改动，没有写出任何结果。",
            where=str(path),
            mend="请保存并关闭文件，再检查一次。",
        )


@click.command("check", cls=ChineseCommand)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option(
    "--case",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="用这个评价文件夹的数据核对。",
)
@click.option("--out", type=click.Path(path_type=Path), help="写出发现清单、核对页和批注副本。")
@click.option("--errors-only", is_flag=True, help="只列错误。")
@click.option("--verbose", is_flag=True, help="分类列出数的核对状态，列出每一处。")
@click.option("--force", is_flag=True, help="覆盖输出文件夹里已有的同名文件。")
@JSON
@door
def check(
    files: Sequence[Path],
    case: Path | None,
    out: Path | None,
    *,
    errors_only: bool,
    verbose: bool,
    force: bool,
    as_json: bool,
) -> int:
    """给写好的报告体检：核对每个数，列出不一致之处。

    可以同时检查几份文件（报告、自评表、资金台账），它们之间也互相核对。
    支持 Word、PDF、工作簿和纯文本。--out 写出 findings.xlsx、checked.html，
    Word 和 PDF 另有带批注的副本；原文件不动。
    """
    from steelyard.doctor.examine import CHECKS, examine
    from steelyard.doctor.papers.as_records import as_records
    from steelyard.doctor.papers.listing import listing
    from steelyard.doctor.papers.summary import summary_of
    from steelyard.intake.reading.read_file import read_files

    with Bar(shown=not as_json and sys.stderr.isatty()) as bar:
        documents = read_files(files, bar.counting("读取", 0, _READ, of=len(files)))
        targets = {} if out is None else _targets(files, documents, out, force=force)
        step = bar.counting("核对", _READ, _CHECKED)
        done = iter(range(len(CHECKS)))
        examination = examine(documents, lambda _: step(next(done, 0), len(CHECKS)), case)
        summary = summary_of(examination)
        written = _write(
            examination, summary, list(zip(files, documents, strict=True)), targets, bar
        )
    for path in written:
        click.echo(f"已写出 {path}", err=True)
    if as_json:
        say_json(as_records(examination))
    else:
        columns = shutil.get_terminal_size((100, 24)).columns
        click.echo(listing(examination, columns=columns, errors_only=errors_only, verbose=verbose))
    return 1 if summary.has_errors else 0


class Bar:
    """A progress bar on stderr (进度条), for work that takes longer than a moment."""

    def __init__(self, *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._shown = shown
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def counting(self, label: str, start: int, end: int, of: int = 1) -> Callable[[int, int], None]:
        """Return what is told how much of a stage is done.

        Args:
            label: What is going on.
            start: Thousandths of the whole that are done before.
            end: Thousandths that are done after.
            of: How many times the stage counts from nothing to all.
        """
        rounds = 0
        last = 0

        def told(done: int, whole: int) -> None:
            nonlocal rounds, last
            rounds += done < last
            last = done
            whole = max(whole, 1)
            share = min(rounds * whole + min(done, whole), of * whole)
            self._go(label, start + (end - start) * share // (of * whole))

        return told

    def _go(self, label: str, to: int) -> None:
        if not self._shown:
            return
        if self._bar is None:
            if self._clock() - self._begun < _PATIENCE:
                return
            self._bar = click.progressbar(
                length=_WRITTEN, label=label, show_eta=False, file=sys.stderr, width=30
            )
            self._bar.__enter__()
        self._bar.label = label
        self._bar.update(max(to - self._bar.pos, 0))


def _targets(
    files: Sequence[Path], documents: Sequence[Document], out: Path, *, force: bool
) -> dict[str | int, Path]:
    """Return where each paper goes: the list, the page, and copies by number of their file.

    Raises:
        WouldOverwrite: Something is there, or would be an original.
    """
    from steelyard.files.text import WouldOverwrite

    targets: dict[str | int, Path] = {"book": out / "findings.xlsx", "page": out / "checked.html"}
    taken = {path.name.casefold() for path in targets.values()}
    for number, (path, document) in enumerate(zip(files, documents, strict=True)):
        if document.kind not in _COPIES:
            continue
        endings = _COPIES[document.kind]
        ending = path.suffix if path.suffix.lower() in endings else endings[0]
        name = next(each for each in _names(path.stem, ending) if each.casefold() not in taken)
        taken.add(name.casefold())
        targets[number] = out / name
    originals = {path.resolve() for path in files}
    for path in targets.values():
        if path.resolve() in originals or path.is_dir() or (path.exists() and not force):
            error = WouldOverwrite(path)
            error.mend = "请换一个输出文件夹，或加 --force 覆盖（原文件从不覆盖）。"
            raise error
    return targets


def _names(stem: str, ending: str) -> Iterator[str]:
    """Yield names for a copy; two originals may be called the same."""
    yield f"{stem}.checked{ending}"
    number = 2
    while True:
        yield f"{stem}.checked({number}){ending}"
        number += 1


def _write(
    examination: Examination,
    summary: Summary,
    originals: Sequence[tuple[Path, Document]],
    targets: dict[str | int, Path],
    bar: Bar,
) -> list[Path]:
    """Write the papers; all are made before any is written."""
    if not targets:
        return []
    from steelyard.doctor.papers.checked_page import checked_page
    from steelyard.doctor.papers.findings_workbook import findings_workbook
    from steelyard.files.text import write_file

    contents: dict[str | int, bytes | str] = {}
    told = bar.counting("写出", _CHECKED, _WRITTEN, of=len(targets))
    several = len(examination.view.documents) > 1
    for number, (path, document) in enumerate(originals):
        if number in targets:
            contents[number] = _copy(path, document, summary, several=several, progress=told)
            told(0, 1)
    contents["book"] = findings_workbook(examination)
    told(1, 1)
    contents["page"] = checked_page(examination)
    for key, path in targets.items():
        write_file(path, contents[key])
    return list(targets.values())


def _copy(
    path: Path,
    document: Document,
    summary: Summary,
    *,
    several: bool,
    progress: Callable[[int, int], None],
) -> bytes:
    """Return a file with notes at the places of its findings.

    Raises:
        FileChanged: It is not what was read.
    """
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise FileChanged(path)
    if document.kind == "docx":
        from steelyard.doctor.papers.word_copy import word_copy

        return word_copy(content, document, summary, files=several, progress=progress)
    from steelyard.doctor.papers.pdf_copy import pdf_copy

    return pdf_copy(content, document, summary, files=several, progress=progress)
