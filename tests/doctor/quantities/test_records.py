"""Records: a list and the forms that tell of the same things."""

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import Ledger, State
from steelyard.doctor.quantities.records import check

SCORES = (
    ("水渠修缮及时率", "4.5"),
    ("林区防火覆盖率", "3.2"),
    ("苗圃建设达标率", "2.8"),
    ("村道硬化合格率", "1.6"),
    ("电站检修完成率", "3.9"),
    ("桥梁加固验收率", "2.1"),
)


def told(sentence: str, odd: str = "", *, head: str = "得分") -> tuple[list[Finding], Ledger]:
    """Return what is found in a table of scores and a section for each of its rows.

    The sentence tells a score as ``{}``; the third section tells ``odd`` in its place.
    """
    rows = [["三级指标", head], *map(list, SCORES)]
    parts: list[str] = ["三、指标分析"]
    for number, (name, score) in enumerate(SCORES, 1):
        parts += [f"{number}．{name}", sentence.format(odd if odd and number == 3 else score)]
    scores = table(rows, title="表 2 得分情况", header_rows=1)
    return run(check, document("二、得分情况", scores, *parts))


class TestAFormBesideAList:
    def test_that_agrees_is_consistent(self) -> None:
        findings, ledger = told("该指标得分{}分。")
        assert not findings
        assert ledger.counts()[State.CONSISTENT] == 12

    def test_that_differs_in_one_row_is_an_error_with_both_places(self) -> None:
        (finding,) = told("该指标得分{}分。", "2.3")[0]
        assert (finding.rule, finding.severity) == ("R12", Severity.ERROR)
        assert sorted(place.exact for place in finding.places) == ["2.3分", "2.8"]
        assert finding.message.endswith("两处其余5行一致。")

    def test_is_only_asked_about_where_the_columns_are_called_otherwise(self) -> None:
        (finding,) = told("该指标得分{}分。", "2.3", head="评价结果")[0]
        assert finding.severity is Severity.QUESTION


class TestOperands:
    def test_of_an_equation_are_no_value_of_its_name(self) -> None:
        findings, ledger = told("该指标得分={}÷5×100%，完成较好。", "2.3")
        assert not findings
        assert not ledger.counts()[State.CONSISTENT]

    def test_leave_the_result_of_an_equation_to_be_its_value(self) -> None:
        (finding,) = told("该指标得分=50%×5={}分。", "2.3")[0]
        assert "2.3分" in {place.exact for place in finding.places}
