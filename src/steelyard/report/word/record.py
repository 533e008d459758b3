"""What a Word file remembers of the report it was written from (返回记录).

It is kept as a part of the file that people do not see. With it, what was
changed in Word can be told from what was printed. It holds texts, never marks
or judgements.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import assert_never

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from steelyard.report.model.blocks import Document, runs_of
from steelyard.report.model.runs import Figure, Gap, Link
from steelyard.report.word.markup import DECLARATION, escaped, legal

FORMAT = 1
"""The form of the record; a reader refuses others."""

NAMESPACE = "steelyard:report"
ROOT = f"{{{NAMESPACE}}}report"

_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STORE_ID = "{5EE1A4D0-0B5C-4B7A-9C1E-7A2C3F5D6E01}"
_SPACES = re.compile(r"\s+")


def even(text: str) -> str:
    """Return a text with its white space evened out, for comparing.

    >>> even(" 表1   预算 ")
    '表1 预算'
    """
    return _SPACES.sub(" ", text).strip()


def row_text(cells: list[str]) -> str:
    """Return a row of a table as one text, for comparing.

    >>> row_text(["甲", "", "1.50"])
    '甲 | 1.50'
    """
    return " | ".join(text for cell in cells if (text := even(cell)))


def document_fingerprint(document: Document) -> str:
    """Return the SHA-256 of what a report says and refers to, as hex.

    Looks, pages and the order of the passages' mapping do not enter.
    """
    digest = hashlib.sha256()
    said: list[object] = [document.title, document.author, document.date]
    for block in document.blocks():
        said.append(type(block).__name__)
        said += [
            (each.text, each.reference if isinstance(each, Figure) else "")
            for each in runs_of(block)
        ]
    said += [
        (key, passage.file, passage.source) for key, passage in sorted(document.passages.items())
    ]
    # Half characters have no UTF-8; a fingerprint must not stop for them.
    digest.update(repr(said).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


class Record:
    """The record in the making (记录)."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: dict[str, int] = {}
        self._passages: dict[str, dict[str, object]] = {}
        self._figures: dict[str, dict[str, str]] = {}
        self._outside: list[str] = []
        self._last = ""
        """What was added last: the bookmark of a passage, or a text outside."""

    def passage(self, name: str, key: str) -> None:
        """Begin a passage: a bookmark, and what it is a rendering of."""
        self._parts[key] = self._parts.get(key, 0) + 1
        passage = self._document.passages.get(key)
        self._passages[name] = {
            "key": key,
            "part": self._parts[key],
            "file": passage.file if passage else "",
            "source": passage.source if passage and self._parts[key] == 1 else "",
            "after": self._last,
            "paragraphs": [],
        }
        self._last = name

    def paragraph(self, name: str, level: int, number: str, pieces: list[list[object]]) -> None:
        """Add a paragraph to a passage: its pieces are text, strong, bookmark."""
        paragraphs = self._passages[name]["paragraphs"]
        if isinstance(paragraphs, list):
            paragraphs.append({"level": level, "number": number, "pieces": pieces})

    def figure(self, name: str, run: Figure | Link | Gap) -> None:
        """Add what stands inside a bookmark, and what it was printed from."""
        match run:
            case Figure():
                kind, reference = "figure", run.reference
            case Link():
                kind, reference = "link", run.target
            case Gap():
                kind, reference = "gap", run.reference
            case _:
                assert_never(run)
        self._figures[name] = {"kind": kind, "reference": reference, "text": run.text}

    def outside(self, text: str) -> None:
        """Add a paragraph that nobody should change in Word."""
        if text := even(text):
            self._outside.append(text)
            self._last = text

    def as_json(self) -> str:
        """Return the whole record."""
        content = {
            "format": FORMAT,
            "fingerprint": document_fingerprint(self._document),
            "title": self._document.title,
            "passages": self._passages,
            "figures": self._figures,
            "outside": self._outside,
        }
        return legal(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def attach(record: str, to: Part, package: Package) -> None:
    """Put a record into a package, as custom XML of the document.

    Args:
        record: As JSON.
        to: The part of the document.
        package: Where it belongs.
    """
    digest = hashlib.sha256(record.encode()).hexdigest()
    content = (
        f'{DECLARATION}<report xmlns="{NAMESPACE}" format="{FORMAT}" sha256="{digest}">'
        f"{escaped(record)}</report>"
    )
    name = package.next_partname("/customXml/item%d.xml")
    item = Part(name, "application/xml", content.encode(), package)
    to.relate_to(item, f"{_RELATIONSHIPS}/customXml")
    # Without properties of its own Word drops such a part when it saves.
    properties = (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_DATASTORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    about = Part(
        PackURI(name.replace("/item", "/itemProps")),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        properties.encode(),
        package,
    )
    item.relate_to(about, f"{_RELATIONSHIPS}/customXmlProps")
