"""What a drawing is made of (图元): boxes, lines, words, each escaped once.

Looks are presentation attributes, never a style attribute, so that a page may
forbid inline style.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from typing import Literal as OneOf
from urllib.parse import quote

Anchor = OneOf["start", "middle", "end"]
Length = Fraction | int

FILLS = ("#2b4a73", "#6f93bd", "#a9c3de", "#d9e5f1", "#ffffff")
"""Lightness of the tones, dark to light."""

_HATCHED = {1: "#3d6290", 3: "#7d97b3"}
"""Tones with lines across, so that neighbours differ in black and white, too."""

# The tile is not turned: a turned one shows its seams in print.
_RISING = "M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5"
_FALLING = "M-1 5 L1 7 M0 0 L6 6 M5 -1 L7 1"

_INK = "#1b2430"
_RULE = "#9aa4b2"


def at(value: Length) -> str:
    """Write a coordinate with at most two decimals.

    >>> at(Fraction(-1, 3)), at(12)
    ('-0.33', '12')
    """
    hundredths = round(value * 100)
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")


def address(door: str) -> str:
    """Write the address of a proof as a link within the page."""
    return "#" + quote(door, safe="/")


@dataclass(slots=True)
class Drawing:
    """Marks in the order in which they are laid on the paper (图稿)."""

    prefix: str
    marks: list[str] = field(default_factory=list)

    def box(self, x: Length, y: Length, width: Length, height: Length, tone: int) -> str:
        """Return a bar of a tone, with a thin dark outline."""
        place = f'x="{at(x)}" y="{at(y)}" width="{at(width)}" height="{at(height)}"'
        fill = f"url(#{self.prefix}-tone-{tone})" if tone in _HATCHED else FILLS[tone]
        return f'<rect {place} fill="{fill}" stroke="{_INK}" stroke-width="0.8"/>'

    def line(self, x1: Length, y1: Length, x2: Length, y2: Length, *, strong: bool = False) -> None:
        """Lay a rule."""
        place = f'x1="{at(x1)}" y1="{at(y1)}" x2="{at(x2)}" y2="{at(y2)}"'
        stroke = _INK if strong else _RULE
        width = "1" if strong else "0.5"
        self.marks.append(f'<line {place} stroke="{stroke}" stroke-width="{width}"/>')

    def words(
        self,
        x: Length,
        y: Length,
        text: str,
        *,
        anchor: Anchor = "middle",
        size: Length = 12,
        upright: bool = False,
        inside: int | None = None,
    ) -> None:
        """Lay words: ``y`` is their middle; ``inside`` is the tone of the ground."""
        if not text:
            return
        base = y + Fraction(size) * 36 / 100
        turn = ""
        if upright:
            turn = f' transform="rotate(-90 {at(x)} {at(y)})"'
        ground = ""
        if inside == 0:
            ground = ' fill="#ffffff"'
        elif inside is not None and inside in _HATCHED:
            ground = (
                f' stroke="{FILLS[inside]}" stroke-width="3" stroke-linejoin="round"'
                ' paint-order="stroke"'
            )
        self.marks.append(
            f'<text x="{at(x)}" y="{at(base)}" text-anchor="{anchor}" font-size="{at(size)}"'
            f"{ground}{turn}>{escape(text)}</text>"
        )

    def bar(self, box: str, said: str, door: str) -> None:
        """Lay a bar that says what it is, as a link when a door is given."""
        bar = box.replace("/>", f"><title>{escape(said)}</title></rect>")
        if door:
            door, href = escape(door), escape(address(door))
            bar = f'<a href="{href}" data-door="{door}">{bar}</a>'
        self.marks.append(bar)

    def patterns(self, tones: set[int]) -> Iterator[str]:
        """Yield the hatches of the tones used."""
        for tone in sorted(tones & _HATCHED.keys()):
            lines = _RISING if tone == 1 else _FALLING
            yield (
                f'<pattern id="{self.prefix}-tone-{tone}" width="6" height="6"'
                f' patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{FILLS[tone]}"/>'
                f'<path d="{lines}" fill="none" stroke="{_HATCHED[tone]}" stroke-width="1"/>'
                "</pattern>"
            )
