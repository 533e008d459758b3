"""The findings as a list to read in a terminal (发现清单)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import SEVERITY_NAMES, Place
from steelyard.doctor.ledger import STATE_NAMES, State
from steelyard.doctor.papers.places import where
from steelyard.doctor.papers.sentences import coverage, effect_of, tally
from steelyard.doctor.papers.summary import Noted, Summary, summary_of
from steelyard.doctor.papers.wrapping import width, wrapped
from steelyard.doctor.view.figure import KIND_NAMES
from steelyard.doctor.view.view import CASE
from steelyard.intake.reading.document import Document

_KINDS = {
    "docx": "Word",
    "pdf": "PDF",
    "text": "纯文本",
    "workbook": "工作簿",
    CASE: "评价文件夹的数据",
}
_NARROWEST, _WIDEST = 40, 120
_MOST_PLACES = 4
"""Places listed of one finding; the rest are counted, and stand in the workbook."""

_ORDER = (State.VERIFIED, State.CONSISTENT, State.CONTRADICTED, State.UNCHECKED)


def listing(
    examination: Examination,
    *,
    columns: int = 80,
    errors_only: bool = False,
    verbose: bool = False,
) -> str:
    """Return what was found as text (发现清单).

    Args:
        examination: What came out.
        columns: Of the terminal; a Chinese character takes two.
        errors_only: Leave questions and hints out, and count them. Errors come first,
            so that they keep their numbers.
        verbose: Tell the numbers by kind, and every place of a finding.
    """
    summary = summary_of(examination, errors_only=errors_only)
    room = min(max(columns, _NARROWEST), _WIDEST)
    lines = [
        *_head(examination.view.documents, summary, room, verbose=verbose),
        *_findings(
            summary,
            room,
            files=len(examination.view.documents) > 1,
            most=None if verbose else _MOST_PLACES,
        ),
    ]
    return "\n".join(lines)


def _head(
    documents: Sequence[Document], summary: Summary, columns: int, *, verbose: bool
) -> Iterator[str]:
    for document in documents:
        pages = f"，{document.pages}页" if document.pages else ""
        kind = _KINDS.get(document.kind, document.kind)
        yield from wrapped(f"{document.name}（{kind}{pages}）", columns, rest="  ")
        for remark in document.remarks:
            yield from wrapped(remark, columns, first="  注意：", rest="        ")
    yield from wrapped(coverage(summary), columns)
    if verbose:
        yield from _kinds(summary)
    yield from wrapped(tally(summary), columns)
    if summary.effect:
        yield from wrapped(summary.effect, columns)
    if summary.reckoned:
        yield f"得分受影响的指标{len(summary.reckoned)}项："
        for each in summary.reckoned:
            yield from wrapped(effect_of(each), columns, first="  ", rest="    ")


def _kinds(summary: Summary) -> Iterator[str]:
    """Yield a small table: kinds of number by what became of them."""
    heads = ["", "共", *(STATE_NAMES[state] for state in _ORDER)]
    rows = [
        [KIND_NAMES[kind], f"{states.total():,}", *(f"{states[state]:,}" for state in _ORDER)]
        for kind, states in sorted(
            summary.by_kind.items(), key=lambda each: list(KIND_NAMES).index(each[0])
        )
    ]
    for row in [heads, *rows]:
        cells = [f"{' ' * max(8 - width(cell), 0)}{cell}" for cell in row[1:]]
        yield f"  {row[0]}{' ' * max(14 - width(row[0]), 0)}{''.join(cells)}"


def _findings(summary: Summary, columns: int, *, files: bool, most: int | None) -> Iterator[str]:
    for severity, group, found in summary.groups():
        yield ""
        yield f"【{SEVERITY_NAMES[severity]}·{group}】{len(found)}处"
        for noted in found:
            yield from _finding(noted, columns, files=files, most=most)
    if summary.left_out:
        yield ""
        yield f"需核实和提示{summary.left_out}处未列出。"


def _finding(noted: Noted, columns: int, *, files: bool, most: int | None) -> Iterator[str]:
    finding = noted.finding
    label = f"{noted.number:>3}. ［{SEVERITY_NAMES[finding.severity]}］"
    yield from wrapped(finding.message, columns, first=label, rest="     ")
    if finding.computed:
        yield from wrapped(finding.computed, columns, first="     计算：", rest="           ")
    if finding.effect:
        yield from wrapped(finding.effect, columns, first="     影响：", rest="           ")
    told = noted.told
    for at in told[:most]:
        yield from _place(noted.places[at], columns, files=files)
    if most is not None and len(told) > most:
        yield f"     ……另有{len(told) - most}处。"
    yield f"     （{finding.rule} {noted.rule.name}）"


def _place(place: Place, columns: int, *, files: bool) -> Iterator[str]:
    said = f"{where(place, file=files)}　“{place.quote}”"
    yield from wrapped(said, columns, first="   → ", rest="     ")
