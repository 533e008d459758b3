"""What is taken from a returned Word file, and what is refused (取回叙述).

The folder is compared with what was printed: a passage that was edited in both
places is left to people. Writing replaces only the lines of changed passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from steelyard.files.text import load_text, write_file
from steelyard.report.compose.material import FOLDER, LARGEST, Material
from steelyard.report.taken.markdown import rewritten
from steelyard.report.word.returned import Returned, ReturnedFigure, ReturnedPassage

_PLAIN = re.compile(rf"{FOLDER}/[\w（）()“”·、—-]{{1,60}}\.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A passage that comes back changed (改过的叙述)."""

    key: str
    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a returned file comes to (取回结果)."""

    edited: tuple[Edited, ...]
    refused: tuple[str, ...]
    """Figures that were written over, one sentence each."""

    clashes: tuple[str, ...]
    """Passages that were edited in the folder as well."""

    dropped: tuple[str, ...]
    """Figures that were taken out together with their words."""

    remarks: tuple[str, ...]
    """What was not read: comments, changes outside the narrative."""

    @property
    def is_clean(self) -> bool:
        """Tell whether everything that was changed could be taken."""
        return not (self.refused or self.clashes or self.remarks)


def take(returned: Returned, material: Material) -> Taken:
    """Compare a returned file with the folder.

    Args:
        returned: The Word file, read.
        material: The narrative of the folder as it is now.

    Returns:
        What can be written back, and what is refused. Nothing is written.
    """
    edited: list[Edited] = []
    refused: list[str] = []
    clashes: list[str] = []
    dropped: list[str] = []
    for key, parts in _by_key(returned.passages).items():
        refused.extend(_overwritten(key, parts))
        if not any(part.is_changed for part in parts):
            continue
        dropped.extend(_removed(key, parts))
        first = parts[0]
        # A file from outside decides nothing about where we write.
        if first.file != f"{FOLDER}/{key.partition('/')[0]}.md" or not _PLAIN.fullmatch(first.file):
            clashes.append(f"“{key}”：文件中记录的位置“{first.file}”不是叙述文件，未读入。")
            continue
        after = rewritten(
            first.source,
            [each for part in parts for each in part.printed],
            [each for part in parts for each in part.paragraphs],
        )
        written = material.written.get(key)
        now = written.text if written is not None else None
        if after == first.source:
            continue
        if now is not None and now.strip() not in (first.source.strip(), after.strip()):
            clashes.append(f"“{key}”：导出之后文件夹中的这一段也改过，请人工合并。")
            continue
        if now is None or now.strip() != after.strip():
            edited.append(Edited(key=key, file=first.file, before=now or "", after=after))
    return Taken(
        edited=tuple(edited),
        refused=tuple(refused),
        clashes=tuple(clashes),
        dropped=tuple(dropped),
        remarks=tuple(_remarks(returned)),
    )


def _by_key(passages: tuple[ReturnedPassage, ...]) -> dict[str, list[ReturnedPassage]]:
    found: dict[str, list[ReturnedPassage]] = {}
    for passage in passages:
        found.setdefault(passage.key, []).append(passage)
    for parts in found.values():
        parts.sort(key=lambda part: part.part)
    return found


def _overwritten(key: str, parts: list[ReturnedPassage]) -> list[str]:
    return [
        f"“{key}”：引用“{{{{ {piece.reference} }}}}”印作“{piece.printed}”，"
        f"改成了“{piece.text}”，未采用；请到数据的来源处修改。"
        for part in parts
        for paragraph in part.paragraphs
        for piece in paragraph.pieces
        if isinstance(piece, ReturnedFigure) and piece.kind != "gap" and piece.is_changed
    ]


def _removed(key: str, parts: list[ReturnedPassage]) -> list[str]:
    return [
        f"“{key}”：引用“{{{{ {each.reference} }}}}”（{each.printed}）已随文字删去。"
        for part in parts
        for each in part.gone
        if each.kind == "figure"
    ]


def _remarks(returned: Returned) -> list[str]:
    said = list(returned.remarks)
    for change in returned.outside:
        before, after = change.before[:60] or "（原来没有）", change.after[:60] or "（删去）"
        said.append(f"未写回：“{before}” → “{after}”")
    return said


def write(taken: Taken, folder: Path) -> tuple[Path, ...]:
    """Write the changed passages into the folder; each file at once, or not at all.

    Returns:
        The files written.
    """
    by_file: dict[str, list[Edited]] = {}
    for each in taken.edited:
        by_file.setdefault(each.file, []).append(each)
    files: dict[Path, str] = {}
    for file, changes in by_file.items():
        path = folder / file
        text = load_text(path, LARGEST) if path.exists() else ""
        for change in changes:
            text = _put(text, change)
        files[path] = text
    for path, text in files.items():
        write_file(path, text)
    return tuple(files)


def _put(text: str, change: Edited) -> str:
    """Return a file with one passage replaced, or added at its end."""
    heading = change.key.partition("/")[2]
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("## ")]
    for place, start in enumerate(starts):
        if lines[start].removeprefix("##").strip(" #") != heading:
            continue
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        body = ["", change.after, ""]
        return "\n".join([*lines[: start + 1], *body, *lines[end:]])
    head = text.rstrip("\n")
    return f"{head}\n\n## {heading}\n\n{change.after}\n".lstrip("\n")
