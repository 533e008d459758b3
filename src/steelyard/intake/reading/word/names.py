"""Names in WordprocessingML (标记名): the usual and the strict kind alike.

The two kinds of file differ only in their namespaces, so names are compared in
a short form, as ``w:p``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Element = Any
"""An element of lxml, which ships no types."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_PREFIXES = {
    W: "w",
    STRICT_W: "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_STRICT_MATH = "http://purl.oclc.org/ooxml/officeDocument/math"


@lru_cache(maxsize=4096)
def _shortened(tag: object) -> str:
    # The tag of a comment is a function.
    namespace, _, local = (tag if isinstance(tag, str) else "").removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def short(element: Element) -> str:
    """Return the name of an element as ``w:p``; empty for a foreign one."""
    return _shortened(element.tag)


@lru_cache(maxsize=256)
def full(*names: str) -> tuple[str, ...]:
    """Return both full names of each ``w:`` name, for ``element.iter``."""
    return tuple(f"{{{space}}}{name[2:]}" for name in names for space in (W, STRICT_W))


def attribute(element: Element, name: str = "val") -> str | None:
    """Return an attribute of the namespace of Word, or of its formulas."""
    for space in (W, STRICT_W, _MATH, _STRICT_MATH):
        found: str | None = element.get(f"{{{space}}}{name}")
        if found is not None:
            return found
    return None


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute; empty where it or the element is not there."""
    return "" if element is None else attribute(element, name) or ""


def number(element: Element | None, name: str = "val") -> int | None:
    """Return an attribute as a whole number, or None where there is no sane one."""
    text = value(element, name).strip()
    sane = len(text) < 10 and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()
    return int(text) if sane else None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, and so on down the path."""
    for name in path:
        for each in () if element is None else element:
            if _shortened(each.tag) == name:
                element = each
                break
        else:
            return None
    return element


def leading(element: Element, name: str) -> Element | None:
    """Return the first child if it has this name: there the properties of a run stand."""
    first = next(iter(element), None)
    return first if first is not None and short(first) == name else None


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and attribute(element) not in ("0", "false", "off")


# -------------------------------------------------------------------- wrappers

_WRAPPERS = frozenset(
    {
        "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag",
        "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo", "w:subDoc", "mc:AlternateContent",
        "mc:Choice", "mc:Fallback",
    }
)  # fmt: skip


def unwrapped(element: Element) -> Iterator[Element]:
    """Yield the children of an element, those in wrappers included.

    Content controls, links and accepted insertions are opened. Of two ways to
    write the same thing only the first is taken.
    """
    stack = [iter(element)]
    while stack:
        for each in stack[-1]:
            name = short(each)
            if name in _WRAPPERS:
                inside = chosen(each) if name == "mc:AlternateContent" else each
                if inside is not None:
                    stack.append(iter(inside))
                    break
            else:
                yield each
        else:
            stack.pop()


def chosen(alternatives: Element) -> Element | None:
    """Return the first of the ways in which something is written."""
    first = child(alternatives, "mc:Choice")
    return child(alternatives, "mc:Fallback") if first is None else first
