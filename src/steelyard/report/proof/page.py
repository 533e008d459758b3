"""The proof page (证明页): one file that shows an outcome, every number a door.

The page stands alone: style, script and records are inside it, and its policy
forbids any other. It lays out what was weighed; it computes nothing.
"""

from __future__ import annotations

from steelyard.evaluation.evaluation import Outcome
from steelyard.report.proof.alone import SHARED, page_alone
from steelyard.report.proof.drawer import drawer
from steelyard.report.proof.issues import issue_rows, issues_of
from steelyard.report.proof.scale import beam_text, rulers
from steelyard.report.proof.sections import (
    check_counts,
    check_rows,
    fact_rows,
    flaw_rows,
    summary,
)
from steelyard.report.proof.tables import leaf_rows, level_rows, level_titles


def proof_page(outcome: Outcome) -> str:
    """Return the proof page of an outcome as one HTML document (证明页).

    The same outcome always gives the same page. It loads nothing from
    anywhere, opens from a disk, and can be read without its script.

    Args:
        outcome: What an evaluation came to.

    Returns:
        The document; to be written as UTF-8.
    """
    issues = issues_of(outcome)
    return page_alone(
        "proof.html.jinja",
        home=SHARED,
        styles=("drawer.css", "proof.css"),
        scripts=("drawer.js", "proof.js"),
        context={
            "evaluation": outcome.evaluation,
            "framework": outcome.card.framework,
            "summary": summary(outcome),
            "rulers": rulers(outcome),
            "beam": beam_text(outcome),
            "levels": level_rows(outcome),
            "titles": level_titles(outcome.card.framework),
            "leaves": leaf_rows(outcome, issues),
            "issues": issue_rows(issues),
            "checks": check_rows(outcome),
            "counts": check_counts(outcome),
            "flaws": flaw_rows(outcome),
            "facts": fact_rows(outcome),
            "records": drawer(outcome, issues),
        },
    )
