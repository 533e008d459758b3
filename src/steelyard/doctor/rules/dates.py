"""Dates and their order (日期先后): R19.

A day that the calendar does not have, a period that ends before it begins, an
opinion on a report that the evaluation had not yet reached, a goal that rests
on the result of its own year.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.marks import figures_between, runs
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_LEAP = 2024
"""Any leap year: a day without its year may be 29 February."""
_HEAD_REACH = 8
"""Passages between the heading of a form and its date."""

_STOP = re.compile("[。；！？]")
_SENTENCE = 200
_LONGEST_SIGNATURE = 60
_MOST_SIGNED = 3
"""More dates that stand alone are those of forms."""

Day = tuple[int, int, int]
"""Year, month, day; day 0 stands for an unknown one."""


@dataclass(frozen=True)
class _Words:
    day: re.Pattern[str]
    month: re.Pattern[str]
    dotted: re.Pattern[str]
    yearless: re.Pattern[str]
    period: re.Pattern[str]
    evaluates: re.Pattern[str]
    evaluation_head: re.Pattern[str]
    form_date: re.Pattern[str]
    opinion: re.Pattern[str]
    signature: re.Pattern[str]
    of_report: re.Pattern[str]
    of_plan: re.Pattern[str]
    sent: re.Pattern[str]
    rests_on: re.Pattern[str]
    goal: re.Pattern[str]
    grew: re.Pattern[str]
    subject: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("dates.toml").read_text(encoding="utf-8")
    return _Words(**{name: re.compile(words) for name, words in tomllib.loads(text).items()})


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date that is known to be that of something."""

    day: Day
    place: Place
    of_plan: bool = False
    """Whether it stands under an opinion on the plan, which comes before the evaluation."""

    @property
    def figures(self) -> list[Figure]:
        """The numbers of the date."""
        return figures_between(self.place.passage, self.place.start, self.place.end)


def check(view: View, pen: Pen) -> None:
    """Look for impossible dates and for dates in an impossible order."""
    for document in view.documents:
        if document.kind == CASE:
            continue
        passages = [each for each in view.passages if each.document is document]
        for passage in passages:
            if "月" in passage.text or "20" in passage.text:
                _calendar(passage, pen)
                _periods(passage, pen)
        _order(passages, pen)
        _goals(passages, pen)


def _calendar(passage: Passage, pen: Pen) -> None:
    """Find months and days that no calendar has."""
    words = _words()
    for pattern in (words.day, words.month, words.dotted, words.yearless):
        for match in pattern.finditer(passage.text):
            parts = {name: int(text) for name, text in match.groupdict().items() if name != "mark"}
            if not _exists(parts.get("year", _LEAP), parts["month"], parts.get("day")):
                pen.find(
                    "R19",
                    Severity.ERROR,
                    f"没有“{match[0]}”这一日期。",
                    [Place(passage, *match.span())],
                    figures=figures_between(passage, *match.span()),
                )


def _exists(year: int, month: int, day: int | None) -> bool:
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year, month)[1]


def _periods(passage: Passage, pen: Pen) -> None:
    """Find periods that end before they begin; mark those that do not."""
    for match in _words().period.finditer(passage.text):
        begin, end = _begin(match), _end(match)
        figures = figures_between(passage, *match.span())
        if not (_is_day(begin) and _is_day(end)):
            continue
        if end[: 3 if begin[2] and end[2] else 2] >= begin[: 3 if begin[2] and end[2] else 2]:
            pen.consistent("R19", figures)
            continue
        pen.find(
            "R19",
            # Without its year the end may lie in the next one.
            Severity.ERROR if match["year2"] else Severity.QUESTION,
            f"期间“{match[0]}”的止日早于起日。",
            [Place(passage, *match.span())],
            figures=figures,
        )


def _begin(match: re.Match[str]) -> Day:
    return int(match["year"]), int(match["month"]), int(match["day"] or 0)


def _end(match: re.Match[str]) -> Day:
    year = int(match["year2"] or match["year"])
    return year, int(match["month2"]), int(match["day2"] or 0)


def _is_day(day: Day) -> bool:
    return _exists(day[0], day[1], day[2] or None)


def _order(passages: list[Passage], pen: Pen) -> None:
    """Hold the dates of forms and of the report against the end of the evaluation."""
    evaluation = next(_evaluation(passages), None)
    signed = list(_signed(passages))
    _agree(signed, pen)
    opinions = list(_opinions(passages))
    if signed:
        _answered(max(signed, key=lambda each: each.day), [*opinions, *_sent(passages)], pen)
    if evaluation is None:
        return
    for opinion in opinions:
        if opinion.of_plan:
            continue
        if opinion.day < evaluation.day:
            pen.find(
                "R19",
                Severity.QUESTION,
                f"对评价报告的意见填于{_said(opinion.day)}，"
                f"而评价工作到{_said(evaluation.day)}才结束。",
                [opinion.place, evaluation.place],
                figures=opinion.figures,
            )
    for each in signed:
        if each.day < evaluation.day:
            pen.find(
                "R19",
                Severity.QUESTION,
                f"报告日期{_said(each.day)}早于评价工作结束的{_said(evaluation.day)}。",
                [each.place, evaluation.place],
                figures=each.figures,
            )
        else:
            pen.consistent("R19", each.figures)


def _agree(signed: list[_Dated], pen: Pen) -> None:
    """Compare the dates of a report, on its cover and at its end."""
    if len(signed) > _MOST_SIGNED or len({each.day for each in signed}) < 2:
        return
    one = signed[0]
    other = next(each for each in signed if each.day != one.day)
    pen.find(
        "R19",
        Severity.QUESTION,
        f"报告有两个日期：此处为{_said(one.day)}，另一处为{_said(other.day)}。",
        [one.place, other.place],
        figures=[*one.figures, *other.figures],
    )


def _answered(signed: _Dated, opinions: list[_Dated], pen: Pen) -> None:
    """Look that opinions were given before the report was signed."""
    for opinion in opinions:
        if opinion.day > signed.day:
            pen.find(
                "R19",
                Severity.QUESTION,
                f"意见征求于{_said(opinion.day)}，晚于报告日期{_said(signed.day)}，"
                "报告定稿时应已收到。",
                [opinion.place, signed.place],
                figures=opinion.figures,
            )
        else:
            pen.consistent("R19", opinion.figures)


def _said(day: Day) -> str:
    return f"{day[0]}年{day[1]}月{day[2]}日"


def _evaluation(passages: list[Passage]) -> Iterator[_Dated]:
    """Yield the ends of the period in which the evaluation was done."""
    for run in runs(passages):
        for match in _words().period.finditer(run.text):
            day = _end(match)
            if not (day[2] and _is_day(day)):
                continue
            told = _words().evaluates.search(run.text, *_around(run.text, match))
            head = run.passages[0].section[-1:]
            if told or any(_words().evaluation_head.search(name) for name in head):
                yield _Dated(day, run.place(_last_date(match), match.end()))


def _around(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the sentence around a period, as far as one reads."""
    first, last = max(match.start() - _SENTENCE, 0), min(match.end() + _SENTENCE, len(text))
    start = max((stop.end() for stop in _STOP.finditer(text, first, match.start())), default=first)
    end = _STOP.search(text, match.end(), last)
    return start, end.start() if end else last


def _last_date(match: re.Match[str]) -> int:
    """Return where the end of a period begins."""
    return match.start("year2") if match["year2"] else match.start("month2")


def _opinions(passages: list[Passage]) -> Iterator[_Dated]:
    """Yield the dates of forms that hold opinions on the report."""
    words = _words()
    heads: list[tuple[int, str]] = []
    for position, passage in enumerate(passages):
        text = passage.text
        if len(text) <= 60 and words.opinion.search(text):
            heads.append((position, text))
        if not words.form_date.search(text):
            continue
        near = [head for place, head in heads[-2:] if position - place <= _HEAD_REACH]
        head = "".join(near) or "".join(passage.section[-1:])
        of_plan = bool(words.of_plan.search(head))
        if not (words.opinion.search(head) and (of_plan or words.of_report.search(head))):
            continue
        match = words.day.search(text)
        home = passage
        if match is None and position + 1 < len(passages):
            home = passages[position + 1]
            match = words.day.match(home.text)
        if match and _is_day(_day(match)):
            yield _Dated(_day(match), Place(home, *match.span()), of_plan)


def _sent(passages: list[Passage]) -> Iterator[_Dated]:
    """Yield the days on which the report, or its plan, was sent out for opinions."""
    for passage in passages:
        for match in _words().sent.finditer(passage.text):
            if _is_day(_day(match)):
                yield _Dated(_day(match), Place(passage, match.start(), match.end("day") + 1))


def _day(match: re.Match[str]) -> Day:
    return int(match["year"]), int(match["month"]), int(match["day"])


def _signed(passages: list[Passage]) -> Iterator[_Dated]:
    """Yield the dates of a report: paragraphs that are a date alone, or signature and date."""
    for passage in passages:
        if passage.cell is not None or len(passage.text) > _LONGEST_SIGNATURE:
            continue
        for match in _words().day.finditer(passage.text):
            before, after = passage.text[: match.start()], passage.text[match.end() :]
            signature = not before or _words().signature.search(before)
            if signature and not after and _is_day(_day(match)):
                yield _Dated(_day(match), Place(passage, *match.span()))


def _goals(passages: list[Passage], pen: Pen) -> None:
    """Find goals of the report's year that rest on that year's own result."""
    year = _subject(passages)
    if year is None:
        return
    following = re.compile(rf"{year + 1}年(?:度)?[^，。；]{{0,16}}(?:{_words().goal.pattern})")
    for passage in passages:
        for match in _words().rests_on.finditer(passage.text):
            if int(match["year"]) != year:
                continue
            start, end = _sentence(passage, match.start())
            later = passage.text[max(start - 80, 0) : end]
            if not _words().goal.search(passage.text, start, end) or following.search(later):
                continue
            grown = _growth(passage, end)
            pen.find(
                "R19",
                Severity.QUESTION,
                f"{year}年的目标以{year}年自身的完成数为基础，基数应为上一年的完成数。",
                [Place(passage, *match.span()), *([grown] if grown else [])],
                figures=figures_between(passage, *match.span("year")),
            )


def _subject(passages: list[Passage]) -> int | None:
    """Return the year that the document is about, as its titles have it."""
    years: Counter[int] = Counter()
    for passage in passages[:400]:
        if passage.cell is None and len(passage.text) <= 60:
            years.update(int(match["year"]) for match in _words().subject.finditer(passage.text))
    return years.most_common(1)[0][0] if years else None


def _sentence(passage: Passage, offset: int) -> tuple[int, int]:
    return next((s, e) for s, e in passage.sentences() if s <= offset < e)


def _growth(passage: Passage, start: int) -> Place | None:
    """Return the growth that a text names behind a sentence, which shows its true base."""
    for figure in passage.claims:
        around = passage.text[max(figure.start - 8, 0) : figure.end + 8]
        if figure.start >= start and figure.unit == "%" and _words().grew.search(around):
            return Place(passage, figure.start, figure.end)
    return None
