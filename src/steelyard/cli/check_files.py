"""The files that a command is given (给出的文件): folders opened, names told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from steelyard.errors import Problems
from steelyard.intake.reading.unreadable import Unreadable

_READ = {
    *(".docx", ".docm", ".dotx", ".doc", ".wps", ".pdf", ".txt"),
    *(".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv"),
}
"""Endings of the files in a folder that are looked at; old .doc files are told of."""

_MINE = {"findings.xlsx", "summary.xlsx", "checked.html"}


def given(paths: Iterable[Path]) -> list[Path]:
    """Return the files as they were given, each once.

    Raises:
        Gathered: Some are folders; how to give their files is said.
    """
    problems = Problems()
    files: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            example = f"，如“{inside[0]}”" if inside else ""
            problems.add(
                Unreadable(
                    str(path),
                    "这是文件夹",
                    f"请逐个写出其中要一起核对的文件{example}；要逐份检查其中的文件，请加 --each。",
                )
            )
        files.setdefault(_real(path), path)
    problems.settle()
    return list(files.values())


def opened(paths: Iterable[Path]) -> list[Path]:
    """Return the files as they were given, each once, and those in the folders (逐份).

    What the command wrote itself, hidden files and those in further folders are left out.

    Raises:
        Gathered: A folder holds no file that is read.
    """
    problems = Problems()
    files: dict[Path, Path] = {}
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            problems.add(
                Unreadable(
                    str(path),
                    "文件夹里没有 Word、PDF、工作簿或文本文件",
                    "请核对路径；下一层文件夹里的文件不会找，请写出那个文件夹。",
                )
            )
        for each in inside:
            files.setdefault(_real(each), each)
    problems.settle()
    return list(files.values())


def told_apart(paths: Sequence[Path]) -> list[str]:
    """Return names for files: of two with one name as much of the folder as tells them apart.

    >>> told_apart([Path("a/初稿/报告.docx"), Path("a/终稿/报告.docx"), Path("a/表.xlsx")])
    ['初稿/报告.docx', '终稿/报告.docx', '表.xlsx']
    """
    parts = [path.absolute().parts for path in paths]
    names = []
    for own in parts:
        alike = [each for each in parts if each[-1:] == own[-1:] and each != own]
        deep = 1
        while any(each[-deep:] == own[-deep:] for each in alike):
            deep += 1
        names.append("/".join(own[-deep:]))
    return names


def _inside(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path
        for path in found
        if path.suffix.lower() in _READ
        and not path.name.startswith((".", "~$"))
        and path.name not in _MINE
        and not path.stem.endswith(".checked")
        and path.is_file()
    ]


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):
        return path
