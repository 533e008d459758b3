"""Reading the tie-outs of a framework (读取勾稽关系).

The file is ``checks.toml`` beside the framework; a framework may have none.
Claims are parsed and their names and units checked before any is run.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from steelyard.checks.tie_out import Severity, TieOut
from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import Dictionary, Kind
from steelyard.facts.names import KindClash, check_names
from steelyard.files.records import Record, load_record
from steelyard.formula.parse import parse
from steelyard.formula.tree import Node

MOST_PLACES = 12


def load_checks(folder: Path, dictionary: Dictionary) -> tuple[TieOut, ...]:
    """Read ``checks.toml`` of a framework's directory.

    Raises:
        Gathered: Every mistake of the file, with line, field and mend.
    """
    path = folder / "checks.toml"
    if not path.exists():
        return ()
    problems = Problems()
    record = load_record(path, problems)
    checks: list[TieOut] = []
    for each in record.records("check"):
        checks.extend(_checks(each, dictionary))
    record.finish()
    seen: set[str] = set()
    for check in checks:
        if check.id in seen:
            record.wrong("check", f"编号“{check.id}”用了两次。", "请改用不同编号。")
        seen.add(check.id)
    problems.settle()
    return tuple(checks)


def _checks(record: Record, dictionary: Dictionary) -> list[TieOut]:
    record.name = record.text("id")
    title, claim = record.text("title"), record.text("claim")
    columns = record.texts("columns")
    each = record.text("each", "")
    severity = record.text("severity", "error")
    if severity not in ("error", "warning", "hint"):
        record.wrong("severity", f"不认识的级别“{severity}”。", "用 error、warning 或 hint。")
    places = record.optional_number("places")
    if places is not None and places not in range(MOST_PLACES + 1):
        record.wrong("places", f"保留位数应为0至{MOST_PLACES}的整数。", "通常为2。")
    where = record.text("where", "")
    kind, note = record.text("kind", "勾稽"), record.text("note", "")
    record.finish()
    if each and each not in dictionary.tables:
        record.wrong("each", f"数据字典中没有表“{each}”。", "请核对表名。")
        return []
    found = []
    for column in columns or ("",):
        node = _formula(record, "claim", claim.replace("{列}", column), each, dictionary)
        picked = (
            None
            if not where
            else _formula(record, "where", where.replace("{列}", column), each, dictionary)
        )
        if node is None:
            continue
        found.append(
            TieOut(
                id=f"{record.name}:{column}" if column else record.name,
                title=title.replace("{列}", column),
                claim=node,
                each=each,
                where=picked,
                severity=cast(Severity, severity),
                kind=kind,
                places=None if places is None else int(places),
                note=note,
            )
        )
    return found


def _formula(record: Record, key: str, text: str, each: str, dictionary: Dictionary) -> Node | None:
    try:
        node = parse(text)
        if check_names(node, dictionary, row=each or None) is not Kind.TRUTH:
            raise KindClash(node, "条件")
    except SteelyardError as error:
        record.problems.add(error.at(record.where(key)))
        return None
    return node
