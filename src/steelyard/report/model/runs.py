"""What stands inside a line (行内内容): text, figures, references, gaps.

A figure is never text: it carries the reference that it was printed from and
the door to its proof, so that every writer can lead back to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words as written (文字)."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A value printed from a reference (引用的数)."""

    text: str
    """As printed, unit included where the reference asks for it."""

    reference: str
    """What it refers to, as written between braces: ``全年预算数 | 亿元``."""

    door: str = ""
    """Address of its proof in the proof page; empty when there is none."""

    strong: bool = False
    numeric: bool = False
    """Whether it is a quantity or a score, and not a name, a date or a sentence."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to a table, chart, heading or annex of this document (交叉引用)."""

    target: str
    """Anchor of what is referred to."""

    text: str
    """As printed: 表14."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not there yet, marked in its place (待补)."""

    what: str
    """What is missing, in a few words: 全年预算数."""

    reference: str = ""
    """What was referred to; empty where whole words are missing."""

    @property
    def text(self) -> str:
        """The mark as printed."""
        return f"【待补：{self.what}】"


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph (换行)."""

    text: str = "\n"


Run = Text | Figure | Link | Gap | Break
Runs = tuple[Run, ...]


def plain_text(runs: Iterable[Run]) -> str:
    """Return runs as they are read, without their references."""
    return "".join(run.text for run in runs)
