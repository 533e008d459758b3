"""Derivations over single cells as workbook formulas, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow, Target
from steelyard.formula.evaluate import evaluate
from steelyard.formula.excel import NotForWorkbook
from steelyard.formula.parse import parse
from steelyard.formula.tree import Name
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, PLAIN, Unit, unit_named
from steelyard.report.workbook.annex_formula import MOST_AREAS, Expression, Placed, Writer, guarded
from steelyard.report.workbook.book_cells import Spot

WAN, YUAN, PEOPLE = (unit_named(name) for name in ("万元", "元", "人"))

ITEMS = {"甲": WAN, "乙": WAN, "元数": YUAN, "人数": PEOPLE, "率": PLAIN, "长": WAN, "缺": WAN}
VALUES: dict[str, Value] = {
    "甲": Quantity.of(Fraction("3.5"), WAN, places=2),
    "乙": Quantity.of(2, WAN, places=2),
    "元数": Quantity.of(700, YUAN, places=0),
    "人数": Quantity.of(7, PEOPLE, places=0),
    "率": Quantity.of(Fraction(1, 4), PLAIN, places=2),
    "长": Quantity.of(Fraction("1234567890123.456"), WAN, places=3),
    "缺": MISSING,
}
ROWS = tuple(
    TableRow(str(n), {"号": str(n), "额": Quantity.of(n, WAN, places=0)}) for n in range(500)
)
LEDGER = Ledger(
    Dictionary(
        {name: Item(name=name, unit=unit) for name, unit in ITEMS.items()},
        {
            "表": TableSpec(
                name="表",
                key="号",
                columns=(Column(name="号", kind=Kind.TEXT), Column(name="额", unit=WAN)),
            )
        },
    ),
    {name: Fact(name, value) for name, value in VALUES.items()},
    {"表": Table("表", ROWS)},
)


def find(name: Name, row: str) -> Placed:
    """Place the items of the list above in B1, B2 and so on."""
    assert row == ""
    at = list(ITEMS).index(name.text)
    spot = Spot("页", at, 1)
    return Placed(Target(name.text), spot, VALUES[name.text], ITEMS[name.text])


def find_row(table: str, key: str, column: str) -> Placed | None:
    """Place the rows two apart, from D1; the last but one nowhere."""
    number = int(key)
    value = ROWS[number].cells[column]
    spot = Spot("另页", 2 * number, 3)
    return None if number == 498 else Placed(Target(table, key, column), spot, value, WAN)


def expression(text: str) -> Expression:
    step = evaluate(parse(text), LEDGER)
    return Writer("页", "", find, find_row).expression(step)


class TestArithmetic:
    @pytest.mark.parametrize(
        ("formula", "written"),
        [
            ("甲 + 乙", "SUM(B1:B2)"),
            ("甲 - 乙", "N(B1)-N(B2)"),
            ("-(甲 - 乙)", "N(B2)-N(B1)"),
            ("甲 - (乙 - 甲)", "SUM(B1,B1)-N(B2)"),
            ("甲 / 乙", "N(B1)/N(B2)"),
            ("(甲 - 乙) / (甲 + 乙)", "(N(B1)-N(B2))/SUM(B1:B2)"),
            ("甲 / (乙 / 甲)", "N(B1)/(N(B2)/N(B1))"),
            ("甲 × 率 × 50%", "N(B1)*N(B5)*0.5"),
            ("3 × 甲", "3*N(B1)"),
            ("sum(表.额, 额 < 2万元)", "SUM(另页!D1,另页!D3)"),
            ("sum(表.额, 额 < 0万元)", "0"),
        ],
    )
    def test_is_written_over_cells(self, formula: str, written: str) -> None:
        assert expression(formula).text == written

    @pytest.mark.parametrize(
        "formula",
        [
            "甲 + 元数",
            "甲 × 人数",
            "甲 / 元数",
            "甲 / 人数",
            "max(甲, 乙)",
            "甲 / 乙 + 率",
            "甲 + 长",
            "甲 + 缺",
            "sum(表.额)",
            "sum(表.额, 额 < 498万元)",
            "甲 + 1万元",
        ],
    )
    def test_is_refused_where_a_workbook_could_not_follow(self, formula: str) -> None:
        assert MOST_AREAS < 498
        with pytest.raises(NotForWorkbook):
            expression(formula)


class TestRounding:
    @pytest.mark.parametrize(
        ("formula", "unit", "places", "written"),
        [
            ("甲 + 乙", WAN, 2, "ROUND(SUM(B1:B2),2)"),
            ("甲 + 乙", WAN, 0, "ROUND(ROUND(SUM(B1:B2),10),0)"),
            ("甲 - 乙", YUAN, 0, "ROUND(ROUND((N(B1)-N(B2))*10000,10),0)"),
            ("甲", unit_named("亿元"), 4, "ROUND(ROUND(N(B1)/10000,10),4)"),
            ("甲 / 乙", PERCENT, 2, 'IFERROR(ROUND(ROUND(N(B1)/N(B2),12),4),"")'),
            ("率", PLAIN, 2, "ROUND(N(B5),2)"),
        ],
    )
    def test_strips_residue_before_it_decides(
        self, formula: str, unit: Unit, places: int, written: str
    ) -> None:
        assert expression(formula).rounded(unit, places) == written


class TestAWholeFormula:
    def test_is_blank_while_a_figure_is_missing(self) -> None:
        found = expression("甲 - 乙")
        text = guarded(parse("甲 - 乙"), found, "ROUND(N(B1)-N(B2),2)", "页")
        assert text == '=IF(COUNTBLANK(B1:B2)>0,"",ROUND(N(B1)-N(B2),2))'

    def test_shows_a_dash_for_nought_on_demand(self) -> None:
        text = guarded(parse("甲"), expression("甲"), "ROUND(N(B1),2)", "页", dash=True)
        assert text == '=IF(COUNTBLANK(B1)>0,"",IF(ROUND(N(B1),2)=0,"—",ROUND(N(B1),2)))'

    def test_is_refused_when_too_long(self) -> None:
        with pytest.raises(NotForWorkbook):
            guarded(parse("甲"), expression("甲"), "1+" * 5000, "页")
