"""From official wording to a tree."""

from fractions import Fraction

import pytest

from steelyard.formula.parse import parse
from steelyard.formula.tree import (
    Aggregate,
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
    add_up,
    height,
    needs,
    walk,
)
from steelyard.formula.words import FormulaError
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named

A, B, C = Name(("甲",)), Name(("乙",)), Name(("丙",))


def number(text: str, unit: str = "") -> Constant:
    return Constant(Quantity.of(Fraction(text), unit_named(unit)))


class TestOperators:
    @pytest.mark.parametrize("sign", ["×", "*", "＊", "✕"])
    def test_of_a_product_are_one(self, sign: str) -> None:
        assert parse(f"甲 {sign} 乙") == Binary("×", A, B)

    @pytest.mark.parametrize("sign", ["÷", "/", "／", "∕"])
    def test_of_a_quotient_are_one(self, sign: str) -> None:
        assert parse(f"甲{sign}乙") == Binary("÷", A, B)

    @pytest.mark.parametrize("sign", ["-", "－", "−", "–"])
    def test_of_a_difference_are_one(self, sign: str) -> None:
        assert parse(f"甲{sign}乙") == Binary("-", A, B)

    @pytest.mark.parametrize(
        ("signs", "operator"),
        [
            (("=", "==", "＝"), "="),
            (("≠", "!=", "！=", "<>"), "≠"),
            (("<", "＜", "﹤"), "<"),
            (("≤", "<=", "=<", "≦"), "≤"),
            ((">", "＞", "﹥"), ">"),
            ((">=", "=>", "≧", "≥"), "≥"),
        ],
    )
    def test_of_a_comparison_are_one(self, signs: tuple[str, ...], operator: str) -> None:
        for sign in signs:
            node = parse(f"甲{sign}乙")
            assert isinstance(node, Compare)
            assert (node.operator, node.left, node.right) == (operator, A, B)

    @pytest.mark.parametrize("text", ["(甲)", "（甲）", "［甲］", "[甲]", "((甲))", "+甲", "--甲"])
    def test_that_change_nothing_leave_no_trace(self, text: str) -> None:
        assert parse(text) == A

    def test_bind_as_in_arithmetic(self) -> None:
        assert parse("甲+乙×丙") == Binary("+", A, Binary("×", B, C))
        assert parse("甲-乙-丙") == Binary("-", Binary("-", A, B), C)
        assert parse("甲÷乙÷丙") == Binary("÷", Binary("÷", A, B), C)
        assert parse("-甲×乙") == Binary("×", Negate(A), B)
        assert parse("甲--乙") == Binary("-", A, Negate(B))

    def test_bind_conditions_loosest(self) -> None:
        """甲>1 或 乙>1 且 非 丙=1+2"""
        node = parse("甲>1 或 乙>1 且 非 丙=1+2")
        inner = Not(Compare("=", C, Binary("+", number("1"), number("2"))))
        right = Logic("and", (Compare(">", B, number("1")), inner))
        assert node == Logic("or", (Compare(">", A, number("1")), right))


class TestAChain:
    def test_of_comparisons_is_all_of_them(self) -> None:
        """90% ≤ 甲 < 100%"""
        ninety, hundred = number("90", "%"), number("100", "%")
        expected = Logic("and", (Compare("≤", ninety, A), Compare("<", A, hundred)))
        assert parse("90% ≤ 甲 < 100%") == expected

    def test_may_be_long_only_in_simple_things(self) -> None:
        middle = "+".join(["甲"] * 60)
        assert height(parse(f"0 < 1 < {middle} + 1")) == 63
        with pytest.raises(FormulaError, match="连续比较的中间一项太长"):
            parse(f"0 < {middle} < 1")


class TestAJoiner:
    @pytest.mark.parametrize(
        ("text", "operator"),
        [
            ("甲>5且乙>3", "and"),
            ("甲>5且3<乙", "and"),
            ("甲>5或乙>3", "or"),
            ("甲>5并且乙>3", "and"),
            ("甲>5或者乙>3", "or"),
            ("甲>5%且乙>3", "and"),
            ("(甲>5)且(乙>3)", "and"),
            ("甲=“是”或乙=“是”", "or"),
            ("甲>50万元且乙>3万元", "and"),
            ("甲>5亿元或者乙>3亿元", "or"),
            ("甲 > 乙 且 乙 > 丙", "and"),
            ("甲 > 乙 AND 乙 > 丙", "and"),
            ("甲 > 乙 && 乙 > 丙", "and"),
            ("甲 > 乙 || 乙 > 丙", "or"),
        ],
    )
    def test_is_seen_right_behind_a_value(self, text: str, operator: str) -> None:
        node = parse(text)
        assert isinstance(node, Logic)
        assert node.operator == operator
        assert all(isinstance(each, Compare) for each in node.operands)

    def test_inside_a_name_belongs_to_the_name(self) -> None:
        assert parse("或有负债") == Name(("或有负债",))
        assert parse("1 + 非税收入") == Binary("+", number("1"), Name(("非税收入",)))

    def test_keeps_the_column_of_what_follows(self) -> None:
        with pytest.raises(FormulaError) as caught:
            parse("甲>5万元且)")
        assert caught.value.where == "算式第1行第7列"


class TestANumber:
    @pytest.mark.parametrize(
        ("text", "base"),
        [
            ("0.1", "0.1"),
            ("5%", "0.05"),
            ("5 ％", "0.05"),
            ("50万元", "500000"),
            ("1.5亿元", "150000000"),
            ("１２．５", "12.5"),
            ("3个百分点", "0.03"),
            ("007", "7"),
        ],
    )
    def test_is_exact_and_may_carry_a_unit(self, text: str, base: str) -> None:
        node = parse(text)
        assert isinstance(node, Constant)
        assert isinstance(node.value, Quantity)
        assert node.value.base == Fraction(base)

    def test_keeps_the_zeros_that_were_written(self) -> None:
        node = parse("72.50%")
        assert isinstance(node, Constant)
        assert str(node.value) == "72.50%"


class TestAName:
    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("年初预算数", ("年初预算数",)),
            ("新增就业.目标值", ("新增就业", "目标值")),
            ("新增就业．实际值", ("新增就业", "实际值")),
            ("【“三公”经费（含税）】", ("“三公”经费（含税）",)),
            ("【 决算数 】", ("决算数",)),
            ("项目.【决算数-调整】", ("项目", "决算数-调整")),
            ("`a-b`", ("a-b",)),
            ("表.2023", ("表", "2023")),
            ("x_1", ("x_1",)),
            ("①", ("①",)),
        ],
    )
    def test_is_read_as_written(self, text: str, path: tuple[str, ...]) -> None:
        assert parse(text) == Name(path)

    @pytest.mark.parametrize("quotes", ["“”", '""', "‘’", "''", "「」"])
    def test_is_no_text_in_quotes(self, quotes: str) -> None:
        assert parse(f"{quotes[0]}已完成{quotes[1]}") == Constant("已完成")

    def test_may_be_a_truth(self) -> None:
        assert [parse(text) for text in ("真", "true", "假", "FALSE")] == [
            Constant(value=value) for value in (True, True, False, False)
        ]


class TestAFunction:
    @pytest.mark.parametrize(
        ("text", "function"),
        [
            ("min(甲, 乙)", "min"),
            ("取小（甲，乙）", "min"),
            ("最大(甲、乙)", "max"),
            ("绝对值(甲)", "abs"),
            ("取整(甲)", "floor"),
            ("进一(甲)", "ceil"),
            ("四舍五入(甲; 2)", "round"),
            ("ROUND(甲, 2)", "round"),
        ],
    )
    def test_has_an_english_and_a_chinese_name(self, text: str, function: str) -> None:
        node = parse(text)
        assert isinstance(node, Call)
        assert node.function == function

    def test_chooses_between_cases(self) -> None:
        """若(甲>1, 乙, 甲>0, 丙, 0)"""
        node = parse("若(甲>1, 乙, 甲>0, 丙, 0)")
        assert isinstance(node, Case)
        assert [value for _, value in node.arms] == [B, C]
        assert node.otherwise == number("0")

    def test_goes_over_the_rows_of_a_table(self) -> None:
        assert parse("count(项目)") == Aggregate("count", "项目", None, None)
        assert parse("合计(项目.决算数)") == Aggregate("sum", "项目", "决算数", None)
        condition = Compare("=", Name(("状态",)), Constant("已完成"))
        assert parse("存在(项目, 状态=“已完成”)") == Aggregate("any", "项目", None, condition)
        assert parse("all(项目, 状态=“已完成”)") == Aggregate("all", "项目", None, condition)


BAD = [
    ("", "第1行第1列", "算式是空的。"),
    ("  \n ", "第1行第1列", "算式是空的。"),
    ("甲+", "第1行第3列", "此处应为数据项、数字或括号，算式却到此为止。"),
    ("甲+\n*乙", "第2行第1列", "此处应为数据项、数字或括号，却是“×”。"),
    ("“甲\n乙” )", "第2行第4列", "多出“)”。"),
    ("(甲", "第1行第3列", "此处应为“)”，算式却到此为止。"),
    ("甲)", "第1行第2列", "多出“)”。"),
    ("甲 乙", "第1行第3列", "多出“乙”。"),
    ("50 万元", "第1行第4列", "多出“万元”。"),
    ("甲 & 乙", "第1行第3列", "看不懂“&”。"),
    ("甲；乙", "第1行第2列", "多出“,”。"),
    ("1.", "第1行第2列", "多出“.”。"),
    (".5", "第1行第1列", "此处应为数据项、数字或括号，却是“.”。"),
    ("5²", "第1行第2列", "多出“²”。"),
    ("甲 = “已完成", "第1行第5列", "““”没有配对的“””。"),
    ("【甲", "第1行第1列", "“【”没有配对的“】”。"),
    ("【 】", "第1行第1列", "名称是空的。"),
    ("甲.+", "第1行第3列", "“.”后面应为名称。"),
    ("甲.", "第1行第3列", "“.”后面应为名称。"),
    ("sqrt(甲)", "第1行第1列", "没有名为“sqrt”的函数。"),
    ("甲(乙)", "第1行第1列", "没有名为“甲”的函数。"),
    ("min(甲)", "第1行第1列", "“min”的参数个数不对。"),
    ("abs()", "第1行第1列", "“abs”的参数个数不对。"),
    ("abs(甲, 乙)", "第1行第1列", "“abs”的参数个数不对。"),
    ("abs(甲 乙)", "第1行第7列", "此处应为“)”，却是“乙”。"),
    ("round(甲, 乙)", "第1行第10列", "保留位数应为0至12的整数。"),
    ("round(甲, 1.5)", "第1行第10列", "保留位数应为0至12的整数。"),
    ("round(甲, 13)", "第1行第10列", "保留位数应为0至12的整数。"),
    ("round(甲, -1)", "第1行第10列", "保留位数应为0至12的整数。"),
    ("若(甲>1, 乙)", "第1行第1列", "“若”的写法不对。"),
    ("若(甲>1, 乙, 丙, 0)", "第1行第1列", "“若”的写法不对。"),
    ("count()", "第1行第1列", "“count”的第一项应为表或表的列。"),
    ("count(1)", "第1行第1列", "“count”的第一项应为表或表的列。"),
    ("count(项目.决算数)", "第1行第1列", "“count”的第一项写法不对。"),
    ("sum(项目)", "第1行第1列", "“sum”的第一项写法不对。"),
    ("any(项目)", "第1行第1列", "“any”缺少条件。"),
    ("1 + count(项目, count(项目) > 1)", "第1行第5列", "条件里不能再用表函数。"),
    ("甲 且", "第1行第4列", "此处应为数据项、数字或括号，算式却到此为止。"),
    ("或 甲", "第1行第1列", "此处应为数据项、数字或括号，却是“or”。"),
    ("甲 > > 乙", "第1行第5列", "此处应为数据项、数字或括号，却是“>”。"),
    ("9" * 40, "第1行第1列", "数字太长。"),
    ("(" * 60 + "1" + ")" * 60, "第1行第41列", "算式嵌套太深。"),
    ("非 " * 60 + "甲", "第1行第79列", "“非”叠得太多。"),
    ("1" + "+1" * 300, "第1行第322列", "连续运算太长。"),
    ("甲 " * 3000, "第1行第4001列", "算式的词太多。"),
    ("(" * 38 + "1" + "+1)" * 38 + "+1" * 150, "第1行第1列", "算式层次太多。"),
    ("长" * 10_001, "第1行第1列", "算式过长（10001字）。"),
]


class TestAFormulaThatCannotBeRead:
    @pytest.mark.parametrize(("text", "where", "what"), BAD, ids=[text[:12] for text, _, _ in BAD])
    def test_is_refused_with_place_and_mend(self, text: str, where: str, what: str) -> None:
        with pytest.raises(FormulaError) as caught:
            parse(text)
        assert caught.value.where == f"算式{where}"
        assert caught.value.what == what
        assert caught.value.mend.endswith("。")


class TestATree:
    def test_is_added_up_from_any_number_of_parts(self) -> None:
        assert add_up([]) == number("0")
        assert add_up([A]) == A
        assert add_up([A, B, C]) == parse("甲 + 乙 + 丙")

    def test_names_what_it_needs(self) -> None:
        need = needs(
            parse("甲 ÷ 新增就业.目标值 + sum(项目.决算数, 状态=“已完成” 且 本行.丙>1) × 甲")
        )
        assert need.names == ("甲", "新增就业.目标值", "本行.丙")
        assert need.columns == (("项目", "决算数"), ("项目", "状态"))

    def test_is_walked_outermost_first(self) -> None:
        node = parse("若(甲>1, -乙, max(甲, 2))")
        kinds = [type(each).__name__ for each in walk(node)]
        assert kinds[:3] == ["Case", "Compare", "Name"]
        assert height(node) == 3
        assert height(A) == 1

    def test_remembers_where_its_parts_were_written(self) -> None:
        node = parse("甲 +\n  乙")
        assert isinstance(node, Binary)
        places: list[Node] = [node, node.right]
        assert [str(each.at) for each in places] == ["算式第1行第3列", "算式第2行第3列"]
