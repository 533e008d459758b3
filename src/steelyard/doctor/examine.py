"""The examination (体检): all checks over all documents, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from steelyard.doctor.acknowledged import with_acknowledged
from steelyard.doctor.case import read_case
from steelyard.doctor.claims import breakdowns, check_claims, equations
from steelyard.doctor.effect import with_effects
from steelyard.doctor.finding import Finding, Place, Severity
from steelyard.doctor.ledger import Ledger
from steelyard.doctor.merging import merged
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities import (
    derived,
    near,
    outcomes,
    records,
    repeats,
    scales,
    terms,
    units,
)
from steelyard.doctor.rules import (
    annexes,
    citations,
    copies,
    counted,
    date_order,
    dates,
    fund_levels,
    indicator_names,
    level_points,
    listed_projects,
    lists,
    marks,
    movements,
    names,
    overfulfilled,
    projects,
    repetition,
    rescored,
    rubric,
    rubric_deductions,
    score_grades,
    score_levels,
    score_totals,
    scores,
    sources,
    stated_points,
    survey_claims,
    survey_tables,
    table_columns,
    table_sums,
    table_units,
)
from steelyard.doctor.view.view import CASE, View, view_of
from steelyard.errors import SteelyardError
from steelyard.intake.reading.document import Document

Check = Callable[[View, Pen], None]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("比率与差额", check_claims.check),
    ("算式", equations.check),
    ("分项与合计", breakdowns.check),
    ("分值与得分", scores.check),
    ("评分规则", rubric.check),
    ("复算得分", rescored.check),
    ("按件扣分", counted.check),
    ("扣分", rubric_deductions.check),
    ("评价等级", score_grades.check),
    ("总分", score_totals.check),
    ("表格合计", table_sums.check),
    ("列间关系", table_columns.check),
    ("行与表头", table_units.check),
    ("成对标点", marks.check),
    ("词语重复", repetition.check),
    ("文号", citations.check),
    ("名称", names.check),
    ("日期", dates.check),
    ("先后次序", date_order.check),
    ("完成的说法", overfulfilled.check),
    ("附件", annexes.check),
    ("个数", lists.check),
    ("归纳的条数", stated_points.check),
    ("个数与所附的表", listed_projects.check),
    ("雷同文字", copies.check),
    ("资金级次", fund_levels.check),
    ("问卷", survey_tables.check),
    ("满意度", survey_claims.check),
    ("重复的话", repeats.check),
    ("预算变动", movements.check),
    ("指标层级", score_levels.check),
    ("层级分值", level_points.check),
    ("指标名称", indicator_names.check),
    ("主要指标", terms.check),
    ("由主要指标得出的比率", derived.check),
    ("各表之间", records.check),
    ("完成值", outcomes.check),
    ("单位", units.check),
    ("表的单位", scales.check),
    ("项目", projects.check),
    ("近似的数", near.check),
    ("数据来源", sources.check),
)
"""Every check with what it is called while it runs; the last looks at what is left."""

_ORDER = {Severity.ERROR: 0, Severity.QUESTION: 1, Severity.HINT: 2}


@dataclass(frozen=True)
class Examination:
    """What came out (体检结果)."""

    view: View
    ledger: Ledger
    findings: tuple[Finding, ...]
    """Errors before questions before hints, each in reading order."""
    effect: str = ""
    """What all certain errors do to score and grade, in Chinese; empty without a total."""


MOST_NUMBERS = 200_000
"""Numbers that are checked together: three times those of a book of two thousand pages."""


class TooManyNumbers(SteelyardError):
    """More numbers than can be held against each other within reason."""

    code = "doctor.too-many-numbers"

    def __init__(self, numbers: int) -> None:
        super().__init__(
            what=f"共有{numbers}个数，超过一次能核对的{MOST_NUMBERS}个，没有核对。",
            mend="请拆分文件，或只交报告和要对照的表。",
        )


def examine(
    documents: Sequence[Document],
    progress: Callable[[str], None] = lambda _: None,
    case: Path | Document | None = None,
) -> Examination:
    """Check documents together.

    Args:
        documents: A report, and what belongs to it.
        progress: Told what is looked at now.
        case: An evaluation folder to compare with, or what ``case_document`` made of it.

    Raises:
        SteelyardError: The folder cannot be read.
    """
    data = read_case(case) if isinstance(case, Path) else case
    view = view_of([*documents, *([data] if data is not None else [])])
    numbers = sum(len(passage.figures) for passage in view.passages)
    if numbers > MOST_NUMBERS:
        raise TooManyNumbers(numbers)
    ledger = Ledger(view)
    pen = Pen(ledger)
    for name, check in CHECKS:
        progress(name)
        check(view, pen)
    pen.settle()
    found = [_as_sure_as_read(finding) for finding in pen.findings]
    found = [_report_first(finding) for finding in with_acknowledged(view, found)]
    found = merged(each for each in found if not _is_data(each.places[0]))
    found.sort(key=_rank)
    findings, effect = with_effects(view, found)
    return Examination(view, ledger, findings, effect)


def _as_sure_as_read(finding: Finding) -> Finding:
    """Make an error a question where the reading of the file is a guess.

    In a grid that was guessed from flat text a number may stand in another cell,
    rows of flat text may have been taken for one when they are counted, and where
    lines were joined an equation may have lost a sign at their ends.
    """
    if finding.severity is not Severity.ERROR:
        return finding
    guessed = any(
        place.passage.table is not None and not place.passage.table.certain
        for place in finding.places[:2]
    )
    in_text = any(place.passage.document.kind == "text" for place in finding.places)
    counted = finding.rule == "R14" and in_text and _in_table(finding)
    if guessed or counted or (finding.rule == "R02" and any(map(_is_wrapped, finding.places))):
        return replace(finding, severity=Severity.QUESTION)
    return finding


def _in_table(finding: Finding) -> bool:
    return any(place.passage.table is not None for place in finding.places)


def _is_wrapped(place: Place) -> bool:
    lines = {spot.line for spot in place.passage.words.spots}
    return place.passage.document.kind == "text" and len(lines) > 1


def _report_first(finding: Finding) -> Finding:
    """Put the places in documents before those in the data."""
    return replace(finding, places=tuple(sorted(finding.places, key=_is_data)))


def _is_data(place: Place) -> bool:
    return place.passage.document.kind == CASE


def _rank(finding: Finding) -> tuple[int, int, int]:
    first = finding.places[0]
    return _ORDER[finding.severity], first.passage.index, first.start
