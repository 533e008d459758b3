"""How papers say where and how much (文书用语)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.doctor.finding import SEVERITY_NAMES
from steelyard.doctor.ledger import State
from steelyard.doctor.papers.places import where
from steelyard.doctor.papers.standpoint import told_at
from steelyard.doctor.papers.summary import Noted, Reckoned, Summary
from steelyard.measure.number import places_needed, plain

MOST_NOTES = 3
"""Notes on one finding in the copy of a file; the rest of its places are counted."""

_MOST_OTHERS = 4
"""Other places named in a note; the rest are counted."""


def share(count: int, total: int) -> str:
    """Return a share as a percentage of one decimal.

    >>> share(1204, 2431), share(0, 0)
    ('49.5%', '0.0%')
    """
    return f"{plain(Fraction(100 * count, total) if total else Fraction(0), 1)}%"


def coverage(summary: Summary) -> str:
    """Say how many numbers there are and what became of them."""
    claims = summary.claims
    return (
        f"共{summary.total:,}个数，"
        f"核实{claims[State.VERIFIED]:,}个（{share(claims[State.VERIFIED], summary.total)}），"
        f"一致{claims[State.CONSISTENT]:,}个，矛盾{claims[State.CONTRADICTED]:,}个，"
        f"未核对{claims[State.UNCHECKED]:,}个（{share(claims[State.UNCHECKED], summary.total)}）。"
    )


def tally(summary: Summary) -> str:
    """Say how many findings there are of each severity, or what their absence is worth."""
    if summary.findings:
        return _found(summary)
    if summary.left_out:
        return f"没有错误；需核实和提示{summary.left_out}处未列出。"
    states = summary.claims
    if not summary.total:
        return "没有读到可核对的数，什么也没有核对。"
    if not states[State.VERIFIED] and not states[State.CONSISTENT]:
        return f"没有可核对的数：{summary.total:,}个数在文中都没有别的数可以对照。"
    if not states[State.VERIFIED]:
        return f"没有可复算的数；只比对了{states[State.CONSISTENT]:,}个，没有不一致。"
    return "读到的内容中没有发现问题。" if summary.is_partial else "没有发现问题。"


def _found(summary: Summary) -> str:
    counts = summary.severities
    if summary.left_out:
        more = f"需核实和提示{summary.left_out}处未列出"
        return f"发现错误{len(summary.findings)}处；{more}。"
    said = "，".join(f"{name}{counts[each]}处" for each, name in SEVERITY_NAMES.items())
    return f"发现{len(summary.findings)}处：{said}。"


def effect_of(reckoned: Reckoned) -> str:
    """Say what an indicator scores as printed and as computed."""
    printed, computed = score(reckoned.printed), score(reckoned.computed)
    return f"{reckoned.indicator}：报告{printed}分，复算{computed}分"


def score(value: Fraction) -> str:
    """Print a score with two decimals, or as many as it needs up to four."""
    return plain(value, max(2, min(places_needed(value), 4)))


def note(noted: Noted, at: int, *, files: bool) -> Iterator[str]:
    """Yield the paragraphs of a note at one place of a finding.

    Args:
        noted: The finding.
        at: Which of its places the note stands at.
        files: Whether other places are told with their file.
    """
    finding = noted.finding
    severity = SEVERITY_NAMES[finding.severity]
    yield f"［{severity}］{finding.rule} {noted.rule.name}（第{noted.number}条）"
    yield told_at(noted, at, file=files)
    if finding.computed:
        yield f"计算：{finding.computed}"
    if finding.effect and not at:
        yield f"影响：{finding.effect}"
    others = [noted.places[each] for each in noted.told if each != at]
    # Of many places each points to the first, which names others.
    shown = others[: 1 if at and len(others) > _MOST_OTHERS else _MOST_OTHERS]
    for place in shown:
        yield f"另一处：{where(place, file=files)}　“{place.quote}”"
    if len(others) > len(shown):
        yield f"……共{len(others) + 1}处，其余见发现清单。"
