"""A count of projects and the table of the same total."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.listed_projects import check
from steelyard.intake.reading.document import Block


def projects(*names: str) -> list[Block]:
    rows = [[str(n), name, "100.00"] for n, name in enumerate(names, 1)]
    total = ["合计", "", f"{len(names) * 100}.00"]
    return table(
        [["序号", "项目名称", "预算数"], *rows, total],
        title="表2 项目明细表（单位：万元）",
        unit="万元",
        header_rows=1,
    )


NAMES = ("饮水安全工程", "河流治理工程", "水库加固工程")


def test_that_differ_are_wrong() -> None:
    text = "2023年共安排4个项目，财政资金300.00万元。"
    (finding,) = run(check, document(text, projects(*NAMES)))[0]
    assert (finding.severity, finding.computed) == (Severity.ERROR, "4≠3")


def test_are_asked_about_where_a_row_may_stand_for_several() -> None:
    text = "2023年共安排4个项目，财政资金300.00万元。"
    (finding,) = run(check, document(text, projects(*NAMES[:2], "其他项目")))[0]
    assert finding.severity is Severity.QUESTION


def test_that_agree_are_verified() -> None:
    text = "2023年共安排3个项目，财政资金300.00万元。"
    findings, ledger = run(check, document(text, projects(*NAMES)))
    assert not findings
    assert next(e for e in ledger if e.figure.unit == "个").state is State.VERIFIED


def test_of_another_amount_are_left_alone() -> None:
    text = "2023年共安排4个项目，财政资金250.00万元。"
    assert not run(check, document(text, projects(*NAMES)))[0]
