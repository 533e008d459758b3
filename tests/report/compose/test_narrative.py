"""Narrative as people write it: cut into passages and pieces, mistakes with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.whole.sample_report import SAMPLE, Copy, composed, sample

from steelyard.errors import Gathered, Problems
from steelyard.report.compose.material import load_material
from steelyard.report.compose.passage import Piece, pieces
from steelyard.report.compose.typed import Typed, typed_numbers


def cut(source: str) -> list[Piece]:
    problems = Problems()
    found = pieces(source, problems)
    assert problems.errors == []
    return list(found)


def text(piece: Piece) -> str:
    return "".join(span.text for span in piece.spans)


class TestAPassage:
    def test_is_paragraphs_headings_lists_and_tables(self) -> None:
        found = cut(
            "第一段。\n仍是第一段。\n\n### 小标题\n\n1. 甲\n2. 乙\n   1. 乙之一\n\n- 点\n\n"
            "| 名称 | 数 |\n| --- | --- |\n| 甲 | {{ 全年预算数 | 数 }} |\n\n最后**要紧**的话。"
        )
        assert [(p.kind, p.mark) for p in found] == [
            ("body", ""),
            ("heading", ""),
            ("item", "1．"),
            ("item", "2．"),
            ("item", "（1）"),
            ("item", "·"),
            ("table", ""),
            ("body", ""),
        ]
        assert text(found[0]) == "第一段。仍是第一段。"
        assert found[6].rows[1][1][0].text == "全年预算数 | 数"
        assert [span.strong for span in found[7].spans] == [False, True, False]

    def test_keeps_references_whole_whatever_signs_they_hold(self) -> None:
        reference = "count(项目, 状态 != “已完成” ) * 2 | 数"
        (piece,) = cut(f"共{{{{ {reference} }}}}个、{{{{ 项目[1].决算数 }}}}。")
        assert [span.text for span in piece.spans if span.kind == "reference"] == [
            reference,
            "项目[1].决算数",
        ]

    @pytest.mark.parametrize(
        ("source", "word"),
        [
            ("# 一级标题", "1级标题"),
            ("> 引用", "引用块"),
            ("```\n代码\n```", "代码块"),
            ("![图](a.png)", "图片"),
            ("[网](http://a)", "链接"),
            ("*斜*", "斜体"),
            ("---", "分隔线"),
            ("1. 甲\n   1. 乙\n      1. 丙", "2层"),
        ],
    )
    def test_refuses_what_an_official_report_cannot_print(self, source: str, word: str) -> None:
        problems = Problems()
        pieces("好的一段。\n\n" + source, problems, "report/基本情况.md", 10)
        assert any(word in error.what for error in problems.errors)
        assert all(error.where.startswith("report/基本情况.md 第1") for error in problems.errors)

    @given(st.text(max_size=200))
    def test_never_ends_in_a_traceback(self, source: str) -> None:
        pieces(source, Problems())


class TestTheFolderReport:
    def test_may_be_absent(self, tmp_path: Path) -> None:
        assert load_material(tmp_path).written == {}

    def test_is_cut_at_headings_of_the_second_level(self, tmp_path: Path) -> None:
        home = tmp_path / "report"
        home.mkdir()
        (home / "基本情况.md").write_text(
            "# 标题不算\n\n## 部门概况\n\n一段。\n\n### 内\n\n## 其他 ##\n二段。\n",
            encoding="utf-8",
        )
        written = load_material(tmp_path).written
        assert list(written) == ["基本情况/部门概况", "基本情况/其他"]
        assert written["基本情况/部门概况"].text == "一段。\n\n### 内"
        assert written["基本情况/部门概况"].line == 5
        assert written["基本情况/其他"].line == 10

    def test_says_all_mistakes_at_once(self, tmp_path: Path) -> None:
        home = tmp_path / "report"
        home.mkdir()
        (home / "甲.md").write_text("没有标题的话\n\n## 乙\n\n## 乙\n", encoding="utf-8")
        (home / "report.toml").write_text("outlin = 'x'\n", encoding="utf-8")
        with pytest.raises(Gathered) as caught:
            load_material(tmp_path)
        said = str(caught.value)
        assert "第一个二级标题之前" in said
        assert "写了两次" in said
        assert "outlin" in said


class TestAMistakeInTheNarrative:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("{{ 全年预算额 }}", "没有所指"),
            ("{{ 表：没有的表 }}", "没有所指"),
            ("{{ 全年预算数", "不成对"),
            ("{{ 全年\n预算数 }}", "不成对"),
            ("> 引文", "引用块"),
        ],
    )
    def test_is_told_with_file_and_line(self, tmp_path: Path, words: str, said: str) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.change("report/附件.md", "## 自评概述\n", f"## 自评概述\n\n{words}\n")
        with pytest.raises(Gathered) as caught:
            composed(copy.folder)
        assert said in str(caught.value)
        if said != "没有所指" or "表" not in words:
            assert "report/附件.md 第" in str(caught.value)

    def test_is_a_passage_that_nobody_prints(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.change("report/附件.md", "## 自评概述\n", "## 自评概叙\n")
        with pytest.raises(Gathered) as caught:
            composed(copy.folder)
        assert "不会被印出" in str(caught.value)
        assert "自评概述" in str(caught.value)


class TestATypedNumber:
    def test_that_equals_a_fact_is_told_with_its_name(self) -> None:
        (found,) = self._typed("全年预算数7479.37万元。")
        assert found.number == "7479.37万元"
        assert "全年预算数" in found.items

    def test_that_equals_nothing_is_told(self) -> None:
        (found,) = self._typed("完成率达到123.4%。")
        assert found.items == ()
        assert "登记" in str(found)

    @pytest.mark.parametrize(
        "words",
        [
            "2023年的工作，自9月24日起。",
            "依据黔财绩〔2020〕5号文件。",
            "见《关于2022年的通知》。",
            "2022年州级磷石膏奖补资金未执行。",
            "1．第一条。",
            "（2）第二条；第3次会议。",
            "符合要点③。",
        ],
    )
    def test_is_none_in_dates_documents_names_and_ordinals(self, words: str) -> None:
        assert self._typed(words) == []

    def test_is_none_in_a_reference(self) -> None:
        assert self._typed("共{{ count(项目, 序号 > 3) }}个。") == []

    def _typed(self, words: str) -> list[Typed]:
        outcome, _ = sample()
        return [each for piece in cut(words) for each in typed_numbers(piece, "甲", outcome)]


def test_the_sample_is_left_alone() -> None:
    assert (SAMPLE / "report").is_dir()
