"""Whatever is typed, a formula is read or refused; nothing else happens."""

from __future__ import annotations

import ast
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard.formula.parse as formula_parse
from steelyard.errors import SteelyardError
from steelyard.formula.columns import Input, lower, run
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import Row, evaluate
from steelyard.formula.excel import excel
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_figures
from steelyard.formula.tree import Aggregate, Name, Node, height, needs, walk
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN, Unit, unit_named

VALUES: tuple[Value, ...] = (
    Quantity.of(Fraction(1, 3)),
    Quantity.of(0, unit_named("万元")),
    Quantity.of(-5, unit_named("%"), 0),
    MISSING,
    NOT_APPLICABLE,
    "已完成",
    True,
)


@dataclass(frozen=True)
class AnyRow:
    key: str

    def cell(self, column: str) -> Value | None:
        return VALUES[len(column + self.key) % len(VALUES)] if column else None


@dataclass(frozen=True)
class Anything:
    """Knows every name: what it is worth depends on nothing but its length."""

    shift: int

    def look_up(self, name: Name) -> Derivation:
        return Derivation(name, VALUES[(len(name.text) + self.shift) % len(VALUES)])

    def has_dash(self, table: str, column: str) -> bool:
        return not table and not column

    def rows(self, aggregate: Aggregate) -> tuple[Row, ...]:
        return tuple(AnyRow("一" * count) for count in range(len(aggregate.table) % 4))

    def zero(self, aggregate: Aggregate) -> Quantity:
        return Quantity.of(0, unit_named("万元") if aggregate.column else PLAIN)

    def column_of(self, node: Name | Aggregate) -> Input:
        kind = len(say(node)) % 4
        return Input(say(node), Fraction(100, 3), text=kind == 0, truth=kind == 1)

    def cell(self, name: Name) -> str:
        return f"$A${len(name.text)}"

    def unit(self, name: Name) -> Unit:
        return unit_named(("万元", "元", "人", "")[len(name.text) % 4])

    def is_input(self, name: Name) -> bool:
        return len(name.text) % 2 == 0

    def is_dash(self, node: Node) -> bool:
        return isinstance(node, Name) and len(node.text) % 3 == 0

    def dashes(self, node: Node) -> list[str]:
        return [self.cell(part) for part in walk(node) if isinstance(part, Name)][:3]

    def places(self, name: Name) -> int | None:
        return (None, 2, 6)[len(name.text) % 3]

    def column_places(self, table: str, column: str) -> int:
        return len(table + column) % 8

    def column(self, table: str, column: str) -> str:
        return f"$B${len(table)}:$B${len(column)}"

    def has_column(self, table: str, column: str) -> bool:
        return len(table) <= len(column)

    def is_number(self, table: str, column: str) -> bool:
        return len(table) == len(column)

    def column_unit(self, table: str, column: str) -> Unit:
        return unit_named("万元" if len(table) < len(column) else "")

    def table_rows(self, table: str) -> int:
        return len(table) % 3


class Sheet(Anything):
    """The same, with rows as a workbook counts them."""

    def rows(self, table: str) -> int:  # type: ignore[override]  # a workbook asks for a number
        return self.table_rows(table)


def through_all_faces(node: Node) -> None:
    """Evaluate, say, lower and write: nothing but our own errors may come out."""
    assert height(node) <= formula_parse.TALLEST
    needs(node)
    assert say(node)
    for shift in range(3):
        with contextlib.suppress(SteelyardError):
            step = evaluate(node, Anything(shift))
            assert say_figures(step)
            assert str(step.value) is not None
            assert len(step.names()) <= sum(1 for _ in walk(node))
    with contextlib.suppress(SteelyardError):
        program = lower(node, Anything(0))
        run(program, {name: [7, None, 0] for name in program.inputs})
    with contextlib.suppress(SteelyardError):
        assert excel(node, Sheet(0))


def try_out(text: str) -> None:
    try:
        node = parse(text)
    except SteelyardError as error:
        assert error.where.startswith("算式第")  # noqa: PT017 - either outcome is fine
        assert error.mend  # noqa: PT017
        return
    through_all_faces(node)


TOKENS = [
    *"甲乙丙()（）+-×÷*/=<>≤≥≠,，.%①5",
    *("且", "或", "非", "且非", "或者", "并且", "或有负债", "非税收入", "真", "假"),
    *("若(", "min(", "取大（", "abs(", "round(", "四舍五入(", "floor(", "进一("),
    *("count(", "sum(", "any(", "全部("),
    *("项目", "项目.决算数", "本行.状态", "状态", "【甲-乙】", "“已完成”", '"x"'),
    *("0", "1.50", "50万元", "3%", " 2)", "99999999999999999999", " ", "\n"),
]


class TestAnyText:
    @settings(max_examples=300)
    @given(st.text(max_size=60))
    def test_is_read_or_refused(self, text: str) -> None:
        try_out(text)

    @settings(max_examples=800)
    @given(st.lists(st.sampled_from(TOKENS), max_size=24).map("".join))
    def test_of_the_language_s_own_words_is_read_or_refused(self, text: str) -> None:
        try_out(text)

    @settings(max_examples=150)
    @given(
        st.recursive(
            st.sampled_from(["甲", "5", "乙>1", "“已完成”", "真", "0.1%"]),
            lambda inner: (
                st.tuples(inner, st.sampled_from("+-×÷=<≤且或"), inner).map(
                    lambda t: f"({t[0]} {t[1]} {t[2]})"
                )
                | inner.map(lambda t: f"非 {t}")
                | inner.map(lambda t: f"-{t}")
                | st.tuples(inner, inner, inner).map(lambda t: f"若({t[0]}, {t[1]}, {t[2]})")
                | st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})")
                | inner.map(lambda t: f"count(项目, {t})")
                | inner.map(lambda t: f"sum(项目.决算数, {t})")
                | inner.map(lambda t: f"round({t}, 2)")
            ),
            max_leaves=20,
        )
    )
    def test_of_well_formed_parts_goes_through_every_face(self, text: str) -> None:
        try_out(text)

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff甲",
            "甲\u200b乙",
            "甲\u0301",
            "\U0001f600",
            "𝟓+𝟓",
            "٣+٣",
            "e\u0301 × 2",
            "\ud800",
            "甲\x00乙",
            "甲\r\n+\r\n乙",
            "＝＝＝",
            "ⅷ+½",
            "甲\u202e+乙",
            "ﷺ" * 50,
            "__import__('os').system('true')",
            "eval(“1”)",
            "甲.__class__.__mro__",
            "lambda x: x",
            "{甲}",
            "%s%n",
            "=cmd|' /C calc'!A0",
        ],
    )
    def test_however_strange_is_read_or_refused(self, text: str) -> None:
        try_out(text)


def _chain(levels: int) -> str:
    text = "甲"
    for _ in range(levels):
        text = f"0 < ({text}) < 1"
    return text


def _nested(opening: str, closing: str, levels: int) -> str:
    return opening * levels + "甲" + closing * levels


LARGE: dict[str, Callable[[], str]] = {
    "brackets": lambda: _nested("(", ")", 3000),
    "brackets within bounds": lambda: _nested("(", ")", 39),
    "functions": lambda: _nested("abs(", ")", 39),
    "functions of two": lambda: _nested("max(1, ", ")", 39),
    "differences inside out": lambda: _nested("(1 - ", ")", 39),
    "signs": lambda: "-" * 1990 + "1",
    "turns": lambda: "非 " * 39 + "甲 > 1",
    "a sum": lambda: "+".join(["甲"] * 159),
    "a long sum": lambda: "+".join(["甲"] * 900),
    "a product": lambda: "×".join(["9" * 30] * 159),
    "a quotient": lambda: "÷".join(["1." + "3" * 30] * 159),
    "sums in sums": lambda: _nested("(1+1+1+1-", ")", 39),
    "powers of a sum": lambda: "(" * 38 + "甲" + "+1)×(甲+2" * 3 + ")" * 38,
    "comparisons": lambda: "<".join(["甲"] * 900),
    "comparisons in comparisons": lambda: _chain(38),
    "conditions": lambda: " 且 ".join(["甲>1"] * 400),
    "cases": lambda: _nested("若(甲>1, ", ", 0)", 39),
    "cases in conditions": lambda: _nested("若(0 < ", " < 1, 1, 2)", 39),
    "arms": lambda: "若(" + "甲>1, 1, " * 300 + "0)",
    "tables": lambda: "+".join(["count(项目, 甲>1 且 乙>1)"] * 100),
    "quotes": lambda: "“" * 5000,
    "names": lambda: "【" + "甲" * 9000 + "】",
    "digits": lambda: "9" * 9000,
    "dots": lambda: ".".join(["甲"] * 900),
    "commas": lambda: "min(" + "1," * 900 + "1)",
    "everything": lambda: "(" * 20 + "+".join(["-abs(甲 × 3% ÷ 7)"] * 60) + ")" * 20,
}


class TestALargeFormula:
    @pytest.mark.parametrize("make", LARGE.values(), ids=LARGE.keys())
    def test_is_read_or_refused_in_no_time(self, make: Callable[[], str]) -> None:
        began = time.perf_counter()
        try_out(make())
        assert time.perf_counter() - began < 2

    def test_leaves_room_on_the_stack(self) -> None:
        """The tallest tree there may be, below as many calls as a web server makes."""
        node = parse("(1 - " * 39 + "+".join(["甲"] * 110) + ")" * 39)

        def deeper(levels: int) -> None:
            return deeper(levels - 1) if levels else through_all_faces(node)

        deeper(200)


class TestThePackage:
    def test_has_no_way_to_run_anything(self) -> None:
        folder = Path(formula_parse.__file__).parent
        running = {"eval", "exec", "compile", "__import__", "open", "getattr", "globals", "input"}
        allowed = {
            "__future__", "collections", "dataclasses", "datetime", "fractions", "itertools",
            "math", "re", "steelyard", "typing",
        }  # fmt: skip
        for path in folder.glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in running, path
                if isinstance(node, ast.Import):
                    assert {name.name.partition(".")[0] for name in node.names} <= allowed, path
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").partition(".")[0] in allowed, path
