"""CSV files as rows that know their line (数据行).

Headers are checked before anything is read; a row keeps its line, so that
every later mistake can name it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.text import LARGEST, load_text

MOST_ROWS = 200_000
MOST_COLUMNS = 500


class BadTable(SteelyardError):
    """A CSV file whose header or rows do not fit."""

    code = "files.bad-table"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file: its cells, stripped, by header (行)."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, header: str) -> str:
        """Return a cell, empty when the file has no such column."""
        return self.cells.get(header, "")

    def where(self, header: str = "") -> str:
        """Return the place of the row, or of one of its cells."""
        field = f"“{header}”" if header else ""
        return f"{self.file} 第{self.line}行{field}"


def load_rows(
    path: Path,
    needed: Sequence[str],
    allowed: Sequence[str] | None = None,
    *,
    largest: int = LARGEST,
    name: str = "",
) -> list[Row]:
    """Read a CSV file.

    Args:
        path: The file.
        needed: Headers that must be there.
        allowed: Headers that may be there besides; None for any.
        largest: Bytes that the file may have.
        name: How the file is called in messages; its own name if not given.

    Raises:
        Gathered: Headers are missing, doubled or unknown; rows are too long.
        SteelyardError: The file cannot be read as text.
    """
    text = load_text(path, largest)
    name = name or path.name
    reader = csv.reader(io.StringIO(text), strict=True)
    problems = Problems()
    rows: list[Row] = []
    line = 1
    try:
        headers = [cell.strip() for cell in next(reader, [])]
        # Spreadsheets write commas for columns that were once used and are empty now.
        while headers and not headers[-1]:
            headers.pop()
        _check_headers(name, headers, needed, allowed, problems)
        problems.settle()
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(name, line, headers, cells, problems))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise BadTable(what=f"超过{MOST_ROWS}行，未读取。", where=name, mend="请拆分文件。")
    except csv.Error as error:
        what = "引号或分隔符不配对，无法分列。"
        # A quote that is never closed is found at the end, but stands where the row begins.
        raise BadTable(
            what="有一格过长，无法读取。" if "limit" in str(error) else what,
            where=f"{name} 第{line}行",
            mend="请检查这一行的英文双引号是否成对。",
        ) from error
    problems.settle()
    return rows


def _check_headers(
    name: str,
    headers: list[str],
    needed: Sequence[str],
    allowed: Sequence[str] | None,
    problems: Problems,
) -> None:
    where = f"{name} 第1行"
    if len(headers) > MOST_COLUMNS:
        raise BadTable(what=f"超过{MOST_COLUMNS}列，未读取。", where=where, mend="请核对文件。")
    times = Counter(headers)
    for header in needed:
        if header not in headers:
            problems.add(
                BadTable(
                    what=f"缺少列“{header}”。",
                    where=where,
                    mend=f"表头应有：{'、'.join(needed)}。",
                )
            )
    for header in dict.fromkeys(headers):
        if times[header] > 1:
            problems.add(
                BadTable(
                    what=f"列“{header}”出现了{times[header]}次。",
                    where=where,
                    mend="请只保留一列。",
                )
            )
        if allowed is not None and header not in (*needed, *allowed):
            problems.add(
                BadTable(
                    what=f"不认识的列“{header}”。",
                    where=where,
                    mend=f"可用的列：{'、'.join((*needed, *allowed))}。",
                )
            )


def _row(name: str, line: int, headers: list[str], cells: list[str], problems: Problems) -> Row:
    if len(cells) > len(headers) and any(c.strip() for c in cells[len(headers) :]):
        problems.add(
            BadTable(
                what=f"这一行有{len(cells)}格，表头只有{len(headers)}列。",
                where=f"{name} 第{line}行",
                mend="含逗号的内容请加英文双引号。",
            )
        )
    padded = cells + [""] * (len(headers) - len(cells))
    return Row(name, line, {h: c.strip() for h, c in zip(headers, padded, strict=False)})


def headers_of(path: Path) -> list[str]:
    """Return the headers of a CSV file that may have no rows.

    Raises:
        SteelyardError: The file cannot be read as text.
    """
    headers = next(csv.reader(io.StringIO(load_text(path))), [])
    return [header.strip() for header in headers if header.strip()]


def csv_text(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV text with a BOM, so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()
