"""What taking would do, and did, as text and as records (采集结果)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from steelyard.intake.proposal import Proposal, State
from steelyard.intake.recognise.values import said
from steelyard.intake.sighting import Place
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity

if TYPE_CHECKING:
    from steelyard.facts.ledger import Ledger
    from steelyard.intake.batches.batch import Batch

_MOST = 40
"""Lines of one kind that are printed."""


def listing(proposal: Proposal, batch: Batch | None, *, dry_run: bool, stopped: bool) -> str:
    """Return the difference, the questions and the mistakes as text."""
    lines = list(_counts(proposal))
    lines += _mistakes(proposal)
    lines += _questions(proposal)
    lines += _contradictions(proposal)
    lines += _changes(proposal)
    seen = proposal.seen
    if seen.remarks:
        lines += ["", f"另请注意（{len(seen.remarks)}）"]
        lines += _some([f"  · {remark}" for remark in seen.remarks])
    if proposal.missing:
        shown = "、".join(proposal.missing[:12]) + ("等" if len(proposal.missing) > 12 else "")
        lines += ["", f"仍缺{len(proposal.missing)}项：{shown}"]
    return "\n".join([*lines, "", _end(proposal, batch, dry_run=dry_run, stopped=stopped)])


def _counts(proposal: Proposal) -> Iterator[str]:
    seen = proposal.seen
    whole = "，".join(f"{state.value}{proposal.count(state)}" for state in State)
    yield f"{whole}；疑问{len(seen.questions)}，错误{len(seen.mistakes)}。"
    if len(proposal.per_table) > 1:
        for name, counts in proposal.per_table.items():
            inner = "，".join(f"{state.value}{counts[state]}" for state in State if counts[state])
            yield f"  {name}：{inner}"


def _changes(proposal: Proposal) -> Iterator[str]:
    for state in (State.CHANGED, State.CONFLICT, State.NEW):
        changes = [change for change in proposal.changes if change.state is state]
        if not changes:
            continue
        yield ""
        yield f"{state.value}（{len(changes)}）"
        lines = []
        for change in changes:
            sighting = change.sighting
            now = said(sighting.value)
            value = now if change.before is MISSING else f"{said(change.before)} → {now}"
            if state is State.CONFLICT:
                value = f"现用{said(change.before)}（{change.origin}），这里是{now}"
            note = f"（{sighting.note}）" if sighting.note else ""
            where = f"{sighting.place.file} {sighting.place}"
            lines.append(f"  {sighting.target}：{value}{note}　〔{where}〕")
        yield from _some(lines)


def _questions(proposal: Proposal) -> Iterator[str]:
    questions = proposal.seen.questions
    if not questions:
        return
    yield ""
    yield f"疑问（{len(questions)}），没有取数；加 --map 对照.toml，答复后再运行"
    lines = []
    for number, each in enumerate(questions, start=1):
        cells = f"，共{each.cells}处" if each.cells > 1 else ""
        lines.append(f"  {number}. {each.text}　〔{each.place.file} {each.place}{cells}〕")
        if each.candidates:
            lines.append(f"     可答：{' / '.join(each.candidates)}")
    yield from _some(lines, 2 * _MOST)


def _mistakes(proposal: Proposal) -> Iterator[str]:
    mistakes = proposal.seen.mistakes
    if not mistakes:
        return
    yield ""
    yield f"错误（{len(mistakes)}）"
    yield from _some([f"  {number}. {each}" for number, each in enumerate(mistakes, start=1)])


def _contradictions(proposal: Proposal) -> Iterator[str]:
    """Yield what does not agree inside of the files, errors before what wants a reason."""
    found = sorted(proposal.seen.contradictions, key=lambda each: not each.certain)
    if not found:
        return
    yield ""
    yield f"核对（{len(found)}），不影响取数"
    lines = []
    for number, each in enumerate(found, start=1):
        kind = "不符" if each.certain else "请说明"
        where = "；".join(f"{place.file} {place}" for place in each.places[:4])
        lines.append(f"  {number}. {kind}：{each.what}{each.mend}　〔{where}〕")
    yield from _some(lines)


def _some(lines: Sequence[str], most: int = _MOST) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"  ……另有{len(lines) - most}行，--json 列出全部。"


def _end(proposal: Proposal, batch: Batch | None, *, dry_run: bool, stopped: bool) -> str:
    if batch is not None:
        said = (
            f"已作为第{batch.number}批写入{len(batch.entries)}个数据；"
            "撤销用 steelyard undo，逐项来源用 steelyard sources，勾稽用 steelyard verify。"
        )
        if proposal.count(State.CONFLICT):
            said += (
                "\n冲突已记入 conflicts.csv，先到的值暂用。核实后在“状态”填“已定”并写明采信理由；"
                "若改用另一值，请把 facts.csv（或表）里的数值和来源改成它，把原值记为“另一值”。"
            )
        return said
    if stopped:
        return "有错误，一个数也没有写入。改正后再交，或加 --partial 只写没有错误的数据。"
    if dry_run:
        return "这是预演，没有写入。"
    return "没有可写入的变化。" if not proposal.writes else "没有写入。"


# -- records ----------------------------------------------------------------------


def as_records(proposal: Proposal, batch: Batch | None) -> dict[str, Any]:
    """Return what was seen as plain records; numbers are written as texts."""
    return {
        "batch": None if batch is None else batch.number,
        "facts": [
            {
                "item": change.sighting.target.item,
                "row": change.sighting.target.row,
                "column": change.sighting.target.column,
                **_value(change.sighting.value),
                "period": change.sighting.period,
                "state": change.state.value,
                "before": None if change.before is MISSING else said(change.before),
                "note": change.sighting.note,
                "origin": _origin(change.sighting.place, change.sighting.quote),
            }
            for change in proposal.changes
        ],
        "questions": [
            {
                "item": [str(target) for target in each.about],
                "kind": each.doubt.value,
                "key": each.key,
                "text": each.text,
                "candidates": list(each.candidates),
                "cells": each.cells,
                "origin": _origin(each.place, each.quote),
            }
            for each in proposal.seen.questions
        ],
        "errors": [
            {
                "message": f"{each.what}{each.mend}",
                "item": None if each.about is None else str(each.about),
                "origin": _origin(each.place, each.quote),
            }
            for each in proposal.seen.mistakes
        ],
        "contradictions": [
            {
                "message": f"{each.what}{each.mend}",
                "certain": each.certain,
                "origins": [
                    _origin(place, quote)
                    for place, quote in zip_longest(each.places, each.quotes, fillvalue="")
                    if isinstance(place, Place)
                ],
            }
            for each in proposal.seen.contradictions
        ],
        "remarks": list(proposal.seen.remarks),
        "missing": list(proposal.missing),
    }


def _value(value: object) -> dict[str, str]:
    if isinstance(value, Quantity):
        return {"value": value.digits(12), "unit": value.unit.name}
    return {"value": said(value), "unit": ""}  # type: ignore[arg-type]  # a value all the same


def _origin(place: Place, quote: str) -> dict[str, Any]:
    return {
        "file": place.file,
        "sha256": place.sha256,
        "sheet": place.sheet,
        "cell": place.cell,
        "page": place.page,
        "place": str(place),
        "quote": quote,
    }


def source_records(ledger: Ledger, batches: Iterable[Batch]) -> list[dict[str, str]]:
    """Return where each value of an evaluation came from, the last batch that wrote it too."""
    written = {
        entry.item: (batch.number, entry)
        for batch in batches
        if not batch.undone
        for entry in batch.entries
        if entry.state != State.CONFLICT.value
    }
    records = []
    values = [(name, fact.value, fact.origin) for name, fact in ledger.facts.items()]
    for table in ledger.tables.values():
        values += [
            (f"{table.name}[{row.key}].{column}", value, row.origin)
            for row in table.rows
            for column, value in row.cells.items()
            if value is not MISSING
        ]
    for name, value, origin in values:
        number, entry = written.get(name, (0, None))
        records.append(
            {
                "item": name,
                "value": said(value),
                "source": origin.source if entry is None else entry.file,
                "place": origin.place if entry is None else entry.place,
                "quote": origin.quote if entry is None else entry.quote,
                "sha256": "" if entry is None else entry.sha256,
                "batch": str(number) if number else "",
            }
        )
    return records


def source_text(records: Sequence[dict[str, str]]) -> str:
    """Return the sources of all values as lines."""
    lines = []
    for each in records:
        place = " › ".join(part for part in (each["source"], each["place"]) if part)
        batch = f"　第{each['batch']}批" if each["batch"] else ""
        quote = f"　“{each['quote'][:30]}”" if each["quote"] else ""
        lines.append(f"{each['item']}　{each['value']}　{place or '来源未记'}{quote}{batch}")
    return "\n".join([*lines, f"共{len(records)}个数据。"])
