"""How the proof page prints values, scores and origins (证明页的写法).

Everything becomes plain text here. Nothing is added up, and nothing is
escaped: the template and the script do that.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from steelyard.facts.ledger import Target
from steelyard.measure.dates import say_date
from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.number import places_needed, plain, trimmed
from steelyard.measure.quantity import Quantity, Value
from steelyard.provenance.origin import Origin
from steelyard.scoring.rules.rule import Ask

Plain = dict[str, object]
"""A record of texts, numbers and lists, ready for JSON."""

UNSCORED = "未评分"
MOST_PLACES = 6
"""Decimals of a computed value; what needs more is marked as rounded."""


def amount(value: Value) -> str:
    """Print a value without its unit; a computed one exactly, or marked ≈.

    >>> amount(Quantity.of(Fraction(2, 3)))
    '≈0.666667'
    """
    match value:
        case Quantity():
            if value.places is not None:
                return value.digits()
            exact = places_needed(value.amount) <= MOST_PLACES
            return ("" if exact else "≈") + trimmed(value.amount, MOST_PLACES)
        case bool():
            return "是" if value else "否"
        case date():
            return say_date(value)
        case Nothing():
            return "缺" if value is MISSING else "—"
        case str():
            return value


def unit_of(value: Value) -> str:
    """Return the name of the unit, nothing for what has none."""
    return value.unit.name if isinstance(value, Quantity) else ""


def shown(value: Value) -> str:
    """Print a value with its unit."""
    return amount(value) + unit_of(value)


def verdict(ask: Ask, value: Value) -> str:
    """Say a judgement in the words in which it was asked."""
    if isinstance(value, bool):
        good, bad = ("发生", "未发生") if ask.kind == "happened" else ("符合", "不符合")
        return good if value else bad
    if ask.kind == "defects" and isinstance(value, Quantity):
        return f"{amount(value)}处不符"
    return amount(value)


def score_text(value: Fraction | None, places: int) -> str:
    """Print points at the decimals of the framework."""
    return UNSCORED if value is None else plain(value, places)


def points_text(points: Fraction) -> str:
    """Print what can be earned, without needless zeros."""
    return trimmed(points, 4)


def rate_text(rate: Fraction | None) -> str:
    """Print a share as a percentage of two decimals."""
    return "—" if rate is None else f"{plain(rate * 100, 2)}%"


def change_text(change: Fraction | None, places: int) -> str:
    """Print by how much a total moves.

    >>> change_text(Fraction(-1, 2), 2), change_text(Fraction(0), 2)
    ('−0.50', '不变')
    """
    if change is None:
        return "无法计分"
    if not change:
        return "不变"
    return ("+" if change > 0 else "−") + plain(abs(change), places)


def origin_parts(origin: Origin | None) -> list[str]:
    """Return document, place, quote and record of an origin."""
    if origin is None:
        return ["", "", "", ""]
    return [origin.source, origin.place, origin.quote, origin.record]


def fact_door(name: str) -> str:
    """Return the address of a data item within the page."""
    return f"数据:{name}"


def row_door(table: str, key: str) -> str:
    """Return the address of a table row within the page."""
    return f"表:{table}[{key}]"


def target_door(target: Target) -> str:
    """Return the address of what a conflict is about."""
    return row_door(target.item, target.row) if target.is_cell else fact_door(target.item)
