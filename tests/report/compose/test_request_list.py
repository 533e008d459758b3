"""The covering list: what is asked for, what for, of whom and until when."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from steelyard.facts.dictionary import Goal, Item, TableSpec
from steelyard.intake.request.ask import FigurePrompt, GoalPrompt, Request, Share, TablePrompt
from steelyard.measure.units import UNITS
from steelyard.report.compose.request_list import request_list
from steelyard.report.model.blocks import Document, Paragraph, Table
from steelyard.report.word.writer import word_file

FINANCE = Share(
    supplier="财务",
    figures=(
        FigurePrompt(item=Item(name="预算数"), uses=("预算执行率", "结转结余率")),
        FigurePrompt(item=Item(name="决算数"), uses=("预算执行率",)),
    ),
    tables=(TablePrompt(spec=TableSpec(name="资金", key="编号", columns=())),),
)
BUSINESS = Share(
    supplier="业务",
    goals=(
        GoalPrompt(
            goal=Goal(name="产值", sign="≥", unit=UNITS["亿元"]), uses=("产值完成率", "预算执行率")
        ),
    ),
)
OURSELVES = Share(supplier="评价组", figures=(FigurePrompt(item=Item(name="问卷份数")),))
EVIDENCE = {
    "预算执行率": ["部门决算报表", "指标文件"],
    "结转结余率": ["部门决算报表"],
    "产值完成率": ["统计年鉴"],
    "制度健全性": ["内控制度汇编"],
}


def made(
    due: date | None = date(2025, 3, 31), shares: tuple[Share, ...] = (FINANCE, BUSINESS, OURSELVES)
) -> Document:
    request = Request(
        title="甲局2024年绩效评价", department="甲局", year=2024, framework="x@1", due=due,
        shares=shares,
    )  # fmt: skip
    files = {share.supplier: f"{share.supplier}.xlsx" for share in shares}
    return request_list(request, files, EVIDENCE, agency="乙事务所")


def rows(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks() if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


def row(document: Document, name: str) -> list[str]:
    return next(each for each in rows(document) if each[1].startswith(name))


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks() if isinstance(block, Paragraph))


class TestTheList:
    def test_says_to_whom_for_what_and_until_when(self) -> None:
        said = words(made())
        assert "甲局2024年绩效评价资料清单" in said
        assert "甲局：" in said
        assert "请于2025年3月31日前提供" in said
        assert said.endswith("乙事务所")

    def test_without_a_day_asks_soon(self) -> None:
        assert "请尽快提供" in words(made(due=None))
        assert row(made(due=None), "部门决算报表")[5] == "1份"

    def test_counts_the_workbooks_that_go_out(self) -> None:
        assert "资料采集表共2份" in words(made())

    def test_numbers_its_rows(self) -> None:
        assert [each[0] for each in rows(made())] == [str(n) for n in range(1, 7)]


class TestAWorkbook:
    def test_has_a_row_that_says_what_it_asks_for(self) -> None:
        assert row(made(), "财务.xlsx") == [
            "1",
            "财务.xlsx\n（数据2项、表1张）",
            "预算执行率、结转结余率",
            "随附表格，\n填好交回",
            "财务",
            "1份\n3月31日前",
        ]

    def test_of_the_evaluators_is_not_asked_of_the_department(self) -> None:
        assert not [each for each in rows(made()) if "评价组" in each[1]]

    def test_names_a_few_indicators_and_counts_the_rest(self) -> None:
        uses = tuple(f"指标{number}" for number in range(1, 10))
        share = Share(supplier="财务", figures=(FigurePrompt(item=Item(name="数"), uses=uses),))
        used = row(made(shares=(share,)), "财务.xlsx")[2]
        assert used == "指标1、指标2、指标3、指标4、指标5、指标6等9项指标"


class TestAPaper:
    def test_stands_once_with_all_indicators_that_rest_on_it(self) -> None:
        assert row(made(), "部门决算报表")[2] == "预算执行率、结转结余率"

    @pytest.mark.parametrize(
        ("name", "supplier"),
        [("部门决算报表", "财务"), ("统计年鉴", "业务"), ("内控制度汇编", "综合")],
    )
    def test_is_asked_of_whoever_supplies_the_figures(self, name: str, supplier: str) -> None:
        assert row(made(), name)[4] == supplier

    def test_follows_the_workbook_of_its_supplier(self) -> None:
        names = [each[1].split("\n")[0] for each in rows(made())]
        assert names == [
            "财务.xlsx", "部门决算报表", "指标文件", "业务.xlsx", "统计年鉴", "内控制度汇编",
        ]  # fmt: skip


class TestTheWordFile:
    def test_holds_the_list(self) -> None:
        word = docx.Document(io.BytesIO(word_file(made())))
        (table,) = word.tables
        assert len(table.rows) == 7
        assert table.rows[1].cells[4].text == "财务"
        assert word.paragraphs[0].text == "甲局2024年绩效评价资料清单"
