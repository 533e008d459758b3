"""The covering list of what is asked for (资料清单): workbooks, and papers to see.

One row for each workbook and each paper that proves something. It says what for,
in what form and until when; it asks for no figure itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.intake.request.ask import EVALUATORS, GENERAL, Request, Share
from steelyard.measure.dates import say_date
from steelyard.report.model.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Role,
    Section,
    Table,
    text_cell,
)
from steelyard.report.model.runs import Text

_HEADS = ("序号", "资料名称", "用途（有关指标）", "格式", "提供部门", "份数、时间")
_WIDTHS = (7, 27, 32, 13, 12, 16)
_LEFT = (1, 2)
"""Columns of sentences, at the left."""

_MOST_USES = 6
"""Indicators named for one row; the rest are counted."""

_UNSCORED = "供核对和撰写报告使用"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A paper that proves something (佐证材料)."""

    name: str
    uses: tuple[str, ...]
    supplier: str


def request_list(
    request: Request,
    files: Mapping[str, str],
    evidence: Mapping[str, Sequence[str]],
    *,
    agency: str = "",
) -> Document:
    """Return the covering list as a document, ready for the Word writer.

    Args:
        request: What is asked of whom.
        files: The name of each workbook, by supplier.
        evidence: The papers that an indicator rests on, by the indicator's name; the
            names are those that the request uses.
        agency: Who asks; printed below the list.

    Returns:
        A title, a few sentences, and one table; always the same for the same request.
    """
    papers = _papers(request, evidence)
    sent = sum(share.supplier != EVALUATORS for share in request.shares)
    due = f"请于{say_date(request.due)}前" if request.due else "请尽快"
    blocks: list[Block] = [
        _line(f"{request.title}资料清单", "title"),
        _line(f"{request.department}：", "plain"),
        _line(
            f"为开展{request.title}，{due}提供下列资料。所附资料采集表共{sent}份，"
            "请分别交提供部门填写，填法见各表首页；其他资料请提供电子版，只有纸质的提供扫描件。",
            "body",
        ),
        _line(
            "没有形成或不涉及的资料，请在资料名称旁注明原因。所提供的资料应真实、完整，"
            "用于评分的数应与来源文件一致。",
            "body",
        ),
        _table(request, files, papers),
    ]
    if agency:
        blocks += [_line(agency, "signature")]
    return Document(
        title=f"{request.title}资料清单",
        author=agency,
        date="",
        sections=(Section(blocks=tuple(blocks)),),
    )


def _line(text: str, role: Role) -> Paragraph:
    return Paragraph(runs=(Text(text),), role=role)


def _table(request: Request, files: Mapping[str, str], papers: Sequence[_Paper]) -> Table:
    rows = [
        tuple(_cell(text, column) for column, text in enumerate((str(number), *texts)))
        for number, texts in enumerate(_entries(request, files, papers), start=1)
    ]
    return Table(
        columns=_WIDTHS,
        head=(tuple(text_cell(head, head=True) for head in _HEADS),),
        rows=tuple(rows),
        size="small",
    )


def _cell(text: str, column: int) -> Cell:
    lines = tuple((Text(line),) for line in text.split("\n"))
    return Cell(lines=lines, align="left" if column in _LEFT else "center")


def _entries(
    request: Request, files: Mapping[str, str], papers: Sequence[_Paper]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows without their number, supplier by supplier."""
    # The year stands in the sentence above.
    due = f"1份\n{request.due.month}月{request.due.day}日前" if request.due else "1份"
    names = [share.supplier for share in request.shares]
    suppliers = dict.fromkeys((*names, *(paper.supplier for paper in papers)))
    # What they find out themselves they ask of nobody.
    suppliers.pop(EVALUATORS, None)
    for supplier in sorted(suppliers, key=lambda name: name == GENERAL):
        for share in request.shares:
            if share.supplier == supplier and supplier in files:
                yield (
                    f"{files[supplier]}\n{_contents(share)}",
                    _purpose(share.uses),
                    "随附表格，\n填好交回",
                    supplier,
                    due,
                )
        for paper in papers:
            if paper.supplier == supplier:
                yield (paper.name, _purpose(paper.uses), "电子版或\n扫描件", supplier, due)


def _contents(share: Share) -> str:
    """Say what a workbook asks for, and how much of it is known."""
    parts = [
        f"数据{len(share.figures)}项" if share.figures else "",
        f"绩效目标{len(share.goals)}项" if share.goals else "",
        f"表{len(share.tables)}张" if share.tables else "",
    ]
    said = "、".join(part for part in parts if part)
    return f"（{said}；其中已有{share.given}处，请核对）" if share.given else f"（{said}）"


def _purpose(uses: Sequence[str]) -> str:
    if not uses:
        return _UNSCORED
    listed = "、".join(uses[:_MOST_USES])
    return f"{listed}等{len(uses)}项指标" if len(uses) > _MOST_USES else listed


def _papers(request: Request, evidence: Mapping[str, Sequence[str]]) -> tuple[_Paper, ...]:
    """Return each paper once, with all indicators that rest on it.

    A framework does not say who keeps a paper: it is asked of whoever supplies most
    of what those indicators are scored on.
    """
    uses: dict[str, list[str]] = {}
    for indicator, names in evidence.items():
        for name in names:
            uses.setdefault(name, []).append(indicator)
    suppliers = _suppliers(request)
    return tuple(
        _Paper(
            name=name,
            uses=tuple(indicators),
            supplier=_most(suppliers, indicators),
        )
        for name, indicators in uses.items()
    )


def _suppliers(request: Request) -> dict[str, Counter[str]]:
    """Return how much each supplier gives to each indicator."""
    found: dict[str, Counter[str]] = {}
    for share in request.shares:
        for use in share.all_uses:
            found.setdefault(use, Counter())[share.supplier] += 1
    return found


def _most(suppliers: Mapping[str, Counter[str]], indicators: Sequence[str]) -> str:
    counted: Counter[str] = Counter()
    for indicator in indicators:
        counted.update(suppliers.get(indicator, {}))
    return max(counted, key=lambda name: counted[name]) if counted else GENERAL
