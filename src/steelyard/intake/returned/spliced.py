"""XML changed in place (原样改动): what is not changed stays, byte for byte.

The places of elements are found, and only what has to change is cut out or put
in. Definitions of entities are refused, and so is a part that is nested deeper or
holds more elements than any honest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from steelyard.intake.reading.sheets.parts import DEEPEST, MOST_BYTES, MOST_ELEMENTS
from steelyard.intake.reading.sheets.sheet import FEWER, Unusable

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MOST_NODES = 400_000
"""Elements of which places are kept at a time."""

_CHUNK = 2**16
_LONGEST_TOKEN = 2**20
_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ATTRIBUTE = re.compile(rb"(\s+)([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_HEAD = re.compile(r"\ufeff?\s*<\?xml.*?\?>", re.DOTALL)
_NEVER_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

# Expat reads these only in part, or counts their bytes in its own way.
_OTHER_ENCODINGS = {
    "utf-16", "utf-16le", "utf-16be", "gb18030", "gbk", "gb2312", "big5", "iso-8859-1",
    "windows-1252",
}  # fmt: skip


@dataclass(slots=True)
class Gauge:
    """How much of a package may still be read (余量)."""

    bytes_left: int = MOST_BYTES
    elements_left: int = MOST_ELEMENTS

    def take(self, content: bytes) -> bytes:
        """Count the bytes of a part.

        Raises:
            Unusable: It is too much.
        """
        self.bytes_left -= len(content)
        if self.bytes_left < 0:
            raise Unusable("内容过多", FEWER)
        return content


@dataclass(slots=True)
class Node:
    """One element and where it stands (元素的位置)."""

    name: str
    """With its prefix, as it is written."""
    attributes: dict[str, str]
    start: int
    inside: int
    """Where its start tag ends."""
    closed: bool
    """Its start tag is its end as well."""
    close: int = 0
    """Where its end tag begins."""
    end: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, empty when there is none."""
        return self.name.removesuffix(self.tag)

    def child(self, tag: str) -> Node | None:
        """Return the first child of that name."""
        return next((each for each in self.children if each.tag == tag), None)

    def all(self, tag: str) -> Iterator[Node]:
        """Yield the children of that name."""
        return (each for each in self.children if each.tag == tag)

    def linked(self) -> str:
        """Return the relation that it names, empty when there is none."""
        found = (text for key, text in self.attributes.items() if key.endswith(":id"))
        return next(found, "")


class Walker:
    """Is told of each element of a part, in order."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.depth = 0
        self.elements = 0
        self.parser = expat.ParserCreate()

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def ended(self, name: str) -> None:
        """Take the end of an element."""

    def walk(self, gauge: Gauge) -> None:
        """Go through the part.

        Raises:
            Unusable: It is damaged, too large, too deep, or defines entities.
        """
        parser, view = self.parser, memoryview(self.content)
        parser.StartElementHandler = self.started
        parser.EndElementHandler = self.ended
        parser.StartDoctypeDeclHandler = _refuse_definitions
        try:
            for begin in range(0, len(view), _CHUNK):
                parser.Parse(view[begin : begin + _CHUNK])
                if begin - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise Unusable("其中有过长的内容")
                if self.elements > gauge.elements_left:
                    raise Unusable("内容过多", "请只交与评价有关的工作表，并删去空行的格式。")
            parser.Parse(b"", True)
        # An encoding that nobody knows is a LookupError.
        except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
            raise Unusable("工作簿的内容已经损坏") from error
        finally:
            # The handlers hold this object, and it holds the whole part.
            parser.StartElementHandler = parser.EndElementHandler = None
        gauge.elements_left -= self.elements

    def node(self, name: str, attributes: dict[str, str]) -> Node:
        """Return the element that has just started, its end still unknown."""
        self.elements += 1
        if self.depth >= DEEPEST:
            raise Unusable("其中的内容嵌套过深")
        start = self.parser.CurrentByteIndex
        found = _TAG.match(self.content, start)
        if found is None:
            raise Unusable("工作簿的内容已经损坏")
        return Node(name, attributes, start, found.end(), bool(found[1]))

    def finish(self, node: Node) -> None:
        """Note where an element ends, when it does."""
        node.close = node.inside if node.closed else self.parser.CurrentByteIndex
        node.end = node.inside if node.closed else self.content.index(b">", node.close) + 1


class _Outliner(Walker):
    def __init__(self, content: bytes, levels: int) -> None:
        super().__init__(content)
        self.levels = levels
        self.open: list[Node] = []
        self.root: Node | None = None

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth < self.levels:
            node = self.node(name, attributes)
            if self.elements > MOST_NODES:
                raise Unusable("内容过多", FEWER)
            if self.open:
                self.open[-1].children.append(node)
            else:
                self.root = node
            self.open.append(node)
        else:
            self.elements += 1
            if self.depth >= DEEPEST:
                raise Unusable("其中的内容嵌套过深")
        self.depth += 1

    def ended(self, name: str) -> None:  # noqa: ARG002 - as all walkers
        self.depth -= 1
        if self.depth < self.levels:
            self.finish(self.open.pop())


def outline(content: bytes, gauge: Gauge, *, levels: int) -> Node:
    """Return the elements of a part down to some level, with their places.

    Raises:
        Unusable: It is damaged, too large, too deep, or defines entities.
    """
    outliner = _Outliner(content, levels)
    outliner.walk(gauge)
    if outliner.root is None:
        raise Unusable("工作簿的内容已经损坏")
    return outliner.root


class Splices:
    """What is to be cut out of a part and put into it (改动)."""

    def __init__(self) -> None:
        self._changes: list[tuple[int, int, bytes]] = []

    def put(self, at: int, new: bytes) -> None:
        """Put something in; what is put at one place stands in the order it came."""
        self._changes.append((at, at, new))

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put something in the place of what stands there."""
        self._changes.append((start, end, new))

    def retag(self, content: bytes, node: Node, **changes: str | None) -> None:
        """Change attributes of an element; None takes one away."""
        tag = content[node.start : node.inside]
        self.replace(node.start, node.inside, with_attributes(tag, changes))

    def append(self, content: bytes, node: Node, new: bytes, **changes: str | None) -> None:
        """Put children behind those of an element, and change its attributes."""
        tag = with_attributes(content[node.start : node.inside], changes)
        if node.closed:
            tag = tag.removesuffix(b"/>").rstrip() + b">"
            new += f"</{node.name}>".encode()
            self.replace(node.start, node.inside, tag + new)
            return
        if changes:
            self.replace(node.start, node.inside, tag)
        self.put(node.close, new)

    def applied(self, content: bytes) -> bytes:
        """Return the part with all changes."""
        pieces: list[bytes | memoryview] = []
        at = 0
        view = memoryview(content)
        # What is put in stands before what is replaced from there on. The sort is
        # stable: what was put at one place keeps its order.
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            pieces += (view[at:start], new)
            at = end
        return b"".join([*pieces, view[at:]])


def as_utf8(content: bytes) -> bytes:
    """Return a part in UTF-8, in which places can be counted; most are already.

    Raises:
        Unusable: It is not in the encoding that it claims.
    """
    named = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:300])
    encoding = named[1].decode().lower() if named else "utf-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    if encoding not in _OTHER_ENCODINGS:
        return content
    try:
        text = content.decode(encoding)
        return DECLARATION + _HEAD.sub("", text, count=1).encode()
    except UnicodeError as error:
        raise Unusable("工作簿的内容已经损坏") from error


def with_attributes(tag: bytes, changes: dict[str, str | None]) -> bytes:
    """Return a start tag with some attributes set, or taken away.

    >>> with_attributes(b'<c r="B7" s="3"/>', {"s": "9", "t": "inlineStr", "r": None})
    b'<c s="9" t="inlineStr"/>'
    """
    left = dict(changes)

    def changed(found: re.Match[bytes]) -> bytes:
        name = found[2].decode()
        if name not in left:
            return found[0]
        value = left.pop(name)
        return b"" if value is None else found[1] + _pair(name, value)

    tag = _ATTRIBUTE.sub(changed, tag)
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    more = b"".join(b" " + _pair(name, text) for name, text in left.items() if text is not None)
    return tag[:cut].rstrip() + more + tag[cut:]


def _pair(name: str, text: str) -> bytes:
    return f'{name}="{quoted(text)}"'.encode()


def written(text: str) -> str:
    """Return a text as it stands between tags of a workbook.

    What looks like an escape of the format is written so that it stays as it is.

    >>> written("1<2_x000D_")
    '1&lt;2_x005F_x000D_'
    """
    return escape(_LOOKS_ESCAPED.sub("_x005F_", _NEVER_IN_XML.sub("", text)))


def quoted(text: str) -> str:
    """Return a text as it stands in an attribute."""
    breaks = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    return escape(_NEVER_IN_XML.sub("", text), breaks)


def _refuse_definitions(*_: object) -> None:
    raise Unusable("其中有工作簿不会写的定义")
