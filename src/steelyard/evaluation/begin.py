"""A new evaluation folder, with everything to fill in (新建评价文件夹).

Every data item, table and point of the framework gets its place; nothing is
filled in. Nothing that was there before is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from steelyard.evaluation.folder import PUBLISHED_COLUMNS, Book, process_dictionary
from steelyard.evaluation.judgements import JUDGEMENT_COLUMNS, READING_COLUMNS
from steelyard.facts.load_facts import CONFLICT_COLUMNS, FACT_COLUMNS, SOURCE_COLUMNS
from steelyard.files.rows import csv_text
from steelyard.files.text import NotWritten, WouldOverwrite, write_file
from steelyard.findings.load import FINDING_COLUMNS, RECOMMENDATION_COLUMNS


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
        NotWritten: The place cannot be written to.
    """
    files = _files(book, reference, department, year)
    try:
        target = folder.resolve()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise WouldOverwrite(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new.", dir=target.parent))
    except OSError as error:
        raise NotWritten(folder, error) from error
    try:
        for name, text in files.items():
            write_file(beside / name, text)
        beside.chmod(0o755)
        # A whole folder appears at once, or none; one that stands there, perhaps
        # as somebody's current directory, is filled instead.
        if target.exists():
            for path in sorted(beside.iterdir()):
                path.rename(target / path.name)
        else:
            beside.rename(target)
    except OSError as error:
        raise NotWritten(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [Path(name) for name in files]


def _files(book: Book, reference: str, department: str, year: int) -> dict[str, str]:
    dictionary = book.rubric.dictionary.over(process_dictionary())
    typed = [item for item in dictionary.items.values() if item.formula is None]
    facts = [
        [item.name, "", item.unit.name, "", "", "", "", _hint(item.supplier, item.meaning)]
        for item in typed
    ]
    judgements = [
        [each.leaf.text, ask.key, "", "", "", ask.text, _ANSWERS[ask.kind]]
        for each in book.rubric.leaves
        for ask in each.asks()
    ]
    readings = [
        [each.leaf.text, axis.question, "", "", "", " / ".join(axis.choices.values())]
        for each in book.rubric.leaves
        for axis in each.axes
        if axis.key not in _SELDOM or axis.key in each.leaf.readings
    ]
    files = {
        "evaluation.toml": _settings(book, reference, department, year),
        "facts.csv": csv_text(FACT_COLUMNS, facts),
        "judgements.csv": csv_text(JUDGEMENT_COLUMNS, judgements),
        "conflicts.csv": csv_text(CONFLICT_COLUMNS, []),
        "readings.csv": csv_text(READING_COLUMNS, readings),
        "sources.csv": csv_text(SOURCE_COLUMNS, []),
        "published.csv": csv_text(PUBLISHED_COLUMNS, []),
        "findings.csv": csv_text(FINDING_COLUMNS, []),
        "recommendations.csv": csv_text(RECOMMENDATION_COLUMNS, []),
    }
    for spec in dictionary.tables.values():
        headers = [
            f"{column.name}（{column.unit.name}）" if column.unit.name else column.name
            for column in spec.columns
        ]
        files[f"tables/{spec.name}.csv"] = csv_text(headers, [])
    files["填写说明.md"] = _guide(book)
    return files


_ANSWERS = {"met": "符合 / 不符合", "defects": "不符处数，如 0", "happened": "发生 / 未发生"}
_SELDOM = ("zero_base", "not_applicable", "rate")
"""Axes that every measured leaf has; they are listed only where the framework speaks of them."""


def _guide(book: Book) -> str:
    """Return what a person needs to fill the folder in, in Chinese."""
    lines = [
        f"# 填写说明：{book.rubric.framework.title}",
        "",
        "空格表示缺，“—”表示不适用，0 就是零。",
        "数字不带单位，单位写在单位栏或表头括号里；百分数写 80，单位写 %。",
        "",
        "- facts.csv：每个数据项一行。来源填 sources.csv 的编号或名称。",
        "- judgements.csv：“结论”照“可填”栏填写；扣分的要写理由。",
        "- readings.csv：“采用”留空即用指标体系的口径；另选的，从“可选”栏抄写，并写理由。",
        "- conflicts.csv：同一数据另有来源、数值不同的，登记在此；状态填 未决 或 已定。",
        "- findings.csv：每个问题一行。“指标”填因此扣分的指标，以“、”分隔；未影响得分的留空。",
        "- recommendations.csv：每条建议一行。“问题”填所对应问题的编号，以“、”分隔。",
        "- tables：没有内容可列的表，写一行，键填“—”；表函数用到的列不能有空格。",
        "",
        "## 各表的列",
    ]
    for spec in book.rubric.dictionary.over(process_dictionary()).tables.values():
        lines += ["", f"### {spec.name}（键：{spec.key}）", ""]
        lines += [spec.meaning, ""] if spec.meaning else []
        for column in spec.columns:
            kind = "、".join(column.choices) if column.choices else column.kind.value
            unit = f"，{column.unit.name}" if column.unit.name else ""
            lines.append(f"- {column.name}：{kind}{unit}{'（可省略）' if column.optional else ''}")
    return "\n".join([*lines, ""])


def _hint(supplier: str, meaning: str) -> str:
    return f"〔{supplier}〕{meaning}" if supplier else meaning


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'


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
    for name in book.rubric.dictionary.over(process_dictionary()).tables:
        lines += [f"[tables.{_quoted(name)}]", 'source = ""', 'place = ""', ""]
    return "\n".join(lines)
