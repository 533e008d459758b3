"""The parts of a Word file that hold text (文件的部件), parsed within bounds."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from steelyard.files.packages import Bounds, Package, Unusable, defines, opened
from steelyard.intake.reading.word.names import Element, child, short

BOUNDS = Bounds(packed=100 * 2**20, unpacked=500 * 2**20)
"""Scanned annexes make honest reports heavy; they are never unpacked."""

LARGEST_PART = 40 * 2**20
"""Bytes of one part of text."""

MOST_MARKS = 2_000_000
"""Tags and attributes of one part: each costs a hundred times its size in memory."""

_DOCUMENT = "word/document.xml"
_KINDS = ("styles", "numbering", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Part:
    """One part (部件)."""

    name: str
    """As word/document.xml."""

    root: Element


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one file (各部件)."""

    document: Part
    others: dict[str, Part]
    """By kind: styles, numbering, footnotes, endnotes; those that are there."""

    def root(self, kind: str) -> Element | None:
        """Return the root of a part beside the document."""
        return self.others[kind].root if kind in self.others else None


def load_parts(content: bytes) -> Parts:
    """Return the parts of a .docx.

    Raises:
        Unusable: It is none, or is too large, encrypted or damaged.
    """
    package = opened(content, bounds=BOUNDS)
    if "xl/workbook.xml" in package:
        raise Unusable("它是表格文件（.xlsx），不是 .docx 文件")
    name = _targets(package, "_rels/.rels", "").get("officeDocument", _DOCUMENT)
    if name not in package:
        name = _DOCUMENT
    document = _part(package, name)
    if child(document.root, "w:body") is None:
        raise Unusable("其中没有正文，它不是 .docx 文件")
    folder, base = posixpath.split(name)
    targets = _targets(package, f"{folder}/_rels/{base}.rels", folder)
    found = {kind: targets.get(kind, f"{folder}/{kind}.xml") for kind in _KINDS}
    others = {kind: _part(package, at) for kind, at in found.items() if at in package}
    return Parts(document, others)


def parsed(content: bytes) -> Element:
    """Return the root of an XML part.

    Raises:
        Unusable: It is damaged, defines entities, or is too large to hold.
    """
    if defines(content):
        raise Unusable("其中有 Word 不会写的定义")
    if content.count(b"<") + content.count(b"=") > MOST_MARKS:
        raise Unusable("其中的标记过多")
    # Neither entities nor anything outside of the file is ever opened, and
    # lxml itself refuses more than 256 levels.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise Unusable("其中的内容不完整或已损坏") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding of its own
        raise Unusable("其中有 Word 不会写的定义")
    return root


def _part(package: Package, name: str) -> Part:
    return Part(name, parsed(package.read(name, LARGEST_PART)))


def _targets(package: Package, name: str, folder: str) -> dict[str, str]:
    """Return the parts that another names, by the last word of their kind."""
    if name not in package:
        return {}
    found: dict[str, str] = {}
    for each in parsed(package.read(name, LARGEST_PART)):
        if short(each) != "rel:Relationship" or each.get("TargetMode") == "External":
            continue
        kind = each.get("Type", "").rpartition("/")[2]
        path = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
        found.setdefault(kind, path.lstrip("/"))
    return found
