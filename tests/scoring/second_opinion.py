"""A second opinion on every rule, written from docs/framework-format.md.

Plain arithmetic on fractions: it knows no formulas, no trees, and nothing of the
rules as shipped.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Rule = dict[str, Any]
Reading = Mapping[str, str]
Measured = Callable[[Rule, Fraction, Fraction, Reading], Fraction]

EDGES = ("at", "from", "above", "to", "below")
ONE = Fraction(1)


def number(value: object) -> Fraction:
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def within(low: Fraction, value: Fraction, high: Fraction) -> Fraction:
    return max(low, min(value, high))


def printed(points: Fraction, places: int = 2) -> Fraction:
    """Half up; points are never negative."""
    return Fraction(math.floor(points * 10**places + Fraction(1, 2)), 10**places)


def rate_read(x: Fraction, rate: str) -> Fraction:
    """A rate kept at some decimals of a percent, half away from zero."""
    if rate == "exact":
        return x
    size = printed(abs(x), int(rate) + 2)
    return size if x >= 0 else -size


def completion(_: Rule, full: Fraction, x: Fraction, __: Reading) -> Fraction:
    return within(Fraction(0), full * x, full)


def completion_reverse(_: Rule, full: Fraction, x: Fraction, reading: Reading) -> Fraction:
    if x <= 1:
        return full
    if reading["reverse"] == "two-minus":
        return max(Fraction(0), full * (2 - x))
    return full / x


def completion_growth(rule: Rule, full: Fraction, x: Fraction, reading: Reading) -> Fraction:
    target = number(rule["target"])
    if x <= 0:
        return Fraction(0)
    share = (1 + x) / (1 + target) if reading["growth"] == "index" else x / target
    return within(Fraction(0), full * share, full)


def lies_in(band: Rule, x: Fraction) -> bool:
    if "at" in band:
        return x == number(band["at"])
    return (
        ("from" not in band or x >= number(band["from"]))
        and ("above" not in band or x > number(band["above"]))
        and ("to" not in band or x <= number(band["to"]))
        and ("below" not in band or x < number(band["below"]))
    )


def cover_all(written: list[Rule]) -> bool:
    """Tell whether bands leave no value out: at each edge, between any two, and beyond."""
    edges = sorted({number(band[key]) for band in written for key in EDGES if key in band})
    between = [(low + high) / 2 for low, high in itertools.pairwise(edges)]
    tried = [edges[0] - 1, *edges, *between, edges[-1] + 1]
    return all(any(lies_in(band, x) for band in written) for x in tried)


def bands(rule: Rule, full: Fraction, x: Fraction, reading: Reading) -> Fraction:
    worth = [
        full * number(band["share"]) if "share" in band else number(band["points"])
        for band in rule["bands"]
    ]
    for band, points in zip(rule["bands"], worth, strict=True):
        if lies_in(band, x):
            return points
    if reading.get("uncovered", "top") == "zero":
        return Fraction(0)
    # The bands right below and right above a value that lies between them.
    edges = [
        (number(band[key]), key, points)
        for band, points in zip(rule["bands"], worth, strict=True)
        for key in EDGES
        if key in band
    ]
    under = [
        (edge, points) for edge, key, points in edges if edge <= x and key in ("at", "to", "below")
    ]
    over = [
        (edge, points)
        for edge, key, points in edges
        if edge >= x and key in ("at", "from", "above")
    ]
    near = [points for edge, points in under if edge == max(under)[0]]
    near += [points for edge, points in over if edge == min(over)[0]]
    return max(worth) if max(worth) in near else Fraction(0)


def pass_fail(rule: Rule, full: Fraction, x: Fraction, _: Reading) -> Fraction:
    _, sign, limit = rule["when"].split()
    bound = number(limit)
    holds = {
        "≤": x <= bound, "<": x < bound, "≥": x >= bound, ">": x > bound, "=": x == bound,
        "≠": x != bound,
    }  # fmt: skip
    return full if holds[sign] else Fraction(0)


def steps(rule: Rule, full: Fraction, x: Fraction, reading: Reading) -> Fraction:
    base, above = number(rule["base"]), rule["side"] == "above"
    beyond = x - base if above else base - x
    if beyond < 0 and rule.get("open_side"):
        match reading["other_side"]:
            case "zero":
                return Fraction(0)
            case "mirror":
                beyond = -beyond
    if beyond <= 0:
        return full
    count = beyond / number(rule["each"])
    match reading["partial"]:
        case "whole":
            count = Fraction(math.floor(count))
        case "started":
            count = Fraction(math.ceil(count))
    lose = number(rule["lose"])
    if reading.get("promise") == "scale":
        lose = lose * full / number(rule["full"])
    return max(Fraction(0), full - lose * count)


def deduct_share(_: Rule, full: Fraction, x: Fraction, reading: Reading) -> Fraction:
    share = abs(x) if reading["negative"] == "absolute" else max(Fraction(0), x)
    return max(Fraction(0), full - full * share)


def per_task(rule: Rule, full: Fraction, x: Fraction, _: Reading) -> Fraction:
    return max(Fraction(0), full - number(rule["lose"]) * x)


def checklist(rule: Rule, full: Fraction, met: Sequence[bool], reading: Reading) -> Fraction:
    worth = [number(point["points"]) for point in rule["points"]]
    earned = sum((w for w, good in zip(worth, met, strict=True) if good), Fraction(0))
    if sum(worth) != full and reading["fit"] == "scale":
        return earned * full / sum(worth)
    return min(earned, full)


def checklist_share(rule: Rule, full: Fraction, met: Sequence[bool], _: Reading) -> Fraction:
    shares = [number(point["share"]) for point in rule["points"]]
    return full * min(ONE, sum((s for s, good in zip(shares, met, strict=True) if good), ONE * 0))


def checklist_defects(
    rule: Rule, full: Fraction, defects: Sequence[int], reading: Reading
) -> Fraction:
    lost = Fraction(0)
    for point, count in zip(rule["points"], defects, strict=True):
        share = number(point["share"])
        each = number(rule["lose"]) * (share if reading["base"] == "point" else 1)
        lost += min(each * count, share)
    return max(Fraction(0), full * (1 - lost))


def defects(rule: Rule, full: Fraction, count: int) -> Fraction:
    lose = number(rule["lose"])
    each = full * lose if str(rule["lose"]).endswith("%") else lose
    return max(Fraction(0), full - each * count)


MEASURED: dict[str, Measured] = {
    "completion": completion, "completion-reverse": completion_reverse,
    "completion-growth": completion_growth, "bands": bands, "satisfaction": bands,
    "pass-fail": pass_fail, "steps": steps, "deduct-share": deduct_share, "per-task": per_task,
}  # fmt: skip
