from pathlib import Path

from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding
from steelyard.doctor.rules.names import check
from steelyard.intake.reading.document import Block
from steelyard.intake.reading.read_file import read_file


def found(*parts: str | list[Block]) -> list[Finding]:
    return run(check, document(*parts))[0]


DECLARED = "受安和县财政局（以下简称“县财政局”）委托开展评价。"


class TestShortNames:
    def test_asks_about_an_office_that_lost_its_last_character(self) -> None:
        (finding,) = found(DECLARED, "档案移交县财政绩效管理科。")
        assert "县财政局绩效管理科" in finding.message
        assert finding.places[0].exact == "县财政绩效管理科"

    def test_reads_over_the_lines_of_a_flat_table(self) -> None:
        assert len(found(DECLARED, "档案移交县财政绩", "效管理科、评价组")) == 1

    def test_passes_over_the_whole_name(self) -> None:
        assert not found(DECLARED, "由县财政局绩效管理科负责，县财政收入处于全市前列。")


class TestStages:
    TEXT = "程序包括四个阶段：①前期准备阶段②试点评价阶段③现场评价阶段④报告撰写阶段。见下表："

    def test_asks_about_a_stage_that_the_table_calls_otherwise(self) -> None:
        rows = table(
            [
                ["阶段", "工作内容"],
                ["前期准备阶段", "收集资料"],
                ["试点评价阶段", "试评"],
                ["实施评价阶段", "核查"],
                ["报告撰写阶段", "撰写"],
            ],
            title="表1 评价流程",
        )
        (finding,) = found(self.TEXT, rows)
        assert "“现场评价阶段”" in finding.message
        assert "“实施评价阶段”" in finding.message

    def test_passes_over_the_same_stages(self) -> None:
        rows = table(
            [["前期准备阶段"], ["试点评价阶段"], ["现场评价阶段"], ["报告撰写阶段"]],
            title="表1 评价流程",
        )
        assert not found(self.TEXT, rows)


class TestTitlesInTwoLists:
    def test_asks_about_titles_that_differ_in_words(self) -> None:
        (finding,) = found(
            "完成《建材产业问题研究》《磷化工园区研究》《特色食品产业发展情况》三项课题。",
            "课题为《建材产业问题研究》《磷化工园区研究》《安和县特色食品产业高质量发展研究》。",
        )
        assert "特色食品产业发展情况" in finding.message
        assert len(finding.places) == 2

    def test_passes_over_lists_of_other_things(self) -> None:
        assert not found(
            "制定《财务管理制度》《采购管理制度》《资产管理制度》。",
            "发布《园区规划》《用工报告》《投资指南》。",
        )


def test_finds_the_names_of_a_published_report(case_dir: Path) -> None:
    findings = run(check, read_file(case_dir / "report.docx"))[0]
    assert [finding.places[0].exact for finding in findings] == [
        "州财政绩效管理科",
        "现场评价阶段",
    ]
