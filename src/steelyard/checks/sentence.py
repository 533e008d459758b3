"""What a tie-out came to, in a sentence with both values (核对结论).

Every sentence is made from the derivation of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from steelyard.checks.tie_out import Result
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say, say_figures, say_value
from steelyard.formula.tree import Aggregate, Compare, Constant, Name
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT

_WANTED = {
    "=": "应相等",
    "≠": "两者应不同",
    "<": "前者应小于后者",
    "≤": "前者应不大于后者",
    ">": "前者应大于后者",
    "≥": "前者应不小于后者",
}
_WANTED_OF_ONE = {
    "=": "应为",
    "≠": "应不为",
    "<": "应小于",
    "≤": "应不大于",
    ">": "应大于",
    "≥": "应不小于",
}


def sentence(result: Result) -> str:
    """Say a result: what is claimed, both values, how they compare."""
    return f"{_about(result)}：{_outcome(result)}"


def _about(result: Result) -> str:
    row = result.row
    if row is None:
        return result.check.title
    name = row.cell("名称")
    label = name if isinstance(name, str) else row.key
    return f"{result.check.title}（{result.check.each}·{label}）"


def _outcome(result: Result) -> str:
    step, claim = result.step, result.check.claim
    if step is None:
        return f"{result.problem}，无法核对。"
    if result.state == "unknown":
        gaps = "、".join(dict.fromkeys(_gaps(step)))
        return f"缺少{gaps}，无法核对。" if gaps else "数据不适用（—），无需核对。"
    if not isinstance(claim, Compare):
        outcome = "成立" if result.state == "holds" else "不成立"
        return f"{say(claim)}（{say_figures(step)}），{outcome}。"
    return _compared(result, claim, step)


def _compared(result: Result, claim: Compare, step: Derivation) -> str:
    rates = [
        isinstance(value, Quantity) and value.unit is PERCENT
        for value in (result.left, result.right)
    ]
    first, second = result.left, result.right
    if any(rates):
        first, second = _as_rate(first), _as_rate(second)
    left = _side(step.inputs[0], first)
    right = _side(step.inputs[1], second)
    if isinstance(claim.right, Constant) and result.state == "broken":
        return f"{left}，{_WANTED_OF_ONE[claim.operator]}{right}。"
    difference = result.difference
    gap = ""
    if difference is not None and difference.base:
        size = replace(difference, base=abs(difference.base))
        gap = f"，相差{_plain(_as_rate(size) if any(rates) else size)}"
    match result.state:
        case "holds":
            return f"{left}，{right}，相符。"
        case "residue":
            return f"{left}，{right}{gap}，在四舍五入尾差之内。"
        case _:
            wanted = _WANTED[claim.operator]
            if isinstance(result.left, date):
                wanted = wanted.replace("小于", "早于").replace("大于", "晚于")
            return f"{left}，{right}，{wanted}{gap}。"


def _as_rate(value: Value) -> Value:
    """Print a plain number in percent, beside one that is."""
    if isinstance(value, Quantity) and not value.unit.name:
        return replace(value, unit=PERCENT, places=None)
    return value


def _side(step: Derivation, value: Value) -> str:
    figures, shown = say_figures(step), _plain(value)
    if isinstance(step.node, Constant):
        return shown
    if isinstance(step.node, Name | Aggregate) or figures == shown:
        return f"{say(step.node)}为{shown}"
    return f"{say(step.node)}={figures}={shown}"


def _plain(value: Value) -> str:
    if isinstance(value, Quantity):
        return f"{value.digits(4)}{value.unit.name}"
    return say_value(value)


def _gaps(step: Derivation) -> Iterator[str]:
    for each in step.steps():
        if each.value is MISSING and not each.inputs and isinstance(each.node, Name | Aggregate):
            name = say(each.node)
            yield name if name.startswith("“") else f"“{name}”"
