from pathlib import Path

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.citations import check
from steelyard.intake.reading.read_file import read_file


def found(*parts: str) -> list[Finding]:
    return run(check, document(*parts))[0]


class TestOneNumberOneTitle:
    def test_finds_a_title_that_lost_its_verb(self) -> None:
        (finding,) = found(
            "根据《县级绩效评价管理办法的通知》（某财〔2021〕8号）评价。",
            "参照《县财政局关于印发〈县级绩效评价管理办法〉的通知》（某财〔2021〕8号）。",
        )
        assert finding.severity is Severity.ERROR
        assert len(finding.places) == 2

    def test_asks_about_such_a_title_alone(self) -> None:
        (finding,) = found("根据《县级绩效评价管理办法的通知》（某财〔2021〕8号）评价。")
        assert finding.severity is Severity.QUESTION

    def test_finds_one_number_of_two_documents(self) -> None:
        (finding,) = found(
            "根据《政府采购合同备案规定》（某财〔2021〕8号）。",
            "根据《差旅费管理细则》（某财〔2021〕8号）。",
        )
        assert finding.severity is Severity.ERROR
        assert "某财〔2021〕8号" in finding.message

    def test_finds_one_document_under_two_numbers(self) -> None:
        (finding,) = found(
            "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）。",
            "根据《财政部关于印发〈项目支出绩效评价管理办法〉的通知》（财预〔2020〕16号）。",
        )
        assert "有2个文号" in finding.message

    @pytest.mark.parametrize(
        "other",
        [
            "《财政部关于印发〈项目支出绩效评价管理办法〉的通知》",
            "《关于印发〈项目支出绩效评价管理办法〉的通知》",
            "《项目支出绩效评价管理办法（试行）》",
        ],
    )
    def test_takes_a_short_title_for_the_same(self, other: str) -> None:
        findings, ledger = run(
            check,
            document(
                "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）。",
                f"按照{other}（财预〔2020〕10号）。",
            ),
        )
        assert not findings
        assert {entry.state for entry in ledger} == {State.CONSISTENT}

    def test_reads_a_title_that_layout_cut(self) -> None:
        (finding,) = found(
            "5．《县财政局关于印发〈县级绩效",
            "评价管理办法〉的通知》（某财〔2021〕8号）；",
            "根据《县级绩效评价管理办法的通知》（某财〔2021〕8号）评价。",
        )
        assert finding.severity is Severity.ERROR

    def test_tells_two_numbers_of_two_documents(self) -> None:
        assert not found(
            "根据《全面实施绩效管理工作方案》（某财绩〔2020〕4号）。",
            "根据《预算绩效管理实施办法》（某财绩〔2020〕5号）。",
        )


class TestTheListOfBases:
    def test_hints_at_a_document_that_is_not_listed(self) -> None:
        (finding,) = found(
            "一、评价依据",
            "1．《预算法实施办法》（某财〔2019〕1号）；2．《评价规程》（某财〔2019〕2号）。",
            "二、评价情况",
            "按《采购管理规定》（某财〔2019〕3号）采购。",
        )
        assert finding.severity is Severity.HINT
        assert "某财〔2019〕3号" in finding.message


class TestBrackets:
    def test_hints_at_years_in_other_brackets(self) -> None:
        (finding,) = found("根据《项目支出绩效评价管理办法》（财预[2020]10号）。")
        assert finding.severity is Severity.HINT
        assert "财预〔2020〕10号" in finding.message


def test_finds_the_two_titles_of_a_published_report(case_dir: Path) -> None:
    findings = run(check, read_file(case_dir / "report.docx"))[0]
    (error,) = (finding for finding in findings if finding.severity is Severity.ERROR)
    assert len(error.places) == 3
    assert error.places[-1].exact.startswith("《黔南布依族苗族自治州财政局关于印发")
