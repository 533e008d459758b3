"""Self-evaluations are held against what the evaluation knows."""

from __future__ import annotations

from tests.intake.forms.papers import DEPARTMENT, PROJECT
from tests.intake.self_evaluation.handed_in import checked, ledger, said


class TestADepartmentsForm:
    def test_agrees_with_the_accounts(self) -> None:
        known = ledger({"年初预算数": "4200.00", "全年支出决算数": "4998.49"})
        assert checked(DEPARTMENT, known=known) == []

    def test_is_held_against_the_accounts_with_both_places(self) -> None:
        (found,) = checked(DEPARTMENT, known=ledger({"全年支出决算数": "4989.49"}))
        assert found.what == "自评的“全年执行数”是4998.49万元，“全年支出决算数”是4989.49万元。"
        assert (found.places[1].file, found.places[1].table) == (
            "2023年部门决算",
            "公开03表 合计行",
        )
        assert found.certain

    def test_shows_that_the_first_budget_was_filled_in_for_the_whole(self) -> None:
        known = ledger({"年初预算数": "5100.50", "全年预算数": "6200.00"})
        assert "这里填的数与“年初预算数”相同。" in said(checked(DEPARTMENT, known=known))

    def test_shows_that_one_unit_was_written_for_another(self) -> None:
        wrong = ("| 部门整体支出（万元） |", "| 部门整体支出（元） |")
        found = checked(DEPARTMENT, wrong, known=ledger({"全年支出决算数": "4998.49"}))
        assert "两数相差一万倍，可能是单位写错了（元、万元）。" in said(found)

    def test_without_a_unit_is_not_compared(self) -> None:
        bare = ("| 部门整体支出（万元） |", "| 部门整体支出 |")
        assert checked(DEPARTMENT, bare, known=ledger({"全年支出决算数": "1.00"})) == []


class TestAProjectsForm:
    def test_agrees_with_its_row(self) -> None:
        assert checked(PROJECT, known=ledger(rows={"河道清淤工程项目": "304.00"})) == []

    def test_is_held_against_its_row_and_no_other(self) -> None:
        known = ledger(rows={"河道清淤工程": "300.00", "水库除险加固": "1.00"})
        (found,) = checked(PROJECT, known=known)
        assert "自评的“全年执行数”是304.00万元，“项目[1].决算数”是300.00万元。" in found.what
        assert found.places[1].file == "项目支出明细表"

    def test_is_not_held_against_the_department(self) -> None:
        assert checked(PROJECT, known=ledger({"全年支出决算数": "4998.49"})) == []

    def test_with_a_name_that_no_project_has_is_asked_about(self) -> None:
        (found,) = checked(PROJECT, known=ledger(rows={"水库除险加固": "150.00"}))
        assert "没有同名的项目" in found.what
        assert not found.certain
