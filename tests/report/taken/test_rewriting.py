"""What is written reads back as what was typed; what cannot be is left and listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.report.taken.small_report import KEY, Edit, SmallDesk, figure_in, paragraph_of
from tests.report.word.package_parts import w

from steelyard.files.text import FileTooLarge
from steelyard.report.word.markup import W

TEXT = "## 甲段\n\n前面的文字。\n\n后文。\n"


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path / "f", TEXT)


def new_paragraph(*lines: str, style: str = "NormalIndent", bold: bool = False) -> etree._Element:
    shape = "<w:rPr><w:b/></w:rPr>" if bold else ""
    root = etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{shape}</w:r></w:p>'
    )
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(root[-1], w("br"))
        etree.SubElement(root[-1], w("t")).text = line
    return root


def behind(text: str, *paragraphs: etree._Element) -> Edit:
    def edit(root: etree._Element) -> None:
        for paragraph in reversed(paragraphs):
            paragraph_of(root, text).addnext(paragraph)

    return edit


SIGNS = [
    "1. 第一",
    "12) 第十二",
    "# 不是标题",
    "##乙段",
    "- 不是列表",
    "+ 不是列表",
    "> 不是引用",
    "~~~ 波浪",
    "===",
    "---",
    "***",
    "*斜*与**粗**与_下_",
    "`代码`",
    "写作 &lt;b&gt; 与 &amp; 与 <b>",
    "[甲](乙) ![丙][丁]",
    "甲 | 乙",
    "|---|",
    "反斜 \\ 与 \\* 与 \\",
    "　　缩进的字",
    "{ 单括号 } 与 {甲}",
    "3．第三",
    "· 一",
    "\ue0005\ue001 与私用字",
]


class TestTypedSigns:
    @pytest.mark.parametrize("words", SIGNS)
    def test_are_words(self, desk: SmallDesk, words: str) -> None:
        desk.retype("前面的文字。", words)
        taken = desk.taken()
        assert (taken.left, len(taken.edited)) == ((), 1)
        desk.brought_back()
        clean = words.replace("\ue000", "").replace("\ue001", "").strip()
        assert desk.printed() == [clean, "后文。"]

    @pytest.mark.parametrize("words", [*SIGNS, "## 乙段"])
    def test_are_words_after_a_new_line(self, desk: SmallDesk, words: str) -> None:
        desk.edit(behind("前面", new_paragraph("第一行", words, "尾")))
        desk.brought_back()
        clean = words.replace("\ue000", "").replace("\ue001", "").strip()
        assert desk.printed() == ["前面的文字。", f"第一行\n{clean}\n尾", "后文。"]
        assert list(desk.report().passages) == [KEY]

    def test_are_words_in_a_heading(self, desk: SmallDesk) -> None:
        words = "第一、二期*项目*的（2）问题 ##"
        desk.edit(behind("前面", new_paragraph(words, style="Heading3")))
        desk.brought_back()
        assert desk.printed()[1] == f"1．{words}"

    def test_may_be_bold_beside_chinese_punctuation(self, desk: SmallDesk) -> None:
        paragraph = new_paragraph("一是“制度”。", bold=True)
        paragraph.append(new_paragraph("各单位照办。")[-1])
        desk.edit(behind("前面", paragraph))
        desk.edit(behind("后文", new_paragraph("（全是重点）", bold=True)))
        assert "**一是“制度”**。各单位照办。" in desk.brought_back()
        assert "\n\n**（全是重点）**\n" in desk.text
        assert desk.printed()[1] == "一是“制度”。各单位照办。"

    def test_may_be_bold_between_letters(self, desk: SmallDesk) -> None:
        paragraph = new_paragraph("各单位")
        paragraph.append(new_paragraph("“一查”", bold=True)[-1])
        paragraph.append(new_paragraph("照办。")[-1])
        desk.edit(behind("前面", paragraph))
        assert "各单位“**一查**”照办。" in desk.brought_back()

    def test_may_have_space_and_new_lines_around_them(self, desk: SmallDesk) -> None:
        desk.edit(behind("前面", new_paragraph("", " 甲 ", " 乙", "")))
        desk.brought_back()
        assert desk.printed()[1] == "甲\n乙"

    def test_cannot_be_a_heading_with_a_new_line(self, desk: SmallDesk) -> None:
        desk.edit(behind("前面", new_paragraph("甲", "乙", style="Heading3")))
        assert "原样" in desk.taken().left[0]
        assert desk.brought_back() == TEXT

    def test_may_be_bold_around_a_reference(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n前文**预算{{ 预算数 }}万**后文。\n"
        desk = SmallDesk(tmp_path / "g", text)
        desk.retype("后文", "新后文")
        assert desk.brought_back() == text.replace("后文", "新后文")


class TestTypedBraces:
    def test_are_a_reference_when_whole(self, desk: SmallDesk) -> None:
        desk.retype("前面", "前面{{ 预算数 }}与{{ 项目[a*b].x | 数 }}")
        assert "前面{{ 预算数 }}与{{ 项目[a*b].x | 数 }}的文字。" in desk.brought_back()

    @pytest.mark.parametrize("words", ["前{{面", "前}}面", "前{{ }}面", "{{ 甲 {{ 乙 }}"])
    def test_are_refused_when_they_are_not(self, desk: SmallDesk, words: str) -> None:
        desk.retype("前面", words)
        assert "花括号" in desk.taken().left[0]
        assert not desk.taken().is_clean
        assert desk.brought_back() == TEXT

    def test_are_refused_over_two_lines(self, desk: SmallDesk) -> None:
        desk.edit(behind("前面", new_paragraph("{{ 预算", "数 }}")))
        assert "花括号" in desk.taken().left[0]


class TestAHeading:
    TEXT = "## 甲段\n\n### 小标题\n\n文字。\n"

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("第一、二期项目的（2）问题", "第一、二期项目的（2）问题"),
            ("1．新标题", "新标题"),
            ("2．新标题", "新标题"),
            ("一、新标题", "一、新标题"),
        ],
    )
    def test_loses_its_number_only(self, tmp_path: Path, typed: str, kept: str) -> None:
        desk = SmallDesk(tmp_path / "f", self.TEXT)

        def edit(root: etree._Element) -> None:
            first, *rest = paragraph_of(root, "小标题").iter(w("t"))
            first.text = typed
            for each in rest:
                each.text = ""

        desk.edit(edit)
        assert desk.brought_back() == self.TEXT.replace("小标题", kept)

    def test_that_nobody_touched_keeps_its_line(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n###  小标题  ###\n文字。\n"
        desk = SmallDesk(tmp_path / "f", text)
        desk.retype("文字", "新文字")
        assert desk.brought_back() == text.replace("文字", "新文字")


class TestAList:
    TEXT = "## 甲段\n\n1. 甲事\n2. 乙事\n   续行\n\n   乙事之二\n3. 丙事\n   - 细目\n"

    @pytest.mark.parametrize("old", ["甲事", "乙事之二", "丙事", "细目"])
    def test_keeps_its_form(self, tmp_path: Path, old: str) -> None:
        desk = SmallDesk(tmp_path / "f", self.TEXT)
        desk.retype(old, "新的一件")
        assert desk.brought_back() == self.TEXT.replace(old, "新的一件")

    def test_that_lost_an_entry_keeps_the_numbers_that_stand_there(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", "## 甲段\n\n1. 甲\n2. 乙\n3. 丙\n")

        def edit(root: etree._Element) -> None:
            gone = paragraph_of(root, "2．")
            body = gone.getparent()
            assert body is not None
            body.remove(gone)

        desk.edit(edit)
        desk.brought_back()
        assert desk.printed() == ["1．甲", "3．丙"]


class TestATable:
    @pytest.mark.parametrize(
        "text",
        [
            "## 甲段\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n后面的文字。\n",
            "## 甲段\n\n后面的文字。\n\n甲 | 乙\n---|---\n一 | 二\n\n余下。\n",
            "## 甲段\n\n前文。\n\n甲 | 乙\n---|---\n一 | 二\n\n后面的文字。\n\n丙|丁\n-|-\n三|四\n",
        ],
    )
    def test_stays_where_it_was(self, tmp_path: Path, text: str) -> None:
        desk = SmallDesk(tmp_path / "f", text)
        desk.retype("后面", "后面新")
        assert desk.taken().is_clean
        assert desk.brought_back() == text.replace("后面", "后面新")

    def test_is_safe_when_one_side_of_it_is_gone(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n前文。\n\n| 甲 |\n|---|\n| 一 |\n\n后文。\n"
        desk = SmallDesk(tmp_path / "f", text)

        def edit(root: etree._Element) -> None:
            gone = paragraph_of(root, "后文")
            body = gone.getparent()
            assert body is not None
            body.remove(gone)
            next(paragraph_of(root, "前文").iter(w("t"))).text = "新文。"

        desk.edit(edit)
        assert "不在了" in desk.taken().left[0]
        assert desk.brought_back() == text

    def test_keeps_new_words_on_their_side(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n前文。\n\n| 甲 |\n|---|\n| 一 |\n\n后文。\n"
        desk = SmallDesk(tmp_path / "f", text)
        desk.edit(behind("前文", new_paragraph("新文。")))
        assert desk.brought_back() == text.replace("前文。\n", "前文。\n\n新文。\n")


class TestAPassage:
    FILE = "## 甲段\n\n甲的文字。\n\n##乙段\n\n乙的文字{{ 预算数 }}。\n\n\n## 丙段 ##\n丙的文字。\n"

    def test_gives_way_in_its_own_lines_only(self, tmp_path: Path) -> None:
        for number, (old, new) in enumerate(
            [("甲的文", "甲的新文"), ("乙的文", "乙的新文"), ("丙的文", "丙的新文")]
        ):
            desk = SmallDesk(tmp_path / str(number), self.FILE)
            desk.retype(old, new)
            after = desk.brought_back()
            lines = [line for line in after.split("\n") if line]
            assert lines == [line for line in self.FILE.replace(old, new).split("\n") if line]

    def test_that_moved_is_remarked_on(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", self.FILE)
        desk.edit(
            lambda root: paragraph_of(root, "乙的文字").addnext(paragraph_of(root, "甲的文字"))
        )
        taken = desk.taken()
        assert any(KEY in each and "位置" in each for each in taken.remarks)
        assert not taken.is_clean
        assert desk.brought_back() == self.FILE

    def test_that_was_joined_to_another_is_remarked_on(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", self.FILE)

        def edit(root: etree._Element) -> None:
            first, second = paragraph_of(root, "甲的文字"), paragraph_of(root, "乙的文字")
            first.extend(list(second)[1:])
            body = second.getparent()
            assert body is not None
            body.remove(second)

        desk.edit(edit)
        assert any("乙段" in each for each in desk.taken().remarks)
        assert desk.brought_back() == self.FILE

    def test_that_gave_a_paragraph_to_another_is_remarked_on(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n甲的文字。\n\n要搬走的一段话。\n\n## 乙段\n\n乙的文字。\n"
        desk = SmallDesk(tmp_path / "f", text)
        desk.edit(lambda root: paragraph_of(root, "乙的文字").addnext(paragraph_of(root, "要搬走")))
        assert any("移到" in each for each in desk.taken().remarks)
        expected = "## 甲段\n\n甲的文字。\n\n## 乙段\n\n乙的文字。\n\n要搬走的一段话。\n"
        assert desk.brought_back() == expected

    def test_keeps_what_it_gave_when_the_other_is_left_alone(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n甲的文字。\n\n要搬走的一段话。\n\n## 乙段\n\n乙有{{ 预算数 }}。\n"
        desk = SmallDesk(tmp_path / "f", text)

        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "乙有")
            paragraph.addnext(paragraph_of(root, "要搬走"))
            start, _, end = figure_in(paragraph)
            paragraph.remove(start)
            paragraph.remove(end)

        desk.edit(edit)
        taken = desk.taken()
        assert taken.edited == ()
        assert KEY in taken.left[0]
        assert desk.brought_back() == text

    def test_takes_in_nothing_from_outside(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", self.FILE)

        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "附件目录")
            for each in list(paragraph):
                if each.tag.startswith(w("bookmark")):
                    paragraph.remove(each)

        desk.edit(edit)
        assert desk.brought_back() == self.FILE

    def test_that_would_make_its_file_unreadable_is_not_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk = SmallDesk(tmp_path / "f", "", {KEY: "前面的文字。"})
        desk.retype("前面", "很长很长")
        monkeypatch.setattr("steelyard.report.taken.take.LARGEST", 20)
        with pytest.raises(FileTooLarge):
            desk.brought_back()
        assert not desk.path.exists()

    def test_may_be_taken_twice(self, desk: SmallDesk) -> None:
        desk.retype("前面", "后面")
        first = desk.brought_back()
        assert desk.taken().is_clean
        assert desk.taken().edited == ()
        assert desk.brought_back() == first
