"""The same quantity always carries the same unit."""

from tests.doctor.made_documents import document, run

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
