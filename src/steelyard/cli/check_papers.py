"""What the command that examines documents writes (体检结果的文件)."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from steelyard.doctor.examine import Examination
    from steelyard.doctor.papers.summary import Summary
    from steelyard.intake.reading.document import Document

Progress = Callable[[int, int], None]
Targets = dict[str | int, Path]
"""Where each paper goes: the list, the page, and copies by number of their file."""

_COPIES = {"docx": (".docx", ".docm", ".dotx"), "pdf": (".pdf",)}
"""Kinds of which a copy with notes is written, with the endings that a copy keeps."""


class FileChanged(SteelyardError):
    """A file is not what it was when it was read."""

    code = "check.file-changed"

    def __init__(self, path: Path) -> None:
        super().__init__(
            what="文件在检查期间被改动，没有写出任何结果。",
            where=str(path),
            mend="请保存并关闭文件，再检查一次。",
        )


def folder_for(out: Path) -> Path:
    """Return the folder that papers go to, before any work is done for them.

    Raises:
        NotWritten: A file stands there, or the system does not take the name.
    """
    from steelyard.files.text import NotWritten

    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(out))
    except (OSError, ValueError) as error:
        raise NotWritten(out, error) from error
    return out


def targets_for(
    files: Sequence[Path],
    documents: Sequence[Document],
    out: Path,
    *,
    force: bool,
    originals: Sequence[Path] = (),
) -> Targets:
    """Return where each paper goes.

    Args:
        files: What is checked.
        documents: The files as they were read.
        out: The folder.
        force: Whether papers that are there may be replaced.
        originals: Further files that are never replaced.

    Raises:
        WouldOverwrite: Something is there, or would be an original.
    """
    targets: Targets = {"book": out / "findings.xlsx", "page": out / "checked.html"}
    taken = {path.name.casefold() for path in targets.values()}
    for number, (path, document) in enumerate(zip(files, documents, strict=True)):
        if document.kind not in _COPIES:
            continue
        endings = _COPIES[document.kind]
        ending = path.suffix if path.suffix.lower() in endings else endings[0]
        name = next(each for each in _names(path.stem, ending) if each.casefold() not in taken)
        taken.add(name.casefold())
        targets[number] = out / name
    refuse_overwriting(targets.values(), (*files, *originals), force=force)
    return targets


def refuse_overwriting(targets: Iterable[Path], originals: Iterable[Path], *, force: bool) -> None:
    """Refuse to write over what is there, unless forced; over an original always.

    Raises:
        WouldOverwrite: Something is there, or would be an original.
    """
    from steelyard.files.text import WouldOverwrite

    kept = {path.resolve() for path in originals}
    for path in targets:
        if path.resolve() in kept or path.is_dir() or (path.exists() and not force):
            error = WouldOverwrite(path)
            error.mend = "请换一个输出文件夹，或加 --force 覆盖（原文件从不覆盖）。"
            raise error


def _names(stem: str, ending: str) -> Iterator[str]:
    """Yield names for a copy; two originals may be called the same."""
    yield f"{stem}.checked{ending}"
    number = 2
    while True:
        yield f"{stem}.checked({number}){ending}"
        number += 1


def write_papers(
    examination: Examination,
    originals: Sequence[tuple[Path, Document]],
    targets: Targets,
    told: Progress,
    *,
    errors_only: bool = False,
) -> list[Path]:
    """Write the papers; all are made before any is written.

    Args:
        examination: What came out.
        originals: The files with what was read in them.
        targets: Where each paper goes.
        told: Told of the making of each paper how much is done.
        errors_only: Leave questions and hints out of all of them.

    Returns:
        What was written.

    Raises:
        FileChanged: A file is not what was read.
        NotWritten: The system refuses.
    """
    if not targets:
        return []
    from steelyard.doctor.papers.checked_page import checked_page
    from steelyard.doctor.papers.findings_workbook import findings_workbook
    from steelyard.doctor.papers.summary import summary_of
    from steelyard.files.text import write_file

    summary = summary_of(examination, errors_only=errors_only)
    contents: dict[str | int, bytes | str] = {}
    several = len(examination.view.documents) > 1
    for number, (path, document) in enumerate(originals):
        if number in targets:
            contents[number] = _copy(path, document, summary, several=several, progress=told)
            told(0, 1)
    contents["book"] = findings_workbook(examination, errors_only=errors_only)
    told(1, 1)
    contents["page"] = checked_page(examination, errors_only=errors_only)
    for key, path in targets.items():
        write_file(path, contents[key])
    return list(targets.values())


def _copy(
    path: Path,
    document: Document,
    summary: Summary,
    *,
    several: bool,
    progress: Progress,
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
