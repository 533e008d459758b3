"""Reading a report that people edited in Word (读回).

It reads and reports. What is done about it — rewriting Markdown, refusing a
changed figure — is decided elsewhere.
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from steelyard.errors import SteelyardError
from steelyard.files.packages import Unusable, opened
from steelyard.report.word.bookmarks import BORDER, PASSAGE
from steelyard.report.word.markup import W
from steelyard.report.word.reading import Atom, Reading, ReadParagraph, StyleNames, outside_text
from steelyard.report.word.recorded import load_record
from steelyard.report.word.returned import (
    Change,
    Piece,
    Returned,
    ReturnedFigure,
    ReturnedParagraph,
    ReturnedPassage,
    Words,
)


class NotAWordFile(SteelyardError):
    """Bytes that cannot be read as a Word file."""

    code = "report.not-a-word-file"

    def __init__(self, why: str) -> None:
        super().__init__(
            what=f"无法读取这份文件：{why}。",
            where="返回的报告",
            mend="请在 Word 或 WPS 中打开，另存为不加密的 .docx 文件后再试。",
        )


class MarksLost(SteelyardError):
    """A Word file from which most marks of figures were stripped."""

    code = "report.marks-lost"

    def __init__(self, gone: int, printed: int) -> None:
        super().__init__(
            what=f"文件中{printed}个数的标记丢失了{gone}个，分不清哪些是引用的数，未读入。",
            where="返回的报告",
            mend="请用 Word、WPS 或 LibreOffice 在 Steelyard 生成的 .docx 上直接修改，"
            "不要经过在线文档或其他格式转存。",
        )


_FEW = 4
"""Marks that may be lost before the whole file is in doubt."""

_PRIVATE = re.compile("[\ue000\ue001]")
"""What stands around references while Markdown is read; people type none."""


def read_back(data: bytes) -> Returned:
    """Return what stands in a report that people edited in Word.

    Args:
        data: The bytes of a .docx, at most 20 MB.

    Returns:
        Passages as printed and as they stand now, and every other change.

    Raises:
        NotAWordFile: It is no .docx, damaged, encrypted or too large.
        NoRecord: It was not written by Steelyard, or lost its record.
        RecordDamaged: Its record was changed, or is of another version.
        MarksLost: Another program stripped the marks of figures.
    """
    try:
        names = opened(data).names
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            record = load_record(package, names)
            content = _parsed(package, "word/document.xml")
            styles = _parsed(package, "word/styles.xml") if "word/styles.xml" in names else None
            comments = _comments(package, names)
    except Unusable as why:
        raise NotAWordFile(str(why)) from why
    except (KeyError, etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotAWordFile("其中的内容不完整或已损坏") from error
    body = content.find(f"{{{W}}}body")
    if body is None:
        raise NotAWordFile("其中没有正文")
    reading = Reading(body, StyleNames(styles))
    return _compared(reading, record, comments)


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def _comments(package: zipfile.ZipFile, names: list[str]) -> int:
    if "word/comments.xml" not in names:
        return 0
    return len(_parsed(package, "word/comments.xml").findall(f"{{{W}}}comment"))


# ------------------------------------------------------------------- comparing


def _compared(reading: Reading, record: dict[str, Any], comments: int) -> Returned:
    figures = record["figures"]
    inside: dict[str, list[ReadParagraph]] = {}
    outside: list[str] = []
    order: list[str] = []
    known = set(record["passages"])
    for name, paragraph in _sorted_out(reading.paragraphs, known):
        if name:
            if name not in inside:
                order.append(name)
            inside.setdefault(name, []).append(paragraph)
        elif text := outside_text(paragraph):
            outside.append(text)
            order.append(text)
    there = {
        atom.figure for paragraphs in inside.values() for each in paragraphs for atom in each.atoms
    }
    _refuse_stripped(record, there)
    moved = _moved(record, order)
    passages = {
        name: replace(_passage(passage, inside.get(name, []), figures, there), moved=name in moved)
        for name, passage in record["passages"].items()
    }
    return Returned(
        fingerprint=record["fingerprint"],
        title=record["title"],
        passages=tuple(passages[name] for name in inside),
        lost=tuple(passage for name, passage in passages.items() if name not in inside),
        outside=tuple(_changes(record["outside"], outside)),
        comments=comments,
        tracked=reading.tracked,
    )


def _refuse_stripped(record: dict[str, Any], there: set[str]) -> None:
    """Refuse a file in which few figures can be told from words.

    Raises:
        MarksLost: Most figures have no mark.
    """
    printed = {
        name
        for passage in record["passages"].values()
        for paragraph in passage["paragraphs"]
        for _, _, name in paragraph["pieces"]
        if name in record["figures"]
    }
    gone = len(printed - there)
    if gone >= _FEW and gone * 2 > len(printed):
        raise MarksLost(gone, len(printed))


def _moved(record: dict[str, Any], order: list[str]) -> set[str]:
    """Return the passages that stand behind something else than they were printed behind.

    Args:
        record: What was printed.
        order: Passages, and texts outside, as they follow each other now.
    """
    printed = {*record["passages"], *record["outside"]}
    kept = [each for each in order if each in printed]
    there = set(kept)
    return {
        name
        for before, name in zip(["", *kept], kept, strict=False)
        if name in record["passages"]
        and (after := record["passages"][name].get("after", ""))
        and after in there
        and after != before
    }


def _sorted_out(
    paragraphs: list[ReadParagraph], known: set[str]
) -> Iterator[tuple[str, ReadParagraph]]:
    """Yield every piece of a paragraph with the passage that it belongs to.

    A passage begins at its bookmark. Behind the bookmark's end it goes on, for
    there people write more, up to the mark of the next block, a table, or a
    heading of the report's own levels.
    """
    current, ended = "", False
    for paragraph in paragraphs:
        if 0 < paragraph.level < 3 or (paragraph.row is not None and ended):
            current, ended = "", False
        start = 0
        for name, place in paragraph.marks:
            if not (name.startswith(BORDER) or name in known):
                continue
            before = _cut(paragraph, start, place)
            # Words typed before the bookmark of a passage belong to it, unless
            # the paragraph is another's that was joined to it.
            if before.text and (current or name.startswith(BORDER) or 0 < paragraph.level < 3):
                yield current if paragraph.row is None else "", before
                start = place
            elif name.startswith(BORDER):
                start = place
            current, ended = (name if name.startswith(PASSAGE) else ""), False
        yield current if paragraph.row is None else "", _cut(paragraph, start, None)
        ended = ended or current in paragraph.ends


def _cut(paragraph: ReadParagraph, start: int, end: int | None) -> ReadParagraph:
    if start == 0 and end is None:
        return paragraph
    return replace(paragraph, atoms=paragraph.atoms[start:end], marks=[], row=None)


def _passage(
    record: dict[str, Any],
    paragraphs: list[ReadParagraph],
    figures: dict[str, dict[str, Any]],
    there: set[str],
) -> ReturnedPassage:
    printed, gone = [], []
    for each in record["paragraphs"]:
        atoms = [Atom(each["number"], False, "")]
        atoms += [Atom(text, strong, name) for text, strong, name in each["pieces"]]
        level = each["level"]
        pieces = _pieces(atoms, figures, plain=level > 0)
        if pieces:
            printed.append(ReturnedParagraph(level=level, pieces=pieces, number=each["number"]))
        gone += [
            _figure(figures[name], "", strong)
            for _, strong, name in each["pieces"]
            if name in figures and name not in there
        ]
    now = []
    for paragraph in paragraphs:
        pieces = _pieces(paragraph.atoms, figures, plain=paragraph.level > 0)
        if pieces:
            level = min(paragraph.level, 4)
            now.append(ReturnedParagraph(level=level, pieces=pieces, item=paragraph.item))
    return ReturnedPassage(
        key=record["key"],
        file=record["file"],
        source=_PRIVATE.sub("", record["source"]),
        part=record["part"],
        printed=tuple(printed),
        paragraphs=tuple(now),
        gone=tuple(gone),
    )


def _figure(figure: dict[str, Any], text: str, strong: bool) -> ReturnedFigure:
    return ReturnedFigure(
        kind=figure["kind"],
        reference=figure["reference"],
        printed=figure["text"],
        text=text,
        strong=strong,
    )


def _pieces(
    atoms: list[Atom], figures: dict[str, dict[str, Any]], *, plain: bool
) -> tuple[Piece, ...]:
    """Return atoms as pieces: neighbours that look alike are one.

    Args:
        atoms: As read.
        figures: Of the record; a bookmark that it does not know is plain words.
        plain: Whether bold means nothing, as in a heading.
    """
    joined: list[Atom] = []
    for read in atoms:
        atom = replace(read, text=_PRIVATE.sub("", read.text))
        name = atom.figure if atom.figure in figures else ""
        strong = atom.strong and not plain
        last = joined[-1] if joined else None
        if last is not None and last.figure == name and (name or last.strong == strong):
            joined[-1] = Atom(last.text + atom.text, last.strong, name)
        elif atom.text:
            joined.append(Atom(atom.text, strong, name))
    if not "".join(atom.text for atom in joined).strip():
        return ()
    return tuple(
        _figure(figures[atom.figure], atom.text, atom.strong)
        if atom.figure
        else Words(atom.text, atom.strong)
        for atom in joined
    )


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield what differs between texts as printed and as they stand now."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, now_start, now_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[start:end], after[now_start:now_end]
        for place in range(max(len(old), len(new))):
            yield Change(
                old[place] if place < len(old) else "",
                new[place] if place < len(new) else "",
            )
