"""Rows and headers of tables: units, parts in time, columns of one name."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.rules import table_units
from steelyard.intake.reading.read_file import read_file

Rows = Sequence[Sequence[str | None]]


def told(*tables: Rows) -> list[tuple[str, Severity, list[str]]]:
    made = [table(rows, f"表 {n} 情况", header_rows=1) for n, rows in enumerate(tables, 1)]
    findings, _ = run(table_units.check, document(*made))
    return [(f.rule, f.severity, [place.exact for place in f.places]) for f in findings]


def goals(*rows: Sequence[str]) -> Rows:
    return [["三级指标", "指标值", "完成值"], *rows]


class TestTargetAndOutcome:
    @pytest.mark.parametrize(
        ("target", "actual"),
        [("≥70户", "63户"), ("≥95%", "82.86%"), ("≥80亿元", "9100万元"), ("100%", "100%")],
    )
    def test_of_one_measure_are_right(self, target: str, actual: str) -> None:
        assert not told(goals(["新增企业", target, actual]))

    @pytest.mark.parametrize(
        ("target", "actual"), [("≥95", "82.86%"), ("≥80亿", "73亿元"), ("≥90.4吨", "93.8万吨")]
    )
    def test_in_units_that_differ_are_asked_about(self, target: str, actual: str) -> None:
        assert told(goals(["某项指标", target, actual])) == [
            ("R16", Severity.QUESTION, [target.lstrip("≥"), actual])
        ]

    def test_without_a_counter_are_a_hint(self) -> None:
        assert [s for _, s, _ in told(goals(["新增企业", "≥70户", "63"]))] == [Severity.HINT]

    def test_with_a_column_of_units_need_none(self) -> None:
        rows = [["三级指标", "单位", "指标值", "完成值"], ["新增企业", "户", "≥70户", "63"]]
        assert not told(rows)


class TestInTime:
    def test_is_no_more_than_done(self) -> None:
        rows = goals(["重点工作完成数", "30个", "26个"], ["重点工作及时完成数", "30个", "29个"])
        assert told(rows) == [("R15", Severity.ERROR, ["29个", "26个"])]

    def test_may_be_as_much_as_done(self) -> None:
        rows = goals(["重点工作完成数", "30个", "26个"], ["重点工作及时完成数", "30个", "26个"])
        assert not told(rows)

    def test_is_compared_with_the_same_things_only(self) -> None:
        rows = goals(["培训完成数", "30个", "26个"], ["设备采购及时完成数", "30个", "29个"])
        assert not told(rows)

    def test_is_not_compared_as_a_rate(self) -> None:
        rows = goals(["任务完成率", "100%", "90%"], ["任务完成及时率", "100%", "100%"])
        assert not told(rows)


class TestOneGoalInTwoTables:
    def test_is_a_count_in_both_or_a_share_in_both(self) -> None:
        share = goals(["重点工作实际完成情况", "100%", "90%"])
        count = goals(["重点工作实际完成情况", "30个", "26个"])
        assert told(share, count) == [("R11", Severity.QUESTION, ["100%", "30个"])]
        assert not told(share, share)


class TestColumnsOfOneName:
    def headed(self, *names: str) -> list[tuple[str, Severity, list[str]]]:
        return told([list(names), [f"第{n}格" for n in range(len(names))]])

    def test_are_an_error(self) -> None:
        assert self.headed("一级指标", "分值", "评分标准", "分值", "扣分原因") == [
            ("R22", Severity.ERROR, ["分值", "分值"])
        ]

    def test_may_stand_beside_the_level_that_they_are_of(self) -> None:
        assert not self.headed("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "说明")

    def test_may_stand_beside_what_they_count(self) -> None:
        assert not self.headed("收入", "金额", "支出", "金额")

    def test_may_be_those_of_a_folded_table(self) -> None:
        assert not self.headed("姓名", "职务", "姓名", "职务")

    def test_may_be_under_headers_of_their_own(self) -> None:
        rows: Rows = [
            ["项目", "上年", None, "本年", None],
            [None, "预算", "决算", "预算", "决算"],
            ["甲", "1", "2", "3", "4"],
        ]
        findings, _ = run(table_units.check, document(table(rows, header_rows=2)))
        assert not findings


MIXED: Rows = [
    ["项目", "金额"],
    ["甲", "30万元"],
    ["乙", "45"],
    ["丙", "5"],
    ["丁", "0"],
    ["戊", "8"],
]


class TestAmountsWithAndWithoutUnits:
    def test_in_one_column_are_a_hint(self) -> None:
        assert told(MIXED) == [("R16", Severity.HINT, ["45", "30万元"])]

    def test_are_right_where_the_header_says_the_unit(self) -> None:
        assert not told([["项目", "金额（万元）"], *MIXED[1:]])


class TestTheRealReport:
    def test_has_more_done_in_time_than_done(self, case_dir: Path) -> None:
        findings, _ = run(table_units.check, read_file(case_dir / "report.docx"))
        errors = [f for f in findings if f.severity is Severity.ERROR]
        assert [(f.rule, f.computed) for f in errors] == [("R15", "29>26")]
        targets = {place.exact for f in findings if f.rule == "R16" for place in f.places}
        assert {"95", "82.86%", "80亿", "73亿元"} <= targets
