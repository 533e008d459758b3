"""What is taken from a returned Word file, and what is refused (取回叙述).

The folder is compared with what was printed: a passage that was edited in both
places is left to people. Writing replaces only the lines of changed passages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from steelyard.errors import SteelyardError
from steelyard.files.text import FileTooLarge, load_text, write_file
from steelyard.report.compose.material import (
    FOLDER,
    LARGEST,
    Material,
    is_heading,
    passages_of,
)
from steelyard.report.model.blocks import Document
from steelyard.report.taken.figures import (
    dropped,
    foreign_reference,
    objection,
    overwritten,
    put_back,
    references_of,
    touches,
)
from steelyard.report.taken.rewriting import rewritten
from steelyard.report.taken.spans import NotTaken
from steelyard.report.word.record import even
from steelyard.report.word.returned import Returned, ReturnedPassage

_PLAIN = re.compile(rf"{FOLDER}/[\w（）()“”·、—-]{{1,60}}\.md")

_SHORTEST_MOVED = 6
"""Characters that two passages do not share by chance."""


class OtherReport(SteelyardError):
    """A returned file that is the report of another evaluation folder."""

    code = "report.other-report"

    def __init__(self, returned: str, own: str) -> None:
        super().__init__(
            what=f"这份文件是“{returned}”，这个文件夹的报告是“{own}”，没有读入。",
            where="返回的报告",
            mend="请核对评价文件夹；如果是标题改过，请用现在的文件夹重新写出报告，在新的上面修改。",
        )


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
    """Figures that were written over, and passages left alone for their sake."""

    clashes: tuple[str, ...]
    """Passages that were edited in the folder as well."""

    left: tuple[str, ...]
    """Passages that could not be written as they came back, with the reason."""

    dropped: tuple[str, ...]
    """References that were taken out together with their words."""

    remarks: tuple[str, ...]
    """What was not read: comments, changes outside the narrative."""

    @property
    def is_clean(self) -> bool:
        """Tell whether everything that was changed could be taken."""
        return not (self.refused or self.clashes or self.left or self.dropped or self.remarks)


def take(returned: Returned, material: Material, document: Document) -> Taken:
    """Compare a returned file with the folder.

    Args:
        returned: The Word file, read.
        material: The narrative of the folder as it is now.
        document: The folder's own report as it is now.

    Returns:
        What can be written back, and what is refused. Nothing is written.

    Raises:
        OtherReport: The file is the report of another folder.
    """
    if even(returned.title) != even(document.title):
        raise OtherReport(returned.title, document.title)
    desk = _Desk(returned, material, document)
    by_key = _by_key(returned.passages)
    for key, parts in by_key.items():
        desk.refused.extend(overwritten(key, parts))
        desk.passage(key, parts)
    moves = _moves(by_key)
    desk.hold_back(moves)
    moved = [f"有文字从“{start}”移到了“{end}”，请核对两处。" for start, end in moves]
    return Taken(
        edited=tuple(desk.edited),
        refused=tuple(desk.refused),
        clashes=tuple(desk.clashes),
        left=tuple(desk.left),
        dropped=tuple(each for said in desk.dropped.values() for each in said),
        remarks=(*_remarks(returned), *moved),
    )


class _Desk:
    """Passages sorted by what becomes of them."""

    def __init__(self, returned: Returned, material: Material, document: Document) -> None:
        self.edited: list[Edited] = []
        self.refused: list[str] = []
        self.clashes: list[str] = []
        self.left: list[str] = []
        self.dropped: dict[str, list[str]] = {}
        self._material = material
        self._document = document
        self._lost = {passage.key for passage in returned.lost}
        self._touches = touches((*returned.passages, *returned.lost))
        self._references = references_of(document)
        self._outside = {even(change.before) for change in returned.outside} - {""}

    def passage(self, key: str, parts: list[ReturnedPassage]) -> None:
        """Sort one passage in."""
        own = [put_back(part) for part in parts]
        if not any(part.is_changed for part in own):
            return
        reason = self._reason(key, parts)
        if reason:
            self.left.append(f"“{key}”：{reason}，整段未采用。")
            return
        objected = objection(parts, self._touches)
        if objected:
            self.refused.append(f"“{key}”：{objected}，整段未采用；请到数据的来源处修改。")
            return
        source, now = parts[0].source, self._document.passages[key].source
        why, after = "", ""
        try:
            after = rewritten(source, own)
        except NotTaken as refusal:
            why = str(refusal)
        # What was taken before comes back as it stands: that is no clash.
        if now.strip() != source.strip() and (why or now.strip() != after.strip()):
            self.clashes.append(f"“{key}”：导出之后文件夹中的这一段也改过，请人工合并。")
            return
        if why:
            self.left.append(f"“{key}”：{why}，整段未采用。")
            return
        self.dropped[key] = dropped(key, parts)
        if now.strip() != after.strip():
            written = self._material.written.get(key)
            before = written.text if written is not None else ""
            self.edited.append(Edited(key=key, file=parts[0].file, before=before, after=after))

    def hold_back(self, moves: Sequence[tuple[str, str]]) -> None:
        """Leave a passage alone when words moved between it and one that is left alone.

        Else they would stand in both, or in none.
        """
        for _ in moves:
            written = {each.key for each in self.edited}
            for one, other in [*moves, *((end, start) for start, end in moves)]:
                if one in written and other not in written:
                    self.edited = [each for each in self.edited if each.key != one]
                    self.dropped.pop(one, None)
                    why = f"有文字移到或来自“{other}”，而那一段未采用"
                    self.left.append(f"“{one}”：{why}，整段未采用。")
                    written.discard(one)

    def _reason(self, key: str, parts: list[ReturnedPassage]) -> str:
        """Return why a passage cannot be the folder's; empty when it can.

        A file from outside decides nothing about where we write, and about what.
        """
        stem, _, heading = key.partition("/")
        file = parts[0].file
        if key not in self._document.passages or not is_heading(heading):
            return "文件夹的报告里没有这一段"
        if file != f"{FOLDER}/{stem}.md" or not _PLAIN.fullmatch(file):
            return f"文件中记录的位置“{file}”不是叙述文件"
        if any(part.moved for part in parts) or key in self._lost:
            return "它换了位置，或者有一部分不在了"
        if any(text in self._outside for text in _texts(parts) - _texts(parts, printed=True)):
            return "叙述以外的文字混进了这一段"
        foreign = foreign_reference(key, parts, self._references)
        return f"文件夹的报告在这一段没有引用“{foreign}”" if foreign else ""


def _by_key(passages: tuple[ReturnedPassage, ...]) -> dict[str, list[ReturnedPassage]]:
    found: dict[str, list[ReturnedPassage]] = {}
    for passage in passages:
        found.setdefault(passage.key, []).append(passage)
    for parts in found.values():
        parts.sort(key=lambda part: part.part)
    return found


def _texts(parts: Sequence[ReturnedPassage], *, printed: bool = False) -> set[str]:
    """Return the paragraphs of a passage as texts, for comparing."""
    return {
        even(paragraph.text)
        for part in parts
        for paragraph in (part.printed if printed else part.paragraphs)
    }


def _moves(by_key: Mapping[str, Sequence[ReturnedPassage]]) -> list[tuple[str, str]]:
    """Return from which passage to which other one paragraphs went."""
    before = {key: _texts(parts, printed=True) for key, parts in by_key.items()}
    now = {key: _texts(parts) for key, parts in by_key.items()}
    changed = [key for key in by_key if before[key] != now[key]]
    return [
        (start, end)
        for start in changed
        for end in changed
        if start != end
        and any(
            len(text) >= _SHORTEST_MOVED
            for text in (before[start] - now[start]) & (now[end] - before[end])
        )
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
        size = len(text.encode())
        if size > LARGEST:
            raise FileTooLarge(path, size, LARGEST)
        files[path] = text
    for path, text in files.items():
        write_file(path, text)
    return tuple(files)


def _put(text: str, change: Edited) -> str:
    """Return a file with the lines of one passage replaced, or with one more passage."""
    stem = PurePosixPath(change.file).stem
    lines = text.split("\n")
    for passage in passages_of(text, stem):
        if passage.key == change.key:
            body = ["", change.after, ""] if change.after else [""]
            return "\n".join([*lines[: passage.begin], *body, *lines[passage.end :]])
    heading = change.key.partition("/")[2]
    return f"{text.rstrip()}\n\n## {heading}\n\n{change.after}\n".lstrip("\n")
