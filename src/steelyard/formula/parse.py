"""From words to tree (语法).

The language has names, exact numbers, 且 或 非, comparisons that may chain,
a few functions of numbers, and functions over the rows of a table. It has no
loops, no assignment and no way to run anything.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from typing import cast

from steelyard.formula.tree import (
    Aggregate,
    Arithmetic,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Order,
    OverRows,
    Place,
    Scalar,
    height,
    walk,
)
from steelyard.formula.words import FormulaError, Word, cut
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN, UNITS

DEEPEST = 40
"""Brackets may nest this deep."""

LARGEST_LINK = 100
"""Nodes of ``b`` in ``a < b < c``: the tree holds it twice, and twice again inside out."""

TALLEST = 160
"""The tree may be this tall, so that no face runs out of stack."""

_ORDERS = {"=", "≠", "<", "≤", ">", "≥"}
_SCALARS: dict[str, Scalar] = {
    "min": "min",
    "最小": "min",
    "取小": "min",
    "max": "max",
    "最大": "max",
    "取大": "max",
    "abs": "abs",
    "绝对值": "abs",
    "floor": "floor",
    "取整": "floor",
    "ceil": "ceil",
    "进一": "ceil",
    "round": "round",
    "四舍五入": "round",
}
_OVER_ROWS: dict[str, OverRows] = {
    "count": "count",
    "计数": "count",
    "sum": "sum",
    "合计": "sum",
    "any": "any",
    "存在": "any",
    "all": "all",
    "全部": "all",
}
_CASES = {"if", "若", "如果"}
_TRUTHS = {"真": True, "true": True, "假": False, "false": False}
_ARITY: dict[Scalar, tuple[int, int]] = {
    "min": (2, 20),
    "max": (2, 20),
    "abs": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
    "round": (2, 2),
}


def parse(text: str) -> Node:
    """Read a formula.

    Args:
        text: The formula as written, Chinese names and official operators
            included.

    Raises:
        FormulaError: It cannot be read; says line, column and mend.

    >>> from steelyard.formula.say import say
    >>> say(parse("(决算数-预算数)/预算数"))
    '（决算数-预算数）÷预算数'
    """
    if not text.strip():
        raise FormulaError("算式是空的。", Place(1, 1), "请写出算式。")
    node = _Reader(cut(text)).whole()
    if height(node) > TALLEST:
        raise FormulaError("算式层次太多。", Place(1, 1), "请拆成几个数据项。")
    return node


class _Reader:
    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.position = 0
        self.depth = 0

    # -- the stream ----------------------------------------------------------

    @property
    def word(self) -> Word:
        return self.words[self.position]

    def take(self) -> Word:
        word = self.word
        self.position += 1
        return word

    def sign(self, *texts: str) -> Word | None:
        if self.word.kind == "sign" and self.word.text in texts:
            return self.take()
        return None

    def expect(self, text: str, mend: str) -> None:
        if self.sign(text) is None:
            raise FormulaError(f"此处应为“{text}”，{self.found()}。", self.word.at, mend)

    def found(self) -> str:
        return f"却是“{self.word.text}”" if self.word.text else "算式却到此为止"

    # -- the grammar, loosest first -------------------------------------------

    def whole(self) -> Node:
        node = self.either()
        if self.word.kind != "end":
            raise FormulaError(
                f"多出“{self.word.text}”。", self.word.at, "请检查前面是否少了运算符。"
            )
        return node

    def either(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("算式嵌套太深。", self.word.at, "请拆成几个数据项。")
        node = self.joined("or", lambda: self.joined("and", self.turned))
        self.depth -= 1
        return node

    def joined(self, operator: str, inner: Callable[[], Node]) -> Node:
        at = self.word.at
        operands = [inner()]
        while self.sign(operator):
            operands.append(inner())
        if len(operands) == 1:
            return operands[0]
        return Logic("and" if operator == "and" else "or", tuple(operands), at)

    def turned(self) -> Node:
        at = self.word.at
        if self.sign("not"):
            self.depth += 1
            if self.depth > DEEPEST:
                raise FormulaError("“非”叠得太多。", at, "请去掉多余的“非”。")
            inner = self.turned()
            self.depth -= 1
            return Not(inner, at)
        return self.compared()

    def compared(self) -> Node:
        left = self.summed()
        links: list[Node] = []
        while self.word.kind == "sign" and self.word.text in _ORDERS:
            word = self.take()
            if links and next(islice(walk(left), LARGEST_LINK, None), None) is not None:
                raise FormulaError("连续比较的中间一项太长。", word.at, "请先另设一个数据项。")
            right = self.summed()
            links.append(Compare(cast(Order, word.text), left, right, word.at))
            left = right
        if not links:
            return left
        return links[0] if len(links) == 1 else Logic("and", tuple(links), links[0].at)

    def summed(self) -> Node:
        return self.chain(("+", "-"), lambda: self.chain(("×", "÷"), self.signed))

    def chain(self, operators: tuple[str, ...], inner: Callable[[], Node]) -> Node:
        node, length = inner(), 0
        while (word := self.sign(*operators)) is not None:
            length += 1
            if length > TALLEST:
                raise FormulaError("连续运算太长。", word.at, "请改用 sum(表.列)。")
            node = Binary(cast(Arithmetic, word.text), node, inner(), word.at)
        return node

    def signed(self) -> Node:
        at = self.word.at
        turns = 0
        while (word := self.sign("-", "+")) is not None:
            turns += word.text == "-"
        node = self.atom()
        return Negate(node, at) if turns % 2 else node

    def atom(self) -> Node:
        word = self.take()
        match word.kind:
            case "number":
                return self.quantity(word)
            case "text":
                return Constant(word.text, word.at)
            case "name":
                return self.named(word)
            case "sign" if word.text == "(":
                node = self.either()
                self.expect(")", "请补上右括号。")
                return node
        self.position -= 1
        raise FormulaError(f"此处应为数据项、数字或括号，{self.found()}。", word.at, "请补全算式。")

    def quantity(self, word: Word) -> Node:
        value = Fraction(word.text)
        places = len(word.text.partition(".")[2])
        unit = PLAIN
        if self.sign("%"):
            unit = PERCENT
        elif self.word.kind == "name" and not self.word.spaced:
            named = UNITS.get(self.word.text)
            if named is not None:
                unit = named
                self.take()
        return Constant(Quantity.of(value, unit, places), word.at)

    def named(self, word: Word) -> Node:
        if self.word.kind == "sign" and self.word.text == "(":
            return self.called(word)
        lowered = word.text.lower()
        if lowered in _TRUTHS:
            return Constant(_TRUTHS[lowered], word.at)
        path = [word.text]
        while self.sign("."):
            part = self.take()
            if part.kind not in ("name", "number"):
                raise FormulaError("“.”后面应为名称。", part.at, "例如：项目.决算数。")
            path.append(part.text)
        return Name(tuple(path), word.at)

    # -- functions -------------------------------------------------------------

    def called(self, word: Word) -> Node:
        name = word.text.lower()
        self.expect("(", "请补上左括号。")
        if name not in _CASES | _SCALARS.keys() | _OVER_ROWS.keys():
            raise FormulaError(
                f"没有名为“{word.text}”的函数。",
                word.at,
                "可用：count sum any all min max abs floor ceil round 若。",
            )
        arguments = self.arguments()
        if name in _CASES:
            return self.case(arguments, word)
        if name in _OVER_ROWS:
            return self.aggregate(_OVER_ROWS[name], arguments, word)
        function = _SCALARS[name]
        least, most = _ARITY[function]
        if not least <= len(arguments) <= most:
            raise FormulaError(
                f"“{word.text}”的参数个数不对。", word.at, f"应为{least}至{most}个。"
            )
        if function == "round":
            self.check_places(arguments[1])
        return Call(function, tuple(arguments), word.at)

    def arguments(self) -> list[Node]:
        arguments: list[Node] = []
        if self.sign(")"):
            return arguments
        arguments.append(self.either())
        while self.sign(","):
            arguments.append(self.either())
        self.expect(")", "请补上右括号，或用逗号分开参数。")
        return arguments

    def case(self, arguments: list[Node], word: Word) -> Node:
        if len(arguments) < 3 or len(arguments) % 2 == 0:
            raise FormulaError("“若”的写法不对。", word.at, "应为：若(条件, 值, 否则的值)。")
        pairs = list(zip(arguments[:-1:2], arguments[1:-1:2], strict=True))
        return Case(tuple(pairs), arguments[-1], word.at)

    def aggregate(self, function: OverRows, arguments: list[Node], word: Word) -> Node:
        if not 1 <= len(arguments) <= 2 or not isinstance(arguments[0], Name):
            raise FormulaError(
                f"“{word.text}”的第一项应为表或表的列。",
                word.at,
                "例如：count(项目, 状态≠“已完成”) 或 sum(项目.决算数)。",
            )
        path = arguments[0].path
        condition = arguments[1] if len(arguments) == 2 else None
        wanted = 2 if function == "sum" else 1
        if len(path) != wanted:
            example = "sum(项目.决算数)" if function == "sum" else f"{function}(项目, 条件)"
            raise FormulaError(f"“{word.text}”的第一项写法不对。", word.at, f"例如：{example}。")
        if function in ("any", "all") and condition is None:
            raise FormulaError(
                f"“{word.text}”缺少条件。", word.at, f"例如：{function}(项目, 条件)。"
            )
        if condition is not None and any(isinstance(part, Aggregate) for part in walk(condition)):
            raise FormulaError("条件里不能再用表函数。", word.at, "请先另设一个数据项。")
        if condition is not None and any(isinstance(part, Call | Case) for part in walk(condition)):
            # A workbook would apply the function to the whole column at once.
            raise FormulaError(
                "条件里只用比较、且或非和四则运算。", word.at, "请把其余的写成表的一列。"
            )
        column = path[1] if wanted == 2 else None
        return Aggregate(function, path[0], column, condition, word.at)

    def check_places(self, node: Node) -> None:
        fits = (
            isinstance(node, Constant)
            and isinstance(node.value, Quantity)
            and node.value.base in range(13)
        )
        if not fits:
            raise FormulaError("保留位数应为0至12的整数。", node.at, "例如：round(x, 2)。")
