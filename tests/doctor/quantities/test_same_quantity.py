"""One quantity has one value in the whole document."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.quantities import near, records, repeats, terms


class TestRepeatedWords:
    def test_with_the_same_numbers_confirm_each_other(self) -> None:
        text = "全县全年新增规模以上工业企业 63 户，新增认定创新型企业 85 户。"
        findings, ledger = run(
            repeats.check, document("摘要", text, "一、情况", "（一）概况", text)
        )
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 4

    def test_with_other_numbers_are_told(self) -> None:
        one = "全县全年新增规模以上工业企业 63 户，新增认定创新型企业 85 户。"
        other = one.replace("63", "36")
        findings, _ = run(repeats.check, document("摘要", one, "一、情况", other, "二、结论", one))
        assert [f.rule for f in findings] == ["R11"]
        assert findings[0].places[0].exact == "36 户"

    def test_of_a_standard_sentence_are_none(self) -> None:
        parts: list[str] = ["一、评分"]
        for number, points in enumerate((1, 2, 3, 4), 1):
            parts += [
                f"（{number}）指标{number}",
                f"根据评分标准，该指标分值为 {points} 分，扣 0 分，实际得分 {points} 分。",
            ]
        # Heading levels 4 under one chapter: sister sections.
        assert not run(repeats.check, document(*parts))[0]

    def test_may_be_printed_more_or_less_precisely(self) -> None:
        one = "规模以上工业企业全年实现利润总额达到 43.02 亿元，同比有所下降。"
        other = one.replace("43.02", "43")
        assert not run(repeats.check, document("摘要", one, "一、情况", other))[0]


class TestTerms:
    def test_of_the_department_have_one_value(self) -> None:
        findings, _ = run(
            terms.check,
            document(
                "一、基本情况",
                "全年预算数 7479.37 万元，全年执行数 5069.77 万元。",
                "二、过程分析",
                "全年预算数为 7479.37 万元。",
                "三、自评情况",
                "全年预算数 4501.85 元。",
            ),
        )
        assert [(f.rule, f.severity) for f in findings] == [("R11", Severity.ERROR)]
        assert findings[0].places[0].exact == "4501.85 元"

    def test_in_forms_of_single_projects_are_theirs(self) -> None:
        parts: list[str] = [
            "一、情况",
            "全年预算数 900 万元，其中项目支出居多。",
            "二、项目自评情况",
        ]
        for number, amount in enumerate((100, 200, 300), 1):
            parts += [
                f"{number}．第{number}个补助项目",
                f"全年预算数 {amount} 万元，已经执行完毕。",
            ]
        assert not run(terms.check, document(*parts))[0]

    def test_of_a_rule_text_are_no_values(self) -> None:
        findings, _ = run(
            terms.check,
            document(
                "预算完成率 67.78%。", "预算完成率=（完成数/预算数）×100%，预算完成率=100%得 2 分。"
            ),
        )
        assert not findings


class TestRecords:
    rows = (("甲培训项目", "12.5"), ("乙补助资金", "30"), ("丙工程", "7.2"), ("丁调研课题", "9.1"))

    def two(self, wrong: str) -> list[str]:
        first = table([["项目名称", "金额"], *self.rows], title="表 1 项目表")
        second = [[name, "是", wrong if name == "丙工程" else paid] for name, paid in self.rows]
        other = table(
            [["名称", "是否完成", "决算数"], *second, ["戊宣传项目", "是", "3.3"]],
            title="表 2 执行表",
        )
        return [f.message for f in run(records.check, document(first, other))[0]]

    def test_that_agree_in_most_rows_are_the_same_column(self) -> None:
        assert not self.two("7.20")

    def test_show_the_row_that_differs(self) -> None:
        messages = self.two("7.8")
        assert len(messages) == 1
        assert "丙工程" in messages[0]

    def test_do_not_take_another_batch_for_the_same_project(self) -> None:
        def rows(batch: str) -> list[list[str]]:
            return [
                ["项目名称", "金额"],
                [f"产业发展专项资金（{batch}）", "41"],
                *map(list, self.rows),
            ]

        one, other = table(rows("第三批"), title="表 1"), rows("第四批")
        other[1][1] = "52"
        assert not run(records.check, document(one, table(other, title="表 2")))[0]


class TestSlips:
    def test_of_one_digit_under_a_like_name_are_asked_about(self) -> None:
        findings, _ = run(
            near.check,
            document(
                "一、情况",
                "年末结转结余资金 2409.60 万元。",
                "二、分析",
                "累计结转结余资金 2409.50 万元，控制较好。",
            ),
        )
        assert [(f.rule, f.severity) for f in findings] == [("R11", Severity.QUESTION)]

    def test_confirm_equal_numbers_of_like_names(self) -> None:
        _, ledger = run(
            near.check,
            document("一、情况", "新增就业人数 8883 人。", "二、效益", "实际新增就业 8883 人。"),
        )
        assert ledger.counts()[State.CONSISTENT] == 2

    def test_are_not_seen_between_unlike_names_or_units(self) -> None:
        findings, _ = run(
            near.check,
            document("一、情况", "新增就业人数 8883 人。", "二、效益", "修建公路 8893 米。"),
        )
        assert not findings
