"""One small examination, made by hand: two files, four findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tests.doctor.made_documents import document, table

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import Place, ScoreEffect, Severity, place_of, whole
from steelyard.doctor.ledger import Ledger
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import View, view_of
from steelyard.intake.reading.document import Document

REPORT = document(
    "一、基本情况",
    "2023年全年预算100万元，执行80万元，执行率85%。",
    table([["项目", "预算", "执行"], ["甲", "60", "50"], ["乙", "40", "30"], ["合计", "100", "80"]],
          title="表1 资金情况表", unit="万元"),
    "二、得分情况",
    "该指标分值为5分，扣1分，实际得分4.5分。",
    name="报告.docx",
)  # fmt: skip
FORM = document("全年执行数为81万元。", name="自评表.docx")


def passage_with(view: View, words: str) -> Passage:
    """Return the first passage that holds some words."""
    return next(each for each in view.passages if words in each.text)


def figure(passage: Passage, text: str) -> Figure:
    """Return the number of a passage that is printed so, with its unit."""
    return next(each for each in passage.figures if each.text == text)


def begun(documents: Sequence[Document]) -> tuple[View, Pen]:
    """Return a view and a pen to write findings with."""
    view = view_of(documents)
    return view, Pen(Ledger(view))


def ended(view: View, pen: Pen) -> Examination:
    """Return the examination that a pen wrote."""
    return Examination(view, pen.ledger, tuple(pen.findings))


def examined(documents: Iterable[Document] = (REPORT, FORM)) -> Examination:
    """Return the examination of the two files."""
    view, pen = begun(tuple(documents))
    prose = passage_with(view, "执行率85%")
    score = passage_with(view, "实际得分")
    form = passage_with(view, "81万元")
    spent = figure(prose, "80万元")
    total = next(
        each for each in view.passages if each.cell and (each.cell.row, each.cell.column) == (3, 2)
    )
    pen.find(
        "R11",
        Severity.QUESTION,
        "执行数两处不同。",
        [place_of(prose, spent), place_of(form, *form.claims)],
    )
    pen.find("R21", Severity.HINT, "=cmd 开头的文字。", [whole(passage_with(view, "基本情况"))])
    pen.find(
        "R03",
        Severity.ERROR,
        "分值5分扣1分应得4分，实际得分写作4.5分。",
        [place_of(score, *score.claims)],
        computed="5-1=4",
        figures=score.claims,
        score=ScoreEffect("预算执行率", Fraction(9, 2), Fraction(4)),
    )
    pen.find(
        "R01",
        Severity.ERROR,
        "执行率应为80.00%，印作85%。",
        [place_of(prose, figure(prose, "85%")), whole(total)],
        computed="80÷100=80.00%",
        figures=[figure(prose, "85%")],
    )
    pen.verified("R10", total.claims)
    pen.consistent("R11", [figure(prose, "100万元")])
    return ended(view, pen)


def place_at(examination: Examination, number: int, index: int = 0) -> Place:
    """Return a place of a finding as it was written down."""
    return examination.findings[number].places[index]
