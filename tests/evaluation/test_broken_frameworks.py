"""A framework of one's own beside the evaluation: its mistakes are told the same way."""

import pytest
from tests.evaluation.conftest import Copy, prints

from steelyard.errors import Gathered, SteelyardError
from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_evaluation

FRAMEWORK, ITEMS, CHECKS = (
    "framework/framework.toml",
    "framework/items.toml",
    "framework/checks.toml",
)


def mistakes(copy: Copy) -> list[SteelyardError]:
    before = prints(copy.folder)
    with pytest.raises(Gathered) as caught:
        load_evaluation(copy.folder)
    assert prints(copy.folder) == before
    return list(caught.value.errors)


class TestAFrameworkOfOnesOwn:
    def test_scores_as_the_shipped_one(self, copy: Copy) -> None:
        copy.own_framework()
        outcome = evaluate(load_evaluation(copy.folder))
        assert str(outcome.card.total) == "8177/100"

    @pytest.mark.parametrize(
        ("file", "old", "new", "what"),
        [
            (FRAMEWORK, 'use = "pass-fail"', 'use = "pass"', "没有评分规则“pass”"),
            (FRAMEWORK, 'use = "pass-fail"', "", "缺少评分规则"),
            (FRAMEWORK, 'when = "x ≤ 100%"', 'when = "x ≤ 100"  # %\nlose = 1', "不认识的项“lose”"),
            (FRAMEWORK, '"在职人员数 / 编制数"', '"在职人数 / 编制数"', "没有“在职人数”"),
            (FRAMEWORK, '"在职人员数 / 编制数"', '"在职人员数 / 全年预算数"', "结果带单位"),
            (FRAMEWORK, '"在职人员数 / 编制数"', '"在职人员数 + 全年预算数"', "不能相加减"),
            (FRAMEWORK, '"在职人员数 / 编制数"', '"(在职人员数 / 编制数"', "此处应为“)”"),
            (FRAMEWORK, 'base = {use = "leaf"', 'base = {use = "whole"', "没有读法“whole”"),
            (FRAMEWORK, "partial = {use", "part = {use", "没有口径“part”"),
            (FRAMEWORK, "points = 4\nmeaning", "points = 0\nmeaning", "分值应大于零"),
            (FRAMEWORK, "floor = 90", "floor = 70", "由高到低"),
            (FRAMEWORK, 'total = "sum-of-rounded"', 'total = "sum"', "不认识“sum”"),
            (FRAMEWORK, "places = 2", "places = 9", "0至6"),
            (FRAMEWORK, "绩效指标明确性", "绩效目标合理性", "重复"),
            (ITEMS, 'formula = "全年预算数 - 年初预算数"', 'formula = "计入调整率的调整数"',
             "互相引用"),
            (ITEMS, 'formula = "全年预算数 - 年初预算数"', 'formula = "全年预算数 - 编制数"',
             "不能相加减"),
            (ITEMS, 'formula = "全年预算数 - 年初预算数"', 'formula = "全年预算净调整数"',
             "互相引用"),
            (ITEMS, 'name = "年初预算数"\nunit = "万元"', 'name = "年初预算数"\nunit = "万圆"',
             "不认识的单位“万圆”"),
            (ITEMS, 'name = "年初预算数"', 'name = "全年预算数"', "登记了两次"),
            (ITEMS, 'key = "序号"', 'key = "号"', "不是本表的列"),
            (CHECKS, "claim = ", "claims = ", "缺少“claim”"),
            (CHECKS, 'each = "资金"', 'each = "款项"', "没有表“款项”"),
            (CHECKS, 'severity = "error"', 'severity = "fatal"', "不认识的级别"),
            (CHECKS, "[[check]]", "[[check]", "TOML"),
        ],
    )  # fmt: skip
    def test_is_refused_with_the_place_of_its_mistake(
        self, copy: Copy, *, file: str, old: str, new: str, what: str
    ) -> None:
        copy.own_framework()
        copy.change(file, old, new)
        found = mistakes(copy)
        assert any(what in error.what for error in found), [str(error) for error in found]
        for error in found:
            assert error.where.startswith(file.rpartition("/")[2]), str(error)

    def test_is_refused_for_all_its_mistakes_at_once(self, copy: Copy) -> None:
        copy.own_framework()
        copy.change(FRAMEWORK, 'use = "pass-fail"', 'use = "pass"')
        copy.change(FRAMEWORK, 'use = "deduct-share"', 'use = "deduct"')
        copy.change(CHECKS, 'severity = "error"', 'severity = "fatal"')
        copy.change("evaluation.toml", "year = 2023", "")
        found = [error.where.split(" ")[0] for error in mistakes(copy)]
        assert found == ["evaluation.toml", "framework.toml", "framework.toml", "checks.toml"]

    @pytest.mark.parametrize("name", [FRAMEWORK, ITEMS, CHECKS])
    def test_may_not_be_a_directory_in_place_of_a_file(self, copy: Copy, name: str) -> None:
        copy.own_framework()
        copy.path(name).unlink()
        copy.path(name).mkdir()
        with pytest.raises(SteelyardError):
            load_evaluation(copy.folder)

    def test_may_have_no_checks(self, copy: Copy) -> None:
        copy.own_framework()
        copy.path(CHECKS).unlink()
        assert evaluate(load_evaluation(copy.folder)).results == ()

    def test_may_divide_by_a_zero_of_this_year_alone(self, copy: Copy) -> None:
        copy.change("facts.csv", "编制数,68,人", "编制数,0,人")
        try:
            outcome = evaluate(load_evaluation(copy.folder))
        except SteelyardError as error:
            assert "编制数" in str(error)  # noqa: PT017 - refusing the fact is as good
            return
        (unscored,) = outcome.card.unscored
        assert unscored.leaf.name == "在职人员控制率"
        assert "分母“编制数”为零" in unscored.because
        assert outcome.card.total is None
