"""A new evaluation folder, with everything to fill in (新建评价文件夹).

Every data item, table and point of the framework gets its place; nothing is
filled in. Nothing that was there before is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from steelyard.evaluation.folder import (
    JUDGEMENT_COLUMNS,
    PUBLISHED_COLUMNS,
    READING_COLUMNS,
    Book,
)
from steelyard.facts.load_facts import CONFLICT_COLUMNS, FACT_COLUMNS, SOURCE_COLUMNS
from steelyard.files.rows import csv_text
from steelyard.files.text import FileUnreadable, WouldOverwrite, write_file


def begin(folder: Path, book: Book, *, reference: str, department: str, year: int) -> list[Path]:
    """Write a new evaluation folder.

    Args:
        folder: Where; it must not exist, or be empty.
        book: The framework.
        reference: How the folder names the framework.
        department: Who is evaluated.
        year: Which year.

    Returns:
        The files written, relative to the folder.

    Raises:
        WouldOverwrite: Something is there already.
        FileUnreadable: The place cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WouldOverwrite(folder)
    files = _files(book, reference, department, year)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise FileUnreadable(folder, error.strerror or "系统拒绝") from error
    try:
        for name, text in files.items():
            write_file(beside / name, text)
        beside.chmod(0o755)
        # A whole folder appears at once, or none.
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise FileUnreadable(folder, error.strerror or "系统拒绝") from error
    return [Path(name) for name in files]


def _files(book: Book, reference: str, department: str, year: int) -> dict[str, str]:
    dictionary = book.rubric.dictionary
    typed = [item for item in dictionary.items.values() if item.formula is None]
    facts = [
        [item.name, "", item.unit.name, "", "", "", "", _hint(item.supplier, item.meaning)]
        for item in typed
    ]
    judgements = [
        [each.leaf.text, ask.key, "", "", ""] for each in book.rubric.leaves for ask in each.asks()
    ]
    files = {
        "evaluation.toml": _settings(book, reference, department, year),
        "facts.csv": csv_text(FACT_COLUMNS, facts),
        "judgements.csv": csv_text(JUDGEMENT_COLUMNS, judgements),
        "conflicts.csv": csv_text(CONFLICT_COLUMNS, []),
        "readings.csv": csv_text(READING_COLUMNS, []),
        "sources.csv": csv_text(SOURCE_COLUMNS, []),
        "published.csv": csv_text(PUBLISHED_COLUMNS, []),
    }
    for spec in dictionary.tables.values():
        headers = [
            f"{column.name}（{column.unit.name}）" if column.unit.name else column.name
            for column in spec.columns
        ]
        files[f"tables/{spec.name}.csv"] = csv_text(headers, [])
    return files


def _hint(supplier: str, meaning: str) -> str:
    return f"〔{supplier}〕{meaning}" if supplier else meaning


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c >= " ") + '"'


def _settings(book: Book, reference: str, department: str, year: int) -> str:
    kind = book.rubric.framework.kind or "部门整体支出"
    lines = [
        f"title = {_quoted(f'{department}{year}年{kind}绩效评价')}",
        f"department = {_quoted(department)}",
        f"year = {year}",
        f"framework = {_quoted(reference)}",
        'agency = ""',
        'date = ""',
        "",
    ]
    for name in book.rubric.dictionary.tables:
        lines += [f"[tables.{_quoted(name)}]", 'source = ""', 'place = ""', ""]
    return "\n".join(lines)
