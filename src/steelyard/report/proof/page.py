"""The proof page (证明页): one file that shows an outcome, every number a door.

The page stands alone: style, script and records are inside it, and its policy
forbids any other. It lays out what was weighed; it computes nothing.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from steelyard.evaluation.evaluation import Outcome
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

TEMPLATES = Path(__file__).parent / "templates"


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
    style = (TEMPLATES / "proof.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "proof.js").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("proof.html.jinja")
        .render(
            evaluation=outcome.evaluation,
            framework=outcome.card.framework,
            summary=summary(outcome),
            rulers=rulers(outcome),
            beam=beam_text(outcome),
            levels=level_rows(outcome),
            titles=level_titles(outcome.card.framework),
            leaves=leaf_rows(outcome, issues),
            issues=issue_rows(issues),
            checks=check_rows(outcome),
            counts=check_counts(outcome),
            flaws=flaw_rows(outcome),
            facts=fact_rows(outcome),
            records=drawer(outcome, issues),
            version=version("steelyard"),
            style=Markup(style),  # noqa: S704 - our own file, no word of the evaluation in it
            script=Markup(script),  # noqa: S704 - as above
            style_hash=_fingerprint(style),
            script_hash=_fingerprint(script),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    return environment


def _fingerprint(text: str) -> str:
    """Return the digest by which the page's policy admits its own style and script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
