"""Rates that follow from the department's own quantities (由主要指标得出的比率): R01.

A rate stands in one chapter, what it is made of in another. Where each of its parts
has one value in the whole report, the rate is worked out from them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from steelyard.doctor.arithmetic import (
    agreement,
    in_figures,
    is_printed_so,
    printed_as,
    same_amount,
    worked_out,
)
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.ledger import State
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.mention import Mention
from steelyard.doctor.quantities.terms import said_terms
from steelyard.doctor.view.passage import NUMBER
from steelyard.doctor.view.view import CASE, View

_EXCEPT = re.compile("剔除|扣除|不含|除外|上级|不可抗力|政策性")
"""The rate is of something less than the whole."""
_WORD = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Derived:
    """A rate with the formulas in use for it (比率)."""

    rate: str
    readings: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("derived.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def derived() -> tuple[Derived, ...]:
    """Return the rates of derived.toml."""
    return tuple(Derived(each["rate"], tuple(each["readings"])) for each in _data()["derived"])


def check(view: View, pen: Pen) -> None:
    """Work out every rate whose parts have one value."""
    said = said_terms(view)
    known = {name: one for name, all_of in said.items() if (one := _only(all_of)) is not None}
    for each in derived():
        rates = said.get(each.rate, [])
        excused = {rate.figure.value for rate in rates if _is_excused(rate, pen)}
        for mention in rates:
            if mention.figure.value not in excused:
                _hold(each, mention, known, pen)
    spent = known.get(_data()["growth"]["term"])
    if spent is not None:
        _growth(view, spent, pen)


def _is_excused(rate: Mention, pen: Pen) -> bool:
    """Say whether a rate is worked out where it stands, or is of something less."""
    verified = pen.ledger.entry(rate.figure).state >= State.VERIFIED
    return verified or rate.figure.about or bool(_EXCEPT.search(rate.passage.text))


def _only(said: list[Mention]) -> Mention | None:
    """Return the finest mention of a quantity that has one value, None where it has several."""
    own = [each for each in said if each.passage.document.kind != CASE]
    if not own or any(not same_amount(own[0].figure, each.figure) for each in own):
        return None
    return max(own, key=lambda each: (bool(each.figure.unit), each.figure.places))


def _hold(each: Derived, mention: Mention, known: dict[str, Mention], pen: Pen) -> None:
    rate, passage = mention.figure, mention.passage
    if passage.document.kind == CASE:
        return
    found = list(_worked(each, known))
    for formula, parts in found:
        inputs = {name: part.figure for name, part in parts.items()}
        if agreement(formula, inputs, rate) != "no":
            pen.verified("R01", [rate, *inputs.values()])
            return
    if not found or len(found) < len([r for r in each.readings if "调整数" not in r]):
        return
    formula, parts = found[0]
    inputs = {name: part.figure for name, part in parts.items()}
    value = worked_out(formula, {name: figure.base for name, figure in inputs.items()})
    if value is None:
        return
    due = printed_as(value, rate)
    pen.find(
        "R01",
        Severity.QUESTION,
        f"{each.rate}印作{rate.text}，按文中的{'、'.join(parts)}应为{due}。",
        [
            place_of(passage, rate),
            *(place_of(part.passage, part.figure) for part in parts.values()),
        ],
        computed=f"{in_figures(formula, inputs)}={due}",
        figures=[rate],
    )


def _worked(each: Derived, known: dict[str, Mention]) -> Iterator[tuple[str, dict[str, Mention]]]:
    """Yield the readings of which all parts are known."""
    for formula in each.readings:
        names = list(dict.fromkeys(_WORD.findall(formula)))
        if all(name in known for name in names):
            yield formula, {name: known[name] for name in names}


def _growth(view: View, spent: Mention, pen: Pen) -> None:
    """Compare the growth over a year that a sentence gives with this year's spending."""
    pattern = re.compile(_data()["growth"]["pattern"].replace("#", NUMBER))
    for passage in view.prose:
        for match in pattern.finditer(passage.skeleton.text):
            before, rate = (passage.skeleton.figure_at(match.start(k)) for k in ("before", "rate"))
            if int(match["this"]) != int(match["last"]) + 1 or rate.unit != "%" or not before.value:
                continue
            if before.dimension != spent.figure.dimension:
                continue
            growth = spent.figure.base / before.base - 1
            if is_printed_so(growth, rate):
                pen.verified("R01", [before, rate, spent.figure])
                continue
            due = printed_as(growth, rate)
            pen.find(
                "R01",
                Severity.QUESTION,
                f"增长率印作{rate.text}，按文中{match['this']}年支出{spent.figure.text}应为{due}。",
                [
                    place_of(passage, rate),
                    place_of(passage, before),
                    place_of(spent.passage, spent.figure),
                ],
                computed=f"{spent.figure.digits}÷{before.digits}-1={due}",
                figures=[rate],
            )
