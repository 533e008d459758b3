from pathlib import Path

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules import dates, names
from steelyard.doctor.rules.annexes import check
from steelyard.doctor.view.view import view_of
from steelyard.intake.reading.document import Block
from steelyard.intake.reading.read_file import read_file


def found(*parts: str | list[Block]) -> list[Finding]:
    return run(check, document(*parts))[0]


LIST = ("附件：1．评价指标体系", "2．资金情况汇总表", "2025年3月2日")
FIRST = ("附件1：评价指标体系", "指标体系共三级。")
SECOND = ("附件2：资金情况汇总表", "全年支出100万元。")


class TestAnnexes:
    def test_passes_over_those_that_are_there(self) -> None:
        assert not found(*LIST, *FIRST, *SECOND)

    def test_asks_about_one_without_content(self) -> None:
        (finding,) = found(*LIST, "附件1：评价指标体系", *SECOND)
        assert finding.severity is Severity.QUESTION
        assert "附件1“评价指标体系”题下没有文字" in finding.message

    def test_asks_about_one_that_is_missing(self) -> None:
        (finding,) = found(*LIST, *FIRST)
        assert "附件2" in finding.message

    def test_asks_about_one_that_is_not_listed(self) -> None:
        (finding,) = found(*LIST, *FIRST, *SECOND, "附件3：访谈记录", "访谈两人。")
        assert finding.message == "附件3“访谈记录”不在附件清单中。"

    def test_asks_about_another_title(self) -> None:
        (finding,) = found(*LIST, *FIRST, "附件2：项目支出明细表", "全年支出100万元。")
        assert "“资金情况汇总表”" in finding.message
        assert "“项目支出明细表”" in finding.message

    def test_takes_a_shorter_title_for_the_same(self) -> None:
        listed = ("附件：1．县农业局2024年评价指标体系", "2．资金情况汇总表", "2025年3月2日")
        assert not found(*listed, *FIRST, *SECOND)


def numbered(*numbers: int) -> list[Block]:
    return [
        block
        for number in numbers
        for block in table([["项目", "金额"], ["甲", "1"]], title=f"表{number} 收支{number}情况表")
    ]


class TestTables:
    def test_finds_a_reference_to_none(self) -> None:
        (finding,) = found("支出情况详见表9。", numbered(1, 2, 3))
        assert finding.message == "文中说见表9，而没有表9。"

    def test_marks_references_that_lead_somewhere(self) -> None:
        _, ledger = run(check, document("支出情况详见表2。", numbered(1, 2, 3)))
        assert next(iter(ledger)).state is State.CONSISTENT

    def test_finds_a_number_left_out(self) -> None:
        (finding,) = found(numbered(1, 2, 3, 5, 6))
        assert "没有表4" in finding.message

    def test_finds_a_number_used_twice(self) -> None:
        again = table([["项目", "金额"], ["乙", "2"]], title="表2 资产情况表")
        (finding,) = found(numbered(1, 2, 3), again)
        assert finding.message.startswith("两处都编为表2")


def test_finds_what_a_published_report_has_in_its_annexes(case_dir: Path) -> None:
    view = view_of([read_file(case_dir / "report.txt")])
    pen = Pen(Ledger(view))
    for each in (check, dates.check, names.check):
        each(view, pen)
    lines = {place.line for finding in pen.findings for place in finding.places}
    assert {6647, 6670} <= lines, "annexes without content"
    assert {6648, 4360} <= lines, "an annex under two titles"
    assert {6673, 334} <= lines, "an opinion before the end of the evaluation"
    assert {3749, 6329} <= lines, "studies under two titles"
    assert not [finding for finding in pen.findings if finding.severity is Severity.ERROR]


class TestWhatTheTextSendsTo:
    def test_asks_about_an_annex_that_is_nowhere(self) -> None:
        (finding,) = found("抽样明细见附件12。", *LIST, *FIRST, *SECOND)
        assert "没有附件12" in finding.message

    def test_marks_an_annex_that_is_there(self) -> None:
        findings, ledger = run(check, document("抽样明细见附件2。", *LIST, *FIRST, *SECOND))
        assert not findings
        assert State.CONSISTENT in {entry.state for entry in ledger}
