"""A formula as the text of a workbook formula."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from steelyard.formula.excel import NotForWorkbook, excel
from steelyard.formula.parse import parse
from steelyard.formula.tree import (
    Binary,
    Call,
    Compare,
    Constant,
    Label,
    Name,
    Node,
    Not,
    at_least,
    at_most,
    minus,
    needs,
    number,
    over,
    times,
)
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import Unit, unit_named

SHEET: dict[str, tuple[str, str]] = {
    "甲": ("$B$2", "万元"),
    "乙": ("$B$3", "万元"),
    "元数": ("$B$4", "元"),
    "亿数": ("$B$5", "亿元"),
    "率": ("$B$6", "%"),
    "数": ("$B$7", ""),
    "状况": ("$B$8", ""),
    "x": ("$D$9", ""),
    "无": ("$B$10", "万元"),
    "就业.实际值": ("$B$11", "人"),
}
TABLE = {"决算数": ("万元", True), "预算数": ("元", True), "状态": ("", False), "级次": ("", False)}


@dataclass(frozen=True)
class Sheet:
    """甲, 乙 in 万元; 元数 in 元; 项目 with five rows; x is computed; 无 holds a dash."""

    length: int = 5
    holed: bool = False
    """Whether 决算数 holds one."""

    def cell(self, name: Name) -> str:
        return SHEET[name.text][0]

    def unit(self, name: Name) -> Unit:
        return unit_named(SHEET[name.text][1])

    def is_input(self, name: Name) -> bool:
        return name.text != "x"

    def is_dash(self, node: Node) -> bool:
        match node:
            case Name():
                return node.text == "无"
            case Binary(operator="×" | "÷", left=left, right=right):
                return self.is_dash(left) or self.is_dash(right)
            case Compare(operator=operator, left=left, right=right):
                return operator not in "=≠" and (self.is_dash(left) or self.is_dash(right))
            case _:
                return False

    def dashes(self, node: Node) -> list[str]:
        return ["$B$10"] if "无" in needs(node).names else []

    def places(self, name: Name) -> int | None:
        return None if name.text == "x" else {"元": 2, "亿元": 10}.get(SHEET[name.text][1], 6)

    def column_places(self, table: str, column: str) -> int:
        assert table == "项目"
        return {"元": 2}.get(TABLE[column][0], 6)

    def column(self, table: str, column: str) -> str:
        return f"{table}!{column}"

    def has_column(self, table: str, column: str) -> bool:
        return table == "项目" and column in TABLE

    def is_number(self, table: str, column: str) -> bool:
        assert table == "项目"
        return TABLE[column][1]

    def column_unit(self, table: str, column: str) -> Unit:
        assert table == "项目"
        return unit_named(TABLE[column][0])

    def has_dash(self, table: str, column: str) -> bool:
        assert table == "项目"
        return self.holed and column == "决算数"

    def rows(self, table: str) -> int:
        assert table == "项目"
        return self.length


def written(formula: str) -> str:
    return excel(parse(formula), Sheet())


class TestANumber:
    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("甲", "$B$2"),
            ("就业.实际值", "$B$11"),
            ("(甲 - 乙) ÷ 乙", "ROUND($B$2-$B$3,6)/$B$3"),
            ("甲 - (乙 - 甲)", "$B$2-($B$3-$B$2)"),
            ("甲 + (乙 - 甲)", "$B$2+$B$3-$B$2"),
            ("甲 ÷ (乙 × 数)", "$B$2/($B$3*$B$7)"),
            ("-甲 × 数", "(-$B$2)*$B$7"),
            ("数 - -数", "$B$7-(-$B$7)"),
            ("0.125 × 数", "0.125*$B$7"),
            ("min(数, 1)", "MIN($B$7,1)"),
            ("max(数, 0, 率)", "MAX($B$7,0,$B$6)"),
            ("abs(数 - 1)", "ABS($B$7-1)"),
            ("无 + 数 × 无", "N($B$10)+IF(COUNT($B$10)<1,0,$B$7*$B$10)"),
            ("元数 - 无", "$B$4-N($B$10)*10000"),
            ("若(数 > 1, 甲, 乙)", "IF($B$7>1,$B$2,$B$3)"),
            ("若(数 > 1, 1, 数 > 0, 2, 3)", "IF($B$7>1,1,IF($B$7>0,2,3))"),
        ],
    )
    def test_reads_as_the_rule_reads(self, formula: str, text: str) -> None:
        assert written(formula) == text

    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("floor(数 ÷ 3)", "INT(ROUND($B$7/3,12))"),
            ("ceil(数 ÷ 3)", "(-INT(-ROUND($B$7/3,12)))"),
            ("floor(数)", "INT($B$7)"),
            ("round(数 ÷ 3, 2)", "ROUND(ROUND($B$7/3,12),2)"),
            ("数 ÷ 3 > 1", "ROUND($B$7/3,12)>1"),
            ("甲 - 乙 > 1万元", "ROUND($B$2-$B$3,6)>1"),
            ("x ≥ 1", "ROUND($D$9,12)>=1"),
            ("sum(项目.决算数) = 甲", "ROUND(SUM(项目!决算数),6)=$B$2"),
        ],
    )
    def test_is_stripped_of_residue_where_it_could_turn_a_result(
        self, formula: str, text: str
    ) -> None:
        assert written(formula) == text

    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("甲 + 元数", "$B$2+$B$4*1/10000"),
            ("元数 + 甲", "$B$4+$B$2*10000"),
            ("甲 + 亿数", "$B$2+$B$5*10000"),
            ("甲 > 5亿元", "$B$2>50000"),
            ("元数 ÷ 3元", "$B$4/3"),
            ("3元 > 2万元", "3>20000"),
            ("甲 + sum(项目.预算数)", "$B$2+SUM(项目!预算数)*1/10000"),
        ],
    )
    def test_is_converted_to_the_unit_of_the_first(self, formula: str, text: str) -> None:
        assert written(formula) == text

    def test_that_no_decimal_holds_is_a_fraction(self) -> None:
        node: Node = times(Name(("数",)), Constant(parse_third()))
        assert excel(node, Sheet()) == "$B$7*(1/3)"


def parse_third() -> Quantity:
    return Quantity.of(Fraction(1, 3))


class TestACondition:
    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("数 ≠ 1", "$B$7<>1"),
            ("数 ≤ 1 且 率 > 0", "AND($B$7<=1,$B$6>0)"),
            ("数 < 1 或 率 = 0", "OR($B$7<1,$B$6=0)"),
            ("非 数 = 1", "NOT($B$7=1)"),
            ("状况 = “是”", '$B$8="是"'),
            ("状况 = '他说\"是\"'", '$B$8="他说""是"""'),
            ("真", "TRUE"),
            ("假 或 数 > 1", "OR(FALSE,$B$7>1)"),
        ],
    )
    def test_uses_the_functions_of_a_workbook(self, formula: str, text: str) -> None:
        assert written(formula) == text


class TestATableFunction:
    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("count(项目)", "5"),
            ("sum(项目.决算数)", "SUM(项目!决算数)"),
            ("count(项目, 状态 = “已完成”)", 'SUMPRODUCT((项目!状态="已完成")*1)'),
            ("any(项目, 状态 = “已完成”)", '(SUMPRODUCT((项目!状态="已完成")*1)>0)'),
            ("all(项目, 状态 = “已完成”)", '(SUMPRODUCT((项目!状态<>"已完成")*1)=0)'),
            (
                "sum(项目.决算数, 状态 = “已完成”)",
                'SUMPRODUCT((项目!状态="已完成")*1,项目!决算数)',
            ),
            (
                "count(项目, 状态 = “已完成” 且 级次 = “州本级”)",
                'SUMPRODUCT(((项目!状态="已完成")*(项目!级次="州本级"))*1)',
            ),
            (
                "count(项目, 状态 = “已完成” 或 级次 = “州本级”)",
                'SUMPRODUCT((((项目!状态="已完成")+(项目!级次="州本级")>0))*1)',
            ),
            ("count(项目, 非 状态 = “已完成”)", 'SUMPRODUCT((项目!状态<>"已完成")*1)'),
            ("count(项目, 非 非 状态 = “已完成”)", 'SUMPRODUCT((项目!状态="已完成")*1)'),
            ("count(项目, 非 真)", "SUMPRODUCT((FALSE)*1)"),
            (
                "count(项目, 决算数 - 预算数 > 0元)",
                "SUMPRODUCT((ROUND(项目!决算数-项目!预算数*1/10000,6)>0)*1)",
            ),
            (
                "count(项目, 决算数 ÷ 甲 > 80%)",
                "SUMPRODUCT((ROUND(项目!决算数/$B$2,12)>80%)*1)",
            ),
            (
                "count(项目, 决算数 > 甲)",
                "SUMPRODUCT((ISNUMBER(项目!决算数)*(项目!决算数>$B$2))*1)",
            ),
        ],
    )
    def test_keeps_its_condition_inside_a_product_of_ranges(self, formula: str, text: str) -> None:
        assert written(formula) == text

    def test_over_no_rows_is_what_it_evaluates_to(self) -> None:
        formulas = ("count(项目)", "sum(项目.决算数)", "any(项目, 真)", "all(项目, 假)")
        texts = [excel(parse(formula), Sheet(length=0)) for formula in formulas]
        assert texts == ["0", "0", "FALSE", "TRUE"]

    def test_never_folds_a_range_into_one_truth(self) -> None:
        text = written("count(项目, 非 (决算数 > 1万元 且 (状态 = “已完成” 或 预算数 = 决算数)))")
        assert "AND(" not in text
        assert "OR(" not in text
        assert "NOT(" not in text

    def test_turns_round_what_is_no_comparison(self) -> None:
        assert excel(Not(Not(Name(("状况",)))), Sheet()) == "NOT(NOT($B$8))"

    def test_cannot_reckon_with_a_column_that_holds_a_dash(self) -> None:
        """“—” - 1 is an error in a workbook, where the scorer passes the row over"""
        reckoned = parse("count(项目, 决算数 - 预算数 > 0元)")
        with pytest.raises(NotForWorkbook):
            excel(reckoned, Sheet(holed=True))
        assert excel(parse("count(项目, 决算数 > 0元)"), Sheet(holed=True))

    def test_cannot_be_longer_than_a_spreadsheet_takes(self) -> None:
        text = "“" + "长" * 1_500 + "”"
        with pytest.raises(NotForWorkbook):
            excel(parse(f"count(项目, {'或'.join([f'状态 = {text}'] * 6)})"), Sheet())


class TestARule:
    def test_is_written_step_by_step(self) -> None:
        """2 - 2 × x，不低于0，不高于2"""
        loss = Label("扣分", times(number(2), Name(("x",))))
        node = at_most(at_least(minus(number(2), loss)), number(2))
        assert excel(node, Sheet()) == "MIN(2,MAX(0,2-2*$D$9))"
        assert excel(over(loss, number(2)), Sheet()) == "2*$D$9/2"
        assert excel(Call("floor", (Label("步数", loss),)), Sheet()) == "INT(ROUND(2*$D$9,12))"
