"""Many files, each checked by itself, in one table (批量体检): who has most to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import SEVERITY_NAMES, Severity
from steelyard.doctor.ledger import STATE_NAMES, State
from steelyard.doctor.papers.sentences import share, tally
from steelyard.doctor.papers.sheets import Cell, Heads, Looks, begun, height, lay_out, write_row
from steelyard.doctor.papers.summary import Summary, summary_of
from steelyard.doctor.papers.wrapping import width, wrapped
from steelyard.errors import SteelyardError

_ORDER = (State.VERIFIED, State.CONSISTENT, State.CONTRADICTED, State.UNCHECKED)
_COLUMN = 8
_HEADS: Heads = (
    ("序号", 5),
    ("文件", 26),
    ("数", 7),
    *((STATE_NAMES[state], 8) for state in _ORDER),
    *((name, 8) for name in SEVERITY_NAMES.values()),
    ("得分和等级", 34),
    ("说明", 34),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One file of many (一份文件)."""

    name: str
    """As much of its path as tells it apart."""

    summary: Summary | None = None
    """What was found; None where it could not be read."""

    remarks: tuple[str, ...] = ()
    """What could not be read of it, or why it could not be read at all."""


def line_of(path: str, examination: Examination) -> Line:
    """Return what the table says of a file."""
    summary = summary_of(examination)
    remarks = tuple(each for one in examination.view.documents for each in one.remarks)
    # That nothing was found is worth saying only with what was looked at.
    said = () if summary.findings else (tally(summary),)
    return Line(path, summary, (*remarks, *said))


def refused(path: str, error: SteelyardError) -> Line:
    """Return what the table says of a file that could not be read."""
    return Line(path, None, (f"{error.what}{error.mend}",))


def batch_listing(lines: Sequence[Line], *, columns: int = 80) -> str:
    """Return a table of many files as text, with the total of each where it prints one.

    Args:
        lines: One for each file.
        columns: Of the terminal; a Chinese character takes two.
    """
    heads = ("序号", "数", "已核实", *SEVERITY_NAMES.values())
    rows = [f"{_aligned(heads)}  文件"]
    for number, line in enumerate(lines, start=1):
        rows += wrapped(
            line.name, columns, first=f"{_aligned(_figures(number, line))}  ", rest="  "
        )
        for said in _beneath(line):
            rows += wrapped(said, columns, first=" " * 10, rest=" " * 10)
    return "\n".join([*rows, "", _whole(lines)])


def _figures(number: int, line: Line) -> list[str]:
    summary = line.summary
    if summary is None:
        return [str(number), *["—"] * 5]
    verified = share(summary.claims[State.VERIFIED], summary.total)
    counts = [f"{summary.severities[severity]}" for severity in Severity]
    return [str(number), f"{summary.total:,}", verified, *counts]


def _aligned(cells: Sequence[str]) -> str:
    return "".join(f"{' ' * max(_COLUMN - width(cell), 0)}{cell}" for cell in cells)


def _beneath(line: Line) -> Iterator[str]:
    if line.summary is not None and line.summary.effect:
        yield _standing(line.summary)
    yield from line.remarks


def _standing(summary: Summary) -> str:
    """Return the first sentence on the total: where it stands."""
    first, stop, _ = summary.effect.partition("。")
    return first + stop


def _whole(lines: Sequence[Line]) -> str:
    """Say how many files were checked, and what was found in them together."""
    checked = [line.summary for line in lines if line.summary is not None]
    wrong = sum(summary.has_errors for summary in checked)
    counts = [sum(each.severities[severity] for each in checked) for severity in Severity]
    found = "，".join(
        f"{name}{count}处" for name, count in zip(SEVERITY_NAMES.values(), counts, strict=True)
    )
    unread = len(lines) - len(checked)
    return (
        f"共{len(lines)}份，检查了{len(checked)}份"
        f"{f'，读不了{unread}份' if unread else ''}；有错误的{wrong}份。{found}。"
    )


def batch_workbook(lines: Sequence[Line], folders: Sequence[Path | None]) -> bytes:
    """Return a table of many files as an .xlsx file (汇总表).

    Args:
        lines: One for each file.
        folders: Where the papers of each were written; None where there are none.
    """
    out, book = begun("体检汇总")
    looks = Looks(book)
    sheet = book.add_worksheet("汇总")
    heads = (*_HEADS, ("结果文件夹", 18))
    lay_out(sheet, looks, heads, frozen=2)
    formats = [looks.middle, looks.text, *[looks.count] * 8, *[looks.text] * 3]
    for row, (line, folder) in enumerate(zip(lines, folders, strict=True), start=1):
        cells = [row, line.name, *_counts(line), folder.name if folder else ""]
        sheet.set_row(row, height(cells, heads))
        write_row(sheet, row, cells, formats)
    sheet.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    book.close()
    return out.getvalue()


def _counts(line: Line) -> list[Cell]:
    said = "\n".join(line.remarks)
    summary = line.summary
    if summary is None:
        return [*[None] * 8, "", said]
    return [
        summary.total,
        *(summary.claims[state] for state in _ORDER),
        *(summary.severities[severity] for severity in Severity),
        _standing(summary) if summary.effect else "",
        said,
    ]
