"""Satisfaction in prose (满意度结论): can it come from the questionnaires? R17.

A share of n people is k/n for a whole k. A printed satisfaction that no k gives
needs weights, and they have to be stated; and one that no question, nor any
usual mean of the questions, gives is not reproducible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import is_printed_so
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.survey_tables import Question, questions
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View
from steelyard.measure.number import plain as written

_RATE = re.compile(r"满意度|满意率|表示(?:非常|比较|较为)?满意|满意的(?:占|比例)")
_SAMPLE = re.compile(
    r"(?:有效问卷|收回|回收|有效(?:调查)?问卷)[^。，]{0,6}$"
    r"|(?:共|实际|随机|一共|合计)(?:问卷)?(?:抽样)?(?:调查|访谈|走访|访问|抽取|回访)(?:了)?[^。，\d]{0,8}$"
)
_CLAUSE = re.compile("[，。；：（）]")
_TARGET = re.compile(r"目标|标准|要求|回收率|有效率")
_WEIGHTED = re.compile(r"加权|赋值|权重|指数|均值|平均")
_NEGATION = re.compile(r"[不未没无]")
_NEUTRAL = re.compile(r"一般|基本|不变|尚可|中立|不确定|有时")
_OVERALL = re.compile(r"总体|整体|总的")
_MOST_SAMPLE = 100_000


@dataclass(frozen=True)
class Share:
    """A satisfaction in prose with the number of people it is of."""

    passage: Passage
    figure: Figure
    sample: Figure


def check(view: View, pen: Pen) -> None:
    """Test every satisfaction that stands beside the number of people asked."""
    surveys = _surveys(view)
    for share in _shares(view):
        answers = surveys.get(share.sample.value, [])
        weighted = bool(_WEIGHTED.search(share.passage.text))
        counts = _possible(share.figure, share.sample.value)
        place = place_of(share.passage, share.figure)
        sample = place_of(share.passage, share.sample)
        if answers:
            _reproduce(share, answers, pen)
        elif not counts and not weighted:
            pen.find(
                "R17",
                Severity.QUESTION,
                f"{share.sample.digits}人中没有哪个人数的占比是{share.figure.text}，"
                f"又未说明加权办法。",
                [place, sample],
                computed=_nearest(share),
                figures=[share.figure],
            )


def _shares(view: View) -> Iterator[Share]:
    for passage in view.prose:
        if not _RATE.search(passage.text):
            continue
        sample: Figure | None = None
        for figure in passage.claims:
            before = passage.text[max(0, figure.start - 14) : figure.start]
            if _SAMPLE.search(before) and not figure.places and figure.unit != "%":
                sample = figure
            elif figure.unit == "%" and sample is not None:
                start, end = _sentence(passage, figure)
                wanted = _TARGET.search(_CLAUSE.split(before)[-1]) or figure.bound
                if _RATE.search(passage.text[start:end]) and not wanted:
                    yield Share(passage, figure, sample)


def _sentence(passage: Passage, figure: Figure) -> tuple[int, int]:
    return next((start, end) for start, end in passage.sentences() if start <= figure.start < end)


def _possible(figure: Figure, sample: Fraction) -> list[int]:
    """Return the numbers of people whose share of the sample is printed so."""
    if not 0 < sample <= _MOST_SAMPLE:
        return [0]
    near = int(figure.base * sample)
    return [k for k in range(max(near - 2, 0), near + 3) if is_printed_so(k / sample, figure)]


def _nearest(share: Share) -> str:
    n = share.sample.value
    near = int(share.figure.base * n)
    return "，".join(
        f"{k}÷{share.sample.digits}={written(k / n * 100, max(share.figure.places, 2))}%"
        for k in (near, near + 1)
    )


def _surveys(view: View) -> dict[Fraction, list[Question]]:
    """Return the scaled questions by the number of their answers."""
    found: dict[Fraction, list[Question]] = {}
    for question in questions(view):
        total = question.answers.figure.value if question.answers else question.counted
        if len(question.options) >= 3 and not question.is_multiple:
            found.setdefault(total, []).append(question)
    return found


def _positive(question: Question) -> Fraction:
    """Return the share of the options better than the middle one."""
    labels = [label for label, _, _ in question.options]
    cut = next(
        (
            index
            for index, label in enumerate(labels)
            if index and (_NEUTRAL.search(label) or _NEGATION.search(label))
        ),
        (len(labels) + 1) // 2,
    )
    counts = [count.figure.value for _, count, _ in question.options]
    return sum(counts[:cut], Fraction(0)) / (question.counted or 1)


def _scores(question: Question) -> list[Fraction]:
    """Return the means under the usual scales: 5 to 1, 100 to 20, 100 to 0."""
    counts = [count.figure.value for _, count, _ in question.options]
    n, total = len(counts), question.counted or Fraction(1)
    steps = [Fraction(n - index, n) for index in range(n)]
    even = [Fraction(n - 1 - index, n - 1) for index in range(n)]
    return [
        sum((c * s for c, s in zip(counts, scale, strict=True)), Fraction(0)) / total
        for scale in (steps, even)
    ]


def _reproduce(share: Share, asked: list[Question], pen: Pen) -> None:
    """Look for the question, or the mean of questions, that gives a printed share.

    Means of points count only where the text says that answers are weighted.
    """
    overall = [q for q in asked if q.title and _OVERALL.search(q.title.text)]
    shares = {index: _positive(question) for index, question in enumerate(asked)}
    right = {sum(shares.values(), Fraction(0)) / len(asked)}
    if overall:
        right |= {_positive(question) for question in overall}
    else:
        right |= set(shares.values())
    if _WEIGHTED.search(share.passage.text):
        columns = list(zip(*map(_scores, asked), strict=True))
        right |= {sum(column, Fraction(0)) / len(asked) for column in columns}
        right |= {score for question in overall or asked for score in _scores(question)}
    if any(is_printed_so(each, share.figure) for each in right):
        pen.verified("R17", [share.figure, share.sample])
        return
    best = overall[-1] if overall else asked[-1]
    by_other = [q for q in asked if is_printed_so(_positive(q), share.figure)]
    shown = written(_positive(best) * 100, max(share.figure.places, 2))
    about = "总体满意度一题" if overall else "所附各题"
    other = "只有另一题的占比与它相同" if by_other else "各题的平均也不等于它"
    first = best.options[0][1]
    pen.find(
        "R17",
        Severity.QUESTION,
        f"满意度{share.figure.text}不能由所附问卷得出：{about}的满意占比为{shown}%，{other}。",
        [place_of(share.passage, share.figure), place_of(first.passage, first.figure)],
        computed=f"满意占比{shown}%",
        figures=[share.figure],
    )
