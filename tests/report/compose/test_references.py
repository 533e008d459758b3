"""What stands between braces (引用), looked up in the sample evaluation."""

from __future__ import annotations

import pytest
from tests.report.whole.sample_report import sample

from steelyard.errors import SteelyardError
from steelyard.measure.quantity import UnitClash
from steelyard.report.compose.grammar import OpenBrace, UnknownReference, canonical
from steelyard.report.compose.here import NOWHERE, Here
from steelyard.report.compose.printed import BadFormat
from steelyard.report.compose.references import References
from steelyard.report.compose.scores import UnknownSubject
from steelyard.report.model.runs import Figure, Gap, Link, plain_text

LEAF = "过程/预算执行/预算调整率"


@pytest.fixture
def references() -> References:
    words = {"简称": "州工信局", "空白": "", "全名": "{{ 简称 }}（{{ 年度 }}年）", "圈": "{{ 圈 }}"}
    return References(sample()[0], words)


def said(references: References, template: str, here: Here = NOWHERE) -> str:
    return plain_text(references.runs(template, here))


class TestAReference:
    @pytest.mark.parametrize(
        ("template", "printed"),
        [
            ("{{ 全年预算数 }}", "7479.37万元"),
            ("{{全年预算数|数}}", "7479.37"),
            ("{{ 全年预算数 | 亿元 | 2位 }}", "0.75亿元"),
            ("{{ 全年预算数 | 元 }}", "74793700元"),
            ("{{ 年末结转结余 }}", "2409.60万元"),
            ("{{ 全年支出决算数 / 全年预算数 | % | 2位 }}", "67.78%"),
            ("{{ 全年支出决算数 ÷ 全年预算数 | % }}", "67.78%"),
            ("{{ 全年预算数 - 年初预算数 }}", "2977.52万元"),
            ("{{ 部门履职满意度 | 数 }}", "82.86%"),
            ("{{ 工业总产值完成额.实际值 }}", "933.73亿元"),
            ("{{ 项目[30].年初预算数 }}", "2000.00万元"),
            ("{{ 项目[30].名称 }}", "2022年州级磷石膏奖补资金"),
            ("{{ count(项目, 状态 = “未执行”) }}", "2"),
            ("{{ sum(抽样项目.金额) | 数 | 2位 }}", "2941.20"),
            ("{{ 项目[29].年初预算数 + 项目[30].年初预算数 }}", "2152.95万元"),
            ("{{ 项目[30]：年初预算数 - 决算数 }}", "2000万元"),
            ("{{ 得分：预算调整率 }}", "1.28"),
            ("{{ 扣分：过程/预算执行/预算调整率 }}", "0.72"),
            ("{{ 得分率：过程 }}", "70.67%"),
            ("{{ 分值：全部 }}", "100"),
            ("{{ 目标值：工业总产值完成额 }}", "≥1600亿元"),
            ("{{ 实际值：工业总产值完成额 }}", "933.73亿元"),
            ("{{ 完成率：工业总产值完成额 }}", "58.36%"),
            ("{{ 构成：投入 }}", "2个二级指标、3个三级指标"),
            ("{{ 总分 }}分，{{ 等级 }}", "81.77分，良"),
            ("{{ 得分区间 }}", "79.95～81.93分"),
            ("{{ 报告日期 }}", "2025年4月3日"),
            (
                "{{ 名单：项目.名称，状态 = “未执行” }}",
                "黔南州州级疫情防控医疗物资采购和储备、2022年州级磷石膏奖补资金",
            ),
            ("{{ 全名 }}", "州工信局（2023年）"),
        ],
    )
    def test_prints(self, references: References, template: str, printed: str) -> None:
        assert said(references, template) == printed

    def test_is_a_figure_that_keeps_its_reference_and_its_door(
        self, references: References
    ) -> None:
        (run,) = references.runs("{{ 全年预算数 | 亿元 }}", NOWHERE)
        assert run == Figure("0.75亿元", "全年预算数 | 亿元", "数据:全年预算数", numeric=True)

    def test_of_what_is_in_hand_is_kept_by_its_full_name(self, references: References) -> None:
        outcome = references.outcome
        leaf = outcome.card.framework.leaf(LEAF)
        here = Here(subject=leaf)
        assert canonical("得分：本项", here) == f"得分：{LEAF}"
        table = outcome.evaluation.ledger.tables["项目"]
        row = Here(table="项目", row=table.rows[0])
        assert canonical("决算数 | 数", row) == "项目[1].决算数 | 数"
        assert canonical("决算数 / 追加预算数 | %", row) == "项目[1]：决算数 / 追加预算数 | %"

    def test_computed_in_the_text_can_be_opened(self, references: References) -> None:
        (run,) = references.runs("{{ 全年支出决算数 / 全年预算数 | % }}", NOWHERE)
        assert isinstance(run, Figure)
        assert run.door in references.asked

    def test_to_a_table_waits_for_its_number(self, references: References) -> None:
        assert references.runs("见{{ 表：重点工作情况表 }}", NOWHERE)[1] == Link(
            "表:重点工作情况表", "重点工作情况表"
        )

    @pytest.mark.parametrize(
        ("template", "error", "hint"),
        [
            ("{{ 全年预算 }}", UnknownReference, "全年预算数"),
            ("{{ 项目[99].决算数 }}", UnknownReference, ""),
            ("{{ 项目[1].决算 }}", UnknownReference, ""),
            ("{{ 得分：预算调准率 }}", UnknownSubject, "预算调整率"),
            ("{{ 全年预算数 | 万吨 }}", UnitClash, ""),
            ("{{ 全年预算数 | 大写 }}", BadFormat, "2位"),
            ("{{ 全年预算数 + 编制数 }}", UnknownReference, ""),
            ("{{ 全年预算数 / 0 }}", UnknownReference, ""),
            ("{{ 全年预算数 } 万元", OpenBrace, ""),
            ("{{ 圈 }}", UnknownReference, ""),
            ("{{ }}", UnknownReference, ""),
            ("{{ 名单：项目.姓名 }}", UnknownReference, ""),
        ],
    )
    def test_to_nothing_is_an_error_that_says_what_to_do(
        self, references: References, template: str, error: type[SteelyardError], hint: str
    ) -> None:
        with pytest.raises(error) as caught:
            references.runs(template, NOWHERE)
        assert caught.value.what
        assert hint in caught.value.mend

    def test_to_a_word_that_is_empty_is_a_gap(self, references: References) -> None:
        assert references.runs("{{ 空白 }}", NOWHERE) == (Gap("空白", "空白"),)
        assert references.gaps[0].what == "空白"


class TestATemplateOfTheOutline:
    @pytest.mark.parametrize(
        ("reference", "known"),
        [
            ("全年预算数", True),
            ("从没登记过的数", False),
            ("项目[1].决算数", True),
            ("得分：不存在的指标", False),
            ("sum(项目.决算数)", True),
            ("sum(任务.决算数)", False),
            ("部门", True),
        ],
    )
    def test_knows_what_the_framework_has(
        self, references: References, reference: str, known: bool
    ) -> None:
        assert references.knows(reference, NOWHERE) is known
