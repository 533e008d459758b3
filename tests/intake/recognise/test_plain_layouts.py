"""Layouts that departments choose themselves, over the dictionary of a shipped framework."""

from __future__ import annotations

from tests.intake.forms.drawn import drawn, seen, taken

ADDED = """
| 序号 | 项目名称 | 金额 | 项目序号 |
| 1 | 河道清淤 | 2,200,000.00 | 4 |
"""

STAFF = """
| 单位 | 编制数 | 其中 | < | 在职人员数 |
| ^ | ^ | 管理人员编制数 | 专业技术人员编制数 | ^ |
| 中小企业服务中心 | 12 | 5 | 7 | 11 |
| 合计 | 12 | 5 | 7 | 11 |
"""

ANSWERS = """
| 编号 | 题号 | 题目 | 选项序号 | 选项 | 人数（份） | 占比（%） | 有效份数（份） | 计入满意度 |
| 1-1 | 1 | 总体评价 | 1 | 满意 | 30 | 75 | 40 | 是 |
| 1-2 | ^ | ^ | 2 | 不满意 | 10 | 25 | ^ | 是 |
"""

NAMELESS = """
| 序号 | 金额 | 项目序号 |
| 1 | 220.00 | 4 |
"""


class TestNamesOfRows:
    def test_stand_under_a_heading_that_says_whose_names_they_are(self) -> None:
        found = taken(seen(drawn(ADDED, title="上级追加项目", unit="元")))
        assert found["上级追加项目[1].名称"] == "河道清淤"

    def test_are_missed_aloud(self) -> None:
        found = seen(drawn(NAMELESS, title="上级追加项目", unit="万元"))
        assert any("“名称”" in remark for remark in found.remarks)


class TestAListOfInstitutions:
    def test_names_them_under_the_word_for_units(self) -> None:
        found = taken(seen(drawn(STAFF, title="人员编制情况表")))
        assert found == {
            "中小企业服务中心编制数": "12人",
            "中小企业服务中心管理人员编制数": "5人",
            "中小企业服务中心专业技术人员编制数": "7人",
            "编制数": "12人",
            "在职人员数": "11人",
        }


class TestAMergedNumber:
    def test_of_a_question_is_of_all_its_rows(self) -> None:
        found = taken(seen(drawn(ANSWERS, title="部门问卷")))
        assert found["部门问卷[1-2].题号"] == "1"

    def test_of_answers_is_asked_about(self) -> None:
        found = seen(drawn(ANSWERS, title="部门问卷"))
        assert "部门问卷[1-2].有效份数" not in taken(found)
        assert any("合并" in question.text for question in found.questions)
