"""What the styles of a Word file say of a paragraph (样式)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.intake.reading.word.names import Element, child, is_on, number, short, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:\d|heading)|table of figures|图表目录")

_LONGEST_CHAIN = 50
"""Styles that may be based on each other; Word allows fewer."""

NO_LEVEL = 9
"""The outline level of ordinary text."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in which list a paragraph stands (编号引用)."""

    number_id: int | None = None
    """0 switches numbering off."""

    level: int | None = None
    """From 0."""

    style: str = ""
    """The style that says so; a list that binds a level to it has the last word."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style and those it is based on say (样式的效果)."""

    outline: int = NO_LEVEL
    """Heading level from 0."""

    place: ListPlace = ListPlace()
    hidden: bool = False
    contents: bool = False
    """It is for lines of a table of contents."""


class Styles:
    """The styles of one file (样式表)."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = ""
        for style in () if root is None else root:
            if short(style) != "w:style":
                continue
            name = value(style, "styleId")
            self._styles.setdefault(name, style)
            if value(style, "type") == "paragraph" and _is_default(style):
                self._default = self._default or name

    def look(self, name: str) -> Look:
        """Return the look of a style; of the default one where it is not known."""
        known = name if name in self._styles else self._default
        if known not in self._looks:
            self._looks[known] = self._found(known)
        return self._looks[known]

    def hides(self, name: str) -> bool:
        """Say whether a style for characters hides them; an unknown one does not."""
        return name in self._styles and self.look(name).hidden

    def _found(self, name: str) -> Look:
        chain = self._chain(name)
        outline, hidden = None, None
        number_id, level, owner = None, None, ""
        contents = False
        for style, element in chain:
            properties = child(element, "w:pPr")
            title = value(child(element, "w:name")).strip().lower()
            contents = contents or bool(_CONTENTS.match(title))
            if outline is None:
                outline = _outline(properties, title)
            vanish = child(element, "w:rPr", "w:vanish")
            if hidden is None and vanish is not None:
                hidden = is_on(vanish)
            said = child(properties, "w:numPr")
            if said is not None:
                # Which list, and at which level, are handed down apart.
                owner = owner or style
                number_id = number(child(said, "w:numId")) if number_id is None else number_id
                level = number(child(said, "w:ilvl")) if level is None else level
        return Look(
            NO_LEVEL if outline is None else outline,
            ListPlace(number_id, level, owner),
            hidden=bool(hidden),
            contents=contents,
        )

    def _chain(self, name: str) -> list[tuple[str, Element]]:
        """Return a style and those it is based on, each once."""
        chain: dict[str, Element] = {}
        while name in self._styles and name not in chain and len(chain) < _LONGEST_CHAIN:
            chain[name] = self._styles[name]
            name = value(child(chain[name], "w:basedOn"))
        return list(chain.items())


def _is_default(style: Element) -> bool:
    return value(style, "default") in ("1", "true", "on")


def _outline(properties: Element | None, title: str) -> int | None:
    said = number(child(properties, "w:outlineLvl"))
    if said is not None:
        return min(max(said, 0), NO_LEVEL)
    found = _HEADING.fullmatch(title)
    return int(found[1]) - 1 if found else None
