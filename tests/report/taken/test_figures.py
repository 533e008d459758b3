"""Figures come from their facts: whoever changes one in Word, however, is told, not obeyed."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import etree
from tests.report.taken.small_report import KEY, SmallDesk, figure_in, paragraph_of
from tests.report.word.package_parts import w

from steelyard.report.word.read_back import MarksLost

TEXT = """## 甲段

全年预算{{ 预算数 }}，决算{{ 决算数 }}，占{{ 率 }}%。余下的话。

## 乙段

另一段的文字。
"""


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path / "f", TEXT)


def without_mark(paragraph: etree._Element, text: str | None, nth: int = 0) -> None:
    """Take the mark off a figure, as Word does when it is typed over; None takes the words too."""
    start, *inner, end = figure_in(paragraph, nth)
    for each in (start, end, *(inner if text is None else ())):
        paragraph.remove(each)
    if text is not None:
        next(inner[0].iter(w("t"))).text = text


class TestAFigureThatLostItsMark:
    def test_and_was_typed_anew_is_refused_with_its_passage(self, desk: SmallDesk) -> None:
        desk.edit(lambda root: without_mark(paragraph_of(root, "全年预算"), "8000万元"))
        taken = desk.taken()
        assert taken.edited == ()
        assert "{{ 预算数 }}" in taken.refused[0]
        assert "8000" in taken.refused[0]
        assert not taken.is_clean
        assert desk.brought_back() == TEXT

    def test_and_still_stands_there_as_words_is_refused(self, desk: SmallDesk) -> None:
        desk.edit(lambda root: without_mark(paragraph_of(root, "全年预算"), "7479.37万元"))
        assert "预算数" in desk.taken().refused[0]
        assert desk.brought_back() == TEXT

    def test_and_is_a_name_that_became_words_is_refused(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "g", "## 甲段\n\n由{{ 单位 }}负责。\n")
        desk.edit(lambda root: without_mark(paragraph_of(root, "负责"), "甲局"))
        assert "甲局" in desk.taken().refused[0]

    def test_and_was_written_in_chinese_numerals_is_refused(self, desk: SmallDesk) -> None:
        desk.edit(lambda root: without_mark(paragraph_of(root, "全年预算"), "八千万元"))
        assert desk.taken().edited == ()
        assert desk.taken().refused

    def test_and_was_replaced_in_tracked_changes_is_refused(self, desk: SmallDesk) -> None:
        def edit(root: etree._Element) -> None:
            _, run, end = figure_in(paragraph_of(root, "全年预算"))
            gone, added = etree.Element(w("del")), etree.Element(w("ins"))
            new = copy.deepcopy(run)
            next(new.iter(w("t"))).text = "9999万元"
            added.append(new)
            run.addprevious(gone)
            gone.append(run)
            end.addnext(added)

        desk.edit(edit)
        assert "9999" in desk.taken().refused[0]
        assert desk.brought_back() == TEXT

    def test_and_went_with_its_words_is_dropped_and_listed(self, desk: SmallDesk) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "全年预算")
            without_mark(paragraph, None, 1)
            next(t for t in paragraph.iter(w("t")) if t.text == "，决算").text = ""

        desk.edit(edit)
        taken = desk.taken()
        assert len(taken.edited) == 1
        assert "决算数" in taken.dropped[0]
        assert not taken.is_clean
        assert "预算{{ 预算数 }}，占{{ 率 }}%。" in desk.brought_back()


class TestAFigureThatStands:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("全年预算", "全年预算1"),
            ("全年预算", "全年预算-"),
            ("全年预算", "全年预算负"),
            ("全年预算", "全年预算1，"),
            ("全年预算", "全年预算9 "),
            ("，决算", "0，决算"),
            ("，决算", "%，决算"),
            ("%。余下", "。余下"),
            ("%。余下", "5%。余下"),
            ("%。余下", ".5%。余下"),
            ("%。余下", "万%。余下"),
        ],
    )
    def test_changes_when_digits_or_signs_touch_it(
        self, desk: SmallDesk, old: str, new: str
    ) -> None:
        desk.retype(old, new)
        taken = desk.taken()
        assert taken.edited == ()
        assert "前后" in taken.refused[0]
        assert desk.brought_back() == TEXT

    @pytest.mark.parametrize(
        ("old", "new"), [("全年预算", "2023年预算"), ("，决算", "，其中决算"), ("余下", "2024年")]
    )
    def test_stays_when_words_change_beside_it(self, desk: SmallDesk, old: str, new: str) -> None:
        desk.retype(old, new)
        assert desk.taken().is_clean
        assert desk.brought_back() == TEXT.replace(old, new)

    def test_changes_when_another_one_comes_to_touch_it(self, desk: SmallDesk) -> None:
        desk.retype("，占", "")
        desk.retype("万元", "")  # the first one; no matter
        assert desk.taken().edited == ()

    def test_may_have_a_name_that_digits_touch(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "g", "## 甲段\n\n由{{ 单位 }}负责。\n")
        desk.retype("负责", "2023年起负责")
        assert desk.brought_back() == "## 甲段\n\n由{{ 单位 }}2023年起负责。\n"


class TestAFigureThatWasWrittenOver:
    def test_alone_rewrites_nothing(self, tmp_path: Path) -> None:
        text = "## 甲段\n\n全年{{ 预算数 }}多，好\n行。\n"
        desk = SmallDesk(tmp_path / "f", text)
        desk.retype("7479.37", "8000")
        taken = desk.taken()
        assert taken.edited == ()
        assert "8000万元" in taken.refused[0]
        assert desk.brought_back() == text

    def test_alone_freezes_no_default_words(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", "", {KEY: "全年{{ 预算数 }}。"})
        desk.retype("7479.37", "8000")
        assert desk.taken().edited == ()
        assert not desk.path.exists()

    def test_leaves_the_words_beside_it_taken(self, desk: SmallDesk) -> None:
        desk.retype("7479.37", "8000")
        desk.retype("余下", "别的")
        assert desk.brought_back() == TEXT.replace("余下", "别的")

    def test_takes_nothing_when_figures_changed_places(self, desk: SmallDesk) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "全年预算")
            first, second = figure_in(paragraph, 0)[0], figure_in(paragraph, 1)[0]
            name, other = first.get(w("name"), ""), second.get(w("name"), "")
            first.set(w("name"), other)
            second.set(w("name"), name)

        desk.edit(edit)
        assert len(desk.taken().refused) == 3
        assert desk.brought_back() == TEXT

    def test_takes_nothing_when_it_was_torn(self, desk: SmallDesk) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "全年预算")
            _, run, end = figure_in(paragraph)
            rest = etree.Element(w("p"))
            half = copy.deepcopy(run)
            next(run.iter(w("t"))).text = "7479"
            next(half.iter(w("t"))).text = ".37万元"
            tail = list(paragraph)[paragraph.index(end) :]
            rest.extend([half, *tail])
            paragraph.addnext(rest)

        desk.edit(edit)
        assert desk.taken().edited == ()
        assert desk.brought_back() == TEXT


class TestAGap:
    TEXT = "## 甲段\n\n编制{{ 编制数 }}人。\n"

    def test_that_was_written_over_is_refused_as_a_figure_is(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", self.TEXT)
        desk.retype("【待补：编制数】", "12")
        assert "12" in desk.taken().refused[0]
        assert desk.brought_back() == self.TEXT

    def test_whose_mark_was_left_as_words_is_not_taken(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", "## 甲段\n\n文字。\n")
        desk.retype("文字", "【待补：叙述】")
        assert "待补" in desk.taken().left[0]


class TestAPassageThatWasMissing:
    def test_is_taken_from_whoever_wrote_over_its_mark(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", "", {KEY: ""})
        desk.retype("【待补：叙述“主要经验/甲段”】", "写好的一段，12人。")
        assert desk.taken().is_clean
        assert desk.brought_back() == "## 甲段\n\n写好的一段，12人。\n"

    def test_is_taken_beside_its_mark(self, tmp_path: Path) -> None:
        desk = SmallDesk(tmp_path / "f", "## 甲段\n", None)
        desk.retype("【待补：叙述“主要经验/甲段”】", "【待补：叙述“主要经验/甲段”】写好了。")
        assert desk.brought_back() == "## 甲段\n\n写好了。\n"


class TestAFileWithoutMarks:
    def test_is_refused_as_a_whole(self, desk: SmallDesk) -> None:
        many = TEXT + "\n".join(f"\n第{n}句{{{{ 预算数 }}}}。" for n in "一二三四")
        desk.path.write_text(many, encoding="utf-8")
        again = SmallDesk(desk.folder.parent / "again", many)

        def edit(root: etree._Element) -> None:
            for each in list(root.iter(w("bookmarkStart"))):
                parent = each.getparent()
                if parent is not None and each.get(w("name"), "").startswith("_SyF"):
                    parent.remove(each)

        again.edit(edit)
        with pytest.raises(MarksLost, match="7个数的标记丢失了7个"):
            again.taken()
