"""The outline of a report (报告提纲): data, not code.

An outline says which parts follow each other, what their tables list and
which passages people write. It holds no figure; every figure is a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from steelyard.report.model.blocks import Align, Role

HeadingLook = OneOf["chapter", "part", "annex", "sub"]
Levels = OneOf["", "all", "below", "last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that the evaluation folder supplies (用语): 简称, 委托单位."""

    name: str
    meaning: str = ""
    default: str | None = None
    """Template used when the folder does not say; None: the word must be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What every part may say (各部分通用)."""

    needs: tuple[str, ...] = ()
    """Tables, items or leaves without which the part is left out: the framework has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPart(Common):
    """A heading (标题)."""

    text: str
    level: int = 1
    name: str = ""
    """What references call it: 附件：指标体系及评分表; its text when empty."""

    look: HeadingLook = "chapter"
    """``sub``: printed like a heading, and not listed in the table of contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart(Common):
    """Fixed words with references (固定文字); each line may be dropped by itself."""

    text: str
    role: Role = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePart(Common):
    """A passage that people write (叙述)."""

    key: str
    """File and heading: 基本情况/部门概况."""

    default: str = ""
    """What stands there until somebody writes it; without it there is a gap."""

    again: bool = False
    """Whether it is printed a second time here, and edited elsewhere."""

    hint: str = ""
    """What to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPart(Common):
    """All sections of a file, headings included (自由章节)."""

    file: str
    hint: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPart:
    """A column of a table part (列)."""

    title: str
    text: str = ""
    """Template of its cells."""

    total: str = ""
    """Template of its cell in the total row."""

    band: str = ""
    """Title over several neighbouring columns."""

    width: int = 10
    align: Align = "center"
    merge: bool = False
    """Whether equal neighbours below each other become one cell."""

    levels: Levels = ""
    """Stands for a column for each level of the framework: all of them, those below
    the group in hand, or the last two."""

    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart(Common):
    """A table that lists something (列表)."""

    of: str
    """A table of facts, or 指标, 一级指标, 目标."""

    columns: tuple[ColumnPart, ...]
    caption: str = ""
    name: str = ""
    """What references call it; its caption when empty."""

    follows: str = ""
    """A table that carries the caption of both, when it is there."""

    where: str = ""
    """Condition on the rows, in the formula language."""

    without: tuple[str, ...] = ()
    """For 指标: first levels that are left out."""

    total: str = ""
    """Label of the total row; empty for none."""

    unit: str = ""
    """Item or column whose unit the bare numbers of the table are in: 资金.决算数."""

    notes: tuple[str, ...] = ()
    size: OneOf["normal", "small"] = "normal"
    empty: str = ""
    """What is said when nothing is listed; empty: the table stands with a row of dashes."""

    optional: bool = False
    """Whether the folder may leave the table out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell of a form (表单格): a label or a content."""

    text: str
    label: bool = False
    across: int = 1
    down: int = 1
    align: Align = "center"
    findings: str = ""
    """A list of findings to put in instead: see ``FindingsPart``."""

    passage: str = ""
    """A passage to put in instead."""

    chapter: str = ""
    """A whole chapter to put in instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart(Common):
    """A form: labels and contents (表单)."""

    columns: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPart(Common):
    """A chart (图)."""

    kind: str
    caption: str
    of: str = ""
    """What is drawn: a table, a level."""

    options: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[tuple[str, str, str], ...] = ()
    """For a bridge: label, formula and sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EachPart(Common):
    """Parts repeated for each of something (逐项)."""

    of: str
    """一级指标, or a table of facts."""

    by: str = ""
    """Column whose equal values belong together; empty: every row by itself."""

    where: str = ""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesPart(Common):
    """The passages of all leaves of the group in hand (逐项分析)."""

    level: int = 3
    """Level of the first headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPart(Common):
    """A list from the chain of findings (问题链)."""

    style: str
    """problems, recommendations, brief-problems or brief-recommendations."""

    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPart(Common):
    """A part without content of its own (目录、分页、附件清单)."""

    kind: OneOf["contents", "break", "annexes"]


Part = (
    HeadingPart
    | TextPart
    | PassagePart
    | ChapterPart
    | TablePart
    | FormPart
    | ChartPart
    | EachPart
    | LeavesPart
    | FindingsPart
    | PlainPart
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPart(Common):
    """Parts on paper of one kind (节)."""

    parts: tuple[Part, ...]
    landscape: bool = False
    numbered: bool = True
    restart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole outline (提纲)."""

    id: str
    title: str
    """Template of the report's title."""

    kind: str = ""
    """Frameworks of this kind use it unless told otherwise."""

    words: tuple[Word, ...] = ()
    sections: tuple[SectionPart, ...] = ()
    leaves: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    """Parts that follow the passage of a leaf, by the leaf's name."""
