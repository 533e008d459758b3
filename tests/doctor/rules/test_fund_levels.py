"""Funds by level: what the projects of a level add up to."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.rules.fund_levels import check
from steelyard.intake.reading.document import Block

OWN = (("水渠修缮工程", "410.50"), ("林区防火巡护", "320.25"), ("苗圃建设补助", "275.75"))
UPPER = (("村道硬化改造", "980.00"), ("电站检修更新", "615.40"), ("桥梁加固养护", "504.60"))


def projects_of(level: str, rows: tuple[tuple[str, str], ...]) -> list[Block]:
    return table([["项目名称", "预算数"], *map(list, rows)], title=f"{level}项目", header_rows=1)


def compared(own: str, upper: str) -> tuple[list[Finding], Ledger]:
    """Hold a summary of funds against a list of three projects of each level."""
    funds = [["资金来源", "金额"], ["本级资金", own], ["上级补助", upper]]
    every = [["序号", "项目名称", "预算数"]]
    every += [[str(n), *row] for n, row in enumerate((*OWN, *UPPER), 1)]
    return run(
        check,
        document(
            table(funds, title="表 1 资金汇总", header_rows=1),
            projects_of("本级", OWN),
            projects_of("上级", UPPER),
            table(every, title="表 4 全部项目清单", header_rows=1),
        ),
    )


class TestTheFundsOfALevel:
    def test_that_its_projects_make_are_verified(self) -> None:
        findings, ledger = compared("1006.50", "2100.00")
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 8

    def test_that_nearly_agree_are_asked_about(self) -> None:
        (finding,) = compared("1006.50", "2100.50")[0]
        assert (finding.rule, finding.severity) == ("R10", Severity.QUESTION)
        assert finding.message.startswith("上级项目“预算数”3项之和为2100.00")
        assert finding.computed == "980.00+615.40+504.60=2100.00"
        assert finding.places[0].exact == "2100.50"

    def test_that_are_far_off_are_another_amount(self) -> None:
        findings, ledger = compared("1206.50", "2100.00")
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 4


def test_nothing_is_compared_where_no_project_has_a_level() -> None:
    funds = [["资金来源", "金额"], ["本级资金", "1006.60"], ["上级补助", "2100.10"]]
    rows = [["项目名称", "预算数"], *map(list, (*OWN, *UPPER))]
    made = document(table(funds, header_rows=1), table(rows, title="项目清单", header_rows=1))
    assert not run(check, made)[0]
