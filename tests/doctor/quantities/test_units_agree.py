"""The same quantity always carries the same unit."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.quantities import units


def test_one_number_does_not_jump_between_units() -> None:
    findings, _ = run(
        units.check,
        document(
            "一、目标",
            "电煤保供目标为 90.4 吨。",
            "二、产出",
            "（一）电煤保供",
            "电煤保供计划 90.4 万吨。",
            "三、结论",
            "电煤保供计划完成 90.4 万吨。",
        ),
    )
    assert [(f.rule, f.severity) for f in findings] == [("R16", Severity.ERROR)]
    assert findings[0].places[0].exact == "90.4 吨"


def test_equal_digits_of_other_things_are_left_alone() -> None:
    findings, _ = run(
        units.check, document("一、情况", "粮食产量 52 万吨。", "二、其他", "回收废纸 52 吨。")
    )
    assert not findings


def test_forms_use_the_unit_of_their_fellows() -> None:
    parts: list[str] = ["一、项目自评情况"]
    for number, amount in enumerate(("30 万元", "40 万元", "50 万元", "60 万元", "70 元"), 1):
        parts += [f"{number}．第{number}类补助", f"全年预算数 {amount}，资金已经全部到位。"]
    findings, _ = run(units.check, document(*parts))
    assert [f.places[0].exact for f in findings] == ["70 元"]


def test_things_are_counted_with_a_word_that_fits() -> None:
    findings, _ = run(units.check, document("组织开展服务活动 7 家，服务中小企业 292 家。"))
    assert [f.places[0].exact for f in findings] == ["7 家"]


LIST = table(
    [["项目名称", "预算数"], ["小型水库除险加固", "980.00"], ["河湖管护", "210.00"]],
    title="项目明细表（单位：万元）",
    unit="万元",
    header_rows=1,
)


def test_a_unit_that_the_table_of_the_same_name_denies_is_wrong() -> None:
    text = "其中小型水库除险加固项目980.00元。"
    (finding,) = run(units.check, document(text, LIST))[0]
    assert finding.severity is Severity.ERROR
    assert finding.message == "同一个数的单位不同：此处为980.00元，另1处为980.00万元。"


def test_the_unit_of_the_table_is_right_elsewhere() -> None:
    assert not run(units.check, document("其中小型水库除险加固项目980.00万元。", LIST))[0]


def test_spending_is_no_ten_thousand_times_its_budget() -> None:
    text = "项目支出预算5218.60万元，执行4697.48亿元。"
    assert [f.severity for f in run(units.check, document(text))[0]] == [Severity.ERROR]


def test_a_budget_in_another_unit_of_the_right_size_is_left_alone() -> None:
    assert not run(units.check, document("项目支出预算1.2亿元，执行9800万元。"))[0]
