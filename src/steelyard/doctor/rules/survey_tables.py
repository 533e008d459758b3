"""Survey tables (问卷统计表): counts, shares, answers. R17.

A table of one question lists its options with counts and shares. Counts add up
to the answers, a share is its count over them, and a question that only some
were asked has no more answers than they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import is_printed_so, printed_as
from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View

_OPTION = re.compile(r"选项|答案|评价|满意程度|满意情况|类别")
_COUNT = re.compile(r"小计|人数|人次|份数|票数|频数|数量|计数|选择人数")
_SHARE = re.compile(r"比例|占比|百分比|比重|频率")
_ANSWERS = re.compile(
    r"(?:本题)?有效(?:填写|答题|回答|问卷|样本)?(?:人次|人数|份数|数)|答题人数|合计|总计"
)
_MULTIPLE = re.compile(r"多选|可多选|不定项")
_CONDITION = re.compile(
    r"(?:^|[：:.、])(?:若|如果?|假如|如您|若您)(?:您)?(?:已|曾)?(?P<what>[^，。？]{2,20})[，,]"
)
_YES = re.compile(r"^(?:是|有|参与过?|知道|了解|享受过?|申请过?)$")


@dataclass(frozen=True)
class Question:
    """One question with its options (题目)."""

    grid: Grid
    title: Passage | None
    """The paragraph with its wording."""
    options: tuple[tuple[str, Value, Value | None], ...]
    """Label, count, share."""
    answers: Value | None

    @property
    def counted(self) -> Fraction:
        """Answers, as the counts add up."""
        return sum((count.figure.value for _, count, _ in self.options), Fraction(0))

    @property
    def is_multiple(self) -> bool:
        """Whether several options may be chosen."""
        return bool(self.title and _MULTIPLE.search(self.title.text))


def check(view: View, pen: Pen) -> None:
    """Recompute every question, and compare each with the question that filters it."""
    asked = list(questions(view))
    for question in asked:
        _counts(question, pen)
        _shares(question, pen)
    _filters(asked, pen)


def questions(view: View) -> Iterator[Question]:
    """Yield the questions of all survey tables in order."""
    before: dict[tuple[str, int], Passage] = {}
    last: Passage | None = None
    for passage in view.passages:
        if passage.cell is None:
            last = passage
        elif last is not None:
            before.setdefault((passage.document.sha256, passage.block), last)
    for grid in view.grids:
        found = _question(grid)
        if found is not None:
            first = next(iter(grid.passages.values()))
            title = before.get((first.document.sha256, grid.block))
            yield Question(grid, title, *found)


Options = tuple[tuple[str, Value, Value | None], ...]


def _question(grid: Grid) -> tuple[Options, Value | None] | None:
    """Return options and answers of a table that is one question's."""
    counts = [c for c in grid.columns_named(_COUNT.pattern) if c in grid.value_columns]
    shares = [c for c in grid.columns_named(_SHARE.pattern) if c in grid.value_columns]
    if not counts or not grid.columns_named(_OPTION.pattern) or grid.table.width > 4:
        return None
    count, share = counts[0], shares[0] if shares else -1
    options, answers = [], None
    for row in grid.body:
        label = grid.text(row, 0) or grid.label(row)
        value = grid.value(row, count)
        if _ANSWERS.fullmatch(label):
            answers = value or grid.value(row, grid.table.width - 1)
        elif value is not None and value.row == row:
            options.append((label, value, grid.value(row, share) if share >= 0 else None))
    return (tuple(options), answers) if len(options) > 1 else None


def _counts(question: Question, pen: Pen) -> None:
    answers = question.answers
    if answers is None or question.is_multiple:
        return
    figures = [answers.figure, *(count.figure for _, count, _ in question.options)]
    if question.counted == answers.figure.value:
        pen.verified("R17", figures)
        return
    pen.find(
        "R17",
        Severity.ERROR,
        f"各选项人数之和为{question.counted}，有效人次印作{answers.figure.digits}。",
        [place_of(answers.passage, answers.figure), *_first_and_last(question)],
        computed="+".join(c.figure.digits for _, c, _ in question.options) + f"={question.counted}",
        figures=figures,
    )


def _first_and_last(question: Question) -> list[Place]:
    counts = [count for _, count, _ in question.options]
    return [place_of(each.passage, each.figure) for each in (counts[0], counts[-1])]


def _shares(question: Question, pen: Pen) -> None:
    total = question.answers.figure.value if question.answers else question.counted
    if not total:
        return
    for label, count, share in question.options:
        if share is None:
            continue
        right = count.figure.value / total
        figures: list[Figure] = [count.figure, share.figure]
        factor = share.figure.factor if share.figure.unit else Fraction(1, 100)
        if is_printed_so(right, share.figure) or is_printed_so(right / factor, share.figure):
            pen.verified("R17", figures)
            continue
        due = printed_as(right, share.figure)
        pen.find(
            "R17",
            Severity.ERROR,
            f"“{label}”的比例印作{share.figure.text}，{count.figure.digits}÷{total}={due}。",
            [place_of(share.passage, share.figure), place_of(count.passage, count.figure)],
            computed=f"{count.figure.digits}÷{total}={due}",
            figures=figures,
        )


def _filters(asked: list[Question], pen: Pen) -> None:
    """Compare a question with a condition with the yes of the question before it."""
    for index, question in enumerate(asked):
        if index == 0 or question.title is None:
            continue
        match = _CONDITION.search(question.title.text)
        gate = asked[index - 1]
        passed = next((c for label, c, _ in gate.options if _YES.match(label)), None)
        if match is None or passed is None or question.is_multiple:
            continue
        answered = question.answers.figure.value if question.answers else question.counted
        if answered <= passed.figure.value:
            continue
        figures = [passed.figure]
        places = [whole(question.title), place_of(passed.passage, passed.figure)]
        if question.answers is not None:
            figures.append(question.answers.figure)
            places.append(place_of(question.answers.passage, question.answers.figure))
        pen.find(
            "R17",
            Severity.ERROR,
            f"这一题只问“{match['what']}”的人，前一题选“是”的为{passed.figure.digits}人，"
            f"本题却有{answered}人作答。",
            places,
            computed=f"{answered}>{passed.figure.digits}",
            figures=figures,
        )
