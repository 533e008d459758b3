"""Checking the self-evaluations in a file as it comes in (自评表核对)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.facts.ledger import Ledger
from steelyard.intake.forms.form import Form, form_of
from steelyard.intake.forms.sections import labels_in
from steelyard.intake.reading.document import Document, Table
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.pen import Context
from steelyard.intake.self_evaluation.against import check_against
from steelyard.intake.self_evaluation.arithmetic import check_arithmetic
from steelyard.intake.self_evaluation.form import SelfEvaluation
from steelyard.intake.self_evaluation.leaves import check_leaves, gives_no_reason
from steelyard.intake.self_evaluation.narrative import read_narrative
from steelyard.intake.self_evaluation.table_form import read_form
from steelyard.intake.sighting import Contradiction

_FUNDS = "资金"
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|\s|$)")
_LONGEST_NAME = 30


def check_forms(document: Document, context: Context, ledger: Ledger) -> list[Contradiction]:
    """Return what is wrong with the self-evaluations in a document.

    Args:
        document: As it was read; a file without a self-evaluation has none.
        context: Dictionary and year; forms of another year are passed over.
        ledger: What the evaluation has; figures of the forms are held against it.

    Returns:
        Contradictions in the order of the document, each with both places.
    """
    found: list[Contradiction] = []
    for form in _table_forms(document, context):
        found += _checked(form, ledger)
    for form in read_narrative(document):
        found += _checked(form, ledger)
        found += _told(form)
    return found


def _table_forms(document: Document, context: Context) -> Iterator[SelfEvaluation]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        if not table.certain:
            continue
        frame = Frame(document, table, number)
        form = _form(frame, context)
        if form is not None:
            yield read_form(frame, form)


def _form(frame: Frame, context: Context) -> Form | None:
    """Return the form of a self-evaluation, None for any other table."""
    headings = [core for heading in frame.headings for core in heading.cores]
    form = form_of(frame.title, headings, context.forms, labels_in(frame.table))
    if form is None or all(section.name != _FUNDS for section in form.sections):
        return None
    years = {int(found) for found in _YEAR.findall(frame.headline)}
    return form if not years or context.year in years else None


def _checked(form: SelfEvaluation, ledger: Ledger) -> Iterator[Contradiction]:
    about = _about(form)
    yield from check_arithmetic(form, about)
    yield from check_leaves(form, about)
    yield from check_against(form, ledger, about)


def _about(form: SelfEvaluation) -> str:
    """Return the beginning of messages: which project, where a file has many."""
    if form.name is None:
        return ""
    name = form.name.said
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return f"项目“{short}”："


def _told(form: SelfEvaluation) -> Iterator[Contradiction]:
    """Yield what a report in words leaves open: reasons, and ranges for results."""
    about = _about(form)
    rate = form.total.cells.get("执行率") if form.total is not None else None
    number = rate.number if rate is not None else None
    if rate is not None and number is not None and form.reason is not None:
        below = number.base < 1 if number.unit.name == "%" else number.base == 0
        if below and gives_no_reason(form.reason.text):
            yield Contradiction(
                what=f"{about}执行率为{rate.said}，未完成原因写的是“{form.reason.said}”。",
                mend="请写明资金没有用完的原因；原因不在资金执行的，也请注明。",
                places=(form.reason.place, rate.place),
                quotes=(form.reason.said, rate.said),
                certain=False,
            )
    for result in form.results:
        yield Contradiction(
            what=f"{about}完成情况写的是“{result.said}”，是一个范围，不是完成的数。",
            mend="请写实际完成的数，不要照抄指标值。",
            places=(result.place,),
            quotes=(result.said,),
            certain=False,
        )
