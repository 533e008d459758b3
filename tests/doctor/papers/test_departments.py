"""Papers of two departments are told apart before they are compared."""

from __future__ import annotations

import pytest
from tests.doctor.made_documents import document, table

from steelyard.doctor.papers.departments import department_of, of_several


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["云岭县水利局2023年度部门整体支出绩效评价报告"], "云岭县水利局"),
        (["云岭县水利局", "2023年部门整体支出绩效评价报告"], "云岭县水利局"),
        (["关于绩效自评的报告", "单位名称：云岭县水利局"], "云岭县水利局"),
        ([table([["项目名称", "水库加固"], ["主管部门", "县水利局"]])], "县水利局"),
        (["委托单位：云岭县财政局", "一、基本情况"], ""),
        ([table([["项目", "金额"], ["甲", "12"]])], ""),
    ],
    ids=["title", "title of two lines", "label", "form", "client only", "a table alone"],
)
def test_a_paper_says_whose_it_is(parts: list[str], name: str) -> None:
    assert department_of(document(*parts)) == name


class TestPapersTakenTogether:
    def warned(self, *names: str, case: str = "") -> str:
        made = [
            document(f"{name}2023年度部门整体支出绩效评价报告", name=f"{number}.docx")
            for number, name in enumerate(names)
        ]
        return of_several(made, case)

    def test_of_two_departments_are_warned_of(self) -> None:
        said = self.warned("云岭县水利局", "云岭县教育局")
        assert "0.docx：云岭县水利局；1.docx：云岭县教育局" in said
        assert "--each" in said

    def test_of_two_counties_are_warned_of(self) -> None:
        assert self.warned("云岭县水利局", "清河县水利局")

    def test_of_one_department_in_full_and_in_short_are_not(self) -> None:
        assert self.warned("云岭县水利局", "县水利局") == ""

    def test_are_compared_with_the_data_too(self) -> None:
        assert "评价文件夹：云岭县教育局" in self.warned("云岭县水利局", case="云岭县教育局")
        assert self.warned("云岭县水利局", case="云岭县水利局") == ""
