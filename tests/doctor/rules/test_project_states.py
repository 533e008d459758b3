"""What words say of projects, against their money and each other."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.rules import projects

NAMES = ("县级农机购置补贴资金", "乡村道路养护工程经费", "职业技能培训专项经费")


def money(*paid: str, state: str = "已完成") -> list:  # type: ignore[type-arg]
    rows = [[name, "20", spent, state] for name, spent in zip(NAMES, paid, strict=True)]
    return table(
        [["项目名称", "预算数", "决算数", "备注"], *rows], title="表 1 项目情况表", unit="万元"
    )


def added(state: str) -> list:  # type: ignore[type-arg]
    rows = [[name, "20", state] for name in NAMES]
    return table([["项目名称", "追加预算数", "备注"], *rows], title="表 2 追加项目", unit="万元")


class TestAllSpent:
    def test_is_the_whole_budget_wherever_it_is_shown(self) -> None:
        findings, _ = run(
            projects.check, document(money("20", "18.9", "20"), added("年底已全部执行"))
        )
        assert [(f.rule, f.severity, f.computed) for f in findings] == [
            ("R12", Severity.ERROR, "18.9<20")
        ]

    def test_leaves_savings_of_finished_projects_alone(self) -> None:
        assert not run(projects.check, document(money("20", "18.9", "20")))[0]

    def test_compares_to_the_coarser_precision(self) -> None:
        found = run(projects.check, document(money("20", "20.00", "20"), added("全部执行")))[0]
        assert not found


class TestStates:
    def test_of_one_project_may_not_contradict_each_other(self) -> None:
        findings, _ = run(
            projects.check,
            document(
                "一、产出",
                "经核查，职业技能培训专项经费未完成，其余项目正常推进。",
                money("20", "20", "20"),
            ),
        )
        assert [f.severity for f in findings] == [Severity.QUESTION]
        assert {place.exact for place in findings[0].places} == {"未完成", "已完成"}

    def test_are_those_of_the_project_that_is_named_last(self) -> None:
        text = "乡村道路养护工程经费已完成，另一项工作未完成。"
        findings, _ = run(projects.check, document("一、产出", text, money("20", "20", "20")))
        assert not findings

    def test_of_another_batch_are_another_projects(self) -> None:
        one = table(
            [
                ["项目名称", "预算数", "决算数", "备注"],
                ["产业发展专项资金（第三批）", "20", "5", "未完成"],
                ["产业发展专项资金（第四批）", "20", "20", "已完成"],
            ],
            title="表 1 项目情况表",
        )
        assert not run(projects.check, document(one, added("已完成")))[0]


class TestAmounts:
    def test_in_sentences_are_those_of_the_list(self) -> None:
        wrong = "乡村道路养护工程经费项目预算 26 万元，实际完成 19 万元。"
        right = "乡村道路养护工程经费项目预算 20 万元，实际完成 19 万元。"
        lists = money("20", "19", "20")
        assert len(run(projects.check, document("一、管理", wrong, lists))[0]) == 1
        assert not run(projects.check, document("一、管理", right, lists))[0]
