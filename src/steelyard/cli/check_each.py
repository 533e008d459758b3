"""Many files, each examined by itself (逐份体检)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.cli.check_files import told_apart
from steelyard.cli.check_papers import folder_for, refuse_overwriting, targets_for, write_papers
from steelyard.errors import SteelyardError, flatten
from steelyard.files.text import NotWritten, WouldOverwrite

if TYPE_CHECKING:
    from steelyard.doctor.papers.batch import Line

Progress = Callable[[int, int], None]
SUMMARY = "summary.xlsx"
"""The table of all files."""


@dataclass(frozen=True)
class Checked:
    """What came of many files (逐份结果)."""

    lines: tuple[Line, ...]
    records: tuple[dict[str, object], ...]
    """For each file its name, and its examination or what kept it from being read."""

    written: tuple[Path, ...]

    @property
    def code(self) -> int:
        """2 where a file could not be read, else 1 where there are errors, else 0."""
        if any(line.summary is None for line in self.lines):
            return 2
        return int(any(line.summary is not None and line.summary.has_errors for line in self.lines))


def check_each(
    files: Sequence[Path],
    out: Path | None,
    told: Progress,
    *,
    errors_only: bool,
    force: bool,
) -> Checked:
    """Examine files one after the other; one that cannot be read does not stop the rest.

    Args:
        files: What is examined.
        out: Where each file gets a folder for its papers, and a table of all stands.
        told: Told after each file how many are done, of how many.
        errors_only: Leave questions and hints out of records and papers.
        force: Whether papers that are there may be replaced.

    Raises:
        WouldOverwrite: Something is there.
        NotWritten: The system refuses to write.
    """
    from steelyard.doctor.papers.batch import batch_workbook
    from steelyard.files.text import write_file

    names = told_apart(files)
    folders: list[Path | None] = [None] * len(files)
    if out is not None:
        folders = list(_folders(files, folder_for(out)))
        refuse_overwriting([out / SUMMARY], files, force=force)
        for folder in folders:
            _refuse_filled(folder, force=force)
    done: list[tuple[Line, dict[str, object], list[Path]]] = []
    for number, (path, name, folder) in enumerate(zip(files, names, folders, strict=True)):
        done.append(_checked(path, name, folder, files, errors_only=errors_only, force=force))
        told(number + 1, len(files))
    lines = tuple(line for line, _, _ in done)
    written = [path for _, _, some in done for path in some]
    if out is not None:
        there = [
            folder if some else None for folder, (_, _, some) in zip(folders, done, strict=True)
        ]
        write_file(out / SUMMARY, batch_workbook(lines, there))
        written.append(out / SUMMARY)
    return Checked(lines, tuple(record for _, record, _ in done), tuple(written))


def _checked(
    path: Path,
    name: str,
    folder: Path | None,
    originals: Sequence[Path],
    *,
    errors_only: bool,
    force: bool,
) -> tuple[Line, dict[str, object], list[Path]]:
    """Examine one file and write its papers."""
    from steelyard.doctor.examine import examine
    from steelyard.doctor.papers.as_records import as_records
    from steelyard.doctor.papers.batch import line_of, refused
    from steelyard.intake.reading.read_file import read_file

    try:
        document = replace(read_file(path), name=name)
        examination = examine([document])
        written: list[Path] = []
        if folder is not None:
            targets = targets_for([path], [document], folder, force=force, originals=originals)
            written = write_papers(
                examination,
                [(path, document)],
                targets,
                lambda _done, _all: None,
                errors_only=errors_only,
            )
    except (NotWritten, WouldOverwrite):
        # The next file would be refused as well.
        raise
    except SteelyardError as error:
        first = next(flatten([error]))
        return refused(name, first), {"file": name, "error": first.as_record()}, []
    record = {"file": name, **as_records(examination, errors_only=errors_only)}
    return line_of(name, examination), record, written


def _folders(files: Sequence[Path], out: Path) -> Iterator[Path]:
    """Yield a folder for the papers of each file, by its name."""
    taken: set[str] = set()
    for path in files:
        name = next(each for each in _names(path) if each.casefold() not in taken)
        taken.add(name.casefold())
        yield out / name


def _names(path: Path) -> Iterator[str]:
    yield path.stem
    name = f"{path.stem}-{path.suffix[1:]}"
    yield name
    number = 2
    while True:
        yield f"{name}({number})"
        number += 1


def _refuse_filled(folder: Path | None, *, force: bool) -> None:
    """Refuse a folder in which something is, before any work is done.

    Raises:
        WouldOverwrite: Something is there.
    """
    if folder is None or force or not folder.is_dir():
        return
    refuse_overwriting(folder.iterdir(), (), force=False)
