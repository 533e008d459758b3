"""The examination (体检): all checks over all documents, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from steelyard.doctor.claims import breakdowns, check_claims, equations
from steelyard.doctor.finding import Finding
from steelyard.doctor.ledger import Ledger
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities import near, records, repeats, terms
from steelyard.doctor.rules import projects, survey_claims, survey_tables
from steelyard.doctor.view.view import View, view_of
from steelyard.intake.reading.document import Document

Check = Callable[[View, Pen], None]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("比率与差额", check_claims.check),
    ("算式", equations.check),
    ("分项与合计", breakdowns.check),
    ("重复的话", repeats.check),
    ("主要指标", terms.check),
    ("各表之间", records.check),
    ("项目", projects.check),
    ("问卷", survey_tables.check),
    ("满意度", survey_claims.check),
    ("近似的数", near.check),
)
"""Every check with what it is called while it runs."""


@dataclass(frozen=True)
class Examination:
    """What came out (体检结果)."""

    view: View
    ledger: Ledger
    findings: tuple[Finding, ...]
    """Errors before questions before hints, each in reading order."""


def examine(
    documents: Sequence[Document], progress: Callable[[str], None] = lambda _: None
) -> Examination:
    """Check documents together.

    Args:
        documents: A report, and what belongs to it.
        progress: Told what is looked at now.
    """
    view = view_of(documents)
    ledger = Ledger(view)
    pen = Pen(ledger)
    for name, check in CHECKS:
        progress(name)
        check(view, pen)
    return Examination(view, ledger, tuple(pen.findings))
