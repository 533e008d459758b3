"""Composing a report (编排报告): one pure call from outcome to document.

The outline is walked part by part. Links are settled at the end, when every
number is known; mistakes of the narrative are gathered and raised together.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from steelyard.errors import Gathered, Problems, SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.report.compose.chart_parts import chart_blocks
from steelyard.report.compose.findings_parts import findings_blocks
from steelyard.report.compose.forms import chapter_blocks, form_blocks
from steelyard.report.compose.here import NOWHERE, Here
from steelyard.report.compose.leaves import leaves_blocks
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.material import Material
from steelyard.report.compose.outline import (
    ChapterPart,
    ChartPart,
    EachPart,
    FindingsPart,
    FormPart,
    HeadingPart,
    LeavesPart,
    Outline,
    Part,
    PassagePart,
    PlainPart,
    SectionPart,
    TablePart,
    TextPart,
)
from steelyard.report.compose.references import References
from steelyard.report.compose.settled import settled
from steelyard.report.compose.tables import GROUPS, rows_in_hand, table_blocks
from steelyard.report.compose.typed import Typed
from steelyard.report.model.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from steelyard.report.model.runs import Break, Figure, Runs, Text, plain_text
from steelyard.report.proof.drawer import Asked


class UnusedPassage(SteelyardError):
    """A passage that no part of the outline prints."""

    code = "report.unused-passage"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(key, list(known), n=1)
        mend = f"是否想写“{near[0]}”？" if near else "请核对文件名和标题，或在提纲中加上这一段。"
        super().__init__(what=f"叙述“{key}”不会被印出。", mend=mend)


class TornTable(SteelyardError):
    """A table or form of an outline whose cells do not fill its columns."""

    code = "report.torn-table"

    def __init__(self, text: str) -> None:
        super().__init__(
            what=f"表“{text[:40]}”各行的格数与列数不符。",
            where="提纲",
            mend="请核对 form 的列宽个数，以及各格的 across、down 之和。",
        )


class BadWord(SteelyardError):
    """A word that the outline does not ask for: it would hide a figure, or be lost."""

    code = "report.bad-word"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(name, list(known), n=1)
        hint = f"是否想写“{near[0]}”？" if near else f"可用：{'、'.join(known)}。"
        super().__init__(
            what=f"提纲没有用语“{name}”。", where="report/report.toml › words", mend=hint
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A report and what was noticed while it was composed (编成的报告)."""

    outcome: Outcome
    document: Document
    typed: tuple[Typed, ...]
    """Numbers typed in the narrative, which move with nothing."""

    asked: Mapping[str, Asked]
    """Figures that the report computed by itself, by their address."""


def compose(
    outcome: Outcome, material: Material, outline: Outline, *, as_published: bool = False
) -> Composed:
    """Compose a report.

    Args:
        outcome: The evaluation, weighed.
        material: Words and narrative of its folder.
        outline: What the report consists of.
        as_published: Print published scores and the misprints of the material
            instead of our own figures, to reproduce a faulty original.

    Raises:
        Gathered: References to nothing, passages that nobody prints, and other
            mistakes of the narrative, with file and line.
    """
    words = {word.name: word.default or "" for word in outline.words}
    unknown = [name for name in material.words if name not in words]
    if unknown:
        raise Gathered([BadWord(name, tuple(words)) for name in unknown])
    references = References(
        outcome,
        {**words, **material.words},
        misprints=material.misprints if as_published else (),
        as_published=as_published,
    )
    work = Manuscript(outcome, material, outline, references)
    references.printed_names = frozenset(_names(work))
    sections = tuple(_sections(work))
    _refuse_unused(work)
    title = plain_text(work.runs(outline.title, NOWHERE))
    sections = settled(sections, work.numbering.labels, work.problems)
    _refuse_torn(sections, work.problems)
    work.problems.settle()
    date = references.runs("{{ 报告日期 }}", NOWHERE) if references.has("报告日期") else ()
    return Composed(
        outcome=outcome,
        document=Document(
            title=title,
            author=outcome.evaluation.agency,
            date=plain_text(date),
            sections=sections,
            passages=work.passages,
            gaps=_once(references.gaps),
        ),
        typed=tuple(dict.fromkeys(work.typed)),
        asked=references.asked,
    )


def _refuse_torn(sections: Iterable[Section], problems: Problems) -> None:
    """Refuse tables whose cells do not fill their grid: an outline has miscounted."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                try:
                    list(block.placed())
                except ValueError:
                    problems.add(TornTable(block.text))


def _once(gaps: Iterable[Missing]) -> tuple[Missing, ...]:
    """Return each gap once, at the first place where it shows."""
    found: dict[str, Missing] = {}
    for gap in gaps:
        found.setdefault(gap.what, gap)
    return tuple(found.values())


def _names(work: Manuscript) -> Iterator[str]:
    """Yield what links may lead to: names as written in the outline."""
    sections = (section for section in work.outline.sections if work.has(section.needs))
    leaves = (part for parts in work.outline.leaves.values() for part in parts)
    for part in [*(part for section in sections for part in section.parts), *leaves]:
        if not work.has(part.needs):
            continue
        match part:
            case TablePart(caption=caption, name=name) if caption:
                yield f"表:{name or caption}"
            case ChartPart(caption=caption):
                yield f"图:{caption}"
            case HeadingPart(look="annex", text=text, name=name):
                yield f"附件:{name or text}"
            case _:
                continue


def _refuse_unused(work: Manuscript) -> None:
    known = [*work.passages, *work.used]
    for key, written in work.material.written.items():
        if key not in work.used and written.text.strip():
            where = f"{written.file} 第{max(written.line - 1, 1)}行"
            work.problems.add(UnusedPassage(key, known).at(where))


def _sections(work: Manuscript) -> Iterator[Section]:
    for part in work.outline.sections:
        if not work.has(part.needs):
            continue
        blocks = tuple(_all(work, part, NOWHERE))
        if any(not isinstance(block, Heading | PageBreak) for block in blocks):
            yield Section(
                blocks=blocks,
                landscape=part.landscape,
                numbered=part.numbered,
                restart=part.restart,
            )


def _all(work: Manuscript, section: SectionPart, here: Here) -> Iterator[Block]:
    for part in section.parts:
        if isinstance(part, HeadingPart) and part.look == "annex":
            here = replace(here, place=part.name or part.text)
        yield from _put(work, part, here)


def _put(work: Manuscript, part: Part, here: Here) -> tuple[Block, ...]:
    """Return one part of the outline as blocks."""
    if not work.has(part.needs):
        return ()
    match part:
        case HeadingPart():
            return _heading(work, part, here)
        case TextPart():
            return _text(work, part, here)
        case PassagePart():
            return _passage(work, part, here)
        case ChapterPart():
            return chapter_blocks(work, part.file, part.hint, here, again=part.again)
        case TablePart():
            return table_blocks(work, part, here)
        case FormPart():
            return form_blocks(work, part, here)
        case ChartPart():
            return chart_blocks(work, part, here)
        case EachPart():
            return tuple(_each(work, part, here))
        case LeavesPart():
            return leaves_blocks(work, part, here, lambda each, at: _put(work, each, at))
        case FindingsPart():
            return findings_blocks(work, part, here)
        case PlainPart():
            return _annexes(work) if part.kind == "annexes" else (_PLAIN[part.kind],)


_PLAIN: dict[str, Block] = {"contents": Contents(), "break": PageBreak()}


def _heading(work: Manuscript, part: HeadingPart, here: Here) -> tuple[Block, ...]:
    runs = work.runs(part.text, here)
    if part.look == "sub":
        number = work.numbering.heading(part.level)
        if part.level == 1:
            return (Paragraph(runs=(Text(number), *runs), role="subhead"),)
        bold = tuple(
            replace(run, strong=True) if isinstance(run, Text | Figure) else run for run in runs
        )
        return (Paragraph(runs=(Text(number, strong=True), *bold)),)
    if part.look == "chapter":
        return (work.heading(runs, part.level),)
    work.numbering.restart()
    if part.look == "part":
        return (Heading(level=1, runs=runs, anchor=work.numbering.anchor(), look="part"),)
    count, anchor = work.numbering.count("附件", part.name or plain_text(runs))
    return (Heading(level=1, number=f"附件{count}：", runs=runs, anchor=anchor, look="annex"),)


def _text(work: Manuscript, part: TextPart, here: Here) -> tuple[Block, ...]:
    template = work.fitting(part.text.strip("\n"), here)
    lines = [line for line in template.split("\n") if line.strip()]
    if part.role in ("title", "lead"):
        work.numbering.restart()
    if part.role in ("signature", "title"):
        # One paragraph, so that it never stands on two pages.
        runs: Runs = ()
        for line in lines:
            runs = (*runs, *((Break(),) if runs else ()), *work.runs(line, here))
        return (Paragraph(runs=runs, role=part.role),)
    return tuple(Paragraph(runs=work.runs(line, here), role=part.role) for line in lines)


def _passage(work: Manuscript, part: PassagePart, here: Here) -> tuple[Block, ...]:
    key = part.key
    if here.subject is not None:
        key = key.replace("本组", here.subject.text)
    blocks = work.passage(key, part.default, here, again=part.again, hint=part.hint)
    if not part.again:
        return blocks
    return tuple(
        Paragraph(runs=(Text(block.text, strong=True),)) if isinstance(block, Heading) else block
        for block in blocks
    )


def _each(work: Manuscript, part: EachPart, here: Here) -> Iterator[Block]:
    for at in _turns(work, part, here):
        for inner in part.parts:
            yield from _put(work, inner, at)


def _turns(work: Manuscript, part: EachPart, here: Here) -> Iterator[Here]:
    """Yield what is in hand at each turn."""
    if part.of == GROUPS:
        for group in work.outcome.card.framework.groups:
            if len(group.path) == 1:
                yield replace(here, subject=group)
        return
    if not work.references.has(part.of):
        return
    rows = rows_in_hand(work, part.of, part.where)
    if rows is None:
        work.gap(f"表“{part.of}”", part.of, f"请填写 tables/{part.of}.csv。")
        return
    if not part.by:
        for row in rows:
            yield replace(here, table=part.of, row=row, rows=(row,))
        return
    for _, members in groupby(rows, key=lambda row: str(row.cell(part.by))):
        together = tuple(members)
        yield replace(here, table=part.of, row=together[0], rows=together)


def _annexes(work: Manuscript) -> tuple[Block, ...]:
    """Return the list of annexes that stands at the end of the body."""
    found = [
        part
        for section in work.outline.sections
        if work.has(section.needs)
        for part in section.parts
        if isinstance(part, HeadingPart) and part.look == "annex" and work.has(part.needs)
    ]
    lines: list[Block] = []
    for number, part in enumerate(found, start=1):
        runs = work.runs(part.text, NOWHERE)
        # Two characters in, the numbers below each other, as official papers have it.
        lead = "　　附件：" if number == 1 else "　　　　　"
        lines.append(Paragraph(runs=(Text(f"{lead}{number}．"), *runs), role="plain"))
    return tuple(lines)
