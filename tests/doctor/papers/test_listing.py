from __future__ import annotations

from dataclasses import replace

import pytest
from tests.doctor.made_documents import document
from tests.doctor.papers.made_examination import FORM, begun, ended, examined

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import Place, Severity, whole
from steelyard.doctor.papers.listing import listing
from steelyard.doctor.papers.sentences import tally
from steelyard.doctor.papers.summary import summary_of
from steelyard.doctor.papers.wrapping import width, wrapped


def lines(**wanted: bool) -> list[str]:
    return listing(examined(), **wanted).splitlines()


class TestTheListing:
    def test_begins_with_files_coverage_and_counts(self) -> None:
        assert lines()[:4] == [
            "报告.docx（Word）",
            "自评表.docx（Word）",
            "共13个数，核实1个（7.7%），一致1个，矛盾4个，未核对7个（53.8%）。",
            "发现4处：错误2处，需核实1处，提示1处。",
        ]

    def test_puts_errors_first_and_groups_them_by_kind_of_check(self) -> None:
        groups = [line for line in lines() if line.startswith("【")]
        assert groups == ["【错误·比率与得分】2处", "【需核实·一致性】1处", "【提示·文字】1处"]

    def test_says_place_quote_and_calculation(self) -> None:
        text = "\n".join(lines())
        assert "计算：80÷100=80.00%" in text
        assert "→ 报告.docx　表1 资金情况表　第4行第3列　“80”" in text
        assert "→ 自评表.docx　文本第1行　“全年执行数为81万元。”" in text

    def test_says_what_an_error_does_to_a_score(self) -> None:
        assert "  预算执行率：报告4.50分，复算4.00分" in lines()

    def test_leaves_all_but_errors_out_and_says_so(self) -> None:
        found = lines(errors_only=True)
        assert found[-1] == "需核实和提示2处未列出。"
        assert "发现错误2处；需核实和提示2处未列出。" in found
        assert not any("［需核实］" in line for line in found)

    def test_tells_the_kinds_of_number_when_asked(self) -> None:
        row = next(line for line in lines(verbose=True) if "百分比" in line)
        assert row.split() == ["百分比", "1", "0", "0", "1", "0"]

    def test_names_no_file_when_there_is_only_one(self) -> None:
        view, pen = begun([FORM])
        (passage,) = view.passages
        pen.find("R11", Severity.QUESTION, "不同。", [whole(passage)])
        assert "   → 文本第1行　“全年执行数为81万元。”" in listing(ended(view, pen)).splitlines()

    def test_quotes_a_sentence_once(self) -> None:
        view, pen = begun([FORM])
        (passage,) = view.passages
        pen.find("R11", Severity.QUESTION, "不同。", [Place(passage, 2, 4), Place(passage, 6, 9)])
        assert listing(ended(view, pen)).count("→") == 1

    def test_fits_the_terminal(self) -> None:
        text = listing(examined(), columns=50)
        assert all(width(line) <= 52 for line in text.splitlines())

    def test_numbers_findings_alike_whatever_is_left_out(self) -> None:
        def numbered(examination: Examination, *, errors_only: bool) -> set[str]:
            text = listing(examination, errors_only=errors_only)
            return {line for line in text.splitlines() if "［错误］" in line}

        found = examined()
        assert numbered(found, errors_only=True) == numbered(found, errors_only=False)


class TestTheLastWord:
    """What is said where nothing was found depends on what was looked at."""

    def said(self, text: str, *, verified: bool = False, remark: str = "") -> str:
        read = document(text)
        view, pen = begun([replace(read, remarks=(remark,) if remark else ())])
        if verified:
            pen.verified("R01", view.passages[0].claims)
        return tally(summary_of(ended(view, pen)))

    def test_is_that_all_is_well_if_numbers_were_verified(self) -> None:
        assert self.said("全年执行数为81万元。", verified=True) == "没有发现问题。"

    def test_is_limited_to_what_was_read(self) -> None:
        said = self.said("全年执行数为81万元。", verified=True, remark="第3页是图片。")
        assert said == "读到的内容中没有发现问题。"

    @pytest.mark.parametrize("text", ["没有数。", "全年执行数为81万元。"])
    def test_is_not_that_all_is_well_if_none_was(self, text: str) -> None:
        said = self.said(text)
        assert "可核对的数" in said
        assert "没有发现问题" not in said


class TestWrapping:
    def test_begins_no_line_with_a_closing_mark(self) -> None:
        found = wrapped("一二三四五，六七八九十。", 10)
        assert found == ["一二三四五，", "六七八九十。"]

    def test_begins_no_line_with_the_second_of_two(self) -> None:
        assert wrapped("一二三（四）。五", 10) == ["一二三（四）。", "五"]

    def test_ends_no_line_with_an_opening_mark(self) -> None:
        assert wrapped("一二三四（五六", 10) == ["一二三四", "（五六"]

    def test_tears_no_number(self) -> None:
        assert wrapped("执行数为1,358.72万元", 12) == ["执行数为", "1,358.72万元"]

    def test_sets_further_lines_in(self) -> None:
        assert wrapped("甲乙丙丁", 8, first="1. ", rest="   ") == ["1. 甲乙", "   丙丁"]

    def test_cuts_a_word_that_fits_no_line(self) -> None:
        assert all(len(line) <= 30 for line in wrapped("a" * 100, 30))

    def test_keeps_an_empty_text(self) -> None:
        assert wrapped("", 20, first="- ") == ["-"]
