"""The findings as a workbook to work through (发现工作簿).

Sheets: 发现, one row each, with a column to tick off; 数字台账, one row for each
number; 概况. A text is only ever a text: what looks like a formula or a link
stays as it was written.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import SEVERITY_NAMES, Place, Severity
from steelyard.doctor.ledger import STATE_NAMES, Ledger, State
from steelyard.doctor.papers.sentences import coverage, effect_of, tally, where
from steelyard.doctor.papers.summary import Noted, Summary, summary_of
from steelyard.doctor.papers.wrapping import width
from steelyard.doctor.view.figure import KIND_NAMES
from steelyard.intake.reading.document import Document

FINDINGS, NUMBERS, OVERVIEW = "发现", "数字台账", "概况"
DONE = ("已改", "不改", "待查")
"""What may be said of a finding in the column 处理."""

Cell = str | int | None
Heads = Sequence[tuple[str, int]]
"""Column headings with their widths in characters."""

_FINDING_HEADS: Heads = (
    ("序号", 5),
    ("程度", 7),
    ("类别", 11),
    ("检查项", 13),
    ("说明", 36),
    ("计算", 20),
    ("影响", 16),
    ("文件", 12),
    ("页", 5),
    ("行", 6),
    ("表或小节", 14),
    ("格", 7),
    ("原文", 28),
    ("另一处", 14),
    ("另一处原文", 28),
    ("其余各处", 16),
    ("处理", 7),
    ("备注", 14),
)
_NUMBER_HEADS: Heads = (
    ("序号", 7),
    ("数", 14),
    ("类别", 12),
    ("核对状态", 10),
    ("检查项", 14),
    ("文件", 18),
    ("页", 6),
    ("行", 7),
    ("表或小节", 26),
    ("格", 8),
    ("原文", 70),
)
_ORDER = (State.VERIFIED, State.CONSISTENT, State.CONTRADICTED, State.UNCHECKED)
_FILLS = {
    Severity.ERROR: "#F8CBAD",
    Severity.QUESTION: "#FFE699",
    Severity.HINT: "#DDEBF7",
}
_STATE_FILLS = {
    State.VERIFIED: "#E2EFDA",
    State.CONSISTENT: "#DDEBF7",
    State.CONTRADICTED: "#F8CBAD",
    State.UNCHECKED: "#FFFFFF",
}
_A3, _A4 = 8, 9
_LONGEST_TEXT = 32_000
_MOST_ROWS = 1_048_000
_MOST_OTHERS = 20
_LINE, _PADDING, _TALLEST = 14, 5, 409
"""Heights in points: of a line, around the lines of a row, the tallest row."""


def findings_workbook(examination: Examination) -> bytes:
    """Return the findings and the ledger of numbers as an .xlsx file (发现工作簿).

    The same examination gives the same bytes.
    """
    out = io.BytesIO()
    options = {
        # A ledger of a large document is written row by row and not held.
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "诊断结果", "created": datetime(2000, 1, 1, tzinfo=UTC)})
    looks = _Looks(book)
    summary = summary_of(examination)
    sheets = [book.add_worksheet(name) for name in (FINDINGS, NUMBERS, OVERVIEW)]
    _write_findings(sheets[0], looks, summary)
    left_out = _write_numbers(sheets[1], looks, examination.ledger)
    _write_overview(sheets[2], looks, summary, examination.view.documents, left_out)
    book.close()
    return out.getvalue()


class _Looks:
    """Formats, made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.head = self._made(bold=True, bg_color="#DCE6F1", align="center", valign="vcenter")
        self.text = self._made()
        self.middle = self._made(align="center")
        self.entry = self._made(bg_color="#FFFBE0")
        self.tick = self._made(bg_color="#FFFBE0", align="center")
        self.line = self._made(text_wrap=False)
        self.count = self._made(align="right", num_format="#,##0")
        self.unboxed = self._made(border=0, text_wrap=False)
        self.title = self._made(border=0, bold=True, font_size=12, text_wrap=False)
        self.severities = {key: self._filled(fill) for key, fill in _FILLS.items()}
        self.states = {key: self._filled(fill) for key, fill in _STATE_FILLS.items()}

    def _filled(self, fill: str) -> Format:
        return self._made(align="center", bg_color=fill)

    def _made(self, **wanted: object) -> Format:
        usual: dict[str, object] = {
            "font_name": "宋体",
            "font_size": 10,
            "valign": "top",
            "border": 1,
            "border_color": "#A6A6A6",
            "text_wrap": True,
        }
        return self._book.add_format({**usual, **wanted})


def _write_findings(sheet: Worksheet, looks: _Looks, summary: Summary) -> None:
    _lay_out(sheet, looks, _FINDING_HEADS, paper=_A3, frozen=2)
    formats = [looks.text] * len(_FINDING_HEADS)
    for column in (0, 2, 8, 9, 11):
        formats[column] = looks.middle
    formats[-2], formats[-1] = looks.tick, looks.entry
    for row, noted in enumerate(summary.findings, start=1):
        cells = _finding_cells(noted)
        sheet.set_row(row, _height(cells, _FINDING_HEADS))
        formats[1] = looks.severities[noted.finding.severity]
        _write_row(sheet, row, cells, formats)
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
    places = noted.places
    second = places[1] if len(places) > 1 else None
    others = [f"{where(each, file=True)}　“{each.exact}”" for each in places[2 : 2 + _MOST_OTHERS]]
    if len(places) > 2 + _MOST_OTHERS:
        others.append(f"……另有{len(places) - 2 - _MOST_OTHERS}处。")
    return [
        noted.number,
        SEVERITY_NAMES[finding.severity],
        noted.rule.group,
        f"{finding.rule} {noted.rule.name}",
        finding.message,
        finding.computed,
        finding.effect,
        *(_place_cells(places[0]) if places else [""] * 6),
        where(second, file=second.file != places[0].file) if second else "",
        second.quote if second else "",
        "\n".join(others),
        "",
        "",
    ]


def _place_cells(place: Place) -> list[Cell]:
    section = place.passage.section
    table = place.table or (section[-1] if section else "")
    return [place.file, place.page, place.line, table, place.cell, place.quote]


def _write_numbers(sheet: Worksheet, looks: _Looks, ledger: Ledger) -> int:
    """Write the ledger; return how many numbers found no room."""
    _lay_out(sheet, looks, _NUMBER_HEADS, paper=_A4, frozen=2)
    formats = [looks.line] * len(_NUMBER_HEADS)
    row = left_out = 0
    for entry in ledger:
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
        _write_row(sheet, row, cells, formats)
    sheet.autofilter(0, 0, max(row, 1), len(_NUMBER_HEADS) - 1)
    return left_out


def _write_overview(
    sheet: Worksheet,
    looks: _Looks,
    summary: Summary,
    documents: Sequence[Document],
    left_out: int,
) -> None:
    _page(sheet, _A4)
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
        (group, [Counter(e.finding.severity for e in found)[severity] for severity in Severity])
        for group, found in summary.groups()
    ]
    heads = ("检查类别", "共", *SEVERITY_NAMES.values())
    row = _write_counts(sheet, looks, row + 1, heads, groups)
    for document in documents:
        row += 1
        sheet.write_string(row, 0, _clean(document.name), looks.title)
        pages = f"{document.pages}页" if document.pages else ""
        digest = f"SHA-256 {document.sha256}" if document.sha256 else ""
        for line in filter(None, (pages, digest, *document.remarks)):
            row += 1
            sheet.write_string(row, 0, _clean(line), looks.unboxed)


def _overview_lines(summary: Summary, left_out: int) -> Iterator[str]:
    yield coverage(summary)
    yield "日期、序号、文号、引用编号和名称中的数字不说明数量多少，不计入这一总数，分列在下表。"
    yield tally(summary)
    if summary.effect:
        yield _clean(summary.effect)
    for each in summary.reckoned:
        yield _clean(f"得分受影响　{effect_of(each)}")
    if left_out:
        yield f"数字台账放不下的{left_out:,}个数未列出。"


def _write_counts(
    sheet: Worksheet,
    looks: _Looks,
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


def _lay_out(sheet: Worksheet, looks: _Looks, heads: Heads, *, paper: int, frozen: int) -> None:
    """Write column headings that stay in sight, and on every printed page."""
    _page(sheet, paper)
    for column, (_, wide) in enumerate(heads):
        sheet.set_column(column, column, wide)
    sheet.set_row(0, 2 * _LINE)
    for column, (head, _) in enumerate(heads):
        sheet.write_string(0, column, head, looks.head)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)


def _page(sheet: Worksheet, paper: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    # In inches, of which a workbook knows fractions only as binary numbers.
    sheet.set_margins(left=_inches(10), right=_inches(10), top=_inches(12), bottom=_inches(14))
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _inches(millimetres: int) -> float:
    return millimetres * 10 / 254


def _write_row(
    sheet: Worksheet, row: int, cells: Sequence[Cell], formats: Sequence[Format]
) -> None:
    for column, (cell, look) in enumerate(zip(cells, formats, strict=True)):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, look)
        elif cell:
            sheet.write_string(row, column, _clean(cell), look)
        else:
            sheet.write_blank(row, column, None, look)


def _height(cells: Sequence[Cell], heads: Heads) -> int:
    """Return the height that the cell with most lines needs, rather too high than too low."""
    lines = max(
        sum(max(1, -(-width(part) // max(wide - 2, 2))) for part in cell.split("\n"))
        for cell, (_, wide) in zip(cells, heads, strict=True)
        if isinstance(cell, str)
    )
    return min(_LINE * lines + _PADDING, _TALLEST)


def _clean(text: str) -> str:
    """Return a text that a cell can hold."""
    kept = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return kept if len(kept) <= _LONGEST_TEXT else f"{kept[:_LONGEST_TEXT]}……（后略）"
