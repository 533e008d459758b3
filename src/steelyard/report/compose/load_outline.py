"""Reading an outline (读取报告提纲).

Every mistake of the file is gathered. What a template refers to is looked up
when the report is composed, not here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast, get_args

from steelyard.errors import Problems, SteelyardError
from steelyard.files.records import Record, load_record
from steelyard.files.text import FileMissing
from steelyard.report.compose.outline import (
    ChapterPart,
    ChartPart,
    ColumnPart,
    EachPart,
    FindingsPart,
    FormCell,
    FormPart,
    HeadingLook,
    HeadingPart,
    LeavesPart,
    Levels,
    Outline,
    Part,
    PassagePart,
    PlainPart,
    SectionPart,
    TablePart,
    TextPart,
    Word,
)
from steelyard.report.model.blocks import Align, Role

OUTLINES = Path(__file__).parent / "outlines"
"""The outlines that ship with the product."""

USUAL = "department"
MOST_COUNT = 500
"""Columns, rows and widths at most."""

CHARTS = ("bridge", "scores", "goals", "survey", "execution")
FINDINGS = ("problems", "recommendations", "brief-problems", "brief-recommendations")


class UnknownOutline(SteelyardError):
    """An outline that is not there."""

    code = "report.unknown-outline"

    def __init__(self, reference: str) -> None:
        super().__init__(
            what=f"没有报告提纲“{reference}”。",
            mend=f"可用：{'、'.join(shipped())}，或以 ./ 开头写提纲文件的路径。",
        )


def shipped() -> tuple[str, ...]:
    """Return the names of the outlines that ship with the product."""
    return tuple(sorted(path.stem for path in OUTLINES.glob("*.toml")))


def find_outline(reference: str, kind: str, beside: Path) -> Outline:
    """Return an outline by name, by path, or the one for a kind of evaluation.

    Args:
        reference: A shipped name, a path beginning with ``./``, or empty.
        kind: The framework's kind, which decides when ``reference`` is empty.
        beside: Folder that paths are relative to.

    Raises:
        UnknownOutline: There is none.
        Gathered: Every mistake of the file.
    """
    if reference.startswith(("./", "../")):
        path = beside / reference
        if not path.is_file():
            raise FileMissing(path)
        return load_outline(path)
    if reference:
        if reference not in shipped():
            raise UnknownOutline(reference)
        return load_outline(OUTLINES / f"{reference}.toml")
    # The usual one first: most evaluations are of a whole department.
    for name in (USUAL, *shipped()):
        outline = load_outline(OUTLINES / f"{name}.toml")
        if outline.kind == kind:
            return outline
    return load_outline(OUTLINES / f"{USUAL}.toml")


def load_outline(path: Path) -> Outline:
    """Read one outline.

    Raises:
        Gathered: Every mistake of the file, with line, field and mend.
    """
    problems = Problems()
    record = load_record(path, problems)
    outline = Outline(
        id=record.text("id"),
        title=record.text("title"),
        kind=record.text("kind", ""),
        words=tuple(_word(each) for each in record.records("word")),
        sections=tuple(_section(each) for each in record.records("section")),
        leaves={each.text("name"): _leaf(each) for each in record.records("leaf")},
    )
    record.finish()
    problems.settle()
    return outline


def _word(record: Record) -> Word:
    record.name = record.text("name")
    default = None if record.raw("default") is None else record.text("default", "")
    word = Word(name=record.name, meaning=record.text("meaning", ""), default=default)
    record.finish()
    return word


def _section(record: Record) -> SectionPart:
    section = SectionPart(
        parts=_parts(record),
        landscape=record.flag("landscape"),
        numbered=record.flag("numbered", default=True),
        restart=record.flag("restart"),
        needs=record.texts("needs"),
    )
    record.finish()
    return section


def _leaf(record: Record) -> tuple[Part, ...]:
    parts = _parts(record)
    record.finish()
    return parts


def _parts(record: Record) -> tuple[Part, ...]:
    found = (_part(each) for each in record.records("part"))
    return tuple(part for part in found if part is not None)


def _part(record: Record) -> Part | None:
    kind = next((key for key in _READERS if key in record.fields), None)
    if kind is None:
        record.wrong("part", "不知道这一部分是什么。", f"请写其中一项：{'、'.join(_READERS)}。")
        return None
    part = _READERS[kind](record)
    record.finish()
    return part


def _heading(record: Record) -> Part:
    look = _one_of(record, "look", "chapter", get_args(HeadingLook))
    return HeadingPart(
        text=record.text("heading"),
        level=_level(record, "level", 1),
        look=cast("HeadingLook", look),
        name=record.text("name", ""),
        needs=record.texts("needs"),
    )


def _text(record: Record) -> Part:
    role = cast("Role", _one_of(record, "role", "body", get_args(Role)))
    return TextPart(text=record.text("text"), role=role, needs=record.texts("needs"))


def _passage(record: Record) -> Part:
    key = record.text("passage")
    if "/" not in key:
        record.wrong("passage", f"“{key}”应写成“文件名/标题”。", "例如 基本情况/部门概况。")
    return PassagePart(
        key=key,
        default=record.text("default", ""),
        again=record.flag("again"),
        hint=record.text("hint", ""),
        needs=record.texts("needs"),
    )


def _chapter(record: Record) -> Part:
    return ChapterPart(
        file=record.text("chapter"),
        hint=record.text("hint", ""),
        again=record.flag("again"),
        needs=record.texts("needs"),
    )


def _table(record: Record) -> Part:
    columns = tuple(_column(each) for each in record.records("column"))
    if not columns:
        record.wrong("column", "表没有列。", "请写 [[…column]]。")
    size = _one_of(record, "size", "normal", ("normal", "small"))
    return TablePart(
        of=record.text("table"),
        columns=columns,
        caption=record.text("caption", ""),
        name=record.text("name", ""),
        follows=record.text("follows", ""),
        where=record.text("where", ""),
        without=record.texts("without"),
        total=record.text("total", ""),
        unit=record.text("unit", ""),
        notes=record.texts("notes"),
        size="small" if size == "small" else "normal",
        empty=record.text("empty", ""),
        optional=record.flag("optional"),
        needs=record.texts("needs"),
    )


def _column(record: Record) -> ColumnPart:
    levels = cast("Levels", _one_of(record, "levels", "", get_args(Levels)))
    column = ColumnPart(
        title=record.text("title", ""),
        text=record.text("text", ""),
        total=record.text("total", ""),
        band=record.text("band", ""),
        width=_count(record, "width", 10),
        align=cast("Align", _one_of(record, "align", "center", get_args(Align))),
        merge=record.flag("merge"),
        levels=levels,
        needs=record.texts("needs"),
    )
    record.finish()
    return column


def _form(record: Record) -> Part:
    widths = record.raw("form")
    if not isinstance(widths, list) or not all(isinstance(w, int) and w > 0 for w in widths):
        record.wrong("form", "form 应为各列的宽度。", "例如 form = [2, 5, 2, 5]。")
        widths = [1]
    rows = tuple(_form_row(each) for each in record.records("row"))
    return FormPart(
        columns=tuple(widths),
        rows=rows,
        caption=record.text("caption", ""),
        needs=record.texts("needs"),
    )


def _form_row(record: Record) -> tuple[FormCell, ...]:
    cells = tuple(_form_cell(each) for each in record.records("cell"))
    record.finish()
    return cells


def _form_cell(record: Record) -> FormCell:
    label = record.text("label", "")
    cell = FormCell(
        text=label or record.text("text", ""),
        label=bool(label),
        across=_count(record, "across", 1),
        down=_count(record, "down", 1),
        align=cast("Align", _one_of(record, "align", "center", get_args(Align))),
        findings=_one_of(record, "findings", "", ("", *FINDINGS)),
        passage=record.text("passage", ""),
        chapter=record.text("chapter", ""),
    )
    record.finish()
    return cell


def _chart(record: Record) -> Part:
    options = record.record("options")
    known = {key: options.text(key, "") for key in list(options.fields)}
    options.finish()
    kind = _one_of(record, "chart", "scores", CHARTS)
    of = record.text("of", "")
    if kind == "scores" and of not in ("", "1", "2", "3", "4", "5", "6"):
        record.wrong("of", f"“{of}”不是指标的层级。", '请写 "1"、"2" 等。')
        of = ""
    if kind == "execution" and not {"budget", "spent"} <= set(known):
        record.wrong("options", "执行率图缺少 budget 或 spent。", "请写两个算式。")
        kind = "scores"
    steps = tuple(
        (each.text("label"), each.text("value"), each.text("sign", "")) for each in _steps(record)
    )
    return ChartPart(
        kind=kind,
        caption=record.text("caption"),
        of=of,
        options=known,
        steps=steps,
        needs=record.texts("needs"),
    )


def _steps(record: Record) -> list[Record]:
    return list(record.records("step"))


def _each(record: Record) -> Part:
    return EachPart(
        of=record.text("each"),
        by=record.text("by", ""),
        where=record.text("where", ""),
        parts=_parts(record),
        needs=record.texts("needs"),
    )


def _leaves(record: Record) -> Part:
    return LeavesPart(level=_level(record, "leaves", 3), needs=record.texts("needs"))


def _findings(record: Record) -> Part:
    return FindingsPart(
        style=_one_of(record, "findings", "problems", FINDINGS),
        level=_level(record, "level", 2, most=3),
        needs=record.texts("needs"),
    )


def _plain(record: Record) -> Part:
    kind = _one_of(record, "put", "break", ("contents", "break", "annexes"))
    if kind == "contents":
        return PlainPart(kind="contents")
    return PlainPart(kind="break" if kind == "break" else "annexes")


def _level(record: Record, key: str, default: int, *, most: int = 4) -> int:
    """Return the level of a heading: 1 to 4, so that what stands below it has one, too."""
    level = record.number(key, default)
    if level.denominator != 1 or not 1 <= level <= most:
        record.wrong(key, f"“{key}”应为1到{most}的整数。", "标题只有四级。")
        return default
    return int(level)


def _count(record: Record, key: str, default: int) -> int:
    """Return a whole number above zero."""
    count = record.number(key, default)
    if count.denominator != 1 or not 1 <= count <= MOST_COUNT:
        record.wrong(key, f"“{key}”应为1到{MOST_COUNT}的整数。", "请改正。")
        return default
    return int(count)


def _one_of(record: Record, key: str, default: str, allowed: tuple[str, ...]) -> str:
    text = record.text(key, default)
    if text not in allowed:
        listed = "、".join(each for each in allowed if each)
        record.wrong(key, f"不认识的写法“{text}”。", f"可用：{listed}。")
        return default
    return text


_READERS: dict[str, Callable[[Record], Part]] = {
    "heading": _heading,
    "text": _text,
    "passage": _passage,
    "chapter": _chapter,
    "table": _table,
    "form": _form,
    "chart": _chart,
    "each": _each,
    "leaves": _leaves,
    "findings": _findings,
    "put": _plain,
}
