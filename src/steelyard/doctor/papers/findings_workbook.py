"""The findings as a workbook to work through (发现工作簿).

Sheets: 发现, one row each, with a column to tick off; 数字台账, one row for each
number; 概况. A text is only ever a text: what looks like a formula or a link
stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import SEVERITY_NAMES, Place, Severity
from steelyard.doctor.ledger import STATE_NAMES, Entry, State
from steelyard.doctor.papers.places import (
    cell_said,
    heading_above,
    table_said,
    where,
)
from steelyard.doctor.papers.sentences import coverage, effect_of, tally
from steelyard.doctor.papers.sheets import (
    Cell,
    Heads,
    Looks,
    begun,
    clean,
    for_paper,
    height,
    lay_out,
    write_row,
)
from steelyard.doctor.papers.summary import Noted, Summary, summary_of
from steelyard.doctor.view.figure import KIND_NAMES
from steelyard.intake.reading.document import Document

FINDINGS, NUMBERS, OVERVIEW = "发现", "数字台账", "概况"
DONE = ("已改", "不改", "待查")
"""What may be said of a finding in the column 处理."""

_FINDING_HEADS: Heads = (
    ("序号", 5),
    ("程度", 7),
    ("检查项", 12),
    ("说明", 27),
    ("计算", 13),
    ("影响", 11),
    ("文件", 8),
    ("页", 5),
    ("印作", 5),
    ("标题", 11),
    ("表", 10),
    ("行列", 7),
    ("原文", 22),
    ("另一处", 12),
    ("另一处原文", 18),
    ("其余各处", 12),
    ("处理", 6),
    ("备注", 7),
)
_NUMBER_HEADS: Heads = (
    ("序号", 6),
    ("数", 12),
    ("类别", 9),
    ("核对状态", 9),
    ("检查项", 9),
    ("文件", 12),
    ("页", 6),
    ("印作", 6),
    ("标题", 18),
    ("表", 18),
    ("行列", 8),
    ("原文", 44),
)
_ORDER = (State.VERIFIED, State.CONSISTENT, State.CONTRADICTED, State.UNCHECKED)
_MOST_ROWS = 1_048_000
_MOST_OTHERS = 20


def findings_workbook(examination: Examination, *, errors_only: bool = False) -> bytes:
    """Return the findings and the ledger of numbers as an .xlsx file (发现工作簿).

    Args:
        examination: What came out.
        errors_only: Leave questions and hints out, and of the numbers all that no
            error is about.

    Returns:
        The file; the same examination gives the same bytes.
    """
    out, book = begun("诊断结果")
    looks = Looks(book)
    summary = summary_of(examination, errors_only=errors_only)
    sheets = [book.add_worksheet(name) for name in (FINDINGS, NUMBERS, OVERVIEW)]
    _write_findings(sheets[0], looks, summary)
    entries = [
        each for each in examination.ledger if not errors_only or each.state is State.CONTRADICTED
    ]
    left_out = _write_numbers(sheets[1], looks, entries)
    _write_overview(sheets[2], looks, summary, examination.view.documents, left_out)
    book.close()
    return out.getvalue()


def _write_findings(sheet: Worksheet, looks: Looks, summary: Summary) -> None:
    lay_out(sheet, looks, _FINDING_HEADS, frozen=2)
    formats = [looks.text] * len(_FINDING_HEADS)
    for column in (0, 7, 8, 11):
        formats[column] = looks.middle
    formats[-2], formats[-1] = looks.tick, looks.entry
    for row, noted in enumerate(summary.findings, start=1):
        cells = _finding_cells(noted)
        sheet.set_row(row, height(cells, _FINDING_HEADS))
        formats[1] = looks.severities[noted.finding.severity]
        write_row(sheet, row, cells, formats)
    last = max(len(summary.findings), 1)
    sheet.autofilter(0, 0, last, len(_FINDING_HEADS) - 1)
    sheet.data_validation(
        1,
        len(_FINDING_HEADS) - 2,
        last,
        len(_FINDING_HEADS) - 2,
        {
            "validate": "list",
            "source": list(DONE),
            "error_title": "请从列表中选取",
            "error_message": f"只能填：{'、'.join(DONE)}。",
        },
    )


def _finding_cells(noted: Noted) -> list[Cell]:
    finding = noted.finding
    places = [noted.places[at] for at in noted.told]
    second = places[1] if len(places) > 1 else None
    several = len({place.file for place in places}) > 1
    others = [
        f"{where(each, file=several)}　“{each.exact}”" for each in places[2 : 2 + _MOST_OTHERS]
    ]
    if len(places) > 2 + _MOST_OTHERS:
        others.append(f"……另有{len(places) - 2 - _MOST_OTHERS}处。")
    return [
        noted.number,
        SEVERITY_NAMES[finding.severity],
        f"{noted.rule.group}\n{finding.rule} {noted.rule.name}",
        finding.message,
        finding.computed,
        finding.effect,
        *(_place_cells(places[0]) if places else [""] * 7),
        where(second, file=second.file != places[0].file) if second else "",
        second.quote if second else "",
        "\n".join(others),
        "",
        "",
    ]


def _place_cells(place: Place) -> list[Cell]:
    """Return file, page, the page as printed, heading, table, row and column, and the words."""
    page = place.page
    line = f"文本第{place.line}行" if place.line is not None else ""
    return [
        place.file,
        page,
        place.passage.document.printed_on(page) if page is not None else "",
        heading_above(place),
        table_said(place),
        cell_said(place) or line,
        place.quote,
    ]


def _write_numbers(sheet: Worksheet, looks: Looks, entries: Iterable[Entry]) -> int:
    """Write the ledger; return how many numbers found no room."""
    lay_out(sheet, looks, _NUMBER_HEADS, frozen=2)
    formats = [looks.text] * len(_NUMBER_HEADS)
    row = left_out = 0
    for entry in entries:
        if row == _MOST_ROWS:
            left_out += 1
            continue
        row += 1
        place = Place(entry.passage, entry.figure.start, entry.figure.end)
        formats[3] = looks.states[entry.state]
        cells: list[Cell] = [
            row,
            place.exact,
            KIND_NAMES[entry.figure.kind],
            STATE_NAMES[entry.state],
            "、".join(entry.rules),
            *_place_cells(place),
        ]
        sheet.set_row(row, height(cells, _NUMBER_HEADS))
        write_row(sheet, row, cells, formats)
    sheet.autofilter(0, 0, max(row, 1), len(_NUMBER_HEADS) - 1)
    return left_out


def _write_overview(
    sheet: Worksheet,
    looks: Looks,
    summary: Summary,
    documents: Sequence[Document],
    left_out: int,
) -> None:
    for_paper(sheet)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 5, 12)
    row = 0
    for line in ("概况", *_overview_lines(summary, left_out)):
        sheet.write_string(row, 0, line, looks.unboxed if row else looks.title)
        row += 1
    states = [STATE_NAMES[state] for state in _ORDER]
    kinds = [
        (KIND_NAMES[kind], [found[state] for state in _ORDER])
        for kind, found in summary.by_kind.items()
    ]
    kinds.append(
        ("以上各类合计", [sum(each[1][at] for each in kinds) for at in range(len(_ORDER))])
    )
    row = _write_counts(sheet, looks, row + 1, ("数的类别", "共", *states), kinds)
    groups = [
        (group, [counts[severity] for severity in Severity])
        for group, counts in summary.kinds().items()
    ]
    heads = ("检查类别", "共", *SEVERITY_NAMES.values())
    row = _write_counts(sheet, looks, row + 1, heads, groups)
    for document in documents:
        row += 1
        sheet.write_string(row, 0, clean(document.name), looks.title)
        pages = f"{document.pages}页" if document.pages else ""
        digest = f"SHA-256 {document.sha256}" if document.sha256 else ""
        for line in filter(None, (pages, digest, *document.remarks)):
            row += 1
            sheet.write_string(row, 0, clean(line), looks.unboxed)


def _overview_lines(summary: Summary, left_out: int) -> Iterator[str]:
    yield coverage(summary)
    yield "日期、序号、文号、引用编号和名称中的数字不说明数量多少，不计入这一总数，分列在下表。"
    yield tally(summary)
    if summary.effect:
        yield clean(summary.effect)
    for each in summary.reckoned:
        yield clean(f"得分受影响　{effect_of(each)}")
    if left_out:
        yield f"数字台账放不下的{left_out:,}个数未列出。"


def _write_counts(
    sheet: Worksheet,
    looks: Looks,
    row: int,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
) -> int:
    """Write a small table of counts with their sums; return the row below it."""
    for column, head in enumerate(heads):
        sheet.write_string(row, column, head, looks.head)
    for name, counts in rows:
        row += 1
        sheet.write_string(row, 0, name, looks.text)
        for column, count in enumerate((sum(counts), *counts), start=1):
            sheet.write_number(row, column, count, looks.count)
    return row + 1
