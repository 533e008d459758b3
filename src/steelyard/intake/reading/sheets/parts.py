"""The parts of a workbook package (部件): opened within bounds, read as a stream.

No tree is built: a part of any size takes the memory of one element. Definitions
of entities, which no workbook needs, are refused.
"""

from __future__ import annotations

import posixpath
from xml.parsers import expat

from steelyard.files import packages
from steelyard.intake.reading.sheets.sheet import Unusable

LARGEST_PART = 96 * 2**20
"""Bytes that one part may have, unpacked."""

MOST_BYTES = 200 * 2**20
"""Bytes that are read in all: a part may be named by many sheets."""

MOST_ELEMENTS = 10_000_000
DEEPEST = 64
_CHUNK = 2**16
_LONGEST_TOKEN = 2**20


class Handler:
    """Takes what stands in a part, names without prefixes.

    A part that is nested deeper than any honest one is left.
    """

    depth = 0
    elements = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            raise Unusable("其中的内容嵌套过深")
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def closed(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2] if ":" in name else name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def text(self, characters: str) -> None:
        """Take a stretch of text, not always the whole of it."""


class Parts:
    """The parts of a package, and how much of them was read (部件)."""

    def __init__(self, content: bytes) -> None:
        """Open a package.

        Raises:
            steelyard.files.packages.Unusable: It is damaged, encrypted or too large.
        """
        self.package = packages.opened(content, ending=".xlsx")
        self.left = MOST_BYTES
        self.elements = 0

    def __contains__(self, part: str) -> bool:
        return part in self.package

    def read(self, part: str, handler: Handler) -> None:
        """Hand a part to a handler; one that is not there is empty.

        Raises:
            Unusable: It is damaged, nested too deep, too large, or defines entities.
            steelyard.files.packages.Unusable: It is damaged or too large.
        """
        if part not in self.package:
            return
        content = memoryview(self.package.read(part, LARGEST_PART))
        self.left -= len(content)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = handler.opened
        parser.EndElementHandler = handler.closed
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse_definitions
        try:
            for begin in range(0, len(content), _CHUNK):
                parser.Parse(content[begin : begin + _CHUNK])
                if begin - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise Unusable("其中有过长的内容")
                if self.left < 0 or self.elements + handler.elements > MOST_ELEMENTS:
                    raise Unusable("内容过多", "请只交与评价有关的工作表，并删去空行的格式。")
            parser.Parse(b"", True)
            self.elements += handler.elements
        except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
            raise Unusable("工作簿的内容已经损坏") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the inner parts that a part names: by id, the kind and the part."""
        folder, _, name = part.rpartition("/")
        found = _Relations(folder)
        self.read(posixpath.join(folder, "_rels", f"{name}.rels"), found)
        return found.targets


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        # What lies outside of the package is never looked for.
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/" + self.folder, attributes.get("Target", ""))
            part = posixpath.normpath(target).lstrip("/")
            self.targets[attributes.get("Id", "")] = (kind, part)


def _refuse_definitions(*_: object) -> None:
    raise Unusable("其中有工作簿不会写的定义")
