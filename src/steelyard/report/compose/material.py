"""What people wrote for the report (报告素材): the folder ``report`` of an evaluation.

Words, narrative and the figures of an original that is to be printed as it was.
Everything is read as it stands; what a passage refers to is looked up later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.records import load_record
from steelyard.files.rows import load_rows
from steelyard.files.text import load_text
from steelyard.report.compose.grammar import Misprint

FOLDER = "report"
SETTINGS = "report.toml"
MISPRINTS = "misprints.csv"
MISPRINT_COLUMNS = ("位置", "引用", "印出")
LARGEST = 5 * 1024 * 1024

_HEADING = re.compile(r"##(?!#)\s*(?P<name>.*?)\s*#*\s*")
_TITLE = re.compile(r"#(?!#)\s*(?P<name>.*?)\s*")


class BadNarrative(SteelyardError):
    """A file of narrative that is not cut into passages."""

    code = "report.bad-narrative"


@dataclass(frozen=True, slots=True)
class Written:
    """A passage as somebody wrote it (已写的叙述)."""

    key: str
    """File and heading: 基本情况/部门概况."""

    file: str
    """Path inside the evaluation folder: report/基本情况.md."""

    line: int
    """Line of the file at which its text begins."""

    text: str

    begin: int = 0
    """Of the lines of the file, from nought, the first below its heading."""

    end: int = 0
    """The line behind its last: the next heading, or the end of the file."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that the folder ``report`` holds (素材)."""

    outline: str = ""
    """The outline that was asked for; empty for the usual one."""

    words: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    """Passages by key, in the order of their files."""

    misprints: tuple[Misprint, ...] = ()

    def chapter(self, file: str) -> tuple[Written, ...]:
        """Return the passages of one file, in order."""
        return tuple(each for each in self.written.values() if each.key.startswith(f"{file}/"))


def load_material(folder: Path) -> Material:
    """Read what was written for the report of an evaluation folder.

    Args:
        folder: The evaluation folder; its ``report`` may be absent.

    Raises:
        Gathered: Every mistake of the files, with file, line and mend.
    """
    home = folder / FOLDER
    if not home.is_dir():
        return Material()
    problems = Problems()
    outline, words = _settings(home / SETTINGS, problems)
    written: dict[str, Written] = {}
    for path in sorted(home.glob("*.md")):
        with problems.catch():
            _passages(path, written, problems)
    misprints = _misprints(home / MISPRINTS, problems)
    problems.settle()
    return Material(outline, words, written, misprints)


def _settings(path: Path, problems: Problems) -> tuple[str, dict[str, str]]:
    if not path.exists():
        return "", {}
    with problems.catch():
        record = load_record(path, problems)
        outline = record.text("outline", "")
        inner = record.record("words")
        words = {name: inner.text(name, "") for name in list(inner.fields)}
        record.finish()
        return outline, words
    return "", {}


def passages_of(text: str, stem: str) -> Iterator[Written]:
    """Cut a file of narrative at its headings of the second level.

    This is the one reader of such headings: what is written back replaces the
    lines that it names.

    Args:
        text: The whole file.
        stem: Its name without ``.md``.

    Yields:
        Its passages in order, also those of one name. Words before the first
        heading come as a passage without a key.
    """
    lines = text.split("\n")
    marks = [(n, found) for n, line in enumerate(lines) if (found := _HEADING.fullmatch(line))]
    starts = [(0, ""), *((n + 1, f"{stem}/{found['name']}") for n, found in marks)]
    ends = [*(n for n, _ in marks), len(lines)]
    for (begin, key), end in zip(starts, ends, strict=True):
        kept = lines[begin:end]
        if not key:
            kept = [line for line in kept if _TITLE.fullmatch(line) is None]
        body = "\n".join(kept).strip("\n")
        if not key and not body.strip():
            continue
        blank = next((n for n, line in enumerate(kept) if line.strip()), 0)
        yield Written(key, f"{FOLDER}/{stem}.md", begin + blank + 1, body, begin, end)


def is_heading(name: str) -> bool:
    """Tell whether a name, written as a heading, is read back as the same name."""
    found = _HEADING.fullmatch(f"## {name}")
    return bool(name) and found is not None and found["name"] == name


def _passages(path: Path, written: dict[str, Written], problems: Problems) -> None:
    """Read the passages of a file."""
    for passage in passages_of(load_text(path, LARGEST), path.stem):
        if not passage.key:
            what = "第一个二级标题之前有文字，不属于任何一段。"
            where = f"{passage.file} 第1行"
            problems.add(BadNarrative(what=what, where=where, mend="请移到“## 标题”之下。"))
            continue
        if passage.key in written:
            problems.add(
                BadNarrative(
                    what=f"“{passage.key.partition('/')[2]}”写了两次。",
                    where=f"{passage.file} 第{passage.begin}行",
                    mend="请合并为一段。",
                )
            )
        written[passage.key] = passage


def _misprints(path: Path, problems: Problems) -> tuple[Misprint, ...]:
    if not path.exists():
        return ()
    with problems.catch():
        return tuple(
            Misprint(row["位置"], row["引用"], row["印出"])
            for row in load_rows(path, MISPRINT_COLUMNS, name=f"{FOLDER}/{path.name}")
        )
    return ()
