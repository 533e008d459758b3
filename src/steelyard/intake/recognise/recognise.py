"""A document as sightings, questions and mistakes (识别一份材料)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, pairwise

from steelyard.facts.ledger import Target
from steelyard.intake.reading.document import Document, Paragraph, Table
from steelyard.intake.recognise.by_form import read_by_form
from steelyard.intake.recognise.cells import is_figure
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.goals import read_goals
from steelyard.intake.recognise.lists import read_lists
from steelyard.intake.recognise.pen import IGNORE, NO_FORM, Context, Pen
from steelyard.intake.recognise.rows import read_rows
from steelyard.intake.recognise.titles import body_in, is_own
from steelyard.intake.recognise.values import said
from steelyard.intake.sighting import Doubt, Question, Seen, Sighting
from steelyard.intake.wording import tight
from steelyard.measure.quantity import Quantity
from steelyard.measure.rounding import round_half_up

_VERSION = 3
"""Figures in which two tables differ that are versions of one another."""

_LEAD = 5
"""Lines before a table that may be its title or unit."""

_ASIDE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|注|说明|备注)"
)
"""Lines in the middle of a table: headings of its parts, and notes."""

LIST_OF_MISTAKES = "错误清单"
"""The sheet that is added to a workbook that goes back."""

_TABLE = re.compile(r"(?:表|清单|情况)(?:[(（].*[)）])?$")


def recognise(
    document: Document,
    context: Context,
    rows: Mapping[str, Mapping[str, str]] | None = None,
) -> Seen:
    """Return what a document says of the data items of a dictionary.

    Args:
        document: The file as it was read.
        context: Dictionary, year, department, and what people answered before.
        rows: Names of the rows that the evaluation has already: by table, then key.

    Returns:
        Sightings that are beyond doubt, questions, mistakes; nothing is written.
    """
    seen = Seen(remarks=[f"{document.name}：{remark}" for remark in document.remarks])
    known = {table: dict(names) for table, names in (rows or {}).items()}
    scope = _Scope(context)
    scope.survey(document)
    number = 0
    running = Counter(
        block.words.text.strip() for block in document.blocks if isinstance(block, Paragraph)
    )
    lead: list[str] = []
    before: Frame | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            line = block.words.text.strip()
            # The title that runs over every page does not say whose the next table is.
            if running[line] == 1 or "：" in line or ":" in line:
                scope.hear(line)
            lead.insert(0, line)
            continue
        number += 1
        near = before if _goes_on(before, block, lead, running) else None
        frame = Frame(document, block, number, tuple(lead[:_LEAD]), near)
        lead, before = [], frame
        scope.begin(goes_on=near is not None)
        _table(frame, context, scope, known, seen)
        scope.end()
    settled = _settled(_undisputed(seen), context)
    return replace_sightings(seen, *settled)


def _goes_on(before: Frame | None, table: Table, lead: list[str], running: Counter[str]) -> bool:
    """Tell whether a table stands right under the one before, on its sheet or the next page.

    Args:
        before: The table before it.
        table: The table.
        lead: The lines between them.
        running: How often each line stands in the document: a running title does so on
            every page.
    """
    if before is None or not all(
        _ASIDE.match(line) or (running[line] > 1 and not _TABLE.search(line)) for line in lead
    ):
        return False
    if table.width == before.table.width and before.document.kind == "pdf":
        # Rows of one table begin alike, but for those that add up at its end.
        above = before.body[:1]
        first = table.cells[0].words.text
        return bool(above) and is_figure(first) == is_figure(before.lines[above[0]][0].words.text)
    sheets = [each.cells[0].words.spot_at(0).sheet for each in (before.table, table)]
    return bool(sheets[0]) and sheets[0] == sheets[1]


def _undisputed(seen: Seen) -> list[Sighting]:
    """Leave out what another place of the file may contradict, once it has been asked about."""
    disputed: set[Target] = set()
    for question in seen.questions:
        if question.doubt in (Doubt.UNIT, Doubt.VALUE, Doubt.HIDDEN):
            disputed |= set(question.about)
        elif question.about and question.synonym:
            disputed.add(question.about[0])
    disputed |= {each.about for each in seen.mistakes if each.about is not None}
    quotes = {target: question.quote for question in seen.questions for target in question.about}
    return [
        each
        for each in seen.sightings
        if each.target not in disputed or each.quote == quotes.get(each.target)
    ]


class _Scope:
    """Whose figures, and of which year, follow (范围)."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.whose = ""
        self.all = ""
        """Who alone is named in the whole file."""
        self._heard = ""

    def survey(self, document: Document) -> None:
        """Find out whether the whole file is somebody's: nobody else is named in it."""
        named = [
            name
            for block in document.blocks
            if isinstance(block, Paragraph) and (name := body_in(block.words.text))
        ]
        self.all = named[0] if len(set(named)) == 1 else ""

    def hear(self, text: str) -> None:
        """Take in a line that says whose figures follow."""
        name = body_in(text)
        if name:
            self._heard = self.whose = name

    def begin(self, *, goes_on: bool) -> None:
        """Begin a table: who was named for another one is forgotten, unless it goes on."""
        if not goes_on:
            self.whose = self._heard or self.all

    def end(self) -> None:
        """End a table: what follows is somebody else's, if it says so."""
        self._heard = ""

    @property
    def foreign(self) -> bool:
        """Tell whether another department was named."""
        own = self.context.department
        return bool(self.whose and own) and not is_own(self.whose, own)


def _table(
    frame: Frame, context: Context, scope: _Scope, known: dict[str, dict[str, str]], seen: Seen
) -> None:
    table = frame.table
    if table.title == LIST_OF_MISTAKES:
        # A copy that was sent back and came again mended.
        return
    if not table.certain:
        seen.remarks.append(
            f"{frame.document.name}：{frame.name}的行列不能确定，没有从中取数；"
            "请交 Word、PDF 或表格原件。"
        )
        return
    for row in range(frame.titles):
        filled = frame.filled(row)
        for cell in filled:
            scope.hear(cell.words.text)
        for label, name in pairwise(filled):
            scope.hear(f"{tight(label.words.text)}：{tight(name.words.text)}")
    why = _not_ours(frame, context.year)
    if why:
        seen.remarks.append(f"{frame.document.name}：{frame.name}{why}，没有取数。")
        return
    inner = Seen()
    pen = Pen(frame, context, inner)
    if pen.form is not None and pen.form.closed:
        read_by_form(pen, known)
        if not (inner.sightings or inner.questions or inner.mistakes or pen.form.remark):
            inner = _by_labels(pen, known)
    elif not read_rows(pen, known) and not frame.project:
        read_goals(pen)
        read_lists(pen)
    inner = _without_old_rows(inner, frame)
    if scope.foreign:
        inner = _doubted(inner, frame, scope.whose, context)
    if pen.form is not None and pen.form.remark and _has_figures(frame):
        seen.remarks.append(f"{frame.document.name}：{frame.name}{pen.form.remark}")
    elif not (inner.sightings or inner.questions or inner.mistakes) and _has_figures(frame):
        seen.remarks.append(f"{frame.document.name}：{frame.name}没有认出数据项。")
    seen.add(inner)


def _not_ours(frame: Frame, year: int) -> str:
    """Return why a table does not speak of the whole year, empty when it does."""
    if frame.years and year not in frame.years:
        return f"说的不是{year}年"
    if frame.elsewhen:
        return "说的是一年中的一段时间、别的时候或预计数"
    return ""


def _by_labels(pen: Pen, known: dict[str, dict[str, str]]) -> Seen:
    """Ask whether a known form without known cells may be read by its labels."""
    key = f"{pen.frame.title}|按标签"
    answer = pen.context.answers.get(key)
    plain = Pen(pen.frame, pen.context, Seen(), form=NO_FORM)
    if answer == IGNORE or (pen.form is not None and pen.form.one_project):
        return Seen()
    if not read_rows(plain, known):
        read_lists(plain)
    if answer == "是" or not plain.seen.sightings:
        return plain.seen
    first = plain.seen.sightings[0]
    named = pen.form.name if pen.form is not None else ""
    asked = Question(
        doubt=Doubt.ITEM,
        key=key,
        text=f"这张表像“{named}”，但没有该表的固定行列；按标签能取{len(plain.seen.sightings)}个数，要采用吗？",
        candidates=("是", IGNORE),
        place=first.place,
        quote=first.quote,
        about=tuple(each.target for each in plain.seen.sightings),
        cells=len(plain.seen.sightings),
    )
    return Seen(questions=[asked])


def _without_old_rows(inner: Seen, frame: Frame) -> Seen:
    """Leave out what is hidden in a table that says the same item openly: an older version."""
    shown = {each.target for each in inner.sightings}
    old = [
        each
        for each in inner.questions
        if each.doubt is Doubt.HIDDEN and shown.issuperset(each.about)
    ]
    if old:
        inner.questions = [each for each in inner.questions if each not in old]
        inner.remarks.append(
            f"{frame.document.name}：{frame.name}有{len(old)}个隐藏的数，同一项另有显示的数，取显示的。"
        )
    return inner


def _has_figures(frame: Frame) -> bool:
    return any(is_figure(cell.words.text) for cell in frame.table.cells)


def _doubted(inner: Seen, frame: Frame, whose: str, context: Context) -> Seen:
    """Return what another department's table says as one question."""
    if not inner.sightings:
        return Seen(remarks=inner.remarks)
    key = f"{frame.title}|单位|{whose}"
    answer = context.answers.get(key)
    if answer == "是":
        return inner
    first = inner.sightings[0]
    asked = Question(
        doubt=Doubt.ITEM,
        key=key,
        text=f"这张表的单位是“{whose}”，与被评价部门“{context.department}”不同，要采用吗？",
        candidates=("是", "忽略"),
        place=first.place,
        quote=first.quote,
        about=tuple(each.target for each in inner.sightings),
        cells=len(inner.sightings),
    )
    return Seen(questions=[asked] if answer is None else [], remarks=inner.remarks)


def replace_sightings(seen: Seen, sightings: list[Sighting], questions: list[Question]) -> Seen:
    """Return what was seen with other sightings, and more questions."""
    grouped: dict[str, Question] = {}
    for each in [*seen.questions, *questions]:
        first = grouped.get(each.key)
        if first is None:
            grouped[each.key] = each
        else:
            about = tuple(dict.fromkeys((*first.about, *each.about)))
            grouped[each.key] = replace(first, cells=first.cells + each.cells, about=about)
    return replace(seen, sightings=sightings, questions=list(grouped.values()))


def _settled(
    sightings: Iterable[Sighting], context: Context
) -> tuple[list[Sighting], list[Question]]:
    """Return one sighting for each target; several values of one are a question."""
    groups: dict[Target, list[Sighting]] = defaultdict(list)
    for each in sightings:
        groups[each.target].append(each)
    kept: list[Sighting] = []
    questions: list[Question] = []
    doubted = _versions(groups)
    for target, group in groups.items():
        if len(group) == 1 and group[0].place.block not in doubted:
            kept += group
            continue
        finest = max(group, key=_places)
        if len(group) > 1 and all(_agrees(each, finest) for each in group):
            kept.append(finest if _places(finest) > _places(group[0]) else group[0])
            continue
        key = f"{target}|几处不同|{'|'.join(each.quote for each in group)}"
        answer = context.answers.get(key)
        chosen = [each for each in group if answer == f"{each.place}：{said(each.value)}"]
        if chosen:
            kept.append(chosen[0])
        elif answer is None:
            questions.append(
                Question(
                    doubt=Doubt.VALUE,
                    key=key,
                    text=f"“{target}”在同一份材料里有不同的值，用哪一个？",
                    candidates=tuple(
                        dict.fromkeys(f"{each.place}：{said(each.value)}" for each in group)
                    ),
                    place=group[0].place,
                    quote=group[0].quote,
                    about=(target,),
                    cells=len(group),
                )
            )
    return kept, questions


def _versions(groups: Mapping[Target, list[Sighting]]) -> frozenset[int | None]:
    """Return the tables that differ in several figures: versions of one another.

    What only one of two versions says is no surer than what they differ in.
    """
    differ: Counter[tuple[int | None, int | None]] = Counter()
    agree: Counter[tuple[int | None, int | None]] = Counter()
    for group in groups.values():
        for one, other in combinations(group, 2):
            pair = (one.place.block, other.place.block)
            if pair[0] == pair[1]:
                continue
            finest = max((one, other), key=_places)
            same = _agrees(one, finest) and _agrees(other, finest)
            (agree if same else differ)[pair] += 1
    return frozenset(
        block
        for pair, count in differ.items()
        if count >= _VERSION and count > agree[pair]
        for block in pair
    )


def _places(sighting: Sighting) -> int:
    value = sighting.value
    return (value.places or 0) if isinstance(value, Quantity) else 0


def _agrees(each: Sighting, finest: Sighting) -> bool:
    """Tell whether two values are the same, or one is the other rounded."""
    one, other = each.value, finest.value
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        if one.dimension != other.dimension:
            return False
        return one.base == other.base or (
            one.places is not None
            and one.places >= 2
            and round_half_up(other.base / one.unit.factor, one.places) == one.amount
        )
    return one == other
