"""How papers say where and how much (文书用语)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.doctor.finding import SEVERITY_NAMES, Place
from steelyard.doctor.ledger import State
from steelyard.doctor.papers.summary import Noted, Reckoned, Summary
from steelyard.measure.number import places_needed, plain

_MOST_OTHERS = 4
"""Other places named in a note; the rest are counted."""


def share(count: int, total: int) -> str:
    """Return a share as a percentage of one decimal.

    >>> share(1204, 2431), share(0, 0)
    ('49.5%', '0.0%')
    """
    return f"{plain(Fraction(100 * count, total) if total else Fraction(0), 1)}%"


def where(place: Place, *, file: bool = False) -> str:
    """Say where a place is: file if wanted, page, line, table, cell, or the heading above."""
    cell = place.cell
    if cell[:1] == "R" and "C" in cell and cell[1:].replace("C", "").isdigit():
        row, _, column = cell[1:].partition("C")
        cell = f"第{row}行第{column}列"
    parts = (
        place.file if file else "",
        f"第{place.page}页" if place.page is not None else "",
        f"文本第{place.line}行" if place.line is not None else "",
        place.table,
        cell,
    )
    said = [part for part in parts if part]
    if place.page is None and place.line is None and place.passage.table is None:
        said.append(_section(place))
    return "　".join(said)


def _section(place: Place) -> str:
    """Say under which heading a place without page and line stands."""
    if place.passage.is_heading:
        return "标题"
    section = place.passage.section
    return f"“{section[-1]}”下" if section else "正文"


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
    """Say how many findings there are of each severity."""
    counts = summary.severities
    if not summary.findings:
        return "没有发现问题。"
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
    yield finding.message
    if finding.computed:
        yield f"计算：{finding.computed}"
    if finding.effect:
        yield f"影响：{finding.effect}"
    others = [place for index, place in enumerate(noted.places) if index != at]
    # Of many places each points to the first, which names others.
    shown = others[: 1 if at and len(others) > _MOST_OTHERS else _MOST_OTHERS]
    for place in shown:
        yield f"另一处：{where(place, file=files)}　“{place.quote}”"
    if len(others) > len(shown):
        yield f"……共{len(others) + 1}处，其余见发现清单。"
