from pathlib import Path

import pytest
from tests.doctor.made_documents import document, run, table

from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.rules.lists import check, number_of
from steelyard.intake.reading.document import Block
from steelyard.intake.reading.read_file import read_file


def found(*parts: str | list[Block]) -> list[Finding]:
    return run(check, document(*parts))[0]


class TestAnnouncedLists:
    def test_finds_one_name_too_few(self) -> None:
        (finding,) = found("内设4个机构：办公室、综合科、投资科。")
        assert finding.severity is Severity.ERROR
        assert finding.message == "写明4个，而列出3个。"

    def test_finds_it_in_chinese_numerals(self) -> None:
        assert len(found("下设两个事业单位：服务中心、技术中心、信息中心。")) == 1

    def test_counts_marks(self) -> None:
        (finding,) = found("分为四个阶段：①准备阶段②评价阶段③报告阶段。")
        assert finding.message == "写明四个，而列出3个。"

    def test_counts_a_name_in_brackets_once(self) -> None:
        findings, ledger = run(check, document("内设3个机构：办公室（法规科）、综合科、投资科。"))
        assert not findings
        assert next(iter(ledger)).state is State.VERIFIED

    def test_reads_over_the_lines_that_layout_cut(self) -> None:
        assert not found("内设3个机构：办公室、综合", "科、投资科。")

    @pytest.mark.parametrize(
        "text",
        [
            "内设8个机构：办公室、综合科、投资科等。",
            "共4个园区，选点为甲园、乙园、丙园。",
            "做强化工、建材以及食品、装备、电子这三大潜力产业。",
            "以上三项权重分别为40%、",
            "下设两个单位：服务中心、技术中心，两个单位为公益一类、正科级。",
            "涉及3个县：甲县、乙县和丙县。",
        ],
    )
    def test_passes_over(self, text: str) -> None:
        assert not found(text)

    def test_asks_about_more_names_than_the_number_behind_them(self) -> None:
        (finding,) = found("对甲县、乙县、丙县等2个县开展核查。")
        assert finding.severity is Severity.QUESTION


class TestTotals:
    FORM = table([["预算项目数", "28", "抽查项目数", "9"]])

    def test_asks_about_two_totals_of_projects(self) -> None:
        (finding,) = found(self.FORM, "年初安排11个项目，年中追加19个项目，共计30个项目。")
        assert finding.severity is Severity.QUESTION
        assert [place.exact for place in finding.places] == ["28", "30个"]

    def test_passes_over_totals_that_a_sentence_explains(self) -> None:
        assert not found(
            self.FORM, "共计30个项目。", "抽样总体为30个项目中有支出的28个，共计30个。"
        )

    def test_verifies_a_total_by_the_rows_of_a_table(self) -> None:
        rows = table(
            [["序号", "项目名称", "预算数"], ["1", "甲", "5"], ["2", "乙", "6"], ["3", "丙", "7"]],
            title="表1 项目情况表",
            header_rows=1,
        )
        _, ledger = run(check, document("共计3个项目。", rows))
        assert next(iter(ledger)).state is State.VERIFIED


class TestHeadings:
    def test_asks_about_a_number_left_out(self) -> None:
        (finding,) = found("一、概况", "正文。", "二、情况", "正文。", "四、建议", "正文。")
        assert finding.message == "标题编号不连续，“四、”之前没有三、。"

    def test_asks_about_a_number_used_twice(self) -> None:
        (finding,) = found("一、概况", "正文。", "二、情况", "正文。", "二、建议", "正文。")
        assert "用了两次" in finding.message

    def test_begins_anew_under_another_heading(self) -> None:
        assert not found(
            "一、概况", "（一）职能", "正文。", "（二）机构", "正文。", "二、情况", "（一）投入"
        )


@pytest.mark.parametrize(("text", "number"), [("两", 2), ("十", 10), ("二十三", 23), ("8", 8)])
def test_reads_numerals(text: str, number: int) -> None:
    assert number_of(text) == number


def test_finds_the_totals_of_a_published_report(case_dir: Path) -> None:
    (finding,) = run(check, read_file(case_dir / "report.docx"))[0]
    assert [place.exact for place in finding.places[:3]] == ["28", "28个", "30个"]
