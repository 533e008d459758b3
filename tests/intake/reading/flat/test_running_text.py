"""Lines become paragraphs: what a page added is gone, what a line end cut is whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.intake.reading.document import Paragraph, Role, Table
from steelyard.intake.reading.flat.decoding import decoded
from steelyard.intake.reading.flat.lines import lines_of
from steelyard.intake.reading.flat.read_text import read_text
from steelyard.intake.reading.unreadable import Unreadable

WRAPPED = """\
为加强农村公路养护，县交通局于当年三月制定养护计划，明确由七个乡镇分段负责，并
按季度组织检查。全年完成养护里程 412.6 公里，占计划的 9
8.24%，较上年提高 3.1 个百分点，其中水泥路面 205.5 公里，沥青路面 207.1 公里，共
支出 1,204.50 万元，群众满意度 91.5
%。
检查发现两处路段未按合同约定的时间完工，已要求施工单位说明原因并限期改正，改正
情况报县财政局备案。
"""


def paragraphs(text: str) -> list[Paragraph]:
    blocks = read_text("甲.txt", text.encode()).blocks
    return [block for block in blocks if isinstance(block, Paragraph)]


def texts(text: str) -> list[str]:
    return [paragraph.words.text for paragraph in paragraphs(text)]


class TestWrappedLinesAsParagraphs:
    def test_stay_apart_where_each_line_is_one(self) -> None:
        said = [
            "甲项目已经完成。",
            "乙项目因设备到货晚于约定，推迟到下一年度验收。",
            "丙项目取消。",
        ]
        assert texts("\n".join(said * 3)) == said * 3

    def test_of_a_long_text_without_wrapping_stay_apart(self) -> None:
        said = [
            f"第{n}项支出按合同约定的进度支付，{'手续齐全，' * n}未发现问题。" for n in range(4, 12)
        ]
        assert texts("\n".join(said)) == said

    @pytest.mark.parametrize(
        ("upper", "lower", "whole"),
        [("占计划的 58.3", "6%，较上年", "58.36%"), ("满意度为 90.04", "%，较上年", "90.04%")],
    )
    def test_give_cut_numbers_back(self, upper: str, lower: str, whole: str) -> None:
        """Every line is filled to 60 half characters, as a page fills it."""
        full = "各乡镇按照年初下达的任务清单逐项落实并按月报送了进展的情"
        head = full[: (58 - len(upper.encode("gb18030"))) // 2]
        found = texts(f"{full}\n{full}\n{head}{upper}\n{lower}{full[:25]}\n{full}\n全部完成。\n")
        assert any(whole in each for each in found)

    def test_keep_a_spot_for_each_line(self) -> None:
        joined = next(each for each in paragraphs(WRAPPED) if "检查发现" in each.words.text)
        offset = joined.words.text.index("情况报县")
        assert joined.words.spot_at(offset).line == 7
        assert joined.words.spot_at(offset - 1).line == 6


class TestHeadingsOfAnnexes:
    LONG = "评价组查阅了会计凭证、合同和验收资料，并走访了十二户受益农户，了解补助到账的时间\n" * 4

    @pytest.mark.parametrize(
        "after",
        ["填表时间：2023 年 5 月 1 日", "乡村道路养护补助征求意见和采纳情况表"],
        ids=["a form that is filled in", "the title once more"],
    )
    def test_stand_alone_before(self, after: str) -> None:
        heading = "附件 6：乡村道路养护补助绩效评价方案征求部门意见和意见采纳情况表"
        found = texts(f"{self.LONG}全部属实。\n{heading}\n{after}\n")
        assert heading in found
        assert after.replace(" ", "") in [each.replace(" ", "") for each in found]

    def test_stand_alone_as_the_contents_name_them(self) -> None:
        long = "附件 3：县级财政衔接推进乡村振兴补助资金支持产业发展项目抽样核查情况一览表"
        found = paragraphs(f"{long}........ 12\n{self.LONG}全部属实。\n{long}\n项目名称\n")
        assert [each.role for each in found if each.words.text == long] == [Role.HEADING]

    def test_are_joined_where_a_line_end_cut_them(self) -> None:
        upper = "附件 3：县级财政衔接推进乡村振兴补助资金支持产业发展项目抽样核查情况和问题整"
        found = texts(f"{self.LONG}全部属实。\n{upper}\n改一览表\n")
        assert f"{upper}改一览表" in found


class TestPages:
    def test_lose_their_numbers(self) -> None:
        found = lines_of("甲。\n— 3 —\n乙。\n第 4 页 共 9 页\n丙。\n")
        assert [line.text for line in found.kept] == ["甲。", "乙。", "丙。"]
        assert [line.number for line in found.kept] == [1, 3, 5]

    def test_begin_after_a_form_feed(self) -> None:
        kept = lines_of("甲。\n\f乙。\n丙。\n").kept
        assert [line.opens_page for line in kept] == [False, True, False]

    def test_begin_where_single_blanks_stand_before_few_lines(self) -> None:
        pages = (f" {first}页的第一行。\n" + "正文。\n" * 14 for first in "甲乙丙丁")
        kept = lines_of("".join(pages)).kept
        assert [line.number for line in kept if line.opens_page] == [1, 16, 31, 46]

    def test_lose_the_header_that_they_repeat(self) -> None:
        pages = "\f".join(f"某县绩效评价报告\n第{n}段的内容。\n" for n in "甲乙丙丁戊")
        kept = lines_of(pages).kept
        assert [line.number for line in kept if "评价报告" in line.text] == [1]
        assert sum(line.opens_page for line in kept) == 4


class TestTheContents:
    def test_are_marked_by_their_leaders(self) -> None:
        roles = [each.role for each in paragraphs("一、概况........ 3\n一、概况\n资金已经到位。\n")]
        assert roles == [Role.CONTENTS, Role.HEADING, Role.BODY]

    def test_are_the_bookmarks_at_the_end(self) -> None:
        found = paragraphs("一、概况\n资金已经到位。\n\t一、概况\n\t二、绩效\n\t三、建议\n")
        assert [each.role for each in found[2:]] == [Role.CONTENTS] * 3

    def test_are_no_indented_paragraphs(self) -> None:
        found = paragraphs("\t第一段。\n\t第二段。\n\t第三段。\n完。\n")
        assert all(each.role is not Role.CONTENTS for each in found)


class TestCharacters:
    @settings(max_examples=25)
    @given(
        st.lists(
            st.lists(
                st.sampled_from(
                    ["序号", "名称", "金额", "合计", "表 1 甲", "12.5", "—", "（三）", "乙"]
                ),
                max_size=5,
            ).map(" ".join),
            min_size=1,
            max_size=14,
        ).map("\n".join)
    )
    def test_are_all_kept_and_none_is_new(self, text: str) -> None:
        try:
            blocks = read_text("甲.txt", text.encode()).blocks
        except Unreadable:
            return
        words: list[str] = []
        for block in blocks:
            if isinstance(block, Table):
                words += [cell.words.text for cell in block.cells]
            else:
                words.append(block.words.text)
        kept = "".join(line.text for line in lines_of(decoded("甲.txt", text.encode())).kept)
        assert sorted("".join("".join(words).split())) == sorted("".join(kept.split()))
