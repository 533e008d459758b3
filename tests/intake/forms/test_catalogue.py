"""Forms of the catalogue, over the dictionaries of both shipped frameworks."""

from __future__ import annotations

import pytest
from tests.intake.forms import papers
from tests.intake.forms.drawn import KINDS, asked, dictionary, drawn, seen, taken

from steelyard.intake.forms.form import Form, known_forms

QIANNAN, COMMON = "qiannan-2023", "common-2013"

EXPECTED: dict[str, tuple[str, str, dict[str, dict[str, str]]]] = {
    "收入支出决算总表": (papers.ACCOUNTS, "万元", {
        QIANNAN: {"全年支出决算数": "4998.49万元", "年初结转结余数": "800.00万元",
                  "年末结转结余": "156.51万元"},
        COMMON: {"本年收入合计": "4355.00万元", "预算完成数": "4998.49万元",
                 "使用非财政拨款结余": "0.00万元", "结余分配": "0.00万元",
                 "年初结转和结余": "800.00万元", "年末结转和结余": "156.51万元",
                 "收入总计": "5155.00万元", "支出总计": "5155.00万元"},
    }),
    "收入决算表": (papers.INCOME, "万元", {
        QIANNAN: {"财政拨款收入": "4300.00万元"},
        COMMON: {"本年收入合计": "4355.00万元", "财政拨款收入": "4300.00万元"},
    }),
    "支出决算表": (papers.SPENDING, "元", {
        QIANNAN: {"全年支出决算数": "4998.49万元", "基本支出决算数": "1298.49万元",
                  "项目支出决算数": "3700万元"},
        COMMON: {"预算完成数": "4998.49万元", "基本支出决算数": "1298.49万元",
                 "项目支出决算数": "3700万元"},
    }),
    "财政拨款收入支出决算总表": (papers.ALLOCATED, "万元", {
        QIANNAN: {"财政拨款收入": "4300.00万元"},
        COMMON: {"财政拨款收入": "4300.00万元"},
    }),
    "一般公共预算财政拨款支出决算表": (papers.PUBLIC_BUDGET, "万元", {QIANNAN: {}, COMMON: {}}),
    "一般公共预算财政拨款“三公”经费支出决算表": (papers.TRIPS, "万元", {
        QIANNAN: {"三公经费预算安排数": "30.00万元", "三公经费实际支出数": "24.51万元"},
        COMMON: {"三公经费本年预算数": "30.00万元", "三公经费实际支出数": "24.51万元",
                 "因公出国境费": "0.00万元", "公务用车购置费": "0.00万元",
                 "公务用车运行维护费": "19.01万元", "公务接待费": "5.50万元"},
    }),
    "机构运行信息表": (papers.AGENCY, "万元", {
        QIANNAN: {"三公经费预算安排数": "30.00万元", "三公经费实际支出数": "24.51万元",
                  "实际政府采购金额": "612.40万元"},
        COMMON: {"三公经费本年预算数": "30.00万元", "三公经费实际支出数": "24.51万元",
                 "因公出国境费": "0.00万元", "公务用车购置费": "0.00万元",
                 "公务用车运行维护费": "19.01万元", "公务接待费": "5.50万元",
                 "实际政府采购金额": "612.40万元"},
    }),
    "政府采购情况表": (papers.PURCHASES, "万元", {
        QIANNAN: {"政府采购预算数": "660.00万元", "实际政府采购金额": "612.40万元"},
        COMMON: {"政府采购预算数": "660.00万元", "实际政府采购金额": "612.40万元"},
    }),
    "固定资产使用情况表": (papers.ASSETS, "万元", {
        QIANNAN: {"固定资产总额": "2500.00万元", "在用固定资产总额": "2380.00万元"},
        COMMON: {"固定资产总额": "2500.00万元", "实际在用固定资产总额": "2380.00万元"},
    }),
    "固定资产明细表": (papers.CARDS, "元", {
        QIANNAN: {"固定资产明细账金额": "2500万元"}, COMMON: {},
    }),
    "科目余额表": (papers.BALANCES, "元", {
        QIANNAN: {"固定资产科目余额表金额": "2500万元"}, COMMON: {},
    }),
    "人员编制情况表": (papers.STAFF, "", {
        QIANNAN: {"编制数": "70人", "在职人员数": "67人"},
        COMMON: {"编制数": "70人", "在职人员数": "67人"},
    }),
    "项目支出明细表": (papers.PROJECTS, "万元", {
        QIANNAN: {"项目[1].序号": "1", "项目[1].名称": "河道清淤工程", "项目[1].级次": "州本级",
                  "项目[1].年初预算数": "300.00万元", "项目[1].追加预算数": "20.00万元",
                  "项目[1].决算数": "304.00万元",
                  "项目[2].序号": "2", "项目[2].名称": "水库除险加固", "项目[2].级次": "上级",
                  "项目[2].年初预算数": "150.00万元", "项目[2].追加预算数": "—",
                  "项目[2].决算数": "150.00万元"},
        COMMON: {},
    }),
    "部门整体支出绩效自评表": (papers.DEPARTMENT, "", {
        QIANNAN: {"年初预算数": "4200.00万元", "自评全年预算数": "5100.50万元",
                  "自评全年执行数": "4998.49万元", "自评预算完成率": "98.00%",
                  "新增规模工业企业数量.目标值": "20户", "新增规模工业企业数量.实际值": "26户",
                  "新增就业.目标值": "800人", "新增就业.实际值": "820人"},
        COMMON: {"年初预算数": "4200.00万元", "支出预算数": "5100.50万元",
                 "预算完成数": "4998.49万元"},
    }),
    "部门整体支出绩效目标表": (papers.GOALS, "", {
        QIANNAN: {"新增规模工业企业数量.目标值": "20户", "新增就业.目标值": "800人"}, COMMON: {},
    }),
    "部门整体支出绩效运行监控表": (papers.MONITORING, "", {QIANNAN: {}, COMMON: {}}),
    "项目支出绩效自评表": (papers.PROJECT, "", {QIANNAN: {}, COMMON: {}}),
}  # fmt: skip
"""What each form gives, worked out by hand: paper, unit, values by dictionary."""


class TestAKnownForm:
    @pytest.mark.parametrize("framework", [QIANNAN, COMMON])
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("title", EXPECTED, ids=list(EXPECTED))
    def test_gives_these_values_and_no_others(self, title: str, kind: str, framework: str) -> None:
        art, unit, expected = EXPECTED[title]
        found = seen(drawn(art, kind, title=title, unit=unit), framework)
        assert taken(found) == expected[framework]
        assert found.mistakes == []

    @pytest.mark.parametrize("framework", [QIANNAN, COMMON])
    @pytest.mark.parametrize("title", EXPECTED, ids=list(EXPECTED))
    def test_of_another_year_gives_nothing(self, title: str, framework: str) -> None:
        art, unit, _ = EXPECTED[title]
        found = seen(drawn(art, title=title, unit=unit, year="2022年度"), framework)
        assert taken(found) == {}
        assert found.questions == []


class TestADoubtfulCell:
    def test_is_asked_about_where_frameworks_differ(self) -> None:
        accounts = drawn(papers.ACCOUNTS, title="收入支出决算总表", unit="万元")
        assert asked(seen(accounts)) == {"部门总收入", "其他收入"}

    def test_is_taken_when_a_person_said_so(self) -> None:
        accounts = drawn(papers.ACCOUNTS, title="收入支出决算总表", unit="万元")
        answers = {each.key: each.candidates[0] for each in seen(accounts).questions}
        found = seen(accounts, answers=answers)
        assert taken(found)["部门总收入"] == "5155.00万元"
        assert taken(found)["其他收入"] == "55.00万元"
        assert found.questions == []

    def test_is_asked_about_when_books_show_assets_as_they_cost(self) -> None:
        cards = drawn(papers.CARDS, title="固定资产明细表", unit="元")
        assert asked(seen(cards, COMMON)) == {"固定资产总额"}


class TestATableOfOneKindOfMoney:
    @pytest.mark.parametrize(
        "title",
        ["一般公共预算财政拨款支出决算表", "政府性基金预算财政拨款收入支出决算表",
         "国有资本经营预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表"],
    )  # fmt: skip
    def test_says_why_nothing_was_taken(self, title: str) -> None:
        found = seen(drawn(papers.PUBLIC_BUDGET, title=title, unit="万元"), COMMON)
        assert taken(found) == {}
        assert any("只含" in remark for remark in found.remarks)


class TestAFormWithoutATitle:
    @pytest.mark.parametrize("kind", KINDS)
    def test_of_a_project_is_known_by_its_labels(self, kind: str) -> None:
        found = seen(drawn(papers.PROJECT, kind))
        assert taken(found) == {}
        assert any("说的是一个项目" in remark for remark in found.remarks)

    @pytest.mark.parametrize("kind", KINDS)
    def test_of_a_department_is_known_by_its_labels(self, kind: str) -> None:
        assert taken(seen(drawn(papers.DEPARTMENT, kind)))["自评全年执行数"] == "4998.49万元"

    @pytest.mark.parametrize("kind", KINDS)
    def test_that_monitors_is_known_by_its_labels(self, kind: str) -> None:
        assert taken(seen(drawn(papers.MONITORING, kind))) == {}


class TestAProjectsForm:
    KNOWN = {"自评项目": {"甲-1": "河道清淤工程", "甲-2": "水库除险加固项目"}}  # noqa: RUF012

    @pytest.mark.parametrize("kind", KINDS)
    def test_fills_the_row_that_has_its_name(self, kind: str) -> None:
        form = drawn(papers.PROJECT, kind, title="项目支出绩效自评表")
        assert taken(seen(form, known=self.KNOWN)) == {
            "自评项目[甲-1].预算数": "320.00万元",
            "自评项目[甲-1].执行数": "304.00万元",
            "自评项目[甲-1].填报执行率": "95.00%",
            "自评项目[甲-1].满意度": "93.5%",
        }

    def test_in_another_unit_fills_its_row_in_the_units_of_the_table(self) -> None:
        form = drawn(papers.SPLIT, title="项目支出绩效自评表")
        found = taken(seen(form, known=self.KNOWN))
        assert found["自评项目[甲-2].预算数"] == "150万元"
        assert found["自评项目[甲-2].满意度"] == "95%"

    def test_with_a_name_that_no_row_has_asks_which_row_it_is(self) -> None:
        form = drawn(papers.PROJECT, title="项目支出绩效自评表")
        found = seen(form, known={"自评项目": {"甲-1": "河道清淤二期工程"}})
        assert taken(found) == {}
        assert found.questions[0].candidates == ("甲-1：河道清淤二期工程", "忽略")

    def test_is_taken_for_the_row_that_a_person_named(self) -> None:
        form = drawn(papers.PROJECT, title="项目支出绩效自评表")
        known = {"自评项目": {"甲-1": "河道清淤二期工程"}}
        (question,) = seen(form, known=known).questions
        found = seen(form, known=known, answers={question.key: question.candidates[0]})
        assert taken(found)["自评项目[甲-1].执行数"] == "304.00万元"

    def test_asks_nothing_where_the_framework_has_no_such_table(self) -> None:
        form = drawn(papers.PROJECT, title="项目支出绩效自评表")
        assert seen(form, COMMON).questions == []


class TestTheCatalogue:
    @pytest.mark.parametrize("form", known_forms(), ids=lambda form: form.name)
    def test_names_only_items_of_a_shipped_framework(self, form: Form) -> None:
        known = {
            name
            for framework in (QIANNAN, COMMON)
            for item in dictionary(framework).items.values()
            for name in (item.name, *item.aliases)
        }
        named = {name for cell in form.cells for name in cell.items}
        assert named <= known
