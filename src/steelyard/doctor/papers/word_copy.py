"""A copy of a Word file with comments at the places (Word 批注副本).

Only the document part, its relationships, the list of content types and the
comments are written anew; every other part stays byte for byte. Comments,
tracked changes, fields and links that were there stay.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from steelyard.doctor.papers.sentences import MOST_NOTES, note
from steelyard.doctor.papers.summary import Summary
from steelyard.doctor.papers.word_anchor import Reach, bounded, outside, reach_of
from steelyard.files.packages import Package, Unusable, opened
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.reading.word.names import STRICT_W, Element, attribute, short
from steelyard.intake.reading.word.parts import BOUNDS, LARGEST_PART, Parts, load_parts, parsed
from steelyard.intake.reading.word.visible import paragraphs, run_stretches

AUTHOR = "Steelyard 体检"

_INITIALS = "体检"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Progress = Callable[[int, int], None]


def word_copy(
    content: bytes,
    document: Document,
    summary: Summary,
    *,
    files: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> bytes:
    """Return a copy of a Word file with comments at the places of the findings.

    A finding has one comment at most in a paragraph or table row, and at the first
    three of these; the comment says how many places there are.

    Word takes no comments in footnotes and text boxes: there the comment stands
    at what calls or carries them. The same input gives the same bytes.

    Args:
        content: The file that the document was read from.
        document: As it was read.
        summary: What was found.
        files: Whether several files were checked, so that places name theirs.
        progress: Told how many comments are written, of how many.

    Raises:
        Unreadable: The file was read, but other parts of it are damaged, so that no
            copy can be made.
        Unusable: The bytes are not those of the file that was read.
    """
    try:
        return _with_comments(content, document, summary, files=files, progress=progress)
    except (Unusable, zipfile.BadZipFile, zlib.error, EOFError, etree.LxmlError) as error:
        raise Unreadable(
            document.name,
            "文件有损坏的部分，写不出带批注的副本",
            "请在 Word 或 WPS 中打开，另存一份再检查；不加 --out 仍可查看结果。",
        ) from error


def _with_comments(
    content: bytes,
    document: Document,
    summary: Summary,
    *,
    files: bool,
    progress: Callable[[int, int], None],
) -> bytes:
    package = opened(content, bounds=BOUNDS)
    wanted = [
        (noted, at, reach)
        for noted in summary.findings
        for at, *_ in noted.apart(document, MOST_NOTES)
        if (reach := reach_of(noted.places[at])) is not None
    ]
    if not wanted:
        return content
    book = _Book(package, load_parts(content))
    for done, (noted, at, reach) in enumerate(wanted, start=1):
        book.comment(reach, note(noted, at, files=files))
        progress(done, len(wanted))
    return book.saved(content)


@dataclass
class _Book:
    """A Word file while comments are written into it."""

    package: Package
    parts: Parts
    lists: dict[str, list[Element]] = field(default_factory=dict)
    """The paragraphs of each part, in file order."""

    changed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.parts.document.root
        self.space = self.root.tag[1:].partition("}")[0]
        self.lists = {
            part.name: paragraphs(part.root)
            for part in (self.parts.document, *self.parts.others.values())
        }
        self.name, self.comments = self._comments()
        numbers = [
            int(number)
            for each in self.comments
            if (number := attribute(each, "id") or "").isdecimal()
        ]
        self.next = max(numbers, default=-1) + 1

    def comment(self, reach: Reach, lines: Iterable[str]) -> None:
        """Write a comment at a place; nothing where the file has no such place."""
        ends = self._ends(reach)
        if ends is None:
            return
        first, last = ends
        number = str(self.next)
        self.next += 1
        first.addprevious(self._element("commentRangeStart", id=number))
        end = self._element("commentRangeEnd", id=number)
        last.addnext(end)
        carrier = self._element("r")
        carrier.append(self._element("commentReference", id=number))
        _outermost(end).addnext(carrier)
        comment = self._element("comment", id=number, author=AUTHOR, initials=_INITIALS)
        for line in lines:
            paragraph = etree.SubElement(comment, self._named("p"))
            run = etree.SubElement(paragraph, self._named("r"))
            text = etree.SubElement(run, self._named("t"))
            text.text = "".join(sign for sign in line if sign >= " " and sign not in "\ufffe\uffff")
            text.set(_SPACE, "preserve")
        self.comments.append(comment)

    def saved(self, content: bytes) -> bytes:
        """Return the file with what was changed."""
        self.changed[self.parts.document.name] = _written(self.root)
        self.changed[self.name] = _written(self.comments)
        # Names differ in capitals, and stay as they are written in the package.
        changed = {name.lower(): raw for name, raw in self.changed.items()}
        there: set[str] = set()
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as before,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
        ):
            for entry in before.infolist():
                name = entry.filename.replace("\\", "/").lstrip("/").lower()
                there.add(name)
                raw = changed.get(name)
                after.writestr(entry, before.read(entry) if raw is None else raw)
            for name, raw in self.changed.items():
                if name.lower() not in there:
                    new = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    new.compress_type = zipfile.ZIP_DEFLATED
                    after.writestr(new, raw)
        return out.getvalue()

    # ------------------------------------------------------------------ places

    def _ends(self, reach: Reach) -> tuple[Element, Element] | None:
        """Return the first and last element that a comment is about."""
        known = self.lists.get(reach.part, [])
        if max(reach.first, reach.last) >= len(known):
            return None
        first, last = known[reach.first], known[reach.last]
        carrier = outside(first, self.root)
        if carrier is not None:
            return carrier, carrier
        if reach.part != self.parts.document.name:
            return None
        if first is last and reach.start >= reach.end:
            return self._whole(first)
        return bounded(first, reach.start, last, reach.end) or self._whole(first)

    def _whole(self, paragraph: Element) -> tuple[Element, Element]:
        """Return the ends of a whole paragraph; an empty one is given a run to hold on to."""
        runs = [run for run, _, _ in run_stretches(paragraph)]
        if not runs:
            run = etree.SubElement(paragraph, self._named("r"))
            runs = [run]
        return runs[0], runs[-1]

    # ---------------------------------------------------------------- comments

    def _comments(self) -> tuple[str, Element]:
        """Return name and root of the part that holds comments; a new one is announced."""
        folder, base = posixpath.split(self.parts.document.name)
        relations_name = f"{folder}/_rels/{base}.rels".lstrip("/")
        if relations_name in self.package:
            relations = parsed(self.package.read(relations_name, LARGEST_PART))
        else:
            relations = etree.Element(
                f"{{{_PACKAGE}/relationships}}Relationships",
                nsmap={None: f"{_PACKAGE}/relationships"},
            )
        for each in relations:
            if each.get("Type", "") in (f"{_OFFICE}/comments", f"{_STRICT_OFFICE}/comments"):
                path = posixpath.join("/", folder, each.get("Target", ""))
                name = posixpath.normpath(path).lstrip("/")
                if name in self.package:
                    return name, parsed(self.package.read(name, LARGEST_PART))
        name = self._announced(folder, relations)
        self.changed[relations_name] = _written(relations)
        return name, etree.Element(self._named("comments"), nsmap={"w": self.space})

    def _announced(self, folder: str, relations: Element) -> str:
        """Give the new part a name, a relationship and a content type."""
        file = next(each for each in _names() if f"{folder}/{each}" not in self.package)
        taken = {each.get("Id") for each in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdCheck{n}" not in taken)
        office = _STRICT_OFFICE if self.space == STRICT_W else _OFFICE
        etree.SubElement(
            relations,
            f"{{{_PACKAGE}/relationships}}Relationship",
            {"Id": f"rIdCheck{number}", "Type": f"{office}/comments", "Target": file},
        )
        name = f"{folder}/{file}".lstrip("/")
        types = parsed(self.package.read(_TYPES, LARGEST_PART))
        etree.SubElement(
            types,
            f"{{{_PACKAGE}/content-types}}Override",
            {"PartName": f"/{name}", "ContentType": _KIND},
        )
        self.changed[_TYPES] = _written(types)
        return name

    def _named(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def _element(self, name: str, **said: str) -> Element:
        attributes = {self._named(key): text for key, text in said.items()}
        return etree.Element(self._named(name), attributes, nsmap={"w": self.space})


def _names() -> Iterator[str]:
    yield "comments.xml"
    yield from (f"comments{number}.xml" for number in range(2, 1000))


def _outermost(element: Element) -> Element:
    """Return the child of the paragraph that holds an element.

    The mark of a comment stands outside links, fields and tracked insertions,
    which would carry it away.
    """
    while short(element.getparent()) != "w:p":
        element = element.getparent()
    return element


def _written(root: Element) -> bytes:
    raw: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return raw
