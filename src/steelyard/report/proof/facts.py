"""Figures, table rows and sources as plain records (数据与来源).

Each says what it is worth, where it stands in the papers and in the folder,
and which indicators and checks rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.ledger import Fact, Table
from steelyard.formula.tree import Name
from steelyard.measure.nothing import MISSING
from steelyard.report.proof.steps import Steps
from steelyard.report.proof.text import Plain, amount, origin_parts, shown, unit_of

_ADDRESS = {"leaves": "path", "checks": "door"}


def fact_records(
    evaluation: Evaluation, steps: Steps, readers: Mapping[str, list[Plain]]
) -> dict[str, Plain]:
    """Return every figure: typed, computed, or asked for and missing.

    Args:
        evaluation: Holds the ledger and the dictionary.
        steps: All derivations of the page.
        readers: Records of leaves and of checks; each lists its ``facts``.
    """
    ledger = evaluation.ledger
    facts = {name: _fact(evaluation, fact) for name, fact in ledger.facts.items()}
    for name, number in steps.computed.items():
        value = ledger.look_up(Name(tuple(name.split(".")))).value
        facts[name] = _fact(evaluation, Fact(name, value)) | {"step": number}
    used: dict[str, dict[str, list[object]]] = {}
    for kind, records in readers.items():
        for record in records:
            for name in _names(record["facts"]):
                used.setdefault(name, {}).setdefault(kind, []).append(record[_ADDRESS[kind]])
    for place, conflict in enumerate(evaluation.conflicts):
        if not conflict.target.is_cell:
            used.setdefault(conflict.target.item, {}).setdefault("conflicts", []).append(place)
    for name, uses in used.items():
        known = facts.get(name) or _fact(evaluation, Fact(name, MISSING))
        facts[name] = known | uses
    return facts


def _names(listed: object) -> Iterable[str]:
    return [str(each) for each in listed] if isinstance(listed, list) else []


def _fact(evaluation: Evaluation, fact: Fact) -> Plain:
    item = evaluation.ledger.dictionary.items.get(fact.item)
    record: Plain = {
        "amount": amount(fact.value),
        "unit": unit_of(fact.value),
        "origin": origin_parts(fact.origin),
        "period": fact.period,
        "note": fact.note,
    }
    if item is not None:
        record |= {"meaning": item.meaning, "supplier": item.supplier}
    return record


def table_record(evaluation: Evaluation, table: Table) -> Plain:
    """Return a table with all its rows, each with its place."""
    spec = evaluation.ledger.dictionary.tables.get(table.name)
    first = table.rows[0].cells if table.rows else {}
    columns = list(first) if spec is None else [column.name for column in spec.columns]
    return {
        "meaning": "" if spec is None else spec.meaning,
        "origin": origin_parts(table.origin),
        "columns": columns,
        "rows": [
            {
                "key": row.key,
                "cells": [shown(row.cells.get(column, MISSING)) for column in columns],
                "place": row.origin.place,
                "record": row.origin.record,
            }
            for row in table.rows
        ],
        "conflicts": [
            [place, conflict.target.row, conflict.target.column]
            for place, conflict in enumerate(evaluation.conflicts)
            if conflict.target.is_cell and conflict.target.item == table.name
        ],
    }


def source_records(evaluation: Evaluation) -> dict[str, Plain]:
    """Return the documents, by the title that origins name them with."""
    return {
        source.title: {
            "id": source.id,
            "file": source.file,
            "sha256": source.sha256,
            "note": source.note,
        }
        for source in evaluation.sources.values()
    }
